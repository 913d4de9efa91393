from __future__ import annotations

import pytest
from handmade import article, parsed, spans, statement, words

from onrecord import conditions
from onrecord.parse import parse
from onrecord.records import Condition

pytestmark = pytest.mark.model


def found(text: str, cue: str = "") -> tuple[Condition, ...]:
    """Return the conditions of a text that is all content, behind its cue if it has one."""
    draft = statement(
        text,
        cue,
        text[text.index(cue) + len(cue) :].strip(),
        quotation="direct" if text.startswith("“") else "indirect",
    )
    return conditions.split(article(text), parse(text), (draft,))[0].conditions


# text, kind, connector, antecedent, consequent
PLAIN = [
    (
        "We will close the bridge if they cross the river.",
        "if",
        "if",
        "they cross the river",
        "We will close the bridge",
    ),
    (
        "If they cross the river, we will close the bridge.",
        "if",
        "If",
        "they cross the river",
        "we will close the bridge",
    ),
    ("We will leave only if the guns fall silent.", "only_if", "only if", "the guns fall silent", "We will leave"),
    ("We will leave unless they pay.", "unless", "unless", "they pay", "We will leave"),
    ("We will not leave unless they pay.", "only_if", "unless", "they pay", "We will not leave"),
    (
        "There will be no talks until the army withdraws.",
        "only_if",
        "until",
        "the army withdraws",
        "There will be no talks",
    ),
    ("We will pay as long as they deliver grain.", "only_if", "as long as", "they deliver grain", "We will pay"),
    (
        "No peace is possible as long as he remains in power.",
        "if",
        "as long as",
        "he remains in power",
        "No peace is possible",
    ),
    ("In the event of war, the road will be closed.", "if", "In the event of", "war", "the road will be closed"),
    ("Without water, the town would die.", "unless", "Without", "water", "the town would die"),
    ("The town cannot live without water.", "only_if", "without", "water", "The town cannot live"),
    ("Once they sign, we will open the border.", "if", "Once", "they sign", "we will open the border"),
    ("Should they refuse, we will close the border.", "if", "Should", "they refuse", "we will close the border"),
    (
        "The crowd would have been larger had the road been cleared.",
        "if",
        "had",
        "the road been cleared",
        "The crowd would have been larger",
    ),
    ("I think that if they come, the dam will break.", "if", "if", "they come", "the dam will break"),
    ("We would go even if it rained.", "if", "even if", "it rained", "We would go"),
    ("Any company that breaks the ban will be fined.", "if", "", "Any company that breaks the ban", "will be fined"),
    ("Any company that breaks the ban shall be fined.", "if", "", "Any company that breaks the ban", "shall be fined"),
]


@pytest.mark.parametrize(("text", "kind", "connector", "antecedent", "consequent"), PLAIN)
def test_plain_conditions(text: str, kind: str, connector: str, antecedent: str, consequent: str) -> None:
    (one,) = found(text)
    told = (one.kind, words(text, one.connector), words(text, one.antecedent), words(text, one.consequent))
    assert told == (kind, connector, antecedent, consequent)


@pytest.mark.parametrize(
    ("text", "cue", "why"),
    [
        ("She asked if the road was safe.", "asked", "whether"),
        ("They want to see if the dam holds.", "want", "whether"),
        ("He walked as if nothing had happened.", "", "a comparison"),
        ("It was a circus, if you will.", "", "a set phrase"),
        ("Few, if any, came back.", "", "a set phrase"),
        ("When it rains, the river rises.", "", "a habit"),
        ("Once he was mayor of the town.", "", "once upon a time"),
        ("He stayed until Monday.", "", "a time"),
        ("He slept until the bell rang.", "", "what was, not what is open"),
        ("They left without a word.", "", "a manner"),
        ("Should we go?", "", "a question"),
        ("She had the road closed.", "", "no inversion"),
        ("Any company could apply.", "", "nobody is told by a deed"),
    ],
)
def test_what_is_no_condition(text: str, cue: str, why: str) -> None:
    assert found(text, cue) == (), why


def test_a_fragment_takes_its_consequent_from_the_sentence_before() -> None:
    text = "“We are ready to send tractors. But only if somebody from the valley asks us for help, even if it is just one farmer.”"
    (one,) = found(text)
    assert one.kind == "only_if"
    assert words(text, one.antecedent).startswith("somebody from the valley asks us for help")
    assert words(text, one.consequent) == "We are ready to send tractors"
    assert not one.concessive, "'even if' is a degree of the condition, not one of its own"


def test_a_fragment_takes_none_from_outside_the_content() -> None:
    text = "The dam held. “Only if the rain stops.”"
    draft = statement(text, "", "“Only if the rain stops.”", quotation="direct")
    (one,) = conditions.split(article(text), parse(text), (draft,))[0].conditions
    assert (words(text, one.antecedent), one.consequent) == ("the rain stops", ())


@pytest.mark.parametrize(
    ("text", "concessive", "counterfactual"),
    [
        ("We would go even if it rained.", True, False),
        ("If they had listened, the dam would have held.", False, True),
        ("The dam would have held had they listened.", False, True),
        ("“If I were mayor, the road would open.”", False, True),
        ("The road would open if she were elected.", False, False),
        ("If it rains, the road will close.", False, False),
    ],
)
def test_concessive_and_counterfactual(text: str, concessive: bool, counterfactual: bool) -> None:
    (one,) = found(text)
    assert (one.concessive, one.counterfactual) == (concessive, counterfactual)


def test_two_conditions_keep_apart() -> None:
    text = "She will win if the sun shines. She will lose if it rains."
    told = [(words(text, c.antecedent), words(text, c.consequent)) for c in found(text)]
    assert told == [("the sun shines", "She will win"), ("it rains", "She will lose")]


def test_conditions_lie_inside_the_content() -> None:
    text = "If the dam breaks, Kalnins said, the town will be lost."
    draft = statement(text, "said", "If the dam breaks", "the town will be lost", source="Kalnins")
    split = conditions.split(article(text), parse(text), (draft,))[0]
    pieces = [s for c in split.conditions for s in (*c.antecedent, *c.consequent, *c.connector)]
    assert words(text, split.conditions[0].consequent) == "the town will be lost"
    assert all(any(s <= start and end <= e for s, e in split.content) for start, end in pieces)


MADE = "We stay if it rains."


def test_on_a_parse_made_by_hand() -> None:
    made = parsed(
        MADE,
        [
            "We/PRP/nsubj/stay",
            "stay/VBP/ROOT/stay",
            "if/IN/mark/rains",
            "it/PRP/nsubj/rains",
            "rains/VBZ/advcl/stay",
            "././punct/stay",
        ],
    )
    (one,) = conditions.split(article(MADE), made, (statement(MADE, "", "We stay if it rains"),))[0].conditions
    assert one == Condition(
        spans(MADE, "it rains"), spans(MADE, "We stay"), spans(MADE, "if"), "if", concessive=False, counterfactual=False
    )
