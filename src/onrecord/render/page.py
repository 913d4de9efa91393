"""An article as one HTML page: its text with the statements marked, then each statement told; nothing is loaded, nothing runs."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from importlib.resources import files
from urllib.parse import urlsplit

from onrecord.ledger.rows import ConditionRow, SaidRow
from onrecord.records import Article, Findings
from onrecord.render.found import Undertaking, said_row, undertaking, words
from onrecord.render.marks import Mark, Step, lines, marks, steps
from onrecord.render.terminal import harmless
from onrecord.render.wording import (
    NOT_STATED,
    ascribed,
    condition_label,
    condition_words,
    deadline,
    period,
    quotation,
    speaker,
    stated,
)

_SECURITY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LEGEND = (("source", "attributed to"), ("cue", "cue"), ("content", "on record"), ("connector", "if, unless …"),
           ("antecedent", "condition"), ("consequent", "consequent: what depends on it"), ("clutter", "not the article's"))  # fmt: skip


def page(findings: Findings) -> str:
    """Return the page of an article."""
    article = findings.article
    title = _escaped(article.title or article.path or article.id)
    rows = [said_row(findings, statement) for statement in findings.statements]
    style = (files("onrecord") / "render" / "page.css").read_text(encoding="utf-8")
    body = "\n".join(
        [
            f"<header><p>{_facts(article)}</p>",
            '<p class="legend">'
            + " ".join(f'<span class="{role}">{name}</span>' for role, name in _LEGEND)
            + "</p></header>",
            "<main><article>",
            *([f"<h1>{title}</h1>"] if article.title and article.title_span is None else []),
            *_paragraphs(findings, rows),
            "</article>",
            "<section><h2>On record</h2>",
            *(
                ["<ol>", *_entries(findings, rows), "</ol>"]
                if rows
                else ["<p>No statement was found in this article.</p>"]
            ),
            "</section></main>",
            f"<footer><p>{_provenance(findings)}</p></footer>",
        ]
    )
    return f"""<!doctype html>
<html lang="{_escaped(article.language or "en")}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_SECURITY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title} · onrecord</title>
<style>
{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def _facts(article: Article) -> str:
    shown = list(map(_escaped, stated(article)))
    if article.url:
        shown.append(_linked(article.url))
    return " · ".join(shown)


def _linked(url: str) -> str:
    """Return a link where the address is one of the web, else its bare words: a page may hold ``javascript:``."""
    try:
        web = urlsplit(url).scheme in {"http", "https"}
    except ValueError:
        web = False
    return f'<a href="{_escaped(url)}" rel="noreferrer">{_escaped(url)}</a>' if web else _escaped(url)


def _paragraphs(findings: Findings, rows: list[SaidRow]) -> Iterator[str]:
    article = findings.article
    for span, found in lines(article.text, marks(findings)):
        tag = "h1" if span == article.title_span else "p"
        yield f"<{tag}>{_marked(findings, steps_of=steps(found, span), rows=rows)}</{tag}>"


def _marked(findings: Findings, *, steps_of: Iterable[Step], rows: list[SaidRow]) -> str:
    text = findings.article.text
    out = []
    for kind, what in steps_of:
        if not isinstance(what, Mark):
            out.append(_escaped(text[slice(*what)]))
        elif kind == "close":
            out.append("</span>")
        elif not what.statements:
            out.append(f'<span class="{what.role}">')
        else:
            details = "\n\n".join(_details(number, rows[number - 1]) for number in what.statements)
            unsaid = _kind(findings, what)
            shown = f' data-kind="{unsaid}"' if unsaid else ""
            cut = ("" if what.first else " goes-on") + ("" if what.last else " to-go-on")
            out.append(f'<span class="{what.role}{cut}"{shown} title="{_escaped(details)}">')
            if what.role == "content" and what.first:
                out += [_number(n, rows[n - 1], what) for n in what.statements]
    return "".join(out)


def _number(number: int, row: SaidRow, mark: Mark) -> str:
    """Return the link from words to their entry; before the first ones the style sheet shows the act, which is not copied with them."""
    act = f' data-act="{row.act}"' if mark.start == row.content_spans[0][0] else ""
    return f'<a class="number" href="#{_escaped(row.id)}"{act}>{number}</a>'


def _kind(findings: Findings, mark: Mark) -> str:
    """Return what kind of condition an antecedent begins, where the connector before it ("in the event of") does not say so itself."""
    found = (
        condition
        for number in mark.statements
        for condition in findings.statements[number - 1].conditions
        if mark.role == "antecedent" and mark.first and condition.antecedent[0][0] == mark.start
    )
    text = findings.article.text
    labels = {condition_label(c): words(text, c.connector).casefold() for c in found}
    return ", ".join(label for label, connector in labels.items() if label != connector)


def _details(number: int, row: SaidRow) -> str:
    """Return what is known of a statement, a fact a line, for the tooltip; the list below the text tells the same to the keyboard."""
    conditions = [condition_words(c) for c in row.conditions]
    return "\n".join([f"statement {number}", *(f"{name}: {value}" for name, value in _known(row)), *conditions])


def _known(row: SaidRow) -> Iterator[tuple[str, str]]:
    yield "attributed to", speaker(row) + (" (anonymous)" if row.anonymous else "")
    yield "act", ", ".join((row.act, *row.other_acts))
    yield "said on", period(row.said_from, row.said_to) or NOT_STATED
    if row.addressee:
        yield "to", row.addressee
    if row.target:
        yield "at", row.target
    yield "wording", quotation(row)
    if mark := ascribed(row.manner):
        yield "manner", mark
    yield "confidence", f"{row.confidence:.2f}"


def _entries(findings: Findings, rows: list[SaidRow]) -> Iterator[str]:
    for row in rows:
        facts = "".join(f"<dt>{name}</dt><dd>{_escaped(value)}</dd>" for name, value in _known(row))
        conditions = "".join(map(_condition, row.conditions))
        promised = "".join(
            _undertaking(undertaking(findings, c)) for c in findings.commitments if c.statement == row.id
        )
        yield (
            f'<li id="{_escaped(row.id)}"><blockquote>{_escaped(row.content)}</blockquote>'
            f"<dl>{facts}{conditions}{promised}<dt>id</dt><dd><code>{_escaped(row.id)}</code></dd></dl></li>"
        )


def _condition(row: ConditionRow) -> str:
    parts = ((condition_label(row), "antecedent", row.antecedent), ("consequent", "consequent", row.consequent))
    return "".join(
        f'<dt>{label}</dt><dd><span class="{role}">{_escaped(told)}</span></dd>' for label, role, told in parts if told
    )


def _undertaking(found: Undertaking) -> str:
    by_when = deadline(found.deadline, found.deadline_from, found.deadline_to)
    told = (
        f"{found.agent or '(who would act is not stated)'}: {found.action}",
        condition_words(found.condition) if found.condition else None,
        found.to and f"to: {found.to}",
        by_when and f"deadline: {by_when}",
        found.strength if found.strength != "explicit" else None,
    )
    return (
        f"<dt>{_escaped(found.type)}</dt>"
        f"<dd>{_escaped(' · '.join(filter(None, told)))} <code>{_escaped(found.id)}</code></dd>"
    )


def _provenance(findings: Findings) -> str:
    made = findings.versions
    return _escaped(
        f"Marked by onrecord {made.onrecord} (model {made.model}, data {made.data}): a machine's reading, to be checked against the page. "
        f"Article {findings.article.id}, text sha256 {findings.article.sha256}."
    )


def _escaped(text: str) -> str:
    """Return text that a browser shows as it is, in the order in which it was written."""
    return html.escape(harmless(text))
