"""Turns: (text, [(who, what they say)], why). Pieces of a turn are joined by " | "."""

from __future__ import annotations

import pytest

from onrecord import files, turns
from onrecord.parse import parse
from onrecord.records import Page, Spans
from onrecord.spans import literal

pytestmark = pytest.mark.model

HEAD = "The dam and the town\n\n"
FOUR = HEAD + "{0}HOST: Will you go?\n\n{0}KOVAL: No.\n\n{1}\n\n{0}HOST: And then?\n\n{0}KOVAL: Then I stay."


def told(text: str, cues: Spans = ()) -> list[tuple[str, str]]:
    article = files.article(Page("test", None, "text", text.encode()))
    found = turns.find(article, parse(article.text), cues)
    return [(literal(text, d.source), literal(text, d.content, " | ")) for d in found]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (
            HEAD + "Q: Will you go?\nA: No. I stay.\nQ: And then?",
            [("Q", "Will you go?"), ("A", "No. I stay"), ("Q", "And then?")],
            "letters with a colon",
        ),
        (HEAD + "When: Friday\n\nWhere: The hall\n\nWhen: Saturday\n\nWhere: The school", [], "a list is no transcript"),
        (HEAD + "UPDATE: It rained.\n\nUPDATE: It is dry.", [], "nobody speaks with anybody"),
        (
            HEAD + "Özil: Will you go?\n\nKoval: No.\n\nÖzil: And then?",
            [("Özil", "Will you go?"), ("Koval", "No"), ("Özil", "And then?")],
            "a capital beyond ASCII",
        ),
        (
            HEAD + "Q. Will you go?\nA. No. I stay.\nQ. And then?",
            [("Q", "Will you go?"), ("A", "No. I stay"), ("Q", "And then?")],
            "letters with a full stop",
        ),
        (
            HEAD + "The Review: Will you go?\n\nMara Ilic: No.\n\nIlic: I stay.",
            [("The Review", "Will you go?"), ("Mara Ilic", "No"), ("Ilic", "I stay")],
            "the full name first, then the last name alone: she speaks again",
        ),
        (
            FOUR.format("", "I have said it before."),
            [("HOST", "Will you go?"), ("KOVAL", "No | I have said it before"), ("HOST", "And then?"), ("KOVAL", "Then I stay")],
            "a paragraph between two turns goes on with the first",
        ),
        (
            FOUR.format("“", "“It is my town."),
            [("HOST", "Will you go?"), ("KOVAL", "No | “It is my town"), ("HOST", "And then?"), ("KOVAL", "Then I stay")],
            "a transcript that is quoted as a whole opens each paragraph with a mark",
        ),
        (
            FOUR.format("", "(Laughter.)"),
            [("HOST", "Will you go?"), ("KOVAL", "No"), ("HOST", "And then?"), ("KOVAL", "Then I stay")],
            "laughter is nobody's words",
        ),
        (
            FOUR.format("", "I asked about the mill. “Gone,” he said."),
            [("HOST", "Will you go?"), ("KOVAL", "No"), ("HOST", "And then?"), ("KOVAL", "Then I stay")],
            "a paragraph that quotes is the reporter's",
        ),
        (
            "Koval: I stay\n\nHOST: Will you go?\nKOVAL: No.\nHOST: And then?",
            [("HOST", "Will you go?"), ("KOVAL", "No"), ("HOST", "And then?")],
            "the headline above a transcript is no turn of it",
        ),
        (HEAD + "WEATHER: Rain.\nTRAFFIC: The bridge is closed.", [], "labels, none of them twice"),
        (HEAD + "A. Ilic left the town.\nA. Koval stayed.", [], "initials"),
    ],
)  # fmt: skip
def test_turns(text: str, expected: list[tuple[str, str]], why: str) -> None:
    assert told(text) == expected, why


def test_a_paragraph_with_a_cue_is_the_reporters() -> None:
    text = FOUR.format("", "I reminded him that he was old.")
    start = text.index("reminded")
    assert ("KOVAL", "No") in told(text, ((start, start + len("reminded")),))
