"""Word pieces of an article and the features that stand beside them: what the encoder reads.

Words are what BERT's pre-tokenizer splits (runs of letters and digits, single punctuation marks); labels are decided per word and
a word is represented by its first piece.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord import spans

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = NDArray[np.int32]

FEATURE_SIZES = (6, 3, 4, 2, 2)
"""Values of each feature: case of the word, line break before, quotation state, space before, first line."""

WINDOW_PIECES = 254
"""Most pieces of one window, [CLS] and [SEP] not counted."""

_MARK = re.compile(
    r"""
    (?P<opens>  [“„«] | `` )         # “so, ``so
  | (?P<closes> [”»]  | '' )         # so”, so''
  | (?P<either> ["]   )              # "so"; not the single marks, which are apostrophes too
  | (?P<break>  [\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029] )
    """,
    re.VERBOSE,
)

_PLAIN_MARKS = str.maketrans("“”„«»’‘‚", '"""""\'\'\'')
"""The direction of a mark is told by the quotation state; the pretrained vocabulary knows the plain marks best."""

_OUTSIDE, _INSIDE, _OPENING, _CLOSING = range(4)


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """One article as the encoder reads it.

    ``ids`` and ``features`` have a row a piece; ``first`` (the word's first piece), ``starts``, ``ends`` (code points of the text)
    and ``lines`` (which line it stands on) have a row a word.
    """

    ids: Ints
    features: NDArray[np.int8]
    first: Ints
    starts: Ints
    ends: Ints
    lines: Ints

    def __len__(self) -> int:
        return len(self.first)


def read_pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """Split a text into pieces with their features."""
    encoding = tokenizer.encode(text.translate(_PLAIN_MARKS), add_special_tokens=False)
    offsets = np.array(encoding.offsets, dtype=np.int32).reshape(-1, 2)
    word_of = np.array([-1 if w is None else w for w in encoding.word_ids], dtype=np.int32)
    is_first = np.ones(len(word_of), dtype=bool)
    is_first[1:] = word_of[1:] != word_of[:-1]
    first = np.flatnonzero(is_first).astype(np.int32)
    starts = offsets[first, 0] if len(first) else np.zeros(0, np.int32)
    ends = offsets[np.append(first[1:], len(word_of)) - 1, 1] if len(first) else np.zeros(0, np.int32)
    line_spans = spans.lines(text)
    lines = np.searchsorted([s for s, _ in line_spans], starts, side="right").astype(np.int32) - 1
    word_features = _features(text, starts, ends, lines)
    word_index = np.cumsum(is_first) - 1
    features = word_features[word_index] if len(word_index) else np.zeros((0, len(FEATURE_SIZES)), np.int8)
    return Pieces(np.array(encoding.ids, dtype=np.int32), features, first, starts, ends, lines)


def quotation_states(text: str) -> NDArray[np.int8]:
    """Mark each character as outside, inside, opening or closing mark of a quotation in double marks.

    A quotation ends at its closing mark or at the end of its line; a straight mark closes what is open and opens otherwise.

    >>> quotation_states('a "b" c').tolist()
    [0, 0, 2, 1, 3, 0, 0]
    """
    states = np.zeros(len(text), dtype=np.int8)
    opened: int | None = None
    for mark in _MARK.finditer(text):
        start, end = mark.span()
        if opened is not None and mark["break"]:
            states[opened:start], opened = _INSIDE, None
        elif opened is not None and not mark["opens"]:
            states[opened:start], states[start:end], opened = _INSIDE, _CLOSING, None
        elif not mark["break"] and not mark["closes"]:
            if opened is not None:
                states[opened:start] = _INSIDE
            states[start:end], opened = _OPENING, end
    if opened is not None:
        states[opened:] = _INSIDE
    return states


def _features(text: str, starts: Ints, ends: Ints, lines: Ints) -> NDArray[np.int8]:
    """Give the features of each word, a row a word, a column a feature."""
    rows = np.zeros((len(starts), len(FEATURE_SIZES)), dtype=np.int8)
    states = quotation_states(text)
    rows[:, 2] = states[starts]
    rows[:, 4] = lines == 0
    previous_end, previous_line = 0, -1
    for row, (start, end, line) in enumerate(zip(starts.tolist(), ends.tolist(), lines.tolist(), strict=True)):
        rows[row, 0] = _case(text[start:end])
        if line != previous_line:
            rows[row, 1] = 2 if "\n\n" in text[previous_end:start] else 1
        rows[row, 3] = start > previous_end
        previous_end, previous_line = end, line
    return rows


def _case(word: str) -> int:
    """Class the case of a word: 0 lower, 1 title, 2 upper, 3 single capital, 4 mixed, 5 no letters."""
    if word.islower():
        return 0
    if not any(map(str.isalpha, word)):
        return 5
    if word.isupper():
        return 3 if len(word) == 1 else 2
    return 1 if word.istitle() else 4
