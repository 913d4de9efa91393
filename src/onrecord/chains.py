"""Best tag sequences under a linear chain, many sequences at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def best_tags(emissions: Floats, transitions: Floats, start: Floats) -> NDArray[np.int8]:
    """Find the best tags (sequences, words) for emissions (sequences, words, tags) by the Viterbi algorithm.

    ``transitions`` has rows from and columns to; ``start`` is what the first word's tags gain.
    """
    sequences, words, tags = emissions.shape
    came_from = np.zeros((words, sequences, tags), np.int8)
    scores = emissions[:, 0] + start
    by_target = np.ascontiguousarray(transitions.T)
    for word in range(1, words):
        arrivals = scores[:, None, :] + by_target
        came_from[word] = arrivals.argmax(2)
        scores = arrivals.max(2) + emissions[:, word]
    best = np.zeros((sequences, words), np.int8)
    rows = np.arange(sequences)
    best[:, -1] = scores.argmax(1)
    for word in range(words - 1, 0, -1):
        best[:, word - 1] = came_from[word, rows, best[:, word]]
    return best


def spans_of(tags: NDArray[np.int8], begin: int) -> list[tuple[int, int]]:
    """Give the [first, end) runs of words that open with tag ``begin`` and go on with ``begin + 1``.

    >>> spans_of(np.array([0, 1, 2, 1, 0, 3, 4], np.int8), 1)
    [(1, 3), (3, 4)]
    """
    found: list[tuple[int, int]] = []
    for first in np.flatnonzero(tags == begin).tolist():
        end = first + 1
        while end < len(tags) and tags[end] == begin + 1:
            end += 1
        found.append((first, end))
    return found
