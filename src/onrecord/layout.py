"""What each line of an article's text is: headline, by-line, dateline, caption, clutter, or the article's own words.

Nothing is removed or changed: lines are marked by spans. A doubtful line counts as the article's own words, because a sentence
marked as clutter is a statement lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from onrecord.datelines import MONTH, dateline
from onrecord.pagewords import words_of_kind
from onrecord.records import Dateline, Span, Spans
from onrecord.tables import table

HEADLINE_CHARACTERS = 200
_CLUTTER_LINE_CHARACTERS = 400

_LABEL = re.compile(r"(?P<label>(?:image|picture|photo|media|video) caption[,:]?)\s+(?=\S)", re.IGNORECASE)
"""A caption label that a copy has run into its caption: "Image caption The old port of Varna"."""

_BY = re.compile(
    r"(?:(?:written|reported|reporting|story|text|words|analysis|opinion)\s+)?by:?\s+(?P<who>\S.*)", re.IGNORECASE
)
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;|/•·]|\s[-–—]\s|\s(?:and|with|in|for|at)\s|&)\s*")

_FULL_DATE = re.compile(
    rf"\b(?:{MONTH}\s\d{{1,2}},?\s\d{{4}}|\d{{1,2}}\s{MONTH}\s\d{{4}})\b"  # February 16, 2023; 16 February 2023
)
_PHOTO_VERB = re.compile(
    r"""\b(?:attends?|speaks?|talks?|gestures?|shakes?\shands|waves?|looks?|poses?|walks?|stands?|sits?|meets?|greets?|arrives?|leaves?
    |delivers?|address(?:es)?|listens?|holds?|watch(?:es)?|smiles?|reacts?|hugs?|(?:is|are)\s(?:seen|pictured|shown)|pictured)\b""",
    re.VERBOSE,
)


class Line(NamedTuple):
    """A line that is not blank: its offsets and words without white space at the edges, and whether a blank line stands around it."""

    start: int
    end: int
    words: str
    blank_before: bool
    blank_after: bool

    @property
    def span(self) -> Span:
        """Return the offsets."""
        return (self.start, self.end)


@dataclass(frozen=True, slots=True)
class Layout:
    """What the lines of a text are; ``title`` and ``byline`` are words, the rest are spans."""

    title: str | None
    title_span: Span | None
    byline: str | None
    dateline: Dateline | None
    captions: Spans
    clutter: Spans


def read(text: str, *, title: str | None = None) -> Layout:
    """Tell what each line of a text is.

    A title that is given is kept as it is. The first line is then the headline if it differs from the title in marks and case at most,
    and the title has its span if it does not differ. Without one, the first line is the title if it is plainly a headline. Captions and
    clutter are disjoint.
    """
    lines = _lines(text)
    comments = _comment_section(text, lines)
    lines, rest = lines[:comments], lines[comments:]
    kinds = [_kind(line.words) if not _is_title(line, title) else None for line in lines]
    opening = next((i for i, kind in enumerate(kinds) if kind is None and not _byline(lines[i].words)), None)
    head = opening if opening is not None and _is_headline(lines, opening, title) else None
    title_span = lines[head].span if head is not None and title in {None, lines[head].words} else None
    body = head + 1 if head is not None else (opening or 0)
    titled = title is not None or head is not None

    clutter = [line.span for line, kind in zip(lines, kinds, strict=True) if kind not in {None, "caption"}]
    captions = [line.span for line, kind in zip(lines, kinds, strict=True) if kind == "caption"]
    clutter.extend(line.span for line in rest)
    byline = None
    for index in _byline_places(lines, kinds, body, titled=titled):
        who = _byline(lines[index].words)
        if who is None and titled and index >= body:
            who = _byline_without_by(lines[index].words, first=index == body)
        if who is not None and index != head:
            byline = byline or who
            clutter.append(lines[index].span)
    labelled, labels = _labelled_captions(lines, kinds)
    clutter.extend(labels)
    captions.extend(labelled)

    marked = {*clutter, *captions}
    opening_lines = [line for line in lines[body:] if line.span not in marked][:3]
    clutter_spans = tuple(sorted(set(clutter)))
    return Layout(
        title=title or (text[slice(*title_span)] if title_span else None),
        title_span=title_span,
        byline=byline,
        dateline=_dateline(opening_lines, lines),
        captions=tuple(sorted(set(captions) - set(clutter_spans))),
        clutter=clutter_spans,
    )


def folded(words: str) -> str:
    """Return letters and digits alone, without case: two forms of a title are the same title if these are equal."""
    return "".join(c for c in unicodedata.normalize("NFKC", words).casefold() if c.isalnum())


def _lines(text: str) -> list[Line]:
    found: list[Line] = []
    offset, blank = 0, False
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if words:
            start = offset + raw.index(words[0])
            found.append(Line(start, start + len(words), words, blank, blank_after=True))
        if found and len(found) > 1 and words:
            found[-2] = found[-2]._replace(blank_after=blank)
        blank = not words
        offset += len(raw)
    return found


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["what"], row["reach"]) for row in table("clutter"))


def _kind(words: str) -> str | None:
    """Return what the table of clutter calls a line, None for the article's own words."""
    if len(words) > _CLUTTER_LINE_CHARACTERS:
        return None
    return next((what for pattern, what, _ in _patterns() if pattern.fullmatch(words)), None)


def _comment_section(text: str, lines: Sequence[Line]) -> int:
    """Return where the comments begin, as an index of lines: they reach to the end, so their head stands in the second half."""
    heads = [pattern for pattern, _, reach in _patterns() if reach == "rest"]
    for index, line in enumerate(lines):
        if line.start * 2 >= len(text) and _short(line) and any(head.fullmatch(line.words) for head in heads):
            return index
    return len(lines)


def _short(line: Line) -> bool:
    return len(line.words) <= HEADLINE_CHARACTERS


def _is_headline(lines: Sequence[Line], index: int, title: str | None) -> bool:
    """Tell whether a line is the headline: the title that is given, or by its looks and its place above the body."""
    line = lines[index]
    if title is not None:
        return _is_title(line, title)
    if not _short(line) or index + 1 == len(lines) or dateline(line.words, 0) is not None:
        return False
    last = line.words.rstrip("\"'”’)")[-1:]
    if last in {".", ":", ";", ","} and not line.words.endswith("..."):
        return line.blank_after and last == "." and _in_title_case(line.words)
    followed_by_prose = len(lines[index + 1].words) > len(line.words) or _byline(lines[index + 1].words) is not None
    return line.blank_after or followed_by_prose


def _is_title(line: Line, title: str | None) -> bool:
    return title is not None and len(line.words) <= 2 * len(title) and folded(line.words) == folded(title) != ""


def _in_title_case(words: str) -> bool:
    long_words = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 3]
    return len(long_words) >= 3 and sum(word[0].isupper() for word in long_words) >= 0.8 * len(long_words)


def _byline_places(lines: Sequence[Line], kinds: Sequence[str | None], body: int, *, titled: bool) -> list[int]:
    """Return where a by-line may stand: above the headline, below it before two lines of prose, or as one of the last two lines."""
    places = list(range(body))
    prose = 0
    for index in range(body, len(lines)):
        if prose == (1 if titled else 0) + 1 or index > body + 8:
            break
        places.append(index)
        prose += kinds[index] is None and len(lines[index].words) > 100
    return sorted({*places, *range(max(body, len(lines) - 2), len(lines))})


def _byline(words: str) -> str | None:
    """Return whom a line such as "By Ana Marin, Varna Times" names, None if it is no by-line."""
    match = _BY.fullmatch(words)
    if match is None or len(words) > 150 or _ends_a_sentence(words):
        return None
    parts = _BETWEEN_NAMES.split(match["who"])
    named = _is_name(parts[0]) or parts[0].casefold() in words_of_kind("outlet")
    if not named or len(words.split()) > 16 or not all(map(_is_of_a_byline, parts[1:])):
        return None
    return re.split(r"\s*[|•·]\s*|\s[-–—]\s|,?\s(?=\d)", match["who"])[0].strip(" ,")


def _is_of_a_byline(part: str) -> bool:
    """Tell whether what follows a by-line's first name may stand there: names, a role, a number; no small words of a sentence."""
    return all(_is_of_a_name(token) or not token[0].isalpha() for token in part.split())


def _byline_without_by(words: str, *, first: bool) -> str | None:
    """Return whom "Ana Marin, Reuters correspondent" names, or "Ana Marin in Varna" as the first line below a headline."""
    if len(words) > 100 or _ends_a_sentence(words):
        return None
    parts = [part for part in _BETWEEN_NAMES.split(words) if part]
    if len(parts) < 2 or not _is_name(parts[0]) or len(parts[0].split()) < 2:
        return None
    last = parts[-1].casefold().split()
    if last[-1] in words_of_kind("role") or words_of_kind("outlet").issuperset(last):
        return words
    if (
        first
        and re.search(r"\sin\s", words)
        and len(parts) == 2
        and all(word[0].isupper() for word in parts[1].split())
    ):
        return parts[0]
    return None


def _ends_a_sentence(words: str) -> bool:
    return words[-1] in '!?:;”"' or (words[-1] == "." and not re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", words))


def _is_name(words: str) -> bool:
    """Tell whether words look like the name of a person or desk: capitals, particles, words for a role; no day, no month."""
    tokens = words.split()
    if not 2 <= len(tokens) <= 6 or not tokens[0][0].isupper():
        return False
    no_names = words_of_kind("no_name")
    if any(token.casefold().strip(".") in no_names or any(map(str.isdigit, token)) for token in tokens):
        return False
    return all(map(_is_of_a_name, tokens))


def _is_of_a_name(token: str) -> bool:
    small = token.casefold()
    return token[0].isupper() or small.split("-")[0] in words_of_kind("particle") or small in words_of_kind("role")


def _dateline(opening: Sequence[Line], lines: Sequence[Line]) -> Dateline | None:
    """Return the first dateline of the opening lines; a bare name in capitals that opens other lines too is a speaker's."""
    for line in opening:
        found = dateline(line.words, line.start)
        if found is not None:
            words = line.words[: found.span[1] - found.span[0]]
            return None if found.agency is None and sum(other.words.startswith(words) for other in lines) > 1 else found
    return None


def _labelled_captions(lines: Sequence[Line], kinds: Sequence[str | None]) -> tuple[list[Span], list[Span]]:
    """Return the captions that a label tells, and the labels that stand in the same line as their caption.

    A label alone in its line belongs to the line right above or below it, whichever looks like a caption; if both do, or none, to
    neither.
    """
    captions: list[Span] = []
    labels: list[Span] = []
    for index, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind is None and (match := _LABEL.match(line.words)):
            labels.append((line.start, line.start + match.end("label")))
            captions.append((line.start + match.end(), line.end))
        elif kind == "label":
            near = [lines[index - 1]] if index and not line.blank_before else []
            near += [lines[index + 1]] if index + 1 < len(lines) and not line.blank_after else []
            likely = [other for other in near if _looks_like_caption(other.words)]
            captions.extend(other.span for other in likely if len(likely) == 1)
    return captions, labels


def _looks_like_caption(words: str) -> bool:
    if _kind(words) not in {None, "caption"} or len(words) > _CLUTTER_LINE_CHARACTERS:
        return False
    return _kind(words) == "caption" or bool(_FULL_DATE.search(words) and _PHOTO_VERB.search(words))
