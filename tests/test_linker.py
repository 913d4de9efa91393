"""Linking heads: which words they may tag, and what a finder makes of their tags."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from handmade import parsed, reading
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import linker
from onrecord.linker import FIRST_ROLE, SECOND_ROLE, Finder, Linked, Linker, role, screened
from onrecord.linking import REACH
from onrecord.parse import parse
from onrecord.reading import FOLDER, Floats, Reading, read
from onrecord.syntax import PARTS, RELATIONS, rooted

if TYPE_CHECKING:
    from numpy.typing import NDArray

TEXT = "“If they come,” Doe said, “we will close the gates.\n\nUnless they pay, we go.”\n" * 2
TAGS, OUTCOMES = 5, 8


def seen() -> Reading:
    """Return a reading whose words are of all parts of speech in turn."""
    bare = reading(TEXT, parsed(TEXT))
    count = len(bare.pieces)
    parts, unknown = np.arange(count) % PARTS, np.zeros(count, np.int64)
    return Reading(bare.pieces, bare.vectors, bare.roles, rooted(np.arange(count), unknown, parts, unknown - 1))


class AnyNetwork:
    """A network of random scores."""

    def __init__(self, seed: int) -> None:
        self._draw = np.random.default_rng(seed)

    def __call__(self, *, around: NDArray[np.int64], **_inputs: NDArray[np.generic]) -> tuple[Floats, Floats]:
        emissions = self._draw.normal(scale=3, size=(*around.shape, TAGS)).astype(np.float32)
        return emissions, self._draw.normal(size=(len(around), OUTCOMES)).astype(np.float32)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the tables of a head whose network scores at random; its screen passes a word if its weight is positive."""
    draw = np.random.default_rng(0)
    transitions = draw.normal(size=(TAGS, TAGS)).astype(np.float32)
    transitions[[0, 3, 4], 2] = transitions[[0, 1, 2], 4] = -1e4  # a span goes on only with its own tag
    weight = draw.normal(size=PARTS + RELATIONS).astype(np.float32)
    np.savez(tmp_path / "made.npz", screen_weight=weight, screen_bias=np.float32(0.1), transitions=transitions)
    monkeypatch.setattr(linker, "Scorer", lambda _path: AnyNetwork(1))
    return tmp_path


def among_of(words: set[int]) -> NDArray[np.bool_]:
    inside = np.zeros(len(seen().pieces), bool)
    inside[list(words)] = True
    return inside


def screen_passes(finder: Finder, word: int) -> bool:
    return bool((screened(seen(), [word]) @ finder._weight)[0] + finder._bias >= 0)


WORDS = st.sets(st.integers(0, len(seen().pieces) - 1), min_size=1)


@given(st.lists(st.tuples(st.integers(0, len(seen().pieces) - 2), WORDS), max_size=6))
@settings(max_examples=60, deadline=None)
def test_only_words_among_those_allowed_are_tagged(drawn: list[tuple[int, set[int]]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linker, "Scorer", lambda _path: AnyNetwork(len(drawn)))
        link = Linker(Path("unread"), np.zeros((TAGS, TAGS), np.float32), first_role_bias=2.0)
        if not drawn:
            return
        tags, outcomes = link(seen(), [(w, w + 1) for w, _ in drawn], [among_of(words) for _, words in drawn])
    assert tags.shape == (len(drawn), 2 * REACH + 1)
    assert outcomes.shape == (len(drawn), OUTCOMES)
    for (first, words), row in zip(drawn, tags, strict=True):
        tagged = {first - REACH + place for place in np.flatnonzero(row).tolist()}
        assert tagged <= words
        for begin in (FIRST_ROLE, SECOND_ROLE):
            assert {w for run in role(row, begin, first) for w in range(*run)} <= words


def test_a_finder_judges_what_its_screen_passes(folder: Path) -> None:
    finder = Finder(folder, "made")
    candidates = [(word, word + 1) for word in range(len(seen().pieces))]
    allowed = {2, 3, 4, 11, 12, 13, 14}
    found = finder(seen(), candidates, [among_of(allowed)] * len(candidates))
    assert [one is not None for one in found] == [screen_passes(finder, word) for word, _ in candidates]
    assert {one is None for one in found} == {True, False}, "some pass and some are held back"
    for candidate, one in zip(candidates, found, strict=True):
        if one is not None:
            assert one.anchor == candidate
            assert {*one.first, *one.second} <= allowed
            assert not set(one.first) & set(one.second)
            assert len(one.outcomes) == OUTCOMES


def test_a_finder_without_candidates_runs_no_network(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finder = Finder(folder, "made")
    monkeypatch.setattr(finder, "_link", None)
    assert finder(seen(), [], []) == []
    held = [(w, w + 1) for w in range(len(seen().pieces)) if not screen_passes(finder, w)]
    assert finder(seen(), held, [among_of({1})] * len(held)) == [None] * len(held)


def test_a_role_is_counted_from_its_anchor() -> None:
    tags = np.zeros(2 * REACH + 1, np.int8)
    tags[REACH - 2 : REACH] = (FIRST_ROLE, FIRST_ROLE + 1)
    tags[REACH + 1 : REACH + 4] = (SECOND_ROLE, SECOND_ROLE + 1, SECOND_ROLE)
    assert role(tags, FIRST_ROLE, 10) == [(8, 10)]
    assert role(tags, SECOND_ROLE, 10) == [(11, 13), (13, 14)]


def test_the_screen_sees_vector_part_and_relation_of_the_first_word() -> None:
    made = seen()
    rows = screened(made, [0, 3])
    assert rows.shape == (2, made.vectors.shape[1] + PARTS + RELATIONS)
    assert (rows.sum(1) == 2).all(), "one part and one relation, no vector here"


@pytest.mark.model
@pytest.mark.parametrize("name", ["conditions", "commitments"])
def test_shipped_heads_find_the_same_whatever_stands_beside(name: str) -> None:
    finder, of_text = Finder(FOLDER / "heads", name), read(TEXT, parse(TEXT))
    candidates = [(word, word + 1) for word in range(len(of_text.pieces))]
    inside = np.ones(len(candidates), bool)
    together = finder(of_text, candidates, [inside] * len(candidates))
    for candidate, one in zip(candidates, together, strict=True):
        (alone,) = finder(of_text, [candidate], [inside])
        assert (alone is None) == (one is None)
        if alone is not None and one is not None:
            assert (alone.anchor, alone.first, alone.second) == (one.anchor, one.first, one.second)
            assert alone.outcomes == pytest.approx(one.outcomes, abs=1e-3)


@pytest.mark.model
def test_many_anchors_go_through_the_network_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    finder, of_text = Finder(FOLDER / "heads", "commitments"), read(TEXT, parse(TEXT))
    candidates = [(word, word + 1) for word in range(len(of_text.pieces))]
    among, sure = [np.ones(len(candidates), bool)] * len(candidates), [True] * len(candidates)
    together = finder(of_text, candidates, among, sure)
    monkeypatch.setattr(linker, "AT_ONCE", 3)
    assert [one and (one.first, one.second) for one in finder(of_text, candidates, among, sure)] == [
        one and (one.first, one.second) for one in together
    ]


@pytest.mark.model
def test_shipped_heads_say_as_much_as_is_read() -> None:
    of_text = read(TEXT, parse(TEXT))
    everywhere = np.ones(len(of_text.pieces), bool)
    for name in ("conditions", "commitments"):
        found = Finder(FOLDER / "heads", name)(
            of_text, [(n, n + 1) for n in range(len(everywhere))], [everywhere] * len(everywhere)
        )
        judged = [one for one in found if isinstance(one, Linked)]
        assert judged
        assert {len(one.outcomes) for one in judged} == {OUTCOMES}
