"""Statements as people list and search them."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, get_args

from onrecord.errors import UsageError
from onrecord.folding import names
from onrecord.ledger import search
from onrecord.ledger.rows import GAP, ConditionRow, SaidRow
from onrecord.records import Act, Manner, Quotation, Span

SEARCHED = ("content", "source", "speakers")

DAY = "coalesce(s.said_from, s.said_to, substr(a.published, 1, 10), a.read_as_of_to, a.read_as_of_from)"
"""The day by which statements are put in order: when it was said, else published, else the day that the page is read as of."""

# The range in which it was said; an end that is not stated is open, and without a range the day of the page stands for it.
_FIRST_DAY = f"CASE WHEN coalesce(s.said_from, s.said_to) IS NULL THEN {DAY} ELSE coalesce(s.said_from, '0000') END"
_LAST_DAY = f"CASE WHEN coalesce(s.said_from, s.said_to) IS NULL THEN {DAY} ELSE coalesce(s.said_to, '9999') END"

_Pieces = list[tuple[Span, str]]
_Words = defaultdict[tuple[str, int], _Pieces]


class Filter(NamedTuple):
    """The conditions of a listing: SQL over ``statements s`` and ``articles a``, and the values that it binds."""

    tests: tuple[str, ...]
    values: tuple[str | int, ...]

    def and_(self, test: str, *values: str | int) -> Filter:
        """Return the filter with one more test."""
        return Filter((*self.tests, test), (*self.values, *values))


def said(
    connection: sqlite3.Connection,
    words: str | None,
    *,
    by: str | None,
    to: str | None,
    about: str | None,
    act: Sequence[str],
    manner: Sequence[str],
    quotation: str | None,
    conditional: bool | None,
    since: date | None,
    until: date | None,
    publisher: str | None,
    limit: int | None,
) -> tuple[SaidRow, ...]:
    """Return the statements of current revisions that fit all that is asked."""
    chosen = dated(connection, since=since, until=until, publisher=publisher)
    for value in manner:
        known("manner", value, get_args(Manner))
    chosen = chosen.and_("s.manner IN (SELECT value FROM json_each(?))", json.dumps(list(manner)))
    for value in act:
        known("act", value, get_args(Act))
    if act:
        chosen = chosen.and_(
            "EXISTS (SELECT 1 FROM json_each(?) WHERE value = s.act OR value IN (SELECT value FROM json_each(s.other_acts)))",
            json.dumps(list(act)),
        )
    if quotation is not None:
        known("quotation", quotation, get_args(Quotation))
        chosen = chosen.and_("s.quotation = ?", quotation)
    if conditional is not None:
        exists = "EXISTS (SELECT 1 FROM conditions c WHERE c.article_key = s.article_key AND c.statement = s.id)"
        chosen = chosen.and_(f"{exists} = ?", int(conditional))
    matches = [
        search.phrase(by, ["speakers"], option="by") if by is not None else None,
        search.phrase(to, ["addressed"], option="to") if to is not None else None,
        search.query(about, ["content"]) if about is not None else None,
    ]
    for match in matches:
        if match is not None:
            chosen = chosen.and_("s.key IN (SELECT rowid FROM search WHERE search MATCH ?)", match)
    return rows(connection, list(ranked(connection, words, chosen, limit=limit)))


def dated(connection: sqlite3.Connection, *, since: date | None, until: date | None, publisher: str | None) -> Filter:
    """Return the filter for current revisions, a range of days and a publisher's name."""
    chosen = Filter(("a.superseded = 0",), ())
    if since is not None:
        chosen = chosen.and_(f"{_LAST_DAY} >= ?", since.isoformat())
    if until is not None:
        chosen = chosen.and_(f"{_FIRST_DAY} <= ?", until.isoformat())
    if publisher is not None:
        wanted = search.folded(publisher, option="publisher")
        every = connection.execute("SELECT DISTINCT publisher FROM articles WHERE publisher IS NOT NULL")
        found = [name for (name,) in every if names(wanted, [name])]
        chosen = chosen.and_("a.publisher IN (SELECT value FROM json_each(?))", json.dumps(found))
    return chosen


def ranked(
    connection: sqlite3.Connection, words: str | None, chosen: Filter, *, limit: int | None = None
) -> dict[int, float]:
    """Return the keys of the statements that fit, best first (newest first where no words are given), with their rank."""
    tests, values = list(chosen.tests), list(chosen.values)
    rank, tables = "0.0", "statements s"
    if words is not None:
        rank, tables = "bm25(search)", "search JOIN statements s ON s.key = search.rowid"
        tests.append("search MATCH ?")
        values.append(search.query(words, SEARCHED))
    sql = (
        f"SELECT s.key, {rank} AS rank_ FROM {tables} JOIN articles a ON a.key = s.article_key"  # noqa: S608 (what people typed is bound)
        f" WHERE {' AND '.join(tests)} ORDER BY rank_, {DAY} DESC, a.id, s.ordinal LIMIT ?"
    )
    return dict(connection.execute(sql, (*values, -1 if limit is None else limit)))


def known(option: str, value: str, allowed: Sequence[str]) -> None:
    """Make sure that a value is one of those that exist.

    Raises:
        UsageError: it is not.
    """
    if value not in allowed:
        raise UsageError(f"{option} is {value!r}, expected one of {', '.join(allowed)}")


def rows(connection: sqlite3.Connection, keys: Sequence[int]) -> tuple[SaidRow, ...]:
    """Return the rows of statements, by key and in that order."""
    words = _words(connection, keys)
    speakers, conditions = speakers_of(connection, keys), _conditions(connection, keys, words)
    found = connection.execute(
        "SELECT s.key, s.id, a.id, a.title, a.publisher, a.published, a.read_as_of_from, a.read_as_of_to, a.url,"
        " s.why_no_speaker, s.anonymous,"
        " (SELECT name FROM actors WHERE article_key = s.article_key AND id = s.addressee),"
        " (SELECT name FROM actors WHERE article_key = s.article_key AND id = s.target),"
        " s.act, s.other_acts, s.quotation, s.manner, s.said_from, s.said_to, s.answers, s.inside, s.confidence"
        " FROM json_each(?) k CROSS JOIN statements s ON s.key = k.value JOIN articles a ON a.key = s.article_key"
        " ORDER BY k.key",
        (json.dumps(keys),),
    )
    return tuple(_row(row, words[row[0]], speakers.get(row[0], ()), conditions.get(row[0], ())) for row in found)


def speakers_of(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the names of the speakers of statements, by key; a statement without any has no entry."""
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    for key, name in connection.execute(
        "SELECT s.key, p.name FROM json_each(?) k CROSS JOIN statements s ON s.key = k.value"
        " JOIN statement_actors x ON x.article_key = s.article_key AND x.statement = s.id AND x.role = 'speaker'"
        " JOIN actors p ON p.article_key = x.article_key AND p.id = x.actor ORDER BY s.key, x.ordinal",
        (json.dumps(keys),),
    ):
        found[key] += (name,)
    return found


def conditions_of(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[int, tuple[ConditionRow, ...]]:
    """Return the conditions of statements in their words, by key; a statement without any has no entry."""
    return _conditions(connection, keys, _words(connection, keys))


def _conditions(
    connection: sqlite3.Connection, keys: Sequence[int], words: dict[int, _Words]
) -> dict[int, tuple[ConditionRow, ...]]:
    found: defaultdict[int, tuple[ConditionRow, ...]] = defaultdict(tuple)
    for key, item, kind, concessive, counterfactual in connection.execute(
        "SELECT s.key, c.ordinal, c.kind, c.concessive, c.counterfactual"
        " FROM json_each(?) k CROSS JOIN statements s ON s.key = k.value"
        " JOIN conditions c ON c.article_key = s.article_key AND c.statement = s.id ORDER BY s.key, c.ordinal",
        (json.dumps(keys),),
    ):
        parts = {role: _joined(words[key][role, item]) for role in ("antecedent", "consequent", "connector")}
        found[key] += (
            ConditionRow(kind=kind, **parts, concessive=bool(concessive), counterfactual=bool(counterfactual)),
        )
    return found


def _words(connection: sqlite3.Connection, keys: Sequence[int]) -> dict[int, _Words]:
    """Return the literal words of statements, by key, then by role and item."""
    found: defaultdict[int, _Words] = defaultdict(lambda: defaultdict(list))
    for key, role, item, start, stop, words in connection.execute(
        "SELECT s.key, x.role, x.item, x.start, x.stop, x.words FROM json_each(?) k CROSS JOIN statements s ON s.key = k.value"
        " JOIN spans x ON x.article_key = s.article_key AND x.owner = s.id ORDER BY s.key, x.role, x.item, x.ordinal",
        (json.dumps(keys),),
    ):
        found[key][role, item].append(((start, stop), words))
    return found


def _row(
    row: tuple[Any, ...], words: _Words, speakers: tuple[str, ...], conditions: tuple[ConditionRow, ...]
) -> SaidRow:
    (
        _, id_, article, title, publisher, published, as_of_from, as_of_to, url, why_no_speaker, anonymous, addressee, target,
        act, other_acts, quotation, manner, said_from, said_to, answers, inside, confidence,
    ) = row  # fmt: skip
    return SaidRow(
        id=id_,
        article=article,
        title=title,
        publisher=publisher,
        published=published,
        read_as_of_from=as_of_from,
        read_as_of_to=as_of_to,
        url=url,
        speakers=speakers,
        why_no_speaker=why_no_speaker,
        anonymous=bool(anonymous),
        source=_joined(words["source", 0]),
        cue=_joined(words["cue", 0]),
        content=_joined(words["content", 0]),
        addressee=addressee or _joined(words["addressee", 0]) or None,
        target=target or _joined(words["target", 0]) or None,
        act=act,
        other_acts=tuple(json.loads(other_acts)),
        quotation=quotation,
        manner=manner,
        conditions=conditions,
        said_from=said_from,
        said_to=said_to,
        answers=answers,
        inside=inside,
        confidence=confidence,
        source_spans=tuple(span for span, _ in words["source", 0]),
        cue_spans=tuple(span for span, _ in words["cue", 0]),
        content_spans=tuple(span for span, _ in words["content", 0]),
    )


def _joined(pieces: _Pieces) -> str:
    return GAP.join(words for _, words in pieces)
