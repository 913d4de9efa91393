"""A ledger in numbers."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from onrecord.ledger.rows import Info

_CURRENT = "JOIN articles a ON a.key = x.article_key AND a.superseded = 0"


def info(connection: sqlite3.Connection, path: Path) -> Info:
    """Return the counts of a ledger; findings are counted in current revisions only."""

    def count(rows: str) -> int:
        return int(connection.execute(f"SELECT count(*) FROM {rows}").fetchone()[0])  # noqa: S608 (constants below)

    pages, page_bytes, schema = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size", "user_version")
    )
    versions = connection.execute(
        "SELECT 'onrecord ' || onrecord_version || ', ' || model_version || ', data ' || data_version AS v, count(*)"
        " FROM articles WHERE superseded = 0 GROUP BY v ORDER BY v"
    )
    return Info(
        path=str(path),
        schema=schema,
        size_bytes=pages * page_bytes,
        articles=count("articles WHERE superseded = 0"),
        superseded=count("articles WHERE superseded = 1"),
        statements=count(f"statements x {_CURRENT}"),
        statements_without_speaker=count(f"statements x {_CURRENT} WHERE x.why_no_speaker IS NOT NULL"),
        commitments=count(f"commitments x {_CURRENT}"),
        events=count(f"events x {_CURRENT}"),
        refused=count("refusals"),
        forgotten=count("forgotten WHERE kind IN ('article', 'actor')"),
        versions=tuple((str(name), int(number)) for name, number in versions),
    )
