"""What the form of a line or a quotation tells: signed quotations, headlines that end with their source, titles of works, labels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.cues import Draft
from onrecord.pagewords import words_of_kind
from onrecord.parse import Parse
from onrecord.records import Article, Span
from onrecord.spans import count_words, line_of, lines, literal, overlaps, trimmed
from onrecord.turns import EDGE

SCARE_WORDS = 3
"""A quotation of so few words is a scare quote or a title, never a statement by itself."""

_WORD, _LONG_WORD = re.compile(r"\w+"), re.compile(r"[^\W\d_]{4,}")
_OPENING, _CLOSING = re.compile(r"[“\"]|``|''"), re.compile(r"[”\"]|''")

_SIGNED = re.compile(
    r"""(?P<content>[“”"][^“”"]{10,}[”"])                                         # “...”, the first mark turned wrongly too
        \s*(?P<dash>[-–—―]{1,2})\s*(?P<who>[A-Z][^.:;“”"]{2,80}?)[\s.]*""",
    re.VERBOSE,
)
"""A line that is a quotation and who signs it: “...” — Mara Ilic, teacher; not “...” — and he left."""

_FINITE = {"VBD", "VBP", "VBZ", "MD"}

_IN_THE_WORDS = re.compile(r"\b(?P<cue>in the words of) (?P<who>[^.;:“”\"\n]{2,120}?)[,:]?\s*$", re.IGNORECASE)
"""What leads to a quotation without a verb: In the words of Mara Ilic, a teacher, “...”."""

_HEADLINE = re.compile(r"(?P<content>.+?)(?P<cue>:| [-–—])[ ](?P<who>[A-Z][\w.’'-]*(?: [\w.’'-]+){0,3})")
"""A headline that ends with its source: "Gates to stay shut: Voskar"."""

_NAMING = re.compile(
    r"(?<![-\w])(?:(?P<titled>titled|entitled|headlined|subtitled)|called|named|wrote|published)[ ,:]*$"
)
"""What leads to the title of a work."""


def is_label(text: str, draft: Draft) -> bool:
    """Tell whether what stands before a colon says what kind of piece it is: "Analysis: Why ..."."""
    return literal(text, draft.cue) == ":" and literal(text, draft.source).upper() in words_of_kind("no_place")


def is_titled(text: str, parsed: Parse, draft: Draft) -> bool:
    """Tell whether a content is but the title of a work: "an essay titled “Why We Left”"; not "the film called “Gone” is bad"."""
    start = next((m.start() for s in draft.content for m in _OPENING.finditer(text, *s)), None)
    naming = _NAMING.search(text, max(0, start - 20), start) if start is not None else None
    if start is None or naming is None:
        return False
    end = _CLOSING.search(text, start + 1)
    if end is None or not is_title(text, (start, end.end()), fewest=1 if naming["titled"] else 2):
        return False
    around = [t for t in parsed.inside(draft.content) if not start <= t.start < end.end()]
    return not any(t.pos in {"VERB", "AUX"} and t.tag != "VBN" for t in around)


def is_title(text: str, quotation: Span, *, fewest: int = 2) -> bool:
    """Tell whether quoted words, the ``fewest`` long ones or more, are set like the title of a work, in a line that is not."""
    words = [m[0] for m in _LONG_WORD.finditer(text, *quotation)]
    exclaims = text[slice(*quotation)].rstrip("”\"'’ ").endswith(("!", "?"))
    around = line_of(lines(text), quotation[0])
    set_small = any(m[0].islower() for m in _LONG_WORD.finditer(text, *around))
    return len(words) >= fewest and all(w[0].isupper() for w in words) and set_small and not exclaims


def headline(article: Article, found: Sequence[Draft]) -> list[Draft]:
    """Return what a headline without any cue puts on record by naming, at its end, somebody who is a source of the article."""
    title = article.title_span
    if title is None or any(title[0] <= d.cue[0][0] < title[1] for d in found if d.cue):
        return []
    line = _HEADLINE.fullmatch(article.text, *title)
    if line is None or count_words(article.text, [line.span("content")]) <= SCARE_WORDS:
        return []
    sources = {word for d in found for word in _WORD.findall(literal(article.text, d.source))}
    if _WORD.findall(line["who"])[-1] not in sources:
        return []
    cue = trimmed(article.text, line.span("cue"))
    return [
        Draft((line.span("who"),), (cue,), (trimmed(article.text, line.span("content"), EDGE),), "said", "headline")
    ]


def signed(article: Article, parsed: Parse) -> list[Draft]:
    """Return the quotations that have a line to themselves, but for the name that signs them: a name, not a sentence that goes on."""
    found = []
    for line in lines(article.text):
        signed = _SIGNED.fullmatch(article.text, *trimmed(article.text, line))
        if signed is None or overlaps([signed.span()], [*article.clutter, *article.captions]):
            continue
        who = parsed.between(*signed.span("who"))
        if any(t.pos == "PROPN" for t in who) and not any(t.tag in _FINITE for t in who):
            found.append(
                Draft((signed.span("who"),), (signed.span("dash"),), (signed.span("content"),), "said", "signed")
            )
    return found


def in_the_words(text: str, quotation: Span, line: Span) -> Draft | None:
    """Return the attribution of a quotation to whom "in the words of" names right before it."""
    before = _IN_THE_WORDS.search(text, line[0], quotation[0])
    return before and Draft((before.span("who"),), (before.span("cue"),), (quotation,), "said", "words")
