"""Opening a ledger's file: is it ours, is its schema current, and what SQLite's errors mean in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from onrecord.errors import LedgerError, NotALedger

APPLICATION_ID = 0x6F6E7263
"""The letters "onrc" in SQLite's header: tells a ledger from any other SQLite file."""

MIGRATIONS = ("migration_1.sql",)
"""The steps from an empty file to the schema of this release; ``user_version`` counts those taken. Only ever appended to."""

BUSY_SECONDS = 30.0
"""How long a second writer waits for the first; an article is written in milliseconds, a ``forget`` may take longer."""

_RIGHTS = (
    "the file and its folder must be there and writable, for reading too, since SQLite keeps two small files beside a ledger;"
    " check their rights, copy the ledger elsewhere, or choose another with -d"
)

_PLAIN = {
    "SQLITE_BUSY": "another process kept it locked; try again when that one is done",
    "SQLITE_LOCKED": "it is locked by another use in this process; try again when that one is done",
    "SQLITE_READONLY": _RIGHTS,
    "SQLITE_CANTOPEN": _RIGHTS,
    "SQLITE_PERM": "the system does not allow it; check the rights of the file and of its folder",
    "SQLITE_FULL": "there is no space left for it; nothing of the last article was stored: free space, then run the same again",
    "SQLITE_IOERR": "the disk reports an error; nothing of the last article was stored: check the disk and its free space",
    "SQLITE_CORRUPT": "the file is damaged; restore a copy, or add the pages to a new ledger",
    "SQLITE_INTERRUPT": "the query was interrupted",
    "SQLITE_NOTADB": "it is not a SQLite file, so not a ledger; choose another with -d",
}


def connected(path: Path, *, write: bool = False) -> sqlite3.Connection:
    """Return a connection to a ledger; with ``write`` a missing file is made and an older schema brought up to date.

    Raises:
        NotALedger: the file was made by something else or by a newer release.
        LedgerError: the file is missing, cannot be opened, or has an older schema and is not opened for writing.
    """
    if path.is_dir():
        raise NotALedger(f"{path} is a folder, expected a ledger file; name a file inside it with -d")
    if not path.exists() and not write:
        raise LedgerError(f"there is no ledger at {path}; `onrecord add PAGES -d {path}` makes one")
    if not path.absolute().parent.is_dir():
        raise LedgerError(f"{path} cannot be made: the folder {path.absolute().parent} does not exist; make it first")
    with plain_errors(path):
        connection = _connection(path, "rwc" if write else "rw")
        try:
            _check(connection, path, write=write)
            connection.execute("PRAGMA foreign_keys = ON")
            # What is deleted is overwritten with zeros: `forget` must leave no words behind.
            connection.execute("PRAGMA secure_delete = ON")
            # FULL, not NORMAL: in WAL mode NORMAL is safe when the process dies, but a power cut could take back articles
            # that `add` had already reported. The price is one fsync an article, little beside reading it.
            connection.execute("PRAGMA synchronous = FULL")
            if not write:
                # Not mode=ro: such a connection, when it is the last one, leaves SQLite's two side files behind.
                connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
    return connection


def read_only(path: Path) -> sqlite3.Connection:
    """Return a connection that SQLite itself keeps from writing, for a person's own SQL."""
    return _connection(path, "ro")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all or nothing: commit at the end, roll back on any error."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Read one state of the ledger, however many statements it takes and whoever writes meanwhile."""
    nested = connection.in_transaction
    if not nested:
        connection.execute("BEGIN")
    try:
        yield
    finally:
        if not nested:
            connection.commit()


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours, in words that say what to do.

    Raises:
        LedgerError: SQLite raised an error.
    """
    try:
        yield
    except sqlite3.Error as error:
        name = str(getattr(error, "sqlite_errorname", ""))
        meaning = next((words for code, words in _PLAIN.items() if name.startswith(code)), None)
        kind = NotALedger if name == "SQLITE_NOTADB" else LedgerError
        raise kind(f"the ledger {path}: {meaning or 'SQLite refused'} ({error})") from error


def _connection(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def _check(connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
    """Make sure that the file is a ledger with this release's schema, before anything in it is changed."""
    application, version, tables = _header(connection)
    new = application == 0 and version == 0 and tables == 0
    if not new and application != APPLICATION_ID:
        raise NotALedger(f"{path} is a SQLite file of another program, not a ledger; choose another with -d")
    if version > len(MIGRATIONS):
        raise NotALedger(
            f"{path} was made by a newer release (schema {version}, this release knows {len(MIGRATIONS)}); update onrecord"
        )
    if version == len(MIGRATIONS):
        return
    if not write:
        what = "is empty" if new else f"was made by an older release (schema {version}, expected {len(MIGRATIONS)})"
        raise LedgerError(f"the ledger {path} {what}; `onrecord add PAGES -d {path}` brings it up to date")
    if new:
        connection.execute("PRAGMA journal_mode = WAL")
    _migrate(connection)


def _header(connection: sqlite3.Connection) -> tuple[int, int, int]:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return application, version, tables


def _migrate(connection: sqlite3.Connection) -> None:
    """Take the steps that the file lacks, in one transaction; another process may have taken them while we waited."""
    with transaction(connection):
        done = connection.execute("PRAGMA user_version").fetchone()[0]
        for name in MIGRATIONS[done:]:
            for statement in _statements((files("onrecord.ledger") / name).read_text(encoding="utf-8")):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {max(done, len(MIGRATIONS))}")


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one: ``executescript`` would commit in between."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
