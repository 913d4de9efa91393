"""Rows back into Findings, equal to those that were handed in."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from onrecord.records import (
    Actor,
    Article,
    Commitment,
    Condition,
    Dateline,
    Event,
    Findings,
    Mention,
    Place,
    Span,
    Spans,
    Statement,
    Time,
    Versions,
)

Row = tuple[Any, ...]  # what sqlite3 gives; the types end here, in the records


class _Spans:
    """The spans of one article by owner, role and item."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._spans: defaultdict[tuple[str, str, int], list[Span]] = defaultdict(list)
        for owner, role, item, start, stop in rows:
            self._spans[owner, role, item].append((start, stop))

    def all(self, owner: str, role: str, item: int = 0) -> Spans:
        return tuple(self._spans.get((owner, role, item), ()))

    def one(self, owner: str, role: str) -> Span | None:
        return next(iter(self.all(owner, role)), None)

    def mention(self, owner: str, role: str, actor: str | None) -> Mention | None:
        span = self.one(owner, role)
        return None if span is None else Mention(span, actor)

    def time(self, owner: str, role: str, earliest: str | None, latest: str | None) -> Time | None:
        time = Time(earliest, latest, self.one(owner, role))
        return None if time == Time(None, None, None) else time

    def place(self, owner: str, name: str | None, country: str | None, *degrees: float | None) -> Place | None:
        span = self.one(owner, "place")
        return None if span is None or name is None else Place(span, name, country, *degrees)


def findings(connection: sqlite3.Connection, key: int) -> Findings:
    """Return the findings of one revision of an article, by its key."""
    spans = _Spans(
        connection.execute(
            "SELECT owner, role, item, start, stop FROM spans WHERE article_key = ? ORDER BY owner, role, item, ordinal",
            (key,),
        )
    )
    article, versions = _article(connection, key, spans)
    return Findings(
        article=article,
        actors=_actors(connection, key),
        statements=_statements(connection, key, spans),
        commitments=_commitments(connection, key, spans),
        events=_events(connection, key, spans),
        versions=versions,
    )


def _article(connection: sqlite3.Connection, key: int, spans: _Spans) -> tuple[Article, Versions]:
    (
        id_, path, url, publisher, title, byline, speaker, place, date, agency, published, earliest, latest, language, text,
        sha256, onrecord, model, data,
    ) = connection.execute(
        "SELECT id, path, url, publisher, title, byline, speaker, dateline_place, dateline_date, dateline_agency, published,"
        " read_as_of_from, read_as_of_to, language, text, sha256, onrecord_version, model_version, data_version"
        " FROM articles WHERE key = ?",
        (key,),
    ).fetchone()  # fmt: skip
    dateline = spans.one(id_, "dateline")
    article = Article(
        id=id_,
        path=path,
        url=url,
        publisher=publisher,
        title=title,
        title_span=spans.one(id_, "title"),
        byline=byline,
        speaker=speaker,
        dateline=None if dateline is None else Dateline(dateline, place, date, agency),
        published=published,
        read_as_of=spans.time(id_, "read_as_of", earliest, latest),
        language=language,
        text=text,
        captions=spans.all(id_, "caption"),
        clutter=spans.all(id_, "clutter"),
        sha256=sha256,
    )
    return article, Versions(onrecord, model, data)


def _actors(connection: sqlite3.Connection, key: int) -> tuple[Actor, ...]:
    rows = connection.execute(
        "SELECT id, name, kind, country, role, sector, aliases, named_by FROM actors WHERE article_key = ? ORDER BY ordinal",
        (key,),
    )
    return tuple(
        Actor(id_, name, kind, country, role, sector, tuple(json.loads(aliases)), named_by)
        for id_, name, kind, country, role, sector, aliases, named_by in rows
    )


def _statements(connection: sqlite3.Connection, key: int, spans: _Spans) -> tuple[Statement, ...]:
    actors: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for id_, role, actor in connection.execute(
        "SELECT statement, role, actor FROM statement_actors WHERE article_key = ? ORDER BY statement, role, ordinal",
        (key,),
    ):
        actors[id_, role].append(actor)
    conditions: defaultdict[str, list[Condition]] = defaultdict(list)
    for id_, item, kind, concessive, counterfactual in connection.execute(
        "SELECT statement, ordinal, kind, concessive, counterfactual FROM conditions WHERE article_key = ?"
        " ORDER BY statement, ordinal",
        (key,),
    ):
        conditions[id_].append(
            Condition(
                antecedent=spans.all(id_, "antecedent", item),
                consequent=spans.all(id_, "consequent", item),
                connector=spans.all(id_, "connector", item),
                kind=kind,
                concessive=bool(concessive),
                counterfactual=bool(counterfactual),
            )
        )
    rows = connection.execute(
        "SELECT id, quotation, manner, why_no_speaker, anonymous, addressee, target, act, other_acts, said_from, said_to,"
        " place_name, place_country, place_latitude, place_longitude, answers, inside, confidence, act_confidence"
        " FROM statements WHERE article_key = ? ORDER BY ordinal",
        (key,),
    )
    return tuple(_statement(row, spans, actors, conditions) for row in rows)


def _statement(
    row: Row, spans: _Spans, actors: dict[tuple[str, str], list[str]], conditions: dict[str, list[Condition]]
) -> Statement:
    (
        id_, quotation, manner, why, anonymous, addressee, target, act, other_acts, earliest, latest, name, country, latitude,
        longitude, answers, inside, confidence, act_confidence,
    ) = row  # fmt: skip
    return Statement(
        id=id_,
        source=spans.all(id_, "source"),
        cue=spans.all(id_, "cue"),
        content=spans.all(id_, "content"),
        quotation=quotation,
        manner=manner,
        speakers=tuple(actors.get((id_, "speaker"), ())),
        why_no_speaker=why,
        on_behalf_of=tuple(actors.get((id_, "on_behalf_of"), ())),
        anonymous=bool(anonymous),
        addressee=spans.mention(id_, "addressee", addressee),
        target=spans.mention(id_, "target", target),
        act=act,
        other_acts=tuple(json.loads(other_acts)),
        conditions=tuple(conditions.get(id_, ())),
        said_on=spans.time(id_, "said_on", earliest, latest),
        place=spans.place(id_, name, country, latitude, longitude),
        answers=answers,
        inside=inside,
        insertions=spans.all(id_, "insertion"),
        confidence=confidence,
        act_confidence=act_confidence,
    )


def _commitments(connection: sqlite3.Connection, key: int, spans: _Spans) -> tuple[Commitment, ...]:
    rows = connection.execute(
        "SELECT id, statement, type, agent, to_whom, condition, deadline_from, deadline_to, strength"
        " FROM commitments WHERE article_key = ? ORDER BY ordinal",
        (key,),
    )
    return tuple(
        Commitment(
            id=id_,
            statement=statement,
            type=type_,
            agent=spans.mention(id_, "agent", agent),
            action=spans.all(id_, "action"),
            to=spans.mention(id_, "to", to),
            condition=condition,
            deadline=spans.time(id_, "deadline", earliest, latest),
            strength=strength,
        )
        for id_, statement, type_, agent, to, condition, earliest, latest, strength in rows
    )


def _events(connection: sqlite3.Connection, key: int, spans: _Spans) -> tuple[Event, ...]:
    rows = connection.execute(
        "SELECT id, type, actor, recipient, place_name, place_country, place_latitude, place_longitude, occurred_from,"
        " occurred_to, factuality, background, statement, confidence FROM events WHERE article_key = ? ORDER BY ordinal",
        (key,),
    )
    return tuple(
        Event(
            id=id_,
            type=type_,
            trigger=spans.all(id_, "trigger"),
            actor=spans.mention(id_, "actor", actor),
            recipient=spans.mention(id_, "recipient", recipient),
            place=spans.place(id_, *place),
            occurred=spans.time(id_, "occurred", earliest, latest),
            factuality=factuality,
            background=bool(background),
            statement=statement,
            confidence=confidence,
        )
        for id_, type_, actor, recipient, *place, earliest, latest, factuality, background, statement, confidence in rows
    )
