"""What people see: marks that nest, entries that fold, cells that stay cells, pages that a hostile article cannot break out of."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_findings import at, made_up, promise, report, rich, statement

from onrecord.ledger.rows import ArticleRow, CommitmentRow, ConditionRow, SaidRow, Witness
from onrecord.records import Condition, Findings, Time
from onrecord.render import article, cards, citation, csvfile, listing, marks, page, wording
from onrecord.render.found import said_row
from onrecord.render.marks import Mark
from onrecord.render.terminal import visible

RICH = rich()
FACTS = said_row(RICH, RICH.statements[1])


def written(text: str, found: list[Mark], window: tuple[int, int] | None = None) -> str:
    """Return the text with brackets: ``(c content)``, a bar where a mark was cut."""
    out = []
    for step in marks.steps(found, window or (0, len(text))):
        if step[0] == "text":
            out.append(text[slice(*step[1])])
        elif step[0] == "open":
            out.append(f"({step[1].role[0]}{'' if step[1].first else '|'} ")
        else:
            out.append(f"{'' if step[1].last else '|'})")
    return "".join(out)


NESTING = [
    ([], "abcdef", "nothing marked"),
    ([Mark(1, 3, "content")], "a(c bc)def", "one mark"),
    ([Mark(1, 3, "content"), Mark(3, 5, "cue")], "a(c bc)(c de)f", "touching marks are neighbours"),
    ([Mark(0, 6, "content"), Mark(2, 4, "antecedent")], "(c ab(a cd)ef)", "a condition inside its content"),
    ([Mark(0, 4, "content"), Mark(2, 6, "clutter")], "(c ab(c cd|))(c| ef)", "a crossing mark is cut at the end of the other"),
    ([Mark(0, 6, "content"), Mark(0, 6, "source")], "(c (s abcdef))", "of two over the same characters the source is the inner"),
    ([Mark(0, 3, "content"), Mark(0, 6, "content")], "(c (c abc)def)", "the longer is the outer"),
    (
        [Mark(0, 4, "content"), Mark(1, 5, "content"), Mark(2, 6, "content")],
        "(c a(c b(c cd|)|))(c| (c| e)f)",
        "three that cross one another",
    ),
    ([Mark(0, 2, "content"), Mark(4, 6, "content")], "(c ab)cd(c ef)", "the pieces of one content"),
]  # fmt: skip


@pytest.mark.parametrize(("found", "expected", "why"), NESTING, ids=[why for _, _, why in NESTING])
def test_marks_nest(found: list[Mark], expected: str, why: str) -> None:
    assert written("abcdef", found) == expected, why
    assert written("abcdef", found[::-1]) == expected, "the order in which they are given makes no difference"


def test_marks_are_clipped_to_the_window() -> None:
    assert written("abcdef", [Mark(0, 6, "content")], (2, 4)) == "(c| cd|)"
    assert written("abcdef", [Mark(0, 2, "content")], (2, 4)) == "cd"


_MARKS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 8), st.sampled_from(["content", "source", "cue", "antecedent"])).map(
        lambda made: Mark(made[0], min(20, made[0] + made[1]), made[2])  # type: ignore[arg-type]  # hypothesis widens the literal
    ),
    max_size=8,
).map(lambda made: [mark for mark in made if mark.start < mark.end])


@given(_MARKS)
def test_steps_are_well_nested_and_cover_what_the_marks_cover(found: list[Mark]) -> None:
    inside: list[Mark] = []
    text_seen: list[int] = []
    covered: set[tuple[int, str]] = set()
    for step in marks.steps(found, (0, 20)):
        if step[0] == "open":
            assert not inside or (inside[-1].start <= step[1].start and step[1].end <= inside[-1].end)
            inside.append(step[1])
        elif step[0] == "close":
            assert inside.pop() == step[1]
        else:
            characters = range(*step[1])
            text_seen += characters
            covered |= {(character, mark.role) for character in characters for mark in inside}
    assert not inside
    assert text_seen == list(range(20)), "every character once, in order"
    assert covered == {(character, mark.role) for mark in found for character in range(mark.start, mark.end)}


def test_statements_that_share_a_source_share_one_mark() -> None:
    two = report("x", ("Marrow", "yes"))
    shared = replace(
        two, statements=(*two.statements, replace(two.statements[0], id="s9", content=(at(two.article.text, "s"),)))
    )
    assert [m.statements for m in marks.marks(shared) if m.role == "source"] == [(1, 2)]


def test_many_overlapping_marks_do_not_exhaust_the_stack() -> None:
    deep = [Mark(n, 10_000 - n, "content") for n in range(4_000)]
    assert sum(step[0] == "open" for step in marks.steps(deep, (0, 10_000))) == 4_000


# The terminal


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("plain “text”", "plain “text”", "what is printable stays"),
        ("red \x1b[31m alarm", "red \ufffd[31m alarm", "an escape sequence cannot steer the terminal"),
        ("title \x9b2J", "title \ufffd2J", "nor its one-character form"),
        ("a\u202egnp.exe", "a\ufffdgnp.exe", "direction marks cannot turn words round"),
        ("one\ntwo\u2028three", "one two three", "a line break is a blank: one entry, one line"),
        ("zero\u200bwidth", "zero\u200bwidth", "what is harmless stays to the character"),
    ],
)
def test_a_page_cannot_write_to_the_terminal(text: str, expected: str, why: str) -> None:
    assert visible(text) == expected, why
    assert len(visible(text)) == len(text)


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


@pytest.mark.parametrize("columns", [80, 120])
def test_an_entry_says_who_what_when_and_on_what_condition(
    columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    cards.said([FACTS])
    out = shown(capsys)
    assert out.splitlines()[0] == "Ilse Marrow, Oren Vale · threaten · 2025-03-03 · anonymous"
    assert "“We will open the dam [at Kesh]” […] “only if the guards leave by Friday”" in " ".join(out.split())
    assert re.search(r"^    only if \(contrary to fact\) +the guards leave by Friday$|^    only if", out, re.MULTILINE)
    assert "The Kesh Post, 2025-03-03 · in quotation marks · s1" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= columns
    assert not re.search(r" +$", out, re.MULTILINE), "no blanks at line ends"


def test_an_entry_names_the_statement_in_which_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    cards.said([replace(FACTS, inside="s0", quotation="indirect")])
    told = " ".join(shown(capsys).split())
    assert "inside s0" in told
    assert "in the words of the statement around it" in told


WHO = [
    ({}, "Ilse Marrow, Oren Vale", "names"),
    ({"speakers": (), "why_no_speaker": "ambiguous", "source": "he"}, "“he” (who is meant is ambiguous)", "words and the reason"),
    ({"speakers": (), "why_no_speaker": "no_source", "source": ""}, "No source named", "no source"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "expected", "why"), WHO)
def test_a_speaker_is_named_or_the_reason_is_given(facts: dict[str, object], expected: str, why: str) -> None:
    assert wording.speaker(replace(FACTS, **facts)) == expected, why  # type: ignore[arg-type]  # a table of fields


@pytest.mark.parametrize(
    ("manner", "expected"), [("said", None), ("written", None), ("thought", "ascribed: thought"), ("stance", "ascribed: stance")]
)  # fmt: skip
def test_what_is_ascribed_is_marked(manner: str, expected: str | None) -> None:
    assert wording.ascribed(manner) == expected


CONDITIONS = [
    ("if", False, False, "if"),
    ("only_if", False, False, "only if"),
    ("unless", False, False, "unless"),
    ("if", True, False, "even if"),
    ("if", False, True, "if (contrary to fact)"),
]


@pytest.mark.parametrize(("kind", "concessive", "counterfactual", "expected"), CONDITIONS)
def test_a_condition_is_introduced_by_its_kind(
    kind: str, concessive: bool, counterfactual: bool, expected: str
) -> None:
    condition = ConditionRow(kind, "it rains", "", "", concessive, counterfactual)  # type: ignore[arg-type]  # a table of kinds
    assert wording.condition_words(condition) == f"{expected}: it rains"


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        (None, None, None),
        ("2024-03-02", "2024-03-02", "2024-03-02"),
        (None, "2024-03-02", "2024-03-02 or earlier"),
        ("2024-03-02", None, "2024-03-02 or later"),
        ("2024-03-02", "2024-03-05", "2024-03-02 to 2024-03-05"),
    ],
)
def test_a_range_of_days_is_put_into_words(earliest: str | None, latest: str | None, expected: str | None) -> None:
    assert wording.period(earliest, latest) == expected


UNDERTAKING = CommitmentRow(
    id="c1", type="commit", agent=None, action="open the dam", to="Oren Vale",
    condition=ConditionRow("unless", "it rains", "", "unless", False, False),
    deadline="by Friday", deadline_from=None, deadline_to="2025-03-07",
    strength="hedged", status="expired", speakers=("Ilse Marrow",), said_from="2025-03-03", said_to="2025-03-03",
    witnesses=tuple(
        Witness(
            commitment=f"c{n}", statement=f"s{n}", article=f"a{n // 2}", title=None, publisher=f"Post {n // 2}",
            published="2025-03-04", read_as_of_from=None, read_as_of_to=None, url=None, speakers=("Ilse Marrow",), said_from=None,
            said_to=None, action="open the dam",
        )
        for n in range(13)
    ),
)  # fmt: skip


def test_an_undertaking_is_told_with_condition_deadline_and_witnesses(capsys: pytest.CaptureFixture[str]) -> None:
    cards.commitments([UNDERTAKING])
    out = shown(capsys)
    assert out.splitlines() == [
        "(who would act is not stated) · commit · expired · hedged · c1",
        "    open the dam",
        "    unless     it rains",
        "    to         Oren Vale",
        "    deadline   by Friday (2025-03-07 or earlier)",
        "    said by    Ilse Marrow, 2025-03-03",
        "    witnesses  13 statements in 7 articles",
        "    printed by Post 0, 2025-03-04 · s0, s1",
        *(f"               Post {n}, 2025-03-04 · s{2 * n}, s{2 * n + 1}" for n in range(1, 5)),
        "               and 2 articles more; --json lists all",
    ]


def test_an_undertaking_in_csv_tells_all_of_its_condition_deadline_and_witnesses(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listing.commitments([UNDERTAKING], output="csv")
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"), newline=""))
    assert (row["condition_kind"], row["antecedent"], row["connector"]) == ("unless", "it rains", "unless")
    assert (row["deadline"], row["deadline_from"], row["deadline_to"]) == ("by Friday", "", "2025-03-07")
    assert (row["witnesses"], row["articles"]) == ("13", "a0; a1; a2; a3; a4; a5; a6")


DEADLINES = [
    (None, None, None, None, "none stated"),
    ("soon", None, None, "soon", "words that mean no day"),
    (None, "2025-03-07", "2025-03-07", "2025-03-07", "days alone"),
    ("on Friday", "2025-03-07", "2025-03-07", "on Friday (2025-03-07)", "one day"),
    ("within a week", "2025-03-03", "2025-03-10", "within a week (2025-03-03 to 2025-03-10)", "a range"),
]


@pytest.mark.parametrize(("words", "earliest", "latest", "expected", "why"), DEADLINES)
def test_a_deadline_is_told_in_its_words_and_its_days(
    words: str | None, earliest: str | None, latest: str | None, expected: str | None, why: str
) -> None:
    assert wording.deadline(words, earliest, latest) == expected, why


PRINTED = [
    ({"published": "2025-03-04T10:00:00Z", "read_as_of_from": "2025-03-03", "read_as_of_to": "2025-03-03"}, "2025-03-04", "as stated"),
    ({"published": None, "read_as_of_from": "2025-03-03", "read_as_of_to": "2025-03-03"}, "as of 2025-03-03", "a dateline"),
    ({"published": None, "read_as_of_from": "2025-03-01", "read_as_of_to": "2025-03-31"}, "as of 2025-03-01 to 2025-03-31", "a range"),
    ({"published": None, "read_as_of_from": None, "read_as_of_to": None}, "undated", "nothing is known"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "expected", "why"), PRINTED)
def test_a_page_is_dated_by_what_it_states(facts: dict[str, Any], expected: str, why: str) -> None:
    row = replace(FACTS, **facts)
    assert wording.printed(row) == expected, why
    assert wording.outlet(replace(row, publisher=None, title="Dam opens")) == f"outlet not stated, {expected}"


def test_an_article_says_of_which_day_it_is() -> None:
    read_as_of = Time("2025-03-03", "2025-03-03", None)
    assert wording.stated(report("x", ("Eve", "yes"), read_as_of=read_as_of).article) == ["as of 2025-03-03"]
    late = report("x", ("Eve", "yes"), read_as_of=read_as_of, published="2025-03-04").article
    assert wording.stated(late) == ["2025-03-04", "dates counted from 2025-03-03"]


def test_a_long_mark_of_a_condition_stands_on_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    cards.said([FACTS])
    lines = shown(capsys).splitlines()
    at_ = lines.index("    only if (contrary to fact)")
    assert lines[at_ + 1 : at_ + 3] == [
        "               the guards leave by Friday",
        "    consequent We will open the dam",
    ]


def test_a_style_ends_where_its_words_end(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    cards.commitments([UNDERTAKING])
    lines = shown(capsys).splitlines()
    assert lines[0].startswith("\x1b[1m(who would act is not stated)\x1b[0m\x1b[2m · \x1b[0m\x1b[35mcommit\x1b[0m")
    assert "    \x1b[2mto         \x1b[0mOren Vale" in lines
    article.article(RICH)
    out = shown(capsys)
    assert "\x1b[1;33m{condition}\x1b[0m" in out
    assert "\x1b[4;32m_consequent" in out
    assert "\x1b[4;32mWe will open the dam\x1b[0m" in out


def test_an_article_is_told_in_two_lines(capsys: pytest.CaptureFixture[str]) -> None:
    cards.articles(
        [ArticleRow("a1", 2, "A title", None, "2024-03-02T10:00:00Z", None, None, None, "a.txt", 1, 0, True)]
    )
    assert shown(capsys).splitlines() == [
        "A title",
        "    outlet not stated, 2024-03-02 · 1 statement · 0 commitments · revision 2,",
        "    superseded · a1",
    ]


def test_an_article_is_shown_with_its_statements_marked(capsys: pytest.CaptureFixture[str]) -> None:
    article.article(RICH)
    out = " ".join(shown(capsys).split())
    assert "title ‹Marrow› /vows/ «¹to open the dam, “{come what may}”»" in out
    assert "«²“_We will open the dam_ [at Kesh]”», she /said/, «²“only if {the guards leave {by Friday}}”»" in out
    assert "clutter Share this story" in out
    assert "caption Ilse Marrow in Torva on March 3" in out
    assert "⁴ · a spokesman" in out


def test_a_row_is_shown_with_the_text_around_it_and_no_other_marks(capsys: pytest.CaptureFixture[str]) -> None:
    article.row(RICH, "c1")
    out = " ".join(shown(capsys).split())
    assert "title Marrow vows to open the dam" in out, "the line before, without the marks of its own statement"
    assert "‹Premier Ilse Marrow›" in out
    assert "Guards attacked farmers" not in out, "two lines further down"
    assert "Ilse Marrow · threaten · hedged · c1" in out


# CSV


CELLS = [
    ("plain", "plain", "text"),
    (None, "", "not stated"),
    (True, "TRUE", "truth, as R and Excel write it"),
    (0.25, "0.25", "a number"),
    (-3, "-3", "a negative number is no formula"),
    ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")', "a formula would run"),
    ("-- he said", "'-- he said", "so would a minus"),
    ("@SUM(A1)", "'@SUM(A1)", "so would an at sign"),
    ("+44 20", "'+44 20", "so would a plus"),
    ("1234567890123456", "'1234567890123456", "an id of digits would be rounded"),
    ("12e4567890123456", "'12e4567890123456", "an id would become infinity"),
    ("2023-02-16", "2023-02-16", "a day stays"),
    ("1.5 percent", "1.5 percent", "words that begin with a number stay"),
    ('a "b", c', 'a "b", c', "quotation marks and commas survive"),
]


@pytest.mark.parametrize(("value", "expected", "why"), CELLS)
def test_a_cell_opens_as_what_it_is(value: csvfile.Cell, expected: str, why: str) -> None:
    file = io.BytesIO()
    csvfile.write(file, ["x", "y"], [[value, "end"]])
    header, row = csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""))
    assert header == ["x", "y"]
    assert row == [expected, "end"], why


def test_csv_is_rfc_4180_with_a_byte_order_mark() -> None:
    file = io.BytesIO()
    csvfile.write(file, ["id", "words"], [["s1", "“Łódź”, she said"]])
    assert file.getvalue() == '\ufeffid,words\r\ns1,"“Łódź”, she said"\r\n'.encode()


@pytest.mark.parametrize("output", ["json", "jsonl"])
def test_json_is_ascii_and_whole(output: listing.Output, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    listing.said([replace(FACTS, content="\x1b[31m “ja”")], output=output)
    out = shown(capsys)
    assert out.isascii()
    assert "\x1b" not in out
    row = json.loads(out)[0] if output == "json" else json.loads(out)
    assert row["content"] == "\x1b[31m “ja”"
    assert set(row) == set(SaidRow.__slots__)


# The page


class Tags(HTMLParser):
    """Notes every tag and checks that they close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(findings: Findings) -> Tags:
    tags = Tags()
    tags.feed(page.page(findings))
    assert not tags.open
    return tags


@given(made_up())
def test_any_findings_make_a_well_formed_page(findings: Findings) -> None:
    tags = parsed(findings)
    assert {"script", "iframe", "img", "link", "form", "object"}.isdisjoint(tag for tag, _ in tags.seen)


def test_what_could_steer_a_screen_is_shown_as_such_on_the_page() -> None:
    text = "pay\u202e fpd.exe\u2066 and\x1b[2J \u200fgo"
    out = page.page(report("x", ("Eve\u202e", text), title=text, url="https://example.org/\u202e", publisher="P\u200e"))
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\x1b]", out)
    assert "pay\ufffd fpd.exe\ufffd and\ufffd[2J \ufffdgo" in out
    accented = "Lech Wałęsa’s “naïve” \u05d0\u05d1 words"
    assert accented in page.page(report("x", ("Eve", accented))), "other letters stay, those written from the right too"


def test_a_hostile_article_stays_text() -> None:
    hostile = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    found = report(
        "x", ('"><b>Eve', hostile), title="<i>title", url="javascript:alert(1)", publisher="<u>p", byline="'\"><s>"
    )
    tags = parsed(found)
    assert hostile in tags.text
    assert {"script", "img", "b", "i", "u", "s"}.isdisjoint(tag for tag, _ in tags.seen)
    assert not [attrs for tag, attrs in tags.seen if tag == "a" and not (attrs["href"] or "").startswith("#")]
    assert not [name for _, attrs in tags.seen for name in attrs if name.startswith("on")]


def test_the_page_tells_what_is_known_of_a_statement() -> None:
    tags = parsed(promise("x", "Marrow", "open the dam", condition="it rains", url="https://example.org/a"))
    titles = [attrs.get("title") or "" for _, attrs in tags.seen]
    assert any(
        "attributed to: Marrow" in title and "act: commit" in title and "if: it rains" in title for title in titles
    )
    assert ("a", {"href": "https://example.org/a", "rel": "noreferrer"}) in tags.seen
    assert any(attrs.get("name") == "viewport" for _, attrs in tags.seen)
    assert "<style>" in page.page(RICH)
    assert "http-equiv" in page.page(RICH)


def spans(findings: Findings, role: str) -> list[dict[str, str | None]]:
    """Return the attributes of the spans of that role in the text of an article's page."""
    body = page.page(findings).partition("<article>")[2].partition("</article>")[0]
    tags = Tags()
    tags.feed(body)
    return [attrs for tag, attrs in tags.seen if tag == "span" and role in (attrs["class"] or "").split()]


KINDS = [
    ("if", "if", False, None, "the connector says so itself"),
    ("If", "if", False, None, "in any case of letters"),
    ("in the event of", "if", False, "if", "it does not"),
    ("should", "only_if", False, "only if", "it says less"),
    ("if", "if", True, "if (contrary to fact)", "it does not say that it is not so"),
    ("", "unless", False, "unless", "there is none"),
]


@pytest.mark.parametrize(("connector", "kind", "counterfactual", "expected", "why"), KINDS)
def test_a_condition_on_the_page_shows_its_kind_where_its_words_do_not(
    connector: str, kind: Any, counterfactual: bool, expected: str | None, why: str
) -> None:
    found = report("x", ("Marrow", f"the gate opens {connector} rain in Torva".replace("  ", " ")))
    text, said = found.article.text, found.statements[0]
    condition = Condition(
        (at(text, "rain"), at(text, "Torva")),
        (at(text, "the gate opens"),),
        (at(text, connector),) if connector else (),
        kind,
        False,
        counterfactual,
    )
    found = replace(found, statements=(replace(said, conditions=(condition,)),))
    first, second = spans(found, "antecedent")
    assert first.get("data-kind") == expected, why
    assert "data-kind" not in second, "said once, where the condition begins"
    assert len(spans(found, "consequent")) == 1


def test_each_mark_of_the_page_is_explained_in_its_legend() -> None:
    legend = page.page(RICH).partition('<p class="legend">')[2].partition("</p>")[0]
    for role in ("source", "cue", "content", "connector", "antecedent", "consequent", "clutter"):
        assert f'<span class="{role}">' in legend


def test_the_act_stands_before_the_first_words_of_a_statement_alone() -> None:
    tags = parsed(RICH)
    numbers = [attrs for tag, attrs in tags.seen if tag == "a" and attrs.get("class") == "number"]
    assert [(n["href"], n.get("data-act")) for n in numbers if n["href"] == "#s1"] == [
        ("#s1", "threaten"),
        ("#s1", None),
    ]


def test_a_statement_inside_a_statement_keeps_marks_of_its_own() -> None:
    found = report("x", ("Tove", "that Brun swore he would leave if the well dries up, and would return"))
    text, outer = found.article.text, found.statements[0]
    condition = Condition(
        (at(text, "the well dries up"),), (at(text, "he would leave"),), (at(text, "if"),), "if", False, False
    )
    crossing = Condition((at(text, "swore he would"),), (), (), "if", False, False)
    inner = statement(
        "s9",
        source=(at(text, "Brun"),),
        cue=(at(text, "swore"),),
        content=(at(text, "he would leave if the well dries up"),),
        conditions=(condition,),
        inside=outer.id,
    )
    found = replace(found, statements=(replace(outer, conditions=(condition, crossing)), inner))
    assert [a["class"] for a in spans(found, "content")] == ["content", "content to-go-on", "content goes-on"]
    assert [a["class"] for a in spans(found, "consequent")] == ["consequent to-go-on", "consequent goes-on"]
    assert [a["class"] for a in spans(found, "antecedent")] == ["antecedent", "antecedent"]
    tags = parsed(found)
    assert "he would leave if the well dries up, and would return" in re.sub(r"\d", "", tags.text)


def test_an_undertaking_on_the_page_has_its_condition_deadline_and_strength() -> None:
    told = (
        "Ilse Marrow: open the dam [at Kesh] · only if (contrary to fact): the guards leave by Friday · to: Oren Vale"
        " · deadline: Friday (2025-03-07 or earlier) · hedged c1"
    )
    assert told in parsed(RICH).text


def test_every_number_on_the_page_leads_to_its_entry() -> None:
    tags = parsed(RICH)
    ids = {attrs["id"] for tag, attrs in tags.seen if tag == "li"}
    links = {(attrs["href"] or "")[1:] for tag, attrs in tags.seen if tag == "a" and attrs.get("class") == "number"}
    assert links == ids == {s.id for s in RICH.statements}


def test_an_article_without_statements_says_so() -> None:
    empty = replace(RICH, statements=(), commitments=(), events=())
    assert "No statement was found" in page.page(empty)


# Citations


def test_a_citation_leaves_out_what_is_not_stated() -> None:
    from onrecord.ledger.rows import Citation

    cited = Citation(
        "s1",
        "statement",
        "a1",
        1,
        (),
        "“Yes”",
        None,
        None,
        None,
        None,
        None,
        None,
        "a.txt",
        "0" * 64,
        "onrecord 1",
        "onrecord:a1/s1",
    )
    assert citation.lines(cited) == (
        "“Yes”", "undated", "a.txt", f"Text sha256 {'0' * 64}, revision 1", "Read by onrecord 1", "onrecord:a1/s1",
    )  # fmt: skip
    assert citation.csl(cited) == {"id": "onrecord:a1/s1", "type": "article-newspaper", "note": "“Yes”"}
    dated = replace(cited, published="2024-03-02T10:00:00+01:00", speakers=("Marrow",))
    assert citation.csl(dated)["issued"] == {"date-parts": [[2024, 3, 2]]}
    assert citation.csl(dated)["note"] == "Marrow: “Yes”"


def test_statement_without_any_spans_is_still_told(capsys: pytest.CaptureFixture[str]) -> None:
    bare = replace(
        RICH, statements=(statement("s0", content=(at(RICH.article.text, "yes"),)),), commitments=(), events=()
    )
    article.row(bare, "s0")
    assert "Who is meant was not found out · assert" in shown(capsys)
