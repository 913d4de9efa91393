"""Ids and hashes: the same article text and spans always give the same id."""

from __future__ import annotations

import hashlib
from typing import Literal

from onrecord.records import Article, Spans

RowKind = Literal["statement", "commitment", "event", "actor"]


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def file_id(data: bytes) -> str:
    """Return the article id of a file: 16 hex digits of the SHA-256 of its bytes."""
    return sha256(data)[:16]


def row_id(kind: RowKind, article: Article, *parts: Spans | str) -> str:
    """Return a row's id: its kind's first letter and 16 hex digits.

    The digits hash the article's id, its revision (as the hash of the text) and the parts that tell the row from others of its
    kind, so the id of a row changes when the words it stands on do.
    """
    told = "\0".join([kind, article.id, article.sha256, *map(repr, parts)])
    return f"{kind[0]}{sha256(told.encode())[:16]}"
