"""Listings: the same rows as something to read, as JSON, as JSON lines, or as flat CSV."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any, Literal, TypeVar

from onrecord.errors import UsageError
from onrecord.ledger.rows import ArticleRow, CommitmentRow, RefusedRow, SaidRow, Table
from onrecord.render import cards, csvfile, flat

Output = Literal["table", "json", "jsonl", "csv"]
Value = str | int | float | bytes | None

_Row = TypeVar("_Row", SaidRow, CommitmentRow, ArticleRow, RefusedRow)


def said(rows: Sequence[SaidRow], *, output: Output) -> None:
    """Print statements: who, act, day, the words as printed, the condition, where they stand."""
    _print(rows, output=output, show=cards.said, columns=flat.SAID)


def commitments(rows: Sequence[CommitmentRow], *, output: Output) -> None:
    """Print undertakings: who would do what, on which condition, by when, and every outlet that has it."""
    _print(rows, output=output, show=cards.commitments, columns=flat.COMMITMENTS)


def articles(rows: Sequence[ArticleRow], *, output: Output) -> None:
    """Print the articles of a ledger."""
    _print(rows, output=output, show=cards.articles, columns=flat.ARTICLES)


def refused(rows: Sequence[RefusedRow], *, output: Output) -> None:
    """Print the pages that could not be read, with the reason."""
    _print(rows, output=output, show=cards.refused, columns=flat.REFUSED)


def table(answer: Table, *, output: Output) -> None:
    """Print the answer to a query; bytes as hex digits.

    Raises:
        UsageError: JSON was asked for, and two columns have one name, so that one of them would be lost.
    """
    rows = [tuple(map(_without_bytes, row)) for row in answer.rows]
    if output == "table":
        cards.grid(answer.columns, rows)
    elif output == "csv":
        csvfile.write(sys.stdout.buffer, answer.columns, rows)
    else:
        twice = next((name for name in answer.columns if answer.columns.count(name) > 1), None)
        if twice is not None:
            raise UsageError(
                f"two columns are named {twice!r}, and JSON holds one of a name; give one another name with AS"
            )
        as_json([dict(zip(answer.columns, row, strict=True)) for row in rows], lines=output == "jsonl")


def as_json(objects: Iterable[Any], *, lines: bool = False) -> None:
    """Print objects as one JSON array, indented, or one a line; ASCII-escaped, so that no page can steer a terminal."""
    if lines:
        for one in objects:
            sys.stdout.write(json.dumps(one, separators=(",", ":")) + "\n")
    else:
        sys.stdout.write(json.dumps(list(objects), indent=2) + "\n")


def _print(
    rows: Sequence[_Row], *, output: Output, show: Callable[[Sequence[_Row]], None], columns: flat.Columns[_Row]
) -> None:
    if output == "table":
        show(rows)
    elif output == "csv":
        names = [name for name, _ in columns]
        csvfile.write(sys.stdout.buffer, names, ([fill(row) for _, fill in columns] for row in rows))
    else:
        as_json(map(asdict, rows), lines=output == "jsonl")


def _without_bytes(value: Value) -> str | int | float | None:
    return value.hex() if isinstance(value, bytes) else value
