"""The records that every floor shares: what a news article is and what was found in it.

All offsets count Unicode code points of ``Article.text``; a span is half-open. ``None`` and the empty tuple mean "not stated".
The meaning of each word is fixed in ``docs/design.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
Spans = tuple[Span, ...]
"""Sorted, disjoint, none empty, no white space at an edge, none across a line break."""

ActorKind = Literal["person", "organization", "state", "group", "document", "author", "unnamed"]
NamedBy = Literal["name", "office", "description"]
Quotation = Literal["direct", "mixed", "indirect"]
Manner = Literal["said", "written", "thought", "stance"]
WhyNoSpeaker = Literal["no_source", "ambiguous", "unresolved"]
Act = Literal[
    "assert", "predict", "commit", "offer", "threaten", "warn", "demand", "accuse", "deny", "refuse", "endorse", "ask"
]
ConditionKind = Literal["if", "only_if", "unless"]
CommitmentType = Literal["commit", "threaten", "offer", "refuse"]
Strength = Literal["explicit", "hedged", "ascribed"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Factuality = Literal["happened", "did_not_happen", "alleged", "denied", "planned", "predicted", "hypothetical"]


@dataclass(frozen=True, slots=True)
class Time:
    """A range of days, ISO 8601 (``YYYY-MM-DD``), both ends inside; ``span`` is the expression that says so."""

    earliest: str | None
    latest: str | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an actor; ``actor`` is None where it was not resolved."""

    span: Span
    actor: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the text names it; coordinates are decimal degrees, country is ISO 3166-1 alpha-3."""

    span: Span
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening "MINSK, Feb. 16 (Agency) --" of a wire report; ``date`` is ISO 8601 where the day is certain."""

    span: Span
    place: str | None
    date: str | None
    agency: str | None


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its text, and the facts that its page states about it.

    ``published`` is ISO 8601 as stated, with the offset kept. ``read_as_of`` is the day from which relative dates count.
    ``sha256`` is that of the text in UTF-8. ``speaker`` is whose words a transcript is, where the input says so.
    """

    id: str
    path: str | None
    url: str | None
    publisher: str | None
    title: str | None
    title_span: Span | None
    byline: str | None
    speaker: str | None
    dateline: Dateline | None
    published: str | None
    read_as_of: Time | None
    language: str | None
    text: str
    captions: Spans
    clutter: Spans
    sha256: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever is named in one article. ``country`` is ISO 3166-1 alpha-3, ``sector`` a PLOVER sector."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    role: str | None
    sector: str | None
    aliases: tuple[str, ...]
    named_by: NamedBy


@dataclass(frozen=True, slots=True)
class Condition:
    """One conditional inside a content; ``consequent`` and ``connector`` are empty where they are not said."""

    antecedent: Spans
    consequent: Spans
    connector: Spans
    kind: ConditionKind
    concessive: bool
    counterfactual: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution: source, cue, content, and what the steps of the reader add to them.

    ``confidence`` and ``act_confidence`` lie in [0, 1].
    """

    id: str
    source: Spans
    cue: Spans
    content: Spans
    quotation: Quotation
    manner: Manner
    speakers: tuple[str, ...]
    why_no_speaker: WhyNoSpeaker | None
    on_behalf_of: tuple[str, ...]
    anonymous: bool
    addressee: Mention | None
    target: Mention | None
    act: Act
    other_acts: tuple[Act, ...]
    conditions: tuple[Condition, ...]
    said_on: Time | None
    place: Place | None
    answers: str | None
    inside: str | None
    insertions: Spans
    confidence: float
    act_confidence: float


@dataclass(frozen=True, slots=True)
class Commitment:
    """One undertaking inside a statement; ``condition`` is an index into that statement's conditions."""

    id: str
    statement: str
    type: CommitmentType
    agent: Mention | None
    action: Spans
    to: Mention | None
    condition: int | None
    deadline: Time | None
    strength: Strength


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom; one event for each pair of actor and recipient."""

    id: str
    type: EventType
    trigger: Spans
    actor: Mention | None
    recipient: Mention | None
    place: Place | None
    occurred: Time | None
    factuality: Factuality
    background: bool
    statement: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Versions:
    """What made the findings: the program, the language model, the tables of facts."""

    onrecord: str
    model: str
    data: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found in one article; rows stand in order of first offset."""

    article: Article
    actors: tuple[Actor, ...]
    statements: tuple[Statement, ...]
    commitments: tuple[Commitment, ...]
    events: tuple[Event, ...]
    versions: Versions


@dataclass(frozen=True, slots=True)
class Page:
    """Raw bytes as published, before anything was made of them.

    ``name`` tells a person where it came from: a path, ``path:LINE`` for a line of a JSONL file, ``-:LINE`` for standard input.
    ``path`` is the file's path, None for standard input.
    """

    name: str
    path: str | None
    kind: Literal["text", "html", "json"]
    data: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """A page that could not be read, and why; ``data_sha256`` is that of its bytes, None where no bytes were had."""

    name: str
    reason: str
    data_sha256: str | None
