"""Commitments as people list them: statements of one undertaking are shown as one, with its witnesses."""

from __future__ import annotations

import json
import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import get_args

from onrecord.folding import fold, names
from onrecord.ledger import said, search
from onrecord.ledger.restatements import Terms, grouped
from onrecord.ledger.rows import GAP, CommitmentRow, ConditionRow, Status, Witness
from onrecord.records import CommitmentType, Strength


@dataclass(frozen=True, slots=True)
class _Promise:
    """One commitment as it is compared, filtered and shown; ``agent`` and ``to`` are its actors: key, name and aliases.

    The key is the name's. An actor that is only described, such as "the union", is the same in one article alone: its key is its own.
    """

    key: int
    id: str
    statement_key: int
    statement: str
    article: str
    title: str | None
    publisher: str | None
    published: str | None
    read_as_of_from: str | None
    read_as_of_to: str | None
    url: str | None
    type: CommitmentType
    strength: Strength
    condition: int | None
    condition_kind: str | None
    deadline_from: str | None
    deadline_to: str | None
    said_from: str | None
    said_to: str | None
    day: str | None
    agent_key: str | None
    agent_names: str | None
    to_key: str | None
    to_names: str | None
    words: dict[str, str]

    @property
    def terms(self) -> Terms:
        """Return what it is compared by."""
        action, antecedent = fold(self.words.get("action", "")), fold(self.words.get("antecedent", ""))
        return Terms(self.agent_key, self.type, self.to_key, action, self.condition_kind, antecedent, self.deadline_to)

    @property
    def deadline_stated(self) -> bool:
        """Tell whether it says by when: in words, or in days alone, as findings made elsewhere may."""
        return "deadline" in self.words or self.deadline_to is not None or self.deadline_from is not None

    @property
    def agents(self) -> tuple[str, ...]:
        """Return all that the agent is called, the actor's name first."""
        return _names(self.agent_names, self.words.get("agent"))

    @property
    def recipients(self) -> tuple[str, ...]:
        """Return all that the one to whom it is promised is called, the actor's name first."""
        return _names(self.to_names, self.words.get("to"))


def commitments(
    connection: sqlite3.Connection,
    words: str | None,
    *,
    by: str | None,
    to: str | None,
    types: Sequence[str],
    status: str | None,
    conditional: bool | None,
    since: date | None,
    until: date | None,
    publisher: str | None,
    as_of: date | None,
    limit: int | None,
) -> tuple[CommitmentRow, ...]:
    """Return the undertakings of which one witness fits all that is asked; ``as_of`` is today where not given.

    ``by`` is its speaker or agent, ``to`` the one to whom it is promised or its statement addressed.
    """
    for value in types:
        said.known("type", value, get_args(CommitmentType))
    if status is not None:
        said.known("status", status, get_args(Status))
    by = None if by is None else search.folded(by, option="by")
    to = None if to is None else search.folded(to, option="to")
    chosen = said.dated(connection, since=since, until=until, publisher=publisher)
    promising = "(s.article_key, s.id) IN (SELECT article_key, statement FROM commitments)"
    ranks = said.ranked(connection, words, chosen.and_(promising))
    promises = list(_promises(connection))
    speakers = _speakers(connection) if by is not None else {}
    addressed = _addressed(connection) if to is not None else {}

    def fits(promise: _Promise) -> bool:
        return (
            promise.statement_key in ranks
            and (not types or promise.type in types)
            and (conditional is None or (promise.condition is not None) == conditional)
            and (by is None or names(by, (*promise.agents, *speakers.get(promise.statement_key, ()))))
            and (to is None or names(to, (*promise.recipients, *addressed.get(promise.statement_key, ()))))
        )

    groups = [[promises[index] for index in group] for group in grouped([promise.terms for promise in promises])]
    groups = [group for group in groups if any(map(fits, group))]
    groups.sort(key=lambda group: group[0].day or "", reverse=True)  # newest first; stable: then by article and offset
    if words is not None:
        groups.sort(key=lambda group: min(ranks.get(promise.statement_key, math.inf) for promise in group))
    today = (as_of or datetime.now(UTC).date()).isoformat()
    groups = [group for group in groups if status is None or _status(group, today) == status]
    return _rows(connection, groups if limit is None else groups[:limit], today)


def _promises(connection: sqlite3.Connection) -> Iterator[_Promise]:
    """Yield all commitments of current revisions, the earliest said first."""
    words = _words(connection)
    rows = connection.execute(
        "SELECT c.key, c.id, s.key, c.statement, a.id, a.title, a.publisher, a.published,"  # noqa: S608 (DAY is ours)
        " a.read_as_of_from, a.read_as_of_to, a.url, c.type, c.strength, c.condition, k.kind,"
        f" c.deadline_from, c.deadline_to, s.said_from, s.said_to, {said.DAY} AS day,"
        " CASE g.named_by WHEN 'name' THEN g.name_key ELSE '#' || g.article_key || g.id END, json_insert(g.aliases, '$[#]', g.name),"
        " CASE t.named_by WHEN 'name' THEN t.name_key ELSE '#' || t.article_key || t.id END, json_insert(t.aliases, '$[#]', t.name)"
        " FROM commitments c JOIN articles a ON a.key = c.article_key"
        " JOIN statements s ON s.article_key = c.article_key AND s.id = c.statement"
        " LEFT JOIN conditions k ON k.article_key = c.article_key AND k.statement = c.statement AND k.ordinal = c.condition"
        " LEFT JOIN actors g ON g.article_key = c.article_key AND g.id = c.agent"
        " LEFT JOIN actors t ON t.article_key = c.article_key AND t.id = c.to_whom"
        " WHERE a.superseded = 0 ORDER BY day IS NULL, day, a.id, c.ordinal"
    )
    for row in rows:
        yield _Promise(*(*row, words[row[0]]))


def _words(connection: sqlite3.Connection) -> dict[int, dict[str, str]]:
    """Return the literal words of commitments of current revisions, and of their antecedents, by key and role."""
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for key, role, _, words in connection.execute(
        "SELECT c.key, x.role, x.ordinal, x.words FROM articles a JOIN commitments c ON c.article_key = a.key"
        " JOIN spans x ON x.article_key = a.key AND x.owner = c.id WHERE a.superseded = 0"
        " UNION ALL SELECT c.key, x.role, x.ordinal, x.words FROM articles a JOIN commitments c ON c.article_key = a.key"
        " JOIN spans x ON x.article_key = a.key AND x.owner = c.statement AND x.role = 'antecedent' AND x.item = c.condition"
        " WHERE a.superseded = 0 ORDER BY 1, 2, 3"
    ):
        before = found[key].get(role)
        found[key][role] = words if before is None else before + GAP + words
    return found


def _speakers(connection: sqlite3.Connection) -> dict[int, tuple[str, ...]]:
    """Return all that the speakers of statements with commitments are called, by the statement's key."""
    return _by_key(
        connection.execute(
            "SELECT s.key, json_insert(p.aliases, '$[#]', p.name), NULL FROM commitments c"
            " JOIN statements s ON s.article_key = c.article_key AND s.id = c.statement"
            " JOIN statement_actors x ON x.article_key = s.article_key AND x.statement = s.id AND x.role = 'speaker'"
            " JOIN actors p ON p.article_key = x.article_key AND p.id = x.actor"
        )
    )


def _addressed(connection: sqlite3.Connection) -> dict[int, tuple[str, ...]]:
    """Return all that addressees and targets of statements with commitments are called, by the statement's key."""
    return _by_key(
        connection.execute(
            "SELECT s.key, json_insert(p.aliases, '$[#]', p.name), x.words FROM commitments c"
            " JOIN statements s ON s.article_key = c.article_key AND s.id = c.statement"
            " JOIN spans x ON x.article_key = s.article_key AND x.owner = s.id AND x.role IN ('addressee', 'target')"
            " LEFT JOIN actors p ON p.article_key = s.article_key"
            " AND p.id = CASE x.role WHEN 'target' THEN s.target ELSE s.addressee END"
        )
    )


def _by_key(rows: sqlite3.Cursor) -> dict[int, tuple[str, ...]]:
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    for key, called, words in rows:
        found[key] += _names(called, words)
    return found


def _names(called: str | None, words: str | None) -> tuple[str, ...]:
    """Return the names in a JSON list of aliases that ends with the name, that one first, then the literal words."""
    return (*reversed(json.loads(called or "[]")), *([words] if words else []))


def _due(group: list[_Promise]) -> _Promise:
    """Return the earliest witness that states a deadline, else the earliest: a headline rarely states one."""
    return next((promise for promise in group if promise.deadline_stated), group[0])


def _status(group: list[_Promise], today: str) -> Status:
    deadline = _due(group).deadline_to
    return "expired" if deadline is not None and deadline < today else "open"


def _rows(connection: sqlite3.Connection, groups: list[list[_Promise]], today: str) -> tuple[CommitmentRow, ...]:
    keys = sorted({promise.statement_key for group in groups for promise in group})
    speakers, conditions = said.speakers_of(connection, keys), said.conditions_of(connection, keys)
    return tuple(_row(group, speakers, conditions, today) for group in groups)


def _row(
    group: list[_Promise],
    speakers: dict[int, tuple[str, ...]],
    conditions: dict[int, tuple[ConditionRow, ...]],
    today: str,
) -> CommitmentRow:
    first, due = group[0], _due(group)
    return CommitmentRow(
        id=first.id,
        type=first.type,
        agent=next(iter(first.agents), None),
        action=first.words["action"],
        to=next(iter(first.recipients), None),
        condition=None if first.condition is None else conditions[first.statement_key][first.condition],
        deadline=due.words.get("deadline"),
        deadline_from=due.deadline_from,
        deadline_to=due.deadline_to,
        strength=first.strength,
        status=_status(group, today),
        speakers=speakers.get(first.statement_key, ()),
        said_from=first.said_from,
        said_to=first.said_to,
        witnesses=tuple(
            Witness(
                commitment=promise.id,
                statement=promise.statement,
                article=promise.article,
                title=promise.title,
                publisher=promise.publisher,
                published=promise.published,
                read_as_of_from=promise.read_as_of_from,
                read_as_of_to=promise.read_as_of_to,
                url=promise.url,
                speakers=speakers.get(promise.statement_key, ()),
                said_from=promise.said_from,
                said_to=promise.said_to,
                action=promise.words["action"],
            )
            for promise in group
        ),
    )
