"""Commitments: what the speaker of a statement, or those it speaks for, undertake to do, on which condition and by when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from onrecord import acts, agents, clauses, inner, timex, undertakings
from onrecord.identity import row_id
from onrecord.linker import Finder, Linked, apart
from onrecord.parse import Parse, Token, span_of
from onrecord.reading import FOLDER, Reading
from onrecord.records import Article, Commitment, CommitmentType, Mention, Span, Spans, Statement, Strength, Time
from onrecord.spans import minus, overlaps, trimmed, within
from onrecord.speakers import Cast
from onrecord.syntax import PART_NUMBER

if TYPE_CHECKING:
    from numpy.typing import NDArray

TYPES: tuple[CommitmentType, ...] = ("commit", "threaten", "offer", "refuse")
STRENGTHS: tuple[Strength, ...] = ("explicit", "hedged", "ascribed")
"""The choices of the two outcomes."""

THRESHOLD = -0.25
"""The least logit of a deed."""

BY_RULE = 2.0
"""What is added to the logit of a deed that a plain rule sees as well."""

VERBS = {PART_NUMBER["VERB"], PART_NUMBER["AUX"]}

_BELOW = {"xcomp", "acomp", "pcomp", "prep"}
"""Relations by which a deed hangs on the word of intention above it."""

_NOBODY = {"no", "nobody", "none", "nothing", "neither"}

_NOT_TAKEN_ON = {"ask", "deny"}
"""Acts that undertake nothing but in the source's own "I will"."""

_EDGE = ' ,;:.–—-"“”!?'


Deeds = Mapping[str, Sequence[Linked]]
"""The deeds that each statement undertakes, by its id."""


def seek(article: Article, parsed: Parse, reading: Reading, statements: Sequence[Statement]) -> Deeds:
    """Return what each statement undertakes; what a statement inside another one undertakes is that one's alone.

    Where a plain rule sees an undertaking as well ("I invite", "we will not", "you will get"), the head need be less sure.
    """
    own = list(inner.apart(statements))
    seen = [(one.id, *deed) for one in own for deed in deeds(article.text, reading, one)]
    plain = {(one.id, start) for one in own for start in _plain(parsed, one)}
    ruled = [(owner, int(reading.pieces.starts[deed[0]])) in plain for owner, deed, _ in seen]
    linked = _finder()(reading, [deed for _, deed, _ in seen], [among for _, _, among in seen], ruled)
    found: dict[str, list[Linked]] = {}
    for (owner, _, _), by_rule, one in zip(seen, ruled, linked, strict=True):
        if one is not None and one.second and one.outcomes[0] + BY_RULE * by_rule >= THRESHOLD:
            found.setdefault(owner, []).append(one)
    return {owner: apart(of_one, lambda one: one.second) for owner, of_one in found.items()}


def _plain(parsed: Parse, statement: Statement) -> list[int]:
    """Return where the verbs begin that the plain rules take for an undertaking, or for what will befall "you"."""
    return [one.deed.start for one in undertakings.in_content(parsed, statement)] + [
        verb.start for verb in acts.befalling(parsed, statement)
    ]


def parties(parsed: Parse, reading: Reading, sought: Deeds) -> dict[str, list[Span]]:
    """Return the phrases that name who would act, by statement, for ``speakers.resolve``."""
    named = {owner: [agents.phrase(parsed, reading, one) for one in found] for owner, found in sought.items()}
    return {owner: [span for span in spans if span] for owner, spans in named.items()}


def find(article: Article, parsed: Parse, reading: Reading, sought: Deeds, cast: Cast) -> tuple[Commitment, ...]:
    """Return the commitments of all statements in text order."""
    builder = _Builder(article, parsed, reading, cast)
    found: dict[str, Commitment] = {}
    for statement in inner.apart(cast.statements):
        for one in sought.get(statement.id, ()):
            commitment = builder.commitment(statement, one)
            if commitment is not None:
                found.setdefault(commitment.id, commitment)
    return tuple(sorted(found.values(), key=lambda c: (c.action, c.id)))


@cache
def _finder() -> Finder:
    return Finder(FOLDER / "heads", "commitments")


def deeds(text: str, reading: Reading, statement: Statement) -> Iterator[tuple[tuple[int, int], NDArray[np.bool_]]]:
    """Yield the words of a content that may be the deed of an undertaking: its verbs, and its first word ("vowed *retaliation*").

    With each comes which words of the article are the content's.
    """
    words, inside = reading.inside(statement.content)
    pieces = reading.pieces
    first = next((w for w in words if text[pieces.starts[w] : pieces.ends[w]] not in _EDGE), None)
    for word in words:
        if word == first or int(reading.syntax.parts[word]) in VERBS:
            yield (word, word + 1), inside


class _Builder:
    """Builds the commitments of one article."""

    def __init__(self, article: Article, parsed: Parse, reading: Reading, cast: Cast) -> None:
        self._article, self._parsed, self._reading, self._mentions = article, parsed, reading, cast.mentions
        self._agents = agents.Agents(parsed, reading, cast)

    def commitment(self, statement: Statement, one: Linked) -> Commitment | None:
        """Build one; None where nothing is left of the action, where it is held for not so, or where "he" is somebody else."""
        deed = next(iter(self._parsed.inside(self._reading.characters(range(*one.anchor)))), None)
        if deed is None or self._is_done(deed):
            return None
        deadline = self._deadline(statement, deed)
        kind, strength = TYPES[int(np.argmax(one.outcomes[1:5]))], STRENGTHS[int(np.argmax(one.outcomes[5:8]))]
        if deed.tag in {"VBP", "VBZ"} and deed.lemma in undertakings.commissives("deed"):
            kind = "offer"  # "I invite"
        action = self._action(statement, one, deed, deadline)
        subject = clauses.subject(self._parsed, deed)
        if action and subject and deed in acts.befalling(self._parsed, statement):
            kind, action = "threaten", ((subject.start, action[0][1]), *action[1:])  # "you will pay"
        if kind != "refuse":
            action = self._with_negation(statement, deed, action)
        agent = self._agents.of(statement, one)
        if not action or (agent is None and one.first):
            return None
        condition = _condition(statement, action)
        if condition is not None and statement.conditions[condition].counterfactual:
            return None
        if statement.act in _NOT_TAKEN_ON and not self._is_first(one):
            return None
        return Commitment(
            id=row_id("commitment", self._article, statement.id, action),
            statement=statement.id,
            type=kind,
            agent=agent,
            action=action,
            to=self._to(statement, kind, deed),
            condition=condition,
            deadline=deadline,
            strength="ascribed" if statement.manner == "thought" else strength,
        )

    def _is_done(self, deed: Token) -> bool:
        """Tell whether the deed stands in the perfect ("we have not cancelled it"), without "will"."""
        helpers = clauses.auxiliaries(self._parsed, deed)
        done = any(t.lemma == "have" for t in helpers)
        return done and clauses.WILL.isdisjoint(t.text.lower() for t in helpers)

    def _is_first(self, one: Linked) -> bool:
        words = self._parsed.inside(self._reading.characters(one.first))
        return any(t.text.lower() in undertakings.FIRST for t in words)

    def _action(self, statement: Statement, one: Linked, deed: Token, deadline: Time | None) -> Spans:
        """Return the words of the action without its condition, its deadline, and what somebody else does (", and they will ...")."""
        holes = [s for c in statement.conditions for s in (*c.antecedent, *c.connector)]
        for other in self._parsed.children(deed, "conj"):
            if self._parsed.children(other, *clauses.SUBJECTS):
                clause = [t for t in self._parsed.subtree(other) if t.index > deed.index]
                joining = [t for t in self._parsed.children(deed, "cc") if deed.index < t.index < clause[0].index]
                holes.append(span_of([*joining[-1:], *clause]))
        holes += [deadline.span] if deadline and deadline.span else []
        spans = minus(self._reading.characters(one.second), holes)
        return tuple(s for span in spans if (s := trimmed(self._article.text, span, _EDGE)) and s[0] < s[1])

    def _with_negation(self, statement: Statement, deed: Token, action: Spans) -> Spans:
        """Return the action with the "not" before it, nothing where "no soldier" is to do it: what is ruled out is not undertaken."""
        subject = clauses.subject(self._parsed, deed)
        if subject and _NOBODY & {t.text.lower() for t in (subject, *self._parsed.children(subject, "det"))}:
            return ()
        if self._is_ruled_out(deed):
            return ()
        nots = [(t.start, t.end) for t in self._parsed.children(deed, "neg") if action and t.end <= action[0][0]]
        if not nots or not within(nots[-1:], statement.content):
            return action
        gap = self._article.text[nots[-1][1] : action[0][0]]
        return (nots[-1], *action) if gap.strip() else ((nots[-1][0], action[0][1]), *action[1:])

    def _is_ruled_out(self, deed: Token) -> bool:
        """Tell whether a word above the deed is negated ("not ready to", "do not plan to"), but for "will not hesitate to"."""
        while deed.dep in _BELOW:
            deed = self._parsed.head(deed)
            if self._parsed.children(deed, "neg") and deed.lemma.lower() not in undertakings.commissives("kept"):
                return True
        return False

    def _to(self, statement: Statement, kind: CommitmentType, deed: Token) -> Mention | None:
        """Return to whom: whom the deed of an offer invites, else at whom a statement that is itself the undertaking is directed."""
        objects = self._parsed.children(deed, "dative")
        objects = objects or (self._parsed.children(deed, "dobj") if deed.lemma == "invite" else [])
        if kind == "offer" and len(objects) == 1:
            noun = next(iter(self._parsed.children(objects[0], "pobj")), objects[0])
            return Mention((noun.start, noun.end), self._mentions.get((noun.start, noun.end)))
        return statement.target if statement.act in {"commit", "threaten", "offer", "refuse"} else None

    def _deadline(self, statement: Statement, deed: Token) -> Time | None:
        """Return the one time expression in the deed's own phrase, resolved as future; unresolved it keeps its words only.

        One in a condition tells by when that is to hold, and what has begun or is over tells of something else ("held since 2014").
        """
        text, read_as_of = self._article.text, self._article.read_as_of
        start, end = span_of(self._parsed.subtree(deed))
        elsewhere = [s for c in statement.conditions for s in c.antecedent]
        found = [
            e
            for e in timex.expressions(text, max(start, deed.start), end)
            if within([e], statement.content) and not overlaps([e], elsewhere)
        ]
        times = [timex.resolve(text, e, read_as_of, future=True) or Time(None, None, e) for e in found]
        read = read_as_of.earliest if read_as_of else None
        open_times = [t for t in times if not (read and (t.latest or t.earliest or read) < read)]
        return open_times[0] if len(open_times) == 1 else None


def _condition(statement: Statement, action: Spans) -> int | None:
    """Return the index of the condition in whose consequent the action begins: one that must hold before one that may, the nearest."""
    start = action[0][0]
    governing = [i for i, c in enumerate(statement.conditions) if any(s <= start < e for s, e in c.consequent)]
    nearness = {i: min(abs(s - start) for s, _ in statement.conditions[i].antecedent) for i in governing}
    return min(governing, key=lambda i: (statement.conditions[i].concessive, nearness[i]), default=None)
