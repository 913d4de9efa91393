"""Marks over a text: what each stretch of an article is, well nested however the spans overlap."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.records import Findings, Span, Spans, Statement

Role = Literal["caption", "clutter", "content", "consequent", "antecedent", "connector", "source", "cue"]

_OUTERMOST_FIRST: tuple[Role, ...] = (
    "caption", "clutter", "content", "consequent", "antecedent", "connector", "source", "cue",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One span with its role in the statements of these numbers, counted from 1 in the article; caption and clutter are in none.

    ``first`` and ``last`` tell whether the piece begins and ends the span: both, unless it was cut.
    """

    start: int
    end: int
    role: Role
    statements: tuple[int, ...] = ()
    first: bool = True
    last: bool = True


Step = tuple[Literal["open", "close"], Mark] | tuple[Literal["text"], Span]


def marks(findings: Findings) -> tuple[Mark, ...]:
    """Return a mark for every span of an article's statements, captions and clutter; one where several have the same span and role."""
    found: dict[tuple[Span, Role], tuple[int, ...]] = {}
    for span in findings.article.captions:
        found[span, "caption"] = ()
    for span in findings.article.clutter:
        found[span, "clutter"] = ()
    for number, statement in enumerate(findings.statements, 1):
        for role, spans in _roles(statement):
            for span in spans:
                before = found.get((span, role), ())
                found[span, role] = before if number in before else (*before, number)
    return tuple(Mark(start, end, role, numbers) for ((start, end), role), numbers in found.items())


def steps(marks: Iterable[Mark], window: Span) -> Iterator[Step]:
    """Yield how to write a window of the text: open a mark, write text, close the mark opened last.

    The longer mark is the outer one; of two over the same characters, the one named earlier in ``_OUTERMOST_FIRST``. A mark that
    crosses the end of another is cut there, and its rest stands behind: together the pieces cover exactly what the mark covered.
    """
    todo = [(_order(piece), piece) for mark in marks if (piece := _clipped(mark, window))]
    heapq.heapify(todo)
    inside: list[Mark] = []
    at = window[0]
    while todo or inside:
        if inside and not (todo and todo[0][1].start < inside[-1].end):
            mark = inside.pop()
            yield from _text(at, mark.end)
            at = mark.end
            yield ("close", mark)
            continue
        mark = heapq.heappop(todo)[1]
        if inside and mark.end > inside[-1].end:
            cut = inside[-1].end
            rest = replace(mark, start=cut, first=False)
            heapq.heappush(todo, (_order(rest), rest))
            mark = replace(mark, end=cut, last=False)
        yield from _text(at, mark.start)
        at = mark.start
        inside.append(mark)
        yield ("open", mark)
    yield from _text(at, window[1])


def lines(text: str, marks: Iterable[Mark]) -> Iterator[tuple[Span, tuple[Mark, ...]]]:
    """Yield each line that holds more than white space, as its span without white space at the edges, and the marks in it.

    No span crosses a line break, so each mark stands in one line.
    """
    spans = tuple(_lines(text))
    inside: list[list[Mark]] = [[] for _ in spans]
    starts = [start for start, _ in spans]
    for mark in marks:
        index = bisect_right(starts, mark.start) - 1
        if index >= 0:
            inside[index].append(mark)
    for span, found in zip(spans, inside, strict=True):
        yield span, tuple(found)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            inner = start + line.index(stripped)
            yield (inner, inner + len(stripped))
        start += len(line)


def _roles(statement: Statement) -> Iterator[tuple[Role, Spans]]:
    yield "source", statement.source
    yield "cue", statement.cue
    yield "content", statement.content
    for condition in statement.conditions:
        yield "antecedent", condition.antecedent
        yield "consequent", condition.consequent
        yield "connector", condition.connector


def _clipped(mark: Mark, window: Span) -> Mark | None:
    start, end = max(mark.start, window[0]), min(mark.end, window[1])
    if start >= end:
        return None
    return replace(
        mark, start=start, end=end, first=mark.first and start == mark.start, last=mark.last and end == mark.end
    )


def _order(mark: Mark) -> tuple[int, int, int, tuple[int, ...]]:
    return (mark.start, -mark.end, _OUTERMOST_FIRST.index(mark.role), mark.statements)


def _text(start: int, end: int) -> Iterator[Step]:
    if start < end:
        yield ("text", (start, end))
