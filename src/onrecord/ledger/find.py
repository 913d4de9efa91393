"""From an id to its row: where it stands, how to cite it, and what to type instead where there is none."""

from __future__ import annotations

import sqlite3
from difflib import get_close_matches
from typing import Literal, NamedTuple

from onrecord.errors import LedgerError, NotFound
from onrecord.folding import fold
from onrecord.ledger.rows import GAP, ActorRow, Citation

Kind = Literal["statement", "commitment", "actor", "event", "article"]

PERMALINK = "onrecord:"

_ROWS = """
    SELECT 'statement' AS kind, article_key, id FROM statements
    UNION ALL SELECT 'commitment', article_key, id FROM commitments
    UNION ALL SELECT 'event', article_key, id FROM events
    UNION ALL SELECT 'actor', article_key, id FROM actors
"""


class Place(NamedTuple):
    """Where a row stands: its kind and id, and the article's key, id and revision."""

    kind: Kind
    id: str
    key: int
    article: str
    revision: int


def place(connection: sqlite3.Connection, id_: str) -> Place:
    """Return where an id stands, in the current revision if it is there.

    ``id_`` may be an article's, a row's, a permalink ``onrecord:ARTICLE/ID`` or its part ``ARTICLE/ID``.

    Raises:
        NotFound: there is none; the message suggests one.
        LedgerError: rows of several articles have it, as findings made elsewhere may.
    """
    id_ = id_.removeprefix(PERMALINK)
    article = revision(connection, id_)
    if article is not None:
        return Place("article", id_, *article)
    found = _rows(connection, id_)
    if not found and "/" in id_:
        owner, _, row = id_.rpartition("/")
        found = [hit for hit in _rows(connection, row) if hit.article == owner]
    if not found:
        raise NotFound(
            f"no article, statement, commitment, event or actor has the id {id_!r}; {_instead(connection, id_)}"
        )
    articles = sorted({hit.article for hit in found})
    if len(articles) > 1:
        choices = ", ".join(f"{article}/{id_}" for article in articles[:3])
        raise LedgerError(f"the id {id_!r} stands in {len(articles)} articles; say which: {choices}")
    return found[0]


def revision(connection: sqlite3.Connection, article: str, number: int | None = None) -> tuple[int, str, int] | None:
    """Return an article's key, id and revision number: the current one, or the one asked for; None where there is none."""
    row: tuple[int, str, int] | None = connection.execute(
        "SELECT key, id, revision FROM articles WHERE id = ? AND (revision = ? OR (? IS NULL AND superseded = 0))",
        (article, number, number),
    ).fetchone()
    return row


def not_an_article(connection: sqlite3.Connection, article: str, number: int | None) -> NotFound:
    """Return the error for an article or revision that the ledger lacks."""
    last = connection.execute("SELECT max(revision) FROM articles WHERE id = ?", (article,)).fetchone()[0]
    if last is not None:
        return NotFound(f"the article {article} has no revision {number}, expected a number from 1 to {last}")
    return NotFound(f"no article has the id {article!r}; {_instead(connection, article)}")


def cite(connection: sqlite3.Connection, id_: str) -> Citation:
    """Return all that a reader needs to find and check one row.

    Raises:
        NotFound: no row has that id.
    """
    at = place(connection, id_)
    title, publisher, published, as_of_from, as_of_to, url, path, sha256, *versions = connection.execute(
        "SELECT title, publisher, published, read_as_of_from, read_as_of_to, url, path, sha256,"
        " onrecord_version, model_version, data_version FROM articles WHERE key = ?",
        (at.key,),
    ).fetchone()
    return Citation(
        id=at.id,
        kind=at.kind,
        article=at.article,
        revision=at.revision,
        speakers=_speakers(connection, at),
        words=(title or "") if at.kind == "article" else _words(connection, at),
        title=title,
        publisher=publisher,
        published=published,
        read_as_of_from=as_of_from,
        read_as_of_to=as_of_to,
        url=url,
        path=path,
        sha256=sha256,
        version="onrecord {}, {}, data {}".format(*versions),
        permalink=f"{PERMALINK}{at.article}" + ("" if at.kind == "article" else f"/{at.id}"),
    )


def speakers(connection: sqlite3.Connection, prefix: str) -> tuple[ActorRow, ...]:
    """Return those who speak in current revisions, most statements first, with a word of their name that begins so."""
    wanted = fold(prefix)
    found = connection.execute(
        "SELECT min(p.name), p.kind, count(*) AS statements FROM statement_actors x"
        " JOIN articles a ON a.key = x.article_key AND a.superseded = 0"
        " JOIN actors p ON p.article_key = x.article_key AND p.id = x.actor"
        " WHERE x.role = 'speaker' AND instr(' ' || p.name_key, ' ' || ?)"
        " GROUP BY p.name_key, p.kind ORDER BY statements DESC, p.name_key, p.kind",
        (wanted,),
    )
    return tuple(ActorRow(*row) for row in found)


def actor_key(connection: sqlite3.Connection, at: Place) -> str:
    """Return the key of an actor's name."""
    row = connection.execute("SELECT name_key FROM actors WHERE article_key = ? AND id = ?", (at.key, at.id)).fetchone()
    return str(row[0])


def is_named(connection: sqlite3.Connection, key: str) -> bool:
    """Tell whether an actor of the ledger has a name with this key."""
    return bool(connection.execute("SELECT 1 FROM actors WHERE name_key = ?", (key,)).fetchone())


def _rows(connection: sqlite3.Connection, id_: str) -> list[Place]:
    rows = connection.execute(
        f"SELECT r.kind, r.id, a.key, a.id, a.revision FROM ({_ROWS}) r"  # noqa: S608 (a constant of ours)
        " JOIN articles a ON a.key = r.article_key WHERE r.id = ? ORDER BY a.superseded, a.revision DESC",
        (id_,),
    )
    return [Place(*row) for row in rows]


def _instead(connection: sqlite3.Connection, id_: str) -> str:
    """Return what to type instead: an id that is nearly the same, else the command that lists ids."""
    near = connection.execute(
        f"SELECT id FROM (SELECT id FROM ({_ROWS}) UNION SELECT id FROM articles)"  # noqa: S608 (a constant of ours)
        " WHERE id >= ? AND id < ? ORDER BY id LIMIT 1000",
        (id_[:3], id_[:3] + "\U0010ffff"),
    )
    ids = [candidate for (candidate,) in near]
    longer = [candidate for candidate in ids if id_ and candidate.startswith(id_)]
    close = longer[:1] or get_close_matches(id_, ids, n=1)
    return f"did you mean {close[0]}?" if close else "`onrecord said` and `onrecord articles` list ids"


def _speakers(connection: sqlite3.Connection, at: Place) -> tuple[str, ...]:
    statement = {
        "statement": "SELECT ?2",
        "commitment": "SELECT statement FROM commitments WHERE article_key = ?1 AND id = ?2",
        "event": "SELECT statement FROM events WHERE article_key = ?1 AND id = ?2",
    }.get(at.kind)
    if statement is None:
        return ()
    found = connection.execute(
        "SELECT p.name FROM statement_actors x JOIN actors p ON p.article_key = x.article_key"  # noqa: S608 (ours)
        f" AND p.id = x.actor WHERE x.article_key = ?1 AND x.role = 'speaker' AND x.statement = ({statement}) ORDER BY x.ordinal",
        (at.key, at.id),
    )
    return tuple(name for (name,) in found)


def _words(connection: sqlite3.Connection, at: Place) -> str:
    if at.kind == "actor":
        sql = "SELECT name FROM actors WHERE article_key = ? AND id = ?"
        return str(connection.execute(sql, (at.key, at.id)).fetchone()[0])
    # An undertaking is cited with the whole content that it stands in: without its condition it would say something else.
    role = "trigger" if at.kind == "event" else "content"
    owner = at.id
    if at.kind == "commitment":
        sql = "SELECT statement FROM commitments WHERE article_key = ? AND id = ?"
        owner = str(connection.execute(sql, (at.key, at.id)).fetchone()[0])
    found = connection.execute(
        "SELECT words FROM spans WHERE article_key = ? AND owner = ? AND role = ? ORDER BY ordinal",
        (at.key, owner, role),
    )
    return GAP.join(words for (words,) in found)
