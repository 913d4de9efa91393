"""An article on a terminal: its text with the statements marked, then each statement told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from onrecord.errors import NotFound
from onrecord.records import Article, Findings, Span, Spans, Statement
from onrecord.render import cards
from onrecord.render.found import said_row, undertaking
from onrecord.render.marks import Mark, lines, marks, steps
from onrecord.render.terminal import console, visible, wrapped
from onrecord.render.wording import stated

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_BRACKETS = {
    "source": ("‹", "›"),
    "cue": ("/", "/"),
    "content": ("«", "»"),
    "antecedent": ("{", "}"),
    "consequent": ("_", "_"),
    "clutter": ("~", "~"),
}
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARGIN = 9
_AROUND = 300
"""Characters shown on either side of a single statement, where its paragraph is longer."""


def article(findings: Findings) -> None:
    """Print an article with its statements marked, and what was found in each."""
    screen = console()
    _facts(screen, findings.article)
    _legend(screen)
    _lines(screen, findings, lines(findings.article.text, marks(findings)))
    if not findings.statements:
        screen.print("No statement was found in this article.")
    for number, statement in enumerate(findings.statements, 1):
        cards.statement(screen, said_row(findings, statement), number=_number(number), printed=False)
        screen.print()
    if findings.commitments:
        _heading(screen, "Undertakings in these statements")
    for commitment in findings.commitments:
        cards.undertaking(screen, undertaking(findings, commitment))
        screen.print()


def row(findings: Findings, row_id: str) -> None:
    """Print one statement or commitment of an article with the text around it.

    Raises:
        NotFound: the article has no statement and no commitment of that id.
    """
    commitment = next((c for c in findings.commitments if c.id == row_id), None)
    wanted = commitment.statement if commitment else row_id
    found = next(((n, s) for n, s in enumerate(findings.statements, 1) if s.id == wanted), None)
    if found is None:
        raise NotFound(
            f"{row_id} is no statement or commitment of article {findings.article.id}; `onrecord show {findings.article.id}` shows all"
        )
    number, statement = found
    screen = console()
    _facts(screen, findings.article)
    _legend(screen)
    own = [mark for mark in marks(findings) if not mark.statements or number in mark.statements]
    _lines(screen, findings, _around(findings.article, own, _extent(statement)))
    cards.statement(screen, said_row(findings, statement), printed=False)
    for each in [commitment] if commitment else [c for c in findings.commitments if c.statement == statement.id]:
        screen.print()
        cards.undertaking(screen, undertaking(findings, each))


def _heading(screen: Console, words: str) -> None:
    from rich.text import Text

    screen.print(Text(words, "label"))
    screen.print()


def _facts(screen: Console, article: Article) -> None:
    from rich.text import Text

    if article.title and article.title_span is None:
        wrapped(screen, Text(visible(article.title), "name"))
    facts = [*stated(article), article.url or article.path]
    facts.append(f"article {article.id}" if article.id != article.url else None)
    wrapped(screen, Text(visible(" · ".join(filter(None, facts))), "quiet"))


def _legend(screen: Console) -> None:
    from rich.text import Text

    text = Text().append("marks: ", "quiet")
    for role, name in (
        ("source", "attributed to"),
        ("cue", "cue"),
        ("content", "on record"),
        ("antecedent", "condition"),
        ("consequent", "consequent: what depends on it"),
    ):
        before, after = _BRACKETS[role]
        text.append(f"{before}{name}{after}", role).append("  ")
    text.append("~not the article's~", "clutter")
    wrapped(screen, text)
    screen.print()


def _lines(screen: Console, findings: Findings, shown: Iterable[tuple[Span, tuple[Mark, ...]]]) -> None:
    from rich.text import Text

    text = findings.article.text
    for span, found in shown:
        label = _label(findings.article, span, found)
        whole = [m for m in found if m.role == label and (m.start, m.end) == span]
        line = _marked(text, span, [m for m in found if m not in whole])
        line.stylize_before("name" if label == "title" else label)
        wrapped(screen, line, indent=_MARGIN, lead=Text(label.ljust(_MARGIN), "label"))
        screen.print()


def _label(article: Article, span: Span, found: Iterable[Mark]) -> str:
    """Return what a whole line is, for the margin: "title", "caption", "clutter", or ""."""
    if article.title_span == span:
        return "title"
    return next((m.role for m in found if m.role in {"caption", "clutter"} and (m.start, m.end) == span), "")


def _marked(text: str, window: Span, found: Iterable[Mark]) -> Text:
    from rich.text import Text

    out = Text()
    styles: list[str] = []
    for step in steps(found, window):
        if step[0] == "text":
            out.append(visible(text[slice(*step[1])]), _innermost(styles))
            continue
        kind, mark = step
        before, after = _BRACKETS.get(mark.role, ("", ""))
        if kind == "open":
            styles.append(mark.role)
            numbers = ",".join(map(_number, mark.statements)) if mark.role == "content" else ""
            out.append(before + numbers if mark.first else "", mark.role)
        else:
            out.append(after if mark.last else "", styles.pop())
    return out


def _innermost(styles: list[str]) -> str:
    return next((style for style in reversed(styles) if style != "connector"), "")


def _number(number: int) -> str:
    return str(number).translate(_SUPERSCRIPT)


def _extent(statement: Statement) -> Span:
    conditions = [s for c in statement.conditions for s in (*c.antecedent, *c.consequent, *c.connector)]
    spans: Spans = (*statement.source, *statement.cue, *statement.content, *conditions)
    return (min(s for s, _ in spans), max(e for _, e in spans)) if spans else (0, 0)


def _around(article: Article, found: Iterable[Mark], extent: Span) -> Iterable[tuple[Span, tuple[Mark, ...]]]:
    """Return the lines that an extent touches and one before and after, cut where they run on for long."""
    all_lines = list(lines(article.text, found))
    touched = [n for n, ((start, end), _) in enumerate(all_lines) if start < extent[1] and extent[0] < end]
    if not touched:
        return []
    near = all_lines[max(0, touched[0] - 1) : touched[-1] + 2]
    floor, ceiling = extent[0] - _AROUND, extent[1] + _AROUND
    return [
        ((max(start, floor), min(end, ceiling)), kept) for (start, end), kept in near if start < ceiling and end > floor
    ]
