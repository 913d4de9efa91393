"""Rows for a person to read on a terminal: statements and undertakings as short entries, articles and queries as grids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from onrecord.ledger.rows import ArticleRow, CommitmentRow, ConditionRow, RefusedRow, SaidRow, Witness
from onrecord.render.found import Undertaking
from onrecord.render.terminal import WIDEST, console, unpadded, visible, wrapped
from onrecord.render.wording import ascribed, condition_label, counted, deadline, outlet, period, quotation, speaker

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_INDENT = 4
_LABEL_WIDTH = 11
_ARTICLES_SHOWN = 5


def said(rows: Sequence[SaidRow]) -> None:
    """Print statements as entries: speaker, act and day; the words as printed; the condition; where they stand."""
    screen = console()
    for number, row in enumerate(rows):
        if number:
            screen.print()
        statement(screen, row)


def commitments(rows: Sequence[CommitmentRow]) -> None:
    """Print undertakings as entries: agent and action; condition, deadline, status; the witnesses."""
    screen = console()
    for number, row in enumerate(rows):
        if number:
            screen.print()
        _commitment(screen, row)


def articles(rows: Sequence[ArticleRow]) -> None:
    """Print articles as entries of two lines: the title; outlet and day, how much was found, the id."""
    from rich.text import Text

    screen = console()
    for row in rows:
        wrapped(screen, Text(visible(row.title or row.path or "no title stated"), "name"), indent=2, lead=Text())
        facts = [
            outlet(row),
            counted(row.statements, "statement"),
            counted(row.commitments, "commitment"),
        ]
        facts += [f"revision {row.revision}, superseded"] if row.superseded else []
        wrapped(screen, _joined([(fact, "quiet") for fact in (*facts, row.id)]), indent=_INDENT)


def refused(rows: Sequence[RefusedRow]) -> None:
    """Print refused pages as entries: the name; the reason; when it was last tried."""
    from rich.text import Text

    screen = console()
    for row in rows:
        wrapped(screen, Text(visible(row.name), "name"), indent=2, lead=Text())
        wrapped(screen, Text(visible(row.reason)), indent=_INDENT)
        wrapped(screen, Text(f"last tried {row.since}", "quiet"), indent=_INDENT)


def grid(columns: Sequence[str], rows: Sequence[Sequence[str | int | float | None]]) -> None:
    """Print a grid with a header, or row by row where it is wider than the terminal; nothing is cut off."""
    from rich.measure import measure_renderables
    from rich.table import Table
    from rich.text import Text

    screen = console()
    shown = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="label")
    for number, name in enumerate(columns):
        numeric = any(isinstance(row[number], int | float) for row in rows)
        shown.add_column(Text(visible(name)), justify="right" if numeric else "left")
    for row in rows:
        shown.add_row(*(Text("" if value is None else visible(str(value))) for value in row))
    natural = measure_renderables(screen, screen.options.update(width=WIDEST), [shown]).maximum
    if screen.is_terminal and natural > screen.width:
        _row_by_row(screen, columns, rows)
    else:
        unpadded(screen, shown)


def _row_by_row(screen: Console, columns: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> None:
    from rich.text import Text

    label_width = min(max(map(len, columns)), 24) + 2
    for number, row in enumerate(rows):
        if number:
            screen.print()
        for name, value in zip(columns, row, strict=True):
            lead = Text(visible(name).ljust(label_width), "label")
            wrapped(screen, Text("" if value is None else visible(str(value))), indent=label_width, lead=lead)


def statement(screen: Console, row: SaidRow, *, number: str = "", printed: bool = True) -> None:
    """Print one statement as an entry; ``number`` stands before it, ``printed`` tells its outlet and day."""
    from rich.text import Text

    head = [(number, "content")] if number else []
    head += [(speaker(row), "name"), (", ".join((row.act, *row.other_acts)), "act")]
    said_on = period(row.said_from, row.said_to)
    head += [(said_on, "")] if said_on else []
    head += [("anonymous", "quiet")] if row.anonymous else []
    mark = ascribed(row.manner)
    head += [(mark, "ascribed")] if mark else []
    wrapped(screen, _joined(head), indent=2, lead=Text())
    wrapped(screen, Text(visible(row.content)), indent=_INDENT)
    for condition in row.conditions:
        _conditional(screen, condition)
        _labelled(screen, "consequent", condition.consequent or None)
    _labelled(screen, "to", row.addressee)
    _labelled(screen, "at", row.target if row.target != row.addressee else None)
    _labelled(screen, "answers", row.answers)
    _labelled(screen, "inside", row.inside)
    where = [outlet(row, title=row.title)] if printed else []
    wrapped(screen, _joined([(fact, "quiet") for fact in (*where, quotation(row), row.id)]), indent=_INDENT)


def undertaking(screen: Console, row: CommitmentRow | Undertaking, *, status: str | None = None) -> None:
    """Print who would do what, on which condition, to whom and by when."""
    from rich.text import Text

    head = [(row.agent or "(who would act is not stated)", "name"), (row.type, "act")]
    head += [(fact, "") for fact in (status, None if row.strength == "explicit" else row.strength) if fact]
    head += [(row.id, "quiet")]
    wrapped(screen, _joined(head), indent=2, lead=Text())
    wrapped(screen, Text(visible(row.action)), indent=_INDENT)
    if row.condition:
        _conditional(screen, row.condition)
    _labelled(screen, "to", row.to)
    _labelled(screen, "deadline", deadline(row.deadline, row.deadline_from, row.deadline_to))


def _commitment(screen: Console, row: CommitmentRow) -> None:
    undertaking(screen, row, status=row.status)
    said_on = period(row.said_from, row.said_to)
    names = ", ".join(row.speakers) or "(speaker not resolved)"
    _labelled(screen, "said by", f"{names}, {said_on}" if said_on else names)
    articles = [
        [w for w in row.witnesses if w.article == id_] for id_ in dict.fromkeys(w.article for w in row.witnesses)
    ]
    many = f"{counted(len(row.witnesses), 'statement')} in {counted(len(articles), 'article')}"
    _labelled(screen, "witnesses", many if len(row.witnesses) > 1 else None)
    for number, witnesses in enumerate(articles[:_ARTICLES_SHOWN]):
        _labelled(screen, "" if number else "printed by", _printed(witnesses))
    more = len(articles) - _ARTICLES_SHOWN
    _labelled(screen, "", f"and {counted(more, 'article')} more; --json lists all" if more > 0 else None)


def _printed(witnesses: Sequence[Witness]) -> str:
    """Return where the witnesses of one article stand."""
    return f"{outlet(witnesses[0], title=witnesses[0].title)} · {', '.join(w.statement for w in witnesses)}"


def _conditional(screen: Console, condition: ConditionRow) -> None:
    _labelled(screen, condition_label(condition), condition.antecedent, style="condition")


def _labelled(screen: Console, label: str, value: str | None, *, style: str = "") -> None:
    """Print a label and its value, which is folded under itself; nothing where there is no value."""
    from rich.text import Text

    if value is None:
        return
    lead = Text(" " * _INDENT).append(f"{label} ".ljust(_LABEL_WIDTH), style or "label")
    if len(label) >= _LABEL_WIDTH:  # too long to stand beside its value
        lead.rstrip()
        screen.print(lead, soft_wrap=True)
        lead = Text(" " * (_INDENT + _LABEL_WIDTH))
    wrapped(screen, Text(visible(value), style), indent=_INDENT + _LABEL_WIDTH, lead=lead)


def _joined(parts: Sequence[tuple[str, str]]) -> Text:
    from rich.text import Text

    dot = Text().append(" · ", "quiet")  # a style of its own would be that of all that is joined
    return dot.join(Text(visible(words), style) for words, style in parts)
