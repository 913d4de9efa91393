"""Which commitments state one undertaking.

Two do where the same agent (of one name, or of one article), by the same kind of act, would do what is told in nearly the same words,
both with a condition or both without, and by the same day where both state one. The rule is conservative: an undertaking shown twice is
a nuisance, two shown as one are an error.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

ACTION_ALIKE = 0.6
"""Least share of words that two actions have in common (Jaccard)."""

CONDITION_ALIKE = 0.5
"""Least share of the shorter antecedent's words that the other one has too."""

_LIGHT = frozenset(["a", "an", "the", "to", "that", "will", "would", "shall", "s"])
"""Words that tell no action from another: "to send the tanks" and "will send tanks" are the same."""

_NEGATIONS = frozenset(
    ["not", "no", "never", "nor", "neither", "without", "cannot", "cant", "wont", "dont", "doesnt", "didnt"]
)


class Terms(NamedTuple):
    """What a commitment is compared by: keys of actors, folded words, the last day; an agent that is not known is like no other."""

    agent: str | None
    type: str
    to: str | None
    action: str
    condition: str | None
    antecedent: str
    deadline: str | None


def grouped(terms: Sequence[Terms]) -> list[list[int]]:
    """Return the indices of the terms in groups of one undertaking (single link), each and all in the order given.

    One without a recipient, or without a deadline, goes with any that has one, but never joins two that have different ones: then it
    stays apart.
    """
    links = [(one, other) for one, other in _candidates(terms) if alike(terms[one], terms[other])]
    groups = _linked(len(terms), links)
    torn = {index for group in groups if _torn([terms[index] for index in group]) for index in group}
    if not torn:
        return groups
    return _linked(
        len(terms),
        [(one, other) for one, other in links if one not in torn or _loose(terms[one]) == _loose(terms[other])],
    )


def _loose(terms: Terms) -> tuple[str | None, str | None]:
    """Return what one statement may leave out that another states."""
    return (terms.to, terms.deadline)


def _torn(group: Sequence[Terms]) -> bool:
    return any(len({*stated} - {None}) > 1 for stated in zip(*map(_loose, group), strict=True))


def _linked(count: int, links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the connected groups of the numbers below ``count``, in order."""
    parents = list(range(count))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for one, other in links:
        first, second = sorted((root(one), root(other)))
        parents[second] = first
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for index in range(count):
        groups[root(index)].append(index)
    return list(groups.values())


def alike(one: Terms, other: Terms) -> bool:
    """Tell whether two commitments state the same undertaking."""
    if one.agent is None or _exact(one) != _exact(other):
        return False
    if any(None not in pair and len({*pair}) > 1 for pair in zip(_loose(one), _loose(other), strict=True)):
        return False
    if _telling(one.action) != _telling(other.action):
        return False
    first, second = _heavy(one.action), _heavy(other.action)
    if not first or len(first & second) < ACTION_ALIKE * len(first | second):
        return False
    return one.condition is None or _conditions_alike(_heavy(one.antecedent), _heavy(other.antecedent))


def _exact(terms: Terms) -> tuple[str | None, str, str]:
    """Return what must be the same to the letter; ``if`` and ``only_if`` are told apart by no headline, ``unless`` is."""
    condition = {None: "none", "unless": "unless"}.get(terms.condition, "if")
    return (terms.agent, terms.type, condition)


def _conditions_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return shared > 0 and shared >= CONDITION_ALIKE * min(len(one), len(other))


def _telling(words: str) -> set[str]:
    """Return what must not differ at all: numbers, and whether there is a negation."""
    return {
        "not" if word in _NEGATIONS else word
        for word in words.split()
        if word in _NEGATIONS or any(map(str.isdigit, word))
    }


def _heavy(words: str) -> frozenset[str]:
    return frozenset(words.split()) - _LIGHT


def _candidates(terms: Sequence[Terms]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that can be alike.

    Prefix filtering (Chaudhuri, Ganti and Kaushik 2006): with the words of each in order from rare to common, two sets whose
    Jaccard similarity reaches t share one of the first n - ceil(t * n) + 1 words of each.
    """
    blocks: defaultdict[tuple[str | None, str, str], list[int]] = defaultdict(list)
    for index, one in enumerate(terms):
        if one.agent is not None:
            blocks[_exact(one)].append(index)
    for block in blocks.values():
        words = {index: _heavy(terms[index].action) for index in block}
        counts = Counter(word for bag in words.values() for word in bag)
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for index in block:
            rare = sorted(words[index], key=lambda word: (counts[word], word))
            prefix = rare[: len(rare) - math.ceil(ACTION_ALIKE * len(rare)) + 1]
            yield from ((other, index) for other in sorted({other for word in prefix for other in holders[word]}))
            for word in prefix:
                holders[word].append(index)
