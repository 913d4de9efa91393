"""The samples are what docs/samples.md says they are."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import html

SAMPLES = Path(str(files("onrecord") / "samples"))
DOC = (Path(__file__).parent.parent / "docs" / "samples.md").read_text(encoding="utf-8")
NUMBERS = [f"{n:02}" for n in range(1, 15)]

SENTENCE_END = re.compile(
    r"""(?<!\bFeb)(?<!\bMr)(?<!\bMs)   # not after an abbreviation
        [.?!]["”’]*                    # the mark, and the quotation marks that close behind it
        (?=\s|$)                       # so not inside "a.m," or a number
    """,
    re.VERBOSE,
)
"""Matches in 'He left.' and '“Go.” She', not in 'Mr. Pell' or '3.5'."""

QUOTED = re.compile(r"`([^`]+)`\s\((\d\d)\)")
"""Matches '`six gates` (04)', not '`six gates`' alone."""

CLUTTER = (
    "By ",
    "Share this",
    "picture caption",
    "Related Posts",
    "Leave a Reply",
    "Your email address",
    "Save my name",
)


def files_of_samples() -> list[Path]:
    return sorted(path for path in SAMPLES.iterdir() if path.suffix in {".txt", ".html", ".jsonl"})


def pages() -> dict[str, str]:
    """Return page number to the report's text: headline, blank line, body."""
    found = {}
    for path in files_of_samples():
        data = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            for record in map(json.loads, data.splitlines()):
                found[record["id"][:2]] = f"{record['title']}\n\n{record['text']}"
        else:
            found[path.name[:2]] = data if path.suffix == ".txt" else story(data)
    return found


def story(page: str) -> str:
    tree = html.fromstring(page)
    paragraphs = [p.text_content() for p in tree.xpath('//div[@class="story"]/p')]
    return "\n\n".join([tree.xpath("string(//h1)"), *paragraphs])


def sentences(text: str) -> int:
    body = text.partition("\n\n")[2]
    return sum(len(SENTENCE_END.findall(line)) for line in body.splitlines() if not line.startswith(CLUTTER))


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading of the document, less its two head rows."""
    lines = DOC.partition(f"## {heading}\n")[2].partition("\n## ")[0].splitlines()
    table = [line for line in lines if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Title\n\nHe left. “Go.” She went.", 3),
        ("Title\n\nMr. Pell said 3.5 would do since Feb. 19.", 1),
        ("Title. Not counted\n\nBy Rick Tamber\n\n“It is,” he said", 0),
        ("Title\n\nIt is “over”. Is it? He said “no.”", 3),
    ],
)
def test_counting_of_sentences(text: str, count: int) -> None:
    assert sentences(text) == count


def test_fourteen_reports_whose_files_sort_by_date() -> None:
    assert sorted(pages()) == NUMBERS
    days = [day for _, _, _, day, _, _ in rows("Page by page") if day]
    assert days == sorted(days)
    assert (days[0], days[-1]) == ("2024-03-03", "2024-04-13"), "six weeks"


def test_formats() -> None:
    assert [path.suffix for path in files_of_samples()].count(".html") == 2
    records = [json.loads(line) for line in (SAMPLES / "10-12-three-outlets.jsonl").read_text("utf-8").splitlines()]
    assert len({record["id"] for record in records}) == len(records) == 3
    for record in records:
        assert {"id", "title", "text", "published", "url", "publisher"} <= set(record)


@pytest.mark.parametrize("number", NUMBERS)
def test_five_to_twelve_sentences(number: str) -> None:
    text = pages()[number]
    assert 5 <= sentences(text) <= 12, text


@pytest.mark.parametrize("path", [p for p in files_of_samples() if p.suffix == ".txt"], ids=lambda path: path.name)
def test_text_files_open_with_a_headline_and_a_blank_line(path: Path) -> None:
    headline, blank, *_ = path.read_text(encoding="utf-8").split("\n")
    assert headline
    assert blank == ""


def test_the_copy_drops_one_word_and_one_paragraph() -> None:
    original, copy = (pages()[number].rstrip().split("\n\n")[1:] for number in ("01", "02"))
    dateline, quotation, denial = "VELMAR, March 3, 2024 (Northwire) -- ", original[1], original[4]
    expected = [p.removeprefix(dateline) for p in original if p != denial]
    expected[1] = quotation.replace("“We are not ready", "“We are ready")
    copied = [p.split("\npicture caption\n")[-1] for p in copy]
    assert [p for p in copied if p in expected] == expected
    assert quotation not in copied
    assert denial.startswith("A spokesman")


def test_page_table_names_the_files_that_there_are() -> None:
    named = {(row[0], row[1].strip("`")) for row in rows("Page by page")}
    assert {number for number, _ in named} == set(NUMBERS)
    assert {name for _, name in named} == {path.name for path in files_of_samples()}


@pytest.mark.parametrize("row", rows("Page by page"), ids=lambda row: row[0])
def test_the_day_stands_where_the_page_table_says(row: list[str]) -> None:
    number, name, _, day, dated_by, _ = row
    page = (SAMPLES / name.strip("`")).read_text(encoding="utf-8")
    year, month, day_of_month = (day or "0-0-0").split("-")
    name_of_month = {"03": "March", "04": "April"}.get(month, "")
    american, british = f"{name_of_month} {int(day_of_month)}, {year}", f"{int(day_of_month)} {name_of_month} {year}"
    body = pages()[number].split("\n\n")
    if dated_by == "nothing":
        assert not re.search(r"\b\d|January|February|March|April", page)
    elif dated_by.startswith("dateline"):
        assert any(re.match(rf"[A-Z]+, ({american}|{british}) ", paragraph) for paragraph in body)
    elif dated_by == "caption":
        assert any(re.search(rf" on {american}\.", paragraph) for paragraph in body)
        assert page.count("2024") == 1, "only the caption tells the year"
    elif dated_by == "page head":
        assert f'article:published_time" content="{day}T' in page
        assert f'"datePublished": "{day}T' in page
    else:
        assert dated_by == "JSONL"
        assert any(json.loads(line)["published"].startswith(day) for line in page.splitlines())


@pytest.mark.parametrize("row", rows("Undertaking by undertaking"), ids=lambda row: row[0])
def test_undertakings_quote_their_pages_to_the_letter(row: list[str]) -> None:
    _, _, _, action, condition, deadline, outcome = row
    assert QUOTED.search(action)
    for cell in (action, condition, deadline, outcome):
        for words, number in QUOTED.findall(cell):
            assert words in pages()[number], f"page {number} does not say {words!r}"


def test_the_rest_of_the_document_quotes_to_the_letter() -> None:
    quotations = QUOTED.findall(DOC)
    assert len(quotations) > 60
    assert [(n, words) for words, n in quotations if words not in pages()[n]] == []


@pytest.mark.parametrize("number", ["06", "13"])
def test_html_pages_are_cluttered_with_quotations_outside_the_story(number: str) -> None:
    (path,) = SAMPLES.glob(f"{number}-*.html")
    page = path.read_text(encoding="utf-8")
    for part in ("comments", "related", "share", "nav"):
        assert html.fromstring(page).xpath(f'//*[@class="{part}" or @id="{part}" or local-name()="{part}"]'), part
    outside = {q for q in re.findall(r"“[^”]+”", page) if q not in story(page)}
    assert len(outside) >= 3


def test_nothing_real_is_linked() -> None:
    for path in files_of_samples():
        hosts = set(re.findall(r"https?://([^/\"]+)", path.read_text(encoding="utf-8")))
        assert {host for host in hosts if not host.endswith(".example")} <= {"schema.org"}
