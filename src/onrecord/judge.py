"""The act head: from the words of a statement and the signs that the parse gives, how likely each act is.

Each word is seen with its role (source, cue, content), its relation and part of speech, how far into its role it stands, and its two
neighbours. The content is summed up by attention and by its strongest values, after the cue has told what to look for; the signs are
those of ``acts.signs``. A few small products a statement: numpy does them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from onrecord import threads
from onrecord.reading import Floats, Reading
from onrecord.records import Statement

if TYPE_CHECKING:
    from numpy.typing import NDArray

LENGTHS = (24, 12, 160)
"""Words of source, cue and content that are looked at."""

PLACES = 16
"""Places in a role that are told apart; the last is that far or farther."""

SOURCE, CUE, CONTENT = range(3)


def layout(reading: Reading, statement: Statement) -> tuple[list[int], NDArray[np.int64], NDArray[np.int64]]:
    """Return the words that the head looks at, the role of each, and its place in the role, (words,)."""
    parts = [
        reading.words(spans)[:most]
        for spans, most in zip((statement.source, statement.cue, statement.content), LENGTHS, strict=True)
    ]
    words = [word for part in parts for word in part]
    roles = np.repeat(np.arange(3), [len(part) for part in parts])
    places = np.concatenate([np.minimum(np.arange(len(part)), PLACES - 1) for part in parts]).astype(np.int64)
    return words, roles, places


class Judge:
    """The act head with its weights."""

    def __init__(self, path: Path) -> None:
        tables = np.load(path)
        self._signs = {name: number for number, name in enumerate(tables["signs"].tolist())}
        self._temperature = float(tables["temperature"])
        self._weights = {
            name: tables[name].astype(np.float32) for name in tables.files if name not in {"signs", "temperature"}
        }

    def __call__(self, reading: Reading, statement: Statement, signs: Collection[str]) -> tuple[Floats, Floats]:
        """Return the probability of each act as the main one, and of each as one of several, both (acts,)."""
        with threads.one():
            scores = self._scores(reading, statement, [self._signs[sign] for sign in signs if sign in self._signs])
        main, any_of = scores[: len(scores) // 2], scores[len(scores) // 2 :]
        likely = np.exp((main - main.max()) / self._temperature)
        return likely / likely.sum(), (1 / (1 + np.exp(-any_of))).astype(np.float32)

    def _scores(self, reading: Reading, statement: Statement, signs: Sequence[int]) -> Floats:
        weights = self._weights
        words, roles, places = layout(reading, statement)
        x = (
            self._linear("word", reading.vectors[words])
            + weights["role.weight"][roles]
            + weights["place.weight"][places]
        )
        x += (
            weights["relation.weight"][reading.syntax.relations[words]]
            + weights["part.weight"][reading.syntax.parts[words]]
        )
        x = np.maximum(x, 0)
        padded = np.pad(x, ((1, 1), (0, 0)))
        x = x + np.maximum(self._linear("near", np.concatenate([padded[:-2], x, padded[2:]], axis=1)), 0)
        source, cue = (x[roles == role].sum(0) / max((roles == role).sum(), 1) for role in (SOURCE, CUE))
        content = x[roles == CONTENT]
        asked = self._linear("query", content * (1 + np.tanh(self._linear("gate", cue))))
        shares = np.exp(asked - asked.max(0))
        shares /= shares.sum(0)  # words, heads
        values = self._linear("value", content).reshape(len(content), shares.shape[1], -1)
        pooled = (shares[..., None] * values).sum(0).reshape(-1)
        told = weights["sign.bias"] + weights["sign.weight"][:, signs].sum(1)
        joined = np.concatenate([cue, source, pooled, content.max(0), told])
        return self._linear("outer", np.maximum(self._linear("inner", joined), 0))

    def _linear(self, name: str, x: Floats) -> Floats:
        scores: Floats = x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return scores
