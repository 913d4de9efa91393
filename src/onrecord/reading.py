"""What the heads see of an article: its words, their vectors, the parse laid on them, and how each word scores as source, cue or content.

The encoder reads an article once; every head reads this.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord import threads
from onrecord.encoder import Encoder
from onrecord.parse import Parse
from onrecord.pieces import Pieces
from onrecord.records import Spans
from onrecord.syntax import Syntax, lay

Floats = NDArray[np.float32]

FOLDER = Path(__file__).parent / "model"
"""Where the shipped model lies; docs/model.md is its card."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """An article as the heads see it: ``vectors`` (words, hidden) and ``roles`` (words, 7), the scores of the flat tags."""

    pieces: Pieces
    vectors: Floats
    roles: Floats
    syntax: Syntax

    def words(self, spans: Iterable[tuple[int, int]]) -> list[int]:
        """Return the words that begin inside the spans."""
        starts = self.pieces.starts
        return [w for s, e in spans for w in range(*np.searchsorted(starts, [s, e]).tolist())]

    def inside(self, spans: Iterable[tuple[int, int]]) -> tuple[list[int], NDArray[np.bool_]]:
        """Return the words that begin inside the spans, and of each word of the article whether it is one of them, (words,)."""
        words = self.words(spans)
        mask = np.zeros(len(self.pieces), bool)
        mask[words] = True
        return words, mask

    def characters(self, words: Iterable[int]) -> Spans:
        """Return the spans of words, neighbours joined, cut where a line ends."""
        pieces, found = self.pieces, []
        for start, end in joined(words):
            cuts = [start, *(np.flatnonzero(np.diff(pieces.lines[start:end])) + start + 1).tolist(), end]
            found += [(int(pieces.starts[a]), int(pieces.ends[b - 1])) for a, b in pairwise(cuts)]
        return tuple(found)


class Reader:
    """An encoder and the table of its flat scores."""

    def __init__(self, folder: Path) -> None:
        self._encoder = Encoder(folder)
        flat = np.load(folder / "heads" / "flat.npz")
        self._weight, self._bias = flat["flat_weight"], flat["flat_bias"]

    def __call__(self, text: str, parsed: Parse) -> Reading:
        """Read a parsed text."""
        encoded = self._encoder.read(text)
        with threads.one():
            roles = encoded.vectors @ self._weight + self._bias if len(encoded.pieces) else np.zeros((0, 7), np.float32)
        return Reading(encoded.pieces, encoded.vectors, roles, lay(parsed, encoded.pieces))


def read(text: str, parsed: Parse) -> Reading:
    """Read a parsed text by the model that ships with the package."""
    return _shipped()(text, parsed)


@cache
def version() -> str:
    """Return the first 12 hex digits of the SHA-256 over the files of the shipped model, as it stands in ``Versions.model``."""
    digest = hashlib.sha256()
    for path in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _shipped() -> Reader:
    return Reader(FOLDER)


def joined(words: Iterable[int]) -> list[tuple[int, int]]:
    """Join words to runs.

    >>> joined([3, 1, 2, 7])
    [(1, 4), (7, 8)]
    """
    runs: list[tuple[int, int]] = []
    for word in sorted(words):
        if runs and runs[-1][1] == word:
            runs[-1] = (runs[-1][0], word + 1)
        else:
            runs.append((word, word + 1))
    return runs
