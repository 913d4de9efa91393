"""Where exports go: a stream, a file that appears when it is whole, or a folder with one file a table."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from onrecord import schema
from onrecord.errors import UsageError
from onrecord.export import plover, tables
from onrecord.records import Findings
from onrecord.render import csvfile

if TYPE_CHECKING:
    import pyarrow as pa

TABLES: tuple[tables.Flat[Any], ...] = (
    tables.ARTICLES, tables.ACTORS, tables.STATEMENTS, tables.CONDITIONS, tables.COMMITMENTS, tables.EVENTS,
)  # fmt: skip

_ARTICLES_AT_ONCE = 500
"""A Parquet row group holds the rows of so many articles, so that memory does not grow with the ledger."""


def jsonl(articles: Iterable[Findings], file: IO[bytes]) -> int:
    """Write one line of Findings JSON an article; return how many were written."""
    return _lines((schema.encode(findings) for findings in articles), file)


def plover_jsonl(articles: Iterable[Findings], file: IO[bytes]) -> int:
    """Write one PLOVER record an event; return how many were written."""
    return _lines((line for findings in articles for line in plover.lines(findings)), file)


def csv(articles: Iterable[Findings], folder: Path) -> int:
    """Write one CSV file a table into a folder, which is made if need be; return the number of articles."""
    count = 0
    with ExitStack() as stack:
        files = [stack.enter_context(whole(folder / f"{table.name}.csv")) for table in TABLES]
        for table, file in zip(TABLES, files, strict=True):
            csvfile.write(file, [column.name for column in table.columns], ())
        for findings in articles:
            count += 1
            for table, file in zip(TABLES, files, strict=True):
                csvfile.append(file, table.rows(findings))
    return count


def parquet(articles: Iterable[Findings], folder: Path) -> int:
    """Write one Parquet file a table into a folder, articles with their text; return the number of articles.

    Raises:
        UsageError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UsageError(
            f"Parquet needs pyarrow ({error}); install it with: pip install 'onrecord[analysis]'"
        ) from error
    count = 0
    with_text = [_with_text(table) if table is tables.ARTICLES else table for table in TABLES]
    with ExitStack() as stack:
        writers = [
            stack.enter_context(
                pq.ParquetWriter(stack.enter_context(whole(folder / f"{table.name}.parquet")), _schema(pa, table))
            )
            for table in with_text
        ]
        articles = iter(articles)
        while group := list(islice(articles, _ARTICLES_AT_ONCE)):
            count += len(group)
            for table, writer in zip(with_text, writers, strict=True):
                writer.write_table(_columns(pa, table, group))
    return count


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing that takes its name only when all is written: a broken export leaves an older file as it was.

    The folder is made if need be.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():  # a pipe or a device is written to, never replaced
        with path.open("wb") as file:
            yield file
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _lines(lines: Iterable[str], file: IO[bytes]) -> int:
    count = 0
    for line in lines:
        file.write(line.encode("ascii") + b"\n")
        count += 1
    file.flush()
    return count


def _with_text(table: tables.Flat[Findings]) -> tables.Flat[Findings]:
    text: tables.Column[Findings] = tables.Column("text", "text", lambda findings, _: findings.article.text)
    return tables.Flat(table.name, table.records, (*table.columns, text))


def _schema(pa: Any, table: tables.Flat[Any]) -> pa.Schema:
    kinds = {"text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "truth": pa.bool_()}
    return pa.schema([(column.name, kinds[column.kind]) for column in table.columns])


def _columns(pa: Any, table: tables.Flat[Any], group: list[Findings]) -> pa.Table:
    rows = [row for findings in group for row in table.rows(findings)]
    columns = [list(values) for values in zip(*rows, strict=True)] or [[] for _ in table.columns]
    return pa.table(columns, schema=_schema(pa, table))
