"""Names: where the text names persons, organizations and states, and which of these namings are one and the same.

The parser's entity labels are a hint only; titles, given names and organization words from the tables count for more.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from onrecord import places
from onrecord.parse import Parse, Sentence, Token
from onrecord.records import ActorKind, Span
from onrecord.tables import table

Gender = Literal["m", "f"]
TitleKind = Literal["honorific", "office", "spokesperson", "relation"]

_PARTICLES = frozenset("al bin ibn bint da das de del della den der di dos du el la le ter van von zu".split())
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_NAMES_PERSON = frozenset({"PERSON"})
_NAMES_BODY = frozenset({"ORG", "FAC", "LAW", "WORK_OF_ART", "EVENT", "PRODUCT"})
_NO_NAME = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LANGUAGE"})
_CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August September October "
    "November December Jan Feb Aug Sept Sep Oct Nov Dec".split()
)
_COMPANY_FORMS = frozenset("co corp corporation inc ltd llc llp lp plc".split())
_OF_STATES = frozenset("against between by to with".split())
"""Prepositions after which a capital is the state ("a deal with Moscow"), unless it is a place to go to ("to Moscow" alone)."""

_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,6}")
"""Matches "UNEP" and "U.N.", not "Obama"."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title or office of the table; ``same`` are other words for it, lower case."""

    words: str
    kind: TitleKind
    gender: Gender | None
    same: frozenset[str]


@dataclass(frozen=True, slots=True)
class Naming:
    """One place where the text names somebody: tokens ``first`` to ``last`` (exclusive), titles left out.

    ``title`` is what stands before the name, as written ("Prime Minister"). ``kind`` is None where nothing tells it.
    """

    span: Span
    first: int
    last: int
    words: str
    kind: ActorKind | None
    title: str | None
    gender: Gender | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody with a name: the fullest one and every place where the text uses it or a shorter one; ``kind`` as in Naming."""

    name: str
    kind: ActorKind | None
    gender: Gender | None
    country: str | None
    namings: tuple[Naming, ...]


@dataclass(slots=True)
class _Group:
    """A Named in the making."""

    words: tuple[str, ...]
    namings: list[Naming] = field(default_factory=list)


def find(text: str, parsed: Parse) -> tuple[Naming, ...]:
    """Return every place where the text names somebody, in text order."""
    found = []
    for sentence in parsed.sentences:
        for first, last in _runs(parsed, sentence):
            naming = _naming(text, parsed, first, last)
            if naming is not None:
                found.append(naming)
    return tuple(found)


def together(text: str, namings: Sequence[Naming]) -> tuple[Named, ...]:
    """Return who is named: full names first, then each shorter form where just one bearer remains.

    A bare surname that two persons share goes to the one who alone was named in full before, and stays with that person; else to nobody.
    """
    groups = _full_names(text, namings)
    placed = {id(n) for group in groups for n in group.namings}
    owners: dict[str, _Group] = {}
    for naming in namings:
        if id(naming) not in placed:
            group = _bearer(naming, groups, owners)
            if group is not None:
                group.namings.append(naming)
    return tuple(sorted(map(_named, groups), key=lambda named: named.namings[0].span))


def name_key(words: str) -> str:
    """Return a name for comparing: no case, accents, titles, possessive or suffix; apostrophes and hyphens part words.

    >>> name_key("Mr. Recep Tayyip Erdoğan’s")
    'recep tayyip erdogan'
    """
    return " ".join(_key_words(words))


def title_of(words: str) -> Title | None:
    """Return the title or office that the words are, singular or plural, in any case, with or without full stops."""
    key = words.lower().replace(".", "").replace("’", "'").strip()
    return _titles().get(key) or (_titles().get(key[:-1]) if key.endswith("s") else None)


def without_title(words: Sequence[str]) -> int:
    """Return how many words at the start of a name are a title and what stands before it, 0 where there is no title."""
    for start in range(len(words)):
        for end in range(min(len(words) - 1, start + 4), start, -1):
            if title_of(" ".join(words[start:end])) and not words[end][0].islower():
                return end + without_title(words[end:])
    return 0


def given_name(word: str) -> bool:
    """Tell whether the table knows the word as a given name."""
    return _fold(word) in _given_names()


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
    if token.text.lower() in _PARTICLES:
        following = parsed.tokens[index + 1] if index + 1 < sentence.last else None
        return token.text.islower() and following is not None and following.pos == "PROPN" and token.entity in ("PERSON", "")
    return _capital(token) and (index > sentence.first or token.pos == "PROPN" or bool(token.entity))


def _capital(token: Token) -> bool:
    """Tell whether the token can be part of a name: capitalized, and no day, number, pronoun or function word."""
    if token.entity in _NO_NAME or token.text.strip(".") in _CALENDAR or not token.text[0].isupper():
        return False
    return token.pos in ("PROPN", "NOUN", "ADJ") or (token.pos in ("X", "VERB") and token.entity not in ("", "NORP"))


def _continues(parsed: Parse, first: int, index: int, last: int) -> int:
    """Return by how many tokens the run that began at ``first`` goes on at ``index``, 0 where it ends."""
    tokens = parsed.tokens
    token, before = tokens[index], tokens[index - 1]
    following = tokens[index + 1] if index + 1 < last else None
    if _capital(token):
        return 1
    if token.text.lower() in _SUFFIXES:
        return 1
    if following is None:
        return 0
    glued = before.end == token.start and token.end == following.start
    if glued and token.text in "-‑’'" and (_capital(following) or before.text.lower() in _PARTICLES):
        return 2
    if token.text == "&" and _capital(following):
        return 2
    if token.text.lower() in _PARTICLES and token.text.islower() and before.entity != "GPE":
        return 1 if _capital(following) or following.text.lower() in {*_PARTICLES, "-"} else 0
    return _of(parsed, first, index, last)


def _of(parsed: Parse, first: int, index: int, last: int) -> int:
    """Return the length of "of", "for the" ... inside a body's name ("Ministry of Education") or a title ("Secretary of State")."""
    tokens = parsed.tokens
    step = 2 if index + 1 < last and tokens[index + 1].text.lower() == "the" else 1
    if index + step >= last or not _capital(tokens[index + step]):
        return 0
    link = tokens[index].text.lower()
    if link in ("of", "for", "on", "in") and title_of(" ".join(t.text for t in tokens[index - 1 : index + step + 1])):
        return step
    inside = {t.entity for t in tokens[index - 1 : index + step + 1]}
    if link in ("of", "for", "and", "on", "to", "in", "’s", "'s", "against") and len(inside) == 1 and inside <= _NAMES_BODY:
        return step
    body = any(t.text in _organization_words() for t in tokens[first:index])
    return step if body and link in ("of", "for") and not _person_before(tokens[first:index]) else 0


def _person_before(tokens: Sequence[Token]) -> bool:
    return any(t.entity in _NAMES_PERSON for t in tokens)


def _naming(text: str, parsed: Parse, first: int, last: int) -> Naming | None:
    """Return the naming that a run of name tokens is, None for a bare title or a word that names nobody."""
    tokens = parsed.tokens[first:last]
    skip = 0 if _is_body(text, tokens) else without_title([t.text for t in tokens])
    if not skip and title_of(text[tokens[0].start : tokens[-1].end]):
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
    if place is not None and not titled and not _names_state(parsed, tokens[-1], place):
        return None
    if len(tokens) == 1 and tokens[0].pos == "ADJ":
        return None
    kind = "person" if titled else _kind(words, tokens, place)
    if kind in (None, "organization") and not _marked(words, tokens) and _described_as_person(parsed, tokens):
        kind = "person"
    country = place.country if place and kind != "person" else _body_country(words)
    title = title_of(titled) if titled else None
    gender = (title.gender if title else None) or (_given_gender(tokens[0].text) if kind == "person" else None)
    return Naming(span, first + skip, last, words, kind, titled, gender, country)


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
        return head.text.lower() in _OF_STATES and parsed.head(head).pos != "VERB" or head.text.lower() == "by"
    return token.dep in ("nsubj", "nsubjpass", "dobj", "poss", "dative")


def _described_as_person(parsed: Parse, tokens: Sequence[Token]) -> bool:
    """Tell whether an apposition says an office or tie ("X, head of Y") or a clause says "who"."""
    inside = {t.index for t in tokens}
    head = next((t for t in tokens if t.head not in inside), tokens[-1])
    beside = parsed.children(head, "appos") + ([parsed.head(head)] if head.dep == "appos" else [])
    if any(title_of(t.text) or title_of(t.lemma) for t in beside):
        return True
    clauses = parsed.children(head, "relcl")
    return any(t.text.lower() == "who" for c in clauses for t in parsed.children(c, "nsubj", "nsubjpass"))


def _nearest_title(parsed: Parse, first: int, skip: int) -> str | None:
    """Return the title inside the run's first ``skip`` tokens, else a lower-case one right before the run."""
    if skip:
        words = [t.text for t in parsed.tokens[first : first + skip]]
        return next(" ".join(words[i:]) for i in range(skip) if title_of(" ".join(words[i:])) or i == skip - 1)
    if parsed.tokens[first].entity not in ("PERSON", "") or places.naming(parsed.tokens[first].text):
        return None
    for length in (4, 3, 2, 1):
        before = parsed.tokens[max(0, first - length) : first]
        words = " ".join(t.text for t in before)
        if len(before) == length and words.islower() and title_of(words):
            return words
    return None


def _leads(tokens: Sequence[Token]) -> bool:
    """Tell whether the first token is a demonym before a person's name ("American Kenneth Bae")."""
    place = places.naming(tokens[0].text)
    return place is not None and place.how == "demonym" and tokens[0].entity != "PERSON" and tokens[1].entity == "PERSON"


def _is_body(text: str, tokens: Sequence[Token]) -> bool:
    """Tell whether a run that may open with a title word is a body all the same ("Justice Department", "General Motors")."""
    if _fold(text[tokens[0].start : tokens[-1].end]) in _bodies():
        return True
    return tokens[-1].text in _organization_words() or (len(tokens) > 1 and tokens[0].entity == tokens[-1].entity == "ORG")


def _kind(words: str, tokens: Sequence[Token], place: places.Naming | None) -> ActorKind | None:
    if _fold(words) in _bodies():
        return "organization"
    if place is not None:
        plural = tokens[-1].tag in ("NNPS", "NNS")
        return "state" if place.how != "demonym" else "group" if plural else None
    marks = [_organization_words()[t.text] for t in tokens if t.text in _organization_words()]
    if marks:
        return marks[-1]
    labels = Counter(t.entity for t in tokens if t.text[0].isupper())
    label = labels.most_common(1)[0][0] if labels else ""
    if label == "PERSON" or (len(tokens) > 1 and given_name(tokens[0].text)):
        return "person"
    if label in _NAMES_BODY or _ACRONYM.fullmatch(words):
        return "organization"
    return "group" if label == "NORP" and tokens[-1].tag in ("NNPS", "NNS") else None


def _marked(words: str, tokens: Sequence[Token]) -> bool:
    """Tell whether the tables, not only the parser, say that the name is a body's."""
    return _fold(words) in _bodies() or any(t.text in _organization_words() for t in tokens)


def _body_country(words: str) -> str | None:
    return _bodies().get(_fold(words)) or None


def _full_names(text: str, namings: Sequence[Naming]) -> list[_Group]:
    """Group the namings that stand on their own: all but single words and acronyms that may be short for something longer."""
    groups: list[_Group] = []
    for naming in sorted(namings, key=lambda n: -len(_key_words(n.words))):
        words = tuple(_key_words(naming.words))
        if not words or (len(words) == 1 and naming.kind not in ("state", "group") and not _known_body(naming)):
            continue
        same = [g for g in groups if g.words == words or _same_country(g, naming) or _same_person(g, naming, words)]
        group = same[0] if len(same) == 1 else next((g for g in same if g.words == words), None)
        if group is None:
            if same:
                continue
            group = _Group(words)
            groups.append(group)
        group.namings.append(naming)
    for group in groups:
        group.namings.sort(key=lambda n: n.span)
    return _with_acronyms(text, namings, groups)


def _same_country(group: _Group, naming: Naming) -> bool:
    return naming.kind == "state" and any(n.kind == "state" and n.country == naming.country for n in group.namings)


def _known_body(naming: Naming) -> bool:
    return _fold(naming.words) in _bodies()


def _same_person(group: _Group, naming: Naming, words: Sequence[str]) -> bool:
    """Tell whether a name is a group's less some words: same end, and no kind of the two speaks against it."""
    if len(words) < 2 or len(group.words) <= len(words) or not set(words) <= set(group.words):
        return False
    kinds = {naming.kind, *(n.kind for n in group.namings)} - {None}
    if kinds <= {"person"}:
        return group.words[-len(words) :] == tuple(words) or (group.words[0], group.words[-1]) == (words[0], words[-1])
    return _named(group).kind == "organization" and not given_name(words[0]) and group.words[: len(words)] == tuple(words)


def _with_acronyms(text: str, namings: Sequence[Naming], groups: list[_Group]) -> list[_Group]:
    """Return the groups, those joined whose acronym the text gives in parentheses: "World Food Programme (WFP)"."""
    introduced = {}
    for one, other in zip(namings, namings[1:], strict=False):
        between = text[one.span[1] : other.span[0]]
        if between.strip(" “\"") == "(" and text[other.span[1] : other.span[1] + 1] in (")", "”", '"') and len(_key_words(one.words)) > 1:
            introduced[name_key(other.words)] = next((g for g in groups if one in g.namings), None)
    kept = list(groups)
    for key, group in introduced.items():
        if group is None:
            continue
        own = next((g for g in kept if g is not group and " ".join(g.words) == key), None)
        joined = own.namings if own else [n for n in namings if name_key(n.words) == key and n not in group.namings]
        group.namings = sorted([*group.namings, *joined], key=lambda n: n.span)
        kept = [g for g in kept if g is not own]
    return kept


def _bearer(naming: Naming, groups: list[_Group], owners: dict[str, _Group]) -> _Group | None:
    """Return the group that a short form belongs to, None where two might or it was given one of its own (nobody else bears it)."""
    words = tuple(_key_words(naming.words))
    if not words:
        return None
    key = " ".join(words)
    candidates = [g for g in groups if _short_for(words, g) and _agrees(naming, g)]
    if len(candidates) > 1:
        ends = [g for g in candidates if g.words[-len(words) :] == words and _named(g).kind == "person"]
        before = [g for g in ends if g.namings[0].span < naming.span and len(g.words) > 1]
        candidates = [owners[key]] if owners.get(key) in ends else before
    if len(candidates) > 1 or (not candidates and key in owners):
        return None
    if not candidates:
        if any(_short_for(words, g) for g in groups):
            return None
        groups.append(_Group(words, [naming]))
        owners.setdefault(key, groups[-1])
        return None
    owners.setdefault(key, candidates[0])
    return candidates[0]


def _short_for(words: tuple[str, ...], group: _Group) -> bool:
    """Tell whether the words are a surname or given name of a person, or the opening of a body's name."""
    kind = _named(group).kind
    if group.words == words:
        return True
    if kind == "person":
        return group.words[-len(words) :] == words or (len(words) == 1 and group.words[0] == words[0])
    return kind == "organization" and group.words[: len(words)] == words


def _agrees(naming: Naming, group: _Group) -> bool:
    named = _named(group)
    if naming.title and named.kind != "person":
        return False
    return not (naming.title and naming.gender and named.gender and naming.gender != named.gender)


def _named(group: _Group) -> Named:
    kinds = Counter(n.kind for n in group.namings if n.kind is not None)
    titled = any(n.title for n in group.namings)
    kind = "person" if titled else kinds.most_common(1)[0][0] if kinds else None
    genders = {n.gender for n in group.namings if n.gender}
    countries = {n.country for n in group.namings if n.country}
    fullest = max(group.namings, key=lambda n: (_plainness(n), len(_key_words(n.words)), -n.span[0]))
    return Named(
        name=fullest.words,
        kind=kind,
        gender=genders.pop() if len(genders) == 1 else None,
        country=countries.pop() if len(countries) == 1 and kind != "person" else None,
        namings=tuple(group.namings),
    )


def _plainness(naming: Naming) -> int:
    """Rank a state's own name above its capital and its seat of government."""
    place = places.naming(naming.words)
    return 1 if place is None or place.how == "name" else 0


def _key_words(words: str) -> list[str]:
    plain = re.sub(r"['’]s\b", "", words)
    parts = re.findall(r"\w+", _fold(re.sub(r"(?<=\b\w)\.", "", plain)))
    titled = without_title([w.strip(".,") or "-" for w in plain.split()])
    if titled:
        return _key_words(" ".join(plain.split()[titled:]))
    while len(parts) > 1 and (parts[-1] in _SUFFIXES or parts[-1] in _COMPANY_FORMS):
        parts = parts[:-1]
    return parts[1:] if len(parts) > 1 and parts[0] == "the" else parts


def _fold(words: str) -> str:
    decomposed = unicodedata.normalize("NFKD", words.replace("ı", "i"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def _given_gender(word: str) -> Gender | None:
    return _given_names().get(_fold(word))


def _gender(cell: str) -> Gender | None:
    return "m" if cell == "m" else "f" if cell == "f" else None


@cache
def _given_names() -> dict[str, Gender | None]:
    return {_fold(row["name"]): _gender(row["gender"]) for row in table("given_names")}


@cache
def _organization_words() -> dict[str, ActorKind]:
    return {row["word"]: "document" if row["kind"] == "document" else "organization" for row in table("organization_words")}


@cache
def _bodies() -> dict[str, str]:
    return {_fold(form): row["country"] for row in table("bodies") for form in [row["name"], *row["others"].split("|")] if form}


@cache
def _titles() -> dict[str, Title]:
    kinds: dict[str, TitleKind] = {
        "honorific": "honorific", "office": "office", "spokesperson": "spokesperson", "relation": "relation",
    }  # fmt: skip
    return {
        row["title"].lower(): Title(
            row["title"].lower(), kinds[row["kind"]], _gender(row["gender"]), frozenset(row["same"].lower().split("|")) - {""}
        )
        for row in table("titles")
    }
