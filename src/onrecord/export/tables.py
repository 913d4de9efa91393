"""Findings as flat tables, one row a record: literal words beside offsets, ids where one row means another.

A column's name tells its meaning, the same as in the rows of a ledger: ``X`` holds a plain value, the words of a span, or of a mention
the actor's name and where none is known its words; ``X_words`` the words of a mention, ``X_spans`` offsets (in code points of the
article's text, as in Findings JSON), ``X_actor`` the id of the actor that is meant, ``X_from`` and ``X_to`` the first and the last day
of a range. Several values of one cell are joined by "; ".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from onrecord.records import Actor, Commitment, Condition, Event, Findings, Mention, Place, Spans, Statement, Time
from onrecord.render.csvfile import Cell, listed, spans
from onrecord.render.found import actor_name, mentioned, words

Kind = Literal["text", "whole", "number", "truth"]
Record = TypeVar("Record")
Numbered = tuple[Statement, int, Condition]


@dataclass(frozen=True, slots=True)
class Column(Generic[Record]):
    """One column: its name, what it holds, and how a record of an article fills it."""

    name: str
    kind: Kind
    fill: Callable[[Findings, Record], Cell]


@dataclass(frozen=True, slots=True)
class Flat(Generic[Record]):
    """One table: its name, the records of an article that are its rows, its columns."""

    name: str
    records: Callable[[Findings], Iterable[Record]]
    columns: tuple[Column[Record], ...]

    def rows(self, findings: Findings) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows of one article."""
        for record in self.records(findings):
            yield tuple(column.fill(findings, record) for column in self.columns)


def _plain(name: str, get: Callable[[Record], Cell], kind: Kind = "text") -> Column[Record]:
    return Column(name, kind, lambda _, record: get(record))


def _article() -> Column[Record]:
    return Column("article", "text", lambda findings, _: findings.article.id)


def _words(name: str, get: Callable[[Record], Spans]) -> Column[Record]:
    return Column(name, "text", lambda findings, record: words(findings.article.text, get(record)) or None)


def _literal(name: str, get: Callable[[Record], Spans]) -> tuple[Column[Record], ...]:
    return (_words(name, get), Column(f"{name}_spans", "text", lambda _, record: spans(get(record))))


def _mention(name: str, get: Callable[[Record], Mention | None]) -> tuple[Column[Record], ...]:
    def span(record: Record) -> Spans:
        mention = get(record)
        return (mention.span,) if mention else ()

    def actor(record: Record) -> str | None:
        mention = get(record)
        return mention.actor if mention else None

    return (
        Column(name, "text", lambda findings, record: mentioned(findings, get(record))),
        _words(f"{name}_words", span),
        Column(f"{name}_spans", "text", lambda _, record: spans(span(record))),
        _plain(f"{name}_actor", actor),
    )


def _actors(name: str, get: Callable[[Record], tuple[str, ...]]) -> tuple[Column[Record], ...]:
    def names(findings: Findings, record: Record) -> Cell:
        return listed(actor_name(findings, actor) or "" for actor in get(record))

    return (Column(name, "text", names), _plain(f"{name}_actor", lambda record: listed(get(record))))


def _days(name: str, get: Callable[[Record], Time | None], *, range_: str | None = None) -> tuple[Column[Record], ...]:
    def span(record: Record) -> Spans:
        time = get(record)
        return (time.span,) if time and time.span else ()

    return (
        *_literal(name, span),
        _plain(f"{range_ or name}_from", lambda record: time.earliest if (time := get(record)) else None),
        _plain(f"{range_ or name}_to", lambda record: time.latest if (time := get(record)) else None),
    )


def _place(get: Callable[[Record], Place | None]) -> tuple[Column[Record], ...]:
    def span(record: Record) -> Spans:
        place = get(record)
        return (place.span,) if place else ()

    return (
        *_literal("place", span),
        _plain("place_name", lambda record: place.name if (place := get(record)) else None),
        _plain("place_country", lambda record: place.country if (place := get(record)) else None),
        _plain("place_latitude", lambda record: place.latitude if (place := get(record)) else None, "number"),
        _plain("place_longitude", lambda record: place.longitude if (place := get(record)) else None, "number"),
    )


def _numbered(findings: Findings) -> Iterator[Numbered]:
    for statement in findings.statements:
        for index, condition in enumerate(statement.conditions):
            yield statement, index, condition


ARTICLES: Flat[Findings] = Flat(
    "articles",
    lambda findings: (findings,),
    (
        _plain("id", lambda f: f.article.id),
        _plain("path", lambda f: f.article.path),
        _plain("url", lambda f: f.article.url),
        _plain("publisher", lambda f: f.article.publisher),
        _plain("title", lambda f: f.article.title),
        _plain("byline", lambda f: f.article.byline),
        _plain("speaker", lambda f: f.article.speaker),
        _plain("published", lambda f: f.article.published),
        _plain("dateline_place", lambda f: f.article.dateline.place if f.article.dateline else None),
        _plain("dateline_date", lambda f: f.article.dateline.date if f.article.dateline else None),
        _plain("dateline_agency", lambda f: f.article.dateline.agency if f.article.dateline else None),
        *_days("read_as_of", lambda f: f.article.read_as_of),
        _plain("language", lambda f: f.article.language),
        _plain("characters", lambda f: len(f.article.text), "whole"),
        _plain("sha256", lambda f: f.article.sha256),
        _plain("onrecord_version", lambda f: f.versions.onrecord),
        _plain("model_version", lambda f: f.versions.model),
        _plain("data_version", lambda f: f.versions.data),
    ),
)
ACTORS: Flat[Actor] = Flat(
    "actors",
    lambda findings: findings.actors,
    (
        _plain("id", lambda a: a.id),
        _article(),
        _plain("name", lambda a: a.name),
        _plain("kind", lambda a: a.kind),
        _plain("country", lambda a: a.country),
        _plain("role", lambda a: a.role),
        _plain("sector", lambda a: a.sector),
        _plain("aliases", lambda a: listed(a.aliases)),
        _plain("named_by", lambda a: a.named_by),
    ),
)
STATEMENTS: Flat[Statement] = Flat(
    "statements",
    lambda findings: findings.statements,
    (
        _plain("id", lambda s: s.id),
        _article(),
        *_actors("speakers", lambda s: s.speakers),
        _plain("why_no_speaker", lambda s: s.why_no_speaker),
        _plain("anonymous", lambda s: s.anonymous, "truth"),
        *_actors("on_behalf_of", lambda s: s.on_behalf_of),
        _plain("act", lambda s: s.act),
        _plain("other_acts", lambda s: listed(s.other_acts)),
        *_literal("content", lambda s: s.content),
        *_literal("source", lambda s: s.source),
        *_literal("cue", lambda s: s.cue),
        *_literal("insertions", lambda s: s.insertions),
        _plain("quotation", lambda s: s.quotation),
        _plain("manner", lambda s: s.manner),
        *_mention("addressee", lambda s: s.addressee),
        *_mention("target", lambda s: s.target),
        *_days("said_on", lambda s: s.said_on, range_="said"),
        *_place(lambda s: s.place),
        _plain("answers", lambda s: s.answers),
        _plain("inside", lambda s: s.inside),
        _plain("confidence", lambda s: s.confidence, "number"),
        _plain("act_confidence", lambda s: s.act_confidence, "number"),
    ),
)
CONDITIONS: Flat[Numbered] = Flat(
    "conditions",
    _numbered,
    (
        _plain("statement", lambda n: n[0].id),
        _plain("condition", lambda n: n[1], "whole"),
        _article(),
        _plain("kind", lambda n: n[2].kind),
        *_literal("antecedent", lambda n: n[2].antecedent),
        *_literal("consequent", lambda n: n[2].consequent),
        *_literal("connector", lambda n: n[2].connector),
        _plain("concessive", lambda n: n[2].concessive, "truth"),
        _plain("counterfactual", lambda n: n[2].counterfactual, "truth"),
    ),
)
COMMITMENTS: Flat[Commitment] = Flat(
    "commitments",
    lambda findings: findings.commitments,
    (
        _plain("id", lambda c: c.id),
        _article(),
        _plain("statement", lambda c: c.statement),
        _plain("condition", lambda c: c.condition, "whole"),
        _plain("type", lambda c: c.type),
        *_mention("agent", lambda c: c.agent),
        *_literal("action", lambda c: c.action),
        *_mention("to", lambda c: c.to),
        *_days("deadline", lambda c: c.deadline),
        _plain("strength", lambda c: c.strength),
    ),
)
EVENTS: Flat[Event] = Flat(
    "events",
    lambda findings: findings.events,
    (
        _plain("id", lambda e: e.id),
        _article(),
        _plain("statement", lambda e: e.statement),
        _plain("type", lambda e: e.type),
        *_literal("trigger", lambda e: e.trigger),
        *_mention("actor", lambda e: e.actor),
        *_mention("recipient", lambda e: e.recipient),
        *_place(lambda e: e.place),
        *_days("occurred", lambda e: e.occurred),
        _plain("factuality", lambda e: e.factuality),
        _plain("background", lambda e: e.background, "truth"),
        _plain("confidence", lambda e: e.confidence, "number"),
    ),
)
