"""Findings into rows: one article, one transaction, in batches."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from onrecord.folding import fold, name_key
from onrecord.ledger import load
from onrecord.ledger.rows import Outcome, from_stdin
from onrecord.ledger.tombstones import is_forgotten, now, without_forgotten_actors
from onrecord.proofs import every_span
from onrecord.records import Findings, Mention, Place, Refused, Statement, Time

Value = str | int | float | None
Rows = list[tuple[Value, ...]]

BETWEEN_NAMES = " \ue000 "
"""A word that nobody searches for, so that no phrase runs from one name into the next."""


def add(
    connection: sqlite3.Connection, findings: Findings, *, data_sha256: str | None, name: str | None, again: bool
) -> Outcome:
    """Write the findings of one article; the caller holds the transaction.

    1. What was forgotten stays away, whole articles and single actors.
    2. A text known under this id, current or superseded, is replaced only with ``again`` and where something differs.
    3. Another text is a new revision, and the one before it is superseded.
    """
    article = findings.article
    if is_forgotten(connection, article, data_sha256):
        return "forgotten"
    findings = without_forgotten_actors(connection, findings)
    known = connection.execute(
        "SELECT key, revision, superseded FROM articles WHERE id = ? AND sha256 = ?", (article.id, article.sha256)
    ).fetchone()
    outcome: Outcome
    if known is None:
        key, outcome = _add_revision(connection, findings)
    else:
        key, revision, superseded = known
        outcome = "unchanged"
        if again and load.findings(connection, key) != findings:
            replace(connection, findings, key=key, revision=revision, superseded=bool(superseded))
            outcome = "reread"
    if data_sha256 is not None:
        connection.execute("INSERT OR IGNORE INTO pages VALUES (?, ?)", (data_sha256, key))
    named = None if name is None or from_stdin(name) else _storable(name)
    connection.execute(
        "DELETE FROM refusals WHERE data_sha256 = ? OR name IN (?, ?, ?)",
        (data_sha256, named, article.path, article.url),
    )
    return outcome


def refuse(connection: sqlite3.Connection, refused: Refused) -> None:
    """Note a page that could not be read; a later refusal of the same page (of standard input: the same bytes) replaces the earlier one."""
    name = _storable(refused.name)
    connection.execute(
        "DELETE FROM refusals WHERE name = ? AND (NOT ? OR data_sha256 = ?)",
        (name, from_stdin(name), refused.data_sha256),
    )
    connection.execute(
        "INSERT INTO refusals VALUES (?, ?, ?, ?)", (name, _storable(refused.reason), refused.data_sha256, now())
    )


def replace(connection: sqlite3.Connection, findings: Findings, *, key: int, revision: int, superseded: bool) -> None:
    """Put other findings in the place of a revision's, under the same key."""
    added_at = connection.execute("SELECT added_at FROM articles WHERE key = ?", (key,)).fetchone()[0]
    remove(connection, key)
    _insert(connection, findings, key=key, revision=revision, superseded=superseded, added_at=added_at)


def remove(connection: sqlite3.Connection, key: int) -> None:
    """Delete a revision and all its rows, except which pages it came from."""
    _unsearch(connection, key)
    connection.execute("DELETE FROM articles WHERE key = ?", (key,))


def _add_revision(connection: sqlite3.Connection, findings: Findings) -> tuple[int, Outcome]:
    before, last = connection.execute(
        "SELECT max(CASE WHEN superseded = 0 THEN key END), max(revision) FROM articles WHERE id = ?",
        (findings.article.id,),
    ).fetchone()
    if before is not None:
        connection.execute("UPDATE articles SET superseded = 1 WHERE key = ?", (before,))
        _unsearch(connection, before)
    key = _next_key(connection, "articles")
    _insert(connection, findings, key=key, revision=(last or 0) + 1, superseded=False, added_at=now())
    return key, "added" if before is None else "revised"


def _unsearch(connection: sqlite3.Connection, key: int) -> None:
    connection.execute("DELETE FROM search WHERE rowid IN (SELECT key FROM statements WHERE article_key = ?)", (key,))


def _insert(
    connection: sqlite3.Connection, findings: Findings, *, key: int, revision: int, superseded: bool, added_at: str
) -> None:
    _put(connection, "articles", [_article_row(findings, key, revision, superseded=superseded, added_at=added_at)])
    statement_key = _next_key(connection, "statements")
    _put(connection, "actors", _actor_rows(findings, key))
    _put(connection, "statements", _statement_rows(findings, key, statement_key))
    _put(connection, "statement_actors", _statement_actor_rows(findings, key))
    _put(connection, "conditions", _condition_rows(findings, key))
    _put(connection, "commitments", _commitment_rows(findings, key, _next_key(connection, "commitments")))
    _put(connection, "events", _event_rows(findings, key, _next_key(connection, "events")))
    _put(connection, "spans", span_rows(findings, key))
    if not superseded:
        connection.executemany(
            "INSERT INTO search (rowid, content, source, speakers, addressed) VALUES (?, ?, ?, ?, ?)",
            search_rows(findings, statement_key),
        )


def _next_key(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT coalesce(max(key), 0) + 1 FROM {table}").fetchone()[0])  # noqa: S608 (our own names)


def _put(connection: sqlite3.Connection, table: str, rows: Rows) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 (our own table names)


def _article_row(findings: Findings, key: int, revision: int, *, superseded: bool, added_at: str) -> tuple[Value, ...]:
    a, v, line = findings.article, findings.versions, findings.article.dateline
    dateline = (line.place, line.date, line.agency) if line else (None, None, None)
    return (
        key, a.id, revision, superseded, a.path, a.url, a.publisher, a.title, a.byline, a.speaker, *dateline, a.published,
        *_days(a.read_as_of), a.language, a.text, a.sha256, v.onrecord, v.model, v.data, added_at,
    )  # fmt: skip


def _actor_rows(findings: Findings, key: int) -> Rows:
    return [
        (
            key, a.id, ordinal, a.name, name_key(a.name), a.kind, a.country, a.role, a.sector, _json(a.aliases), a.named_by,
        )
        for ordinal, a in enumerate(findings.actors)
    ]  # fmt: skip


def _statement_rows(findings: Findings, key: int, first: int) -> Rows:
    return [
        (
            first + ordinal, key, s.id, ordinal, s.quotation, s.manner, s.why_no_speaker, s.anonymous, _actor(s.addressee),
            _actor(s.target), s.act, _json(s.other_acts), *_days(s.said_on), *_place(s.place), s.answers, s.inside,
            s.confidence, s.act_confidence,
        )
        for ordinal, s in enumerate(findings.statements)
    ]  # fmt: skip


def _statement_actor_rows(findings: Findings, key: int) -> Rows:
    return [
        (key, s.id, role, ordinal, actor)
        for s in findings.statements
        for role, actors in (("speaker", s.speakers), ("on_behalf_of", s.on_behalf_of))
        for ordinal, actor in enumerate(actors)
    ]


def _condition_rows(findings: Findings, key: int) -> Rows:
    return [
        (key, s.id, ordinal, c.kind, c.concessive, c.counterfactual)
        for s in findings.statements
        for ordinal, c in enumerate(s.conditions)
    ]


def _commitment_rows(findings: Findings, key: int, first: int) -> Rows:
    return [
        (
            first + ordinal, key, c.id, ordinal, c.statement, c.type, _actor(c.agent), _actor(c.to), c.condition,
            *_days(c.deadline), c.strength,
        )
        for ordinal, c in enumerate(findings.commitments)
    ]  # fmt: skip


def _event_rows(findings: Findings, key: int, first: int) -> Rows:
    return [
        (
            first + ordinal, key, e.id, ordinal, e.type, _actor(e.actor), _actor(e.recipient), *_place(e.place),
            *_days(e.occurred), e.factuality, e.background, e.statement, e.confidence,
        )
        for ordinal, e in enumerate(findings.events)
    ]  # fmt: skip


def span_rows(findings: Findings, key: int) -> Rows:
    """Return a row for every span of the findings, with its literal words."""
    text = findings.article.text
    return [
        (key, role.owner, role.role, role.item, ordinal, start, end, text[start:end])
        for role in every_span(findings)
        for ordinal, (start, end) in enumerate(role.spans)
    ]


def search_rows(findings: Findings, first: int) -> Rows:
    """Return what is searched for in each statement: folded content, source, speakers' names, and whom it is addressed to."""
    text = findings.article.text
    called = {a.id: BETWEEN_NAMES.join(map(fold, dict.fromkeys((a.name, *a.aliases)))) for a in findings.actors}
    return [
        (
            first + ordinal,
            fold(" ".join(text[start:end] for start, end in s.content)),
            fold(" ".join(text[start:end] for start, end in s.source)),
            BETWEEN_NAMES.join(called[actor] for actor in s.speakers),
            BETWEEN_NAMES.join(_addressed(s, text, called)),
        )
        for ordinal, s in enumerate(findings.statements)
    ]


def _addressed(statement: Statement, text: str, called: dict[str, str]) -> Iterable[str]:
    for mention in (statement.addressee, statement.target):
        if mention is not None:
            yield fold(text[slice(*mention.span)])
            if mention.actor is not None:
                yield called[mention.actor]


def _storable(text: str) -> str:
    """Return a text with lone surrogates written out, as Python gives them for file names that are not UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode()


def _actor(mention: Mention | None) -> str | None:
    return mention.actor if mention else None


def _days(time: Time | None) -> tuple[str | None, str | None]:
    return (time.earliest, time.latest) if time else (None, None)


def _place(place: Place | None) -> tuple[Value, ...]:
    return (place.name, place.country, place.latitude, place.longitude) if place else (None, None, None, None)


def _json(values: tuple[str, ...]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
