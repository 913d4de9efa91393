"""What the heads see of an article."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from handmade import contents, parsed, reading
from handmade import pieces as pieces_of
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.parse import Parse, parse
from onrecord.reading import Reading, joined, read, version
from onrecord.records import Statement
from onrecord.spans import lawful

TEXT = "“Go,” he said.\nWe stay."


@given(contents(), st.data())
@settings(deadline=None)
def test_words_and_their_characters_are_one_another(
    drawn: tuple[str, Reading, Parse, Statement], data: st.DataObject
) -> None:
    text, seen, _, _ = drawn
    count = len(seen.pieces)
    some = data.draw(st.sets(st.integers(0, count - 1))) if count else set()
    found = seen.characters(some)
    assert seen.words(found) == sorted(some)
    assert lawful(text, found) == found
    for (_, end), (start, _) in pairwise(found):
        assert end < start


def test_spans_never_cross_a_line_and_join_neighbours() -> None:
    seen = reading(TEXT, parsed(TEXT))
    assert [TEXT[s:e] for s, e in seen.characters(range(len(seen.pieces)))] == ["“Go,” he said.", "We stay."]
    assert [TEXT[s:e] for s, e in seen.characters([0, 1, 4])] == ["“Go", "he"]
    assert seen.characters([]) == ()


def test_a_word_belongs_where_it_begins() -> None:
    seen = reading(TEXT, parsed(TEXT))
    assert seen.words([(0, 2)]) == [0, 1]
    assert seen.words([(2, 4)]) == [2]
    assert seen.words([(6, 8), (15, 17)]) == [4, 7]


@given(st.sets(st.integers(0, 40)))
def test_runs_hold_what_was_joined(words: set[int]) -> None:
    runs = joined(words)
    assert [w for start, end in runs for w in range(start, end)] == sorted(words)
    assert all(end < start for (_, end), (start, _) in pairwise(runs))


@pytest.mark.model
@pytest.mark.parametrize("text", [TEXT, "", " \n\u2028", "a" * 3000, "Zero\u200bwidth e\u0301. " * 100])
def test_an_article_is_seen_word_by_word(text: str) -> None:
    seen = read(text, parse(text))
    count = len(seen.pieces)
    assert len(seen.vectors) == count
    assert seen.roles.shape == (count, 7)
    assert len(seen.syntax.heads) == count
    assert np.isfinite(seen.vectors).all()
    assert np.isfinite(seen.roles).all()
    assert seen.words(seen.characters(range(count))) == list(range(count))


@pytest.mark.model
def test_handmade_words_are_those_of_the_tokenizer() -> None:
    text = "“It’s 3.5 kg,” she said — et al.\n[So] (no) non-stop."
    seen, made = read(text, parse(text)).pieces, pieces_of(text)
    assert (seen.starts.tolist(), seen.ends.tolist(), seen.lines.tolist()) == (
        made.starts.tolist(), made.ends.tolist(), made.lines.tolist(),
    )  # fmt: skip


def test_the_version_is_that_of_the_files() -> None:
    assert len(version()) == 12
    assert int(version(), 16) >= 0
    assert version() == version()
