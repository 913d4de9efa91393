"""Flat rows: a listing's columns for CSV, one name and one way to fill it a column; literal words first, offsets last."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from onrecord.ledger.rows import ArticleRow, CommitmentRow, RefusedRow, SaidRow
from onrecord.render.csvfile import Cell, listed, spans
from onrecord.render.wording import condition_words

Row = TypeVar("Row")
Columns = tuple[tuple[str, Callable[[Row], Cell]], ...]

SAID: Columns[SaidRow] = (
    ("id", lambda r: r.id),
    ("article", lambda r: r.article),
    ("speakers", lambda r: listed(r.speakers)),
    ("why_no_speaker", lambda r: r.why_no_speaker),
    ("anonymous", lambda r: r.anonymous),
    ("act", lambda r: r.act),
    ("other_acts", lambda r: listed(r.other_acts)),
    ("said_from", lambda r: r.said_from),
    ("said_to", lambda r: r.said_to),
    ("content", lambda r: r.content),
    ("quotation", lambda r: r.quotation),
    ("manner", lambda r: r.manner),
    ("conditions", lambda r: listed(map(condition_words, r.conditions))),
    ("addressee", lambda r: r.addressee),
    ("target", lambda r: r.target),
    ("source", lambda r: r.source),
    ("cue", lambda r: r.cue),
    ("publisher", lambda r: r.publisher),
    ("published", lambda r: r.published),
    ("read_as_of_from", lambda r: r.read_as_of_from),
    ("read_as_of_to", lambda r: r.read_as_of_to),
    ("title", lambda r: r.title),
    ("url", lambda r: r.url),
    ("answers", lambda r: r.answers),
    ("inside", lambda r: r.inside),
    ("confidence", lambda r: r.confidence),
    ("source_spans", lambda r: spans(r.source_spans)),
    ("cue_spans", lambda r: spans(r.cue_spans)),
    ("content_spans", lambda r: spans(r.content_spans)),
)
COMMITMENTS: Columns[CommitmentRow] = (
    ("id", lambda r: r.id),
    ("type", lambda r: r.type),
    ("agent", lambda r: r.agent),
    ("action", lambda r: r.action),
    ("to", lambda r: r.to),
    ("condition_kind", lambda r: r.condition.kind if r.condition else None),
    ("antecedent", lambda r: r.condition.antecedent if r.condition else None),
    ("consequent", lambda r: r.condition.consequent if r.condition else None),
    ("connector", lambda r: r.condition.connector if r.condition else None),
    ("concessive", lambda r: r.condition.concessive if r.condition else None),
    ("counterfactual", lambda r: r.condition.counterfactual if r.condition else None),
    ("deadline", lambda r: r.deadline),
    ("deadline_from", lambda r: r.deadline_from),
    ("deadline_to", lambda r: r.deadline_to),
    ("strength", lambda r: r.strength),
    ("status", lambda r: r.status),
    ("speakers", lambda r: listed(r.speakers)),
    ("said_from", lambda r: r.said_from),
    ("said_to", lambda r: r.said_to),
    ("witnesses", lambda r: len(r.witnesses)),
    ("publishers", lambda r: listed(dict.fromkeys(w.publisher for w in r.witnesses if w.publisher))),
    ("articles", lambda r: listed(dict.fromkeys(w.article for w in r.witnesses))),
    ("statements", lambda r: listed(w.statement for w in r.witnesses)),
)
ARTICLES: Columns[ArticleRow] = (
    ("id", lambda r: r.id),
    ("revision", lambda r: r.revision),
    ("title", lambda r: r.title),
    ("publisher", lambda r: r.publisher),
    ("published", lambda r: r.published),
    ("read_as_of_from", lambda r: r.read_as_of_from),
    ("read_as_of_to", lambda r: r.read_as_of_to),
    ("url", lambda r: r.url),
    ("path", lambda r: r.path),
    ("statements", lambda r: r.statements),
    ("commitments", lambda r: r.commitments),
    ("superseded", lambda r: r.superseded),
)
REFUSED: Columns[RefusedRow] = (
    ("name", lambda r: r.name),
    ("reason", lambda r: r.reason),
    ("since", lambda r: r.since),
)
