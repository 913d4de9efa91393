"""Findings for the tests of ledger and proofs: hand-made by the words they stand on, and made up by hypothesis."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, get_args

from hypothesis import strategies as st

from onrecord.identity import sha256
from onrecord.proofs import first_offset
from onrecord.records import (
    Act,
    Actor,
    ActorKind,
    Article,
    Commitment,
    CommitmentType,
    Condition,
    ConditionKind,
    Dateline,
    Event,
    EventType,
    Factuality,
    Findings,
    Manner,
    Mention,
    NamedBy,
    Place,
    Quotation,
    Span,
    Spans,
    Statement,
    Strength,
    Time,
    Versions,
    WhyNoSpeaker,
)

VERSIONS = Versions("0.1.0", "some_model 1.0", "1")


def at(text: str, words: str, after: int = 0) -> Span:
    """Return where words stand in a text."""
    start = text.index(words, after)
    return (start, start + len(words))


def article(id_: str, text: str, **facts: Any) -> Article:
    none: dict[str, Any] = dict.fromkeys(
        (
            "path",
            "url",
            "publisher",
            "title",
            "title_span",
            "byline",
            "speaker",
            "dateline",
            "published",
            "read_as_of",
            "language",
        )
    )
    return Article(
        **{**none, "captions": (), "clutter": (), **facts, "id": id_, "text": text, "sha256": sha256(text.encode())}
    )


def actor(id_: str, name: str, **facts: Any) -> Actor:
    default: dict[str, Any] = {
        "kind": "person",
        "country": None,
        "role": None,
        "sector": None,
        "aliases": (),
        "named_by": "name",
    }
    return Actor(id=id_, name=name, **{**default, **facts})


def statement(id_: str, **facts: Any) -> Statement:
    default: dict[str, Any] = {
        "source": (), "cue": (), "quotation": "indirect", "manner": "said", "speakers": (), "why_no_speaker": None,
        "on_behalf_of": (), "anonymous": False, "addressee": None, "target": None, "act": "assert", "other_acts": (),
        "conditions": (), "said_on": None, "place": None, "answers": None, "inside": None, "insertions": (),
        "confidence": 0.5, "act_confidence": 0.5,
    }  # fmt: skip
    facts = {**default, **facts}
    if not facts["speakers"] and facts["why_no_speaker"] is None:
        facts["why_no_speaker"] = "unresolved"
    return Statement(id=id_, **facts)


def commitment(id_: str, of: str, action: Spans, **facts: Any) -> Commitment:
    default: dict[str, Any] = {
        "type": "commit", "agent": None, "to": None, "condition": None, "deadline": None, "strength": "explicit",
    }  # fmt: skip
    return Commitment(id=id_, statement=of, action=action, **{**default, **facts})


def report(id_: str, *lines: tuple[str, str], aliases: tuple[str, ...] = (), **facts: Any) -> Findings:
    """Return findings of an article in which people say things: a line ``WHO said: WHAT`` each, one statement a line."""
    text = "\n".join(f"{who} said: {what}" for who, what in lines)
    ids = {who: f"a{n}{id_}" for n, who in enumerate(dict.fromkeys(who for who, _ in lines))}
    statements, offset = [], 0
    for n, (who, what) in enumerate(lines):
        statements.append(
            statement(
                f"s{n}{id_}",
                source=(at(text, who, offset),),
                cue=(at(text, "said", offset + len(who)),),
                content=(at(text, what, offset + len(who)),),
                speakers=(ids[who],),
            )
        )
        offset += len(f"{who} said: {what}\n")
    return Findings(
        article=article(id_, text, **facts),
        actors=tuple(actor(actor_id, name, aliases=aliases) for name, actor_id in ids.items()),
        statements=tuple(statements),
        commitments=(),
        events=(),
        versions=VERSIONS,
    )


def promise(
    id_: str,
    who: str,
    action: str,
    *,
    condition: str | None = None,
    kind: ConditionKind = "if",
    deadline: Time | None = None,
    kind_of_act: CommitmentType = "commit",
    to: str | None = None,
    **facts: Any,
) -> Findings:
    """Return findings of an article in which one person promises something, with a condition or without."""
    what = action + (f" if {condition}" if condition else "") + (f" for {to}" if to else "")
    found = report(id_, (who, what), **facts)
    text, said = found.article.text, found.statements[0]
    content = said.content[0][0]
    conditions: tuple[Condition, ...] = ()
    if condition:
        after = content + len(action)
        conditions = (
            Condition(
                (at(text, condition, after),),
                (at(text, action, content),),
                (at(text, "if", after),),
                kind,
                False,
                False,
            ),
        )
    recipient = actor(f"r{id_}", to) if to else None
    undertaking = commitment(
        f"c{id_}",
        said.id,
        (at(text, action, content),),
        type=kind_of_act,
        agent=Mention(said.source[0], said.speakers[0]),
        to=Mention(at(text, to, content + len(action)), recipient.id) if to and recipient else None,
        condition=0 if condition else None,
        deadline=deadline,
    )
    return replace(
        found,
        actors=(*found.actors, *([recipient] if recipient else [])),
        statements=(replace(said, conditions=conditions, act="commit"),),
        commitments=(undertaking,),
    )


def rich() -> Findings:
    """Return findings in which every field of every record is stated somewhere."""
    text = (
        "Marrow vows to open the dam, “come what may”\n"
        "TORVA, March 3 (ANP) -- Premier Ilse Marrow told Oren Vale on Monday in Torva: “We will open the dam [at Kesh]”,"
        " she said, “only if the guards leave by Friday”.\n"
        "“Will you?” asked a reporter. A spokesman for Marrow said yes.\n"
        "Guards attacked farmers in Kesh on Sunday, Vale said.\n"
        "Share this story\n"
        "Ilse Marrow in Torva on March 3"
    )
    quote = at(text, "“We will open the dam [at Kesh]”")
    more = at(text, "“only if the guards leave by Friday”")
    antecedent = at(text, "the guards leave by Friday")
    condition = Condition(
        (antecedent,), (at(text, "We will open the dam"),), (at(text, "only if"),), "only_if", False, True
    )
    concession = Condition((at(text, "come what may"),), (), (), "unless", True, False)
    said = at(text, "told")
    statements = (
        statement(
            "s0",
            source=(at(text, "Marrow"),),
            cue=(at(text, "vows"),),
            content=(at(text, "to open the dam, “come what may”"),),
            quotation="mixed",
            speakers=("a1",),
            act="commit",
            other_acts=("threaten", "warn"),
            conditions=(concession,),
            place=Place(at(text, "Torva"), "Torva", None, None, None),
            said_on=Time(None, "2025-03-03", None),
        ),
        statement(
            "s1",
            source=(at(text, "Premier Ilse Marrow"),),
            cue=(said, at(text, "said")),
            content=(quote, more),
            quotation="direct",
            manner="written",
            speakers=("a1", "a2"),
            on_behalf_of=("a3",),
            anonymous=True,
            addressee=Mention(at(text, "Oren Vale"), "a2"),
            target=Mention(at(text, "the guards"), None),
            act="threaten",
            conditions=(condition, concession_in(text, more)),
            said_on=Time("2025-03-03", "2025-03-03", at(text, "Monday")),
            place=Place(at(text, "Torva"), "Torva", "TRV", -12.5, 170.25),
            insertions=(at(text, "[at Kesh]"),),
            confidence=1.0,
            act_confidence=0.0,
        ),
        statement(
            "s2", cue=(at(text, "asked"),), content=(at(text, "“Will you?”"),), act="ask", why_no_speaker="ambiguous"
        ),
        statement(
            "s3",
            source=(at(text, "A spokesman for Marrow"),),
            content=(at(text, "yes"),),
            speakers=("a4",),
            on_behalf_of=("a1", "a3"),
            answers="s2",
            inside="s1",
        ),
    )
    commitments = (
        commitment("c0", "s0", (at(text, "open the dam"),)),
        commitment(
            "c1",
            "s1",
            (at(text, "open the dam [at Kesh]"),),
            type="threaten",
            agent=Mention(at(text, "We"), "a1"),
            to=Mention(at(text, "Oren Vale"), None),
            condition=0,
            deadline=Time(None, "2025-03-07", at(text, "Friday")),
            strength="hedged",
        ),
    )
    place = at(text, "Kesh", at(text, "farmers")[1])
    events = (
        Event(
            id="e1", type="ASSAULT", trigger=(at(text, "attacked"),), actor=Mention(at(text, "Guards"), "a3"),
            recipient=Mention(at(text, "farmers"), None), place=Place(place, "Kesh", None, None, None),
            occurred=Time("2025-03-02", None, at(text, "Sunday")), factuality="alleged", background=True, statement="s3",
            confidence=0.25,
        ),
        Event(
            id="e2", type="AID", trigger=(at(text, "attacked"),), actor=None, recipient=None, place=None, occurred=None,
            factuality="denied", background=False, statement=None, confidence=0.1,
        ),
    )  # fmt: skip
    actors = (
        actor(
            "a1",
            "Ilse Marrow",
            country="TRV",
            role="Premier",
            sector="GOV",
            aliases=("Marrow", "O’Marrow; \"the\" 'dam'"),
        ),
        actor("a2", "Oren Vale"),
        actor("a3", "Guards of Kesh", kind="group", named_by="description"),
        actor("a4", "a spokesman", kind="unnamed", named_by="office"),
    )
    return Findings(
        article=article(
            "https://example.org/dam?id=1/2",
            text,
            path="pages/dam.html",
            url="https://example.org/dam?id=1/2",
            publisher="The Kesh Post",
            title="Marrow vows to open the dam, “come what may”",
            title_span=(0, at(text, "\n")[0]),
            byline="Ana Ł. Pröll",
            speaker="Ilse Marrow",
            dateline=Dateline(at(text, "TORVA, March 3 (ANP) --"), "Torva", "2025-03-03", "ANP"),
            published="2025-03-03T18:30:00+02:00",
            read_as_of=Time("2025-03-03", "2025-03-03", at(text, "March 3", at(text, "Share")[1])),
            language="en",
            captions=(at(text, "Ilse Marrow in Torva on March 3"),),
            clutter=(at(text, "Share this story"),),
        ),
        actors=actors,
        statements=statements,
        commitments=commitments,
        events=events,
        versions=VERSIONS,
    )


def concession_in(text: str, span: Span) -> Condition:
    """Return a condition without connector or consequent inside a span."""
    return Condition((at(text, "by Friday", span[0]),), (), (), "if", True, True)


# What hypothesis makes up: words with everything in them that a page may hold, lines, and findings over them.
_CHARACTERS = st.sampled_from("abzZ'’“”\"éŁ漢\U0001f600\u200b\ufeff\x00;,.-()[]%_*")
_WORDS = st.text(_CHARACTERS, min_size=1, max_size=6)
_BREAKS = st.sampled_from(["\n", "\r\n", "\u2028", "\x85", "\n\n", "\x0c"])
_NAMES = st.text(_CHARACTERS | st.sampled_from(" \n\t"), min_size=1, max_size=12).filter(str.strip)
_DAYS = st.dates().map(lambda day: day.isoformat())


@st.composite
def made_up(draw: st.DrawFn) -> Findings:
    """Return findings that hold by themselves."""
    lines = draw(st.lists(st.lists(_WORDS, min_size=1, max_size=8), min_size=1, max_size=5))
    text = "".join(" ".join(line) + draw(_BREAKS) for line in lines)
    words = [match.span() for match in re.finditer(r"\S+", text)]
    ids = iter(f"{draw(st.sampled_from('xyz'))}{n}" for n in range(1000))

    def spans(most: int = 3, least: int = 0) -> Spans:
        chosen = draw(st.lists(st.sampled_from(words), min_size=least, max_size=most, unique=True))
        return tuple(sorted(chosen))

    def among(values: Any) -> Any:
        return draw(st.sampled_from(get_args(values)))

    def time() -> Time | None:
        earliest, latest = sorted((draw(_DAYS), draw(_DAYS)))
        span = draw(st.none() | st.sampled_from(words))
        made = Time(draw(st.sampled_from([earliest, None])), draw(st.sampled_from([latest, None])), span)
        return None if made == Time(None, None, None) else made

    def maybe(value: Any) -> Any:
        return value if draw(st.booleans()) else None

    actors = tuple(
        Actor(next(ids), draw(_NAMES), among(ActorKind), maybe("BLR"), maybe(draw(_NAMES)), maybe("GOV"),
              tuple(draw(st.lists(_NAMES, max_size=2))), among(NamedBy))
        for _ in range(draw(st.integers(0, 3)))
    )  # fmt: skip
    actor_ids = st.sampled_from([a.id for a in actors]) if actors else st.nothing()
    some_actors = st.lists(actor_ids, max_size=2, unique=True).map(tuple) if actors else st.just(())

    def mention() -> Any:
        return maybe(Mention(draw(st.sampled_from(words)), draw(st.none() | actor_ids)))

    def place() -> Any:
        return maybe(Place(draw(st.sampled_from(words)), draw(_NAMES), maybe("UKR"),
                           maybe(draw(st.floats(-90, 90))), maybe(draw(st.floats(-180, 180)))))  # fmt: skip

    def one_statement() -> Statement:
        content = spans(least=1)
        inside = st.sampled_from(content)
        speakers = draw(some_actors)
        conditions = tuple(
            Condition((draw(inside),), (draw(inside),) if draw(st.booleans()) else (), (), among(ConditionKind),
                      draw(st.booleans()), draw(st.booleans()))
            for _ in range(draw(st.integers(0, 2)))
        )  # fmt: skip
        return Statement(
            id=next(ids), source=spans(), cue=spans(), content=content, quotation=among(Quotation), manner=among(Manner),
            speakers=speakers, why_no_speaker=None if speakers else among(WhyNoSpeaker), on_behalf_of=draw(some_actors),
            anonymous=draw(st.booleans()), addressee=mention(), target=mention(), act=among(Act),
            other_acts=tuple(draw(st.lists(st.sampled_from(get_args(Act)), max_size=2))), conditions=conditions,
            said_on=time(), place=place(), answers=None, inside=None, insertions=spans(),
            confidence=draw(st.floats(0, 1)), act_confidence=draw(st.floats(0, 1)),
        )  # fmt: skip

    statements = sorted((one_statement() for _ in range(draw(st.integers(0, 4)))), key=first_offset)
    for n in range(1, len(statements)):
        other = statements[draw(st.integers(0, n - 1))].id
        statements[n] = replace(statements[n], answers=maybe(other), inside=maybe(other))
    commitments = [
        Commitment(next(ids), s.id, among(CommitmentType), mention(), spans(least=1), mention(),
                   draw(st.sampled_from([None, *range(len(s.conditions))])), time(), among(Strength))
        for s in statements if draw(st.booleans())
    ]  # fmt: skip
    events = [
        Event(next(ids), among(EventType), spans(least=1), mention(), mention(), place(), time(), among(Factuality),
              draw(st.booleans()), draw(st.sampled_from([None, *(s.id for s in statements)])), draw(st.floats(0, 1)))
        for _ in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    title = draw(st.none() | st.sampled_from(words))
    dateline = Dateline(draw(st.sampled_from(words)), maybe("Minsk"), maybe(draw(_DAYS)), maybe("ANP"))
    return Findings(
        article=article(
            draw(st.sampled_from(["one", "two", "https://example.org/a/b", "0123456789abcdef"])), text,
            path=maybe("a.txt"), url=maybe("https://example.org"), publisher=maybe(draw(_NAMES)), byline=maybe(draw(_NAMES)),
            title=text[slice(*title)] if title else maybe("No title of the text"), title_span=title, speaker=maybe("X"),
            dateline=maybe(dateline), published=maybe("2023-02-16T10:00:00Z"), read_as_of=time(), language=maybe("en"),
            captions=spans(),
        ),
        actors=actors,
        statements=tuple(statements),
        commitments=tuple(sorted(commitments, key=first_offset)),
        events=tuple(sorted(events, key=first_offset)),
        versions=Versions("1", draw(_NAMES), "2"),
    )  # fmt: skip
