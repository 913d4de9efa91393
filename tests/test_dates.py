from __future__ import annotations

import time
from datetime import date

import pytest
from handmade import article, day, parsed, spans, statement
from hypothesis import given
from hypothesis import strategies as st

from onrecord import dates, timex
from onrecord.records import Dateline, Time

THURSDAY = day("2023-02-16")

# text, what is found, first day, last day, about the future, why
EXPRESSIONS = [
    ("He spoke today in Riga.", "today", "2023-02-16", "2023-02-16", False, "the day of reading"),
    ("It fell yesterday.", "yesterday", "2023-02-15", "2023-02-15", False, "the day before"),
    ("It opens tomorrow.", "tomorrow", "2023-02-17", "2023-02-17", True, "the day after"),
    ("He said on Thursday that", "on Thursday", "2023-02-16", "2023-02-16", False, "the day of reading counts"),
    ("He said on Friday that", "on Friday", "2023-02-10", "2023-02-10", False, "the latest one gone by"),
    ("They meet on Friday evening.", "on Friday evening", "2023-02-17", "2023-02-17", True, "the next one"),
    ("He left last Thursday.", "last Thursday", "2023-02-09", "2023-02-09", False, "not the day itself"),
    ("They meet next Tuesday.", "next Tuesday", "2023-02-21", "2023-02-21", True, "of the week after"),
    ("It closed last year.", "last year", "2022-01-01", "2022-12-31", False, "no false precision"),
    ("due to arrive the following week", "the following week", "2023-02-20", "2023-02-26", True, "Monday to Sunday"),
    ("It opens next month.", "next month", "2023-03-01", "2023-03-31", True, "the whole month"),
    ("leave within 48 hours", "within 48 hours", "2023-02-16", "2023-02-18", True, "hours as days"),
    ("leave in two weeks", "in two weeks", "2023-02-16", "2023-03-02", True, "at latest"),
    ("pay by the end of the month", "by the end of the month", None, "2023-02-28", True, "a bound has no first day"),
    ("pay by June 30", "by June 30", None, "2023-06-30", True, "the next one"),
    ("pay before the end of the year", "before the end of the year", None, "2023-08-31", True, "before its last third"),
    ("It began in early July.", "in early July", "2022-07-01", "2022-07-10", False, "a third of the month"),
    ("In late 2022 it rained.", "In late 2022", "2022-09-01", "2022-12-31", False, "a third of the year"),
    ("at war since 2014", "since 2014", "2014-01-01", None, False, "it goes on"),
    ("The bridge fell in 2020.", "in 2020", "2020-01-01", "2020-12-31", False, "absolute"),
    ("On February 3, 2021, he left.", "On February 3, 2021", "2021-02-03", "2021-02-03", False, "absolute"),
    (
        "on Sunday, 12 March 2023",
        "on Sunday, 12 March 2023",
        "2023-03-12",
        "2023-03-12",
        False,
        "the date outweighs the weekday",
    ),
    ("on 3 March", "on 3 March", "2023-03-03", "2023-03-03", True, "the next one"),
    ("on 3 March", "on 3 March", "2022-03-03", "2022-03-03", False, "the latest one"),
    ("on 29 February", "on 29 February", "2020-02-29", "2020-02-29", False, "only leap years have it"),
    ("in the first quarter of 2019", "in the first quarter of 2019", "2019-01-01", "2019-03-31", False, "absolute"),
    (
        "in the last quarter of this year",
        "in the last quarter of this year",
        "2023-10-01",
        "2023-12-31",
        True,
        "not the one before",
    ),
    ("last summer", "last summer", "2022-06-01", "2022-08-31", False, "three months"),
    ("in the winter of 2021", "in the winter of 2021", "2021-12-01", "2022-02-28", False, "runs into the next year"),
    ("two weeks ago", "two weeks ago", "2023-01-30", "2023-02-05", False, "that week"),
    ("a year ago", "a year ago", "2022-01-01", "2022-12-31", False, "that year"),
    ("in the past two years", "in the past two years", "2021-02-16", "2023-02-16", False, "up to today"),
    ("in the next few weeks", "in the next few weeks", "2023-02-16", None, True, "the end is not said"),
    ("2023-02-01 12:00", "2023-02-01", "2023-02-01", "2023-02-01", False, "ISO 8601"),
]


@pytest.mark.parametrize("case", EXPRESSIONS, ids=lambda case: f"{case[1]}-{case[5]}")
def test_expressions_resolve(case: tuple[str, str, str | None, str | None, bool, str]) -> None:
    text, expression, first, last, future, why = case
    found = timex.expressions(text, 0, len(text))
    assert [text[s:e] for s, e in found] == [expression], why
    assert timex.resolve(text, found[0], THURSDAY, future=future) == Time(first, last, found[0]), why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("He may go, May said; they march to Sun City.", "verbs and names"),
        ("Some 2020 people paid $2020.", "numbers"),
        ("at the end of the day it was wrong", "a set phrase"),
        ("the 1990s and 2020-21", "decades and seasons of sport"),
        ("a two-day trip for nearby May", "parts of words"),
    ],
)
def test_what_is_no_time_expression(text: str, why: str) -> None:
    assert timex.expressions(text, 0, len(text)) == (), why


@pytest.mark.parametrize("text", ["today", "last week", "on Thursday", "by June 30", "two weeks ago", "in May"])
def test_relative_expressions_need_a_day(text: str) -> None:
    assert timex.resolve(text, (0, len(text)), None) is None
    assert timex.resolve(text, (0, len(text)), Time("2023-02-01", "2023-02-28", None)) is None, "a month is not a day"


@pytest.mark.parametrize("text", ["February 30, 2023", "2023-13-01", "the moon", "within 48 hours"])
def test_what_resolves_to_nothing(text: str) -> None:
    assert timex.resolve(text, (0, len(text)), THURSDAY) is None


@pytest.mark.parametrize(
    "text", ["within 999 decades", "tomorrow", "yesterday", "next year", "last month", "by March 3"]
)
@pytest.mark.parametrize("today", ["0001-01-01", "9999-12-31"])
def test_what_lies_beyond_the_calendar_does_no_harm(text: str, today: str) -> None:
    (span,) = timex.expressions(text, 0, len(text))
    resolved = timex.resolve(text, span, day(today), future=True)
    assert resolved is None or resolved.span == span


def test_many_expressions_are_found_in_good_time() -> None:
    text = "today " * 16_000
    started = time.process_time()
    assert len(timex.expressions(text, 0, len(text))) == 16_000
    assert time.process_time() - started < 2


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.sampled_from([e[0] for e in EXPRESSIONS]), st.booleans())
def test_ranges_are_never_upside_down(today: date, text: str, future: bool) -> None:
    for span in timex.expressions(text, 0, len(text)):
        time = timex.resolve(text, span, day(today.isoformat()), future=future)
        if time and time.earliest and time.latest:
            assert time.earliest <= time.latest


LINE = "RIGA, Dec. 13 (Wire) - The dam held."


@pytest.mark.parametrize(
    ("published", "expected", "why"),
    [
        ("2022-12-14T08:00:00+02:00", "2022-12-13", "the year of publication"),
        ("2023-01-03", "2022-12-13", "the year before is nearer"),
        ("2023-06-03", None, "no year puts it within sixty days"),
        (None, None, "no year is stated"),
    ],
)
def test_a_dateline_takes_its_year_from_publication(published: str | None, expected: str | None, why: str) -> None:
    line = Dateline(span=(0, 20), place="RIGA", date=None, agency="Wire")
    anchored = dates.anchored(article(LINE, dateline=line, published=published))
    assert anchored.dateline is not None
    assert anchored.dateline.date == expected, why


def test_read_as_of_prefers_publication_then_dateline_then_caption() -> None:
    text = "RIGA, Dec. 13, 2022 - It held.\nThe dam on January 5, 2023, in fog."
    line = Dateline(span=(0, 19), place="RIGA", date=None, agency=None)
    caption = (text.index("The dam"), len(text))
    published = article(text, published="2023-01-09T23:30:00-05:00", dateline=line, captions=(caption,))
    assert dates.anchored(published).read_as_of == day("2023-01-09"), "in the offset stated"
    assert dates.anchored(article(text, dateline=line, captions=(caption,))).read_as_of == Time(
        "2022-12-13", "2022-12-13", (0, 19)
    )
    only = dates.anchored(article(text, captions=(caption,))).read_as_of
    assert only is not None
    assert (only.earliest, only.latest) == ("2023-01-05", "2023-01-05")
    assert text[slice(*only.span or (0, 0))] == "on January 5, 2023"


@pytest.mark.parametrize(
    ("caption", "why"),
    [
        ("The dam on January 5, 2023, and on March 1, 2023.", "two dates"),
        ("The dam on January 5.", "no year"),
        ("The dam in 2023.", "no day"),
        ("File photo of the dam, taken on 5 January 2023.", "a file photo"),
        ("FILE - The dam holds on January 5, 2023.", "a file photo"),
        ("The dam holds on January 5, 2023. (Archive)", "an older photo"),
        ("This picture taken on January 5, 2023, shows the dam.", "the day of the photo alone"),
        ("Flowers at the dam, where a docker was killed on January 5, 2023.", "the day of what had happened"),
    ],
)
def test_a_caption_without_one_full_date_tells_no_day(caption: str, why: str) -> None:
    assert dates.anchored(article(caption, captions=((0, len(caption)),))).read_as_of is None, why


def test_a_file_photo_does_not_outweigh_the_photo_of_the_day() -> None:
    text = "File photo of the dam, taken on 3 May 2022.\nProfiles of the dam are shown on January 5, 2023."
    read = dates.anchored(article(text, captions=((0, 43), (44, len(text))))).read_as_of
    assert read is not None
    assert read.latest == "2023-01-05"


SAID = "Kalnins said on Tuesday the dam would open on Friday."
SAID_PARSE = [
    "Kalnins/NNP/nsubj/said", "said/VBD/ROOT/said", "on/IN/prep/said", "Tuesday/NNP/pobj/on", "the/DT/det/dam", "dam/NN/nsubj/open",
    "would/MD/aux/open", "open/VB/ccomp/said", "on/IN/prep/open", "Friday/NNP/pobj/on@8", "././punct/said",
]  # fmt: skip


def test_the_expression_that_governs_the_cue_tells_when_it_was_said() -> None:
    draft = statement(SAID, "said", "the dam would open on Friday")
    read = article(SAID, read_as_of=THURSDAY)
    (dated,) = dates.dated(read, parsed(SAID, SAID_PARSE), (draft,))
    assert dated.said_on == Time("2023-02-14", "2023-02-14", spans(SAID, "on Tuesday")[0])


def test_without_an_expression_it_was_said_at_latest_on_the_day_of_reading() -> None:
    text = "Kalnins said the dam held."
    parse = parsed(
        text,
        ["Kalnins/NNP/nsubj/said", "said/VBD/ROOT/said", "the/DT/det/dam", "dam/NN/nsubj/held", "held/VBD/ccomp/said"],
    )
    draft = statement(text, "said", "the dam held")
    assert dates.dated(article(text, read_as_of=THURSDAY), parse, (draft,))[0].said_on == Time(None, "2023-02-16", None)
    assert dates.dated(article(text), parse, (draft,))[0].said_on is None, "no day to count from"


def test_what_will_be_said_has_no_day() -> None:
    text = "Kalnins will say the dam held."
    parse = parsed(
        text,
        [
            "Kalnins/NNP/nsubj/say",
            "will/MD/aux/say",
            "say/VB/ROOT/say",
            "the/DT/det/dam",
            "dam/NN/nsubj/held",
            "held/VBD/ccomp/say",
        ],
    )
    drafts = (statement(text, "will say", "the dam held"),)
    assert dates.dated(article(text, read_as_of=THURSDAY), parse, drafts)[0].said_on is None


def test_two_governing_expressions_tell_none() -> None:
    text = "On Monday Kalnins said on Tuesday it held."
    parse = parsed(
        text,
        ["On/IN/prep/said", "Monday/NNP/pobj/On", "Kalnins/NNP/nsubj/said", "said/VBD/ROOT/said", "on/IN/prep/said", "Tuesday/NNP/pobj/on",
         "it/PRP/nsubj/held", "held/VBD/ccomp/said"],
    )  # fmt: skip
    assert (
        dates.dated(article(text, read_as_of=THURSDAY), parse, (statement(text, "said", "it held"),))[0].said_on is None
    )
