"""Recency: which actors were met where in an article, so that a pronoun or a bare description can look back for whom it means."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from onrecord.parse import Parse, Token

REACH = 3
"""Whoever was met more sentences back is not looked up."""

SOURCE, SUBJECT, ELSEWHERE, QUOTED = 3, 2, 1, 0
"""How somebody was met: as a source, as a subject of the narrator's, elsewhere in the narrator's words, inside a quotation."""


class Seen(NamedTuple):
    """Actors met at a token, and how."""

    token: int
    ids: tuple[str, ...]
    rank: int


class Recency:
    """The actors met so far."""

    def __init__(self, parsed: Parse) -> None:
        self._parsed = parsed
        self._seen: list[Seen] = []
        self._number = {s.first: n for n, s in enumerate(parsed.sentences)}

    def add(self, seen: Seen) -> None:
        """Note actors that were met."""
        self._seen.append(seen)

    def sentence_number(self, index: int) -> int:
        """Return the number, from 0, of the sentence in which a token stands."""
        return self._number[self._parsed.sentence_of(self._parsed.tokens[index]).first]

    def nearest(
        self, at: Token, agrees: Callable[[tuple[str, ...]], bool], ranks: Collection[int]
    ) -> set[tuple[str, ...]]:
        """Return who agrees with a pronoun in the nearest sentence that has any, sources before subjects; several where it is open."""
        number = self.sentence_number(at.index)
        before = [
            (number - self.sentence_number(s.token), s) for s in self._seen if s.token < at.index and agrees(s.ids)
        ]
        for distance in range(REACH + 1):
            for rank in ranks:
                who = {s.ids for d, s in before if d == distance and s.rank == rank}
                if who:
                    return who
        return set()

    def elsewhere(self, at: Token, agrees: Callable[[tuple[str, ...]], bool]) -> set[tuple[str, ...]]:
        """Return who was met within reach, but as neither source nor subject."""
        number = self.sentence_number(at.index)
        before = (s for s in self._seen if s.token < at.index and s.rank == ELSEWHERE and agrees(s.ids))
        return {s.ids for s in before if number - self.sentence_number(s.token) <= REACH}

    def last_source(self, at: Token, candidates: Collection[str]) -> str | None:
        """Return the candidate that was a source last, if within reach."""
        spoke = [s for s in self._seen if s.rank == SOURCE and s.token < at.index and s.ids[0] in candidates]
        last = max(spoke, key=lambda s: s.token, default=None)
        near = last is not None and self.sentence_number(at.index) - self.sentence_number(last.token) <= REACH
        return last.ids[0] if last and near else None

    def source_beside(self, at: Token, word: str) -> str | None:
        """Return the one source of the nearest earlier sentence within reach that has a word: who wrote "the statement"."""
        earlier = [t for t in self._parsed.tokens[: at.index] if t.lemma == word]
        if not earlier or self.sentence_number(at.index) - self.sentence_number(earlier[-1].index) > REACH:
            return None
        sentence = self._parsed.sentence_of(earlier[-1])
        who = {
            s.ids
            for s in self._seen
            if s.rank == SOURCE and sentence.first <= s.token < sentence.last and len(s.ids) == 1
        }
        return who.pop()[0] if len(who) == 1 else None

    def was_source(self, actor: str) -> bool:
        """Tell whether an actor was a source."""
        return any(actor in s.ids for s in self._seen if s.rank == SOURCE)
