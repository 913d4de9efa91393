"""The measures themselves: what counts as right, how shares are made of counts, how another tool's words are read."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

import pytest

from evals import attribution, calibration, compare, gold, meaning, nested
from evals.calibration import Judged
from evals.scores import prf
from onrecord import reader
from onrecord.records import Commitment, Mention, Spans
from onrecord.spans import literal

TEXT = "“The bridge is safe today,” said Mara Ilic. Critics say that “not one” bolt holds, and some left."
QUOTED = attribution.words(TEXT, [(0, 27), (61, 70)])


def labelled(source: str, *content: str) -> attribution.Attribution:
    spans = [(TEXT.index(piece), TEXT.index(piece) + len(piece)) for piece in (source, *content)]
    return attribution.attribution(TEXT, spans[:1] if source else [], spans[1:], QUOTED)


@pytest.mark.parametrize(
    ("content", "kind"),
    [("The bridge is safe", "direct"), ("that “not one” bolt holds", "mixed"), ("some left", "indirect")],
)
def test_the_kind_is_told_by_the_quoted_words(content: str, kind: str) -> None:
    assert labelled("", content).kind == kind


@pytest.mark.parametrize(
    ("found", "right", "why"),
    [
        (("said Mara Ilic", "The bridge is safe today"), True, "a word too many in the source, two of three shared"),
        (("Mara Ilic", "bridge is safe"), True, "three of five words of the content"),
        (("Mara Ilic", "The bridge"), False, "two of five words of the content"),
        (("Critics", "The bridge is safe today"), False, "another source"),
        (("", "The bridge is safe today"), False, "no source"),
    ],
)
def test_half_of_source_and_of_content_must_be_shared(found: tuple[str, str], right: bool, why: str) -> None:
    assert (
        bool(attribution.matched([labelled("Mara Ilic", "The bridge is safe today")], [labelled(*found)])) is right
    ), why


def test_each_annotation_is_used_once() -> None:
    annotated = [labelled("Mara Ilic", "The bridge is safe today"), labelled("Critics", "that “not one” bolt holds")]
    found = [labelled("Mara Ilic", "bridge is safe today"), *annotated[:1], labelled("Critics", "some left")]
    counts = attribution.count(annotated, found)
    assert (counts["all gold"], counts["all found"], counts["all right found"]) == (2, 3, 1)
    assert attribution.scores(counts, "all") == prf(1, 3, 2)
    assert attribution.scores(counts, "mixed") == (0.0, 0.0, 0.0)
    assert attribution.interval([counts] * 3) == (prf(1, 3, 2).f1,) * 2


def test_precision_and_recall_may_rest_on_different_numbers() -> None:
    assert prf(3, 4, 6, right_gold=2) == pytest.approx((0.75, 1 / 3, 6 / 13))
    assert prf(0, 0, 0) == (0.0, 0.0, 0.0)


def test_bins_hold_what_is_as_sure_and_the_last_one_takes_certainty() -> None:
    judged = [Judged(0.3, False), Judged(0.91, True), Judged(0.95, False), Judged(1.0, True)]
    bins = calibration.bins(judged)
    assert [(b.low, b.found) for b in bins] == [(0.3, 1), (0.9, 3)]
    assert [b.confidence for b in bins] == pytest.approx([0.3, 2.86 / 3])
    assert [b.right for b in bins] == pytest.approx([0, 2 / 3])
    assert calibration.expected_error(bins) == pytest.approx((0.3 + abs(2.86 - 2)) / 4)
    assert calibration.expected_error(()) == 0.0


@pytest.mark.model
def test_the_curve_at_the_shipped_threshold_is_what_ships() -> None:
    text = "“The gates stay shut,” Mara Ilic said on Friday.\n\nThe union believes that the harbour will close."
    one = attribution.Annotated(attribution.as_read("a", text), {}, frozenset(), ())
    shipped = attribution.outermost(reader.read(one.article).statements)
    judged = calibration.judged_at(one, [calibration.SHIPPED])[calibration.SHIPPED]
    assert len(shipped) == 2
    assert [j.confidence for j in judged] == [s.confidence for s in shipped]


def test_the_publisher_is_read_off_the_id() -> None:
    ids = ["guardian-sdf-683", "nd-train-Politics-Xinhua_40", "nd-train-kbp-NYT_ENG_20130813.0223"]
    assert Counter(map(gold.publisher, ids)) == {"guardian": 1, "xinhua": 1, "nyt": 1}


@pytest.mark.model
def test_textacy_speaks_of_source_cue_and_content() -> None:
    pytest.importorskip("textacy", reason="needs the extra compare")
    text = "A headline\n" + TEXT
    article = SimpleNamespace(text=text)
    (one,) = compare.quotations(text, (11, 54))
    assert [literal(text, role) for role in (one.source, one.cue, one.content)] == [
        "Mara Ilic",
        "said",
        "“The bridge is safe today,”",
    ]
    assert list(compare.quotations(text, (11, 30))) == [], "an open quotation"
    assert list(compare.textacy_by_line(article))[:1] == [one]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("literal_words", "start", "expected"),
    [
        ("bridge is safe", 0, ((5, 19),)),
        ("bridge\nis  safe", 300, ((5, 19),)),
        ("bridge is safe", 700, ()),
        ("no such words", 0, ()),
        ("", 0, ()),
        ([[3, 5], [7, 9]], 0, ((3, 5), (7, 9))),
    ],
)
def test_a_literal_is_looked_for_near_the_content(
    literal_words: str | list[list[int]], start: int, expected: tuple[tuple[int, int], ...]
) -> None:
    assert meaning.located(TEXT + " " * 700, literal_words, start) == expected


def test_undertakings_are_matched_one_to_one_the_best_overlap_first() -> None:
    text = "we will shut the gates and the road"
    gates, both, road = ((8, 22),), ((8, 35),), ((27, 35),)
    found = [commitment("c1", both), commitment("c2", gates)]
    rows = [{"action": "gates"}, {"action": "road"}]
    assert [(row["action"], one.id) for row, one in meaning.matched(text, [gates, road], found, rows)] == [
        ("gates", "c2")
    ]
    assert list(meaning.matched(text, [((0, 2),)], found, rows)) == []


def test_an_agent_bears_its_name_in_one_of_its_forms() -> None:
    one = commitment("c1", ((8, 22),), agent=Mention((0, 2), "a1"))
    forms = {"a1": ("Mara Ilic", "Ilic")}
    assert meaning.is_agent("Mara Ilic", one, forms)
    assert not meaning.is_agent("Doe", one, forms)
    assert not meaning.is_agent("Mara Ilic", commitment("c1", ((8, 22),)), forms)


def commitment(identity: str, action: Spans, agent: Mention | None = None) -> Commitment:
    return Commitment(identity, "s1", "commit", agent, action, None, None, None, "explicit")


def test_marked_passages_give_statements_inside_others() -> None:
    text, (outer, inner) = nested.labelled("<c1>“<s2>He</s2> said <c2>it rained</c2>,”</c1> <s1>she</s1> said.")
    assert text == "“He said it rained,” she said."
    assert (outer.shown, outer.around) == ("[she] “He said it rained,”", None)
    assert (inner.shown, inner.around) == ("[He] it rained", outer.content)


def test_an_inner_statement_is_right_only_inside_the_right_one() -> None:
    _, marked = nested.labelled("<c1>“<s2>He</s2> said <c2>it rained</c2>,”</c1> <s1>she</s1> said.")
    outside = marked[1]._replace(around=None)
    assert nested.unmatched(marked, marked) == ([], [])
    assert nested.unmatched(marked[1:], [outside]) == ([marked[1]], [outside])
