"""What a ledger was told to forget, and findings less that: tombstones hold ids and hashes, no words."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime

from onrecord.folding import name_key
from onrecord.identity import sha256
from onrecord.records import Article, Findings, Mention, Statement


def is_forgotten(connection: sqlite3.Connection, article: Article, data_sha256: str | None) -> bool:
    """Tell whether an article was forgotten: by its id, its text, or the bytes of its page."""
    return bool(
        connection.execute(
            "SELECT 1 FROM forgotten WHERE (kind, value) IN (VALUES ('article', ?), ('text', ?), ('data', ?))",
            (article.id, article.sha256, data_sha256),
        ).fetchone()
    )


def without_forgotten_actors(connection: sqlite3.Connection, findings: Findings) -> Findings:
    """Return findings less the actors that this ledger was told to forget."""
    tombs = {actor.id: actor_tomb(name_key(actor.name))[1] for actor in findings.actors}
    found = connection.execute(
        "SELECT value FROM forgotten WHERE kind = 'actor' AND value IN (SELECT value FROM json_each(?))",
        (json.dumps(list(tombs.values())),),
    )
    gone = {tomb for (tomb,) in found}
    return without(findings, {actor for actor, tomb in tombs.items() if tomb in gone}) if gone else findings


def without(findings: Findings, actors: set[str]) -> Findings:
    """Return findings less some actors.

    What they alone said goes, with its commitments and events; what they said with others stays with the others; elsewhere a
    mention of them becomes unresolved. The text stays as it is.
    """
    gone = {s.id for s in findings.statements if s.speakers and actors.issuperset(s.speakers)}
    unnamed = _unnaming(actors)
    return replace(
        findings,
        actors=tuple(a for a in findings.actors if a.id not in actors),
        statements=tuple(_less(s, actors, gone) for s in findings.statements if s.id not in gone),
        commitments=tuple(
            replace(c, agent=unnamed(c.agent), to=unnamed(c.to))
            for c in findings.commitments
            if c.statement not in gone
        ),
        events=tuple(
            replace(e, actor=unnamed(e.actor), recipient=unnamed(e.recipient))
            for e in findings.events
            if e.statement not in gone
        ),
    )


def actor_tomb(key: str) -> tuple[str, str]:
    """Return the tombstone of a name, by its key."""
    return ("actor", sha256(key.encode()))


def bury(connection: sqlite3.Connection, tombs: Iterable[tuple[str, str]]) -> None:
    """Note what is forgotten, as pairs of a kind (article, text, data, actor) and an id or hash."""
    at = now()
    connection.executemany("INSERT OR IGNORE INTO forgotten VALUES (?, ?, ?)", [(*tomb, at) for tomb in sorted(tombs)])


def now() -> str:
    """Return the present second, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _unnaming(actors: set[str]) -> Callable[[Mention | None], Mention | None]:
    return lambda mention: Mention(mention.span, None) if mention and mention.actor in actors else mention


def _less(statement: Statement, actors: set[str], gone: set[str]) -> Statement:
    unnamed = _unnaming(actors)
    return replace(
        statement,
        speakers=tuple(a for a in statement.speakers if a not in actors),
        on_behalf_of=tuple(a for a in statement.on_behalf_of if a not in actors),
        addressee=unnamed(statement.addressee),
        target=unnamed(statement.target),
        answers=None if statement.answers in gone else statement.answers,
        inside=None if statement.inside in gone else statement.inside,
    )
