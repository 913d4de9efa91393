"""Countries by name, demonym, capital and seat of government, from the package's own table; nothing is fetched."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from onrecord.folding import plain
from onrecord.tables import table

How = Literal["name", "demonym", "capital", "government", "doubtful"]

_EDGES = re.compile(r"^(?:the|The|THE)\s+|['’](?:s|S)?$")
"""What may stand around a country's name: "the Netherlands", "Russia's"; not the "s" of "Cyprus"."""


class Naming(NamedTuple):
    """A country and by which kind of word it is named."""

    country: str
    how: How


def country_of(words: str) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of the country that the words name, by any kind of word, None where they name none for certain.

    >>> country_of("Belarusian"), country_of("the Kremlin"), country_of("Korean")
    ('BLR', 'RUS', None)
    """
    found = naming(words)
    return found.country if found and found.how != "doubtful" else None


@lru_cache(maxsize=4096)
def naming(words: str) -> Naming | None:
    """Return the country that the words name and how; case counts, so that "us" and "turkey" name nobody."""
    key = _key(words)
    index = _index()
    if key in index:
        return index[key]
    if key.isupper() and len(key) > 3:  # a headline in capitals
        return index.get(key.title())
    return None


def country_name(country: str) -> str:
    """Return the usual English name of a country of the table."""
    return next(row["name"] for row in table("countries") if row["iso3"] == country)


def _key(words: str) -> str:
    """Return words without accents, apostrophes, full stops, article and possessive: "U.S.'s" is "US"."""
    return " ".join(plain(_EDGES.sub("", _EDGES.sub("", words.strip()))).replace(".", "").split())


@cache
def _index() -> dict[str, Naming]:
    index: dict[str, Naming] = {}
    columns: tuple[tuple[str, How], ...] = (
        ("name", "name"), ("others", "name"), ("demonyms", "demonym"), ("capital", "capital"), ("government", "government"),
    )  # fmt: skip
    for row in table("countries"):
        for column, how in columns:
            for words in filter(None, row[column].split("|")):
                doubtful = how == "name" and words == row["name"] and row["doubtful"]
                index.setdefault(_key(words), Naming(row["iso3"], "doubtful" if doubtful else how))
                if how == "demonym":
                    index.setdefault(_key(words) + "s", Naming(row["iso3"], how))
    return index
