"""Precision, recall and F1."""

from __future__ import annotations

from typing import NamedTuple


class PRF(NamedTuple):
    """Shares in [0, 1]."""

    precision: float
    recall: float
    f1: float


def prf(right: int, found: int, gold: int, *, right_gold: int | None = None) -> PRF:
    """Return the scores of so many right among those found.

    ``right_gold`` says how many of the gold ones were found, where that is another number: a found one of a kind may be matched with a
    gold one of another kind.
    """
    precision = right / max(found, 1)
    recall = (right if right_gold is None else right_gold) / max(gold, 1)
    return PRF(precision, recall, 2 * precision * recall / max(precision + recall, 1e-9))
