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

_COMPANIES = {
    "administration", "agency", "army", "authorities", "bank", "campaign", "club", "coalition", "company", "council",
    "department", "firm", "government", "group", "ministry", "party", "union", "university",
}  # fmt: skip
_VOICES = {
    "ambassador", "chairman", "chief", "director", "executive", "head", "leader", "manager", "minister", "official", "president",
    "secretary", "spokesman", "spokesperson", "spokeswoman",
}  # fmt: skip
"""Who speaks for a body: "The company will ...", said by its spokeswoman."""


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
    if subject.text.lower() in _COMPANIES and any(t.text.lower() == "the" for t in parsed.children(subject, "det")):
        return any(t.lemma.lower() in _VOICES for t in parsed.inside(source))
    country = _country_of_subject(parsed, subject)
    if country is not None:
        return country == _country_of_source(parsed, source)
    return subject.pos == "PROPN" and any(_is_demonym(t.text, subject.text) for t in _around(parsed, source))


def _country_of_subject(parsed: Parse, subject: Token) -> str | None:
    phrase = [t for t in parsed.subtree(subject) if t.index <= subject.index]
    if subject.text.lower() in _BODIES:
        return _only_country(phrase)
    words = " ".join(t.text for t in phrase)
    named = naming(words)
    return named.country if named and named.how != "demonym" else None


def _country_of_source(parsed: Parse, source: Spans) -> str | None:
    return _only_country(parsed.inside(source)) or _only_country(_around(parsed, source))


def _around(parsed: Parse, source: Spans) -> list[Token]:
    """Return the words around the source's name wherever it stands in the article."""
    names = [t for t in parsed.inside(source) if t.pos == "PROPN"]
    return [t for other in parsed.tokens if names and other.text == names[-1].text for t in _noun_phrase(parsed, other)]


def _is_demonym(word: str, place: str) -> bool:
    """Tell whether a word is a place's own name or formed from it: Abkhazia, Abkhazian; Ruritania, Ruritanian, Ruritania's."""
    stem = place[:-1] if place[-1] in "aeiouy" else place
    return len(place) > 4 and (
        word == place or (word.startswith(stem) and word[len(stem) :] in {"an", "n", "ian", "ese", "i", "ish"})
    )


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
