"""Conditions: which thing said depends on which other.

A word of ``connectors.tsv`` inside a content may open a condition. Whether it does, what its antecedent and its consequent are and of which
kind it is, a linking head judges (``linker.py``; docs/acts.md is the codebook, docs/model.md the card).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from onrecord.linker import Finder, Linked, apart
from onrecord.reading import FOLDER, Reading
from onrecord.records import Article, Condition, ConditionKind, Statement
from onrecord.tables import table

if TYPE_CHECKING:
    from numpy.typing import NDArray

KINDS: tuple[ConditionKind, ...] = ("if", "only_if", "unless")
"""The choices of the first outcome; the further two are concessive and counterfactual."""

_LEADING = 2
"""Words ("But", "And then") that may stand beside a condition in a sentence of its own."""

THRESHOLD, MOSTLY = 0.75, -1.5
"""The least logit of a connector, and of one that mostly opens a condition."""


def split(article: Article, reading: Reading, drafts: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Return the statements with their conditions, each inside the statement's content, in text order."""
    owners, candidates, among = [], [], []
    for number, draft in enumerate(drafts):
        for candidate, inside in openings(article.text, reading, draft):
            owners.append(number)
            candidates.append(candidate)
            among.append(inside)
    mostly = [_words(article.text, reading, candidate) in _opening_as("mostly") for candidate in candidates]
    judged = _finder()(reading, candidates, among, mostly)
    found: list[list[Linked]] = [[] for _ in drafts]
    for number, inside, sure, linked in zip(owners, among, mostly, judged, strict=True):
        if linked is not None and linked.outcomes[0] >= (MOSTLY if sure else THRESHOLD) and linked.first:
            before = _sentence_before(article.text, reading, linked, np.flatnonzero(inside).tolist())
            nearest = tuple(w for w in linked.second if w in before)
            found[number].append(replace(linked, second=nearest or linked.second or before))
    return tuple(
        replace(draft, conditions=_conditions(article.text, reading, own)) if own else draft
        for draft, own in zip(drafts, found, strict=True)
    )


def _conditions(text: str, reading: Reading, found: Sequence[Linked]) -> tuple[Condition, ...]:
    """Return the conditions of one statement, no two of which share half of an antecedent."""
    kept = apart(found, lambda one: one.first)
    told = (_condition(text, reading, one) for one in _governing(reading, kept))
    return tuple(sorted(told, key=lambda condition: condition.antecedent))


@cache
def _finder() -> Finder:
    return Finder(FOLDER / "heads", "conditions")


def openings(text: str, reading: Reading, statement: Statement) -> Iterator[tuple[tuple[int, int], NDArray[np.bool_]]]:
    """Yield the runs of words in a content that may open a condition, and which words of the article are the content's."""
    words, inside = reading.inside(statement.content)
    pieces = reading.pieces
    forms = [text[pieces.starts[w] : pieces.ends[w]].lower() for w in words]
    place = 0
    while place < len(words):
        length, opens = _opening(forms, words, place)
        if opens:
            yield (words[place], words[place] + length), inside
        place += max(length, 1)


@cache
def _connectors() -> dict[str, list[tuple[tuple[str, ...], bool]]]:
    """Return the table by first word, longest first: the words, and whether they open a condition."""
    by_first: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for row in sorted(table("connectors"), key=lambda row: -len(row["connector"].split())):
        words = tuple(row["connector"].split())
        by_first.setdefault(words[0], []).append((words, row["opens"] != "no"))
    return by_first


@cache
def _opening_as(how: str) -> frozenset[str]:
    """Return the connectors that open a condition in one of the ways that the table tells."""
    return frozenset(row["connector"] for row in table("connectors") if row["opens"] == how)


def _words(text: str, reading: Reading, run: tuple[int, int]) -> str:
    """Return a run of words as the table has them."""
    return " ".join(text[reading.pieces.starts[w] : reading.pieces.ends[w]].lower() for w in range(*run))


def _opening(forms: Sequence[str], words: Sequence[int], place: int) -> tuple[int, bool]:
    """Return the length of the longest connector that stands there, 0 for none, and whether it may open a condition."""
    for connector, opens in _connectors().get(forms[place], ()):
        end = place + len(connector)
        if tuple(forms[place:end]) == connector and words[end - 1] - words[place] == len(connector) - 1:
            return len(connector), opens
    return 0, False


def _sentence_before(text: str, reading: Reading, one: Linked, content: Sequence[int]) -> tuple[int, ...]:
    """Return the sentence before a condition that is a sentence by itself: "We will sign. But only if they do".

    That is what it governs, and no sentence before that one.
    """
    sentences, pieces = reading.syntax.sentences, reading.pieces
    words = [w for w in content if text[pieces.starts[w]].isalnum()]
    sentence = sentences[one.anchor[0]]
    rest = {w for w in words if sentences[w] == sentence} - {*one.first, *range(*one.anchor)}
    before = [w for w in words if w < one.anchor[0] and sentences[w] != sentence]
    if len(rest) > _LEADING or not before or sentence < 0:
        return ()
    whole = [w for w in before if sentences[w] == sentences[before[-1]]]
    return tuple(w for w in content if whole[0] <= w <= whole[-1])


def _governing(reading: Reading, found: Sequence[Linked]) -> list[Linked]:
    """Return the conditions without consequents in a sentence that has a condition of its own, where others are left to them."""
    sentences = reading.syntax.sentences
    governed = {int(sentences[one.anchor[0]]) for one in found}
    told = []
    for one in found:
        others = governed - {int(sentences[one.anchor[0]])}
        own = tuple(w for w in one.second if int(sentences[w]) not in others)
        told.append(replace(one, second=own or one.second))
    return told


def _condition(text: str, reading: Reading, one: Linked) -> Condition:
    """Return the record; words that are part of the antecedent ("any attack will ...") are no connector."""
    anchor = range(*one.anchor)
    within = _words(text, reading, one.anchor) in _opening_as("within")
    antecedent = {*anchor, *one.first} if within else {*one.first}
    connector = [w for w in anchor if w not in antecedent]
    kind, concessive, counterfactual = one.outcomes[1:4], one.outcomes[4:6], one.outcomes[6:8]
    return Condition(
        antecedent=reading.characters(antecedent),
        consequent=reading.characters(w for w in one.second if w not in anchor),
        connector=reading.characters(connector),
        kind=KINDS[int(np.argmax(kind))],
        concessive=concessive[1] > concessive[0],
        counterfactual=counterfactual[1] > counterfactual[0],
    )
