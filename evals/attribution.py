"""Attributed F1 on annotated articles: are the right words given to the right source?

    python -m evals.attribution FOLDER polnear/dev|diplomacy/dev [--limit N] [--write PREDICTIONS.jsonl]

A predicted statement counts as right where its content shares half of the words (intersection over union of word tokens) with an annotated
one and the sources do too, or both have none; each annotation is used once, by the largest one-to-one matching. The interval
is a bootstrap over articles.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from onrecord import files, reader
from onrecord.quotations import find as find_quotations
from onrecord.records import Page, Spans

KINDS = ("direct", "mixed", "indirect")
_WORD = re.compile(r"\w+")


class Attribution(NamedTuple):
    """Source and content as sets of word offsets, and whether the content stands in quotation marks."""

    source: frozenset[int]
    content: frozenset[int]
    kind: str


def words(text: str, spans: Iterable[Sequence[int]]) -> frozenset[int]:
    """Return the start offsets of the word tokens inside the spans."""
    return frozenset(m.start() for start, end in spans for m in _WORD.finditer(text, start, end))


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the intersection over union, 1 for two empty sets."""
    return len(one & other) / len(one | other) if one or other else 1.0


def attribution(text: str, source: Iterable[Sequence[int]], content: Spans, quoted: frozenset[int]) -> Attribution:
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


def scores(counts: Counter[str], kind: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of a kind of attribution."""
    precision = counts[f"{kind} right found"] / max(counts[f"{kind} found"], 1)
    recall = counts[f"{kind} right gold"] / max(counts[f"{kind} gold"], 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def interval(articles: Sequence[Counter[str]], rounds: int = 500) -> tuple[float, float]:
    """Return the 95 % interval of F1 over all kinds, resampling articles (fixed seed)."""
    draw = random.Random(0)  # noqa: S311  resampling, not secrecy
    values = []
    for _ in range(rounds):
        total: Counter[str] = Counter()
        for counts in draw.choices(articles, k=len(articles)):
            total.update(counts)
        values.append(scores(total, "all")[2])
    values.sort()
    return values[int(0.025 * rounds)], values[int(0.975 * rounds) - 1]


def articles(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield the annotated articles of ``polnear/SPLIT`` or ``diplomacy/SPLIT``: id, text and attributions."""
    kind, split = name.split("/")
    if kind == "polnear":
        yield from _lines(folder / kind / f"{split}.jsonl")
        return
    annotated: dict[str, list[dict[str, Any]]] = {}
    for statement in _lines(folder / kind / f"{split}.jsonl"):
        annotated.setdefault(statement["article"], []).append(statement)
    for article in _lines(folder / kind / f"{split}_articles.jsonl"):
        yield {**article, "attributions": annotated.get(article["id"], [])}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def figures(folder: Path, name: str, *, limit: int | None = None, write: Path | None = None) -> dict[str, float]:
    """Read the articles of a set, print the scores, and return attributed F1 over all kinds and by kind.

    ``write`` names a file for what was found, one article a line: id, attributions.
    """
    counts, lines, word_count, started = [], [], 0, time.perf_counter()
    for row in islice(articles(folder, name), limit):
        text = row["text"]
        page = Page(row["id"], None, "json", json.dumps({"id": row["id"], "text": text}).encode())
        statements = reader.read(files.article(page)).statements
        quoted = words(text, ((q.start, q.end) for q in find_quotations(text, single=False)))
        gold = [attribution(text, a["source"], a["content"], quoted) for a in row["attributions"]]
        found = [attribution(text, s.source, s.content, quoted) for s in statements]
        counts.append(count([g for g in gold if g.content], found))
        word_count += len(words(text, [(0, len(text))]))
        lines.append(
            {
                "id": row["id"],
                "attributions": [{"source": s.source, "cue": s.cue, "content": s.content} for s in statements],
            }
        )
    total = sum(counts, Counter[str]())
    low, high = interval(counts)
    print(f"{name}: {len(counts)} articles, {word_count} words, {time.perf_counter() - started:.0f} s")
    print(f"{'':10}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'found':>7}")
    for kind in ("all", *KINDS):
        p, r, f = scores(total, kind)
        print(
            f"{kind:10}{100 * p:7.1f}{100 * r:7.1f}{100 * f:7.1f}{total[f'{kind} gold']:7d}{total[f'{kind} found']:7d}"
        )
    print(f"attributed F1 {100 * scores(total, 'all')[2]:.1f}, 95 % interval {100 * low:.1f} to {100 * high:.1f}")
    if write:
        write.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return {kind: scores(total, kind)[2] for kind in ("all", *KINDS)}


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("set", help="polnear/dev, diplomacy/dev, ...")
    parser.add_argument("--limit", type=int, help="read only the first N articles")
    parser.add_argument("--write", type=Path, help="write what was found, one article a line: id, attributions")
    options = parser.parse_args(argv)
    figures(options.folder, options.set, limit=options.limit, write=options.write)


if __name__ == "__main__":
    main()
