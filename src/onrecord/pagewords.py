"""The words by which the lines of a page are told apart, from the table ``page_words``."""

from __future__ import annotations

from functools import cache

from onrecord.tables import table


@cache
def words_of_kind(kind: str) -> frozenset[str]:
    """Return the words of a kind, in the case in which they are compared."""
    return frozenset(word for row in table("page_words") if row["kind"] == kind for word in row["words"].split())
