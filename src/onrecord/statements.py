"""Statements: which words are put on record, by which source, with which cue.

Cues and their frames (``cues.py``) give the sentence's own attributions; here quotations are joined to them, quotations that go on without
a cue are given to the statement before, and only the outermost attribution of a passage is kept. The guidelines followed are those of
PolNeAR (Newell, Margolin and Ruths, 2018): content without the sentence's final period, source with its apposition.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from onrecord import cues, quotations
from onrecord.cues import Draft
from onrecord.identity import row_id
from onrecord.parse import Parse, Token, runs
from onrecord.quotations import Quoted
from onrecord.records import Article, Mention, Quotation, Span, Spans, Statement
from onrecord.spans import BREAK, lawful, line_of, lines, literal, merged, minus, overlaps, trimmed, within
from onrecord.tables import table

SCARE_WORDS = 3
"""A quotation of so few words is a scare quote or a title, never a statement by itself."""

UNMEASURED = 0.5
"""Confidence of a pattern that was seen too seldom to be measured; the others stand in ``confidence.tsv``."""

_EDGE = " ,;:.–—-"
"""Punctuation that a content does not begin or end with; quotation marks, question and exclamation marks stay."""

_WORD = re.compile(r"\w+")
_BESIDE = re.compile(r"[ \t\xa0,:–—-]*")
_EMPTY = {"it", "this", "that", "what", "which", "so"}
"""Words that are no content by themselves: what they stand for is elsewhere ("as he refers to it")."""

_INSERTION = re.compile(r"\[[^\[\]\n]{1,200}\]|\([^()\n]{1,200}\)")
_TURN = re.compile(r"(?P<who>[A-Z][\w.’'-]*(?: [\w.’'-]+){0,5}): (?=\S)")
"""A speaker's name that opens a line of an interview: "MERKEL: We ...", "John Dickerson: So ..."; not "Note that: ..."."""


def find(article: Article, parsed: Parse, drafts: Iterable[Draft]) -> tuple[Statement, ...]:
    """Return the statements of an article in text order, with neutral values for all that later steps judge.

    ``drafts`` are its attributions, from the model (``cues.completed``) or from the rules (``cues.drafts``).
    """
    text = article.text
    quoted = [q for q in quotations.find(text) if not overlaps([(q.start, q.end)], article.clutter)]
    found = _turns(article, parsed)
    drafts = list(drafts)
    apart = _undivided(drafts, quoted)
    found += [d for draft in drafts if (d := _with_quotations(text, draft, apart))]
    found = _outermost(found)
    found = _with_leftovers(text, parsed, found, quoted)
    statements = [_statement(article, draft, quoted) for draft in sorted(found, key=_first_offset)]
    return _with_answers(text, [s for s in statements if s.content])


def _turns(article: Article, parsed: Parse) -> list[Draft]:
    """Return the turns of an interview or transcript: lines that open with a name and a colon, where two lines or more do."""
    of = lines(article.text)
    opened = [m for line in of if (m := _TURN.match(article.text, *line))]
    turns = [m for m in opened if not overlaps([m.span()], article.clutter)]
    names = [m["who"] for m in turns]
    if len(turns) < 2 or len(set(names)) == len(names):
        return []
    out = []
    for turn in turns:
        words = trimmed(article.text, (turn.end(), line_of(of, turn.end())[1]), _EDGE)
        if parsed.between(*words):
            colon = (turn.end("who"), turn.end("who") + 1)
            out.append(Draft((turn.span("who"),), (colon,), (words,), "said", "turn"))
    return out


def _undivided(drafts: Sequence[Draft], quoted: Sequence[Quoted]) -> list[Quoted]:
    """Return the quotations that no two contents share: only these may be taken in whole."""
    holders = Counter[int]()
    for draft in drafts:
        touched = set[int]()
        for start, end in draft.content:
            first = bisect_right(quoted, start, key=lambda q: q.end)
            touched.update(range(first, bisect_left(quoted, end, key=lambda q: q.start)))
        holders.update(touched)
    return [q for n, q in enumerate(quoted) if holders[n] <= 1]


def _with_quotations(text: str, draft: Draft, quoted: Sequence[Quoted]) -> Draft | None:
    """Return the draft with the quotations that its content touches, or that stand beside its cue, taken in whole.

    None where the cue itself is quoted, or where there is no content at all.
    """
    (cue_start, cue_end), taken = draft.cue[0], []
    behind = bisect_left(quoted, _last_offset(draft) + 3, key=lambda q: q.start)
    quoted = quoted[bisect_right(quoted, _first_offset(draft) - 3, key=lambda q: q.end) : behind]
    if any(q.covers(cue_start, cue_end) and _count(text, [q[:2]]) > SCARE_WORDS for q in quoted):
        return None
    own = merged([*draft.source, *draft.cue])
    for quotation in quoted:
        span = (quotation.start, quotation.end)
        if not overlaps([span], own) and (
            overlaps([span], draft.content) or (not draft.content and _beside(text, span, own))
        ):
            taken.append(span)
    content = minus([*draft.content, *taken], own)
    content = tuple(s for s in (trimmed(text, s, _EDGE) for s in content) if _count(text, [s]))
    content = _asked(text, _near(text, content, draft.cue[0], quoted))
    return replace(draft, content=content) if content and literal(text, content).lower() not in _EMPTY else None


def _near(text: str, content: Spans, cue: Span, quoted: Sequence[Quoted]) -> Spans:
    """Return the pieces of a content in the line of its cue, and those elsewhere that are quoted."""
    marks = [(q.start, q.end) for q in quoted]
    return tuple(
        (start, end)
        for start, end in content
        if not BREAK.search(text, min(end, cue[0]), max(start, cue[1])) or overlaps([(start, end)], marks)
    )


def _asked(text: str, content: Spans) -> Spans:
    """Return a content up to a question behind which it would go on in another line: what stands there is an answer."""
    for number, (before, after) in enumerate(pairwise(content), 1):
        if _asks(text, before) and BREAK.search(text, before[1], after[0]):
            return content[:number]
    return content


def _beside(text: str, quotation: Span, own: Spans) -> bool:
    """Tell whether a quotation stands next to a source or cue; one of few words must be set off by a comma or colon."""
    if _count(text, [quotation]) <= SCARE_WORDS and not _set_off(text, quotation, own):
        return False
    return any(
        _BESIDE.fullmatch(text, min(end, quotation[1]), max(start, quotation[0])) is not None
        for start, end in own
        if end <= quotation[0] or start >= quotation[1]
    )


def _outermost(found: list[Draft]) -> list[Draft]:
    """Return the drafts whose cue stands in no other one's content or source; of two with one cue the first."""
    pieces = sorted((*span, n) for n, draft in enumerate(found) for span in (*draft.source, *draft.content))
    longest = max((end - start for start, end, _ in pieces), default=0)
    kept: dict[Spans, Draft] = {}
    for number, draft in enumerate(found):
        start, end = draft.cue[0]
        around = pieces[bisect_left(pieces, (start - longest,)) : bisect_left(pieces, (start + 1,))]
        inside = [found[n] for first, last, n in around if n != number and first <= start and end <= last]
        if not any(within(draft.cue, d.source) or not within(d.cue, draft.content) for d in inside):
            kept.setdefault(draft.cue, draft)
    return list(kept.values())


def _with_leftovers(text: str, parsed: Parse, found: list[Draft], quoted: Sequence[Quoted]) -> list[Draft]:
    """Give each quotation that no cue has claimed to the verb beside it, or to the statement that it goes on from."""
    out, of = sorted(found, key=_last_offset), lines(text)
    claimed = merged(span for d in out for span in (*d.source, *d.cue, *d.content))
    for quotation in quoted:
        span = (quotation.start, quotation.end)
        nearest = claimed[max(bisect_left(claimed, span) - 1, 0) : bisect_left(claimed, (span[1],))]
        if _count(text, [span]) <= SCARE_WORDS or overlaps([span], nearest):
            continue
        line = line_of(of, span[0])
        if beside := _by_any_verb(text, parsed, span, line):
            insort(out, beside, key=_last_offset)
            continue
        before = bisect_right(out, span[0], key=_last_offset) - 1
        if before < 0 or not _goes_on(text, parsed, out[before], span, line):
            continue
        last = out[before]
        if not _asks(text, span):
            out[before] = replace(last, content=merged([*last.content, span]))
        elif line[0] <= _first_offset(last):  # a question opens a statement; in a new paragraph it may be anybody's
            out.insert(before + 1, replace(last, cue=(), content=(span,), pattern="question", addressee=None))
    return out


def _asks(text: str, span: Span) -> bool:
    """Tell whether the words end in a question mark."""
    return text[span[0] : span[1]].rstrip("”\"'’ ").endswith("?")


def _goes_on(text: str, parsed: Parse, last: Draft, quotation: Span, line: Span) -> bool:
    """Tell whether a quotation goes on from a statement: whole sentences right behind it, in its paragraph or as the next one.

    Behind a question stands an answer, and who gives it is not said.
    """
    end = _last_offset(last)
    if last.manner in {"thought", "stance"} or not last.source or _asks(text, last.content[-1]):
        return False
    if line[0] <= end:
        return _whole_sentence(text, quotation) and not any(t.pos == "VERB" for t in parsed.between(end, quotation[0]))
    alone = not text[line[0] : quotation[0]].strip() and not text[quotation[1] : line[1]].strip()
    return alone and not _WORD.search(text, end, quotation[0])


def _whole_sentence(text: str, quotation: Span) -> bool:
    inside = text[quotation[0] : quotation[1]].strip("“”\"‘’' ")
    return (inside[:1].isupper() and inside[-1:] in ".?!…") or inside[:1] == "["


def _by_any_verb(text: str, parsed: Parse, quotation: Span, line: Span) -> Draft | None:
    """Return the attribution of a quotation set off by a comma or colon to a verb of any kind with a subject beside it."""
    near = [
        *parsed.between(max(line[0], quotation[0] - 200), quotation[0])[-14:],
        *parsed.between(quotation[1], line[1])[:8],
    ]
    for verb in near:
        if verb.pos != "VERB" or cues.agent_of(parsed, verb):
            continue
        source = [t for t in cues.source_of(parsed, verb) if not quotation[0] <= t.start < quotation[1]]
        own = merged([*runs(source), (verb.start, verb.end)])
        if source and _set_off(text, quotation, own) and _same_sentence(parsed, verb, quotation):
            return Draft(runs(source), ((verb.start, verb.end),), (quotation,), "said", "any verb")
    return None


def _set_off(text: str, quotation: Span, own: Spans) -> bool:
    before, after = text[: quotation[0]].rstrip(), text[quotation[0] : quotation[1]].rstrip("”\"’' ")
    leading = before.endswith((",", ":")) and own[-1][1] <= quotation[0]
    trailing = (
        after.endswith((",", "?", "!"))
        and _BESIDE.fullmatch(text, quotation[1], max(own[0][0], quotation[1])) is not None
    )
    return leading or (trailing and own[0][0] >= quotation[1])


def _same_sentence(parsed: Parse, verb: Token, quotation: Span) -> bool:
    sentence = parsed.sentence_of(verb)
    return sentence.start < quotation[1] + 2 and quotation[0] - 2 < sentence.end


def _statement(article: Article, draft: Draft, quoted: Sequence[Quoted]) -> Statement:
    """Return the statement that a draft becomes, its spans cut at line breaks."""
    text = article.text
    content = minus(lawful(text, draft.content), article.clutter)
    content = lawful(text, content)
    marks = [(q.start, q.end) for q in quoted]
    source = lawful(text, (trimmed(text, span, _EDGE) for span in minus(draft.source, draft.content)))
    cue = lawful(text, draft.cue)
    quotation = _quotation(text, content, marks)
    return Statement(
        id=row_id("statement", article, source, cue, content),
        source=source,
        cue=cue,
        content=content,
        quotation=quotation,
        manner=draft.manner,
        speakers=(),
        why_no_speaker="unresolved" if source else "no_source",
        on_behalf_of=(),
        anonymous=False,
        addressee=Mention(draft.addressee, None) if draft.addressee else None,
        target=None,
        act="assert",
        other_acts=(),
        conditions=(),
        said_on=None,
        place=None,
        answers=None,
        inside=None,
        insertions=_insertions(text, content, marks),
        confidence=draft.confidence or _confidence().get((draft.pattern, quotation), UNMEASURED),
        act_confidence=0.0,
    )


@cache
def _confidence() -> dict[tuple[str, str], float]:
    return {(row["pattern"], row["quotation"]): float(row["right"]) for row in table("confidence")}


def _quotation(text: str, content: Spans, marks: Sequence[Span]) -> Quotation:
    """Return whether all, some or none of the content's words stand in quotation marks."""
    inside = sum(_count(text, [(max(s, q), min(e, r))]) for s, e in content for q, r in marks if s < r and q < e)
    return "indirect" if not inside else "direct" if inside == _count(text, content) else "mixed"


def _insertions(text: str, content: Spans, marks: Sequence[Span]) -> Spans:
    """Return the brackets, and the parentheses inside quotation marks, that are not the speaker's own words."""
    return merged(
        m.span()
        for start, end in content
        for m in _INSERTION.finditer(text, start, end)
        if m[0][0] == "[" or within([m.span()], marks)
    )


def _with_answers(text: str, statements: list[Statement]) -> tuple[Statement, ...]:
    """Link a statement to the question before it where another source answers it."""
    out: list[Statement] = []
    for statement in statements:
        question = out[-1] if out else None
        if (
            question is not None
            and _asks(text, question.content[-1])
            and question.content[-1][1] <= statement.content[0][0]
            and literal(text, question.source).lower() != literal(text, statement.source).lower()
            and len(lines(text[question.content[-1][1] : statement.content[0][0]])) <= 2
        ):
            statement = replace(statement, answers=question.id)  # noqa: PLW2901  the answer is the statement with its link
        out.append(statement)
    return tuple(out)


def _first_offset(draft: Draft) -> int:
    return min(start for start, _ in (*draft.source, *draft.cue, *draft.content))


def _last_offset(draft: Draft) -> int:
    return max(end for _, end in (*draft.source, *draft.cue, *draft.content))


def _count(text: str, spans: Sequence[Span]) -> int:
    return sum(1 for start, end in spans for _ in _WORD.finditer(text, start, end))
