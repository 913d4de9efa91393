"""Statements on single sentences: (text, [(source, cue, content, quotation)], why). Pieces of a content are joined by " | "."""

from __future__ import annotations

import pytest

from onrecord import cues, files, statements
from onrecord.parse import parse
from onrecord.records import Page, Statement
from onrecord.spans import literal

pytestmark = pytest.mark.model

Row = tuple[str, str, str, str]


def read(text: str) -> tuple[Statement, ...]:
    article = files.article(Page("test", None, "text", text.encode()))
    parsed = parse(article.text, article.clutter)
    return statements.find(article, parsed, cues.drafts(parsed))


def told(text: str, some: tuple[Statement, ...]) -> list[Row]:
    return [(literal(text, s.source), literal(text, s.cue), literal(text, s.content, " | "), s.quotation) for s in some]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (
            "The minister said that the bridge was safe.",
            [("The minister", "said", "that the bridge was safe", "indirect")],
            "subject, verb, clause",
        ),
        (
            "“The bridge is safe,” said Mara Ilic, the mayor of Teska.",
            [("Mara Ilic, the mayor of Teska", "said", "“The bridge is safe,”", "direct")],
            "inversion; the apposition belongs to the source",
        ),
        (
            "“We are ready,” the general said. “The men are rested.”",
            [("the general", "said", "“We are ready,” | “The men are rested.”", "direct")],
            "a quotation that goes on behind the cue",
        ),
        (
            "The plan, the mayor said on Monday, will fail.",
            [("the mayor", "said", "The plan | will fail", "indirect")],
            "a parenthetical cue",
        ),
        (
            "Two men were held, according to the police.",
            [("the police", "according to", "Two men were held", "indirect")],
            "according to",
        ),
        (
            "The general vowed to rebuild the bridge.",
            [("The general", "vowed", "to rebuild the bridge", "indirect")],
            "an infinitive",
        ),
        (
            "She urged both sides to return to the table.",
            [("She", "urged", "to return to the table", "indirect")],
            "the person urged is no content",
        ),
        (
            "The mayor accused the company of hiding the figures.",
            [("The mayor", "accused", "the company of hiding the figures", "indirect")],
            "the accused is content",
        ),
        (
            "The commander is believed to have fled the city.",
            [("", "is believed", "The commander | to have fled the city", "indirect")],
            "a passive without a source",
        ),
        (
            "The mayor told reporters that “nobody will be left behind”.",
            [("The mayor", "told", "that “nobody will be left behind”", "mixed")],
            "partly quoted; the addressee is no content",
        ),
        ("Neither Mayor John Smith nor Anna Berg said that the bank had failed.", [], "nobody said it"),
        ("No official said that the bank had failed.", [], "no one said it"),
        ("The mayor did not say whether the bank had failed.", [], "it was not said"),
        ("The mayor has yet to say whether the bank failed.", [], "it is not said yet"),
        ("Smith could have said that the bank failed.", [], "it might have been said"),
        ("If Smith says that the bank failed, we go.", [], "a condition"),
        ("Did Smith say that the bank had failed?", [], "a question whether it was said"),
        ("It is not true that Smith said that the bank had failed.", [], "it is denied that it was said"),
        (
            "She went on to say that the bank was safe.",
            [("She", "to say", "that the bank was safe", "indirect")],
            "an infinitive that was done",
        ),
        ("The army crossed the river on Monday.", [], "a plain action"),
        ("The so-called “safe road” was closed.", [], "a scare quote"),
        ("She signed the treaty in Geneva.", [], "signing is no statement"),
        ("He ran the company and wrote music.", [], "a verb of the table without content"),
    ],
)
def test_find(text: str, expected: list[Row], why: str) -> None:
    assert told(text, read(text)) == expected, why


def test_a_quotation_that_is_a_paragraph_of_its_own_goes_on_with_the_statement_before() -> None:
    text = "The general said: “We will hold the line.”\n\n“We have no choice. Winter is near.”\n\nThe river froze."
    (statement,) = read(text)
    assert literal(text, statement.content, " | ") == "“We will hold the line.” | “We have no choice. Winter is near.”"


def test_a_question_opens_a_statement_of_its_own_and_is_answered() -> None:
    text = "I reminded the governor that the road had been closed before. “Would you close it again?”\n\nHe replied, “Yes, at once.”"
    reminder, question, answer = read(text)
    assert literal(text, question.content) == "“Would you close it again?”"
    assert question.source == reminder.source
    assert question.cue == ()
    assert answer.answers == question.id
    assert reminder.answers is None


def test_an_answer_does_not_go_on_with_the_question() -> None:
    found = read("“Will you resign from your office?” Anna Berg asked.\n\n“No. I will never resign from it.”")
    assert [s.quotation for s in found] == ["direct"]
    assert not any("never" in literal("“Will you resign from your office?” Anna Berg asked.", s.content) for s in found)


def test_a_question_in_a_new_paragraph_is_not_the_speakers_before() -> None:
    text = "The mayor said: “We will fight on and on.”\n\n“Will you resign before the end of May?”"
    assert [literal(text, s.content) for s in read(text)] == ["“We will fight on and on.”"]


def test_turns_part_at_any_line_break() -> None:
    text = "HOST: Will you sign it?\u2028KOVAL: Only if they sign first.\nHOST: And if not?\u2028KOVAL: Then we wait."
    assert [(s, c) for s, _, c, _ in told(text, read(text))][1] == ("KOVAL", "Only if they sign first")


def test_turns_of_a_transcript_are_statements_of_the_one_named() -> None:
    text = "HOST: Will you sign it?\nKOVAL: Only if they sign first.\nHOST: And if not?\nKOVAL: Then we wait."
    found = read(text)
    assert told(text, found)[1] == ("KOVAL", ":", "Only if they sign first", "indirect")
    assert [s.answers is not None for s in found] == [False, True, False, True]


def test_a_lone_label_with_a_colon_is_no_turn() -> None:
    assert read("WEATHER: Rain is on its way to the coast.\nTRAFFIC: The bridge is closed.") == ()


def test_insertions_are_not_the_speakers_words() -> None:
    text = "“I will give them [the engineers] a road (the A4),” she said (on Monday)."
    (statement,) = read(text)
    assert [text[s:e] for s, e in statement.insertions] == ["[the engineers]", "(the A4)"]


def test_only_the_outermost_attribution_of_a_passage_is_kept() -> None:
    text = "“My aide told me that the dam was full,” the governor said."
    (statement,) = read(text)
    assert literal(text, statement.source) == "the governor"


def test_spans_never_cross_a_line_break() -> None:
    text = "The mayor said: “One line\u2028and another\u0085and a third.”"
    found = read(text)
    assert found
    for statement in found:
        assert all(len(text[s:e].splitlines()) == 1 for s, e in statement.content)


def test_clutter_carries_no_statement() -> None:
    text = (
        "Dam is full\n\nThe mayor said the dam was full.\n\nLeave a Reply\n\nYour email address will not be published."
    )
    assert [literal(text, s.content) for s in read(text)] == ["the dam was full"]


def test_ids_hash_the_article_and_the_spans() -> None:
    one, other = read("She said it rained."), read("He said it rained.")
    assert one[0].id != other[0].id
    assert one[0].id == read("She said it rained.")[0].id
