from __future__ import annotations

import pytest

from onrecord import quotations


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("He said “we go” and “we stay”.", ["“we go”", "“we stay”"], "curly marks"),
        ('"One," she said. "Two."', ['"One,"', '"Two."'], "straight marks open and close in turn"),
        ("``Old wire,'' he said.", ["``Old wire,''"], "the marks of old wire copy"),
        ("''Both alike,'' he said.", ["''Both alike,''"], "apostrophes on both sides"),
        ("«Nous partons», he said.", ["«Nous partons»"], "guillemets"),
        ("“Yes. “I am ready.” He left.", ["“Yes. “I am ready.”"], "a second opening mark goes on"),
        ("“First paragraph.\n“Second.”\nPlain.", ["“First paragraph.", "“Second.”"], "speech over two paragraphs"),
        ("The door was 6” wide.", [], "a closing mark alone"),
        ("‘We will not go there,’ he said.", ["‘We will not go there,’"], "single marks round an utterance"),
        ("‘We will never go there’, says Ilic", ["‘We will never go there’"], "the comma behind the mark"),
        ("Ilic 'will never go there' - Koval", ["'will never go there'"], "a headline with a dash"),
        ("Ilic: ‘We will never go there’", ["‘We will never go there’"], "the end of a headline"),
        ("The dogs' dinner was late, and the dogs' owner left.", [], "possessives"),
        ("It’s the dogs’ dinner, isn’t it, he said.", [], "apostrophes"),
        ("A ‘free’ press and rock ’n’ roll.", [], "a scare word in single marks"),
        ("In the '90s most of the land was the farmers', and the town grew.", [], "a year and a plural"),
        (
            "“He said ‘we will never leave here,’ and left.”",
            ["“He said ‘we will never leave here,’ and left.”"],
            "inner marks",
        ),
        ("", [], "nothing"),
        ("“", [], "a lone mark"),
    ],
)
def test_find(text: str, expected: list[str], why: str) -> None:
    assert [text[q.start : q.end] for q in quotations.find(text)] == expected, why


def test_quotations_inside_others() -> None:
    text = "“Then he said, ‘We will never pay.’ It’s over,” she said. ‘Not in double marks,’ he said."
    assert [text[q.start : q.end] for q in quotations.nested(text, quotations.find(text))] == ["‘We will never pay.’"]


def test_an_unclosed_quotation_ends_with_its_line_and_says_so() -> None:
    first, second = quotations.find("“We go on  \n“and on.”")
    assert (first.closed, second.closed) == (False, True)
    assert first.end == len("“We go on")
