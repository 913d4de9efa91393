"""CSV that opens as it should in R and Excel: RFC 4180, UTF-8 with a byte order mark, no cell that runs as a formula."""

from __future__ import annotations

import csv
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
    import io

    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="backslashreplace", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([cell(value) for value in row] for row in rows)
    finally:
        text.detach()


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


def listed(values: Iterable[str]) -> str:
    """Return several values as one cell."""
    return "; ".join(values)


def spans(value: Sequence[Sequence[int]]) -> str:
    """Return spans as in Findings JSON, ``[[12,40],[55,60]]``: a bare "12-40" would open as a date."""
    return json.dumps(value, separators=(",", ":"))
