"""What the package's tables know of the words that names are made of: titles, given names, bodies and their kinds of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from onrecord.folding import fold
from onrecord.records import ActorKind
from onrecord.tables import table

Gender = Literal["m", "f"]
TitleKind = Literal["honorific", "office", "spokesperson", "relation"]

PERSON_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_COMPANY_FORMS = frozenset({"co", "corp", "corporation", "inc", "ltd", "llc", "llp", "lp", "plc"})


@dataclass(frozen=True, slots=True)
class Title:
    """A title or office of the table; ``same`` are other words for it, lower case."""

    words: str
    kind: TitleKind
    gender: Gender | None
    same: frozenset[str]


@lru_cache(maxsize=4096)
def title_of(words: str) -> Title | None:
    """Return the title or office that the words are, singular or plural, in any case, with or without full stops."""
    key = words.lower().replace(".", "").replace("’", "'").strip()
    return _titles().get(key) or (_titles().get(key[:-1]) if key.endswith("s") else None)


def without_title(words: Sequence[str]) -> int:
    """Return how many words at the start of a name are a title and what stands before it, 0 where there is no title."""
    for start in range(len(words)):
        length = _leading_title(words[start:])
        if length:
            return start + length + without_title(words[start + length :])
    return 0


def _leading_title(words: Sequence[str]) -> int:
    """Return how many words at the very start are one title before a name, 0 where there is none."""
    for length in range(min(len(words) - 1, 4), 0, -1):
        title = title_of(" ".join(words[:length]))
        if title is not None and title.kind != "relation" and not words[length][0].islower():
            return length
    return 0


def bare_name(words: str) -> str:
    """Return a name for comparing: folded, without titles, article, possessive or suffix.

    >>> bare_name("Mr. Recep Tayyip Erdoğan’s")
    'recep tayyip erdogan'
    """
    return " ".join(key_words(words))


@lru_cache(maxsize=4096)
def key_words(words: str) -> tuple[str, ...]:
    """Return the words of ``bare_name``."""
    plain = re.sub(r"['’]s\b", "", words)
    parts = fold(re.sub(r"(?<=\b\w)\.", "", plain)).split()
    titled = _leading_title([w.strip(".,") or "-" for w in plain.split()])
    if titled:
        return key_words(" ".join(plain.split()[titled:]))
    while len(parts) > 1 and (parts[-1] in PERSON_SUFFIXES or parts[-1] in _COMPANY_FORMS):
        parts = parts[:-1]
    return tuple(parts[1:] if len(parts) > 1 and parts[0] == "the" else parts)


def given_name(word: str) -> bool:
    """Tell whether the table knows the word as a given name."""
    return fold(word) in _given_names()


def given_gender(word: str) -> Gender | None:
    """Return the gender that a given name nearly always tells, None where it does not or is not known."""
    return _given_names().get(fold(word))


def body_forms(words: str) -> frozenset[str]:
    """Return all forms, folded, of the body of the table that the words name, none for any other words."""
    return _bodies().get(fold(words), ("", frozenset()))[1]


def body_country(words: str) -> str | None:
    """Return the country of a body of the table, None where it is no single state's or not known."""
    return _bodies().get(fold(words), ("", frozenset()))[0] or None


def _gender(cell: str) -> Gender | None:
    return "m" if cell == "m" else "f" if cell == "f" else None


@cache
def _given_names() -> dict[str, Gender | None]:
    return {fold(row["name"]): _gender(row["gender"]) for row in table("given_names")}


@cache
def organization_words() -> dict[str, ActorKind]:
    """Return the capitalized words that mark a body's name, with the kind that they tell."""
    return {
        row["word"]: "document" if row["kind"] == "document" else "organization" for row in table("organization_words")
    }


@cache
def _bodies() -> dict[str, tuple[str, frozenset[str]]]:
    """Return each form of each body's name, folded, with its country and all its forms."""
    forms = {
        row["name"]: frozenset(fold(f) for f in (row["name"], *row["others"].split("|")) if f)
        for row in table("bodies")
    }
    return {form: (row["country"], forms[row["name"]]) for row in table("bodies") for form in forms[row["name"]]}


@cache
def _titles() -> dict[str, Title]:
    kinds: dict[str, TitleKind] = {
        "honorific": "honorific", "office": "office", "spokesperson": "spokesperson", "relation": "relation",
    }  # fmt: skip
    return {
        row["title"].lower(): Title(
            row["title"].lower(),
            kinds[row["kind"]],
            _gender(row["gender"]),
            frozenset(row["same"].lower().split("|")) - {""},
        )
        for row in table("titles")
    }
