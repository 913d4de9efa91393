"""Statements inside statements: what a content reports of somebody else's words, or of its speaker's at another time.

The model marks outermost attributions only, as the guidelines that it learnt from do; what stands inside a content is found by the frames
of its cue verbs (``cues.py``), and only where it is plain that it was said: nothing negated, hypothetical or yet to come, no hedge of the
speaker's own ("I think", "I can tell you"), no source that stands elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord import cues
from onrecord.cues import Draft
from onrecord.parse import Parse
from onrecord.records import Article, Span, Spans, Statement
from onrecord.spans import merged, minus, overlaps, within

PATTERN = "inner"
"""The pattern of these drafts, as ``confidence.tsv`` names it."""

_PUT = {"said", "written"}
_FRAMES = {
    "said": {"according", "clause", "inf", "passive", "quote"},
    "written": {"clause", "quote"},
    "thought": {"clause"},
    "stance": set[str](),
}
"""The frames that are sure enough inside a content, by manner: "told him that ...", not "rejected the plan"."""

_VAGUE = {"it", "one", "this", "that", "there", "who", "which", "everybody", "everyone", "people"}
"""Sources that name nobody who said it at any time: "people say", "it says in the paper"."""

_OTHERWISE = {
    "decide", "determine", "feel", "find", "know", "learn", "read", "realise", "realize", "show", "understand", "worry",
}  # fmt: skip
"""Cue verbs that mostly mean something else inside a content: what is known to be so, what a deed shows."""

_LEADING_ON = re.compile(r"[\s,;]+(and|but|or)[\s,]*$")
_ASIDE = re.compile(r"[,:;.?!]|[”\"’']")


def find(article: Article, parsed: Parse, outer: Draft) -> Iterator[Draft]:
    """Yield the statements inside a statement's content, at any depth, in text order."""
    own = merged([*outer.source, *outer.cue])
    for draft in cues.drafts(parsed, parsed.inside(outer.content)):
        if (
            draft.pattern in _FRAMES[draft.manner]
            and draft.source
            and within((*draft.source, *draft.cue), outer.content)
            and not overlaps(draft.content, own)
            and (draft.pattern == "according" or (_is_told(parsed, draft) and _is_behind(article.text, draft)))
        ):
            yield replace(draft, content=_own_words(article.text, draft, outer), pattern=PATTERN)


def apart(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Yield statements, each without the words of those inside it: what it says and does by itself."""
    inner = defaultdict[str, list[Span]](list)
    for statement in statements:
        if statement.inside:
            inner[statement.inside] += statement.content
    for statement in statements:
        content = minus(statement.content, inner[statement.id])
        yield replace(statement, content=content) if content else statement


def _own_words(text: str, draft: Draft, outer: Draft) -> Spans:
    """Return the part of a content that stands in the outer one, without an "and" that leads on and a "that" cut off from its clause."""
    common = [
        (s, e) for s, e in minus(draft.content, minus(draft.content, outer.content)) if text[s:e].strip(" ,") != "that"
    ]
    return tuple((start, start + len(_LEADING_ON.sub("", text[start:end]))) for start, end in common)


def _is_told(parsed: Parse, draft: Draft) -> bool:
    """Tell whether somebody did say or think it, and whether it is more than how the outer speaker puts things."""
    verb = next(t for t in reversed(parsed.inside(draft.cue)) if t.pos in {"VERB", "AUX"})
    source = parsed.inside(draft.source)
    auxiliaries = parsed.children(verb, "aux", "auxpass")
    if cues.is_unsaid(parsed, verb) or any(t.tag in {"MD", "TO"} for t in auxiliaries):
        return False
    if verb.tag == "VB" or (verb.tag == "VBG" and not auxiliaries) or verb.lemma.lower() in _OTHERWISE:
        return False  # "heard them say", "a law urging them to pay", "knew that"
    if len(source) == 1 and source[0].text.lower() in _VAGUE:
        return False
    pronoun = all(t.pos == "PRON" for t in source)
    return not pronoun or (draft.manner in _PUT and verb.tag in {"VBD", "VBN"})


def _is_behind(text: str, draft: Draft) -> bool:
    """Tell whether the content stands behind the cue, or before it and set off: not "a place we found useful"."""
    last, own = (draft.content or draft.cue)[-1][1], min(draft.source + draft.cue)[0]
    return last > own or _ASIDE.search(text, last - 1, own) is not None
