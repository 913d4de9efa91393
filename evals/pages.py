"""How well pages are read: ``python -m evals.pages DATA_FOLDER [--limit N]``.

DATA_FOLDER holds ``html/index.jsonl`` and the pages that it names (``.html.gz``), with gold title, date and text where known.

- read: the page gave an article, or was refused with a reason; anything else is a crash.
- title: right if equal to the gold title, letters and digits alone counted, without case. Missing counts as wrong.
- date: right if the day is the gold day. Missing counts as wrong.
- body: F1 over the word tokens of body and gold text as multisets, the mean over pages; a refused page counts as 0.
"""

from __future__ import annotations

import argparse
import gzip
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from evals.gold import Row, jsonl
from evals.scores import prf
from onrecord import files
from onrecord.errors import PageError
from onrecord.layout import folded
from onrecord.records import Article, Page, Refused

_CRASH = "CRASH"


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measure how well news pages are read.")
    parser.add_argument("data", type=Path, help="folder that holds html/index.jsonl")
    parser.add_argument("--limit", type=int, default=None, help="read the first N pages only")
    parser.add_argument("--failures", action="store_true", help="print each wrong title, wrong date and body under 0.8")
    arguments = parser.parse_args(argv)
    rows = list(islice(jsonl(arguments.data / "html" / "index.jsonl"), arguments.limit))
    with tempfile.TemporaryDirectory() as folder:
        paths = [_unpack(arguments.data / "html" / row["path"], Path(folder), n) for n, row in enumerate(rows)]
        started = time.perf_counter()
        outcomes = [_read(path) for path in paths]
        seconds = time.perf_counter() - started
    _print_reading(outcomes, seconds)
    scores = list(_scores(rows, outcomes))
    for name, chosen in _subsets(rows).items():
        _print_scores(name, [score for row, score in zip(rows, scores, strict=True) if row["id"] in chosen])
    if arguments.failures:
        _print_failures(rows, outcomes, scores)


def _unpack(packed: Path, folder: Path, number: int) -> str:
    path = folder / f"{number:05}.html"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return str(path)


def _read(path: str) -> Article | str:
    """Return the article of a page or the reason why there is none."""
    page: Page | Refused
    (page,) = files.pages([path])
    if isinstance(page, Refused):
        return page.reason
    try:
        return files.article(page)
    except PageError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 -- a crash is what is counted here
        return f"{_CRASH} {type(error).__name__}: {error}"


def body(article: Article) -> str:
    """Return the text behind the title."""
    return article.text[article.title_span[1] :] if article.title_span else article.text


def token_f1(found: str, gold: str) -> float:
    """Return the F1 of two texts' words as multisets, in [0, 1]."""
    one, other = (Counter(re.findall(r"\w+", text.casefold())) for text in (found, gold))
    return prf((one & other).total(), one.total(), other.total()).f1


def _scores(rows: Sequence[Row], outcomes: Sequence[Article | str]) -> Iterator[dict[str, float]]:
    """Yield, for each page, the score of every field that has a gold value."""
    for row, outcome in zip(rows, outcomes, strict=True):
        found = outcome if isinstance(outcome, Article) else None
        score: dict[str, float] = {}
        if row.get("title"):
            score["title"] = float(found is not None and folded(found.title or "") == folded(row["title"]))
        if row.get("date"):
            score["date"] = float(found is not None and (found.published or "")[:10] == row["date"][:10])
        if row.get("gold_text"):
            score["body"] = token_f1(body(found), row["gold_text"]) if found else 0.0
        yield score


def _subsets(rows: Sequence[Row]) -> dict[str, set[str]]:
    subsets: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        subsets["all sets"].add(row["id"])
        subsets["news-like, all sets" if row["news_like"] else "not news-like"].add(row["id"])
        subsets[row["set"]].add(row["id"])
    return subsets


def _print_reading(outcomes: Sequence[Article | str], seconds: float) -> None:
    refused = Counter(re.sub(r"[\d,.]+", "N", outcome) for outcome in outcomes if isinstance(outcome, str))
    words = sum(len(outcome.text.split()) for outcome in outcomes if isinstance(outcome, Article))
    crashed = sum(number for reason, number in refused.items() if reason.startswith(_CRASH))
    print(
        f"pages {len(outcomes)}, read {len(outcomes) - refused.total()}, refused {refused.total() - crashed}, crashed {crashed}"
    )
    for reason, number in refused.most_common():
        print(f"  {number} x {reason}")
    print(
        f"{len(outcomes) / seconds:.1f} pages a second, {seconds * 600 / max(1, words) * 1000:.1f} ms for 600 words, one process"
    )


def _print_scores(name: str, scores: Sequence[dict[str, float]]) -> None:
    told = []
    for field in ("title", "date", "body"):
        values = [score[field] for score in scores if field in score]
        told.append(f"{field} {sum(values) / len(values):.4f} (n={len(values)})" if values else f"{field} - (n=0)")
    print(f"{name + ':':22} {'   '.join(told)}")


def _print_failures(rows: Sequence[Row], outcomes: Sequence[Article | str], scores: Sequence[dict[str, float]]) -> None:
    for row, outcome, score in zip(rows, outcomes, scores, strict=True):
        if isinstance(outcome, str):
            print(row["id"], "REFUSED", outcome)
            continue
        if score.get("title") == 0:
            print(row["id"], "TITLE gold:", row["title"], "| found:", outcome.title)
        if score.get("date") == 0:
            print(row["id"], "DATE gold:", row["date"], "| found:", outcome.published)
        if score.get("body", 1) < 0.8:
            print(row["id"], f"BODY {score['body']:.2f}")


if __name__ == "__main__":
    main()
