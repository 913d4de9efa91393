from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import layout, spans
from onrecord.datelines import dateline
from onrecord.records import Spans
from onrecord.tables import table

COPY = """Varna will close its port if the pact is signed, Marin says

Jane Petrova, Reuters correspondent

VARNA, Bulgaria, Feb. 16 (Reuters) - Ana Marin, the mayor, repeated her warning on Thursday.

On February 16, 2023, Ana Marin, the mayor of Varna, attends a meeting of dockers in the old port.
picture caption
Varna and Burgas share a coast, and both send grain abroad.

Leave a reply by Friday, the minister told them.

Share this:
Read more: Five things to know about the pact

Leave a Reply

Your email address will not be published. Required fields are marked *
"""


def words(text: str, found: Spans) -> list[str]:
    return [text[start:end] for start, end in found]


def test_a_copied_page_is_told_apart_line_by_line() -> None:
    read = layout.read(COPY)
    assert read.title == "Varna will close its port if the pact is signed, Marin says"
    assert read.title_span == (0, len(read.title))
    assert read.byline == "Jane Petrova, Reuters correspondent"
    assert read.dateline is not None
    assert words(COPY, (read.dateline.span,)) == ["VARNA, Bulgaria, Feb. 16 (Reuters) -"]
    assert (read.dateline.place, read.dateline.agency, read.dateline.date) == ("VARNA, Bulgaria", "Reuters", None)
    assert words(COPY, read.captions) == [
        "On February 16, 2023, Ana Marin, the mayor of Varna, attends a meeting of dockers in the old port."
    ]
    assert words(COPY, read.clutter) == [
        "Jane Petrova, Reuters correspondent",
        "picture caption",
        "Share this:",
        "Read more: Five things to know about the pact",
        "Leave a Reply",
        "Your email address will not be published. Required fields are marked *",
    ]


@pytest.mark.parametrize("row", table("clutter"), ids=lambda row: row["example"][:40])
def test_each_row_of_the_table_matches_its_example(row: dict[str, str]) -> None:
    assert re.fullmatch(row["pattern"], row["example"], re.IGNORECASE)
    assert row["reach"] in {"line", "rest"}


@pytest.mark.parametrize(
    "line",
    [
        "Leave a reply by Friday, the minister told them.",
        "By Tuesday the talks had failed.",
        "By George, the mayor cried, the port is open again.",
        "Follow me on Twitter, the mayor told them.",
        "Sign up for the briefing, the minister told reporters.",
        "Sign up for the army newsletter or lose your rank, he warned.",
        "Get the alerts wrong and people die, she said.",
        "Download the app, police told the protesters.",
        "Related charges were filed on Monday.",
        "Share this burden with us, the mayor said.",
        "“No comment.”",
        "No comment",
        "Comments are closed to nobody, the mayor said.",
        "Written by Ana Marin in 2019, the pact has never been signed.",
        "Reporting by satellite showed new trenches.",
        "Photos by satellite show new trenches near the port",
        "Source: the mayor's office said it had no plan.",
        "Copyright law will change, the minister said.",
        "Published reports put the figure at nine.",
        "Read the pact again, Marin told the council.",
        "Play resumed after the mayor left.",
        "Name the day and we will come, he said.",
        "Advertisements for the pact hung on every wall.",
        "More stories like hers will follow, the judge said.",
        "Image is everything, Marin said.",
        "The file: photo evidence that the mayor lied",
    ],
)
def test_a_sentence_that_begins_like_clutter_is_none(line: str) -> None:
    text = f"Mayor speaks in Varna\n\n{line}\n\nThe council meets again on Monday, and it will hear the dockers and the mayor in turn.\n"
    read = layout.read(text)
    assert (read.clutter, read.captions, read.byline) == ((), (), None)


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("by Murad Petrov", "Murad Petrov"),
        ("BY JANE DOE AND IVO PETROV", "JANE DOE AND IVO PETROV"),
        ("By Jane van der Berg and Ali al-Amin", "Jane van der Berg and Ali al-Amin"),
        ("By Jane Doe, Associated Press Writer", "Jane Doe, Associated Press Writer"),
        ("By Jane Doe | 16 Feb 2023", "Jane Doe"),
        ("By staff writer", None),
        ("By AFP", "AFP"),
        ("by Xinhua writers Jane Doe, Ivo Petrov", "Xinhua writers Jane Doe, Ivo Petrov"),
        ("Jane Doe in Varna", "Jane Doe"),
        ("Jane Doe, diplomatic editor", "Jane Doe, diplomatic editor"),
        ("By the Numbers", None),
        ("By Monday Evening", None),
        ("By Land and Sea", None),
        ("By Public Demand, the old port reopens", None),
        ("By Popular Demand, Old Port Reopens", None),
        ("By Ana Marin, Old Port Reporter", "Ana Marin, Old Port Reporter"),
        ("Jane Doe, who owns the port, waits", None),
    ],
)
def test_bylines(line: str, byline: str | None) -> None:
    text = f"Mayor speaks in Varna\n\n{line}\n\nThe council meets again on Monday, the mayor said.\n"
    read = layout.read(text)
    assert read.byline == byline
    assert words(text, read.clutter) == ([line] if byline else [])


@pytest.mark.parametrize(
    ("text", "title", "expected", "why"),
    [
        ("Mayor speaks\n\nThe talks go on.", None, "Mayor speaks", "short, a blank line below"),
        ("Mayor speaks\nThe talks go on, she said.", None, "Mayor speaks", "no full stop, prose right below"),
        ("Mayor Speaks in Varna Again.\n\nThe talks go on.", None, "Mayor Speaks in Varna Again.", "capitals, in spite of the full stop"),
        ("The mayor spoke on Monday.\n\nThe talks go on.", None, None, "a sentence"),
        ("“We are ready,” she said. “It is time.”\n\nThe talks go on.", None, None, "a sentence that ends in a quotation"),
        ("VARNA (Reuters) - Shares fell\n\nThe talks go on.", None, None, "a dateline opens the body"),
        ("Mayor speaks", None, None, "a headline without a body is none"),
        ("Mayor speaks.\n\nThe talks go on.", "Mayor Speaks", None, "the title that is given is not what stands there to the letter"),
        ("The talks go on.\n\nMore.", "Mayor Speaks", None, "the title that is given is not in the text"),
        ("Watch: Mayor speaks\n\nThe talks go on.", "Watch: Mayor speaks", "Watch: Mayor speaks", "the title, though it looks like a link"),
        ("By Jane Doe\n\nMayor speaks\n\nThe talks go on.", None, "Mayor speaks", "below the by-line"),
    ],
)  # fmt: skip
def test_headlines(text: str, title: str | None, expected: str | None, why: str) -> None:
    read = layout.read(text, title=title)
    assert (text[slice(*read.title_span)] if read.title_span else None) == expected, why
    assert read.title == (title or expected)


@pytest.mark.parametrize("title", ["Talks resume in Varna", "TALKS RESUME IN VARNA", "Talks resume in Varna."])
def test_a_headline_in_another_case_is_still_the_headline(title: str) -> None:
    text = "TALKS RESUME IN VARNA\n\nJane Doe in Varna\n\nThe council meets again on Monday, the mayor said.\n"
    read = layout.read(text, title=title)
    assert (read.title, read.byline, read.clutter) == (title, "Jane Doe", ((23, 40),))
    assert read.title_span == ((0, 21) if title.isupper() else None)


@pytest.mark.parametrize(
    ("text", "captions", "clutter"),
    [
        ("A first line.\nImage caption The old port\nA line.", ["The old port"], ["Image caption"]),
        (
            "A line.\nimage caption\nAna Marin speaks in Varna, 16 February 2023",
            ["Ana Marin speaks in Varna, 16 February 2023"],
            ["image caption"],
        ),
        ("The pact ended on 16 February 2023.\nimage caption\nA line.", [], ["image caption"]),
        (
            "Ana Marin waves to dockers, 3 May 2022.\nimage caption\nIvo Petrov speaks in Varna, 16 February 2023",
            [],
            ["image caption"],
        ),
        (
            "A line.\nFILE PHOTO: Ana Marin in Varna. REUTERS/Ivo Petrov",
            ["FILE PHOTO: Ana Marin in Varna. REUTERS/Ivo Petrov"],
            [],
        ),
        ("A line.\nGetty Images", [], ["Getty Images"]),
        ("A line.\n(Photo: Ivo Petrov)", [], ["(Photo: Ivo Petrov)"]),
        ("A line.\nThe firm will buy the port for $4 million and keep the name. [Reuters]", [], []),
        (
            "A line.\n(Reporting by Jane Doe; Editing by Ivo Petrov)",
            [],
            ["(Reporting by Jane Doe; Editing by Ivo Petrov)"],
        ),
    ],
)
def test_captions_and_credits(text: str, captions: list[str], clutter: list[str]) -> None:
    read = layout.read(text)
    assert words(text, read.captions) == captions
    assert words(text, read.clutter) == clutter


def test_a_comment_section_reaches_to_the_end_only_from_the_second_half() -> None:
    story = "Mayor speaks\n\n" + "The talks go on until Friday, the mayor said.\n" * 6
    below = story + "\n2 thoughts on “Mayor speaks”\n\nivo says:\n\nShe said that last year too.\n"
    assert words(below, layout.read(below).clutter)[-1] == "She said that last year too."
    above = "Leave a comment\n\n" + story
    assert words(above, layout.read(above).clutter) == ["Leave a comment"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("PORT SUDAN, Sudan, Dec. 3 (Xinhua) -- The sides met.", ("PORT SUDAN, Sudan, Dec. 3 (Xinhua) --", "PORT SUDAN, Sudan", "Xinhua")),
        ("LONDON (Reuters) - Shares fell.", ("LONDON (Reuters) -", "LONDON", "Reuters")),
        ("MINSK, Feb. 16 — The leader spoke.", ("MINSK, Feb. 16 —", "MINSK", None)),
        ("WASHINGTON — The president spoke.", ("WASHINGTON —", "WASHINGTON", None)),
        ("WASHINGTON (CNN)The president spoke.", ("WASHINGTON (CNN)", "WASHINGTON", "CNN")),
        ("Minsk (AFP) – The leader spoke.", ("Minsk (AFP) –", "Minsk", "AFP")),
        ("MOSCOW, February 16. /TASS/. Russia agreed.", ("MOSCOW, February 16. /TASS/.", "MOSCOW", "TASS")),
        ("(Reuters) - The firm agreed.", ("(Reuters) -", None, "Reuters")),
        ("ALBANY, N.Y. ― If it worked, it worked.", ("ALBANY, N.Y. ―", "ALBANY, N.Y.", None)),
        ("RIYADH/DOHA, Aug 9 (Reuters) - Creditors met.", ("RIYADH/DOHA, Aug 9 (Reuters) -", "RIYADH/DOHA", "Reuters")),
        ("ROME — The pope spoke.", ("ROME —", "ROME", None)),
        ("SAINT-DENIS/PARIS (AFP) - It rained.", ("SAINT-DENIS/PARIS (AFP) -", "SAINT-DENIS/PARIS", "AFP")),
        ("O'FALLON, Ill. — It rained.", ("O'FALLON, Ill. —", "O'FALLON, Ill.", None)),
        ("BREAKING — The pact is signed.", None),
        ("UPDATE 1-The pact is signed.", None),
        ("NATO — which met on Monday — agreed.", None),
        ("EU - the union agreed.", None),
        ("Minsk - the city of spies.", None),
        ("President Marin (left) - who spoke", None),
        ("Senator Jones (Republican) - who spoke", None),
        ("The talks (Monday) — went on.", None),
        ("(Smith) - who spoke", None),
    ],
)  # fmt: skip
def test_datelines(line: str, expected: tuple[str, str | None, str | None] | None) -> None:
    found = dateline(line, 10)
    told = (line[found.span[0] - 10 : found.span[1] - 10], found.place, found.agency) if found else None
    assert told == expected


@pytest.mark.parametrize("unit", ["A-", "A.", "A, ", "A' ", "A/", "Mc-A.b ", "(A ", "Dec. 1 ", "By A, ", "“"])
def test_hostile_lines_are_read_in_good_time(unit: str) -> None:
    started = time.process_time()
    for length in (90, 100_000):
        layout.read(f"{unit * (length // len(unit))}\n\nThe talks go on.\n")
    assert time.process_time() - started < 2


def test_speakers_of_a_transcript_are_no_dateline() -> None:
    text = "Mayor and docker talk\n\nMARIN — When do you sail?\n\nPETROV — On Friday.\n\nMARIN — Not before?\n"
    assert layout.read(text).dateline is None


LINES = st.sampled_from(
    ["", " ", "By Jane Doe", "picture caption", "Image caption The old port", "Leave a Reply", "Tweet", "LONDON (Reuters) - It is.",
     "Ana Marin speaks in Varna, 16 February 2023", "A line of the body, she said.", "\u200b", "Headline of it"]
)  # fmt: skip
BREAKS = st.sampled_from(["\n", "\r\n", "\n\n", "\u2028", "\x85", "\x0b", "\r"])


@given(st.lists(st.tuples(LINES | st.text(max_size=30), BREAKS), max_size=12), st.none() | LINES)
def test_spans_are_lawful_and_disjoint_for_any_text(parts: list[tuple[str, str]], title: str | None) -> None:
    text = "".join(line + end for line, end in parts)
    read = layout.read(text, title=title)
    for found in (read.captions, read.clutter, (read.title_span,) if read.title_span else ()):
        assert spans.lawful(text, found) == found
    assert not spans.overlaps(read.captions, read.clutter)
    if read.dateline:
        assert spans.lawful(text, [read.dateline.span]) == (read.dateline.span,)
