"""The ledger: the only place that knows SQL."""

from __future__ import annotations

from onrecord.ledger.ledger import Ledger
from onrecord.ledger.rows import (
    ActorRow,
    ArticleRow,
    Citation,
    CommitmentRow,
    ConditionRow,
    Forgotten,
    Info,
    Outcome,
    RefusedRow,
    SaidRow,
    Status,
    Table,
    Verification,
    Witness,
)

__all__ = [
    "ActorRow",
    "ArticleRow",
    "Citation",
    "CommitmentRow",
    "ConditionRow",
    "Forgotten",
    "Info",
    "Ledger",
    "Outcome",
    "RefusedRow",
    "SaidRow",
    "Status",
    "Table",
    "Verification",
    "Witness",
]
