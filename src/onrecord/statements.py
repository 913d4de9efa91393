"""Statements: which words are put on record, by which source, with which cue.

The model (``attribution.py``) gives the attributions; here quotations are joined to them, quotations that go on without a cue are given to
the statement before, and what stands inside another statement is tied to it (``inner.py``). The guidelines followed are those of
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

from onrecord import cues, forms, inner, quotations, turns
from onrecord.cues import Draft
from onrecord.identity import row_id
from onrecord.parse import Parse, Token, runs
from onrecord.quotations import Quoted
from onrecord.records import Article, Mention, Quotation, Span, Spans, Statement
from onrecord.spans import BREAK, count_words, lawful, line_of, lines, literal, merged, minus, overlaps, trimmed, within
from onrecord.tables import table
from onrecord.turns import EDGE

UNMEASURED = 0.5
"""Confidence of a pattern that was seen too seldom to be measured; the others stand in ``confidence.tsv``."""

_WORD = re.compile(r"\w+")
_BESIDE = re.compile(r"[ \t\xa0,:–—-]*")
_EMPTY = {"it", "this", "that", "what", "which", "so"}
"""Words that are no content by themselves: what they stand for is elsewhere ("as he refers to it")."""

_INSERTION = re.compile(r"\[[^\[\]\n]{1,200}\]|\([^()\n]{1,200}\)")


def find(article: Article, parsed: Parse, drafts: Iterable[Draft]) -> tuple[Statement, ...]:
    """Return the statements of an article in text order, with neutral values for all that later steps judge.

    ``drafts`` are its attributions, from the model (``cues.completed``) or from the rules (``cues.drafts``).
    """
    text = article.text
    quoted = [q for q in quotations.find(text) if not overlaps([(q.start, q.end)], article.clutter)]
    drafts = [d for d in drafts if not forms.is_label(text, d) and not forms.is_titled(text, parsed, d)]
    found = forms.signed(article, parsed) + turns.find(
        article, parsed, tuple(span for draft in drafts for span in draft.cue)
    )
    set_out = merged(span for draft in found for span in (*draft.source, *draft.content))
    drafts = _outside(set_out, drafts)
    apart = _undivided(drafts, [q for q in quoted if not overlaps([(q.start, q.end)], set_out)])
    found += [d for draft in drafts if (d := _with_quotations(text, draft, apart))]
    found = _outermost(found)
    found = _with_leftovers(text, parsed, found, quoted)
    found += forms.headline(article, found)
    whole = [(draft, _statement(article, draft, quoted)) for draft in sorted(found, key=_first_offset)]
    outermost = _with_answers(text, [statement for _, statement in whole if statement.content])
    return _with_inner(article, parsed, [draft for draft, statement in whole if statement.content], outermost, quoted)


def _with_inner(
    article: Article, parsed: Parse, drafts: Sequence[Draft], outermost: Sequence[Statement], quoted: Sequence[Quoted]
) -> tuple[Statement, ...]:
    """Return the outermost statements, those of the drafts, with the ones inside them, each behind the one in which it stands."""
    marks = sorted((*quoted, *quotations.nested(article.text, quoted)))
    out: list[Statement] = []
    for draft, outer in zip(drafts, outermost, strict=True):
        chain = [outer]
        for one in sorted(inner.find(article, parsed, draft), key=lambda d: -count_words(article.text, d.content)):
            apart = [q for q in marks if not q.covers(*one.cue[0])]
            if (said := _with_quotations(article.text, one, apart)) and within(said.content, outer.content):
                around = [s for s in chain if within(said.cue, s.content)]
                statement = _statement(article, said, apart)
                chain.append(replace(statement, inside=around[-1].id))
        out += chain
    return tuple(sorted(out, key=_first_offset))


def _undivided(drafts: Sequence[Draft], quoted: Sequence[Quoted]) -> list[Quoted]:
    """Return the quotations that no two contents share: only these may be taken in whole. One whose cue is quoted has no share."""
    holders = Counter[int]()
    for draft in drafts:
        touched = set[int]()
        for start, end in draft.content:
            first = bisect_right(quoted, start, key=lambda q: q.end)
            touched.update(range(first, bisect_left(quoted, end, key=lambda q: q.start)))
        holders.update(n for n in touched if not quoted[n].covers(*draft.cue[0]))
    return [q for n, q in enumerate(quoted) if holders[n] <= 1]


def _with_quotations(text: str, draft: Draft, quoted: Sequence[Quoted]) -> Draft | None:
    """Return the draft with the quotations that its content touches, or that stand beside its cue, taken in whole.

    None where the cue itself is quoted, or where there is no content at all.
    """
    (cue_start, cue_end), taken = draft.cue[0], []
    behind = bisect_left(quoted, _last_offset(draft) + 3, key=lambda q: q.start)
    quoted = quoted[bisect_right(quoted, _first_offset(draft) - 3, key=lambda q: q.end) : behind]
    if any(q.covers(cue_start, cue_end) and count_words(text, [q[:2]]) > forms.SCARE_WORDS for q in quoted):
        return None
    own = merged([*draft.source, *draft.cue])
    for quotation in quoted:
        span = (quotation.start, quotation.end)
        if not overlaps([span], own) and (
            overlaps([span], draft.content)
            or (not draft.content and _beside(text, span, own) and not forms.is_title(text, span))
        ):
            taken.append(span)
    content = minus([*draft.content, *taken], own)
    content = tuple(s for s in (trimmed(text, s, EDGE) for s in content) if count_words(text, [s]))
    content = _asked(text, _near(text, content, draft.cue[0], quoted))
    source = _near(text, draft.source, draft.cue[0], ()) or draft.source  # a headline's is not in the line below it
    return (
        replace(draft, source=source, content=content)
        if content and literal(text, content).lower() not in _EMPTY
        else None
    )


def _near(text: str, content: Spans, cue: Span, quoted: Sequence[Quoted]) -> Spans:
    """Return the pieces of a content or source in the line of its cue, and those elsewhere that are quoted."""
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
    if count_words(text, [quotation]) <= forms.SCARE_WORDS and not _set_off(text, quotation, own):
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
        short = count_words(text, [span]) <= forms.SCARE_WORDS
        if overlaps([span], nearest) or (short and not _whole_sentence(text, span)):
            continue
        line = line_of(of, span[0])
        beside = None if short else forms.in_the_words(text, span, line) or _by_any_verb(text, parsed, span, line)
        if beside and not forms.is_title(text, span):
            insort(out, beside, key=_last_offset)
        if beside:
            continue
        before = bisect_right(out, span[0], key=_last_offset) - 1
        while before > 0 and not out[before].source and line[0] <= _first_offset(out[before]):
            before -= 1  # "..., she said when asked about it. “...”"
        if before < 0 or not _goes_on(text, parsed, out[before], span, line):
            continue
        last = out[before]
        if not _asks(text, span):
            out[before] = replace(last, content=merged([*last.content, span]))
        elif line[0] <= _first_offset(last):  # a question opens a statement; in a new paragraph it may be anybody's
            out.insert(before + 1, replace(last, cue=(), content=(span,), pattern="question", addressee=None))
    return out


def _outside(stretches: Spans, drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts, those with a cue outside some stretches without the words inside them; none that is left without content."""
    return [
        replace(d, content=content) if overlaps(d.content, stretches) else d
        for d in drafts
        if (content := d.content if overlaps(d.cue, stretches) else minus(d.content, stretches)) or not d.content
    ]


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
        return _whole_sentence(text, quotation) and (
            _same_sentence(parsed, parsed.inside(last.cue)[-1], (quotation[0] - 1, quotation[0]))
            or not any(t.pos == "VERB" for t in parsed.between(end, quotation[0]))
        )
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
    marks = merged((q.start, q.end) for q in quoted)
    source = lawful(text, (trimmed(text, span, EDGE) for span in minus(draft.source, draft.content)))
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
    inside = sum(count_words(text, [(max(s, q), min(e, r))]) for s, e in content for q, r in marks if s < r and q < e)
    return "indirect" if not inside else "direct" if inside == count_words(text, content) else "mixed"


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


def _first_offset(draft: Draft | Statement) -> int:
    return min(start for start, _ in (*draft.source, *draft.cue, *draft.content))


def _last_offset(draft: Draft) -> int:
    return max(end for _, end in (*draft.source, *draft.cue, *draft.content))
