"""CSV that opens as it should in R and Excel: RFC 4180, UTF-8 with a byte order mark, no cell that runs as a formula."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import IO

Cell = str | int | float | bool | None

_RISKY_CELL = re.compile(
    r"""[=+\-@\t\r]      # a spreadsheet would run it as a formula: '=HYPERLINK(...)'
      | \d{16,}$         # ... round it: an id of digits alone
      | \d+e\d+$         # ... take it for a power of ten: '12e4'
    """,
    re.VERBOSE | re.IGNORECASE,
)


def write(file: IO[bytes], columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a header and rows to a binary file; see ``cell`` for what becomes of a value."""
    file.write(codecs.BOM_UTF8)
    append(file, [columns])
    append(file, rows)


def append(file: IO[bytes], rows: Iterable[Sequence[Cell]]) -> None:
    """Write further rows."""
    for row in rows:
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow([cell(value) for value in row])
        file.write(line.getvalue().encode("utf-8", errors="backslashreplace"))


def cell(value: Cell) -> str | int | float:
    """Return a value as it stands in a cell: None as an empty one, truth as TRUE or FALSE.

    Text that a spreadsheet would run or mistake for a number gets an apostrophe before it. NUL, which no reader takes, becomes U+FFFD.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        text = value.replace("\0", "\ufffd")
        return f"'{text}" if _RISKY_CELL.match(text) else text
    return value


def listed(values: Iterable[str]) -> str | None:
    """Return several values as one cell, None where there are none."""
    return "; ".join(values) or None


def spans(value: Sequence[Sequence[int]]) -> str | None:
    """Return spans as in Findings JSON, ``[[12,40],[55,60]]``, None where there are none: a bare "12-40" would open as a date."""
    if not value:
        return None
    return json.dumps(value, separators=(",", ":"))
