"""Linking heads: for an anchor in the text, which words around it belong to it, in which of two roles.

One network serves three ends: for a cue its source and content, for a connector its antecedent and consequent, for the verb of a deed
its agent and the action. Tags are a linear chain, decoded by the Viterbi algorithm.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from onrecord import threads
from onrecord.chains import best_tags, spans_of
from onrecord.encoder import Scorer
from onrecord.linking import REACH, distance_classes, line_classes
from onrecord.reading import Floats, Reading
from onrecord.syntax import PARTS, RELATIONS, paths

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIRST_ROLE, SECOND_ROLE = 1, 3
"""The tags that begin a span of each role; the next tag continues it."""

AT_ONCE = 128
"""Anchors that go through the network together: each takes about a megabyte."""

_NOTHING = np.array([0, -1e4, -1e4, -1e4, -1e4], np.float32)


class Linker:
    """One linking head, with its transitions (tags, tags) and how readily a span of the first role is seen."""

    def __init__(self, path: Path, transitions: Floats, *, first_role_bias: float = 0.0) -> None:
        self._network, self._transitions, self._bias = Scorer(path), transitions, first_role_bias

    def __call__(
        self, reading: Reading, anchors: Sequence[tuple[int, int]], among: Sequence[NDArray[np.bool_]] | None = None
    ) -> tuple[NDArray[np.int8], Floats]:
        """Tag the words around each anchor, which is the words ``first`` to ``end``.

        Args:
            reading: the article.
            anchors: runs of words.
            among: for each anchor the words (words,) that may be tagged; else all may.

        Returns:
            The tags (anchors, reach) of the words from ``REACH`` before the anchor's first on, and what the head says of the
            anchor itself (anchors, outcomes), as logits.
        """
        if len(anchors) > AT_ONCE:
            parts = [
                self(reading, anchors[n : n + AT_ONCE], among and among[n : n + AT_ONCE])
                for n in range(0, len(anchors), AT_ONCE)
            ]
            return np.concatenate([tags for tags, _ in parts]), np.concatenate([told for _, told in parts])
        lines = reading.pieces.lines.astype(np.int64)
        first = np.array([start for start, _ in anchors], np.int64)
        last = np.array([end - 1 for _, end in anchors], np.int64)
        around = first[:, None] + np.arange(-REACH, REACH + 1)
        present = (around >= 0) & (around < len(lines))
        around = around.clip(0, len(lines) - 1)
        if among is not None:
            present &= np.stack([allowed[row] for allowed, row in zip(among, around, strict=True)])
        path, branch, other_branch = paths(reading.syntax, first, last, around)
        emissions, outcomes = self._network(
            vectors=reading.vectors,
            flat=reading.roles,
            first=first,
            last=last,
            around=around,
            present=present.astype(np.float32),
            distance=distance_classes(around, first, last),
            line_distance=line_classes(lines[around], lines[first][:, None]),
            relation=reading.syntax.relations,
            part=reading.syntax.parts,
            path=path,
            branch=branch,
            cue_branch=other_branch,
        )
        emissions[..., FIRST_ROLE] += self._bias
        emissions = np.where(present[..., None], emissions, _NOTHING)
        tags = best_tags(emissions, self._transitions, np.zeros(emissions.shape[2], np.float32))
        return tags, outcomes


def role(tags: NDArray[np.int8], begin: int, first: int) -> list[tuple[int, int]]:
    """Return the runs of words of one role around an anchor that begins with the word ``first``."""
    return [(first - REACH + start, first - REACH + end) for start, end in spans_of(tags, begin)]


@dataclass(frozen=True, slots=True)
class Linked:
    """What hangs on one anchor: the words of both roles, and what the head says of the anchor, as logits."""

    anchor: tuple[int, int]
    first: tuple[int, ...]
    second: tuple[int, ...]
    outcomes: tuple[float, ...]


class Finder:
    """A linking head that finds its own anchors: a linear screen passes those that may be one, the head judges the rest.

    The screen sees an anchor's first word: its vector, part of speech and relation. The head's first outcome is whether it is one.
    """

    def __init__(self, folder: Path, name: str) -> None:
        tables = np.load(folder / f"{name}.npz")
        self._weight, self._bias = tables["screen_weight"], float(tables["screen_bias"])
        self._link = Linker(folder / f"{name}.onnx", tables["transitions"])

    def __call__(
        self,
        reading: Reading,
        candidates: Sequence[tuple[int, int]],
        among: Sequence[NDArray[np.bool_]],
        sure: Sequence[bool] | None = None,
    ) -> list[Linked | None]:
        """Return what hangs on each candidate, None for those that the screen holds back, never one that is ``sure``.

        ``among`` is as for ``Linker``.
        """
        found: list[Linked | None] = [None] * len(candidates)
        if not candidates:
            return found
        with threads.one():
            logits = screened(reading, [first for first, _ in candidates]) @ self._weight + self._bias
        passed = np.flatnonzero((logits >= 0) | np.array(sure or [False] * len(candidates))).tolist()
        if passed:
            tags, outcomes = self._link(reading, [candidates[n] for n in passed], [among[n] for n in passed])
            for n, row, outcome in zip(passed, tags, outcomes, strict=True):
                first = candidates[n][0]
                one, other = (
                    tuple(w for run in role(row, begin, first) for w in range(*run))
                    for begin in (FIRST_ROLE, SECOND_ROLE)
                )
                found[n] = Linked(candidates[n], one, other, tuple(outcome.tolist()))
        return found


def apart(found: Sequence[Linked], words: Callable[[Linked], tuple[int, ...]]) -> list[Linked]:
    """Return those that do not share half of their words with a surer one, in text order; ``words`` are those of one role."""
    kept: list[Linked] = []
    for one in sorted(found, key=lambda one: (-one.outcomes[0], one.anchor)):
        own = set(words(one))
        if all(2 * len(own & set(words(other))) <= min(len(own), len(words(other))) for other in kept):
            kept.append(one)
    return sorted(kept, key=words)


def screened(reading: Reading, words: Sequence[int]) -> Floats:
    """Return what the screen sees of words, (words, hidden + parts + relations)."""
    syntax = reading.syntax
    part, relation = np.eye(PARTS, dtype=np.float32), np.eye(RELATIONS, dtype=np.float32)
    return np.concatenate(
        [reading.vectors[words], part[syntax.parts[words]], relation[syntax.relations[words]]], axis=1
    )
