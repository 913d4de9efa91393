"""What the ledger answers with: one frozen record for each kind of row that a person asks for.

Texts stand beside offsets, so that a row can be read without the article. Lists are tuples; None is "not stated".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.records import Act, ActorKind, CommitmentType, ConditionKind, Manner, Quotation, Spans, Strength

Outcome = Literal["added", "revised", "reread", "unchanged", "forgotten"]
"""What became of an article handed to ``Ledger.add``; only the first three changed the ledger."""

Status = Literal["open", "expired"]

GAP = " […] "
"""Stands between the pieces of a field that other words interrupt."""


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A condition in its literal words."""

    kind: ConditionKind
    antecedent: str
    consequent: str
    connector: str
    concessive: bool
    counterfactual: bool


@dataclass(frozen=True, slots=True)
class SaidRow:
    """A statement as a listing shows it.

    ``speakers`` are names, empty where none was resolved (``why_no_speaker`` says why). ``said_from`` and ``said_to`` are ISO days,
    and so are ``read_as_of_from`` and ``read_as_of_to``, from which the article's relative dates count. ``content`` joins the pieces
    with ``GAP``.
    """

    id: str
    article: str
    title: str | None
    publisher: str | None
    published: str | None
    read_as_of_from: str | None
    read_as_of_to: str | None
    url: str | None
    speakers: tuple[str, ...]
    why_no_speaker: str | None
    anonymous: bool
    source: str
    cue: str
    content: str
    addressee: str | None
    target: str | None
    act: Act
    other_acts: tuple[Act, ...]
    quotation: Quotation
    manner: Manner
    conditions: tuple[ConditionRow, ...]
    said_from: str | None
    said_to: str | None
    answers: str | None
    inside: str | None
    confidence: float
    source_spans: Spans
    cue_spans: Spans
    content_spans: Spans


@dataclass(frozen=True, slots=True)
class Witness:
    """One statement of an undertaking: where it was printed, by whom it was said and when."""

    commitment: str
    statement: str
    article: str
    title: str | None
    publisher: str | None
    published: str | None
    read_as_of_from: str | None
    read_as_of_to: str | None
    url: str | None
    speakers: tuple[str, ...]
    said_from: str | None
    said_to: str | None
    action: str


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One undertaking: who would do what, to whom, on which condition, by when; with every statement of it found.

    The words are those of the earliest witness, the deadline is that of the earliest which states one: ``deadline`` is its literal
    expression, ``deadline_from`` and ``deadline_to`` are ISO days.
    """

    id: str
    type: CommitmentType
    agent: str | None
    action: str
    to: str | None
    condition: ConditionRow | None
    deadline: str | None
    deadline_from: str | None
    deadline_to: str | None
    strength: Strength
    status: Status
    speakers: tuple[str, ...]
    said_from: str | None
    said_to: str | None
    witnesses: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article of the ledger, with what was found in it."""

    id: str
    revision: int
    title: str | None
    publisher: str | None
    published: str | None
    read_as_of_from: str | None
    read_as_of_to: str | None
    url: str | None
    path: str | None
    statements: int
    commitments: int
    superseded: bool


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A page that could not be read; ``since`` is when it was last tried (ISO 8601, UTC)."""

    name: str
    reason: str
    since: str


def from_stdin(name: str) -> bool:
    """Tell whether a page's name is that of standard input or of one of its lines: the next input has the same names."""
    return name == "-" or name.startswith("-:")


@dataclass(frozen=True, slots=True)
class Citation:
    """All that a reader needs to find and check one row.

    ``words`` are the literal words, ``version`` names program, model and data, ``permalink`` is ``onrecord:ARTICLE/ID``.
    """

    id: str
    kind: Literal["statement", "commitment", "actor", "event", "article"]
    article: str
    revision: int
    speakers: tuple[str, ...]
    words: str
    title: str | None
    publisher: str | None
    published: str | None
    read_as_of_from: str | None
    read_as_of_to: str | None
    url: str | None
    path: str | None
    sha256: str
    version: str
    permalink: str


@dataclass(frozen=True, slots=True)
class ActorRow:
    """A speaker's name with how often it is on record, for completion and listings."""

    name: str
    kind: ActorKind
    statements: int


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a query: column names and rows of SQLite values."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float | bytes | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """What ``verify`` checked and what did not hold; each problem names the row."""

    articles: int
    rows: int
    spans: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What ``forget`` removed."""

    id: str
    kind: Literal["article", "actor"]
    articles: int
    statements: int


@dataclass(frozen=True, slots=True)
class Info:
    """A ledger in numbers; ``versions`` counts articles by the versions that read them."""

    path: str
    schema: int
    size_bytes: int
    articles: int
    superseded: int
    statements: int
    statements_without_speaker: int
    commitments: int
    events: int
    refused: int
    forgotten: int
    versions: tuple[tuple[str, int], ...]
