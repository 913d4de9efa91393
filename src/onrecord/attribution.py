"""Who said what: from word vectors to attributions of source, cue and content.

A flat tagger finds the cues; for each cue a linking head tags the words around it as its source, its content or neither, told where
each stands in the parse. Both are linear chains decoded by the Viterbi algorithm. A cue that the linking head doubts, or that finds no
content, gives nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from onrecord.chains import best_tags, spans_of
from onrecord.linker import FIRST_ROLE, SECOND_ROLE, Linker, role
from onrecord.reading import FOLDER, Reading, joined

Span = tuple[int, int]
WordSpans = list[tuple[int, int]]

_BEGIN_CUE = 3
_NEVER = -1e4

_SLOPE, _INTERCEPT = 0.317, 0.033
"""What turns the model's logit into the share of attributions that are right (logistic regression on PolNeAR dev)."""


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


def find(reading: Reading) -> tuple[Attribution, ...]:
    """Return the attributions of an article in the order of their cues, by the model that ships with the package."""
    return _shipped()(reading)


@cache
def _shipped() -> Attributor:
    return Attributor(FOLDER / "heads")


class Attributor:
    """Finds the attributions of an article."""

    def __init__(self, folder: Path, choices: Choices | None = None) -> None:
        tables = np.load(folder / "flat.npz")
        self._choices = choices or Choices()
        self._flat_transitions = tables["flat_transitions"]
        self._link = Linker(folder / "link.onnx", tables["link_transitions"], first_role_bias=self._choices.source_bias)

    def __call__(self, reading: Reading) -> tuple[Attribution, ...]:
        """Find the attributions, in the order of their cues."""
        cues = self._cues(reading) if len(reading.pieces) else []
        if not cues:
            return ()
        drafts = self._linked(reading, cues)
        kept = resolve([draft for draft in drafts if draft.content and draft.confidence >= self._choices.threshold])
        return tuple(
            Attribution(
                source=_characters(reading, draft.source),
                cue=_characters(reading, [draft.cue]),
                content=_characters(reading, draft.content),
                confidence=round(draft.confidence, 4),
            )
            for draft in kept
        )

    def _cues(self, reading: Reading) -> WordSpans:
        """Find the cues: the flat chain, line by line, since no span crosses a line break."""
        emissions, lines = reading.roles.copy(), reading.pieces.lines
        emissions[:, _BEGIN_CUE] += self._choices.cue_bias
        bounds = np.flatnonzero(np.diff(lines, prepend=-1, append=lines[-1] + 1))
        lengths = np.diff(bounds)
        padded = np.full((len(lengths), int(lengths.max()), emissions.shape[1]), _NEVER, np.float32)
        padded[:, :, 0] = 0
        for row, (start, length) in enumerate(zip(bounds.tolist(), lengths.tolist(), strict=False)):
            padded[row, :length] = emissions[start : start + length]
        tags = best_tags(padded, self._flat_transitions, self._flat_transitions[0])
        return [
            (int(bounds[row]) + first, int(bounds[row]) + end)
            for row in range(len(lengths))
            for first, end in spans_of(tags[row], _BEGIN_CUE)
        ]

    def _linked(self, reading: Reading, cues: WordSpans) -> list[Draft]:
        """Tag the words around every cue as its source or content."""
        tags, outcomes = self._link(reading, cues)
        first = [start for start, _ in cues]
        cue_score = reading.roles[first, _BEGIN_CUE] - np.logaddexp.reduce(reading.roles[first], axis=1)
        logit = (outcomes[:, 0] + self._choices.cue_weight * cue_score).astype(np.float64)
        confidence = 1 / (1 + np.exp(-(_SLOPE * logit + _INTERCEPT)))
        return [
            Draft(cue, role(row, FIRST_ROLE, cue[0]), role(row, SECOND_ROLE, cue[0]), float(sure))
            for cue, row, sure in zip(cues, tags, confidence, strict=True)
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
        kept.append(draft if free == words else Draft(draft.cue, draft.source, joined(free), draft.confidence))
    return sorted(kept, key=lambda d: d.cue)


def _characters(reading: Reading, spans: WordSpans) -> tuple[Span, ...]:
    """Turn spans of words into spans of characters."""
    return reading.characters(word for span in spans for word in range(*span))
