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
    gained = np.ascontiguousarray(emissions.transpose(1, 2, 0))  # words, tags, sequences
    scores = np.empty_like(gained)
    scores[0] = gained[0] + start[:, None]
    arrivals = np.empty((tags, tags, sequences), gained.dtype)  # to, from
    by_target = transitions.T[:, :, None]
    for word in range(1, words):
        np.add(scores[word - 1], by_target, out=arrivals)
        np.maximum.reduce(arrivals, axis=1, out=scores[word])
        scores[word] += gained[word]
    to = np.ascontiguousarray(transitions.T)
    by_sequence = np.ascontiguousarray(scores.transpose(0, 2, 1))
    best = np.zeros((words, sequences), np.int8)
    best[-1] = by_sequence[-1].argmax(1)
    for word in range(words - 1, 0, -1):
        best[word - 1] = (by_sequence[word - 1] + to[best[word]]).argmax(1)
    return np.ascontiguousarray(best.T)


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
