"""Names of persons, places and bodies in a text: greedy tagging over word vectors, by the weights of spaCy's recogniser.

The moves are those of Lample et al. (2016, "Neural architectures for named entity recognition"), as spaCy's transition system has them:
a word is outside, a name by itself, or begins, goes on with or ends a longer name. Outside a name the scores of a word depend on its
own vector only, so those of all words are one product; inside, they depend on the first word of the name and the word before too.
spaCy asks of every move at every word whether it is allowed; here that is decided once for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Recogniser:
    """The weights and what each move means.

    ``narrowing`` and ``narrowing_bias`` make the inputs of word vectors. ``features`` (3, inputs, 2 * hidden) weigh those of the word,
    of the first word of the name and of the word before; ``absent`` (3, 2 * hidden) stands for a word that is not there. With ``bias``
    (2 * hidden,) that makes a hidden layer of two pieces a unit, all first pieces before all second ones, of which the larger counts.
    From there ``scores`` (moves, hidden) and ``score_bias`` (moves,) lead to the moves, named "O", "U-ORG", "B-ORG", "I-ORG", "L-ORG"
    and so on; "U-" is none.
    """

    narrowing: Floats
    narrowing_bias: Floats
    features: Floats
    absent: Floats
    bias: Floats
    scores: Floats
    score_bias: Floats
    moves: Sequence[str]

    def __call__(self, vectors: Floats, *, nameless: Flags, closing: Flags) -> list[str]:
        """Return the label of the name that each word is part of, "" for none.

        No name begins at a word of ``nameless``, and none goes on after one of ``closing``.
        """
        narrow = vectors @ self.narrowing + self.narrowing_bias
        words, starts, befores = (narrow @ weights for weights in self.features)
        outside = self._scored(words + (self.absent[1] + self.absent[2] + self.bias))
        kinds = np.array([move[0] for move in self.moves])
        outside[:, [move[0] in "IL" or move == "U-" for move in self.moves]] = -np.inf
        outside[np.ix_(nameless, kinds != "O")] = -np.inf
        outside[np.ix_(closing, kinds == "B")] = -np.inf
        best = outside.argmax(1)
        labels = [""] * len(vectors)
        free = 0
        for first in np.flatnonzero(kinds[best] != "O").tolist():
            if first < free:
                continue
            kind, label = self.moves[best[first]].split("-", 1)
            free = first + 1
            if kind == "B":
                ends = [self.moves.index(f"{move}-{label}") for move in "IL"]
                scores, bias = self.scores[ends], self.score_bias[ends]
                while True:
                    hidden = words[free] + starts[first] + befores[free - 1] + self.bias
                    on, last = scores @ _larger(hidden) + bias
                    free += 1
                    if closing[free - 1] or last > on:
                        break
            labels[first:free] = [label] * (free - first)
        return labels

    def _scored(self, hidden: Floats) -> Floats:
        scored: Floats = _larger(hidden) @ self.scores.T + self.score_bias
        return scored


def _larger(hidden: Floats) -> Floats:
    """Return the larger of the two pieces of each unit."""
    half = hidden.shape[-1] // 2
    larger: Floats = np.maximum(hidden[..., :half], hidden[..., half:])
    return larger
