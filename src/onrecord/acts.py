"""Acts: what a source does by a statement.

A head on the encoder judges (``judge.py``), told what plain rules find: what the cue performs (``acts.tsv``), what words and clauses the
content has. docs/acts.md is the codebook, docs/model.md the card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from onrecord import clauses, inner, undertakings
from onrecord.cues import cues
from onrecord.judge import Judge
from onrecord.parse import Parse, Token, span_of
from onrecord.reading import FOLDER, Reading
from onrecord.records import Act, Article, Mention, Statement
from onrecord.tables import table

_ACTS: dict[str, Act] = {
    "assert": "assert", "predict": "predict", "commit": "commit", "offer": "offer", "threaten": "threaten", "warn": "warn",
    "demand": "demand", "accuse": "accuse", "deny": "deny", "refuse": "refuse", "endorse": "endorse", "ask": "ask",
}  # fmt: skip

_MUST = {"must", "should", "ought"}
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


@dataclass(frozen=True, slots=True)
class CueActs:
    """One row of ``acts.tsv``: the act of a cue by its complement."""

    act: str
    to: str
    other_to: str
    wh: str
    claim: str
    negated: str


ACTS: tuple[Act, ...] = tuple(_ACTS.values())
"""The acts in the order of the head's scores."""

OTHERS_AT_MOST, OTHER_LIKELY = 2, 0.5
"""How many further acts are told, and how likely one has to be."""

_SUBJECTS = {"i", "we", "you", "he", "she", "it", "they", "this", "that", "there"}
_TELLING_WORDS = {
    "if", "unless", "until", "must", "should", "not", "n't", "never", "would", "will", "could", "can", "may", "might", "need", "to",
    "please", "let", "no", "why", "how", "because",
}  # fmt: skip


def judged(article: Article, parsed: Parse, reading: Reading, drafts: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Return the statements with act, other acts, target, and how sure the head is of the act."""
    judgements = (_judged(article, parsed, reading, own) for own in inner.apart(drafts))
    return tuple(replace(judged, content=draft.content) for judged, draft in zip(judgements, drafts, strict=True))


def _judged(article: Article, parsed: Parse, reading: Reading, draft: Statement) -> Statement:
    if not reading.words(draft.content):
        return replace(draft, act="assert", other_acts=(), act_confidence=0.0)
    main, any_of = _judge()(reading, draft, signs(article, parsed, draft))
    rule, _ = rule_of(article, parsed, draft)
    asks = rule == "question" and len({parsed.sentence_of(t) for t in parsed.inside(draft.content)}) == 1
    act = "ask" if asks else ACTS[int(main.argmax())]  # a question and nothing else asks
    others = [ACTS[n] for n in np.argsort(-any_of).tolist() if any_of[n] >= OTHER_LIKELY and ACTS[n] != act]
    return replace(
        draft,
        act=act,
        other_acts=tuple(others[:OTHERS_AT_MOST]),
        target=_target(parsed, draft, rule, act),
        act_confidence=round(float(main[ACTS.index(act)]), 4),
    )


@cache
def _judge() -> Judge:
    return Judge(FOLDER / "heads" / "acts.npz")


def rule_of(article: Article, parsed: Parse, draft: Statement) -> tuple[str, Act]:
    """Return what the plain rules say: the rule that fits first and its act. The head weighs it, and is measured against it."""
    cue, content = parsed.inside(draft.cue), parsed.inside(draft.content)
    by_cue = _cue_act(parsed, cue, content)
    if by_cue == "warn" and _harms(parsed, content, draft):
        return "cue warn, own harm", "threaten"
    if by_cue is not None:
        return f"cue {by_cue}", by_cue
    return _content_act(article.text, parsed, draft, content)


def signs(article: Article, parsed: Parse, draft: Statement) -> frozenset[str]:
    """Return what the rules and the parse tell the head of a statement, as names."""
    cue, content = parsed.inside(draft.cue), parsed.inside(draft.content)
    rule, act = rule_of(article, parsed, draft)
    found = {f"rule {rule}", f"act {act}", f"quotation {draft.quotation}", f"manner {draft.manner}"}
    row = _row(cue)
    if row is not None:
        found |= {f"cue {row[0].act}", f"complement {_complement(parsed, row[1], content) or 'other'}"}
    found.add(f"content {_content_act(article.text, parsed, draft, content)[0]}")
    if any(t.text.lower() in _NOT for t in cue):
        found.add("cue denied")
    source = {t.text.lower() for t in parsed.inside(draft.source)}
    if not source or source & {"i", "we"}:
        found.add("source first person" if source else "no source")
    found |= {f"undertaking {one.type} {one.strength}" for one in undertakings.in_content(parsed, draft)}
    inside = {t.index for t in content}
    for verb in content:
        if clauses.is_verb(verb) and undertakings.is_main(parsed, verb, inside):
            found |= _verb_signs(parsed, verb)
    found |= {
        f"has {act}" for act in ("harm", "accuse", "endorse", "strike", "dealt", "forecast") if _has(act, content)
    }
    return frozenset(found | {f"word {w}" for w in {t.text.lower() for t in content} & (_TELLING_WORDS | {"?"})})


def _verb_signs(parsed: Parse, verb: Token) -> set[str]:
    """Return the signs of one main clause."""
    subject = clauses.subject(parsed, verb)
    found = {f"subject {subject.text.lower() if subject.text.lower() in _SUBJECTS else 'other'}"} if subject else set()
    found |= {"obligation"} if _is_obligation(parsed, verb) else set()
    return found | ({"forecast"} if _is_forecast(parsed, verb) else set())


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
    if verb is None or not words & clauses.WILL or "have" in words or verb.lemma.lower() in cues():
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
    """Return the first rule that fits, the plainest forms first."""
    if not content:
        return "nothing said", "assert"
    # 1. a question, an order
    if _ends_with_question(text, draft):
        return "question", "ask"
    if draft.quotation != "indirect" and _is_imperative(parsed, content):
        return "imperative", "demand"
    # 2. what the source's side will do or not do
    for one in undertakings.in_content(parsed, draft):
        if one.strength == "explicit":
            harm = one.type == "commit" and _harms(parsed, content, draft)
            return ("own harm", "threaten") if harm else (f"own {one.type}", one.type)
    # 3. what others must do, what will be
    inside = {t.index for t in content}
    verbs = [v for v in content if clauses.is_verb(v) and undertakings.is_main(parsed, v, inside)]
    if any(_is_obligation(parsed, v) for v in verbs):
        return "obligation", "demand"
    if any(_is_forecast(parsed, v) for v in verbs):
        return ("harm to come", "warn") if _has("harm", content) else ("forecast", "predict")
    # 4. blame and praise
    if _has("accuse", content):
        return "words of blame", "accuse"
    if any(v.lemma.lower() in _words("endorse") and _says_itself(parsed, v, draft) for v in verbs):
        return "own praise", "endorse"
    return "nothing else", "assert"


def _ends_with_question(text: str, draft: Statement) -> bool:
    return text[draft.content[-1][0] : draft.content[-1][1]].rstrip("\"”'’ ").endswith("?")


def _is_imperative(parsed: Parse, content: list[Token]) -> bool:
    """Tell whether the content opens with a bare verb ("Leave the city")."""
    first = next((t for t in content if t.pos != "PUNCT"), content[0])
    bare = first.tag == "VB" and first.dep in {"ROOT", "ccomp", "xcomp"} and first.text.lower() != "thank"
    return bare and not parsed.children(first, *clauses.SUBJECTS)


def _says_itself(parsed: Parse, verb: Token, draft: Statement) -> bool:
    subject = clauses.subject(parsed, verb)
    return subject is not None and undertakings.is_own(parsed, subject, draft)


def _is_obligation(parsed: Parse, verb: Token) -> bool:
    """Tell whether somebody else than the speaker alone must do something."""
    words = {t.text.lower() for t in clauses.auxiliaries(parsed, verb)}
    below = [t for c in parsed.children(verb, "xcomp") for t in parsed.children(c, "aux")]
    needed = verb.lemma in {"need", "have"} and any(t.tag == "TO" for t in below)
    subject = clauses.subject(parsed, verb)
    must = bool(words & _MUST) and "have" not in words
    return (must or needed) and subject is not None and subject.text.lower() != "i"


def _is_forecast(parsed: Parse, verb: Token) -> bool:
    words = {t.text.lower() for t in clauses.auxiliaries(parsed, verb)}
    going = verb.lemma == "go" and verb.tag == "VBG" and bool(parsed.children(verb, "xcomp"))
    likely = any(c.lemma.lower() in _words("forecast") for c in parsed.children(verb, "acomp"))
    return ("have" not in words and bool(words & clauses.WILL)) or going or likely


def _harms(parsed: Parse, content: list[Token], draft: Statement) -> bool:
    """Tell whether the source's side would do harm: by a deed of harm, or by what "you" will get."""
    inside = {t.index for t in content}
    for verb in content:
        if not clauses.is_verb(verb) or not undertakings.is_main(parsed, verb, inside):
            continue
        subject = clauses.subject(parsed, verb)
        will = not clauses.WILL.isdisjoint(t.text.lower() for t in clauses.auxiliaries(parsed, verb))
        if subject is None:
            harm = verb.lemma.lower() in _words("strike")
        elif subject.text.lower() == "you":
            harm = verb in befalling(parsed, draft)
        else:
            harm = will and verb.lemma.lower() in _words("strike") and undertakings.is_own(parsed, subject, draft)
        if harm:
            return True
    return False


def befalling(parsed: Parse, draft: Statement) -> list[Token]:
    """Return the verbs by which the source's own words tell what "you" will get ("you will pay for this")."""
    if draft.quotation == "indirect":
        return []
    content = parsed.inside(draft.content)
    inside = {t.index for t in content}
    return [
        verb
        for verb in content
        if verb.lemma in _words("dealt")
        and undertakings.is_main(parsed, verb, inside)
        and (subject := clauses.subject(parsed, verb)) is not None
        and subject.text.lower() == "you"
        and not clauses.WILL.isdisjoint(t.text.lower() for t in clauses.auxiliaries(parsed, verb))
    ]


# --- at whom


def _target(parsed: Parse, draft: Statement, rule: str, act: Act) -> Mention | None:
    """Return at whom the act is directed: the object of a cue that is itself the act, or of one that gives an order.

    Whom a cue merely tells what the content does is the addressee.
    """
    if act in {"assert", "predict", "ask"} or not (rule.startswith("cue") or rule == "imperative"):
        return None
    cue, content = parsed.inside(draft.cue), parsed.inside(draft.content)
    objects = [o for t in cue if t.pos == "VERB" for o in parsed.children(t, "dobj", "dative") if o not in cue]
    if act == "accuse" and content and content[0].text.lower() in {"against", "at", "on"}:
        objects = parsed.children(content[0], "pobj")
    people = [
        o for o in objects if o.pos in {"PROPN", "NOUN", "PRON"} and (act in {"accuse", "endorse"} or o not in content)
    ]
    if len(people) != 1:
        return None
    phrase = [t for t in parsed.subtree(people[0]) if t.index <= people[0].index]
    return Mention(span_of(phrase), None)
