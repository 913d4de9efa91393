"""Names: where the text names persons, organizations and states.

The parser's entity labels are a hint only; titles, given names and organization words from the tables count for more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord import places
from onrecord.lexicon import (
    PERSON_SUFFIXES,
    Gender,
    body_country,
    body_forms,
    given_gender,
    given_name,
    organization_words,
    title_of,
    without_title,
)
from onrecord.parse import Parse, Sentence, Token
from onrecord.records import ActorKind, Span

_PARTICLES = frozenset(
    [
        "al",
        "bin",
        "ibn",
        "bint",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "la",
        "le",
        "ter",
        "van",
        "von",
        "zu",
    ]
)
_NAMES_PERSON = frozenset({"PERSON"})
_NAMES_BODY = frozenset({"ORG", "FAC", "LAW", "WORK_OF_ART", "EVENT", "PRODUCT"})
_NO_NAME = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LANGUAGE"})
_CALENDAR = frozenset(
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Jan",
        "Feb",
        "Aug",
        "Sept",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
    ]
)
_GOVERNMENT = "(?:army|government|foreign minister|foreign ministry|parliament|president|prime minister)"
"""What only a state, or what would be one, has: "Abkhazia's president", "the government of Ruritania"."""

_OF_STATES = frozenset(["against", "between", "by", "to", "with"])
"""Prepositions after which a capital is the state ("a deal with Moscow"), unless it is a place to go to ("to Moscow" alone)."""

ACRONYM = re.compile(r"(?:[A-Z]\.?){2,6}")
"""Matches "UNEP" and "U.N.", not "Obama"."""


@dataclass(frozen=True, slots=True)
class Naming:
    """One place where the text names somebody: tokens ``first`` to ``last`` (exclusive), titles left out.

    ``title`` is what stands before the name, as written ("Prime Minister"). ``kind`` is None where nothing tells it, and ``sure``
    where a title, a table or an apposition tells it and not the parser's label alone.
    """

    span: Span
    first: int
    last: int
    words: str
    kind: ActorKind | None
    sure: bool
    title: str | None
    gender: Gender | None
    country: str | None


def find(text: str, parsed: Parse) -> tuple[Naming, ...]:
    """Return every place where the text names somebody, in text order."""
    headlines = {s for s in parsed.sentences if _all_capitalized(parsed.in_sentence(s))}
    found: list[Naming] = []
    for sentence in parsed.sentences:
        if sentence not in headlines:
            named = (_naming(text, parsed, first, last) for first, last in _runs(parsed, sentence))
            found.extend(n for n in named if n is not None)
    known = {tuple(t.text.lower() for t in parsed.tokens[n.first : n.last]): n for n in reversed(found)}
    known = {words[-1:]: n for words, n in known.items() if n.kind == "person"} | known
    for sentence in headlines:
        found.extend(_known_names(text, parsed, sentence, known))
    return tuple(sorted(found, key=lambda n: n.span))


def _all_capitalized(tokens: Sequence[Token]) -> bool:
    """Tell whether a sentence is set like a headline, so that capitals tell no names."""
    words = [t.text for t in tokens if len(t.text) > 3 and t.text.isalpha()]
    verbs = [t for t in tokens if t.pos in ("VERB", "AUX") and t.text.islower()]
    return len(words) > 3 and not verbs and sum(w[0].isupper() for w in words) > 0.8 * len(words)


def _known_names(
    text: str, parsed: Parse, sentence: Sentence, known: dict[tuple[str, ...], Naming]
) -> Iterator[Naming]:
    """Yield the longest names of the other sentences that stand in a headline."""
    longest = max(map(len, known), default=0)
    index = sentence.first
    while index < sentence.last:
        for length in range(min(longest, sentence.last - index), 0, -1):
            tokens = parsed.tokens[index : index + length]
            same = known.get(tuple(t.text.lower() for t in tokens))
            if same is not None and tokens[0].text[0].isupper():
                span = (tokens[0].start, tokens[-1].end)
                yield replace(
                    same, span=span, first=index, last=index + length, words=text[span[0] : span[1]], title=None
                )
                index += length - 1
                break
        index += 1


def _runs(parsed: Parse, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield runs of tokens that read as one name, titles included."""
    index = sentence.first
    while index < sentence.last:
        if not _opens(parsed, index, sentence):
            index += 1
            continue
        end = index + 1
        while end < sentence.last:
            step = _continues(parsed, index, end, sentence.last)
            if not step:
                break
            end += step
        yield (index, end)
        index = end


def _opens(parsed: Parse, index: int, sentence: Sentence) -> bool:
    token = parsed.tokens[index]
    following = parsed.tokens[index + 1] if index + 1 < sentence.last else None
    if token.text.lower() in _PARTICLES and following is not None and not token.text.isupper():
        if token.text.islower():
            return following.pos == "PROPN" and token.entity in ("PERSON", "")
        return following.text in _PARTICLES or _capital(following)
    return _capital(token) and (index > sentence.first or token.pos == "PROPN" or bool(token.entity))


def _capital(token: Token) -> bool:
    """Tell whether the token can be part of a name: capitalized, and no day, number, pronoun or function word."""
    if token.entity in _NO_NAME or token.text.strip(".") in _CALENDAR or not token.text[0].isupper():
        return False
    if token.text.isupper() and len(token.text) > 1 and body_forms(token.text):
        return True  # "WHO" is tagged as a pronoun
    return token.pos in ("PROPN", "NOUN", "ADJ") or (token.pos in ("X", "VERB") and token.entity not in ("", "NORP"))


def _continues(parsed: Parse, first: int, index: int, last: int) -> int:
    """Return by how many tokens the run that began at ``first`` goes on at ``index``, 0 where it ends."""
    tokens = parsed.tokens
    token, before = tokens[index], tokens[index - 1]
    following = tokens[index + 1] if index + 1 < last else None
    if _capital(token):
        return 1
    if token.text.lower().strip(".") in PERSON_SUFFIXES:
        return 1
    if following is None:
        return 0
    glued = before.end == token.start and token.end == following.start
    if glued and token.text in "-‑’'" and (_capital(following) or before.text.lower() in _PARTICLES):
        return 2
    if token.text == "&" and _capital(following):
        return 2
    if token.text in ("“", '"') and given_name(before.text):
        return _nickname(tokens[index:last])
    if token.text.lower() in _PARTICLES and token.text.islower() and before.entity != "GPE":
        return 1 if _capital(following) or following.text.lower() in {*_PARTICLES, "-"} else 0
    return _of(parsed, first, index, last)


def _nickname(tokens: Sequence[Token]) -> int:
    """Return the length of a nickname in quotation marks that a surname follows, 0 if these tokens are none."""
    close = next((i for i, t in enumerate(tokens[1:6], 1) if t.text in ("”", '"')), 0)
    return close + 1 if 1 < close < len(tokens) - 1 and all(map(_capital, [*tokens[1:close], tokens[close + 1]])) else 0


def _of(parsed: Parse, first: int, index: int, last: int) -> int:
    """Return the length of "of", "for the" ... inside a body's name ("Ministry of Education") or a title ("Secretary of State")."""
    tokens = parsed.tokens
    step = 2 if index + 1 < last and tokens[index + 1].text.lower() in ("the", "a") else 1
    if index + step >= last or not _capital(tokens[index + step]):
        return 0
    link = tokens[index].text.lower()
    if link in ("of", "for", "on", "in") and title_of(" ".join(t.text for t in tokens[index - 1 : index + step + 1])):
        return step
    inside = {t.entity for t in tokens[index - 1 : index + step + 1]}
    if (
        link in ("of", "for", "and", "on", "to", "in", "’s", "'s", "against")
        and len(inside) == 1
        and inside <= _NAMES_BODY
    ):
        return step
    if link in ("’s", "'s"):
        owner = tokens[index - 1].text
        office = title_of(owner) is not None or owner.endswith(("men", "children", "people", "ers"))
        return step if office and tokens[index + 1].text in organization_words() else 0
    if _person_before(tokens[first:index]):
        return 0
    body = [t for t in tokens[first:index] if t.text in organization_words()]
    if link == "and":
        return step if body and tokens[index].entity in _NAMES_BODY and body[-1].index < index - 1 else 0
    return step if body and link in ("of", "for") else 0


def _person_before(tokens: Sequence[Token]) -> bool:
    return any(t.entity in _NAMES_PERSON for t in tokens)


def _naming(text: str, parsed: Parse, first: int, last: int) -> Naming | None:
    """Return the naming that a run of name tokens is, None for a bare title or a word that names nobody."""
    tokens = parsed.tokens[first:last]
    skip = 0 if _is_body(text, tokens) else without_title([t.text for t in tokens])
    if not skip and _is_office(tokens):
        return None
    titled = _nearest_title(parsed, first, skip)
    while skip + 1 < len(tokens) and titled is None and _leads(tokens[skip:]):
        skip += 1
    while skip < len(tokens) and not tokens[skip].text[0].isalnum():
        skip += 1
    tokens = tokens[skip:]
    if not tokens:
        return None
    span = (tokens[0].start, tokens[-1].end)
    words = text[span[0] : span[1]]
    place = places.naming(words)
    if (
        place is not None
        and place.how == "doubtful"
        and all(places.country_of(t.text) != place.country for t in parsed.tokens)
    ):
        place = None
    if place is not None and not titled and not _names_state(parsed, tokens[-1], place):
        return None
    if len(tokens) == 1 and tokens[0].pos == "ADJ":
        return None
    kind, sure = ("person", True) if titled else _kind(words, tokens, place)
    if not sure and len(tokens) == 1 and not titled and _is_governed(text, words):
        kind, sure = "state", True
    if not sure and kind in (None, "organization", "person") and _described_as_person(parsed, tokens):
        kind, sure = "person", True
    country = place.country if place and kind != "person" else body_country(words)
    title = title_of(titled) if titled else None
    gender = (title.gender if title else None) or (given_gender(tokens[0].text) if kind == "person" else None)
    return Naming(span, first + skip, last, words, kind, sure, titled, gender, country)


def _is_governed(text: str, words: str) -> bool:
    """Tell whether the text gives a name of no table a government: a breakaway region, a state that is no longer."""
    name, stem = re.escape(words), re.escape(words.rstrip("aeiouy"))
    owner = rf"{name}['’]s (?:\w+ )?|{stem}(?:an|ian|n|ese|i) "
    return re.search(rf"\b(?:{owner})(?i:{_GOVERNMENT})\b|\b{_GOVERNMENT} of {name}\b", text) is not None


def _names_state(parsed: Parse, token: Token, place: places.Naming) -> bool:
    """Tell whether a country's word names the state: not as a mere modifier, and a capital not as a mere place."""
    head = parsed.head(token)
    if token.dep in ("compound", "amod", "nmod") and head.index > token.index and head.text[0].islower():
        return False
    if place.how != "capital":
        return place.how != "demonym" or token.tag in ("NNPS", "NNS")
    while token.dep == "conj":
        token, head = head, parsed.head(head)
    if token.dep == "pobj":
        return (head.text.lower() in _OF_STATES and parsed.head(head).pos != "VERB") or head.text.lower() == "by"
    return token.dep in ("nsubj", "nsubjpass", "dobj", "poss", "dative")


def _described_as_person(parsed: Parse, tokens: Sequence[Token]) -> bool:
    """Tell whether an apposition says an office or tie ("X, head of Y") or a clause says "who"."""
    inside = {t.index for t in tokens}
    head = next((t for t in tokens if t.head not in inside), tokens[-1])
    if any(
        title_of(t.text) or title_of(t.lemma) for t in [*parsed.children(head, "appos"), *apposed_office(parsed, head)]
    ):
        return True
    clauses = parsed.children(head, "relcl")
    return any(t.text.lower() == "who" for c in clauses for t in parsed.children(c, "nsubj", "nsubjpass"))


def apposed_office(parsed: Parse, head: Token) -> list[Token]:
    """Return the office noun to which a name is apposed, looking past what the parser hung it on ("envoy for Syria, Jane Doe")."""
    if head.dep != "appos":
        return []
    noun = parsed.head(head)
    while not (noun.pos == "NOUN" and title_of(noun.text)) and noun.dep in (
        "pobj",
        "prep",
        "poss",
        "compound",
        "nmod",
        "appos",
    ):
        noun = parsed.head(noun)
    if noun.pos == "NOUN" and title_of(noun.text) and noun.tag != "NNS":
        return [noun]
    return [parsed.head(head)] if parsed.head(head).pos == "NOUN" else []


def _is_office(tokens: Sequence[Token]) -> bool:
    """Tell whether a run ends in a title and names nobody ("UN Special Envoy")."""
    if (tokens[-1].entity == "PERSON" and len(tokens) > 1) or tokens[-1].tag == "NNPS":
        return False
    return any(title_of(" ".join(t.text for t in tokens[-n:])) for n in (1, 2, 3) if n <= len(tokens))


def _nearest_title(parsed: Parse, first: int, skip: int) -> str | None:
    """Return the title inside the run's first ``skip`` tokens, else a lower-case one right before the run."""
    if skip:
        before = [t.text for t in parsed.tokens[first : first + skip]]
        return next(" ".join(before[i:]) for i in range(skip) if title_of(" ".join(before[i:])) or i == skip - 1)
    if parsed.tokens[first].entity not in ("PERSON", "") or places.naming(parsed.tokens[first].text):
        return None
    opens = parsed.sentence_of(parsed.tokens[first]).first
    for length in (4, 3, 2, 1):
        words = " ".join(t.text for t in parsed.tokens[max(opens, first - length) : first])
        if words.islower() and title_of(words):
            return words
    return None


def _leads(tokens: Sequence[Token]) -> bool:
    """Tell whether the first token is a demonym or other adjective before a person's name ("American Kenneth Bae")."""
    place = places.naming(tokens[0].text)
    adjective = tokens[0].pos == "ADJ" or (place is not None and place.how == "demonym")
    return adjective and tokens[0].entity != "PERSON" and tokens[1].entity == "PERSON"


def _is_body(text: str, tokens: Sequence[Token]) -> bool:
    """Tell whether a run that may open with a title word is a body all the same ("Justice Department", "General Motors")."""
    if body_forms(text[tokens[0].start : tokens[-1].end]):
        return True
    return tokens[-1].text in organization_words() or (
        len(tokens) > 1 and tokens[0].entity == tokens[-1].entity == "ORG"
    )


def _kind(words: str, tokens: Sequence[Token], place: places.Naming | None) -> tuple[ActorKind | None, bool]:
    """Return what a name without a title names, and whether the tables tell it."""
    if body_forms(words):
        return ("organization", True)
    plural = tokens[-1].tag in ("NNPS", "NNS")
    if place is not None:
        return ("state" if place.how != "demonym" else "group" if plural else None, True)
    marks = [organization_words()[t.text] for t in tokens if t.text in organization_words()]
    if marks and len(tokens) > 1:
        return (marks[-1], True)
    if len(tokens) > 1 and given_name(tokens[0].text):
        return ("person", True)
    labels = Counter(t.entity for t in tokens if t.text[0].isupper())
    label = labels.most_common(1)[0][0] if labels else ""
    if label == "PERSON":
        return ("person", False)
    if label in _NAMES_BODY or ACRONYM.fullmatch(words):
        return ("organization", False)
    return ("group" if label == "NORP" and plural else None, False)
