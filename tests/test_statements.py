"""Statements on single sentences: (text, [(source, cue, content, quotation)], why). Pieces of a content are joined by " | "."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from handmade import spans

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


def told(text: str, some: Iterable[Statement]) -> list[Row]:
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
        ("The army entered the “zone of special control” on Friday.", [], "a scare quote of four words"),
        ("The company has a “no questions asked” policy.", [], "a scare quote that modifies"),
        ("Her novel, “A Winter in the Far Hills,” sold well.", [], "a title set off by commas"),
        ("The spot, titled “Arrogant,” ran for a week.", [], "a title of one word"),
        ("The band played “Rivers of the Far North” and left.", [], "a song"),
        ("In his memoir, “A Life on the River,” Ilic tells of the war.", [], "a title beside a verb of telling"),
        (
            "The crowd chanted, “Open the Korda Gates!” for an hour.",
            [("The crowd", "chanted", "“Open the Korda Gates!”", "direct")],
            "an exclamation is no title",
        ),
        (
            "“Nobody has come to help us here.” — Mara Ilic, teacher",
            [("Mara Ilic, teacher", "—", "“Nobody has come to help us here.”", "direct")],
            "a signed quotation",
        ),
        (
            "“Nobody has come to help us.” — Mara Ilic, teacher\n“They will come tomorrow.” — Jon Varga",
            [
                ("Mara Ilic, teacher", "—", "“Nobody has come to help us.”", "direct"),
                ("Jon Varga", "—", "“They will come tomorrow.”", "direct"),
            ],
            "signed quotations, a line each",
        ),
        ("“Nobody has come here” — and the road was closed.", [], "a dash that goes on"),
        (
            "“We will never sign this paper.” — Merkel said on Monday night",
            [],  # the model finds Merkel
            "a sentence behind the dash signs nothing",
        ),
        ("The mayor did not go on to say that the bank had failed.", [], "it was not said in the end"),
        ("The mayor was not happy to say that the bank had failed.", [], "she did not say it"),
        (
            "It was, in the words of the prosecutor, Mara Ilic, “a long and needless winter”.",
            [("the prosecutor, Mara Ilic", "in the words of", "“a long and needless winter”", "direct")],
            "no verb at all",
        ),
        (
            "“We are ready,” Ilic said when she was asked about it. “The men are rested.”",
            [("Ilic", "said", "“We are ready,” | “The men are rested.”", "direct")],
            "a quotation goes on behind the whole sentence of its cue",
        ),
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


def test_a_quotation_that_reports_something_itself_is_taken_in_whole() -> None:
    text = "The mayor said: “I know they claim the road is shut. Nobody believes it.”"
    (statement,) = read(text)
    assert literal(text, statement.content) == "“I know they claim the road is shut. Nobody believes it.”"


def test_a_quotation_over_paragraphs_is_one_statement() -> None:
    text = (
        "“We lost the mill,” she said. “The road is gone.\n\n“But the town is here.\n\n“Help is welcome.”\n\nIt rained."
    )
    (statement,) = read(text)
    assert literal(text, statement.content, " | ") == (
        "“We lost the mill,” | “The road is gone. | “But the town is here. | “Help is welcome.”"
    )


BODY = "\n\nAnna Voskar spoke on Monday. Voskar said that the gates would stay shut."


@pytest.mark.parametrize(
    ("headline", "expected", "why"),
    [
        (
            "Gates will stay shut: Voskar",
            [("Voskar", ":", "Gates will stay shut", "indirect")],
            "its source at the end",
        ),
        ("Gates ‘will never open’ - Voskar", [("Voskar", "-", "Gates ‘will never open’", "mixed")], "behind a dash"),
        ("Gates will stay shut, says Voskar", [("Voskar", "says", "Gates will stay shut", "indirect")], "with a cue"),
        ("Storm closes road to dam: Brel", [], "nobody who is a source of the article"),
        ("Exclusive: Gates will stay shut", [], "a label"),
    ],
)
def test_headlines(headline: str, expected: list[Row], why: str) -> None:
    text = headline + BODY
    assert told(text, tuple(s for s in read(text) if s.cue[0][0] < len(headline))) == expected, why


@pytest.mark.parametrize(
    ("text", "draft", "kept", "why"),
    [
        ("Analysis: Why the dam matters to all", ("Analysis", ":", "Why the dam matters to all"), False, "a label"),
        ("Voskar: Why the dam matters to all", ("Voskar", ":", "Why the dam matters to all"), True, "somebody"),
        (
            "She wrote an essay titled “Why We Left the Pact” in May.",
            ("She", "wrote", "an essay titled “Why We Left the Pact”"),
            False,
            "a title",
        ),
        (
            "She wrote “Why We Left the Pact,” an essay.",
            ("She", "wrote", "“Why We Left the Pact,” an essay"),
            False,
            "a title and what it is",
        ),
        ("She wrote “We have left the pact.”", ("She", "wrote", "“We have left the pact.”"), True, "a sentence"),
        (
            "She said the book called “Why We Left the Pact” is bad.",
            ("She", "said", "the book called “Why We Left the Pact” is bad"),
            True,
            "what is said of a title",
        ),
    ],
)
def test_what_the_model_takes_for_a_statement(text: str, draft: tuple[str, str, str], kept: bool, why: str) -> None:
    source, cue, content = spans(text, *draft)
    article = files.article(Page("test", None, "text", text.encode()))
    made = cues.Draft((source,), (cue,), (content,), "said", "model")
    found = statements.find(article, parse(article.text), [made])
    assert [literal(text, s.content) for s in found] == ([draft[2].rstrip(".")] if kept else []), why


def test_a_source_does_not_run_on_below_its_headline() -> None:
    text = "We will fight, says Voskar\n\nAnna Voskar spoke."
    name, below = text.index("Voskar"), text.index("Anna")
    draft = cues.Draft(
        ((name, name + 6), (below, len(text) - 1)),
        ((text.index("says"), text.index("says") + 4),),
        ((0, 13),),
        "said",
        "model",
    )
    article = files.article(Page("test", None, "text", text.encode()))
    (statement,) = statements.find(article, parse(text), [draft])
    assert literal(text, statement.source) == "Voskar"


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


def test_a_statement_inside_another_comes_behind_it_and_names_it() -> None:
    text = "“My aide told me that the clerk had warned that the dam was full,” the governor said."
    found = read(text)
    assert [(source, quotation) for source, _, _, quotation in told(text, found)] == [
        ("the governor", "direct"),
        ("My aide", "indirect"),
        ("the clerk", "indirect"),
    ]
    assert [s.inside for s in found] == [None, found[0].id, found[1].id]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (
            "The minister said the envoy had promised him that the gates would open.",
            [("the envoy", "that the gates would open", "indirect")],
            "reported in reported speech",
        ),
        (
            "“I told the board last year that the roof was unsafe,” the caretaker said.",
            [("I", "that the roof was unsafe", "indirect")],
            "what the speaker said at another time",
        ),
        (
            "“Then he said, ‘You will all be paid on Friday.’ Nobody was,” the welder said.",
            [("he", "‘You will all be paid on Friday.’", "direct")],
            "a quotation inside a quotation",
        ),
        (
            "The aide said that, according to the surveyor, the tower was leaning.",
            [("the surveyor", "the tower was leaning", "indirect")],
            "according to",
        ),
        (
            "The pollster said that few farmers believe that the tax will be cut.",
            [("few farmers", "that the tax will be cut", "indirect")],
            "a belief that the speaker ascribes to others",
        ),
        ("“I think that the dam will hold,” the engineer said.", [], "a hedge of the speaker's own"),
        ("“I can tell you that we will win,” the candidate said.", [], "what is said now, in other words"),
        ("The mayor said that nobody had told her that the wells were dry.", [], "it was not said"),
        ("The mayor said she would tell residents that the wells were dry.", [], "it is yet to be said"),
        ("The mayor said it was wrong to say that the poor had caused it.", [], "it is nobody's"),
        ("“People say that the bridge will fall,” the nurse said.", [], "people: nobody in particular"),
        ("“I heard them say that the bridge would fall,” the nurse said.", [], "a perception"),
        ("The mayor said the town was a place that visitors found useful.", [], "no report"),
    ],
)
def test_statements_inside_others(text: str, expected: list[tuple[str, str, str]], why: str) -> None:
    found = tuple(s for s in read(text) if s.inside)
    assert [(source, content, quotation) for source, _, content, quotation in told(text, found)] == expected, why


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
