"""Statements inside statements: precision, recall and F1 on sentences of our own.

    python -m evals.nested [--split tune|held] [--errors]

``nested.jsonl`` holds short passages, made up in the style of news, in which ``<s1>`` marks the source of statement 1 and ``<c1>`` its
content; a statement stands inside the one whose content is the smallest around its own. Reports of what somebody said, wrote, believes or
wants are marked, at any depth; what was not said, or is only hedged by its speaker ("I think ..."), is not. The split ``held`` was written
before the rules were and is not read while they are changed.

An inner statement is right where its content and its source each share half of their words (intersection over union) with the marked ones
and the statement that it names in ``inside`` matches, by its content, the one around it. Outermost statements stand beside them, by
content and source alone.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from evals.attribution import as_read, overlap, words
from evals.gold import jsonl
from evals.scores import prf
from onrecord import reader
from onrecord.records import Span, Statement
from onrecord.spans import literal

FILE = Path(__file__).with_name("nested.jsonl")
SPLITS = ("tune", "held")
_TAG = re.compile(r"<(?P<closes>/?)(?P<role>[sc])(?P<number>\d)>")


class Said(NamedTuple):
    """A statement, marked or found: its words' offsets, and its content's around it (None for an outermost one)."""

    source: frozenset[int]
    content: frozenset[int]
    around: frozenset[int] | None
    shown: str


def unmarked(marked: str) -> tuple[str, dict[str, list[Span]]]:
    """Return a passage without its tags, and the spans of each.

    >>> unmarked("<s1>She</s1> said <c1>it rained</c1>.")
    ('She said it rained.', {'s1': [(0, 3)], 'c1': [(9, 18)]})
    """
    text, spans, opened, at = "", dict[str, list[Span]](), dict[str, int](), 0
    for tag in _TAG.finditer(marked):
        text, at = text + marked[at : tag.start()], tag.end()
        name = tag["role"] + tag["number"]
        if tag["closes"]:
            spans.setdefault(name, []).append((opened.pop(name), len(text)))
        else:
            opened[name] = len(text)
    return text + marked[at:], spans


def labelled(marked: str) -> tuple[str, list[Said]]:
    """Return a passage and its marked statements, outer ones before those inside them."""
    text, spans = unmarked(marked)
    contents = {name[1:]: words(text, spans[name]) for name in sorted(spans) if name[0] == "c"}
    out = []
    for number, content in contents.items():
        around = min((c for c in contents.values() if content < c), key=len, default=None)
        source = spans.get(f"s{number}", [])
        shown = f"[{literal(text, source)}] {literal(text, spans[f'c{number}'], ' | ')}"
        out.append(Said(words(text, source), content, around, shown))
    return text, out


def found(text: str, statements: Sequence[Statement]) -> list[Said]:
    """Return the statements that were read in a passage."""
    contents = {s.id: words(text, s.content) for s in statements}
    return [
        Said(
            words(text, s.source),
            contents[s.id],
            contents[s.inside] if s.inside else None,
            f"[{literal(text, s.source)}] {literal(text, s.content, ' | ')}",
        )
        for s in statements
    ]


def unmatched(gold: Sequence[Said], read: Sequence[Said]) -> tuple[list[Said], list[Said]]:
    """Return the marked statements that were not found, and the found ones that are not marked; each is used once."""
    missed, spurious = [], list(read)
    for one in gold:
        match = next((r for r in spurious if _same(one, r)), None)
        if match is None:
            missed.append(one)
        else:
            spurious.remove(match)
    return missed, spurious


def _same(one: Said, other: Said) -> bool:
    if one.around is None or other.around is None:
        if one.around is not other.around:
            return False
    elif overlap(one.around, other.around) < 0.5:
        return False
    return overlap(one.content, other.content) >= 0.5 and overlap(one.source, other.source) >= 0.5


def figures(split: str, *, errors: bool = False) -> dict[str, float]:
    """Read the passages of a split, print the scores and return F1 of the outermost and of the inner statements."""
    counts: Counter[str] = Counter()
    rows = [row for row in jsonl(FILE) if row["split"] == split]
    for row in rows:
        text, marked = labelled(row["marked"])
        read = found(text, reader.read(as_read("nested", text)).statements)
        for level, inner in (("outer", False), ("inner", True)):
            gold = [one for one in marked if (one.around is not None) is inner]
            mine = [one for one in read if (one.around is not None) is inner]
            missed, spurious = unmatched(gold, mine)
            counts.update({f"{level} gold": len(gold), f"{level} found": len(mine)})
            counts[f"{level} right"] += len(gold) - len(missed)
            if errors:
                print("".join(f"{level} missed   {one.shown}\n" for one in missed), end="")
                print("".join(f"{level} spurious {one.shown}\n" for one in spurious), end="")
    print(f"nested, {split}: {len(rows)} passages of our own")
    print(f"{'':10}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'found':>7}{'right':>7}")
    reached = {}
    for level in ("outer", "inner"):
        n_right, n_found, n_gold = (counts[f"{level} {what}"] for what in ("right", "found", "gold"))
        score = prf(n_right, n_found, n_gold)
        shares = "".join(f"{100 * share:7.1f}" for share in score)
        print(f"{level:10}{shares}{n_gold:7d}{n_found:7d}{n_right:7d}")
        reached[level] = score.f1
    return reached


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=SPLITS, help="one of the two, else both")
    parser.add_argument("--errors", action="store_true", help="show what is missed and what is found too much")
    options = parser.parse_args(argv)
    for split in [options.split] if options.split else SPLITS:
        figures(split, errors=options.errors)


if __name__ == "__main__":
    main()
