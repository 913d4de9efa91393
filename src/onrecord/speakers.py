"""Speakers: who each source is, with whom one actor is kept for all of an article's mentions.

A source that two actors might be is given to neither, and the statement says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord import names, offices, places
from onrecord.identity import row_id
from onrecord.names import Gender, Named, Naming
from onrecord.offices import Description
from onrecord.parse import Parse, Token
from onrecord.records import Actor, ActorKind, Article, Mention, NamedBy, Span, Spans, Statement, WhyNoSpeaker
from onrecord.tables import table

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NARRATOR = frozenset({"i", "we", "me", "us", "my", "our"})
_PERSONAL: dict[str, Gender] = {"he": "m", "his": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_PLURAL = frozenset({"they", "their", "them"})
_NEUTER = frozenset({"it", "its"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_SOMEBODY = frozenset({"one", "another", "someone", "somebody", "anyone", "everyone", "everybody", "anybody", "other"})
_BODIES: frozenset[ActorKind] = frozenset({"organization", "state", "document"})
_STATE_NOUNS = frozenset({"government", "regime"})
_ISSUED = frozenset({"from", "by", "of"})
_REACH = 3
"""A pronoun is looked up at most so many sentences back."""


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


Agreement = Callable[[tuple[str, ...]], bool]
_AMBIGUOUS = _Who(why="ambiguous")
_UNRESOLVED = _Who(why="unresolved")


@dataclass(frozen=True, slots=True)
class _Seen:
    """An actor met in the text: ``rank`` 3 as a source, 2 as a subject, 1 elsewhere."""

    token: int
    ids: tuple[str, ...]
    rank: int


def resolve(article: Article, parsed: Parse, drafts: tuple[Statement, ...]) -> Cast:
    """Return the article's cast: who speaks in each draft, for whom, to whom and against whom."""
    scene = _Scene(article, parsed, drafts)
    order = sorted(range(len(drafts)), key=lambda i: (drafts[i].source or drafts[i].content)[0])
    statements = {i: scene.statement(drafts[i]) for i in order}
    actors = scene.actors()
    return Cast(actors, tuple(statements[i] for i in range(len(drafts))), scene.mentions_of(actors))


class _Scene:
    """One article while its sources are resolved in text order: the actors so far, and who was met where."""

    def __init__(self, article: Article, parsed: Parse, drafts: Sequence[Statement]) -> None:
        self.article, self.parsed = article, parsed
        namings = names.find(article.text, parsed)
        self.named = names.together(article.text, namings)
        self.offices = {n: offices.held_by(article.text, parsed, n) for n in self.named if n.kind == "person"}
        self.built: dict[str, Actor] = {}
        self.mentions: dict[Span, str] = {}
        self.genders: dict[str, Gender | None] = {}
        self.used: set[str] = set()
        self.ids = {id(named): self._enter_named(named) for named in self.named}
        self.naming_at = {i: naming for naming in namings for i in range(naming.first, naming.last)}
        self.seen = list(self._namings_seen(drafts))

    # What a statement gains.

    def statement(self, draft: Statement) -> Statement:
        """Return a draft with its speakers, and with actors for its addressee and target."""
        who = self._narrator_or(draft, self._source(draft.source)) if draft.source else _Who(why="no_source")
        if who.ids and draft.source:
            first = self.parsed.inside(draft.source)[0]
            self.seen.append(_Seen(first.index, who.ids, 3))
        self.used.update(who.ids, who.on_behalf_of)
        return replace(
            draft,
            speakers=who.ids,
            why_no_speaker=None if who.ids else who.why,
            on_behalf_of=who.on_behalf_of,
            anonymous=bool(who.ids) and all(self._anonymous(self.built[i]) for i in who.ids),
            addressee=self._mention(draft.addressee),
            target=self._mention(draft.target),
        )

    def actors(self) -> tuple[Actor, ...]:
        """Return the actors that a statement refers to and those that a table or title makes sure of, in text order."""
        sure = {self.ids[id(n)] for n in self.named if _sure(n)}
        first = {actor: span for span, actor in sorted(self.mentions.items(), reverse=True)}
        kept = [a for a in self.built.values() if a.id in self.used or a.id in sure]
        return tuple(sorted(kept, key=lambda a: (first.get(a.id, (0, 0)), a.id)))

    def mentions_of(self, actors: Iterable[Actor]) -> dict[Span, str]:
        """Return the mention spans of some actors, in text order."""
        kept = {a.id for a in actors}
        return {span: self.mentions[span] for span in sorted(self.mentions) if self.mentions[span] in kept}

    # Entering actors.

    def _enter(
        self, span: Span | None, name: str, kind: ActorKind, *, country: str | None, named_by: NamedBy, gender: Gender | None = None,
        role: str | None = None, aliases: tuple[str, ...] = (),
    ) -> str:  # fmt: skip
        actor_id = row_id("actor", self.article, (span,) if span else name)
        self.built.setdefault(actor_id, Actor(actor_id, name, kind, country, role, None, aliases, named_by))
        self.genders.setdefault(actor_id, gender)
        if span:
            self.mentions.setdefault(span, actor_id)
        return actor_id

    def _enter_named(self, named: Named) -> str:
        held = self.offices.get(named, ())
        best = next((o for o in held if o.country), held[0] if held else None)
        countries = {o.country for o in held if o.country}
        gender = named.gender or next((t.gender for o in held if (t := names.title_of(o.key)) and t.gender), None)
        aliases = tuple(dict.fromkeys(n.words for n in named.namings if n.words != named.name))
        actor_id = self._enter(
            named.namings[0].span, named.name, named.kind or _likely(named), named_by="name", gender=gender, aliases=aliases,
            role=best.words if best else None, country=named.country or (countries.pop() if len(countries) == 1 else None),
        )  # fmt: skip
        for naming in named.namings:
            self.mentions[naming.span] = actor_id
        return actor_id

    def _namings_seen(self, drafts: Sequence[Statement]) -> Iterable[_Seen]:
        """Yield where the narrator names somebody; what stands inside quotation marks is not the narrator's."""
        quoted = [span for d in drafts if d.quotation == "direct" for span in d.content]
        for named in self.named:
            for naming in named.namings:
                if not any(s <= naming.span[0] < e for s, e in quoted):
                    token = self._head(self.parsed.tokens[naming.first : naming.last])
                    yield _Seen(naming.first, (self.ids[id(named)],), 2 if self._is_subject(token) else 1)

    def _is_subject(self, token: Token) -> bool:
        while token.dep in ("conj", "appos") and token.head != token.index:
            token = self.parsed.head(token)
        return token.dep in _SUBJECTS

    # From a span to actors.

    def _mention(self, mention: Mention | None) -> Mention | None:
        if mention is None:
            return None
        who = self._source((mention.span,))
        actor = who.ids[0] if len(who.ids) == 1 else None
        self.used.update([actor] if actor else [])
        return Mention(mention.span, actor)

    def _narrator_or(self, draft: Statement, who: _Who) -> _Who:
        """Give "I" and "we" to the author; inside somebody's quotation they are not the author's."""
        words = " ".join(self.article.text[s:e] for s, e in draft.source).lower()
        return self._author(draft.source[0]) if words in _NARRATOR else who

    def _author(self, span: Span) -> _Who:
        speaker = self.article.speaker
        if speaker:
            known = [n for n in self.named if names.name_key(n.name) == names.name_key(speaker)]
            if known:
                return _Who((self.ids[id(known[0])],))
            return _Who((self._enter(None, speaker, "person", country=None, named_by="name"),))
        byline = re.sub(r"^\s*by\s+", "", self.article.byline or "", flags=re.IGNORECASE).strip()
        author = self._enter(None, byline or "author", "author", country=None, named_by="name" if byline else "description")
        self.mentions.setdefault(span, author)
        return _Who((author,))

    def _source(self, spans: Spans) -> _Who:
        tokens = [t for t in self.parsed.inside(spans) if t.pos != "SPACE"]
        if not tokens:
            return _UNRESOLVED
        head = self._head(tokens)
        parts = self._coordinated(head, {t.index for t in tokens})
        if len(parts) == 1:
            return self._part(head, tokens)
        found = [self._part(part, self._own_tokens(part, parts, tokens)) for part in parts]
        if all(who.ids for who in found):
            ids = tuple(dict.fromkeys(i for who in found for i in who.ids))
            return _Who(ids, None, tuple(dict.fromkeys(i for who in found for i in who.on_behalf_of)))
        return next(who for who in found if not who.ids)

    def _head(self, tokens: Sequence[Token]) -> Token:
        """Return the noun on which the rest of a phrase hangs; the first of several where the parse breaks it apart."""
        inside = {t.index for t in tokens}
        heads = [t for t in tokens if t.head not in inside or t.head == t.index]
        nominal = [t for t in heads if t.pos in ("NOUN", "PROPN", "PRON")]
        return (nominal or heads or list(tokens))[0]

    def _coordinated(self, head: Token, inside: set[int]) -> list[Token]:
        """Return the head and what is joined to it by "and", where each is somebody of their own."""
        parts = [head]
        for token in parts:
            parts.extend(t for t in self.parsed.children(token, "conj") if t.index in inside and t.pos in ("NOUN", "PROPN", "PRON"))
        named = [t for t in parts if t.index in self.naming_at]
        apart = [t for t in parts if t in named or t.tag in ("NNS", "NNPS") or self.parsed.children(t, "det", "poss")]
        return parts if len(apart) == len(parts) else [head]

    def _own_tokens(self, part: Token, parts: Sequence[Token], tokens: Sequence[Token]) -> list[Token]:
        others = {t.index for other in parts if other.index > part.index for t in self.parsed.subtree(other)}
        mine = {t.index for t in self.parsed.subtree(part)} - others
        return [t for t in tokens if t.index in mine]

    def _part(self, head: Token, tokens: Sequence[Token]) -> _Who:
        """Resolve one phrase: by pronoun, by name, by what it is apposed to, or by what it describes."""
        if head.pos == "PRON" or head.text.lower() in _SOMEBODY:
            return self._pronoun(head, tokens)
        person = self._apposed_person(head, tokens)
        naming = self.naming_at.get(head.index)
        if person is None and naming is None and head.pos == "ADJ" and places.country_of(head.text):
            return self._state(places.country_of(head.text) or "", head)
        if person is None and naming is None:
            return self._described(head, tokens)
        who = self._by_naming(person or naming)
        return replace(who, on_behalf_of=self._represented(head, tokens, who.ids))

    def _by_naming(self, naming: Naming | None) -> _Who:
        actor = self.mentions.get(naming.span) if naming else None
        return _Who((actor,)) if actor else _AMBIGUOUS

    def _apposed_person(self, head: Token, tokens: Sequence[Token]) -> Naming | None:
        """Return the one person whose name is the phrase's head or in apposition to it."""
        inside = {t.index for t in tokens}
        found = {}
        for token in tokens:
            naming = self.naming_at.get(token.index)
            if naming and self._person(naming) and self._hangs_by_apposition(token, head, inside):
                found[naming.span] = naming
        own = self.naming_at.get(head.index)
        if own and self._person(own):
            return own
        return next(iter(found.values())) if len(found) == 1 else None

    def _person(self, naming: Naming) -> bool:
        actor = self.mentions.get(naming.span)
        return self.built[actor].kind == "person" if actor else naming.kind == "person"

    def _hangs_by_apposition(self, token: Token, head: Token, inside: set[int]) -> bool:
        while token.index != head.index:
            if token.index not in inside or token.dep not in ("appos", "compound", "flat", "nmod") or token.head == token.index:
                return False
            if token.dep in ("compound", "nmod") and token.index < head.index and self.parsed.head(token).index == head.index:
                return False  # "a Clinton spokesman" is not Clinton
            token = self.parsed.head(token)
        return True

    # Spokespeople, documents, offices, groups.

    def _represented(self, head: Token, tokens: Sequence[Token], speaker: tuple[str, ...]) -> tuple[str, ...]:
        """Return for whom a spokesperson speaks: "X's spokesman", "X spokesman", "spokesman for X"."""
        for token in tokens:
            title = names.title_of(token.text)
            if not title or title.kind != "spokesperson":
                continue
            links = self.parsed.children(token, "poss", "compound", "nmod")
            for preposition in self.parsed.children(token, "prep"):
                if preposition.text.lower() in ("for", "of"):
                    links.extend(self.parsed.children(preposition, "pobj"))
            for link in links:
                who = self._party(link, [t for t in self.parsed.subtree(link) if t in tokens])
                if who and who not in speaker:
                    return (who,)
        return ()

    def _party(self, head: Token, tokens: Sequence[Token]) -> str | None:
        """Return the actor that a phrase inside a source names or describes."""
        if head.index in self.naming_at:
            return self.mentions.get(self.naming_at[head.index].span)
        if head.pos in ("PRON", "ADJ") or not tokens:
            return None
        who = self._described(head, tokens)
        return who.ids[0] if len(who.ids) == 1 else None

    def _described(self, head: Token, tokens: Sequence[Token]) -> _Who:
        said = offices.describe(self.article.text, self.parsed, head)
        kind = _noun_kinds().get(said.key) or _noun_kinds().get(head.lemma.lower())
        if kind == "thing":
            return _UNRESOLVED
        if kind == "message":
            return self._message(head, said)
        if kind == "document":
            issuer = self._issuer(head)
            return _Who((self._enter_described(said, "document"),), None, (issuer,) if issuer else ())
        if head.lemma.lower() in _STATE_NOUNS and said.country and not said.plural:
            return self._state(said.country, head, also=said)
        if kind in ("organization", "state"):
            return self._organization(said, kind)
        if kind == "group" or said.plural:
            return _Who((self._enter_described(said, "group"),))
        return self._office(head, said, tokens)

    def _message(self, head: Token, said: Description) -> _Who:
        """Give a letter or statement to whoever issued it, else to itself."""
        issuer = self._issuer(head)
        return _Who((issuer,)) if issuer else _Who((self._enter_described(said, "document"),))

    def _issuer(self, head: Token) -> str | None:
        owners = self.parsed.children(head, "poss", "compound")
        for preposition in self.parsed.children(head, "prep", "agent"):
            if preposition.text.lower() in _ISSUED:
                owners.extend(self.parsed.children(preposition, "pobj"))
        found = [self._party(owner, self.parsed.subtree(owner)) for owner in owners if owner.pos in ("NOUN", "PROPN")]
        kept = [f for f in found if f and self.built[f].kind not in ("document", "unnamed", "group")]
        return kept[0] if len(kept) == 1 else None

    def _state(self, country: str, head: Token, also: Description | None = None) -> _Who:
        """Return the state of a country, named in the article or not, with what it is called here as an alias."""
        span = also.span if also else (head.start, head.end)
        state = next((a for a in self.built.values() if a.kind == "state" and a.country == country), None)
        if state is None:
            name = also.words if also else places.country_name(country)
            return _Who((self._enter(span, name, "state", country=country, named_by="description" if also else "name"),))
        self.mentions.setdefault(span, state.id)
        if also and also.words not in (state.name, *state.aliases):
            self.built[state.id] = replace(state, aliases=(*state.aliases, also.words))
        return _Who((state.id,))

    def _organization(self, said: Description, kind: ActorKind) -> _Who:
        """Link "the court" to the one named body with that word; else the description stands for itself."""
        if said.determiner == "definite" and not said.plural:
            key = said.key.split()[-1]
            bodies = [n for n in self.named if n.kind == "organization" and key in names.name_key(n.name).split()]
            fitting = [n for n in bodies if said.details <= set(names.name_key(n.name).split())]
            if len(fitting) == 1:
                return self._linked(said, self.ids[id(fitting[0])])
            if len(fitting) > 1:
                return _AMBIGUOUS
        return _Who((self._enter_described(said, kind if kind == "state" and said.country else "organization"),))

    def _office(self, head: Token, said: Description, tokens: Sequence[Token]) -> _Who:
        """Link "the Belarusian leader" to the one person who holds that office; else the description stands for itself."""
        holders = [n for n, held in self.offices.items() if any(offices.fits(said, office) for office in held)]
        titled = names.title_of(said.key)
        if said.determiner in ("definite", "possessive") and holders:
            if len(holders) == 1:
                return self._linked(said, self.ids[id(holders[0])])
            return self._latest(said, [self.ids[id(n)] for n in holders])
        own = self._enter_described(said, "unnamed")
        represented = self._represented(head, tokens, (own,))
        if said.determiner == "definite" and titled and titled.kind == "office" and len(said.words.split()) == 1 and not self._met(said):
            return _UNRESOLVED  # "the minister", and no minister known
        return _Who((own,), None, represented)

    def _met(self, said: Description) -> bool:
        """Tell whether an earlier unnamed actor was called so."""
        actor = self.mentions.get(said.span)
        return any(a == actor and span < said.span for span, a in self.mentions.items())

    def _latest(self, said: Description, candidates: Sequence[str]) -> _Who:
        """Of several holders of an office, return the one who spoke last, if within reach of the description."""
        token = self.parsed.between(*said.span)[0]
        speakers = [s for s in self.seen if s.rank == 3 and s.token < token.index and s.ids[0] in candidates]
        last = max(speakers, key=lambda s: s.token, default=None)
        if last is None or self._distance(last.token, token.index) > _REACH:
            return _AMBIGUOUS
        return self._linked(said, last.ids[0])

    def _linked(self, said: Description, actor: str) -> _Who:
        self.mentions.setdefault(said.span, actor)
        return _Who((actor,))

    def _enter_described(self, said: Description, kind: ActorKind) -> str:
        """Enter whom a description means: the same as an earlier one of the same words, or of the same noun after "the"."""
        described = [a for a in self.built.values() if a.named_by != "name" and a.kind == kind]
        same = [a for a in described if names.name_key(a.name) == names.name_key(said.words)]
        if not same and said.determiner == "definite" and not said.details:
            same = [a for a in described if a.name.split()[-1].lower() == said.words.split()[-1].lower()]
        if len(same) == 1:
            self.mentions.setdefault(said.span, same[0].id)
            return same[0].id
        titled = names.title_of(said.key)
        office = bool(titled and titled.kind in ("office", "spokesperson"))
        return self._enter(
            said.span, said.words, kind, country=said.country, named_by="office" if office else "description",
            gender=titled.gender if titled else None, role=said.words if office and kind == "unnamed" else None,
        )  # fmt: skip

    # Pronouns.

    def _pronoun(self, head: Token, tokens: Sequence[Token]) -> _Who:
        word = head.text.lower()
        if word in _RELATIVE:
            return self._antecedent(head)
        if word in _PERSONAL:
            return self._nearest(head, lambda ids: len(ids) == 1 and self._may_be(ids[0], _PERSONAL[word]))
        if word in _PLURAL:
            return self._nearest(head, lambda ids: len(ids) > 1 or self.built[ids[0]].kind in ("group", "organization"))
        if word in _NEUTER:
            return self._nearest(head, lambda ids: len(ids) == 1 and self.built[ids[0]].kind in _BODIES)
        if word in _NARRATOR:
            return _UNRESOLVED
        said = offices.describe(self.article.text, self.parsed, head)
        words = self.article.text[tokens[0].start : tokens[-1].end]
        single = word in _SOMEBODY
        return _Who((self._enter_described(replace(said, words=words.lower() if single else words), "unnamed" if single else "group"),))

    def _may_be(self, actor: str, gender: Gender) -> bool:
        return self.built[actor].kind in ("person", "unnamed") and self.genders[actor] in (None, gender)

    def _antecedent(self, head: Token) -> _Who:
        clause = next((t for t in self.parsed.ancestors(head) if t.dep == "relcl"), None)
        if clause is None:
            return _UNRESOLVED
        noun = self.parsed.head(clause)
        without = {t.index for t in self.parsed.subtree(clause)}
        return self._part(noun, [t for t in self.parsed.subtree(noun) if t.index not in without])

    def _nearest(self, pronoun: Token, agrees: Agreement) -> _Who:
        """Return who agrees with a pronoun in the nearest sentence that names any: its source, else its one subject, else nobody."""
        for distance in range(_REACH + 1):
            near = [s for s in self.seen if s.token < pronoun.index and self._distance(s.token, pronoun.index) == distance]
            for rank in (3, 2):
                fitting = [s for s in near if s.rank == rank and agrees(s.ids)]
                who = set(s.ids for s in fitting)
                if len(who) == 1:
                    return self._pronoun_is(pronoun, who.pop())
                if len(who) > 1:
                    return _AMBIGUOUS
        return _UNRESOLVED

    def _pronoun_is(self, pronoun: Token, ids: tuple[str, ...]) -> _Who:
        if len(ids) == 1:
            self.mentions.setdefault((pronoun.start, pronoun.end), ids[0])
        return _Who(ids)

    def _distance(self, earlier: int, later: int) -> int:
        first, second = (self.parsed.sentence_of(self.parsed.tokens[i]) for i in (earlier, later))
        return self.parsed.sentences.index(second) - self.parsed.sentences.index(first)

    def _anonymous(self, actor: Actor) -> bool:
        return actor.kind in ("unnamed", "group") and actor.named_by != "name"


def _sure(named: Named) -> bool:
    """Tell whether more than the parser's label says that a name is somebody's."""
    if named.kind == "person":
        return any(n.title for n in named.namings) or named.gender is not None or len(named.name.split()) > 1
    return named.kind == "state" or (named.kind == "organization" and len(named.namings) > 1)


def _likely(named: Named) -> ActorKind:
    return "person" if len(named.name.split()) > 1 else "organization"


@cache
def _noun_kinds() -> dict[str, ActorKind]:
    return {row["noun"]: row["kind"] for row in table("source_nouns")}  # type: ignore[misc]
