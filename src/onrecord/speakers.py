"""Speakers: who each source is. One that two actors might be is given to neither, and the statement says why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord import lexicon, offices, phrases, places, quotations
from onrecord.actors import STATE_NOUNS, Actors
from onrecord.lexicon import Gender
from onrecord.names import Naming
from onrecord.offices import Description
from onrecord.parse import Parse, Token
from onrecord.recency import SOURCE, SUBJECT, Seen
from onrecord.records import Actor, ActorKind, Article, Mention, Span, Spans, Statement, WhyNoSpeaker
from onrecord.spans import literal
from onrecord.tables import table

_PERSONAL: dict[str, Gender] = {
    "he": "m", "his": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_ONE_NARRATOR = frozenset({"i", "me", "my"})
_NARRATOR = _ONE_NARRATOR | {"we", "us", "our"}
_PLURAL = frozenset({"they", "their", "them"})
_NEUTER = frozenset({"it", "its"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_SOMEBODY = frozenset({"one", "another", "someone", "somebody", "anyone", "everyone", "everybody", "anybody", "other"})
_QUANTITIES = frozenset(
    {
        "many",
        "much",
        "some",
        "most",
        "several",
        "dozens",
        "hundreds",
        "thousands",
        "all",
        "both",
        "lots",
        "scores",
        "few",
        "those",
        "others",
    }
)
_OF = frozenset({"of"})
_ISSUED = frozenset({"from", "by"})
_FOR = frozenset({"for", "of"})
_BY = re.compile(r"^\s*by\s+", re.IGNORECASE)
_TURN_MARKS = frozenset({":", "."})
"""Cues behind which the very words of a speaker stand: "KOVAL: I ...", "A. I ..."."""

_LETTERS = frozenset({"Q", "A"})
"""Whom a question and an answer are marked with where nobody is named."""

_LEAD = 2
"""In so many opening sentences (headline, first sentence) news calls by description whom it names later: "a man", "the minister"."""

Agrees = Callable[[tuple[str, ...]], bool]


@dataclass(frozen=True, slots=True)
class Cast:
    """An article's actors, its statements with their speakers, and every resolved mention span with its actor's id."""

    actors: tuple[Actor, ...]
    statements: tuple[Statement, ...]
    mentions: Mapping[Span, str]


@dataclass(frozen=True, slots=True)
class _Who:
    """What a source resolves to: actor ids, or why there is none."""

    ids: tuple[str, ...] = ()
    why: WhyNoSpeaker | None = None
    on_behalf_of: tuple[str, ...] = ()


_NO_SOURCE = _Who(why="no_source")
_AMBIGUOUS = _Who(why="ambiguous")
_UNRESOLVED = _Who(why="unresolved")


def resolve(
    article: Article,
    parsed: Parse,
    drafts: tuple[Statement, ...],
    *,
    agents: Mapping[str, Sequence[Span]] | None = None,
) -> Cast:
    """Return the article's cast: who speaks in each draft, for whom, to whom and against whom.

    ``agents`` are phrases in the content of a draft, by its id, that name who would act.
    """
    resolver = _Resolver(article, parsed, drafts, agents or {})
    found: dict[str, Statement] = {}
    for draft in sorted(drafts, key=lambda d: (d.source or d.content)[0]):
        if draft.inside is None:
            found[draft.id] = resolver.statement(draft)
    for draft in drafts:
        if draft.inside is not None:  # what stands inside another statement comes behind it
            found[draft.id] = resolver.statement(draft, around=_around(draft, found))
    actors = resolver.actors.kept(resolver.used)
    kept = {a.id for a in actors}
    mentions = {span: actor for span, actor in sorted(resolver.actors.mentions.items()) if actor in kept}
    return Cast(actors, tuple(found[draft.id] for draft in drafts), mentions)


def _around(draft: Statement, found: Mapping[str, Statement]) -> list[Statement]:
    """Return the statements in which one stands, innermost first."""
    out: list[Statement] = []
    while draft.inside is not None:
        draft = found[draft.inside]
        out.append(draft)
    return out


class _Resolver:
    """Resolves one article's sources in text order; what was resolved before decides what a pronoun means."""

    def __init__(
        self, article: Article, parsed: Parse, drafts: Sequence[Statement], agents: Mapping[str, Sequence[Span]]
    ) -> None:
        self.article, self.parsed, self._agents = article, parsed, agents
        self.actors = Actors(article, parsed, drafts)
        self.used: set[str] = set()
        self._quoted = quotations.find(article.text) if any(draft.inside for draft in drafts) else ()
        self._voice: _Who | None = None
        """Whose words are being resolved where they stand in a quotation; None for the narrator's."""

    def statement(self, draft: Statement, *, around: Sequence[Statement] = ()) -> Statement:
        """Return a draft with its speakers, and with actors for its addressee and target.

        ``around`` are the resolved statements in which it stands, innermost first. Who is named inside a statement is no source of the
        narrator's: a later "he" does not look back for them.
        """
        self._voice = self._voice_of(draft, around)
        who = self._source(draft.source) if draft.source else _NO_SOURCE
        if who.ids and not around:
            self.actors.recency.add(Seen(self.parsed.inside(draft.source)[0].index, who.ids, SOURCE))
        self.used.update(who.ids, who.on_behalf_of)
        for span in self._agents.get(draft.id, ()):
            named = self._source((span,)).ids
            if len(named) == 1 and self._is_kind(named[0], "person", "organization", "state", "group"):
                self.used.update(named)
                self.actors.mentions.setdefault(span, named[0])
        return replace(
            draft,
            speakers=who.ids,
            why_no_speaker=who.why,
            on_behalf_of=who.on_behalf_of,
            anonymous=bool(who.ids) and all(self._anonymous(self.actors.by_id[i]) for i in who.ids),
            addressee=self._mention(draft.addressee, draft, who),
            target=self._mention(draft.target, draft, who),
        )

    def _voice_of(self, draft: Statement, around: Sequence[Statement]) -> _Who | None:
        """Return whose "I" a draft's source may be: of the nearest statement around it that is quoted or a turn, where its words are."""
        if not around:
            return None
        quoted = any(q.covers(*draft.cue[0]) for q in self._quoted)
        speaking = [s for s in around if self._is_turn(s) or (quoted and s.quotation != "indirect")]
        return _Who(speaking[0].speakers, None if speaking[0].speakers else "unresolved") if speaking else None

    def _is_turn(self, statement: Statement) -> bool:
        before = (
            statement.cue and statement.content and statement.cue[0] < statement.content[0]
        )  # not "Gates to stay shut: Voskar"
        return bool(before) and self.article.text[slice(*statement.cue[0])] in _TURN_MARKS

    def _mention(self, mention: Mention | None, draft: Statement, speaker: _Who) -> Mention | None:
        """Return a mention with its one actor; "me" in what somebody says is the speaker, "us" nobody for certain."""
        if mention is None:
            return None
        start, end = mention.span
        word = self.article.text[start:end].lower()
        if word in _NARRATOR and any(s <= start < e for s, e in draft.content):
            who = speaker if word in _ONE_NARRATOR else _UNRESOLVED
        elif word in _NARRATOR - _ONE_NARRATOR and self._voice:
            who = _UNRESOLVED
        else:
            who = self._source((mention.span,))
        actor = who.ids[0] if len(who.ids) == 1 else None
        self.used.update([actor] if actor else [])
        return Mention(mention.span, actor)

    def _anonymous(self, actor: Actor) -> bool:
        return actor.kind in ("unnamed", "group") and actor.named_by != "name"

    # A source is one phrase, or several joined by "and".

    def _source(self, spans: Spans) -> _Who:
        tokens = self.parsed.inside(spans)
        if not tokens or literal(self.article.text, spans) in _LETTERS:
            return _UNRESOLVED
        parts = phrases.joined(self.parsed, phrases.head_of(tokens), tokens)
        if not all(map(self._stands_alone, parts)):
            parts = parts[:1]
        found = [self._phrase(part, phrases.own_tokens(self.parsed, part, parts, tokens)) for part in parts]
        failed = next((who for who in found if not who.ids), None)
        if failed is not None:
            return failed
        return _Who(
            _unique(i for who in found for i in who.ids), None, _unique(i for who in found for i in who.on_behalf_of)
        )

    def _stands_alone(self, part: Token) -> bool:
        """Tell whether a part of "X and Y" is somebody of their own, and not one more word for the other."""
        return (
            part.index in self.actors.naming_at
            or part.tag in ("NNS", "NNPS")
            or bool(self.parsed.children(part, "det", "poss"))
        )

    def _phrase(self, head: Token, tokens: Sequence[Token]) -> _Who:
        """Resolve one phrase: by the name in it, as a pronoun, or by what it describes."""
        naming = self._apposed_person(head, tokens) or self.actors.naming_at.get(head.index)
        if naming is not None:
            actor = self.actors.named_at(naming)
            return _Who((actor,), None, self._represented(tokens, actor)) if actor else _AMBIGUOUS
        if head.pos == "PRON" or head.text.lower() in _SOMEBODY | _QUANTITIES:
            return self._pronoun(head, tokens)
        if len(tokens) == 1 and (person := self._surnamed(head)):
            return _Who((person,))
        country = places.country_of(head.text) if head.pos in ("ADJ", "PROPN") else None
        if country:
            return _Who((self.actors.state(country, head),))  # "Turkish hopes that ..."
        return self._described(head, tokens)

    # Names.

    def _surnamed(self, head: Token) -> str | None:
        """Return the one person of a last name that was not seen to be a name, as the capitals before a turn are not."""
        word = head.text.casefold()
        people = [a for a in self.actors.by_id.values() if a.kind == "person" and " " in a.name]
        found = [a.id for a in people if a.name.split()[-1].casefold() == word] if head.text[0].isupper() else []
        return found[0] if len(found) == 1 else None

    def _apposed_person(self, head: Token, tokens: Sequence[Token]) -> Naming | None:
        """Return the one person whose name is the phrase's head or in apposition to it."""
        inside = {t.index for t in tokens}
        own = self.actors.naming_at.get(head.index)
        if own and self.actors.is_person(own):
            return own
        people = {n.span: n for t in tokens if (n := self.actors.naming_at.get(t.index)) and self.actors.is_person(n)}
        found = [n for n in people.values() if self._is_apposed(n, head, inside)]
        return found[0] if len(found) == 1 else None

    def _is_apposed(self, naming: Naming, head: Token, inside: set[int]) -> bool:
        """Tell whether a name stands in apposition to a head, or after a comma that closes the phrase's description."""
        before = self.parsed.tokens[naming.first - 1]
        after = self.parsed.tokens[naming.last] if naming.last < len(self.parsed.tokens) else before
        closes = before.text == "," and before.index in inside and (after.index not in inside or after.text == ",")
        if closes and head.tag != "NNS" and self._noun_kind(head) in (None, "nameless"):
            return True
        token = self.parsed.tokens[naming.last - 1]
        while token.index != head.index:
            modifier = token.dep in ("compound", "nmod") and token.index < head.index and token.head == head.index
            if modifier or token.index not in inside or token.dep not in ("appos", "compound", "nmod"):
                return False  # "a Clinton spokesman" is not Clinton
            token = self.parsed.head(token)
        return True

    # Spokespeople.

    def _represented(self, tokens: Sequence[Token], speaker: str) -> tuple[str, ...]:
        """Return for whom a spokesperson speaks: "X's spokesman", "X spokesman", "spokesman for X"."""
        for token in tokens:
            title = lexicon.title_of(token.text)
            if title and title.kind == "spokesperson":
                links = self.parsed.children(token, "poss", "compound", "nmod")
                links += phrases.after(self.parsed, token, _FOR)
                parties = [self._party(link) for link in links if link in tokens]
                return next(((p,) for p in parties if p and p != speaker), ())
        return ()

    def _party(self, head: Token) -> str | None:
        """Return the one actor that a phrase inside a source means."""
        if head.pos == "ADJ":
            return None
        who = self._phrase(head, self.parsed.subtree(head))
        return who.ids[0] if len(who.ids) == 1 else None

    # Descriptions.

    def _described(self, head: Token, tokens: Sequence[Token]) -> _Who:
        said = offices.describe(self.article.text, self.parsed, head, tokens)
        kind = self._noun_kind(head)
        if kind == "thing":
            return _UNRESOLVED
        if kind in ("message", "document"):
            return self._words_of(head, said, issued=kind == "message")
        if head.lemma.lower() in STATE_NOUNS and said.country and not said.plural:
            return _Who((self.actors.state(said.country, head, said),))
        if kind == "medium" and not said.plural and (outlet := self._named_before(head)):
            self.actors.add_alias(outlet, said.words)
            return _Who((outlet,))
        some_group = said.key == "group" and (said.determiner == "indefinite" or phrases.after(self.parsed, head, _FOR))
        if kind == "group" or said.plural or some_group:
            return _Who((self.actors.describe(said, "group"),))
        if kind in ("organization", "state", "medium", "company"):
            return self._organization(head, said, kind)
        return self._office(head, said, tokens)

    def _noun_kind(self, head: Token) -> str | None:
        """Return what the table says of a head noun, with the noun before it ("news agency") or alone."""
        before = self.parsed.tokens[head.index - 1].text.lower() if head.index else ""
        return _noun_kinds().get(f"{before} {head.lemma.lower()}") or _noun_kinds().get(head.lemma.lower())

    def _words_of(self, head: Token, said: Description, *, issued: bool) -> _Who:
        """Give a letter, statement or report to whoever is said to have issued it, else to itself.

        "A Pentagon report" speaks for itself on the Pentagon's behalf.
        """
        owners = self.parsed.children(head, "poss")
        owners += phrases.after(self.parsed, head, _ISSUED | _OF if issued else _ISSUED)
        issuers = [i for i in map(self._party, owners) if i and self._is_kind(i, "person", "organization", "state")]
        if issued and not owners and said.determiner == "definite":
            writer = self.actors.recency.source_beside(head, head.lemma)
            issuers = [writer] if writer else []
        if len(issuers) == 1:
            return _Who((issuers[0],))
        if issuers or any(owner.pos == "PRON" for owner in owners):
            return _UNRESOLVED
        behalf = self._named_before(head)
        return _Who((self.actors.describe(said, "document"),), None, (behalf,) if behalf else ())

    def _named_before(self, head: Token) -> str | None:
        """Return who is named right before a noun: "the Xinhua news agency", "a Pentagon report"."""
        found = [n for t in self.parsed.children(head, "compound", "nmod") if (n := self.actors.naming_at.get(t.index))]
        return self.actors.named_at(found[-1]) if found else None

    def _organization(self, head: Token, said: Description, kind: str) -> _Who:
        """Link "the court" to the one named body with that word; else the description stands for itself."""
        bare = said.determiner == "none" and not said.details
        if said.determiner == "definite" or (bare and not said.country):
            bodies = self.actors.bodies({said.key, *said.details})
            if len(bodies) == 1:
                return self._is(said, bodies[0])
            if bodies:
                return self._latest(said, bodies)
        again = said.determiner == "definite" and kind == "company" and not said.details
        if again and not self.actors.met(said, "organization"):
            return self._nearest(head, lambda ids: len(ids) == 1 and self._is_kind(ids[0], "organization"))
        return _Who((self.actors.describe(said, "state" if kind == "state" and said.country else "organization"),))

    def _office(self, head: Token, said: Description, tokens: Sequence[Token]) -> _Who:
        """Link "the Belarusian leader" to the one person who holds that office; else let a description stand that means no named one."""
        title = lexicon.title_of(said.key)
        holders = [i for i, held in self.actors.held.items() if any(offices.fits(said, office) for office in held)]
        if self._of_somebody(head) and not (title and title.kind == "relation"):
            holders = [i for i in holders if any(o.determiner == "possessive" for o in self.actors.held[i])]
        definite = said.determiner in ("definite", "possessive")
        opening = self.actors.recency.sentence_number(head.index) < _LEAD
        if len(holders) == 1 and (definite or opening):
            return self._is(said, holders[0])
        if holders and definite:
            return self._latest(said, holders)
        spokesperson = title is not None and title.kind == "spokesperson" and not self._of_somebody(head)
        nameless = spokesperson or self._noun_kind(head) == "nameless"
        owned = said.determiner == "possessive" and not self._of_somebody(head)
        tied = owned or bool(phrases.after(self.parsed, head, _FOR))
        if not nameless and self.actors.met(said, "unnamed") is None and (opening or (definite and not tied)):
            return _UNRESOLVED
        own = self.actors.describe(said, "unnamed")
        return _Who((own,), None, self._represented(tokens, own))

    def _of_somebody(self, head: Token) -> bool:
        return any(t.pos == "PRON" for t in self.parsed.children(head, "poss"))

    def _latest(self, said: Description, candidates: Sequence[str]) -> _Who:
        """Of several whom a description fits, return the one who spoke last, if that was shortly before."""
        last = self.actors.recency.last_source(self.parsed.between(*said.span)[0], candidates)
        return self._is(said, last) if last else _AMBIGUOUS

    def _is(self, said: Description, actor: str) -> _Who:
        self.actors.mentions.setdefault(said.span, actor)
        return _Who((actor,))

    # Pronouns.

    def _pronoun(self, head: Token, tokens: Sequence[Token]) -> _Who:
        word = head.text.lower()
        if word in _NARRATOR:
            return self._voice or self._author((head.start, head.end))
        if word in _RELATIVE:
            return self._antecedent(head)
        if word in _PERSONAL:
            return self._nearest(head, lambda ids: len(ids) == 1 and self._may_be(ids[0], _PERSONAL[word]))
        if word in _PLURAL:
            return self._nearest(
                head, lambda ids: len(ids) > 1 or self._is_kind(ids[0], "group", "organization"), ranks=(SOURCE,)
            )
        if word in _NEUTER:
            return self._nearest(head, lambda ids: len(ids) == 1 and self._may_be_it(ids[0]))
        return self._quantity(head, tokens) if word in _SOMEBODY | _QUANTITIES else _UNRESOLVED

    def _quantity(self, head: Token, tokens: Sequence[Token]) -> _Who:
        """Resolve "some", "many of his remarks", "one of the officials"."""
        of = [t for t in phrases.after(self.parsed, head, _OF) if t in tokens]
        if of and head.text.lower() in _QUANTITIES:
            return self._described(of[0], [t for t in tokens if t in self.parsed.subtree(of[0])])
        said = offices.describe(self.article.text, self.parsed, head, tokens)
        return _Who((self.actors.describe(said, "unnamed" if head.text.lower() in _SOMEBODY else "group"),))

    def _author(self, span: Span) -> _Who:
        """Give the narrator's "I" to whose words the article is: its stated speaker, else its author."""
        speaker = self.article.speaker
        if speaker:
            known = [
                a.id for a in self.actors.by_id.values() if lexicon.bare_name(a.name) == lexicon.bare_name(speaker)
            ]
            return _Who((known[0] if known else self.actors.enter(None, speaker, "person", named_by="name"),))
        byline = _BY.sub("", self.article.byline or "").strip()
        author = self.actors.enter(None, byline or "author", "author", named_by="name" if byline else "description")
        self.actors.mentions.setdefault(span, author)
        return _Who((author,))

    def _antecedent(self, head: Token) -> _Who:
        """Resolve "who" to the noun that its clause hangs on, or to whom that noun is apposed."""
        clause = next((t for t in [head, *self.parsed.ancestors(head)] if t.dep == "relcl"), None)
        if clause is None:
            return _UNRESOLVED
        noun = self.parsed.head(clause)
        if noun.dep == "appos" and self.parsed.head(noun).index in self.actors.naming_at:
            noun = self.parsed.head(noun)
        without = {t.index for t in self.parsed.subtree(clause)}
        return self._phrase(noun, [t for t in self.parsed.subtree(noun) if t.index not in without])

    def _may_be(self, actor: str, gender: Gender) -> bool:
        return self._is_kind(actor, "person", "unnamed") and self.actors.genders[actor] in (None, gender)

    def _may_be_it(self, actor: str) -> bool:
        known = actor in self.actors.sure or self.actors.recency.was_source(actor)
        return known and self._is_kind(actor, "organization", "state", "document")

    def _is_kind(self, actor: str, *kinds: ActorKind) -> bool:
        return self.actors.by_id[actor].kind in kinds

    def _nearest(self, pronoun: Token, agrees: Agrees, *, ranks: tuple[int, ...] = (SOURCE, SUBJECT)) -> _Who:
        """Return who agrees with a pronoun nearest before it, nobody where several do; in a quotation not who speaks there."""
        itself = self._voice.ids if self._voice else ()

        def is_other(ids: tuple[str, ...]) -> bool:
            return ids != itself and agrees(ids)

        who = self.actors.recency.nearest(pronoun, is_other, ranks)
        if not who:  # the one person named elsewhere whose gender is known to agree
            who = self.actors.recency.elsewhere(
                pronoun, lambda ids: is_other(ids) and self.actors.genders[ids[0]] is not None
            )
        if len(who) != 1:
            return _AMBIGUOUS if who else _UNRESOLVED
        ids = who.pop()
        if len(ids) == 1:
            self.actors.mentions.setdefault((pronoun.start, pronoun.end), ids[0])
        return _Who(ids)


def _unique(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


@cache
def _noun_kinds() -> dict[str, str]:
    return {row["noun"]: row["kind"] for row in table("source_nouns")}
