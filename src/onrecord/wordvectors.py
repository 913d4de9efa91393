"""Words to vectors by hash-embedded features and convolutions of three words with maxout: spaCy's networks, in plain numpy.

Shape and weights are those of spaCy's ``MultiHashEmbed`` and ``MaxoutWindowEncoder``. Run here they take half the time: pieces lie
apart, so that the larger one is found by whole rows, and nothing is kept for training.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Keys = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Vectors of the feature in a column, (rows, width); a value has the sum of the rows that its hash under a seed names."""

    column: int
    rows: Floats
    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A maxout layer and its normalization: ``weights`` (inputs, pieces * width), ``bias`` likewise, ``scale`` and ``shift`` (width,)."""

    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats

    def __call__(self, inputs: Floats) -> Floats:
        """Return the normalized largest pieces."""
        pieces = inputs @ self.weights
        pieces += self.bias
        width = len(self.scale)
        largest = pieces[:, :width].copy()
        for first in range(width, pieces.shape[1], width):
            np.maximum(largest, pieces[:, first : first + width], out=largest)
        largest -= largest.mean(1, keepdims=True)
        variance = np.einsum("ij,ij->i", largest, largest) / np.float32(width)
        largest *= (1 / np.sqrt(variance + np.float32(1e-8)))[:, None]
        largest *= self.scale
        largest += self.shift
        return largest


@dataclass(frozen=True, slots=True, eq=False)
class WordVectors:
    """A network: one table a feature, the layer that mixes them, and a layer for each convolution."""

    tables: Sequence[Table]
    mixing: Layer
    convolutions: Sequence[Layer]
    hashes: Callable[[Keys, int], NDArray[np.uint32]]

    def __call__(self, keys: Keys, lengths: Sequence[int]) -> Floats:
        """Return vectors (words, width) for the features of words (words, columns), in lines of so many words; no line sees another."""
        embedded = [
            table.rows[self.hashes(np.ascontiguousarray(keys[:, table.column]), table.seed) % len(table.rows)].sum(1)
            for table in self.tables
        ]
        mixed = self.mixing(np.concatenate(embedded, axis=1))
        apart = len(self.convolutions)
        places = np.arange(len(mixed)) + np.repeat(1 + apart * np.arange(1, len(lengths) + 1), lengths)
        row = mixed.shape[1]
        vectors = np.zeros((len(mixed) + apart * (len(lengths) + 1) + 2, row), np.float32)
        vectors[places] = mixed
        windows = np.lib.stride_tricks.as_strided(vectors, (len(vectors) - 2, 3 * row), vectors.strides)
        for convolution in self.convolutions:
            vectors[1:-1] += convolution(windows)
        found: Floats = vectors[places]
        return found
