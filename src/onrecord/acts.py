"""Acts: what a source does by a statement, judged by the cue (``acts.tsv``), else by the words and clauses of the content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord import clauses, sides
from onrecord.cues import cues
from onrecord.parse import Parse, Token, span_of
from onrecord.records import Act, Article, Mention, Statement
from onrecord.tables import table

_ACTS: dict[str, Act] = {
    "assert": "assert", "predict": "predict", "commit": "commit", "offer": "offer", "threaten": "threaten", "warn": "warn",
    "demand": "demand", "accuse": "accuse", "deny": "deny", "refuse": "refuse", "endorse": "endorse", "ask": "ask",
}  # fmt: skip

_FIRST = {"i", "we"}
_THIRD = {"he", "she", "they", "it"}
_WILL = {"will", "would", "wo", "'ll", "’ll", "'d", "’d", "shall"}
_WOULD = {"would", "'d", "’d"}
_MUST = {"must", "should", "ought"}
_MAY = {"may", "might", "could", "can"}
_READY = {"ready", "prepared", "willing", "determined", "committed", "happy", "glad"}
_PLAN = {"go", "plan", "intend", "promise", "pledge", "vow", "commit"}
_NOT = {"not", "n't", "n’t", "never", "neither", "cannot"}
_CLAIMS = {
    "claim",
    "notion",
    "idea",
    "suggestion",
    "allegation",
    "accusation",
    "criticism",
    "charge",
    "assertion",
    "report",
}
_OUTCOME = {"be", "have", "win", "lose", "become", "need", "get", "happen", "like", "know", "love", "see"}
"""Verbs with "will" that tell what will be, not what somebody undertakes."""


@dataclass(frozen=True, slots=True)
class CueActs:
    """One row of ``acts.tsv``: the act of a cue by its complement."""

    act: str
    to: str
    other_to: str
    wh: str
    claim: str
    negated: str


def judged(article: Article, parsed: Parse, drafts: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Return the statements with act, other acts, target and the measured precision of the rule that judged."""
    return tuple(_judged(article, parsed, draft) for draft in drafts)


def rule_of(article: Article, parsed: Parse, draft: Statement) -> tuple[str, Act]:
    """Return the name of the rule that decides a statement's act, and the act."""
    cue, content = parsed.inside(draft.cue), parsed.inside(draft.content)
    by_cue = _cue_act(parsed, cue, content)
    if by_cue in {"warn", "commit"} and _harms(parsed, content, draft):
        return f"cue {by_cue}, own harm", "threaten"
    if by_cue is not None:
        return f"cue {by_cue}", by_cue
    return _content_act(article.text, parsed, draft, content)


def _judged(article: Article, parsed: Parse, draft: Statement) -> Statement:
    rule, act = rule_of(article, parsed, draft)
    others: tuple[Act, ...] = ("warn",) if rule == "cue warn, own harm" else ()
    return replace(
        draft,
        act=act,
        other_acts=others,
        target=_target(parsed, draft, act),
        act_confidence=_precision().get(rule, 0.5),
    )


@cache
def _precision() -> dict[str, float]:
    return {row["rule"]: float(row["precision"]) for row in table("act_rules")}


# --- by the cue


@cache
def _rows() -> dict[tuple[str, ...], CueActs]:
    return {
        tuple(one.split()): CueActs(row["act"], row["to"], row["other_to"], row["wh"], row["claim"], row["negated"])
        for row in table("acts")
        for one in row["cue"].split("/")
    }


def _cue_act(parsed: Parse, cue: list[Token], content: list[Token]) -> Act | None:
    """Return the act that the cue performs with this complement, None where the content decides."""
    found = _row(cue)
    if found is None:
        return _future_cue(cue)
    row, last = found
    word = {
        "to": row.to, "other_to": row.other_to, "wh": row.wh, "claim": row.claim,
    }.get(_complement(parsed, last, content), "") or row.act  # fmt: skip
    if any(t.text.lower() in _NOT for t in cue) or parsed.children(last, "neg"):
        word = row.negated or word
    return _ACTS.get(word)


def _future_cue(cue: list[Token]) -> Act | None:
    """Return what a cue that is itself the deed says: "will appoint" undertakes it, "would not vote for" refuses it."""
    verb = next((t for t in reversed(cue) if t.pos == "VERB"), None)
    words = {t.text.lower() for t in cue}
    if verb is None or not words & _WILL or "have" in words or verb.lemma.lower() in cues():
        return None
    return "refuse" if words & _NOT else "commit"


def _row(cue: Sequence[Token]) -> tuple[CueActs, Token] | None:
    """Return the row of the longest run of the cue's lemmas that stands in the table, the last such run, and its token."""
    lemmas = [t.lemma.lower() for t in cue]
    for length in (3, 2, 1):
        for start in range(len(lemmas) - length, -1, -1):
            row = _rows().get(tuple(lemmas[start : start + length]))
            if row:
                return row, cue[start]
    return None


def _complement(parsed: Parse, cue: Token, content: list[Token]) -> str:
    """Return the form of the content: "to" (the source is to do it), "other_to", "wh", or ""."""
    words = [t for t in content if t.pos != "PUNCT"]
    if not words:
        return ""
    first = words[0]
    if first.tag == "TO" or (first.text.lower() == "not" and len(words) > 1 and words[1].tag == "TO"):
        whom = parsed.children(cue, "dobj", "dative")
        return "other_to" if whom else "to"
    if first.tag in {"WP", "WDT", "WRB", "WP$"} or first.text.lower() in {"whether", "if"}:
        return "wh"
    if first.pos in {"NOUN", "PROPN", "DET", "ADJ"} and any(t.lemma.lower() in _CLAIMS for t in words[:4]):
        return "claim"
    verb = next((t for t in words if clauses.is_verb(t)), None)
    return "other_to" if verb and any(a.tag == "TO" for a in parsed.children(verb, "aux")) else ""


# --- by the content


@cache
def _words(act: str) -> frozenset[str]:
    return frozenset(w for row in table("act_words") if row["act"] == act for w in row["words"].split())


def _has(act: str, content: list[Token]) -> bool:
    lemmas = [t.lemma.lower() for t in content]
    return not _words(act).isdisjoint(lemmas)


def _content_act(text: str, parsed: Parse, draft: Statement, content: list[Token]) -> tuple[str, Act]:
    """Return the first rule that fits; the order is that of the guide's tie-breaks, the plainest forms first."""
    if not content:
        return "nothing said", "assert"
    # 1. a question, an order
    if _ends_with_question(text, draft):
        return "question", "ask"
    if draft.quotation != "indirect" and _is_imperative(parsed, content):
        return "imperative", "demand"
    # 2. what the speaker's side will do or not do
    verbs = [v for v in content if clauses.is_verb(v) and _is_main(parsed, v, content)]
    for verb in verbs:
        if _undertakes(parsed, verb, draft):
            if _is_denied(parsed, verb):
                return "own refusal", "refuse"
            return ("own harm", "threaten") if _harms(parsed, content, draft) else ("own future", "commit")
    if any(v.lemma.lower() in _words("offer") and v.tag in {"VBP", "VBZ"} and _is_own(parsed, v, draft) for v in verbs):
        return "own offer", "offer"
    # 3. what others must do, what will be
    if any(_is_obligation(parsed, v) for v in verbs):
        return "obligation", "demand"
    future = [v for v in verbs if _is_forecast(parsed, v)]
    if future and _has("harm", content):
        return "harm to come", "warn"
    if future:
        return "forecast", "predict"
    # 4. blame and praise
    if _has("accuse", content):
        return "blame words", "accuse"
    if any(v.lemma.lower() in _words("endorse") and _is_own(parsed, v, draft) for v in verbs):
        return "own praise", "endorse"
    return "nothing else", "assert"


def _ends_with_question(text: str, draft: Statement) -> bool:
    return text[draft.content[-1][0] : draft.content[-1][1]].rstrip("\"”'’ ").endswith("?")


def _is_imperative(parsed: Parse, content: list[Token]) -> bool:
    """Tell whether the content opens with a bare verb ("Leave the city")."""
    first = next((t for t in content if t.pos != "PUNCT"), content[0])
    bare = first.tag == "VB" and first.dep in {"ROOT", "ccomp"} and first.text.lower() != "thank"
    return bare and not parsed.children(first, *clauses.SUBJECTS)


def _is_main(parsed: Parse, verb: Token, content: list[Token]) -> bool:
    """Tell whether the verb heads a clause that is put on record itself, not one inside another or a condition."""
    if verb.dep in {"ROOT", "parataxis"}:
        return True
    if verb.dep in {"ccomp", "conj", "xcomp"}:
        head = parsed.head(verb)
        return (
            head not in content
            or (head.lemma in {"think", "believe", "say", "guess"} or verb.dep == "conj")
            and _is_main(parsed, head, content)
        )
    return verb.dep not in {"advcl", "relcl", "acl", "csubj", "pcomp"} and parsed.head(verb) not in content


def _is_own(parsed: Parse, verb: Token, draft: Statement) -> bool:
    """Tell whether the verb's subject is the speaker: I or we, in reported speech he, she, they or it."""
    subject = clauses.subject(parsed, verb)
    if subject is None:
        return False
    word = subject.text.lower()
    if word in _FIRST:
        return True
    return draft.quotation == "indirect" and (word in _THIRD or sides.is_own(parsed, draft.source, subject))


def _undertakes(parsed: Parse, verb: Token, draft: Statement) -> bool:
    """Tell whether the clause says what the speaker's side will do: "we will go", "I am ready to go", "he plans to go"."""
    if not _is_own(parsed, verb, draft):
        return False
    words = {t.text.lower() for t in clauses.auxiliaries(parsed, verb)}
    complement = parsed.children(verb, "xcomp")
    if verb.lemma in _PLAN and complement and (verb.lemma != "go" or "going" in verb.text.lower()):
        return complement[0].lemma not in _OUTCOME
    if verb.lemma == "be" and any(c.lemma.lower() in _READY for c in parsed.children(verb, "acomp")):
        return True
    if "have" in words:
        return False
    will = _WILL if draft.quotation == "indirect" else _WILL - _WOULD  # quoted, "I would" is about an if
    return bool(words & will) and verb.lemma not in _OUTCOME


def _is_denied(parsed: Parse, verb: Token) -> bool:
    return bool(parsed.children(verb, "neg")) or any(
        t.text.lower() in {"never", "no"} for t in parsed.children(verb, "advmod", "preconj")
    )


def _is_obligation(parsed: Parse, verb: Token) -> bool:
    words = {t.text.lower() for t in clauses.auxiliaries(parsed, verb)}
    needed = verb.lemma in {"need", "have"} and any(
        t.tag == "TO" for c in parsed.children(verb, "xcomp") for t in parsed.children(c, "aux")
    )
    subject = clauses.subject(parsed, verb)
    return (
        (bool(words & _MUST) and "have" not in words or needed) and subject is not None and subject.text.lower() != "i"
    )


def _is_forecast(parsed: Parse, verb: Token) -> bool:
    words = {t.text.lower() for t in clauses.auxiliaries(parsed, verb)}
    going = verb.lemma == "go" and verb.tag == "VBG" and bool(parsed.children(verb, "xcomp"))
    return (
        ("have" not in words and bool(words & _WILL))
        or going
        or any(c.lemma.lower() in _words("forecast") for c in parsed.children(verb, "acomp"))
    )


def _harms(parsed: Parse, content: list[Token], draft: Statement) -> bool:
    """Tell whether the speaker's side would do harm: an undertaking whose verb or object is of the words of harm."""
    for verb in content:
        if clauses.is_verb(verb) and (_undertakes(parsed, verb, draft) or _is_main(parsed, verb, content)):
            done = [verb, *parsed.children(verb, "xcomp", "dobj")]
            own = _is_own(parsed, verb, draft) or clauses.subject(parsed, verb) is None
            if own and any(t.lemma.lower() in _HARM_VERBS for t in done):
                return True
    return False


_HARM_VERBS = {
    "attack",
    "strike",
    "destroy",
    "punish",
    "retaliate",
    "sue",
    "crush",
    "bomb",
    "invade",
    "sanction",
    "kill",
    "expel",
    "hit",
}


# --- at whom


def _target(parsed: Parse, draft: Statement, act: Act) -> Mention | None:
    """Return at whom the act is directed: the object of the cue, or for blame and demands the content's own first noun."""
    if act in {"assert", "predict", "ask"}:
        return None
    cue = parsed.inside(draft.cue)
    objects = [
        o
        for t in cue
        if t.pos == "VERB"
        for o in parsed.children(t, "dobj", "dative")
        if o.pos in {"PROPN", "NOUN", "PRON"}
    ]
    if act == "accuse" and not objects:
        return None
    people = [o for o in objects if act in {"accuse", "endorse"} or o not in parsed.inside(draft.content)]
    if len(people) != 1:
        return None
    phrase = [t for t in parsed.subtree(people[0]) if t.index <= people[0].index]
    return Mention(span_of(phrase), None)
