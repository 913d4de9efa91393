"""Sides: for whom a source's "we" stands, so that "Turkey will ..." said by Turkey's minister is an undertaking of its own.

So too "he will ...", where "he" agrees with the source and with nobody else whom it may mean.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from onrecord import lexicon, phrases
from onrecord.lexicon import Gender
from onrecord.parse import Parse, Token
from onrecord.places import country_of, naming
from onrecord.records import Spans
from onrecord.tables import table

_BODIES = {
    "army", "authorities", "forces", "government", "military", "ministry", "nation", "navy", "parliament", "state", "troops",
}  # fmt: skip
"""Bodies by which a state acts: "Turkish forces will ..."."""

_COMPANIES = {
    "administration", "agency", "army", "authorities", "bank", "campaign", "club", "coalition", "company", "council",
    "department", "firm", "government", "group", "ministry", "party", "union", "university",
}  # fmt: skip
_VOICES = {"executive", "official"}
"""Who speaks for a body besides those who hold an office ("titles.tsv"): "The company will ...", said by a company official."""

_GENDERS: dict[str, Gender] = {"he": "m", "she": "f"}
_SAME = {"his": "he", "him": "he", "her": "she", "their": "they", "them": "they", "its": "it"}
_PRONOUNS = {"i", "we", "you", "he", "she", "they", "it"}
_OWNED = ("poss", "compound", "nmod")


def is_own(parsed: Parse, source: Spans, subject: Token) -> bool:
    """Tell whether the subject is the source's side: its organization, its country, or a body of its country.

    A country counts where the source's own words name it, or the words around its name elsewhere in the article do, and
    no other ("Alexander Lukashenko, the president of Belarus").
    """
    if subject.pos not in {"PROPN", "NOUN"}:
        return False
    a_body = subject.text.lower() in _COMPANIES and any(
        t.text.lower() == "the" for t in parsed.children(subject, "det")
    )
    if a_body or subject.pos == "PROPN":
        own = _speaks_for(parsed, source, subject.text)
        if own or a_body or _is_person(parsed, subject):
            return own
    country = _country_of_subject(parsed, subject)
    if country is not None:
        return country == _country_of_source(parsed, source)
    return subject.pos == "PROPN" and any(_is_demonym(t.text, subject.text) for t in _around(parsed, source))


def can_be(parsed: Parse, source: Spans, pronoun: str) -> bool:
    """Tell whether "he", "she", "they" or "it" agrees in gender and number with the source, or with whom it speaks for."""
    tokens = parsed.inside(source)
    head = principal(parsed, source) or (phrases.head_of(tokens) if tokens else None)
    return head is not None and _agrees(parsed, head, pronoun)


def may_mean(parsed: Parse, token: Token, pronoun: str) -> bool:
    """Tell whether "he" or "she" may mean the person that the token names, calls by a title or takes up."""
    person = token.text.lower() in _SAME or _is_person(parsed, token)
    return person and _agrees(parsed, token, pronoun)


def principal(parsed: Parse, source: Spans) -> Token | None:
    """Return for whom a spokesperson speaks: "her spokesman", "a spokesman for the company"; None for any other source."""
    for token in parsed.inside(source):
        title = lexicon.title_of(token.text)
        if title and title.kind == "spokesperson":
            return next(iter([*parsed.children(token, *_OWNED), *phrases.after(parsed, token, ("for", "of"))]), None)
    return None


def _agrees(parsed: Parse, head: Token, pronoun: str) -> bool:
    word = head.text.lower()
    word = _SAME.get(word, word)
    if word in _PRONOUNS:
        return word == pronoun
    if word in {"who", "which", "that"}:
        verb = parsed.head(head)
        return verb.dep == "relcl" and _agrees(parsed, parsed.head(verb), pronoun)
    plural = head.tag in {"NNS", "NNPS"} or bool(parsed.children(head, "conj"))
    body = _is_body(parsed, head)
    if pronoun == "they":
        return plural or body
    if pronoun == "it":
        return not plural and not _is_person(parsed, head)
    return not plural and not body and _gender(parsed, head) in {None, _GENDERS[pronoun]}


def _is_person(parsed: Parse, head: Token) -> bool:
    return lexicon.title_of(head.text) is not None or any(t.entity == "PERSON" for t in _same(parsed, head))


def _is_body(parsed: Parse, head: Token) -> bool:
    if _is_person(parsed, head):
        return False
    named = head.pos == "PROPN" and head.entity in {"ORG", "GPE", "NORP"}
    return named or head.lemma.lower() in _body_nouns() or country_of(head.text) is not None


def _same(parsed: Parse, head: Token) -> list[Token]:
    """Return the name wherever it stands in the article, a common noun by itself."""
    return [t for t in parsed.tokens if t.text == head.text] if head.pos == "PROPN" else [head]


@cache
def _body_nouns() -> frozenset[str]:
    return (
        frozenset(row["noun"] for row in table("source_nouns") if row["kind"] not in {"nameless", "thing"}) | _COMPANIES
    )


def _gender(parsed: Parse, head: Token) -> Gender | None:
    """Return the one gender that the noun, or the titles and given names beside the name anywhere in the article, tell."""
    beside = [t for name in _same(parsed, head) for t in parsed.children(name, "compound", "appos")] or [head]
    titles = [title.gender for t in (head, *beside) if (title := lexicon.title_of(t.text))]
    found = {g for g in (*titles, *(lexicon.given_gender(t.text) for t in beside)) if g}
    return found.pop() if len(found) == 1 else None


def _speaks_for(parsed: Parse, source: Spans, body: str) -> bool:
    """Tell whether the source is that body ("the company") or a voice of it ("a company official", "head of the company")."""
    tokens = parsed.inside(source)
    voice = any(t.lemma.lower() in _VOICES or _holds_office(t) for t in tokens)
    for token in tokens:
        by = parsed.head(token)
        of = token.dep in _OWNED or (token.dep == "pobj" and by.text.lower() in {"of", "for"})
        if token.text.lower() == body.lower() and ((voice and of) or token == phrases.head_of(tokens)):
            return True
    return False


def _holds_office(token: Token) -> bool:
    title = lexicon.title_of(token.text)
    return title is not None and title.kind in {"office", "spokesperson"}


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
