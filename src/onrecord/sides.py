"""Sides: for whom a source's "we" stands, so that "Turkey will ..." said by Turkey's minister is an undertaking of its own."""

from __future__ import annotations

from itertools import pairwise

from onrecord.parse import Parse, Token
from onrecord.places import country_of, naming
from onrecord.records import Spans

_BODIES = {
    "army", "authorities", "forces", "government", "military", "ministry", "nation", "navy", "parliament", "state", "troops",
}  # fmt: skip
"""Bodies by which a state acts: "Turkish forces will ..."."""


def is_own(parsed: Parse, source: Spans, subject: Token) -> bool:
    """Tell whether the subject is the source's side: its organization, its country, or a body of its country.

    A country counts where the source's own words name it, or the words around its name elsewhere in the article do, and
    no other ("Alexander Lukashenko, the president of Belarus").
    """
    if subject.pos not in {"PROPN", "NOUN"}:
        return False
    naming_words = {t.text for t in parsed.inside(source) if t.pos == "PROPN"}
    if subject.pos == "PROPN" and subject.text in naming_words:
        return True
    country = _country_of_subject(parsed, subject)
    return country is not None and country == _country_of_source(parsed, source)


def _country_of_subject(parsed: Parse, subject: Token) -> str | None:
    phrase = [t for t in parsed.subtree(subject) if t.index <= subject.index]
    if subject.text.lower() in _BODIES:
        return _only_country(phrase)
    words = " ".join(t.text for t in phrase)
    named = naming(words)
    return named.country if named and named.how != "demonym" else None


def _country_of_source(parsed: Parse, source: Spans) -> str | None:
    own = parsed.inside(source)
    if country := _only_country(own):
        return country
    names = [t for t in own if t.pos == "PROPN"]
    if not names:
        return None
    around = [t for other in parsed.tokens if other.text == names[-1].text for t in _noun_phrase(parsed, other)]
    return _only_country(around)


def _noun_phrase(parsed: Parse, name: Token) -> list[Token]:
    """Return the name's noun phrase with its apposition, up to a relative clause."""
    while name.dep in {"compound", "appos"} and parsed.head(name).pos in {"PROPN", "NOUN"}:
        name = parsed.head(name)
    clauses = [t for c in parsed.children(name, "relcl", "acl") for t in parsed.subtree(c)]
    return [t for t in parsed.subtree(name) if t not in clauses]


def _only_country(tokens: list[Token]) -> str | None:
    """Return the one country that single words or pairs of neighbours name; two name none."""
    singles = [t.text for t in tokens]
    pairs = [f"{a} {b}" for a, b in pairwise(singles)]
    found = {country for words in [*singles, *pairs] if words[:1].isupper() and (country := country_of(words))}
    return found.pop() if len(found) == 1 else None
