"""Who said what: from word vectors to attributions of source, cue and content.

A flat tagger finds the cues; for each cue a linking head tags the words around it as its source, its content or neither, told where
each stands in the parse. Both are linear chains decoded by the Viterbi algorithm. A cue that the linking head doubts, or that finds no
content, gives nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord import threads
from onrecord.chains import best_tags, spans_of
from onrecord.encoder import Encoded, Encoder, Scorer
from onrecord.linking import REACH, distance_classes, line_classes
from onrecord.parse import Parse
from onrecord.syntax import Syntax, lay, paths

Floats = NDArray[np.float32]
Span = tuple[int, int]
WordSpans = list[tuple[int, int]]

_BEGIN_CUE, _IN_CUE = 3, 4
_BEGIN_SOURCE, _BEGIN_CONTENT = 1, 3
_NEVER = -1e4

_SLOPE, _INTERCEPT = 0.317, 0.033
"""What turns the model's logit into the share of attributions that are right (logistic regression on PolNeAR dev)."""


_FOLDER = Path(__file__).parent / "model"
"""Where the shipped model lies; docs/attribution.md is its card."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution, its spans in code points of the text, and how sure the model is of it."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Choices:
    """What the dev splits chose.

    ``cue_bias``: how readily a word is tried as a cue. ``source_bias``: how readily a source is seen. ``cue_weight``: how much the
    flat tagger's view of the cue counts beside the linking head's. ``threshold``: the least confidence.
    """

    cue_bias: float = 0.75
    source_bias: float = 1.25
    cue_weight: float = 0.8
    threshold: float = 0.4


def find(text: str, parsed: Parse) -> tuple[Attribution, ...]:
    """Return the attributions of a parsed article in the order of their cues, by the model that ships with the package."""
    encoder, attributor = _shipped()
    return attributor(encoder.read(text), parsed)


@cache
def version() -> str:
    """Return the first 12 hex digits of the SHA-256 over the files of the shipped model, as it stands in ``Versions.model``."""
    digest = hashlib.sha256()
    for name in ("encoder.onnx", "heads/flat.npz", "heads/link.onnx", "tokenizer.json"):
        digest.update((_FOLDER / name).read_bytes())
    return digest.hexdigest()[:12]


@cache
def _shipped() -> tuple[Encoder, Attributor]:
    return Encoder(_FOLDER), Attributor(_FOLDER / "heads")


class Attributor:
    """Finds the attributions of an encoded article."""

    def __init__(self, folder: Path, choices: Choices | None = None) -> None:
        tables = np.load(folder / "flat.npz")
        self._weight, self._bias = tables["flat_weight"], tables["flat_bias"]
        self._flat_transitions, self._link_transitions = tables["flat_transitions"], tables["link_transitions"]
        self._link = Scorer(folder / "link.onnx")
        self._choices = choices or Choices()

    def __call__(self, encoded: Encoded, parsed: Parse) -> tuple[Attribution, ...]:
        """Find the attributions, in the order of their cues."""
        if not len(encoded.pieces):
            return ()
        with threads.one():
            flat = encoded.vectors @ self._weight + self._bias
        cues = self._cues(flat, encoded.pieces.lines)
        if not cues:
            return ()
        linked = self._linked(encoded, lay(parsed, encoded.pieces), flat, cues)
        kept = resolve([draft for draft in linked if draft.content and draft.confidence >= self._choices.threshold])
        return tuple(
            Attribution(
                source=_characters(encoded, draft.source),
                cue=_characters(encoded, [draft.cue]),
                content=_characters(encoded, draft.content),
                confidence=round(draft.confidence, 4),
            )
            for draft in kept
        )

    def _cues(self, flat: Floats, lines: NDArray[np.int32]) -> WordSpans:
        """Find the cues: the flat chain, line by line, since no span crosses a line break."""
        emissions = flat.copy()
        emissions[:, _BEGIN_CUE] += self._choices.cue_bias
        bounds = np.flatnonzero(np.diff(lines, prepend=-1, append=lines[-1] + 1))
        lengths = np.diff(bounds)
        padded = np.full((len(lengths), int(lengths.max()), flat.shape[1]), _NEVER, np.float32)
        padded[:, :, 0] = 0
        for row, (start, length) in enumerate(zip(bounds.tolist(), lengths.tolist(), strict=False)):
            padded[row, :length] = emissions[start : start + length]
        tags = best_tags(padded, self._flat_transitions, self._flat_transitions[0])
        return [
            (int(bounds[row]) + first, int(bounds[row]) + end)
            for row in range(len(lengths))
            for first, end in spans_of(tags[row], _BEGIN_CUE)
        ]

    def _linked(self, encoded: Encoded, syntax: Syntax, flat: Floats, cues: WordSpans) -> list[Draft]:
        """Tag the words around every cue as its source or content."""
        lines = encoded.pieces.lines.astype(np.int64)
        first = np.array([start for start, _ in cues], np.int64)
        last = np.array([end - 1 for _, end in cues], np.int64)
        around = first[:, None] + np.arange(-REACH, REACH + 1)
        present = (around >= 0) & (around < len(lines))
        around = around.clip(0, len(lines) - 1)
        path, branch, cue_branch = paths(syntax, first, last, around)
        emissions, valid = self._link(
            vectors=encoded.vectors,
            flat=flat,
            first=first,
            last=last,
            around=around,
            present=present.astype(np.float32),
            distance=distance_classes(around, first, last),
            line_distance=line_classes(lines[around], lines[first][:, None]),
            relation=syntax.relations,
            part=syntax.parts,
            path=path,
            branch=branch,
            cue_branch=cue_branch,
        )
        emissions[..., _BEGIN_SOURCE] += self._choices.source_bias
        emissions = np.where(present[..., None], emissions, np.array([0, *[_NEVER] * 4], np.float32))
        tags = best_tags(emissions, self._link_transitions, np.zeros(emissions.shape[2], np.float32))
        cue_score = flat[first, _BEGIN_CUE] - np.logaddexp.reduce(flat[first], axis=1)
        logit = (valid + self._choices.cue_weight * cue_score).astype(np.float64)
        confidence = 1 / (1 + np.exp(-(_SLOPE * logit + _INTERCEPT)))
        return [
            Draft(
                cue,
                _shifted(spans_of(row, _BEGIN_SOURCE), start),
                _shifted(spans_of(row, _BEGIN_CONTENT), start),
                float(sure),
            )
            for cue, row, start, sure in zip(cues, tags, first - REACH, confidence, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution in words, before those that claim the same words are weighed against each other."""

    cue: tuple[int, int]
    source: WordSpans
    content: WordSpans
    confidence: float


def resolve(drafts: Sequence[Draft]) -> list[Draft]:
    """Give each word to one content: the surer attribution keeps it, and one that loses half of its content goes."""
    taken: set[int] = set()
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (-d.confidence, d.cue)):
        words = {word for start, end in draft.content for word in range(start, end)}
        free = words - taken
        if 2 * len(free) <= len(words):
            continue
        taken |= free
        kept.append(draft if free == words else Draft(draft.cue, draft.source, _runs(free), draft.confidence))
    return sorted(kept, key=lambda d: d.cue)


def _runs(words: Iterable[int]) -> WordSpans:
    """Join words to spans."""
    runs: WordSpans = []
    for word in sorted(words):
        if runs and runs[-1][1] == word:
            runs[-1] = (runs[-1][0], word + 1)
        else:
            runs.append((word, word + 1))
    return runs


def _shifted(spans: WordSpans, by: int) -> WordSpans:
    return [(int(start + by), int(end + by)) for start, end in spans]


def _characters(encoded: Encoded, spans: WordSpans) -> tuple[Span, ...]:
    """Turn spans of words into spans of characters, cut where a line ends."""
    pieces = encoded.pieces
    found: list[Span] = []
    for start, end in sorted(spans):
        cuts = [start, *(np.flatnonzero(np.diff(pieces.lines[start:end])) + start + 1).tolist(), end]
        found += [(int(pieces.starts[a]), int(pieces.ends[b - 1])) for a, b in pairwise(cuts)]
    return tuple(found)
