"""What must hold for findings by themselves: sound ones pass, and each fault is named with its row and value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from ledger_findings import at, made_up, report, rich

from onrecord.identity import sha256
from onrecord.proofs import every_span, problems
from onrecord.records import Findings, Mention, Place, Time

RICH = rich()
TEXT = RICH.article.text


def test_rich_findings_hold() -> None:
    assert problems(RICH) == ()


def test_findings_without_rows_hold() -> None:
    assert problems(replace(RICH, actors=(), statements=(), commitments=(), events=())) == ()


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made_up())
def test_whatever_is_made_by_the_rules_holds(findings: Findings) -> None:
    assert problems(findings) == ()


def article(**facts: Any) -> Findings:
    return replace(RICH, article=replace(RICH.article, **facts))


def first(**facts: Any) -> Findings:
    """Return the rich findings with the first statement changed."""
    return replace(RICH, statements=(replace(RICH.statements[0], **facts), *RICH.statements[1:]))


def second(**facts: Any) -> Findings:
    one, two, *rest = RICH.statements
    return replace(RICH, statements=(one, replace(two, **facts), *rest))


def conditional(**facts: Any) -> Findings:
    """Return the rich findings with the first condition of the second statement changed."""
    one, *rest = RICH.statements[1].conditions
    return second(conditions=(replace(one, **facts), *rest))


def promised(**facts: Any) -> Findings:
    return replace(RICH, commitments=(RICH.commitments[0], replace(RICH.commitments[1], **facts)))


def happened(**facts: Any) -> Findings:
    return replace(RICH, events=(replace(RICH.events[0], **facts), RICH.events[1]))


def named(**facts: Any) -> Findings:
    return replace(RICH, actors=(replace(RICH.actors[0], **facts), *RICH.actors[1:]))


BAD: list[tuple[str, Callable[[], Findings], str]] = [
    ("hash of another text", lambda: article(sha256="0" * 64), "sha256 is '000"),
    ("text changed by one character", lambda: article(text="m" + TEXT[1:]), "sha256 is"),
    ("title says other words", lambda: article(title="Marrow vows"), "title is 'Marrow vows', title_span"),
    ("span without title", lambda: article(title=None), "title is None"),
    ("date as people write it", lambda: article(published="3 March 2025"), "published is '3 March 2025', expected ISO"),
    ("day of no calendar", lambda: article(read_as_of=Time("2025-02-30", None, None)), "read_as_of holds '2025-02-30'"),
    ("day without hyphens", lambda: article(read_as_of=Time("20250228", None, None)), "read_as_of holds '20250228'"),
    (
        "range backwards",
        lambda: first(said_on=Time("2025-03-04", "2025-03-03", None)),
        "s0: said_on begins on 2025-03-04",
    ),
    ("time that says nothing", lambda: first(said_on=Time(None, None, None)), "said_on states no day and no words"),
    ("span past the end", lambda: first(content=((0, 9999),)), "s0: content [0, 9999) is empty or outside the text"),
    ("span before the start", lambda: first(source=((-3, 2),)), "s0: source [-3, 2) is empty or outside"),
    ("empty span", lambda: first(cue=((7, 7),)), "s0: cue [7, 7) is empty"),
    ("white space at the start", lambda: first(cue=((6, 11),)), "has white space at an edge: ' vows'"),
    ("white space at the end", lambda: first(cue=((7, 12),)), "has white space at an edge: 'vows '"),
    ("across a line break", lambda: first(insertions=((40, 50),)), "insertion [40, 50) crosses a line break"),
    ("overlap", lambda: first(source=((0, 6), (4, 11))), "source [4, 11) overlaps or precedes the span before it"),
    ("unsorted", lambda: first(source=((7, 11), (0, 6))), "source [0, 6) overlaps or precedes"),
    ("in clutter", lambda: first(insertions=(at(TEXT, "this story"),)), "lies in clutter: 'this story'"),
    ("condition outside the content", lambda: conditional(connector=(at(TEXT, "told"),)), "condition 0: connector"),
    (
        "condition across two contents",
        lambda: conditional(consequent=((at(TEXT, "We")[0], at(TEXT, "only")[1]),)),
        "consequent",
    ),
    ("no antecedent", lambda: conditional(antecedent=()), "condition 0: no antecedent"),
    ("no content", lambda: second(content=(), conditions=()), "statement s1: no content"),
    ("unknown speaker", lambda: first(speakers=("a9",)), "speakers holds 'a9', which is no actor"),
    ("speaker twice", lambda: first(speakers=("a1", "a1")), "speakers holds 'a1' twice"),
    ("unknown principal", lambda: first(on_behalf_of=("a9",)), "on_behalf_of holds 'a9'"),
    ("unknown addressee", lambda: first(addressee=Mention((0, 6), "a9")), "addressee is 'a9'"),
    ("unknown target", lambda: first(target=Mention((0, 6), "s1")), "target is 's1'"),
    ("speaker and a reason for none", lambda: first(why_no_speaker="ambiguous"), "expected exactly one of them"),
    ("neither speaker nor reason", lambda: first(speakers=()), "expected exactly one of them"),
    ("answers itself", lambda: first(answers="s0"), "answers is 's0', expected another statement"),
    ("inside what is not there", lambda: first(inside="s9"), "inside is 's9'"),
    ("sure beyond one", lambda: first(confidence=1.01), "confidence is 1.01"),
    ("not a number", lambda: first(act_confidence=float("nan")), "act_confidence is nan"),
    ("unknown act", lambda: first(act="shout"), "act is 'shout', expected one of assert"),
    ("unknown other act", lambda: first(other_acts=("sing",)), "act is 'sing'"),
    ("unknown manner", lambda: first(manner="sung"), "manner is 'sung'"),
    ("unknown quotation", lambda: first(quotation="scare"), "quotation is 'scare'"),
    ("unknown kind of condition", lambda: conditional(kind="when"), "condition 0: kind is 'when'"),
    ("place off the earth", lambda: first(place=Place((0, 6), "Marrow", None, 91.0, 0.0)), "latitude is 91.0"),
    ("place nowhere", lambda: first(place=Place((0, 6), "Marrow", None, 1.0, float("inf"))), "longitude is inf"),
    ("country of two letters", lambda: named(country="BY"), "actor a1: country is 'BY'"),
    ("name of spaces", lambda: named(name=" "), "actor a1: the name is empty"),
    ("unknown kind of actor", lambda: named(kind="robot"), "kind is 'robot'"),
    ("id of another row", lambda: named(id="s1"), "the id is used twice"),
    ("id that is empty", lambda: happened(id=""), "event: an id is empty"),
    ("article without id", lambda: article(id=""), "article: the id is empty"),
    ("promise of no statement", lambda: promised(statement="s9"), "commitment c1: statement is 's9'"),
    ("condition that the statement lacks", lambda: promised(condition=2), "c1: condition is 2, statement s1 has 2"),
    ("negative condition", lambda: promised(condition=-1), "condition is -1"),
    ("no action", lambda: promised(action=()), "commitment c1: no action"),
    ("unknown agent", lambda: promised(agent=Mention((0, 6), "a9")), "agent is 'a9'"),
    ("unknown promisee", lambda: promised(to=Mention((0, 6), "a9")), "to is 'a9'"),
    ("unknown strength", lambda: promised(strength="firm"), "strength is 'firm'"),
    ("unknown type", lambda: happened(type="DANCE"), "event e1: type is 'DANCE'"),
    ("unknown factuality", lambda: happened(factuality="true"), "factuality is 'true'"),
    ("event of no statement", lambda: happened(statement="s9"), "event e1: statement is 's9'"),
    ("no trigger", lambda: happened(trigger=()), "event e1: no trigger"),
    ("unknown recipient", lambda: happened(recipient=Mention((0, 6), "a9")), "recipient is 'a9'"),
    (
        "statements out of order",
        lambda: replace(RICH, statements=RICH.statements[::-1]),
        "expected order of first offset",
    ),
    ("promises out of order", lambda: replace(RICH, commitments=RICH.commitments[::-1]), "commitment c0 begins at"),
]


@pytest.mark.parametrize(("why", "findings", "expected"), BAD, ids=[why for why, *_ in BAD])
def test_each_fault_is_named(why: str, findings: Callable[[], Findings], expected: str) -> None:
    assert expected in "\n".join(problems(findings())), why


def test_a_lone_surrogate_is_named_not_raised() -> None:
    assert "lone surrogate at offset 1" in problems(article(text="x\ud800", title=None, title_span=None))[0]


@pytest.mark.parametrize("line_break", ["\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_every_line_break_of_splitlines_counts(line_break: str) -> None:
    found = report("x", ("Vale", "yes and no"))
    text = found.article.text.replace("yes and", f"yes{line_break}and")
    broken = replace(found, article=replace(found.article, text=text, sha256=sha256(text.encode())))
    assert "crosses a line break" in "\n".join(problems(broken))


@pytest.mark.parametrize("joiner", ["\u200b", "\t", "\xa0", "\ufeff"])
def test_what_breaks_no_line_does_not_count(joiner: str) -> None:
    assert problems(report("x", ("Vale", f"yes{joiner}and no"))) == ()


@pytest.mark.parametrize(
    "published", ["2025", "2025-03", "2025-03-03", "2025-03-03T18:30Z", "2025-03-03 18:30:01.5+0200"]
)
def test_dates_of_publishing_as_stated(published: str) -> None:
    assert problems(article(published=published)) == ()


def test_every_span_tells_whose_and_in_what_role() -> None:
    told = {(role.owner, role.role, role.item): [TEXT[s:e] for s, e in role.spans] for role in every_span(RICH)}
    assert told["s1", "content", 0] == ["“We will open the dam [at Kesh]”", "“only if the guards leave by Friday”"]
    assert told["s1", "antecedent", 1] == ["by Friday"]
    assert told["c1", "deadline", 0] == ["Friday"]
    assert told["e1", "place", 0] == ["Kesh"]
    assert told[RICH.article.id, "clutter", 0] == ["Share this story"]
    assert ("c0", "agent", 0) not in told
