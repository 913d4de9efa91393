"""Attributed F1 on annotated articles: are the right words given to the right source?

    python -m evals.attribution FOLDER polnear/dev|diplomacy/dev [--limit N] [--by publisher] [--write PREDICTIONS.jsonl]

A predicted statement counts as right where its content shares half of the words (intersection over union of word tokens) with an annotated
one and the sources do too, or both have none; each annotation is used once, by the largest one-to-one matching. The sets have outermost
attributions only, so statements inside others are left out (``evals.nested`` measures those). The interval is a bootstrap over
articles. ``--by`` prints the same for each value of a field of the articles beside it; the sets are the domains.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from evals.gold import Row, articles
from evals.scores import PRF, prf
from onrecord import dates, files, reader
from onrecord.cues import Draft
from onrecord.parse import Parse, parse
from onrecord.quotations import find as find_quotations
from onrecord.records import Article, Page, Spans, Statement
from onrecord.spans import merged

KINDS = ("direct", "mixed", "indirect")
_WORD = re.compile(r"\w+")


class Attribution(NamedTuple):
    """Source and content as sets of word offsets, and whether the content stands in quotation marks."""

    source: frozenset[int]
    content: frozenset[int]
    kind: str


class Annotated(NamedTuple):
    """One annotated article: as the reader takes it, its row, the words in double quotation marks, and its attributions."""

    article: Article
    row: Row
    quoted: frozenset[int]
    gold: tuple[Attribution, ...]

    def found(self, attributions: Iterable[Statement | Draft]) -> list[Attribution]:
        """Return what was found in a form that can be matched with the annotation."""
        return [attribution(self.article.text, a.source, a.content, self.quoted) for a in attributions]


def words(text: str, spans: Iterable[Sequence[int]]) -> frozenset[int]:
    """Return the start offsets of the word tokens inside the spans."""
    return frozenset(m.start() for start, end in spans for m in _WORD.finditer(text, start, end))


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the intersection over union, 1 for two empty sets."""
    return len(one & other) / len(one | other) if one or other else 1.0


def attribution(
    text: str, source: Iterable[Sequence[int]], content: Iterable[Sequence[int]], quoted: frozenset[int]
) -> Attribution:
    """Build an attribution; ``quoted`` are the words of the text that stand in double quotation marks."""
    inside = words(text, content)
    kind = "direct" if inside <= quoted else "mixed" if inside & quoted else "indirect"
    return Attribution(words(text, source), inside, kind)


def matched(gold: Sequence[Attribution], found: Sequence[Attribution]) -> dict[int, int]:
    """Return the largest one-to-one matching of gold to found attributions, as gold index to found index."""
    partners = [
        [j for j, f in enumerate(found) if overlap(g.content, f.content) >= 0.5 and overlap(g.source, f.source) >= 0.5]
        for g in gold
    ]
    owner: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j in partners[i]:
            if j not in tried:
                tried.add(j)
                if j not in owner or place(owner[j], tried):
                    owner[j] = i
                    return True
        return False

    for i in range(len(gold)):
        place(i, set())
    return {i: j for j, i in owner.items()}


def count(gold: Sequence[Attribution], found: Sequence[Attribution]) -> Counter[str]:
    """Count one article: gold, found and right, over all and by kind."""
    counts: Counter[str] = Counter()
    pairs = matched(gold, found)
    for kind in ("all", *KINDS):
        counts[f"{kind} gold"] = sum(kind in ("all", g.kind) for g in gold)
        counts[f"{kind} found"] = sum(kind in ("all", f.kind) for f in found)
        counts[f"{kind} right gold"] = sum(kind in ("all", gold[i].kind) for i in pairs)
        counts[f"{kind} right found"] = sum(kind in ("all", found[j].kind) for j in pairs.values())
    return counts


def scores(counts: Counter[str], kind: str) -> PRF:
    """Return precision, recall and F1 of a kind of attribution."""
    right, found, annotated = (counts[f"{kind} {what}"] for what in ("right found", "found", "gold"))
    return prf(right, found, annotated, right_gold=counts[f"{kind} right gold"])


def interval(counted: Sequence[Counter[str]], rounds: int = 500) -> tuple[float, float]:
    """Return the 95 % interval of F1 over all kinds, resampling articles (fixed seed)."""
    draw = random.Random(0)  # noqa: S311  resampling, not secrecy
    values = []
    for _ in range(rounds):
        total: Counter[str] = Counter()
        for counts in draw.choices(counted, k=len(counted)):
            total.update(counts)
        values.append(scores(total, "all").f1)
    values.sort()
    return values[int(0.025 * rounds)], values[int(0.975 * rounds) - 1]


def annotated(folder: Path, name: str, *, limit: int | None = None) -> Iterator[Annotated]:
    """Yield the articles of a set with their annotation, the first ``limit`` of them."""
    for row in islice(articles(folder, name), limit):
        article = as_read(row["id"], row["text"])
        quoted = words(article.text, ((q.start, q.end) for q in find_quotations(article.text, single=False)))
        labelled = (attribution(article.text, a["source"], a["content"], quoted) for a in row["attributions"])
        yield Annotated(article, row, quoted, tuple(a for a in labelled if a.content))


def as_read(identity: str, text: str) -> Article:
    """Return the article that a line of JSON with this text gives."""
    return files.article(Page(identity, None, "json", json.dumps({"id": identity, "text": text}).encode()))


def parsed_as_read(article: Article) -> tuple[Article, Parse]:
    """Return an article and its parse as ``reader.read`` has them when it looks for statements."""
    article = dates.anchored(article)
    dateline = (article.dateline.span,) if article.dateline else ()
    return article, parse(article.text, merged([*article.clutter, *dateline]))


def outermost(statements: Iterable[Statement]) -> list[Statement]:
    """Return the statements that stand in no other one."""
    return [s for s in statements if s.inside is None]


def figures(
    folder: Path, name: str, *, limit: int | None = None, by: str | None = None, write: Path | None = None
) -> dict[str, float]:
    """Read the articles of a set, print the scores, and return attributed F1 over all kinds and by kind.

    ``by`` names a field of the articles whose values are scored apart. ``write`` names a file for what was found, one article a line:
    id, attributions.
    """
    counts, groups, lines, word_count, started = [], defaultdict(list), [], 0, time.perf_counter()
    for one in annotated(folder, name, limit=limit):
        statements = outermost(reader.read(one.article).statements)
        counts.append(count(one.gold, one.found(statements)))
        if by:
            groups[str(one.row[by])].append(counts[-1])
        word_count += len(words(one.article.text, [(0, len(one.article.text))]))
        lines.append({"id": one.article.id, "attributions": list(map(_spans, statements))})
    total = sum(counts, Counter[str]())
    print(f"{name}: {len(counts)} articles, {word_count} words, {time.perf_counter() - started:.0f} s")
    print(f"{'':10}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'found':>7}")
    for kind in ("all", *KINDS):
        print(f"{kind:10}{_row(total, kind)}")
    print(f"attributed F1 {100 * scores(total, 'all').f1:.1f}, 95 % interval {_interval(counts)}")
    for value, group in sorted(groups.items()):
        print(f"{value:14}{_row(sum(group, Counter[str]()), 'all')}  {_interval(group)}, {len(group)} articles")
    if write:
        write.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return {kind: scores(total, kind).f1 for kind in ("all", *KINDS)}


def _row(counts: Counter[str], kind: str) -> str:
    shares = "".join(f"{100 * share:7.1f}" for share in scores(counts, kind))
    return f"{shares}{counts[f'{kind} gold']:7d}{counts[f'{kind} found']:7d}"


def _interval(counted: Sequence[Counter[str]]) -> str:
    low, high = interval(counted)
    return f"{100 * low:.1f} to {100 * high:.1f}"


def _spans(statement: Statement) -> dict[str, Spans]:
    return {"source": statement.source, "cue": statement.cue, "content": statement.content}


def for_each_set(figures: Callable[..., object], description: str | None, argv: Sequence[str] | None) -> None:
    """Parse a command line of a folder and sets, both dev splits by default, and print the figures of each."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("sets", nargs="*", default=["polnear/dev", "diplomacy/dev"])
    parser.add_argument("--limit", type=int, help="read only the first N articles of each set")
    options = parser.parse_args(argv)
    for name in options.sets:
        figures(options.folder, name, limit=options.limit)
        print()


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("set", help="polnear/dev, diplomacy/dev, ...")
    parser.add_argument("--limit", type=int, help="read only the first N articles")
    parser.add_argument("--by", metavar="FIELD", help="score the values of a field apart: publisher, date, ...")
    parser.add_argument("--write", type=Path, help="write what was found, one article a line: id, attributions")
    options = parser.parse_args(argv)
    figures(options.folder, options.set, limit=options.limit, by=options.by, write=options.write)


if __name__ == "__main__":
    main()
