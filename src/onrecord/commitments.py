"""Commitments: what the speaker of a statement, or those it speaks for, undertake to do, on which condition and by when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from onrecord import clauses, inner, sides, timex, undertakings
from onrecord.identity import row_id
from onrecord.parse import Parse, Token, span_of
from onrecord.records import Article, Commitment, Mention, Span, Spans, Statement, Time
from onrecord.spans import minus, trimmed, within
from onrecord.undertakings import Undertaking, commissives

_OF_OTHERS = {"ask", "deny", "demand", "accuse"}
"""Acts whose content tells of no undertaking, but in the source's own quoted words ("I will ...")."""

_EDGE = ' ,;:.–—-"“”!?'


def find(
    article: Article, parsed: Parse, statements: tuple[Statement, ...], *, mentions: Mapping[Span, str]
) -> tuple[Commitment, ...]:
    """Return the commitments of all statements in text order; ``mentions`` tells the actor of a span.

    What a statement inside another one undertakes is that one's alone.
    """
    found: dict[str, Commitment] = {}
    for statement in inner.apart(statements):
        for undertaking in _undertakings(parsed, statement):
            commitment = _commitment(article, parsed, statement, undertaking, mentions)
            if commitment is not None:
                found.setdefault(commitment.id, commitment)
    return tuple(sorted(found.values(), key=lambda c: (c.action, c.id)))


def _undertakings(parsed: Parse, statement: Statement) -> Iterator[Undertaking]:
    """Yield those of the cue, else those of the content, each deed of "we will go and see" by itself."""
    by_cue = list(_by_cue(parsed, statement))
    told = by_cue or [one for one in undertakings.in_content(parsed, statement) if _is_put(statement, one)]
    told = told or (list(_unnamed_threat(parsed, statement)) if statement.act == "threaten" else [])
    taken: set[int] = set()
    for one in told:
        for deed in (one.deed, *_coordinated(parsed, one.deed)):
            if deed.index not in taken:
                taken.add(deed.index)
                yield replace(one, deed=deed)


def _is_put(statement: Statement, one: Undertaking) -> bool:
    """Tell whether the source says that it undertakes it, and does not ask, deny, demand or foresee it of somebody."""
    first = isinstance(one.agent, Token) and one.agent.text.lower() in undertakings.FIRST
    if statement.manner not in {"said", "written"}:
        return False
    if statement.act in _OF_OTHERS:
        return first and statement.quotation == "direct"
    named = isinstance(one.agent, Token) and one.agent.pos != "PRON"
    return statement.act != "predict" or first or named


def _by_cue(parsed: Parse, statement: Statement) -> Iterator[Undertaking]:
    """Yield what a cue of undertaking takes as its complement: "vowed to ...", "refused a ...", where the act agrees."""
    cue, content = parsed.inside(statement.cue), parsed.inside(statement.content)
    words = [t for t in content if t.text not in _EDGE and t.pos != "PUNCT"]
    known = [commissives("cue")[t.lemma.lower()] for t in cue if t.lemma.lower() in commissives("cue")]
    if not known or not words:
        return
    word, first = known[-1], words[0]
    negated = first.text.lower() == "not"
    if first.tag == "TO" or (negated and len(words) > 1 and words[1].tag == "TO"):
        deed = next((t for t in words if clauses.is_verb(t)), None)
        denied = any(t.dep == "neg" for t in cue)
        if deed is not None and not denied:
            yield Undertaking(deed, "source", word.type, word.strength, negated)
    elif any(t.lemma.lower() in commissives("thing") for t in cue) and statement.act == word.type:
        inside = {t.index for t in content}
        head = next((t for t in words if t.head == t.index or t.head not in inside), None)
        if head is not None and head.pos in {"NOUN", "PROPN", "VERB"} and not clauses.subject(parsed, head):
            yield Undertaking(head, "source", word.type, word.strength, negated=False)


def _unnamed_threat(parsed: Parse, statement: Statement) -> Iterator[Undertaking]:
    """Yield what a threat says will befall its target where nobody is named who would do it ("you will face ...")."""
    content = parsed.inside(statement.content)
    inside = {t.index for t in content}
    for verb in content:
        will = any(t.text.lower() in clauses.WILL for t in clauses.auxiliaries(parsed, verb))
        if will and clauses.is_verb(verb) and undertakings.is_main(parsed, verb, inside):
            yield Undertaking(verb, None, "threaten", "explicit", undertakings.is_denied(parsed, verb))
            return


def _coordinated(parsed: Parse, deed: Token) -> list[Token]:
    """Return the further deeds of "go and see": "and" joins two, "or" leaves one deed with a choice."""
    if any(t.text.lower() == "or" for t in parsed.children(deed, "cc")):
        return []
    further = []
    for verb in parsed.children(deed, "conj"):
        own = parsed.children(verb, "aux")
        modal = not own or any(a.tag in {"TO", "MD"} for a in own)
        if clauses.is_verb(verb) and modal and not parsed.children(verb, *clauses.SUBJECTS):
            further += [verb, *_coordinated(parsed, verb)]
    return further


def _commitment(
    article: Article, parsed: Parse, statement: Statement, one: Undertaking, mentions: Mapping[Span, str]
) -> Commitment | None:
    """Build the commitment; None where the deed has no words, is done only in thought, or is somebody else's after all."""
    deadline = _deadline(article, parsed, statement, one)
    action = _action(article.text, parsed, statement, one, deadline)
    agent = _agent(parsed, statement, one, mentions)
    if not action or (agent is None and one.agent is not None):
        return None
    condition = _condition(statement, action)
    if condition is not None and statement.conditions[condition].counterfactual:
        return None
    return Commitment(
        id=row_id("commitment", article, statement.id, action),
        statement=statement.id,
        type="threaten" if statement.act == "threaten" and one.type == "commit" else one.type,
        agent=agent,
        action=action,
        to=_to(parsed, statement, one, mentions),
        condition=condition,
        deadline=deadline,
        strength="ascribed" if statement.manner == "thought" else one.strength,
    )


def _action(text: str, parsed: Parse, statement: Statement, one: Undertaking, deadline: Time | None) -> Spans:
    """Return the verb phrase without subject and auxiliaries, and without its condition, its deadline and other deeds."""
    others = {t.index for c in _left_out(parsed, one.deed) for t in parsed.subtree(c)}
    wanted = {t.index for t in parsed.inside(statement.content)} - others
    first = _first(parsed, one)
    tokens = [t for t in parsed.subtree(one.deed) if t.index >= first and t.index in wanted]
    while tokens and tokens[-1].dep in {"cc", "punct"}:
        tokens.pop()
    holes = [s for c in statement.conditions for s in (*c.antecedent, *c.connector)]
    holes += [deadline.span] if deadline and deadline.span else []
    spans = minus(clauses.runs(text, tokens), holes)
    return tuple(s for span in spans if (s := trimmed(text, span, _EDGE)) and s[0] < s[1])


def _left_out(parsed: Parse, deed: Token) -> Iterator[Token]:
    """Yield what hangs on the deed without being part of it: other deeds, "by me", clauses of circumstance set off by a comma."""
    choice = any(t.text.lower() == "or" for t in parsed.children(deed, "cc"))
    for child in parsed.subtree(deed):
        other = child.dep == "conj" and child.head == deed.index and clauses.is_verb(child) and not choice
        by_me = child.dep == "agent" or (
            child.text.lower() == "by" and any(t.text.lower() in {"me", "us"} for t in parsed.children(child))
        )
        before = parsed.tokens[parsed.subtree(child)[0].index - 1].text if child.dep in {"relcl", "advcl"} else ""
        marked = child.dep == "advcl" and child.head == deed.index and any(parsed.children(child, "mark"))
        if child is not deed and (other or by_me or marked or before == ","):
            yield child


def _first(parsed: Parse, one: Undertaking) -> int:
    """Return where the action begins: at the verb, of a noun at its phrase, of a negated commitment at the negation."""
    if not clauses.is_verb(one.deed):
        return parsed.subtree(one.deed)[0].index
    if one.negated and one.type == "commit":
        negations = [t.index for t in parsed.children(one.deed, "neg")]
        return min([*negations, one.deed.index])
    return one.deed.index


def _agent(parsed: Parse, statement: Statement, one: Undertaking, mentions: Mapping[Span, str]) -> Mention | None:
    """Return who would act; None where the words name nobody, or where "he" is known to be somebody else."""
    if one.agent is None:
        return None
    speaker = statement.speakers[0] if len(statement.speakers) == 1 else None
    if one.agent == "source":
        return Mention(statement.source[0], speaker) if statement.source else None
    word = (one.agent.start, one.agent.end)
    if one.agent.pos != "PRON":
        phrase = span_of([t for t in parsed.subtree(one.agent) if t.index <= one.agent.index])
        return Mention(phrase, mentions.get(phrase) or mentions.get(word))
    actor = mentions.get(word)
    if one.agent.text.lower() in undertakings.FIRST:
        return Mention(word, speaker)
    if actor is None:
        represented = statement.on_behalf_of[0] if len(statement.on_behalf_of) == 1 else None
        return Mention(word, represented if sides.principal(parsed, statement.source) else speaker)
    return Mention(word, actor) if actor in {*statement.speakers, *statement.on_behalf_of} else None


def _condition(statement: Statement, action: Spans) -> int | None:
    """Return the index of the condition in whose consequent the action begins, one that must hold before one that may."""
    start = action[0][0]
    governing = [i for i, c in enumerate(statement.conditions) if any(s <= start < e for s, e in c.consequent)]
    governing.sort(key=lambda i: (statement.conditions[i].concessive, i))
    return governing[0] if governing else None


def _to(parsed: Parse, statement: Statement, one: Undertaking, mentions: Mapping[Span, str]) -> Mention | None:
    """Return to whom: whom the deed of an offer invites, else at whom a statement that is itself the undertaking is directed."""
    objects = parsed.children(one.deed, "dative") or (
        parsed.children(one.deed, "dobj") if one.deed.lemma == "invite" else []
    )
    if one.type == "offer" and len(objects) == 1:
        noun = next(iter(parsed.children(objects[0], "pobj")), objects[0])
        return Mention((noun.start, noun.end), mentions.get((noun.start, noun.end)))
    return statement.target if statement.act in {"commit", "threaten", "offer", "refuse"} else None


def _deadline(article: Article, parsed: Parse, statement: Statement, one: Undertaking) -> Time | None:
    """Return the one time expression in the deed's own phrase, resolved as future; unresolved it keeps its words only."""
    start, end = span_of(parsed.subtree(one.deed))
    found = [
        e for e in timex.expressions(article.text, max(start, one.deed.start), end) if within([e], statement.content)
    ]
    times = [timex.resolve(article.text, e, article.read_as_of, future=True) or Time(None, None, e) for e in found]
    read = article.read_as_of.earliest if article.read_as_of else None
    open_times = [t for t in times if not (read and t.latest and t.latest < read)]
    return open_times[0] if len(open_times) == 1 else None
