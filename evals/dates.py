"""How many of GUM's dated time expressions are found and resolved to the days that they mean, by genre.

    python -m evals.dates DATA [--split dev|train] [--limit N] [--errors]

DATA holds ``gum``. Of the expressions that GUM marks, those count whose value is a single day, month or year (``when``: 2015-09-22,
2010-09, 2001); ranges, values without a year and clock times are left out. An article is read as of the date that GUM states for it.

One is *right* where an expression that we find overlaps it and resolves to the days of the value, both ends. GUM marks neither prepositions
nor ranges. So of a bound ("by 2050", "since 2007") the end that it sets must be that of the value, and where one expression of ours covers
two marked ones ("from 2004 to 2009"), each must be one of its ends.

Beside it stand two baselines. *absolute*: full dates, months with a year and years from 1900 to 2099, by one regular expression, relative
ones never. *dateparser*: that library, given the very words that are marked and the day of reading, if it is installed (extra ``compare``);
its period (day, month, year) makes the range. *single days* is the part of the goal that cannot be read off a number of a year.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from evals.attribution import as_read, parsed_as_read
from evals.gold import Row, jsonl
from onrecord import dates
from onrecord.periods import months
from onrecord.records import Span, Time
from onrecord.spans import lines, overlaps
from onrecord.timex import expressions

GOAL = ("news", "interview")

_VALUE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")

_ABSOLUTE = re.compile(
    r"""
    \b(?: (?P<name>January|February|March|April|May|June|July|August|September|October|November|December)
          [ ] (?:(?P<day>\d{1,2}),?[ ])? )?
    (?P<year>(?:19|20)\d\d)\b
    """,
    re.VERBOSE,
)
"""Match "May 8, 2009", "July 2003" and "2011"; not "May 8"."""


def days_of(value: str) -> tuple[str, str] | None:
    """Return the first and last day of a value that is a single day, month or year.

    >>> days_of("2010-09"), days_of("--10")
    (('2010-09-01', '2010-09-30'), None)
    """
    found = _VALUE.fullmatch(value)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None or not 1 <= year <= 9998:
        return None
    if day and month:
        return (value, value)
    first, last = months(year, month, 1) if month else months(year, 1, 12)
    return (first.isoformat(), last.isoformat())


def marked(row: Row) -> list[tuple[Span, tuple[str, str]]]:
    """Return the spans and days of the expressions that count."""
    return [
        ((one["start"], one["end"]), days)
        for one in row["dates"]
        if one["tag"] == "date" and (days := days_of(one.get("when", "")))
    ]


def ours(row: Row) -> Iterator[tuple[Span, Time | None]]:
    """Yield the expressions that we find, resolved."""
    article, parsed = parsed_as_read(replace(as_read(row["id"], row["text"]), published=row["date"]))
    for start, end in lines(article.text):
        for span in expressions(article.text, start, end):
            yield span, dates.resolved(article, parsed, span)


def absolute(row: Row) -> Iterator[tuple[Span, Time | None]]:
    """Yield what the regular expression finds."""
    for found in _ABSOLUTE.finditer(row["text"]):
        month = datetime.strptime(found["name"], "%B").month if found["name"] else None  # noqa: DTZ007  # a month has no zone
        value = "-".join(
            [found["year"], *([f"{month:02}"] if month else []), *([f"{int(found['day']):02}"] if found["day"] else [])]
        )
        days = days_of(value)
        yield found.span(), Time(*days, None) if days else None


def by_dateparser(row: Row) -> Iterator[tuple[Span, Time | None]]:
    """Yield what dateparser makes of the words that are marked.

    Raises:
        ImportError: dateparser is not installed.
    """
    from dateparser.date import DateDataParser

    settings = {
        "RELATIVE_BASE": datetime.fromisoformat(row["date"]),
        "PREFER_DATES_FROM": "past",
        "RETURN_TIME_AS_PERIOD": False,
    }
    parser = DateDataParser(languages=["en"], settings=settings)
    for (start, end), _ in marked(row):
        read = parser.get_date_data(row["text"][start:end])
        if read and read.date_obj:
            value = read.date_obj.date().isoformat()[: {"year": 4, "month": 7}.get(read.period, 10)]
            days = days_of(value)
            yield (start, end), Time(*days, None) if days else None


def judged(
    row: Row, found: Sequence[tuple[Span, Time | None]]
) -> Iterator[tuple[Span, tuple[str, str], Time | None, bool]]:
    """Yield each marked expression with its days, what ours over it resolves to, and whether that is right."""
    gold = marked(row)
    for span, days in gold:
        over = next(((s, t) for s, t in found if overlaps([s], [span])), None)
        shared = over is not None and sum(overlaps([over[0]], [one]) for one, _ in gold) > 1
        yield span, days, over[1] if over else None, over is not None and _is_right(over[1], days, is_range=shared)


def _is_right(time: Time | None, days: tuple[str, str], *, is_range: bool) -> bool:
    if time is None:
        return False
    same = (time.earliest == days[0], time.latest == days[1])
    bound = time.earliest is None or time.latest is None
    return any(same) if bound or is_range else all(same)


def figures(folder: Path, split: str, *, limit: int | None = None, errors: bool = False) -> dict[str, float]:
    """Read the documents of a split, print the counts, and return the shares right for news and interview together, by reader."""
    readers: dict[str, Callable[[Row], Iterator[tuple[Span, Time | None]]]] = {"ours": ours, "absolute": absolute}
    try:
        from dateparser.date import DateDataParser as _  # noqa: F401
    except ImportError:
        pass
    else:
        readers["dateparser"] = by_dateparser
    genres: dict[str, Counter[str]] = defaultdict(Counter)
    for row in islice((r for r in jsonl(folder / "gum" / f"{split}.jsonl") if r["date"] and marked(r)), limit):
        counts = genres[row["genre"]]
        counts["documents"] += 1
        for name, reader in readers.items():
            found = list(reader(row))
            for span, days, time, right in judged(row, found):
                kind = "day" if days[0] == days[1] else "longer"
                counts.update([f"{name} right"] * right + [f"{name} {kind} right"] * right)
                if name == "ours":
                    counts.update(
                        ["marked", f"{kind} marked"] + ["found"] * any(overlaps([s], [span]) for s, _ in found)
                    )
                    if errors and not right:
                        print(_error(row, span, days, time))
    genres[" + ".join(GOAL)] = sum((genres[genre] for genre in GOAL if genre in genres), Counter[str]())
    print(
        f"gum/{split}: {sum(genres[g]['documents'] for g in genres if '+' not in g)} documents with dated expressions"
    )
    print(f"{'':18}{'documents':>10}{'marked':>8}{'found':>7}" + "".join(f"{name:>19}" for name in readers))
    for genre, counts in sorted(genres.items(), key=lambda item: ("+" in item[0], item[0])):
        shares = "".join(
            f"{counts[f'{name} right']:13d}{_share(counts, f'{name} right', 'marked'):6.3f}" for name in readers
        )
        print(f"{genre:18}{counts['documents']:10d}{counts['marked']:8d}{counts['found']:7d}{shares}")
    goal = genres[" + ".join(GOAL)]
    for kind in ("day", "longer"):
        shares = "".join(
            f"{goal[f'{name} {kind} right']:13d}{_share(goal, f'{name} {kind} right', f'{kind} marked'):6.3f}"
            for name in readers
        )
        print(
            f"{'  single days' if kind == 'day' else '  months, years':18}{'':10}{goal[f'{kind} marked']:8d}{'':7}{shares}"
        )
    return {name: _share(goal, f"{name} right", "marked") for name in readers}


def _share(counts: Counter[str], part: str, whole: str) -> float:
    return counts[part] / max(counts[whole], 1)


def _error(row: Row, span: Span, days: tuple[str, str], time: Time | None) -> str:
    before, words, after = (
        row["text"][slice(*cut)].replace("\n", "/")
        for cut in ((max(span[0] - 50, 0), span[0]), span, (span[1], span[1] + 30))
    )
    read = f"{time.earliest}..{time.latest}" if time else "nothing"
    return f"{row['id']} {row['date']}: {before}[{words}]{after}  means {'..'.join(days)}, read {read}"


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="dev", choices=("dev", "train"))
    parser.add_argument("--limit", type=int, help="read only the first N documents")
    parser.add_argument("--errors", action="store_true", help="list what is not right")
    options = parser.parse_args(argv)
    figures(options.folder, options.split, limit=options.limit, errors=options.errors)


if __name__ == "__main__":
    main()
