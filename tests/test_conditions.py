"""Conditions: plain sentences that the head must get right, and what holds whatever it says."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest
from handmade import AnyFinder, article, contents, known_failure, parsed, reading, spans, statement, words
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import conditions, linker
from onrecord.linker import Linked
from onrecord.parse import Parse, parse
from onrecord.reading import Reading, read
from onrecord.records import Condition, Statement
from onrecord.spans import lawful, overlaps, within
from onrecord.tables import table


def split(text: str, draft: Statement) -> tuple[Condition, ...]:
    return conditions.split(article(text), read(text, parse(text)), (draft,))[0].conditions


def found(sentence: str) -> tuple[str, tuple[Condition, ...]]:
    """Return a text that quotes a sentence, and the conditions in the quotation."""
    text = f"Mara Ilic told the council on Tuesday: “{sentence}”"
    return text, split(text, statement(text, "told", f"“{sentence}”", source="Mara Ilic", quotation="direct"))


# text, kind, connector, antecedent, consequent
PLAIN = [
    ("We will close the bridge if they cross the river.", "if", "if", "they cross the river", "We will close the bridge"),
    ("If they cross the river, we will close the bridge.", "if", "If", "they cross the river", "we will close the bridge"),
    ("We will leave only if the guns fall silent.", "only_if", "only if", "the guns fall silent", "We will leave"),
    ("We will leave unless they pay.", "unless", "unless", "they pay", "We will leave"),
    ("We will not leave unless they pay.", "only_if", "unless", "they pay", "We will not leave"),
    ("There will be no talks until the army withdraws.", "only_if", "until", "the army withdraws", "There will be no talks"),
    ("We will pay as long as they deliver grain.", "only_if", "as long as", "they deliver grain", "We will pay"),
    known_failure("No peace is possible as long as he remains in power.", "if", "as long as", "he remains in power",
                  "No peace is possible", known="taken for an only_if"),
    ("In the event of war, the road will be closed.", "if", "In the event of", "war", "the road will be closed"),
    ("Without water, the town would die.", "unless", "Without", "water", "the town would die"),
    known_failure("The town cannot live without water.", "only_if", "without", "water", "The town cannot live", known="not seen"),
    ("Once they sign, we will open the border.", "if", "Once", "they sign", "we will open the border"),
    ("Should they refuse, we will close the border.", "if", "Should", "they refuse", "we will close the border"),
    ("The crowd would have been larger had the road been cleared.", "if", "had", "the road been cleared",
     "The crowd would have been larger"),
    ("I think that if they come, the dam will break.", "if", "if", "they come", "the dam will break"),
    ("We would go even if it rained.", "if", "even if", "it rained", "We would go"),
    ("Any company that breaks the ban will be fined.", "if", "", "Any company that breaks the ban", "will be fined"),
    ("Any company that breaks the ban shall be fined.", "if", "", "Any company that breaks the ban", "shall be fined"),
    ("We will sign, provided that both sides agree.", "only_if", "provided that", "both sides agree", "We will sign"),
    ("Leave the bridge or we will fire.", "unless", "or", "Leave the bridge", "we will fire"),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("text", "kind", "connector", "antecedent", "consequent"), PLAIN)
def test_plain_conditions(text: str, kind: str, connector: str, antecedent: str, consequent: str) -> None:
    text, (one,) = found(text)
    told = (one.kind, words(text, one.connector), words(text, one.antecedent), words(text, one.consequent))
    assert told == (kind, connector, antecedent, consequent)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("She asked if the road was safe.", "whether"),
        ("They want to see if the dam holds.", "whether"),
        ("He walked as if nothing had happened.", "a comparison"),
        ("It was a circus, if you will.", "a set phrase"),
        ("Few, if any, came back.", "a set phrase"),
        ("When it rains, the river rises.", "a habit"),
        known_failure("Once he was mayor of the town.", "once upon a time", known="taken for a condition"),
        ("He stayed until Monday.", "a time"),
        ("He slept until the bell rang.", "what was, not what is open"),
        ("They left without a word.", "a manner"),
        ("Should we go?", "a question"),
        ("She had the road closed.", "no inversion"),
        ("Any company could apply.", "nobody is told by a deed"),
        ("The mayor and the council will meet on Monday.", "a plain 'and'"),
        ("They will meet in May or in June.", "a plain 'or'"),
    ],
)
def test_what_is_no_condition(text: str, why: str) -> None:
    assert found(text)[1] == (), why


@pytest.mark.model
def test_a_question_whether_is_no_condition() -> None:
    text = "The reporter asked Mara Ilic if the road was safe."
    assert split(text, statement(text, "asked", "if the road was safe", source="The reporter")) == ()


@pytest.mark.model
def test_a_fragment_takes_its_consequent_from_the_sentence_before() -> None:
    sentences = "We are ready to send tractors. But only if somebody from the valley asks us for help, even if it is just one farmer."
    text, (one,) = found(sentences)
    assert one.kind == "only_if"
    assert words(text, one.antecedent).startswith("somebody from the valley asks us for help")
    assert words(text, one.consequent) == "We are ready to send tractors"
    assert not one.concessive, "'even if' is a degree of the condition, not one of its own"


@pytest.mark.model
def test_a_fragment_takes_none_from_outside_the_content() -> None:
    text = "The dam held. “Only if the rain stops.”"
    (one,) = split(text, statement(text, "", "“Only if the rain stops.”", quotation="direct"))
    assert (words(text, one.antecedent), one.consequent) == ("the rain stops", ())


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "concessive", "counterfactual"),
    [
        ("We would go even if it rained.", True, False),
        ("If they had listened, the dam would have held.", False, True),
        ("The dam would have held had they listened.", False, True),
        known_failure("If I were mayor, the road would open.", False, True, known="taken for open"),
        ("The road would open if she were elected.", False, False),
        ("If it rains, the road will close.", False, False),
    ],
)
def test_concessive_and_counterfactual(text: str, concessive: bool, counterfactual: bool) -> None:
    _, (one,) = found(text)
    assert (one.concessive, one.counterfactual) == (concessive, counterfactual)


@pytest.mark.model
def test_two_conditions_keep_apart() -> None:
    text, both = found("She will win if the sun shines. She will lose if it rains.")
    told = [(words(text, c.antecedent), words(text, c.consequent)) for c in both]
    assert told == [("the sun shines", "She will win"), ("it rains", "She will lose")]


@pytest.mark.model
def test_a_cue_between_the_parts_is_no_part() -> None:
    text = "If the dam breaks, Kalnins said, the town will be lost."
    (one,) = split(text, statement(text, "said", "If the dam breaks", "the town will be lost", source="Kalnins"))
    assert (words(text, one.antecedent), words(text, one.consequent)) == ("the dam breaks", "the town will be lost")


@pytest.mark.model
@pytest.mark.parametrize("text", ["If it rains, the road will close.", "The road would open if she were elected."])
def test_an_open_condition_that_is_the_whole_text(text: str) -> None:
    (one,) = split(text, statement(text, "", text, quotation="direct"))
    assert not one.counterfactual


@pytest.mark.model
@pytest.mark.parametrize("text", ["He slept until the bell rang.", "They left without a word."])
def test_no_condition_that_is_the_whole_text(text: str) -> None:
    assert split(text, statement(text, "", text)) == ()


# --- whatever the head says

LONG = "If they come, we (will) [close] {the gates}. " * 150


def holds(text: str, content: tuple[tuple[int, int], ...], made: tuple[Condition, ...]) -> None:
    """Assert what must hold for the conditions of a content."""
    for one in made:
        assert one.antecedent
        for part, other in combinations((one.antecedent, one.consequent, one.connector), 2):
            assert not overlaps(part, other)
        for part in (one.antecedent, one.consequent, one.connector):
            assert within(part, content)
            assert lawful(text, part) == part
    starts = [c.antecedent[0][0] for c in made]
    assert starts == sorted(starts)


@given(contents(), st.integers(0, 2**31))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_parts_lie_apart_inside_the_content(
    monkeypatch: pytest.MonkeyPatch, drawn: tuple[str, Reading, Parse, Statement], seed: int
) -> None:
    text, seen, _, draft = drawn
    monkeypatch.setattr(conditions, "_finder", lambda: AnyFinder(seed))
    (one,) = conditions.split(article(text), seen, (draft,))
    holds(text, draft.content, one.conditions)
    assert replace(one, conditions=()) == draft


@pytest.mark.model
@pytest.mark.parametrize(
    "text", ["", " \n\u2028", "“", "if", "If [if (if {if", "a" * 3000, LONG, "If\u200b he\u0301 comes,\r\nwe\u2028 go.", "unless " * 300]
)  # fmt: skip
def test_parts_hold_whatever_the_text(text: str) -> None:
    content = lawful(text, [(0, len(text))])
    draft = replace(statement(text), content=content)
    holds(text, content, split(text, draft))


@pytest.mark.model
def test_each_statement_has_its_own() -> None:
    text = "She will win if the sun shines. She will lose if it rains."
    drafts = (
        statement(text, "", "She will win if the sun shines"),
        statement(text, "", "She will lose", id="s2"),
        statement(text, "", "She will lose if it rains", id="s3"),
    )
    made = conditions.split(article(text), read(text, parse(text)), drafts)
    assert [[words(text, c.antecedent) for c in one.conditions] for one in made] == [
        ["the sun shines"],
        [],
        ["it rains"],
    ]
    assert made[1] is drafts[1]


# --- the connectors


@pytest.mark.parametrize(
    ("text", "content", "openings"),
    [
        ("We go if they come.", "We go if they come", ["if"]),
        ("We go only if they come.", "We go only if they come", ["only if"]),
        ("We go Only  If they come.", "We go Only  If they come", ["Only  If"]),
        ("He ran as if burned, if you will.", "He ran as if burned, if you will", []),
        ("If they come, if ever, we go.", "If they come, if ever, we go", ["If", "if ever"]),
        ("We go only, if they come.", "We go only, if they come", ["if"]),
        ("If they come, we go.", "we go", []),
    ],
)
def test_the_longest_connector_opens(text: str, content: str, openings: list[str]) -> None:
    seen = reading(text, parsed(text))
    opened = list(conditions.openings(text, seen, statement(text, "", content)))
    assert [text[seen.pieces.starts[first] : seen.pieces.ends[end - 1]] for (first, end), _ in opened] == openings
    for (first, end), inside in opened:
        assert inside[first:end].all()
        assert inside.sum() == len(seen.words(spans(text, content)))


def test_a_connector_is_not_put_together_across_a_gap() -> None:
    text = "We go only — he said — if they come."
    seen = reading(text, parsed(text))
    draft = statement(text, "", "We go only", "if they come")
    ((anchor, _),) = conditions.openings(text, seen, draft)
    assert seen.characters(range(*anchor)) == spans(text, "if")


def test_connectors_stand_once_and_tell_whether_they_open() -> None:
    every = [row["connector"] for row in table("connectors")]
    assert len(every) == len(set(every))
    assert {row["opens"] for row in table("connectors")} == {"mostly", "sometimes", "within", "no"}
    for row in table("connectors"):
        assert row["connector"] == row["connector"].lower()
        assert row["connector"] in " ".join(re.findall(r"\w+|[^\w\s]", row["example"].lower()))


def linked(first: range, sure: float, anchor: int = 0) -> Linked:
    return Linked((anchor, anchor + 1), tuple(first), (), (sure,))


def test_of_two_that_share_half_an_antecedent_the_surer_one_stays() -> None:
    surer, weaker, apart = linked(range(4, 8), 2.0), linked(range(6, 9), 1.0), linked(range(7, 20), 0.5)
    assert linker.apart([weaker, apart, surer], lambda one: one.first) == [surer, apart]


def test_an_anchor_inside_its_antecedent_is_no_connector(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Any strike will be met."
    one = Linked((0, 1), (0, 1), (2, 3, 4), (1.0, 1, 0, 0, 1, 0, 0, 1))
    monkeypatch.setattr(conditions, "_finder", lambda: lambda *_: [one])
    (made,) = conditions.split(article(text), reading(text, parsed(text)), (statement(text, "", text),))
    assert made.conditions == (
        Condition(
            spans(text, "Any strike"), spans(text, "will be met"), (), "if", concessive=False, counterfactual=True
        ),
    )


def test_a_consequent_leaves_out_a_sentence_that_has_its_own_condition() -> None:
    text = "We go if they come. We stay if they leave."
    made = parsed(
        text,
        [
            "We/PRP/nsubj/go",
            "go/VBP/ROOT/go",
            "if/IN/mark/come",
            "they/PRP/nsubj/come",
            "come/VBP/advcl/go",
            "././punct/go",
        ],
        [
            "We/PRP/nsubj/stay",
            "stay/VBP/ROOT/stay",
            "if/IN/mark/leave",
            "they/PRP/nsubj/leave",
            "leave/VBP/advcl/stay",
            "././punct/stay",
        ],
    )
    seen = reading(text, made)
    sure = (3.0, 1, 0, 0, 0, -1, 0, -1)
    first, second = Linked((2, 3), (3, 4), (0, 1, 6, 7), sure), Linked((8, 9), (9, 10), (6, 7), sure)
    told = conditions._governing(seen, [first, second])
    assert [one.second for one in told] == [(0, 1), (6, 7)]
