"""The proofs of a ledger: every span sliced again, every hash taken again, every reference followed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from onrecord.ledger import load, write
from onrecord.ledger.rows import Verification
from onrecord.proofs import problems

_REPORTED = 1000
"""The most problems that are told: a ledger with more is not mended line by line."""


def verify(connection: sqlite3.Connection, index: tuple[str, ...]) -> Verification:
    """Return what was checked and what does not hold: of the search index (see ``index``), of each article, of the file."""
    found = list(index)
    spans = 0
    keys = [key for (key,) in connection.execute("SELECT key FROM articles ORDER BY id, revision")]
    for key in keys:
        stored = connection.execute(
            "SELECT owner, role, item, ordinal, start, stop, words FROM spans WHERE article_key = ?", (key,)
        ).fetchall()
        spans += len(stored)
        found.extend(_article(connection, key, stored))
    found.extend(_whole(connection))
    if len(found) > _REPORTED:
        found[_REPORTED:] = [f"and {len(found) - _REPORTED} more"]
    return Verification(articles=len(keys), rows=_count(connection), spans=spans, problems=tuple(found))


def index(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return what does not hold inside the search index; SQLite calls the check a write, though nothing is written."""
    query_only = connection.execute("PRAGMA query_only").fetchone()[0]
    connection.execute("PRAGMA query_only = OFF")
    try:
        connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        if not error.sqlite_errorname.startswith("SQLITE_CORRUPT"):
            raise
        return (f"the search index is damaged: {error}",)
    finally:
        connection.execute(f"PRAGMA query_only = {query_only}")
    return ()


def _article(
    connection: sqlite3.Connection, key: int, stored: list[tuple[str, str, int, int, int, int, str]]
) -> Iterator[str]:
    id_, number, superseded, text = connection.execute(
        "SELECT id, revision, superseded, text FROM articles WHERE key = ?", (key,)
    ).fetchone()
    name = f"article {id_} revision {number}"
    for owner, role, item, ordinal, start, stop, words in stored:
        if text[start:stop] != words:
            where = f"{owner} {role} {item}.{ordinal} [{start}, {stop})"
            yield f"{name}: the span {where} is stored as {words!r}, the text reads {text[start:stop]!r}"
    try:
        findings = load.findings(connection, key)
        expected = {row[1:5] for row in write.span_rows(findings, key)}
        searched = [] if superseded else [row[1:] for row in write.search_rows(findings, 1)]
    except (LookupError, TypeError, ValueError) as error:
        yield f"{name}: its rows do not make up findings ({type(error).__name__}: {error})"
        return
    yield from (f"{name}: {problem}" for problem in problems(findings))
    for owner, role, item, ordinal in sorted({row[:4] for row in stored}.difference(expected)):
        yield f"{name}: the span {owner} {role} {item}.{ordinal} belongs to no row"
    yield from _search(connection, key, name, searched)


def _search(
    connection: sqlite3.Connection, key: int, name: str, expected: list[tuple[write.Value, ...]]
) -> Iterator[str]:
    indexed = connection.execute(
        "SELECT s.id, x.content, x.source, x.speakers, x.addressed FROM statements s LEFT JOIN search x ON x.rowid = s.key"
        " WHERE s.article_key = ? AND (x.rowid IS NOT NULL OR ?) ORDER BY s.ordinal",
        (key, bool(expected)),
    ).fetchall()
    for index, (id_, *words) in enumerate(indexed):
        if index >= len(expected) or tuple(words) != expected[index]:
            yield f"{name}: statement {id_} is not in the search index as it is in the ledger"


def _whole(connection: sqlite3.Connection) -> Iterator[str]:
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"a row of {table} ({rowid or 'without number'}) refers to a row of {parent} that is not there"
    for (told,) in connection.execute("PRAGMA integrity_check"):
        if told != "ok":
            yield f"SQLite: {told}"
    for (id_,) in connection.execute("SELECT id FROM articles GROUP BY id HAVING sum(superseded = 0) <> 1"):
        yield f"article {id_} has not exactly one current revision"
    for (rowid,) in connection.execute("SELECT rowid FROM search WHERE rowid NOT IN (SELECT key FROM statements)"):
        yield f"the search index has a row {rowid} without a statement"


def _count(connection: sqlite3.Connection) -> int:
    tables = ("articles", "actors", "statements", "conditions", "commitments", "events")
    return sum(
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 (our own table names)
        for table in tables
    )
