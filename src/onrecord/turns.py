"""Turns: the questions and answers of an interview or transcript, whose lines open with who speaks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from onrecord.cues import Draft
from onrecord.parse import Parse
from onrecord.records import Article, Span, Spans
from onrecord.spans import line_of, lines, merged, overlaps, trimmed

EDGE = " ,;:.–—-"
"""Punctuation that a content does not begin or end with; quotation marks, question and exclamation marks stay."""

_TURN = re.compile(
    r"""["“”]?                                                       # a transcript that is quoted as a whole
        (?: (?P<who>[^\W\d_][\w.’'-]*(?:[ ][\w.’'-]+){0,5}):[ ](?=\S)   # MERKEL: We ...; John Dickerson: So ...
          | (?P<letter>[QA])\.[ ](?=\S) )                            # Q. Will you ...
    """,
    re.VERBOSE,
)
"""What opens a turn; not "Note that: ...", "Q.E.D."."""

_ASIDE = re.compile(r"""["“”]?[(\[][^()\[\]]*[)\]]["“”]?""")
"""A line such as "(Applause.)" is nobody's words."""

_MARKS = frozenset('“”"')
_FEWEST, _FARTHEST = 4, 3
"""In a transcript of so many turns, so many lines between two of them still belong to the first."""


def find(article: Article, parsed: Parse, cues: Spans) -> list[Draft]:
    """Return the turns of an article: lines that open with who speaks, where two do or more and one speaks again.

    One of them at least must be a name, in capitals, or a Q or an A: "When: ... Where: ..." is a list.

    The lines between two turns of a longer transcript go on with the turn before, unless they quote or hold one of the ``cues``: then they
    are the reporter's.
    """
    of = lines(article.text)
    clutter = [*article.clutter, *article.captions]
    opened = [m for line in of if (m := _TURN.match(article.text, *line)) and not overlaps([m.span()], clutter)]
    if not {m["letter"] for m in opened} >= {"Q", "A"}:  # one of the two letters alone is an initial
        opened = [m for m in opened if m["who"] and m["who"][0].isupper()]
    names = [(m["who"] or m["letter"]).split()[-1] for m in opened]
    if opened and article.title_span and opened[0].start() == article.title_span[0] and names[0] not in names[1:]:
        del opened[0], names[0]  # "Pence: I will debate", a headline above a transcript
    if len(set(names)) < 2 or len(set(names)) == len(names) or not any(_is_name(parsed, m) for m in opened):
        return []
    others = merged([*clutter, *cues])
    behind = [_between(article.text, of, m, n.start(), others) for m, n in pairwise(opened)]
    if len(opened) < _FEWEST:
        behind = [[] for _ in behind]
    out = []
    for turn, more in zip(opened, [*behind, []], strict=True):
        role = "who" if turn["who"] else "letter"
        words = [(turn.end(), line_of(of, turn.end())[1]), *more]
        content = [s for span in words if parsed.between(*(s := trimmed(article.text, span, EDGE)))]
        if content:
            mark = (turn.end(role), turn.end(role) + 1)
            out.append(Draft((turn.span(role),), (mark,), tuple(content), "said", "turn"))
    return out


def _is_name(parsed: Parse, turn: re.Match[str]) -> bool:
    """Tell whether who speaks is named, set in capitals, or marked by a letter."""
    who = turn["who"]
    return who is None or who.isupper() or any(t.pos == "PROPN" for t in parsed.between(*turn.span("who")))


def _between(text: str, of: Spans, turn: re.Match[str], end: int, others: Spans) -> list[Span]:
    """Return the lines that stand whole between two turns; none where they are many, or not all the speaker's."""
    behind = of[bisect_right(of, (turn.end(), end)) : bisect_left(of, (end,))]
    between = [line for line in behind if line[1] < end and text[slice(*line)].strip()]
    found = [line for line in between if not _ASIDE.fullmatch(text[slice(*line)].strip())]
    quoted = turn[0][0] in _MARKS
    if len(found) > _FARTHEST or any((text[s] in _MARKS) is not quoted for s, _ in found):
        return []
    own = quoted or not (overlaps(found, others) or any(_MARKS & set(text[s:e]) for s, e in found))
    return found if own else []
