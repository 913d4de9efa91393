from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from onrecord import spans
from onrecord.records import Span

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda p: (min(p), max(p))), max_size=6)


def _offsets(some: list[Span] | tuple[Span, ...]) -> set[int]:
    return {i for start, end in some for i in range(start, end)}


@given(SPANS)
def test_merged_covers_the_same_offsets_once(some: list[Span]) -> None:
    out = spans.merged(some)
    assert _offsets(out) == _offsets(some)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(out))
    assert all(start < end for start, end in out)


@given(SPANS, SPANS)
def test_minus_takes_away_just_the_holes(some: list[Span], holes: list[Span]) -> None:
    assert _offsets(spans.minus(some, holes)) == _offsets(some) - _offsets(holes)


@given(SPANS, SPANS)
def test_overlaps_means_a_shared_offset(one: list[Span], other: list[Span]) -> None:
    one, other = list(spans.merged(one)), list(spans.merged(other))
    assert spans.overlaps(one, other) == bool(_offsets(one) & _offsets(other))


@given(st.text(alphabet="ab \n\r\u2028\u0085\u00a0.", max_size=40), SPANS)
def test_lawful_spans_hold_what_records_promise(text: str, some: list[Span]) -> None:
    inside = [(s, e) for s, e in some if e <= len(text)]
    for start, end in spans.lawful(text, inside):
        piece = text[start:end]
        assert piece == piece.strip()
        assert piece
        assert len(piece.splitlines()) == 1
    words = {i for i in _offsets(inside) if not text[i].isspace()}
    assert {i for i in _offsets(spans.lawful(text, inside)) if not text[i].isspace()} == words


def test_trimmed_leaves_an_empty_span_of_white_space() -> None:
    assert spans.trimmed("a   b", (1, 4)) == (4, 4)
    assert spans.trimmed("“Yes,” he", (0, 6), ",”") == (0, 4)
