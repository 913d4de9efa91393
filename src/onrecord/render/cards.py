"""Rows for a person to read on a terminal: statements and undertakings as short entries, articles and queries as grids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from onrecord.ledger.rows import ArticleRow, CommitmentRow, ConditionRow, RefusedRow, SaidRow, Witness
from onrecord.render.found import Undertaking
from onrecord.render.terminal import console, unpadded, visible, wrapped
from onrecord.render.wording import ascribed, condition_label, day, outlet, period, quotation, speaker

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_INDENT = 4
_LABEL_WIDTH = 11
_WITNESSES_SHOWN = 5


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
    """Print articles as a grid."""
    cells = [
        (
            day(row.published),
            row.publisher,
            row.title or row.path,
            row.statements,
            row.commitments,
            row.id + (f" (revision {row.revision}, superseded)" if row.superseded else ""),
        )
        for row in rows
    ]
    grid(("published", "publisher", "title", "said", "commitments", "id"), cells)


def refused(rows: Sequence[RefusedRow]) -> None:
    """Print refused pages as a grid."""
    grid(("page", "reason", "last tried"), [(row.name, row.reason, row.since) for row in rows])


def grid(columns: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> None:
    """Print a grid with a header; nothing is cut off, long cells are folded."""
    from rich.table import Table
    from rich.text import Text

    rows = list(rows)
    if not columns:
        return
    shown = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="label")
    for number, name in enumerate(columns):
        numeric = any(isinstance(row[number], int | float) for row in rows)
        shown.add_column(Text(visible(name)), overflow="fold", justify="right" if numeric else "left")
    for row in rows:
        shown.add_row(*(Text("" if value is None else visible(str(value))) for value in row))
    unpadded(console(), shown)


def statement(screen: Console, row: SaidRow, *, number: str = "") -> None:
    """Print one statement as an entry; ``number`` stands before it."""
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
    _labelled(screen, "to", row.addressee)
    _labelled(screen, "at", row.target)
    _labelled(screen, "answers", row.answers)
    printed = [(outlet(row.publisher, row.published), "quiet"), (quotation(row.quotation), "quiet"), (row.id, "quiet")]
    wrapped(screen, _joined(printed), indent=_INDENT)


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
    last = f"({row.deadline_to})" if row.deadline_to else None
    _labelled(screen, "deadline", " ".join(filter(None, (row.deadline, last))) or None)


def _commitment(screen: Console, row: CommitmentRow) -> None:
    undertaking(screen, row, status=row.status)
    said_on = period(row.said_from, row.said_to)
    names = ", ".join(row.speakers) or "(speaker not resolved)"
    _labelled(screen, "said by", f"{names}, {said_on}" if said_on else names)
    for number, witness in enumerate(row.witnesses[:_WITNESSES_SHOWN]):
        _labelled(screen, "" if number else "printed by", _witness(witness))
    more = len(row.witnesses) - _WITNESSES_SHOWN
    _labelled(screen, "", f"and {more} more; --json lists all" if more > 0 else None)


def _witness(witness: Witness) -> str:
    return f"{outlet(witness.publisher, witness.published)} · {witness.statement}"


def _conditional(screen: Console, condition: ConditionRow) -> None:
    _labelled(screen, condition_label(condition), condition.antecedent, style="condition")


def _labelled(screen: Console, label: str, value: str | None, *, style: str = "") -> None:
    """Print a label and its value, which is folded under itself; nothing where there is no value."""
    from rich.text import Text

    if value is None:
        return
    lead = Text(" " * _INDENT).append(label.ljust(_LABEL_WIDTH), style or "label")
    wrapped(screen, Text(visible(value), style), indent=_INDENT + _LABEL_WIDTH, lead=lead)


def _joined(parts: Sequence[tuple[str, str]]) -> Text:
    from rich.text import Text

    return Text(" · ", style="quiet").join(Text(visible(words), style) for words, style in parts)
