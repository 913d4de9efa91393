"""Bearers: which namings of an article are one and the same, by full name, surname, short form and acronym."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from onrecord import places
from onrecord.folding import fold
from onrecord.lexicon import Gender, bare_name, body_forms, given_name, key_words
from onrecord.names import ACRONYM, Naming
from onrecord.records import ActorKind


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody with a name: the fullest one and every place where the text uses it or a shorter one; ``kind`` as in Naming."""

    name: str
    kind: ActorKind | None
    sure: bool
    gender: Gender | None
    country: str | None
    namings: tuple[Naming, ...]


@dataclass(slots=True)
class _Group:
    """A Named in the making."""

    words: tuple[str, ...]
    namings: list[Naming] = field(default_factory=list)


def together(text: str, namings: Sequence[Naming]) -> tuple[Named, ...]:
    """Return who is named: full names first, then each shorter form where just one bearer remains.

    A bare surname that two persons share goes to the one who alone was named in full before, and stays with that person; else to nobody.
    """
    surnames = {key_words(n.words)[-1:] for n in namings if n.kind == "person" and " " in bare_name(n.words)}
    namings = [n for n in namings if n.kind != "state" or key_words(n.words) not in surnames]  # Jim Jordan, or Jordan?
    groups = _full_names(text, namings)
    placed = {id(n) for group in groups for n in group.namings}
    owners: dict[str, _Group] = {}
    for naming in namings:
        if id(naming) not in placed:
            group = _bearer(naming, groups, owners)
            if group is not None:
                group.namings.append(naming)
    for group in groups:
        group.namings.sort(key=lambda n: n.span)
    return tuple(sorted(map(_named, groups), key=lambda named: named.namings[0].span))


def _full_names(text: str, namings: Sequence[Naming]) -> list[_Group]:
    """Group the namings that stand on their own: all but single words and acronyms that may be short for something longer."""
    groups: list[_Group] = []
    for naming in sorted(namings, key=lambda n: -len(key_words(n.words))):
        words = key_words(naming.words)
        if not words or (len(words) == 1 and naming.kind not in ("state", "group") and not body_forms(naming.words)):
            continue
        same = [g for g in groups if g.words == words] or [
            g for g in groups if _same_state_or_body(g, naming) or _same_person(g, naming, words)
        ]
        if len(same) > 1:
            continue
        if not same:
            same = [_Group(words)]
            groups.extend(same)
        same[0].namings.append(naming)
    for group in groups:
        group.namings.sort(key=lambda n: n.span)
    return _with_acronyms(text, namings, groups)


def _same_state_or_body(group: _Group, naming: Naming) -> bool:
    if naming.kind == "state":
        return naming.country is not None and any(
            n.kind == "state" and n.country == naming.country for n in group.namings
        )
    forms = body_forms(naming.words)
    return bool(forms) and any(fold(n.words) in forms for n in group.namings)


def _same_person(group: _Group, naming: Naming, words: Sequence[str]) -> bool:
    """Tell whether a name is a group's less some words: same end, and no kind of the two speaks against it."""
    if len(words) < 2 or len(group.words) <= len(words) or not set(words) <= set(group.words):
        return False
    kinds = {naming.kind, *(n.kind for n in group.namings)} - {None}
    if kinds <= {"person"}:
        return group.words[-len(words) :] == tuple(words) or (group.words[0], group.words[-1]) == (words[0], words[-1])
    return (
        _named(group).kind == "organization" and not given_name(words[0]) and group.words[: len(words)] == tuple(words)
    )


def _with_acronyms(text: str, namings: Sequence[Naming], groups: list[_Group]) -> list[_Group]:
    """Return the groups, those joined whose acronym the text gives in parentheses, or whose initials no other group has."""
    acronyms = {bare_name(n.words) for n in namings if ACRONYM.fullmatch(n.words)}
    for key in sorted(acronyms):
        own = [n for n in namings if bare_name(n.words) == key]
        group = _in_parentheses(text, namings, groups, key) or _by_initials(groups, key)
        if group is None or any(n in group.namings for n in own):
            continue
        groups = [g for g in groups if g is group or g.words != (key,)]
        group.namings = sorted([*group.namings, *own], key=lambda n: n.span)
    return groups


def _in_parentheses(text: str, namings: Sequence[Naming], groups: list[_Group], key: str) -> _Group | None:
    """Return the group whose acronym is given so: "World Food Programme (WFP)"."""
    for one, other in pairwise(namings):
        between, after = text[one.span[1] : other.span[0]], text[other.span[1] : other.span[1] + 1]
        if (
            bare_name(other.words) == key
            and between.strip(' “"') == "("
            and after in (")", "”", '"')
            and " " in bare_name(one.words)
        ):
            return next((g for g in groups if one in g.namings), None)
    return None


def _by_initials(groups: list[_Group], key: str) -> _Group | None:
    spelt = [g for g in groups if len(g.words) > 2 and _named(g).kind != "person" and _initials(g.words) == key]
    return spelt[0] if len(spelt) == 1 else None


def _initials(words: Sequence[str]) -> str:
    return "".join(w[0] for w in words if w not in ("of", "the", "for", "and", "on", "in"))


def _bearer(naming: Naming, groups: list[_Group], owners: dict[str, _Group]) -> _Group | None:
    """Return the group that a short form belongs to, None where two might or it was given one of its own (nobody else bears it)."""
    words = key_words(naming.words)
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
    if group.words == words:
        return True
    opens, closes = group.words[: len(words)] == words, group.words[-len(words) :] == words
    if not (opens or closes):
        return False
    kind = _named(group).kind
    return (kind == "person" and (closes or len(words) == 1)) or (kind == "organization" and opens)


def _agrees(naming: Naming, group: _Group) -> bool:
    named = _named(group)
    if naming.title and named.kind != "person":
        return False
    return not (naming.title and naming.gender and named.gender and naming.gender != named.gender)


def _named(group: _Group) -> Named:
    sure = Counter(n.kind for n in group.namings if n.sure and n.kind)
    kinds = sure or Counter(n.kind for n in group.namings if n.kind)
    kind = "person" if any(n.title for n in group.namings) else kinds.most_common(1)[0][0] if kinds else None
    # "Warren" alone, for Elizabeth Warren, tells no gender.
    told = [n for n in group.namings if n.title or len(group.words) == 1 or len(key_words(n.words)) > 1]
    genders = {n.gender for n in told if n.gender}
    countries = {n.country for n in group.namings if n.country}
    fullest = max(group.namings, key=lambda n: (_plainness(n), len(key_words(n.words)), -n.span[0]))
    return Named(
        name=fullest.words,
        kind=kind,
        sure=bool(sure),
        gender=genders.pop() if len(genders) == 1 else None,
        country=countries.pop() if len(countries) == 1 and kind != "person" else None,
        namings=tuple(group.namings),
    )


def _plainness(naming: Naming) -> int:
    """Rank a state's own name above its capital and its seat of government."""
    place = places.naming(naming.words)
    return 1 if place is None or place.how == "name" else 0
