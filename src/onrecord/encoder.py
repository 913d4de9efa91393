"""Text to word vectors, and the scoring networks: the only place that knows onnxruntime.

An article is read alone, always in the same windows, one window a run, so that its numbers do not depend on its neighbours: dynamic
int8 takes its scale from a whole batch. (Larger batches were measured and are no faster on one thread.)
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord.pieces import FEATURE_SIZES, WINDOW_PIECES, Pieces, read_pieces

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Floats = NDArray[np.float32]

CONTEXT_PIECES = 8
"""Pieces at an inner edge of a window whose vectors are taken from the neighbouring window, which sees more around them."""

_CLS, _SEP = 101, 102


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """An article's words and their vectors, (words, hidden)."""

    pieces: Pieces
    vectors: Floats


class Scorer:
    """One ONNX network, run on one thread; parallelism is by processes."""

    def __init__(self, path: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session: InferenceSession = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )

    def __call__(self, **inputs: NDArray[np.generic]) -> tuple[Floats, ...]:
        """Run the network on named inputs and return its outputs in order."""
        return tuple(self._session.run(None, inputs))


class Encoder:
    """The shipped encoder: ``read`` turns a text into word vectors."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._network = Scorer(folder / "encoder.onnx")

    def read(self, text: str) -> Encoded:
        """Encode a text; one without words gives no vectors."""
        pieces = read_pieces(text, self._tokenizer)
        codes = feature_codes(pieces.features)
        vectors = [self._centre(pieces.ids, codes, window) for window in windows_of(len(pieces.ids))]
        if not vectors:
            return Encoded(pieces, np.zeros((0, 0), np.float32))
        return Encoded(pieces, np.concatenate(vectors)[pieces.first])

    def _centre(self, ids: NDArray[np.int32], codes: NDArray[np.int32], window: Window) -> Floats:
        """Run one window and cut out what it is responsible for."""
        batch = np.zeros((2, 1, window.end - window.start + 2), np.int32)
        batch[0, 0, 0], batch[0, 0, -1] = _CLS, _SEP
        batch[0, 0, 1:-1] = ids[window.start : window.end]
        batch[1, 0, 1:-1] = codes[window.start : window.end]
        (hidden,) = self._network(ids=batch[0], features=batch[1])
        return hidden[0, window.keep_from - window.start + 1 : window.keep_to - window.start + 1]


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces ``start`` to ``end`` are read, the vectors of ``keep_from`` to ``keep_to`` are kept."""

    start: int
    end: int
    keep_from: int
    keep_to: int


def windows_of(pieces: int) -> tuple[Window, ...]:
    """Cut an article into the fewest windows of one length that overlap by the context on both sides.

    >>> [(w.start, w.end, w.keep_from, w.keep_to) for w in windows_of(400)]
    [(0, 208, 0, 200), (192, 400, 200, 400)]
    """
    if not pieces:
        return ()
    overlap = 2 * CONTEXT_PIECES
    count = 1 if pieces <= WINDOW_PIECES else -(-(pieces - overlap) // (WINDOW_PIECES - overlap))
    length = -(-(pieces + (count - 1) * overlap) // count)
    starts = [round(n * (pieces - length) / max(count - 1, 1)) for n in range(count)]
    cuts = [0, *((left + length + right) // 2 for left, right in pairwise(starts)), pieces]
    return tuple(Window(s, s + length, cuts[n], cuts[n + 1]) for n, s in enumerate(starts))


def feature_codes(features: NDArray[np.int8]) -> NDArray[np.int32]:
    """Number each combination of feature values, so that the network looks up one row a piece."""
    code = np.zeros(len(features), np.int32)
    for column, size in enumerate(FEATURE_SIZES):
        code = code * size + features[:, column]
    return code
