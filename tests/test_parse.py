from __future__ import annotations

import hashlib
import importlib.util
import re
from pathlib import Path

import pytest
import spacy

from onrecord.parse import MODEL, Parse, parse

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.model

HOSTILE = [
    "",
    " \n\t \u2028",
    "One line.\r\nAnother\u2028and\u0085more.",
    "Zero\u200bwidth\ufeff and \u00a0 spaces.",
    "“" * 300,
    "\n".join(["a"] * 500),
    "Emoji 🙂🙃 and e\u0301 combining. He said so.",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_tokens_are_slices_of_the_text_in_order(text: str) -> None:
    parsed = parse(text)
    assert all(text[t.start : t.end] == t.text for t in parsed.tokens)
    assert all(a.end <= b.start for a, b in zip(parsed.tokens, parsed.tokens[1:], strict=False))
    assert [t.index for t in parsed.tokens] == list(range(len(parsed.tokens)))
    covered = {i for t in parsed.tokens for i in range(t.start, t.end)}
    assert {i for i, c in enumerate(text) if not c.isspace()} <= covered


def test_sentences_cover_all_tokens_and_never_cross_a_line() -> None:
    text = "Rain fell. The mayor said so.\nA new line\u2028begins here."
    parsed = parse(text)
    assert next((s.first, s.last) for s in parsed.sentences)[0] == 0
    assert all(a.last == b.first for a, b in zip(parsed.sentences, parsed.sentences[1:], strict=False))
    assert parsed.sentences[-1].last == len(parsed.tokens)
    assert all(len(text[s.start : s.end].splitlines()) == 1 for s in parsed.sentences)


def test_skipped_stretches_have_no_tokens() -> None:
    text = "Rain fell. SHARE THIS Rain stopped."
    start = text.index("SHARE")
    parsed = parse(text, ((start, start + 10),))
    assert " ".join(t.text for t in parsed.tokens) == "Rain fell . Rain stopped ."


def test_a_line_far_too_long_is_parsed_in_pieces_and_nothing_is_lost() -> None:
    text = "The mayor said that rain fell on the dam. " * 600
    assert len(text) > 20_000
    parsed = parse(text)
    assert sum(t.text == "dam" for t in parsed.tokens) == 600
    assert all(text[t.start : t.end] == t.text for t in parsed.tokens)


def test_the_same_text_gets_the_same_parse_whatever_was_read_before() -> None:
    text = "The general vowed to hold the line, an aide said."
    alone = parse(text)
    parse("Something else entirely, said somebody. " * 30)
    assert parse(text).tokens == alone.tokens


@pytest.mark.parametrize(
    "text",
    [
        "There’s a  man who ain’t gonna go, and there are two who got ta. Let's see, y'all.",
        "Mara Ilic, mayor of New Teska, met officials of the United Nations in Geneva on Monday, 3 May 2021.",
        "She paid $2.5 million to Orban & Sons Ltd. The Teskans were better off, she’d thought.",
        "COSTS ROSE 5%\nThe dams’ keepers left\u00a0 early;  the others’ stayed.\tHopes faded. C'm on, he hoped.",
        *HOSTILE[2:],
    ],
)
def test_the_parse_is_that_of_the_whole_pipeline(text: str) -> None:
    parsed = parse(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    expected = [t for doc in spacy.load(MODEL).pipe(lines) for t in doc if not t.is_space]
    assert [(t.text, t.pos, t.tag, t.dep, t.entity) for t in parsed.tokens] == [
        (t.text, t.pos_, t.tag_, t.dep_, t.ent_type_) for t in expected
    ]
    assert [t.lemma for t in parsed.tokens] == ["hope" if t.lemma_ == "hop" else t.lemma_ for t in expected]
    assert [parsed.head(t).text for t in parsed.tokens if t.head != t.index] == [
        t.head.text for t in expected if t.head is not t and not t.head.is_space and t.head.i != t.i
    ]


def test_dependents_and_heads_agree() -> None:
    parsed: Parse = parse("The old mayor said that the bridge was safe.")
    (said,) = [t for t in parsed.tokens if t.text == "said"]
    (subject,) = parsed.children(said, "nsubj")
    assert " ".join(t.text for t in parsed.subtree(subject)) == "The old mayor"
    assert said in parsed.ancestors(subject)
    assert [t.text for t in parsed.between(0, 7)] == ["The", "old"]


def test_the_weights_are_the_ones_on_record() -> None:
    spec = importlib.util.find_spec(MODEL)
    assert spec is not None
    assert spec.origin is not None
    root = Path(spec.origin).parent
    digest = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    recorded = re.search(
        r"installed files \| `([0-9a-f]{64})`", (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    )
    assert recorded is not None
    assert digest.hexdigest() == recorded[1]
