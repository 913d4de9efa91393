"""The vector networks: lines are apart, whatever the weights are. That they are spaCy's is tested with the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from onrecord.wordvectors import Layer, Table, WordVectors

if TYPE_CHECKING:
    from numpy.typing import NDArray


def network() -> WordVectors:
    draw = np.random.default_rng(7)

    def floats(*shape: int) -> NDArray[np.float32]:
        return draw.normal(size=shape).astype(np.float32)

    def layer(inputs: int) -> Layer:
        return Layer(floats(inputs, 12), floats(12), floats(4), floats(4))

    def hashes(keys: NDArray[np.uint64], seed: int) -> NDArray[np.uint32]:
        return (keys[:, None] * np.array([3, 5, 7, 11], np.uint64) + np.uint64(seed)).astype(np.uint32)

    return WordVectors(
        [Table(0, floats(13, 4), 1), Table(1, floats(17, 4), 2)], layer(8), [layer(12), layer(12)], hashes
    )


def test_no_line_sees_another() -> None:
    lines = [np.arange(2 * n, dtype=np.uint64).reshape(n, 2) for n in (5, 1, 9)]
    together = network()(np.concatenate(lines), [5, 1, 9])
    apart = np.concatenate([network()(line, [len(line)]) for line in lines])
    assert together.shape == (15, 4)
    np.testing.assert_allclose(together, apart, atol=1e-5)


def test_a_word_sees_as_many_neighbours_as_there_are_convolutions() -> None:
    keys = np.arange(20, dtype=np.uint64).reshape(10, 2)
    changed = keys.copy()
    changed[9] += 1
    same = np.isclose(network()(keys, [10]), network()(changed, [10])).all(1)
    assert same.tolist() == [True] * 7 + [False] * 3
