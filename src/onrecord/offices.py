"""Descriptions and offices: what a noun phrase says of whom it means ("the Belarusian leader"), and who holds the office it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord import lexicon, names, places
from onrecord.bearers import Named
from onrecord.parse import Parse, Token
from onrecord.records import Span

Determiner = Literal["definite", "indefinite", "possessive", "none"]

_EMPTY = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "one",
        "of",
        "for",
        "at",
        "in",
        "on",
        "and",
        "or",
        "to",
        "from",
        "'s",
        "’s",
        "its",
        "his",
        "her",
        "their",
        "former",
        "then",
        "new",
    ]
)
_CLAUSES = frozenset({"relcl", "acl", "appos", "punct", "cc", "conj", "advcl"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})


@dataclass(frozen=True, slots=True)
class Description:
    """A noun phrase as a description.

    ``words`` is the phrase without article, apposition and relative clause; ``key`` its head noun, or the longest title that ends
    there, lower case singular; ``details`` its other content words; ``country`` the one country that it names.
    """

    span: Span
    words: str
    key: str
    details: frozenset[str]
    country: str | None
    determiner: Determiner
    plural: bool


def describe(text: str, parsed: Parse, head: Token, within: Sequence[Token] = ()) -> Description:
    """Return what the noun phrase of a head noun says, as far as it goes within some tokens."""
    kept = {t.index for t in within} | {head.index}
    tokens = sorted((t for t in _phrase(parsed, head) if not within or t.index in kept), key=lambda t: t.index)
    first = next((i for i, t in enumerate(tokens) if t.dep != "det" and t.text.lower() not in ("the", "a", "an")), 0)
    core = _unbroken(tokens[first:], head)
    span = (core[0].start, core[-1].end)
    key = _key(core, head)
    return Description(
        span=span,
        words=_lower_first(text[span[0] : span[1]], core[0]),
        key=key,
        details=_details(core, key, head),
        country=_country(core, head),
        determiner=_determiner(parsed, head),
        plural=head.tag in ("NNS", "NNPS") and head.text.lower() != head.lemma.lower(),  # "police" is one body
    )


def held_by(text: str, parsed: Parse, named: Named) -> tuple[Description, ...]:
    """Return the offices and ties that the article states of a person: by title, apposition or "is"."""
    found = []
    for naming in named.namings:
        head = _head(parsed, naming.first, naming.last)
        if naming.title and (title := lexicon.title_of(naming.title)) and title.kind != "honorific":
            found.append(_before_name(text, parsed, naming, head))
        found.extend(describe(text, parsed, noun) for noun in _nouns_beside(parsed, head))
    return tuple(dict.fromkeys(found))


def fits(description: Description, office: Description) -> bool:
    """Tell whether whoever holds the office may be called so: the same or a looser word, no other country, nothing added."""
    if description.country and description.country != office.country:
        return False
    title = lexicon.title_of(office.key)
    looser = {office.key, office.key.split()[-1], *(title.same if title else ())}
    other = lexicon.title_of(description.key)
    if description.key not in looser and not (other and office.key in other.same):
        return False
    return description.details <= office.details | set(office.key.split())


def _head(parsed: Parse, first: int, last: int) -> Token:
    """Return the token of a name that hangs on something outside it."""
    return next(
        (t for t in parsed.tokens[first:last] if not first <= t.head < last or t.head == t.index),
        parsed.tokens[last - 1],
    )


def _phrase(parsed: Parse, head: Token) -> Iterator[Token]:
    """Yield the head and what belongs to it, without apposition, clause, coordination and punctuation."""
    yield head
    for child in parsed.children(head):
        if child.dep not in _CLAUSES:
            yield from _phrase(parsed, child)


def _unbroken(tokens: Sequence[Token], head: Token) -> list[Token]:
    """Return the stretch of tokens around the head without a gap wider than a mark."""
    kept = [t for t in tokens if t.index <= head.index]
    for token in tokens:
        if token.index > head.index:
            if token.index - kept[-1].index > 2:
                break
            kept.append(token)
    return kept or [head]


def _key(tokens: Sequence[Token], head: Token) -> str:
    """Return the longest title that ends at the head or begins there ("secretary of state"), else the head noun."""
    at = next(i for i, t in enumerate(tokens) if t.index == head.index)
    stretches = [tokens[max(0, at + 1 - n) : at + 1] for n in (4, 3, 2)] + [tokens[at : at + 3], tokens[at : at + 1]]
    for stretch in stretches:
        title = lexicon.title_of(" ".join(t.text.lower() for t in stretch).replace(" - ", " "))
        if title:
            return title.words
    return head.lemma.lower()


def _country(tokens: Sequence[Token], head: Token) -> str | None:
    """Return the one country that is named before the head, or if none is, after it."""
    before = set(_countries([t for t in tokens if t.index < head.index]))
    found = before or set(_countries(tokens))
    return found.pop() if len(found) == 1 else None


def _countries(tokens: Sequence[Token]) -> Iterator[str]:
    return (country for country, _ in _country_words(tokens))


def _country_words(tokens: Sequence[Token]) -> Iterator[tuple[str, Sequence[Token]]]:
    """Yield each country that one or two tokens name, with those tokens; "UK-based" and "US-led" name none."""
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following is not None and following.text.startswith("-") and following.start == token.end:
            continue
        for words in (tokens[index : index + 2], tokens[index : index + 1]):
            country = places.country_of(" ".join(t.text for t in words))
            if country:
                yield (country, words)
                break


def _details(tokens: Sequence[Token], key: str, head: Token) -> frozenset[str]:
    """Return the content words of a phrase but for its key and the countries."""
    known = {t.index for _, words in _country_words(tokens) for t in words} | {head.index}
    content = {
        lexicon.bare_name(t.text)
        for t in tokens
        if t.index not in known and t.text.lower() not in _EMPTY and t.pos not in ("PUNCT", "NUM")
    }
    return frozenset(content - set(key.split()) - {""})


def _determiner(parsed: Parse, head: Token) -> Determiner:
    left = [t for t in parsed.children(head) if t.index < head.index]
    if any(t.dep == "poss" for t in left):
        return "possessive"
    words = [t.text.lower() for t in left if t.dep in ("det", "predet")]
    if any(w in _DEFINITE for w in words):
        return "definite"
    return "indefinite" if words or any(t.dep == "nummod" for t in left) else "none"


def _lower_first(words: str, token: Token) -> str:
    return words if token.pos == "PROPN" or token.entity or words[:2].isupper() else words[:1].lower() + words[1:]


def _before_name(text: str, parsed: Parse, naming: names.Naming, head: Token) -> Description:
    """Return the office that stands right before a name: "US President" in "US President Joseph Biden"."""
    last = parsed.tokens[naming.first - 1]
    left = [t for t in parsed.subtree(head) if t.index < naming.first]
    tokens = [t for t in left if t.dep != "det" and t.text.lower() not in ("the", "a", "an")]
    tokens = [t for i, t in enumerate(tokens) if tokens[-1].index - t.index == len(tokens) - 1 - i] or [last]
    while len(tokens) > 1 and (tokens[0].dep in ("punct", "cc") or tokens[0].text in ("’s", "'s")):
        tokens = tokens[1:]
    core = tokens if tokens[-1].index == last.index else [last]
    words = text[core[0].start : core[-1].end]
    key = _key(core, last)
    return Description(
        span=(core[0].start, core[-1].end),
        words=words,
        key=key,
        details=_details(core, key, last),
        country=_country(core, last),
        determiner="none",
        plural=False,
    )


def _nouns_beside(parsed: Parse, head: Token) -> Iterable[Token]:
    """Yield the nouns that say what a named person is: apposed after or before the name, or after "is"."""
    yield from (t for t in parsed.children(head, "appos") if _office_noun(t))
    yield from names.apposed_office(parsed, head)
    verb = parsed.head(head)
    if head.dep == "nsubj" and verb.lemma == "be":
        yield from (
            t for t in parsed.children(verb, "attr") if lexicon.title_of(t.text) and not parsed.children(verb, "neg")
        )


def _office_noun(token: Token) -> bool:
    return token.pos == "NOUN" or (token.pos == "PROPN" and lexicon.title_of(token.text) is not None)
