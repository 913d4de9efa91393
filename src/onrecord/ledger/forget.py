"""Forgetting: an article or an actor leaves the ledger, and a tombstone without words keeps it from coming back."""

from __future__ import annotations

import logging
import sqlite3

from onrecord.errors import NotFound, UsageError
from onrecord.folding import name_key
from onrecord.ledger import find, load, tombstones, write
from onrecord.ledger.rows import Forgotten

log = logging.getLogger(__name__)


def forget(connection: sqlite3.Connection, id_: str) -> Forgotten:
    """Delete an article or an actor, by its id or an actor's name; the caller holds the transaction.

    The search index keeps deleted words until its parts are merged, so they are.

    Raises:
        NotFound: there is no such article or actor.
        UsageError: the id is that of another kind of row.
    """
    result = _forget(connection, id_)
    connection.execute("INSERT INTO search (search) VALUES ('optimize')")
    return result


def erase(connection: sqlite3.Connection) -> None:
    """Empty the write-ahead log, which holds what was deleted; outside any transaction."""
    busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        log.warning(
            "forgotten words stay in the ledger's -wal file until every program that reads the ledger has closed it"
        )


def _forget(connection: sqlite3.Connection, id_: str) -> Forgotten:
    try:
        at = find.place(connection, id_)
    except NotFound:
        if not find.is_named(connection, name_key(id_)):
            raise
        return _forget_actor(connection, id_, name_key(id_))
    if at.kind == "article":
        return _forget_article(connection, at.article)
    if at.kind == "actor":
        return _forget_actor(connection, at.id, find.actor_key(connection, at))
    raise UsageError(f"{id_} is a {at.kind}; only an article or an actor can be forgotten, {at.article} is its article")


def _forget_article(connection: sqlite3.Connection, article: str) -> Forgotten:
    """Delete every revision of an article; the caller holds the transaction."""
    rows = connection.execute("SELECT key, sha256 FROM articles WHERE id = ?", (article,)).fetchall()
    statements = connection.execute(
        "SELECT count(*) FROM statements s JOIN articles a ON a.key = s.article_key WHERE a.id = ?", (article,)
    ).fetchone()[0]
    tombs = {("article", article)}
    for key, text_sha256 in rows:
        pages = connection.execute("SELECT data_sha256 FROM pages WHERE article_key = ?", (key,)).fetchall()
        tombs |= {("text", text_sha256), *(("data", data) for (data,) in pages)}
        connection.execute("DELETE FROM pages WHERE article_key = ?", (key,))
        write.remove(connection, key)
    tombstones.bury(connection, tombs)
    return Forgotten(article, "article", len(rows), statements)


def _forget_actor(connection: sqlite3.Connection, id_: str, key: str) -> Forgotten:
    """Delete the actors of one name (its key) from every article; the caller holds the transaction."""
    articles = connection.execute(
        "SELECT key, revision, superseded FROM articles"
        " WHERE key IN (SELECT article_key FROM actors WHERE name_key = ?) ORDER BY key",
        (key,),
    ).fetchall()
    lost = 0
    for article_key, revision, superseded in articles:
        before = load.findings(connection, article_key)
        after = tombstones.without(before, {a.id for a in before.actors if name_key(a.name) == key})
        write.replace(connection, after, key=article_key, revision=revision, superseded=bool(superseded))
        lost += len(before.statements) - len(after.statements)
    tombstones.bury(connection, {tombstones.actor_tomb(key)})
    return Forgotten(id_, "actor", len(articles), lost)
