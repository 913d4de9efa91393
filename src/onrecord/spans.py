"""Arithmetic on spans: every function takes and returns sorted, disjoint half-open spans of one text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from onrecord.records import Span, Spans

_BREAKS = r"\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
BREAK = re.compile(rf"[{_BREAKS}]")
_WORD = re.compile(r"\w+")
LINE = re.compile(rf"[^{_BREAKS}]+")
"""A line break, and what stands between two, by the rules of ``str.splitlines``."""


def merged(spans: Iterable[Span]) -> Spans:
    """Return the union, touching spans joined."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif start < end:
            out.append((start, end))
    return tuple(out)


def minus(spans: Iterable[Span], holes: Iterable[Span]) -> Spans:
    """Return what is left of the spans outside the holes."""
    left = list(merged(spans))
    for hole_start, hole_end in merged(holes):
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, hole_start)), (max(start, hole_end), end))
            if piece[0] < piece[1]
        ]
    return merged(left)


def overlaps(one: Iterable[Span], other: Sequence[Span]) -> bool:
    """Tell whether two sets of spans share a character."""
    return any(s < e2 and s2 < e for s, e in one for s2, e2 in other)


def within(inner: Iterable[Span], outer: Sequence[Span]) -> bool:
    """Tell whether each inner span lies inside one outer span."""
    return all(any(s2 <= s and e <= e2 for s2, e2 in outer) for s, e in inner)


def trimmed(text: str, span: Span, characters: str = "") -> Span:
    """Return the span without white space, and without the given characters, at its edges; it may come out empty."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in characters):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in characters):
        end -= 1
    return (start, end)


def lawful(text: str, spans: Iterable[Span]) -> Spans:
    """Return spans as records hold them: cut at line breaks, no white space at an edge, none empty."""
    whole = merged(spans)
    breaks = [m.span() for start, end in whole for m in BREAK.finditer(text, start, end)]
    return merged(trimmed(text, piece) for piece in minus(whole, breaks))


def lines(text: str) -> Spans:
    """Return the lines of a text that are not empty, without their breaks."""
    return tuple(m.span() for m in LINE.finditer(text))


def line_of(of: Spans, offset: int) -> Span:
    """Return the one of some lines in which an offset stands, or behind which it stands."""
    return of[max(bisect_right(of, offset, key=lambda line: line[0]) - 1, 0)]


def literal(text: str, spans: Iterable[Span], between: str = " ") -> str:
    """Return the words that the spans cover."""
    return between.join(text[start:end] for start, end in spans)


def count_words(text: str, spans: Iterable[Span]) -> int:
    """Return how many words the spans hold: runs of letters and digits."""
    return sum(1 for start, end in spans for _ in _WORD.finditer(text, start, end))
