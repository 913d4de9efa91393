"""Agents: who would act, where somebody undertakes something.

"I" is the person; "we", "it" and "the government" of somebody who speaks for a state or an organization are these. A minister, an
envoy or a spokesperson acts for whom it speaks, a president or a king in person.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from onrecord import lexicon, places, undertakings
from onrecord.linker import Linked
from onrecord.parse import Parse, Token, span_of
from onrecord.reading import Reading
from onrecord.records import Actor, Mention, Span, Statement
from onrecord.speakers import Cast
from onrecord.tables import table

_IN_PERSON = frozenset(
    "president premier pm prime chancellor king queen emir sultan monarch ruler leader dictator".split()  # noqa: SIM905
)
"""Words of a role whose holder acts in person where "he" is to act."""

_STATE_OFFICE = _IN_PERSON | {
    "minister", "ministers", "secretary", "ambassador", "envoy", "representative", "adviser", "negotiator",
}  # fmt: skip
"""Words of a role whose holder says "we" of the state."""

_NO_STATE = {"opposition", "rebel", "former", "ex-president", "shadow", "union", "party", "company"}
"""Words of a role that is none of the state's."""

_NO_AGENT = {"you", "nobody", "none", "nothing", "anybody", "anyone"}
"""Words that name nobody who would act: "you will pay", "nobody will cross"."""

_OWN_STATE = {
    "government",
    "country",
    "nation",
    "state",
    "administration",
    "army",
    "military",
    "troop",
    "force",
    "soldier",
    "side",
}
"""Nouns that mean a state, the one that is named or the speaker's ("Turkish forces", "his government")."""


def phrase(parsed: Parse, reading: Reading, one: Linked) -> Span | None:
    """Return the phrase that names who would act; None where none does, but a pronoun or a noun that only means the speaker's state."""
    words = parsed.inside(reading.characters(one.first))
    if not words or _head(words).pos == "PRON" or (_is_own_state(words) and not _countries(words)):
        return None
    return span_of(words)


class Agents:
    """Who would act in what the statements of one article undertake."""

    def __init__(self, parsed: Parse, reading: Reading, cast: Cast) -> None:
        self._parsed, self._reading, self._mentions = parsed, reading, cast.mentions
        self._actors = {a.id: a for a in cast.actors}
        self._states = {a.country: a.id for a in cast.actors if a.kind == "state" and a.country}

    def of(self, statement: Statement, one: Linked) -> Mention | None:
        """Return who would act; None for what cannot act, and for a side that is not the source's own.

        It is the source where the words name nobody, or "you", who will get it.
        """
        words = self._parsed.inside(self._reading.characters(one.first))
        if not words or _head(words).text.lower() in _NO_AGENT:
            return Mention(statement.source[0], self._doer(statement)) if statement.source else None
        head, span, side = _head(words), span_of(words), self._side(statement)
        if head.pos != "PRON":
            known = self._mentions.get(span) or self._mentions.get((head.start, head.end))
            actor = (self._state_in(words) or known or self._own_state(side)) if _is_own_state(words) else known
            return (
                None
                if self._is_another_state(actor, side) or (actor is None and _is_thing(head))
                else Mention(span, actor)
            )
        return self._pronoun(statement, head, side)

    def _pronoun(self, statement: Statement, head: Token, side: str | None) -> Mention | None:
        word, form = (head.start, head.end), head.text.lower()
        speaker = statement.speakers[0] if len(statement.speakers) == 1 else None
        if form in {"we", "us", "our", "ours"}:
            return Mention(word, side)
        if form in undertakings.FIRST:
            return Mention(word, speaker)
        actor = self._mentions.get(word)
        if actor in {None, speaker} and form in {"it", "its"}:
            return Mention(word, side)
        if actor == speaker or (actor is None and undertakings.is_own(self._parsed, head, statement)):
            return Mention(word, self._doer(statement))
        return Mention(word, actor) if actor in {*statement.speakers, *statement.on_behalf_of, side} else None

    def _is_another_state(self, actor: str | None, side: str | None) -> bool:
        """Tell whether an actor is a state, and not the one for which the source speaks."""
        states = set(self._states.values())
        return actor in states and side in states and actor != side

    def _side(self, statement: Statement) -> str | None:
        """Return whom "we" of the source means: whom it speaks for, the body or state whose office it holds, else the source itself."""
        if len(statement.on_behalf_of) == 1:
            return statement.on_behalf_of[0]
        if len(statement.speakers) != 1:
            return None
        speaker = self._actors[statement.speakers[0]]
        bodies = [a.id for a in self._actors.values() if _belongs(speaker, a)]
        state = self._states.get(speaker.country or "") if _holds(speaker, _STATE_OFFICE) else None
        return bodies[0] if len(bodies) == 1 else state or speaker.id

    def _doer(self, statement: Statement) -> str | None:
        """Return who acts where the source says that it will."""
        speaker = self._actors[statement.speakers[0]] if len(statement.speakers) == 1 else None
        if speaker and not statement.on_behalf_of and _holds(speaker, _IN_PERSON):
            return speaker.id
        return self._side(statement)

    def _own_state(self, side: str | None) -> str | None:
        """Return the side of the source where it is one that has an army or a government: an unnamed source has none."""
        return side if side and self._actors[side].kind in {"state", "organization"} else None

    def _state_in(self, words: Sequence[Token]) -> str | None:
        """Return the state that a phrase names by its country ("Turkish forces")."""
        countries = _countries(words)
        return self._states.get(countries.pop()) if len(countries) == 1 else None


def _head(words: Sequence[Token]) -> Token:
    """Return the head of a phrase."""
    inside = {t.index for t in words}
    return next((t for t in words if t.head == t.index or t.head not in inside), words[0])


def _is_thing(head: Token) -> bool:
    """Tell whether a noun means nobody who can act: it is no name, no title and none of the nouns that speak in news."""
    return (
        head.pos == "NOUN"
        and not head.entity
        and head.lemma.lower() not in _speaking()
        and lexicon.title_of(head.text) is None
    )


@cache
def _speaking() -> frozenset[str]:
    return frozenset(row["noun"] for row in table("source_nouns") if row["kind"] != "thing")


def _is_own_state(words: Sequence[Token]) -> bool:
    return _head(words).lemma.lower() in _OWN_STATE


def _countries(words: Sequence[Token]) -> set[str]:
    """Return the countries that a phrase names."""
    return {c for t in words if t.pos in {"ADJ", "PROPN"} and (c := places.country_of(t.text))}


def _belongs(person: Actor, body: Actor) -> bool:
    """Tell whether a person's role names an organization ("president of Norvia Steel")."""
    role = f" {person.role or ''} ".replace("’s ", " ").replace("'s ", " ")
    named = any(f" {name} " in role for name in (body.name, *body.aliases))
    return named and person.kind == "person" and body.kind in {"organization", "state"} and body.country is None


def _holds(actor: Actor, offices: frozenset[str]) -> bool:
    """Tell whether a person's role has one of these words and is the state's."""
    role = set((actor.role or "").lower().split())
    return actor.kind == "person" and not offices.isdisjoint(role) and role.isdisjoint(_NO_STATE)
