"""Undertakings: clauses in which somebody takes on a course of action, refuses one, or holds one out (``commissives.tsv``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord import clauses, sides
from onrecord.parse import Parse, Token
from onrecord.records import CommitmentType, Statement, Strength
from onrecord.tables import table

_TYPES: dict[str, CommitmentType] = {"commit": "commit", "threaten": "threaten", "offer": "offer", "refuse": "refuse"}
_STRENGTHS: dict[str, Strength] = {"explicit": "explicit", "hedged": "hedged"}

FIRST = {"i", "we", "me", "us"}
_THIRD = {"he", "she", "they", "it"}
_STATES = {"be", "have", "win", "lose", "become", "need", "get", "happen", "like", "love", "know", "see", "think", "believe", "say", "feel",
           "afford", "imagine", "understand", "remember", "hear", "expect", "mean", "seem", "hope", "want", "tell", "find",
           "suffer", "benefit", "represent", "lead", "cause", "require", "show", "result", "witness",
           "stop", "wait", "look", "comment"}  # fmt: skip
"""Verbs of what is or befalls one; with "will" they tell what will be, not what somebody takes on."""

_BACKSHIFTED = {"plan", "intend", "want", "hope", "aim"}
"""In the past tense of reported speech these still tell of the future; "refused to", "agreed to" tell of what was."""

_SHELLS = {"think", "believe", "say", "guess", "hope", "know", "mean", "stress", "tell", "assure"}


@dataclass(frozen=True, slots=True)
class Undertaking:
    """The verb of a deed, and how somebody takes it on."""

    deed: Token
    type: CommitmentType
    strength: Strength


@dataclass(frozen=True, slots=True)
class Commissive:
    """One word of ``commissives.tsv`` in one form; ``negated`` is what its negation is, None where that is neither."""

    type: CommitmentType
    strength: Strength
    negated: CommitmentType | None


@cache
def commissives(form: str) -> dict[str, Commissive]:
    """Return the words of one form of the table."""
    return {
        word: Commissive(_TYPES[row["type"]], _STRENGTHS[row["strength"]], _TYPES.get(row["negated"]))
        for row in table("commissives")
        if row["form"] == form
        for word in row["words"].split()
    }


def in_content(parsed: Parse, statement: Statement) -> Iterator[Undertaking]:
    """Yield what the content says that the source or its side will do, in text order."""
    content = parsed.inside(statement.content)
    inside = {t.index for t in content}
    for verb in content:
        if clauses.is_verb(verb) and is_main(parsed, verb, inside) and not clauses.is_question(parsed, verb):
            agent = _agent(parsed, verb, statement)
            one = _by_clause(parsed, verb, statement) if agent and agent.index in inside else None
            if one is not None:
                yield one


def is_main(parsed: Parse, verb: Token, inside: set[int]) -> bool:
    """Tell whether the verb heads a clause that is put on record itself, not one inside another clause or a condition."""
    head = parsed.head(verb)
    if verb.dep in {"ROOT", "parataxis"} or head.index == verb.index:
        return True
    if verb.dep == "conj":
        return head.index not in inside or is_main(parsed, head, inside)
    if verb.dep == "ccomp":
        return (
            head.index not in inside
            or (head.lemma.lower() in _SHELLS and is_main(parsed, head, inside))
            or verb.index < head.index
        )
    return head.index not in inside


def is_own(parsed: Parse, subject: Token, statement: Statement) -> bool:
    """Tell whether a subject is the source or its side: I, we; in reported speech a pronoun that means no other; or its name."""
    word = subject.text.lower()
    if word in FIRST:
        return statement.inside is None or statement.quotation != "indirect" or _is_first(parsed, statement)
    if word in _THIRD:
        meant = statement.quotation != "direct" and sides.can_be(parsed, statement.source, word)
        return meant and not (word in {"he", "she"} and _is_another(parsed, subject, statement))
    return sides.is_own(parsed, statement.source, subject)


def _is_first(parsed: Parse, statement: Statement) -> bool:
    """Tell whether a source is "I" or "we": else these words, in its reported speech, mean the one who reports it."""
    return {t.text.lower() for t in parsed.inside(statement.source)} <= FIRST


def _is_another(parsed: Parse, pronoun: Token, statement: Statement) -> bool:
    """Tell whether "he" or "she" may mean the addressee as well, or a person named before it in the content."""
    own = {t.text for t in parsed.inside(statement.source)}
    told = parsed.inside((statement.addressee.span,)) if statement.addressee else []
    named = [t for t in parsed.inside(statement.content) if t.index < pronoun.index and t.entity == "PERSON"]
    others = [t for t in (*told, *named) if t.dep != "compound" and t.text not in own]
    return any(sides.may_mean(parsed, t, pronoun.text.lower()) for t in others)


def _is_denied(parsed: Parse, verb: Token) -> bool:
    """Tell whether the verb is negated ("will not go", "will never go")."""
    return bool(parsed.children(verb, "neg")) or any(t.text.lower() == "never" for t in parsed.children(verb, "advmod"))


def _agent(parsed: Parse, verb: Token, statement: Statement) -> Token | None:
    """Return who would do it where that is the source's side: the subject, or the "by me" of a passive."""
    subject = clauses.subject(parsed, verb)
    passive = bool(parsed.children(verb, "nsubjpass", "auxpass"))
    if passive:
        by = [o for a in parsed.children(verb, "agent") for o in parsed.children(a, "pobj")]
        by += [o for x in parsed.children(verb, "xcomp") for a in parsed.children(x, "prep", "agent") if a.text.lower() == "by"
               for o in parsed.children(a, "pobj")]  # fmt: skip
        subject = by[0] if by else None
    return subject if subject is not None and is_own(parsed, subject, statement) else None


def _by_clause(parsed: Parse, verb: Token, statement: Statement) -> Undertaking | None:
    """Return what the subject takes on in one clause: "we will go", "we plan to go", "we are ready to go", "we invite him"."""
    denied = _is_denied(parsed, verb)
    # 1. a word of intention with the deed below it
    word, deed = _below(parsed, verb)
    if word and deed:
        kind = _kind(word, deed, denied=denied or _is_denied(parsed, deed))
        return Undertaking(deed, kind, word.strength) if kind else None
    # 2. the word is the deed
    extends = verb.lemma == "extend" and any(o.lemma.lower() == "invitation" for o in parsed.children(verb, "dobj"))
    if verb.tag in {"VBP", "VBZ"} and not denied and (verb.lemma in commissives("deed") or extends):
        return Undertaking(verb, "offer", "explicit")
    # 3. a modal before the deed
    words = [t.text.lower() for t in clauses.auxiliaries(parsed, verb)]
    modal = next((commissives("modal")[w] for w in words if w in commissives("modal")), None)
    hypothetical = statement.quotation == "direct" and not clauses.WOULD.isdisjoint(words)
    if modal is None or hypothetical or "have" in words or verb.lemma.lower() in _STATES - commissives("kept").keys():
        return None
    kind = _kind(modal, verb, denied=denied)
    if kind is None or (verb.lemma in _STATES and not denied):
        return None
    return Undertaking(verb, kind, modal.strength)


def _below(parsed: Parse, verb: Token) -> tuple[Commissive | None, Token | None]:
    """Return a verb or adjective of intention and the deed below it, unless that is a state ("plans to be there")."""
    word, inner = None, [c for c in parsed.children(verb, "xcomp") if c.index > verb.index]
    if clauses.is_be(verb) or verb.lemma in {"stand", "remain"}:
        for adjective in parsed.children(verb, "acomp", "xcomp"):
            word = _adjective(adjective)
            inner = [*parsed.children(adjective, "xcomp", "pcomp"), *inner]
    elif verb.tag == "VBN" and parsed.children(verb, "auxpass", "aux"):  # "I'm prepared to ..." read as a passive
        word = _adjective(verb)
    if (
        word is None
        and not (verb.lemma == "go" and verb.tag != "VBG")
        and (verb.tag != "VBD" or verb.lemma in _BACKSHIFTED)
    ):
        word = commissives("verb").get(verb.lemma.lower())
    deed = inner[0] if inner else None
    return (word, deed) if deed is not None and deed.lemma.lower() not in _STATES else (None, None)


def _adjective(token: Token) -> Commissive | None:
    return commissives("adjective").get(token.text.lower())


def _kind(word: Commissive, deed: Token, *, denied: bool) -> CommitmentType | None:
    """Return the type, beside a negation what the table says of it: a refusal, but "we will not rest" is a commitment."""
    if not denied:
        return word.type
    return "commit" if word.negated and deed.lemma.lower() in commissives("kept") else word.negated
