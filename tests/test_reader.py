"""The whole pipeline on one page that has all of it: an interview with a threat, a pledge, an invitation and page clutter."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import files, proofs, reader
from onrecord.records import Commitment, Findings, Page, Statement
from onrecord.spans import literal

pytestmark = pytest.mark.model

TEXT = """Ruritania will shut the strait if it is attacked, Vold says

Marek Vold, the president of Ruritania, answered questions from a group of foreign reporters today in Strelsau.

I reminded Mr. Vold that last year his country had opened its ports to the fleet. “Would you do that again?”

He answered, “Yes, I am prepared to open [the ports] once more. I’m also willing to shut the strait. \
But only if someone from over there (Graustark) fires on our boats, even if it’s just one shot.”

Yet so far Ruritania has refrained from sending its own ships.

Mr. Vold accused the League of feeding the quarrel.

He warned that if the shelling went on, “we will close the border, and nobody will pass.”

“Stop, then. Nobody needs this.”

On March 9, 2023, Marek Vold, the president of Ruritania, speaks to reporters in Strelsau.
picture caption
The leader of Ruritania says he can help with the talks.

Mr. Vold declared, “I invite the chancellor to Strelsau.”

Leave a Reply

Your email address will not be published. Required fields are marked *"""


@pytest.fixture(scope="module")
def found() -> Findings:
    return reader.read(files.article(Page("vold.txt", "vold.txt", "text", TEXT.encode())))


def words(statement: Statement) -> str:
    return literal(TEXT, statement.content, " ")


def saying(found: Findings, piece: str) -> Statement:
    (statement,) = [s for s in found.statements if piece in words(s)]
    return statement


def promising(found: Findings, piece: str) -> Commitment:
    """Return the last undertaking of it, which is that of the body where the headline has it too."""
    return [c for c in found.commitments if piece in literal(TEXT, c.action)][-1]


def names(found: Findings, statement: Statement) -> list[str]:
    return [a.name for s in statement.speakers for a in found.actors if a.id == s]


def test_the_text_is_kept_to_the_character(found: Findings) -> None:
    assert found.article.text == TEXT


def test_everything_holds(found: Findings) -> None:
    assert proofs.problems(found) == ()


def test_the_caption_alone_dates_the_page(found: Findings) -> None:
    assert found.article.published is None
    as_of = found.article.read_as_of
    assert as_of is not None
    assert as_of.span is not None
    assert (as_of.earliest, TEXT[slice(*as_of.span)]) == ("2023-03-09", "On March 9, 2023")


def test_the_comment_form_carries_nothing(found: Findings) -> None:
    form = TEXT.index("Leave a Reply")
    assert all(end <= form for s in found.statements for _, end in s.content)


def test_the_question_is_the_reporters_and_is_answered(found: Findings) -> None:
    question, answer = saying(found, "Would you do that"), saying(found, "Yes, I am prepared")
    assert question.act == "ask"
    assert answer.answers == question.id
    assert names(found, answer) == ["Marek Vold"]
    assert names(found, question) != ["Marek Vold"]


def test_one_pledge_has_no_condition_and_the_other_holds_only_if(found: Findings) -> None:
    ports, strait = promising(found, "open [the ports]"), promising(found, "shut the strait")
    answer = saying(found, "Yes, I am prepared")
    assert "[the ports]" in [TEXT[s:e] for s, e in answer.insertions]
    assert ports.condition is None
    assert strait.condition is not None
    condition = answer.conditions[strait.condition]
    assert condition.kind == "only_if"
    assert literal(TEXT, condition.antecedent).startswith("someone from over there (Graustark) fires on our boats")


def test_the_threat_hangs_on_the_shelling_and_its_quotation_goes_on(found: Findings) -> None:
    threat, warning = promising(found, "close the border"), saying(found, "close the border")
    assert threat.condition is not None
    assert literal(TEXT, warning.conditions[threat.condition].antecedent) == "the shelling went on"
    assert "Nobody needs this" in words(warning)


def test_the_accused_is_the_target(found: Findings) -> None:
    accusation = saying(found, "feeding the quarrel")
    assert accusation.act == "accuse"
    assert accusation.target is not None
    assert "League" in TEXT[slice(*accusation.target.span)]


def test_the_headline_has_its_condition(found: Findings) -> None:
    headline = found.statements[0]
    assert names(found, headline) == ["Marek Vold"]
    assert [literal(TEXT, c.antecedent) for c in headline.conditions] == ["it is attacked"]


def test_what_was_not_done_is_no_statement(found: Findings) -> None:
    assert not any("refrained" in words(s) for s in found.statements)


@pytest.mark.xfail(strict=False, reason="known failure: the invitation is taken for a commitment")
def test_the_invitation_is_an_offer(found: Findings) -> None:
    assert promising(found, "invite the chancellor").type == "offer"


def test_reading_again_gives_the_same(found: Findings) -> None:
    assert reader.read(files.article(Page("vold.txt", "vold.txt", "text", TEXT.encode()))) == found


PIECES = st.sampled_from([
    "Vold said", "The general", "told reporters that", "vowed to", "refused to", "he", "we will shut the strait", "I invite you",
    "if they fire", "unless", "by Friday", "“", "”", "’", ",", ".", "(", ")", "[", "]", "\n", "\n\n", "\u2028", "\u200b", "\ufeff",
    "e\u0301", "\U0001f600",
])  # fmt: skip


def read(text: str) -> Findings:
    return reader.read(files.article(Page("made.txt", "made.txt", "text", text.encode())))


@given(
    st.lists(PIECES, min_size=1, max_size=30)
    .map(" ".join)
    .filter(lambda text: bool(text.strip(" \n\u2028\u200b\ufeff")))
)
@settings(max_examples=60, deadline=None)
def test_findings_hold_whatever_the_text(text: str) -> None:
    assert proofs.problems(read(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Vold said [if (he {will" + "([{" * 500,
        "a" * 5000,
        "Vold said we will go if it rains. " * 300,
        "“Will he?” Vold asked.\u200b\u2028“No,” he said.",
    ],
)
def test_odd_texts_are_read(text: str) -> None:
    assert proofs.problems(read(text)) == ()
