"""The actors of one article while it is read: each entered once, with its mention spans, and who was met where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from onrecord import bearers, lexicon, names, offices, places
from onrecord.bearers import Named
from onrecord.identity import row_id
from onrecord.lexicon import Gender
from onrecord.names import Naming
from onrecord.offices import Description
from onrecord.parse import Parse, Token
from onrecord.recency import ELSEWHERE, QUOTED, SUBJECT, Recency, Seen
from onrecord.records import Actor, ActorKind, Article, NamedBy, Span, Statement

STATE_NOUNS = frozenset({"government", "regime"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


class Actors:
    """The actors of one article so far: named ones from the start, described ones as they are met."""

    def __init__(self, article: Article, parsed: Parse, drafts: Sequence[Statement]) -> None:
        self.article, self.parsed = article, parsed
        self.by_id: dict[str, Actor] = {}
        self.genders: dict[str, Gender | None] = {}
        self.mentions: dict[Span, str] = {}
        self.held: dict[str, tuple[Description, ...]] = {}
        self.sure: set[str] = set()
        namings = names.find(article.text, parsed)
        self.naming_at = {i: naming for naming in namings for i in range(naming.first, naming.last)}
        for named in bearers.together(article.text, namings):
            self._enter_named(named)
        for token in parsed.tokens:
            if token.lemma.lower() in STATE_NOUNS and token.tag == "NN":
                said = offices.describe(article.text, parsed, token)
                if said.country and self._state_of(said.country):
                    self.state(said.country, token, said)
        self.recency = Recency(parsed)
        for naming in namings:
            if naming.span in self.mentions:
                self.recency.add(self._seen(naming, drafts))

    def kept(self, used: Iterable[str]) -> tuple[Actor, ...]:
        """Return the actors in use and the named ones of which the tables make sure, in order of first mention."""
        first: dict[str, Span] = {}
        for span in sorted(self.mentions):
            first.setdefault(self.mentions[span], span)
        wanted = {*used, *self.sure}
        return tuple(
            sorted((a for a in self.by_id.values() if a.id in wanted), key=lambda a: (first.get(a.id, (0, 0)), a.id))
        )

    def named_at(self, naming: Naming) -> str | None:
        """Return the actor of a naming, None where two might bear the name."""
        return self.mentions.get(naming.span)

    def is_person(self, naming: Naming) -> bool:
        """Tell whether a naming is a person's, as far as is known."""
        actor = self.named_at(naming)
        return (self.by_id[actor].kind if actor else naming.kind) == "person"

    def bodies(self, words: Set[str]) -> list[str]:
        """Return the organizations whose name, of several words, has all of these among them."""
        named = [a for a in self.by_id.values() if a.kind == "organization" and a.named_by == "name" and " " in a.name]
        return [a.id for a in named if words <= set(lexicon.bare_name(a.name).split())]

    def enter(
        self, span: Span | None, name: str, kind: ActorKind, *, country: str | None = None, named_by: NamedBy = "description",
        gender: Gender | None = None, role: str | None = None, aliases: tuple[str, ...] = (),
    ) -> str:  # fmt: skip
        """Enter an actor, first mentioned at a span, and return its id."""
        actor_id = row_id("actor", self.article, (span,) if span else name)
        self.by_id.setdefault(actor_id, Actor(actor_id, name, kind, country, role, None, aliases, named_by))
        self.genders.setdefault(actor_id, gender)
        if span:
            self.mentions.setdefault(span, actor_id)
        return actor_id

    def describe(self, said: Description, kind: ActorKind) -> str:
        """Enter whom a description means: the same as an earlier one in the same words, or with the same noun after "the"."""
        known = self.met(said, kind)
        if known is not None:
            self.mentions.setdefault(said.span, known)
            return known
        title = lexicon.title_of(said.key)
        office = title is not None and title.kind in ("office", "spokesperson")
        return self.enter(
            said.span, said.words, kind, country=said.country, named_by="office" if office else "description",
            gender=title.gender if title else None, role=said.words if office and kind == "unnamed" else None,
        )  # fmt: skip

    def met(self, said: Description, kind: ActorKind) -> str | None:
        """Return the one described actor that a description can mean again."""
        described = [a for a in self.by_id.values() if a.named_by != "name" and a.kind == kind]
        same = [a for a in described if lexicon.bare_name(a.name) == lexicon.bare_name(said.words)]
        if not same and said.determiner == "definite" and not said.details:
            same = [a for a in described if a.name.split()[-1].lower() == said.words.split()[-1].lower()]
        return same[0].id if len(same) == 1 else None

    def state(self, country: str, head: Token, said: Description | None = None) -> str:
        """Return the state of a country, named in the article or not, with what it is called here as an alias."""
        span = said.span if said else (head.start, head.end)
        known = self._state_of(country)
        if known is None:
            return self.enter(span, said.words if said else places.country_name(country), "state", country=country)
        self.mentions.setdefault(span, known.id)
        if said and said.words not in (known.name, *known.aliases):
            self.by_id[known.id] = replace(known, aliases=(*known.aliases, said.words))
        return known.id

    def add_alias(self, actor: str, words: str) -> None:
        """Note another form by which the article calls a named actor."""
        known = self.by_id[actor]
        if words not in (known.name, *known.aliases):
            self.by_id[actor] = replace(known, aliases=(*known.aliases, words))

    def _state_of(self, country: str) -> Actor | None:
        return next((a for a in self.by_id.values() if a.kind == "state" and a.country == country), None)

    def _enter_named(self, named: Named) -> None:
        held = offices.held_by(self.article.text, self.parsed, named) if named.kind == "person" else ()
        best = next((o for o in held if o.country), held[0] if held else None)
        countries = {o.country for o in held if o.country}
        gender = named.gender or next((t.gender for o in held if (t := lexicon.title_of(o.key)) and t.gender), None)
        actor_id = self.enter(
            named.namings[0].span, named.name, named.kind or _likely(named), named_by="name", gender=gender,
            aliases=tuple(dict.fromkeys(n.words for n in named.namings if n.words != named.name)), role=best.words if best else None,
            country=named.country or (countries.pop() if len(countries) == 1 else None),
        )  # fmt: skip
        self.held[actor_id] = held
        self.mentions.update((naming.span, actor_id) for naming in named.namings)
        if named.sure or (named.kind == "person" and " " in named.name):
            self.sure.add(actor_id)

    def _seen(self, naming: Naming, drafts: Sequence[Statement]) -> Seen:
        """Note where somebody is named; what stands inside a quotation is not the narrator's."""
        head = next(
            (t for t in self.parsed.tokens[naming.first : naming.last] if not naming.first <= t.head < naming.last),
            None,
        )
        quoted = any(s <= naming.span[0] < e for d in drafts if d.quotation == "direct" for s, e in d.content)
        subject = head is not None and self._is_subject(head)
        return Seen(
            naming.first, (self.mentions[naming.span],), QUOTED if quoted else SUBJECT if subject else ELSEWHERE
        )

    def _is_subject(self, token: Token) -> bool:
        while token.dep in ("conj", "appos") and token.head != token.index:
            token = self.parsed.head(token)
        return token.dep in _SUBJECTS


def _likely(named: Named) -> ActorKind:
    return "person" if " " in named.name else "organization"
