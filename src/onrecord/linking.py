"""What the linking head is told about where a word stands relative to a cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

REACH = 64
"""Words looked at on each side of a cue's first word."""

_FAR = np.array([20, 26, 33, 42, 54, 68, 84, 104], dtype=np.int64)
"""Distances from which on a coarser class holds; up to 16 every distance is its own."""


def distance_classes(around: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
    """Class signed distances of words (cues, reach) to a cue of words ``first`` to ``last``: 32 is the cue itself.

    >>> distance_classes(np.array([[3, 4, 5, 6, 40]]), np.array([4]), np.array([5])).tolist()
    [[31, 32, 32, 33, 52]]
    """
    before = np.minimum(around - first[:, None], 0)
    after = np.maximum(around - last[:, None], 0)
    signed = before + after
    size = np.abs(signed)
    size = np.where(size <= 16, size, 17 + np.searchsorted(_FAR, size, side="right"))
    classes: NDArray[np.int64] = 32 + np.sign(signed) * size
    return classes


def line_classes(lines: NDArray[np.int64], cue_lines: NDArray[np.int64]) -> NDArray[np.int64]:
    """Class how many lines a word stands below its cue: 3 is the same line, 0 and 6 are three or more."""
    classes: NDArray[np.int64] = np.clip(lines - cue_lines, -3, 3) + 3
    return classes
