"""The package's own tables of linguistic and world knowledge: tab-separated files in ``onrecord/data``.

A table opens with comment lines (``#``) that say what a row means and where its facts come from, then a header, then the rows.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from onrecord.errors import ReaderError

DATA_VERSION = "3"
"""Raised whenever a change to a table could change findings; it stands in ``Versions.data``."""


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of ``data/NAME.tsv`` as column to cell; an empty cell is the empty string.

    Raises:
        ReaderError: the table is missing, or a row has not as many cells as the header.
    """
    try:
        text = (files("onrecord") / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    except OSError as error:
        raise ReaderError(
            f"the table {name}.tsv is missing from the package ({error}); install onrecord again"
        ) from error
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip() and not line.startswith("#")]
    header = lines[0][1].split("\t")
    rows = []
    for number, line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(header):
            raise ReaderError(f"{name}.tsv, line {number}: {len(cells)} cells, expected {len(header)}")
        rows.append(dict(zip(header, cells, strict=True)))
    return tuple(rows)
