"""Findings as rows: what was found in one article, with literal words and names, as the listings of a ledger show it."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.ledger.rows import GAP, ConditionRow, SaidRow
from onrecord.records import Actor, Commitment, CommitmentType, Condition, Findings, Mention, Spans, Statement, Strength


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A commitment as one article has it: a ``CommitmentRow`` without what only a ledger knows, its status and its witnesses."""

    id: str
    type: CommitmentType
    agent: str | None
    action: str
    to: str | None
    condition: ConditionRow | None
    deadline: str | None
    deadline_from: str | None
    deadline_to: str | None
    strength: Strength


def said_row(findings: Findings, statement: Statement) -> SaidRow:
    """Return a statement of an article as a row."""
    article, as_of = findings.article, findings.article.read_as_of
    return SaidRow(
        id=statement.id,
        article=article.id,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        read_as_of_from=as_of.earliest if as_of else None,
        read_as_of_to=as_of.latest if as_of else None,
        url=article.url,
        speakers=tuple(name for actor in statement.speakers if (name := actor_name(findings, actor))),
        why_no_speaker=statement.why_no_speaker,
        anonymous=statement.anonymous,
        source=words(article.text, statement.source),
        cue=words(article.text, statement.cue),
        content=words(article.text, statement.content),
        addressee=mentioned(findings, statement.addressee),
        target=mentioned(findings, statement.target),
        act=statement.act,
        other_acts=statement.other_acts,
        quotation=statement.quotation,
        manner=statement.manner,
        conditions=tuple(condition_row(article.text, condition) for condition in statement.conditions),
        said_from=statement.said_on.earliest if statement.said_on else None,
        said_to=statement.said_on.latest if statement.said_on else None,
        answers=statement.answers,
        inside=statement.inside,
        confidence=statement.confidence,
        source_spans=statement.source,
        cue_spans=statement.cue,
        content_spans=statement.content,
    )


def condition_row(text: str, condition: Condition) -> ConditionRow:
    """Return a condition in its literal words."""
    return ConditionRow(
        kind=condition.kind,
        antecedent=words(text, condition.antecedent),
        consequent=words(text, condition.consequent),
        connector=words(text, condition.connector),
        concessive=condition.concessive,
        counterfactual=condition.counterfactual,
    )


def undertaking(findings: Findings, commitment: Commitment) -> Undertaking:
    """Return a commitment of an article in its literal words."""
    text, deadline = findings.article.text, commitment.deadline
    conditions = next(s.conditions for s in findings.statements if s.id == commitment.statement)
    return Undertaking(
        id=commitment.id,
        type=commitment.type,
        agent=mentioned(findings, commitment.agent),
        action=words(text, commitment.action),
        to=mentioned(findings, commitment.to),
        condition=condition_row(text, conditions[commitment.condition]) if commitment.condition is not None else None,
        deadline=words(text, (deadline.span,)) if deadline and deadline.span else None,
        deadline_from=deadline.earliest if deadline else None,
        deadline_to=deadline.latest if deadline else None,
        strength=commitment.strength,
    )


def words(text: str, spans: Spans) -> str:
    """Return the literal words of spans, ``GAP`` where others stand between."""
    return GAP.join(text[start:end] for start, end in spans)


def mentioned(findings: Findings, mention: Mention | None) -> str | None:
    """Return the name of whoever a mention means, else its words."""
    if mention is None:
        return None
    return actor_name(findings, mention.actor) or words(findings.article.text, (mention.span,))


def actor_name(findings: Findings, actor_id: str | None) -> str | None:
    """Return an actor's name, None where the article has no such actor."""
    actor: Actor | None = next((a for a in findings.actors if a.id == actor_id), None)
    return actor.name if actor else None
