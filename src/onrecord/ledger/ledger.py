"""The ledger: one SQLite file that holds all findings, and every question that is asked of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from onrecord import proofs
from onrecord.errors import LedgerError, PageError, UsageError
from onrecord.ledger import find, forget, load, verify, write
from onrecord.ledger import said as statements
from onrecord.ledger.connection import connected, plain_errors, read_only, snapshot, transaction
from onrecord.ledger.numbers import info
from onrecord.ledger.rows import (
    ActorRow,
    ArticleRow,
    Citation,
    CommitmentRow,
    Forgotten,
    Info,
    Outcome,
    RefusedRow,
    SaidRow,
    Table,
    Verification,
)
from onrecord.ledger.undertakings import commitments
from onrecord.records import Findings, Refused, Versions

_TOLD = 3
"""How many problems of refused findings the message names."""

_STEPS = 100_000
"""After so many steps of a query Python takes its turn, so that Ctrl-C ends it."""

_READING = frozenset([sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE])


class Ledger:
    """A ledger's file, opened for reading or writing; a context manager."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path, *, write: bool = False) -> Self:
        """Open a ledger; with ``write`` a missing file is made.

        Raises:
            NotALedger: the file was made by something else or by a newer release.
            LedgerError: the file is missing, cannot be opened, or is of an older release and not opened for writing.
        """
        return cls(path, connected(path, write=write))

    @property
    def path(self) -> Path:
        """The file that holds the ledger."""
        return self._path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def knows(self, data_sha256: str, *, versions: Versions | None = None) -> bool:
        """Tell whether a page with these bytes was read (by these versions, if given), or forgotten."""
        v = versions
        with self._reading() as connection:
            return bool(
                connection.execute(
                    "SELECT 1 FROM forgotten WHERE kind = 'data' AND value = ?1 UNION ALL"
                    " SELECT 1 FROM pages p JOIN articles a ON a.key = p.article_key WHERE p.data_sha256 = ?1 AND (?2 IS NULL"
                    " OR (a.onrecord_version, a.model_version, a.data_version) = (?2, ?3, ?4)) LIMIT 1",
                    (data_sha256, v and v.onrecord, v and v.model, v and v.data),
                ).fetchone()
            )

    def add(
        self, findings: Findings, *, data_sha256: str | None = None, name: str | None = None, again: bool = False
    ) -> Outcome:
        """Write the findings of one article, all or nothing, and tell what became of them.

        ``data_sha256`` is the hash of the page's bytes and ``name`` the page's, so that an earlier refusal of it is cleared.

        Raises:
            PageError: something does not hold for the findings by themselves; the message names the first of it.
            LedgerError: the file cannot be written.
        """
        found = proofs.problems(findings)
        if found:
            more = f"; and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
            raise PageError(f"findings that do not hold: {'; '.join(found[:_TOLD])}{more}")
        with self._writing() as connection:
            try:
                return write.add(connection, findings, data_sha256=data_sha256, name=name, again=again)
            except UnicodeEncodeError as error:
                raise PageError(f"findings with a lone surrogate, which is no character: {error.object!r}") from error

    def refuse(self, refused: Refused) -> None:
        """Note a page that could not be read.

        Raises:
            LedgerError: the file cannot be written.
        """
        with self._writing() as connection:
            write.refuse(connection, refused)

    def refused(self) -> tuple[RefusedRow, ...]:
        """Return the pages that could not be read, by name."""
        with self._reading() as connection:
            return tuple(
                RefusedRow(*row)
                for row in connection.execute("SELECT name, reason, since FROM refusals ORDER BY name, rowid")
            )

    def articles(self) -> tuple[ArticleRow, ...]:
        """Return all articles by id, every revision."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT v.id, v.revision, v.title, v.publisher, v.published, a.read_as_of_from, a.read_as_of_to, v.url, v.path,"
                " v.statements, v.commitments, v.superseded"
                " FROM v_articles v JOIN articles a ON a.id = v.id AND a.revision = v.revision ORDER BY v.id, v.revision"
            )
            return tuple(ArticleRow(*(*plain, bool(superseded))) for *plain, superseded in rows)

    def findings(self, article: str, revision: int | None = None) -> Findings:
        """Return the findings of an article, equal to those that were added: the current revision, or the one asked for.

        Raises:
            NotFound: there is no such article or revision.
        """
        with self._reading() as connection:
            at = find.revision(connection, article, revision)
            if at is None:
                raise find.not_an_article(connection, article, revision)
            return load.findings(connection, at[0])

    def export(self) -> Iterator[Findings]:
        """Yield the findings of all current revisions by article id, as they stand when the first is asked for."""
        with closing(connected(self._path)) as connection, plain_errors(self._path), snapshot(connection):
            keys = connection.execute("SELECT key FROM articles WHERE superseded = 0 ORDER BY id").fetchall()
            for (key,) in keys:
                yield load.findings(connection, key)

    def said(
        self,
        words: str | None = None,
        *,
        by: str | None = None,
        to: str | None = None,
        about: str | None = None,
        act: Sequence[str] = (),
        manner: Sequence[str] = ("said", "written"),
        quotation: str | None = None,
        conditional: bool | None = None,
        since: date | None = None,
        until: date | None = None,
        publisher: str | None = None,
        limit: int | None = None,
    ) -> tuple[SaidRow, ...]:
        """Return the statements of current revisions that fit all that is asked: best first with words, else newest first.

        ``words`` are looked for in content, source and speakers' names, ``about`` in the content alone; ``by`` is a speaker's
        name, ``to`` an addressee's or target's; any ``act`` of those given, all where none is; ``since`` and ``until`` are days,
        both inside.

        Raises:
            UsageError: an option has a value that cannot be looked for.
        """
        with self._reading() as connection:
            return statements.said(
                connection, words, by=by, to=to, about=about, act=act, manner=manner, quotation=quotation,
                conditional=conditional, since=since, until=until, publisher=publisher, limit=limit,
            )  # fmt: skip

    def commitments(
        self,
        words: str | None = None,
        *,
        by: str | None = None,
        to: str | None = None,
        type: Sequence[str] = (),  # noqa: A002 (the record's word)
        status: str | None = None,
        conditional: bool | None = None,
        since: date | None = None,
        until: date | None = None,
        publisher: str | None = None,
        as_of: date | None = None,
        limit: int | None = None,
    ) -> tuple[CommitmentRow, ...]:
        """Return undertakings of current revisions, each with all its witnesses, where one of these fits all that is asked.

        ``by`` is its speaker or agent, ``to`` the one to whom it is promised or said; any ``type`` of those given, all where none
        is; ``as_of`` is the day by which a deadline has passed or not, today where not given.

        Raises:
            UsageError: an option has a value that cannot be looked for.
        """
        with self._reading() as connection:
            return commitments(
                connection, words, by=by, to=to, types=type, status=status, conditional=conditional, since=since, until=until,
                publisher=publisher, as_of=as_of, limit=limit,
            )  # fmt: skip

    def cite(self, id: str) -> Citation:  # noqa: A002 (the record's word)
        """Return all that a reader needs to find and check one row.

        Raises:
            NotFound: no row has that id; the message suggests another.
        """
        with self._reading() as connection:
            return find.cite(connection, id)

    def speakers(self, prefix: str = "") -> tuple[ActorRow, ...]:
        """Return those who speak, most statements first, with a word of their name that begins so."""
        with self._reading() as connection:
            return find.speakers(connection, prefix)

    def query(self, sql: str) -> Table:
        """Return the answer to one SELECT; the tables and views are described in ``docs/ledger.md``.

        Raises:
            UsageError: SQLite does not take it, or it would do more than read.
        """
        with plain_errors(self._path), closing(read_only(self._path)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master")  # what is wrong with the file shows here
            connection.set_authorizer(_reads)
            connection.set_progress_handler(lambda: 0, _STEPS)
            try:
                cursor = connection.execute(sql)
                if cursor.description is None:
                    raise UsageError("the query is empty, expected one SELECT")
                return Table(tuple(column[0] for column in cursor.description), tuple(cursor.fetchall()))
            except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
                name = getattr(error, "sqlite_errorname", "SQLITE_ERROR")
                if name not in ("SQLITE_ERROR", "SQLITE_AUTH"):
                    raise
                what = "it would do more than read" if name == "SQLITE_AUTH" else str(error)
                told = "one SELECT is expected; docs/ledger.md describes the tables and views"
                raise UsageError(f"SQLite does not take the query: {what}; {told}") from error

    def forget(self, id: str) -> Forgotten:  # noqa: A002 (the record's word)
        """Remove an article, every revision of it, or an actor, by its id or name, from every article; for good.

        Forgetting an actor does not change the text of any article, nor the words of what others said.

        Raises:
            NotFound: there is no such article or actor.
            UsageError: the id is that of another kind of row.
        """
        with self._writing() as connection:
            result = forget.forget(connection, id)
        with plain_errors(self._path):
            forget.erase(self._connection)
        return result

    def verify(self) -> Verification:
        """Return what was proved of every article and of the file, and what does not hold."""
        with plain_errors(self._path):
            index = verify.index(self._connection)
        with self._reading() as connection:
            return verify.verify(connection, index)

    def info(self) -> Info:
        """Return the ledger in numbers."""
        with self._reading() as connection:
            return info(connection, self._path)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with plain_errors(self._path), snapshot(self._connection):
            yield self._connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self._connection.execute("PRAGMA query_only").fetchone()[0]:
            raise LedgerError(f"the ledger {self._path} was opened for reading; open it with write=True")
        with plain_errors(self._path), transaction(self._connection):
            yield self._connection


def _reads(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """Allow reading only; full-text search declares its tables to SQLite and asks for the data version as it reads."""
    allowed = (
        action in _READING
        or (action == sqlite3.SQLITE_FUNCTION and second != "load_extension")
        or (action == sqlite3.SQLITE_PRAGMA and first in ("data_version", "table_info", "table_xinfo", "table_list"))
        or (action == sqlite3.SQLITE_UPDATE and first == "sqlite_master")
    )
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY
