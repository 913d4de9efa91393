"""What must hold for the findings of one article by themselves, whoever made them."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple, get_args

from onrecord.identity import sha256
from onrecord.records import (
    Act,
    ActorKind,
    Article,
    Commitment,
    CommitmentType,
    Condition,
    ConditionKind,
    Event,
    EventType,
    Factuality,
    Findings,
    Manner,
    Mention,
    NamedBy,
    Place,
    Quotation,
    Spans,
    Statement,
    Strength,
    Time,
    WhyNoSpeaker,
)

_LINE_BREAK = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""The line breaks of ``str.splitlines``."""

_PUBLISHED = re.compile(r"\d{4}(-\d\d(-\d\d([T ]\d\d(:?\d\d(:?\d\d([.,]\d+)?)?)?(Z|[+-]\d\d(:?\d\d)?)?)?)?)?")
"""ISO 8601 as a page may state it: ``2023``, ``2023-02-16``, ``2023-02-16T19:01:30+00:00``; not ``16.02.2023``."""

_COUNTRY = re.compile(r"[A-Z]{3}")


class Role(NamedTuple):
    """The spans of one field: whose they are, in what role, and of which condition (0 for all else)."""

    kind: str
    owner: str
    role: str
    item: int
    spans: Spans

    def __str__(self) -> str:
        item = f" {self.item}" if self.role in ("antecedent", "consequent", "connector") else ""
        return f"{self.kind} {self.owner}: {self.role}{item}"


def problems(findings: Findings) -> tuple[str, ...]:
    """Return what does not hold, one line each, naming the row and the value; empty where all holds."""
    return (
        *_article(findings.article),
        *_spans(findings),
        *_ids(findings),
        *_actors(findings),
        *_statements(findings),
        *_commitments(findings),
        *_events(findings),
        *_order(findings),
    )


def is_published(stated: str) -> bool:
    """Tell whether words are ISO 8601 as a page may state when it was published: a year at least, a time and offset at most."""
    if not _PUBLISHED.fullmatch(stated):
        return False
    try:
        datetime.fromisoformat(stated.replace(",", ".") + {4: "-01-01", 7: "-01"}.get(len(stated), ""))
    except ValueError:
        return False
    return True


def every_span(findings: Findings) -> Iterator[Role]:
    """Yield every field that holds spans, the article's first, then row by row; empty fields are left out."""
    for role in _every_role(findings):
        if role.spans:
            yield role


def _every_role(findings: Findings) -> Iterator[Role]:
    article = findings.article
    yield Role("article", article.id, "title", 0, (article.title_span,) if article.title_span else ())
    yield Role("article", article.id, "dateline", 0, (article.dateline.span,) if article.dateline else ())
    yield Role("article", article.id, "read_as_of", 0, _one(article.read_as_of))
    yield Role("article", article.id, "caption", 0, article.captions)
    yield Role("article", article.id, "clutter", 0, article.clutter)
    for statement in findings.statements:
        yield from _statement_roles(statement)
    for commitment in findings.commitments:
        yield Role("commitment", commitment.id, "agent", 0, _one(commitment.agent))
        yield Role("commitment", commitment.id, "action", 0, commitment.action)
        yield Role("commitment", commitment.id, "to", 0, _one(commitment.to))
        yield Role("commitment", commitment.id, "deadline", 0, _one(commitment.deadline))
    for event in findings.events:
        yield Role("event", event.id, "trigger", 0, event.trigger)
        yield Role("event", event.id, "actor", 0, _one(event.actor))
        yield Role("event", event.id, "recipient", 0, _one(event.recipient))
        yield Role("event", event.id, "place", 0, _one(event.place))
        yield Role("event", event.id, "occurred", 0, _one(event.occurred))


def _statement_roles(statement: Statement) -> Iterator[Role]:
    yield Role("statement", statement.id, "source", 0, statement.source)
    yield Role("statement", statement.id, "cue", 0, statement.cue)
    yield Role("statement", statement.id, "content", 0, statement.content)
    yield Role("statement", statement.id, "addressee", 0, _one(statement.addressee))
    yield Role("statement", statement.id, "target", 0, _one(statement.target))
    yield Role("statement", statement.id, "said_on", 0, _one(statement.said_on))
    yield Role("statement", statement.id, "place", 0, _one(statement.place))
    yield Role("statement", statement.id, "insertion", 0, statement.insertions)
    for item, condition in enumerate(statement.conditions):
        yield Role("statement", statement.id, "antecedent", item, condition.antecedent)
        yield Role("statement", statement.id, "consequent", item, condition.consequent)
        yield Role("statement", statement.id, "connector", item, condition.connector)


def _one(holder: Mention | Time | Place | None) -> Spans:
    return () if holder is None or holder.span is None else (holder.span,)


def _article(article: Article) -> Iterator[str]:
    name = f"article {article.id}"
    try:
        real = sha256(article.text.encode())
    except UnicodeEncodeError as error:
        yield f"{name}: text holds a lone surrogate at offset {error.start}, which is no character"
    else:
        if real != article.sha256:
            yield f"{name}: sha256 is {article.sha256!r}, that of the text is {real}"
    if article.title_span is not None:
        start, end = article.title_span
        if article.text[start:end] != article.title:
            yield f"{name}: title is {article.title!r}, title_span [{start}, {end}) reads {article.text[start:end]!r}"
    if article.published is not None and not is_published(article.published):
        yield f"{name}: published is {article.published!r}, expected ISO 8601"
    if article.dateline is not None and article.dateline.date is not None:
        yield from _day(f"{name}: dateline", article.dateline.date)
    yield from _time(f"{name}: read_as_of", article.read_as_of)


def _spans(findings: Findings) -> Iterator[str]:
    text = findings.article.text
    clutter = findings.article.clutter
    clutter_starts = [start for start, _ in clutter]
    for role in every_span(findings):
        before = 0
        for start, end in role.spans:
            where = f"{role} [{start}, {end})"
            if not 0 <= start < end <= len(text):
                yield f"{where} is empty or outside the text, which has {len(text)} characters"
                continue
            if start < before:
                yield f"{where} overlaps or precedes the span before it, which ends at {before}"
            before = end
            if text[start].isspace() or text[end - 1].isspace():
                yield f"{where} has white space at an edge: {text[start:end]!r}"
            if _LINE_BREAK.search(text, start, end):
                yield f"{where} crosses a line break: {text[start:end]!r}"
            # Sound clutter is sorted and disjoint: only the last stretch that begins before our end can reach us.
            nearest = bisect_right(clutter_starts, end - 1) - 1
            if role.kind != "article" and nearest >= 0 and clutter[nearest][1] > start:
                yield f"{where} lies in clutter: {text[start:end]!r}"


def _ids(findings: Findings) -> Iterator[str]:
    seen: set[str] = set()
    if not findings.article.id:
        yield "article: the id is empty"
    kinds: tuple[tuple[str, Iterable[str]], ...] = (
        ("actor", (row.id for row in findings.actors)),
        ("statement", (row.id for row in findings.statements)),
        ("commitment", (row.id for row in findings.commitments)),
        ("event", (row.id for row in findings.events)),
    )
    for kind, ids in kinds:
        for id_ in ids:
            if not id_:
                yield f"{kind}: an id is empty"
            if id_ in seen:
                yield f"{kind} {id_}: the id is used twice"
            seen.add(id_)


def _actors(findings: Findings) -> Iterator[str]:
    for actor in findings.actors:
        name = f"actor {actor.id}"
        if not actor.name.strip():
            yield f"{name}: the name is empty"
        yield from _among(name, "kind", actor.kind, _ACTOR_KINDS)
        yield from _among(name, "named_by", actor.named_by, _NAMED_BY)
        yield from _country(name, actor.country)


def _statements(findings: Findings) -> Iterator[str]:
    actors = {actor.id for actor in findings.actors}
    statements = {statement.id for statement in findings.statements}
    for row in findings.statements:
        name = f"statement {row.id}"
        if not row.content:
            yield f"{name}: no content"
        yield from _among(name, "quotation", row.quotation, _QUOTATIONS)
        yield from _among(name, "manner", row.manner, _MANNERS)
        for act in (row.act, *row.other_acts):
            yield from _among(name, "act", act, _ACTS)
        if bool(row.speakers) == (row.why_no_speaker is not None):
            told = f"speakers are {row.speakers!r} and why_no_speaker is {row.why_no_speaker!r}"
            yield f"{name}: {told}, expected exactly one of them"
        if row.why_no_speaker is not None:
            yield from _among(name, "why_no_speaker", row.why_no_speaker, _WHY_NO_SPEAKER)
        yield from _known(name, "speakers", row.speakers, actors)
        yield from _known(name, "on_behalf_of", row.on_behalf_of, actors)
        yield from _mention(name, "addressee", row.addressee, actors)
        yield from _mention(name, "target", row.target, actors)
        for field, other in (("answers", row.answers), ("inside", row.inside)):
            if other is not None and (other not in statements or other == row.id):
                yield f"{name}: {field} is {other!r}, expected another statement of the article"
        yield from _share(name, "confidence", row.confidence)
        yield from _share(name, "act_confidence", row.act_confidence)
        yield from _time(f"{name}: said_on", row.said_on)
        yield from _place(name, row.place)
        for index, condition in enumerate(row.conditions):
            yield from _condition(f"{name}: condition {index}", condition, row.content)


def _condition(name: str, condition: Condition, content: Spans) -> Iterator[str]:
    yield from _among(name, "kind", condition.kind, _CONDITION_KINDS)
    if not condition.antecedent:
        yield f"{name}: no antecedent"
    for field in ("antecedent", "consequent", "connector"):
        for start, end in getattr(condition, field):
            if not any(first <= start and end <= last for first, last in content):
                yield f"{name}: {field} [{start}, {end}) is not inside the content {list(map(list, content))}"


def _commitments(findings: Findings) -> Iterator[str]:
    actors = {actor.id for actor in findings.actors}
    conditions = {statement.id: len(statement.conditions) for statement in findings.statements}
    for row in findings.commitments:
        name = f"commitment {row.id}"
        if not row.action:
            yield f"{name}: no action"
        yield from _among(name, "type", row.type, _COMMITMENT_TYPES)
        yield from _among(name, "strength", row.strength, _STRENGTHS)
        if row.statement not in conditions:
            yield f"{name}: statement is {row.statement!r}, expected one of the article"
        elif row.condition is not None and not 0 <= row.condition < conditions[row.statement]:
            yield f"{name}: condition is {row.condition}, statement {row.statement} has {conditions[row.statement]}"
        yield from _mention(name, "agent", row.agent, actors)
        yield from _mention(name, "to", row.to, actors)
        yield from _time(f"{name}: deadline", row.deadline)


def _events(findings: Findings) -> Iterator[str]:
    actors = {actor.id for actor in findings.actors}
    statements = {statement.id for statement in findings.statements}
    for row in findings.events:
        name = f"event {row.id}"
        if not row.trigger:
            yield f"{name}: no trigger"
        yield from _among(name, "type", row.type, _EVENT_TYPES)
        yield from _among(name, "factuality", row.factuality, _FACTUALITIES)
        if row.statement is not None and row.statement not in statements:
            yield f"{name}: statement is {row.statement!r}, expected one of the article"
        yield from _mention(name, "actor", row.actor, actors)
        yield from _mention(name, "recipient", row.recipient, actors)
        yield from _place(name, row.place)
        yield from _time(f"{name}: occurred", row.occurred)
        yield from _share(name, "confidence", row.confidence)


def first_offset(row: Statement | Commitment | Event) -> int:
    """Return where a row begins: the first character of its source, cue or content, of its action, of its trigger."""
    match row:
        case Statement():
            spans = (*row.source, *row.cue, *row.content)
        case Commitment():
            spans = row.action
        case Event():
            spans = row.trigger
    return min((start for start, _ in spans), default=0)


def _order(findings: Findings) -> Iterator[str]:
    kinds: tuple[tuple[str, tuple[Statement | Commitment | Event, ...]], ...] = (
        ("statement", findings.statements),
        ("commitment", findings.commitments),
        ("event", findings.events),
    )
    for kind, rows in kinds:
        offsets = [first_offset(row) for row in rows]
        for before, offset, row in zip(offsets, offsets[1:], rows[1:], strict=False):
            if offset < before:
                told = f"begins at {offset} and stands after one that begins at {before}"
                yield f"{kind} {row.id} {told}, expected order of first offset"


def _known(name: str, field: str, ids: tuple[str, ...], actors: set[str]) -> Iterator[str]:
    for index, id_ in enumerate(ids):
        if id_ not in actors:
            yield f"{name}: {field} holds {id_!r}, which is no actor of the article"
        if id_ in ids[:index]:
            yield f"{name}: {field} holds {id_!r} twice"


def _mention(name: str, field: str, mention: Mention | None, actors: set[str]) -> Iterator[str]:
    if mention is not None and mention.actor is not None and mention.actor not in actors:
        yield f"{name}: {field} is {mention.actor!r}, which is no actor of the article"


def _among(name: str, field: str, value: str, allowed: tuple[str, ...]) -> Iterator[str]:
    if value not in allowed:
        yield f"{name}: {field} is {value!r}, expected one of {', '.join(allowed)}"


def _share(name: str, field: str, value: float) -> Iterator[str]:
    if not 0 <= value <= 1:
        yield f"{name}: {field} is {value}, expected a number from 0 to 1"


def _country(name: str, value: str | None) -> Iterator[str]:
    if value is not None and not _COUNTRY.fullmatch(value):
        yield f"{name}: country is {value!r}, expected three letters (ISO 3166-1 alpha-3)"


def _place(name: str, place: Place | None) -> Iterator[str]:
    if place is None:
        return
    yield from _country(f"{name}: place {place.name}", place.country)
    for field, value, limit in (("latitude", place.latitude, 90), ("longitude", place.longitude, 180)):
        if value is not None and not (math.isfinite(value) and abs(value) <= limit):
            yield f"{name}: place {place.name}: {field} is {value}, expected degrees from -{limit} to {limit}"


def _time(name: str, time: Time | None) -> Iterator[str]:
    if time is None:
        return
    if time == Time(None, None, None):
        yield f"{name} states no day and no words, expected null"
    found = [*_day(name, time.earliest), *_day(name, time.latest)]
    yield from found
    if not found and time.earliest is not None and time.latest is not None and time.earliest > time.latest:
        yield f"{name} begins on {time.earliest} and ends before that, on {time.latest}"


def _day(name: str, value: str | None) -> Iterator[str]:
    if value is None:
        return
    try:
        good = date.fromisoformat(value).isoformat() == value
    except ValueError:
        good = False
    if not good:
        yield f"{name} holds {value!r}, expected a day as YYYY-MM-DD"


_ACTOR_KINDS = get_args(ActorKind)
_NAMED_BY = get_args(NamedBy)
_QUOTATIONS = get_args(Quotation)
_MANNERS = get_args(Manner)
_ACTS = get_args(Act)
_WHY_NO_SPEAKER = get_args(WhyNoSpeaker)
_CONDITION_KINDS = get_args(ConditionKind)
_COMMITMENT_TYPES = get_args(CommitmentType)
_STRENGTHS = get_args(Strength)
_EVENT_TYPES = get_args(EventType)
_FACTUALITIES = get_args(Factuality)
