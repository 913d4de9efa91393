"""Greedy tagging of names, on weights made by hand: what holds whatever the weights are."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.entities import Recogniser

MOVES = ["O", "U-", "U-X", "B-X", "I-X", "L-X", "U-Y", "B-Y", "I-Y", "L-Y"]


def recogniser(*favourites: str) -> Recogniser:
    """Return one that gives the n-th favourite move the highest score at words whose vector is the n-th unit vector."""
    size = len(favourites)
    scores = np.zeros((len(MOVES), size), np.float32)
    for unit, move in enumerate(favourites):
        scores[MOVES.index(move), unit] = 1
    features = np.zeros((3, size, 2 * size), np.float32)
    features[0] = np.hstack([np.eye(size), np.eye(size)])
    return Recogniser(
        narrowing=np.eye(size, dtype=np.float32), narrowing_bias=np.zeros(size, np.float32), features=features,
        absent=np.zeros((3, 2 * size), np.float32), bias=np.zeros(2 * size, np.float32), scores=scores,
        score_bias=np.array([0.5, 9, *[0] * 8], np.float32), moves=MOVES,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("moves", "nameless", "closing", "expected", "why"),
    [
        (["O", "U-X", "O"], [], [], ["", "X", ""], "a name of one word"),
        (["B-X", "I-X", "L-X", "U-Y"], [], [], ["X", "X", "X", "Y"], "a long name, and one beside it"),
        (
            ["B-X", "L-Y", "L-X"],
            [],
            [],
            ["X", "X", "X"],
            "a name keeps its label: here it goes on, as both moves score nothing",
        ),
        (["B-X", "I-X", "L-X"], [], [1], ["X", "X", ""], "no name goes on where a sentence ends"),
        (["B-X", "L-X"], [], [0], ["", ""], "nor begins there with a word to follow"),
        (["U-X", "U-X"], [0], [], ["", "X"], "white space opens no name"),
        (["I-X", "L-X", "O"], [], [], ["", "", ""], "no name goes on that was not begun"),
    ],
)
def test_names(moves: list[str], nameless: list[int], closing: list[int], expected: list[str], why: str) -> None:
    flags = np.zeros((2, len(moves)), bool)
    flags[0, nameless] = True
    flags[1, [*closing, len(moves) - 1]] = True
    vectors = np.eye(len(moves), dtype=np.float32)
    assert recogniser(*moves)(vectors, nameless=flags[0], closing=flags[1]) == expected, why
