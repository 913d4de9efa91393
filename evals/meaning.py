"""Acts, conditions and commitments on annotated statements: given the right words, is it told rightly what is done with them?

    python -m evals.meaning FOLDER [--split dev|train] [--limit N]

FOLDER holds ``acts``, ``diplomacy`` and ``polnear``. The annotated source, cue and content are taken as found, so that the figures do
not depend on finding statements; speakers and actors are resolved from them. An act is right where it is the annotated one. A condition
is found where its antecedent shares half of its words with an annotated one; antecedent and consequent are then compared word by word. A
commitment is right where its action shares half of its words; of those, how often the agent's actor bears the annotated name.

Beside each figure stands a baseline on the same statements: of acts the commonest and the plain rules of ``acts.rule_of``, of conditions
one regular expression, of commitments "will", "would" or "to" with what follows.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from evals.attribution import overlap, words
from evals.calibration import Judged, bins, expected_error
from evals.gold import Row, bare_article, bare_statement, by_article, jsonl, spans
from evals.scores import prf
from evals.speakers import bears
from onrecord import acts, commitments, conditions, speakers
from onrecord.cues import cues
from onrecord.parse import Parse, parse
from onrecord.quotations import find as find_quotations
from onrecord.reading import Reading, read
from onrecord.records import Article, Commitment, Condition, Quotation, Spans, Statement
from onrecord.spans import minus

FREQUENT = 10
"""An act counts in the macro average from so many cases on."""

HALF = 0.5
"""The share of words that a span found has to have in common with the annotated one."""

_SENTENCE = re.compile(r"[^.!?;]+")
_CONDITION = re.compile(
    r"\b(?P<connector>only if|even if|if|unless|until|as long as|provided(?: that)?|should)\s+(?P<antecedent>[^,.;:“”\"]+)",
    re.IGNORECASE,
)
_WILL = re.compile(r"\b(?:will|shall|would|’ll|'ll|going to|to)\s+(?P<action>[^,.;:“”\"]+)")
"""The baselines' expressions."""

NEAR = 600
"""A literal of the annotation is looked for from so many characters before the content on."""


class Case(NamedTuple):
    """One annotated article: its statements as drafts, and what the annotation says of each."""

    article: Article
    parsed: Parse
    reading: Reading
    drafts: tuple[Statement, ...]
    gold: tuple[Row, ...]


def main(argv: Sequence[str] | None = None) -> dict[str, float]:
    """Print all figures and return those that have floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="dev", choices=("dev", "train"))
    parser.add_argument("--limit", type=int, help="articles of each set")
    options = parser.parse_args(argv)
    pooled: list[Case] = []
    figures: dict[str, float] = {}
    for part in ("acts", "diplomacy"):
        cases = list(read_cases(options.folder, part, options.split, options.limit))
        judged = [case._replace(drafts=judge(case)) for case in cases]
        print(f"{part}/{options.split}: {len(cases)} articles, {sum(len(c.gold) for c in cases)} statements")
        pooled += judged
        figures[f"{part}/{options.split} acts"] = print_acts(judged)
        print_conditions(judged)
        if part == "diplomacy":
            gold = list(jsonl(options.folder / part / f"commitments_{options.split}.jsonl"))
            figures[f"{part}/{options.split} commitments"] = print_commitments(judged, gold)
    print(f"pooled, {sum(len(c.gold) for c in pooled)} statements")
    figures[f"{options.split} conditions"] = print_conditions(pooled)
    return figures


def judge(case: Case) -> tuple[Statement, ...]:
    drafts = acts.judged(case.article, case.parsed, case.reading, case.drafts)
    return conditions.split(case.article, case.reading, drafts)


# --- reading


def read_cases(folder: Path, part: str, split: str, limit: int | None) -> Iterator[Case]:
    numbered = ({**row, "number": n} for n, row in enumerate(jsonl(folder / part / f"{split}.jsonl")))
    annotated = by_article(numbered)
    sources = (
        [folder / "diplomacy" / f"{split}_articles.jsonl"]
        if part == "diplomacy"
        else [folder / "polnear" / f"{s}.jsonl" for s in ("train", "dev")]
    )
    articles = (row for path in sources for row in jsonl(path) if row["id"] in annotated)
    for row in islice(articles, limit):
        yield build(bare_article(row["id"], row["text"]), annotated[row["id"]])


def build(article: Article, rows: list[Row]) -> Case:
    parsed = parse(article.text)
    quoted = [(q.start, q.end) for q in find_quotations(article.text)]
    return Case(
        article,
        parsed,
        read(article.text, parsed),
        tuple(draft_of(article, parsed, quoted, row) for row in rows),
        tuple(rows),
    )


def draft_of(article: Article, parsed: Parse, quoted: Sequence[tuple[int, int]], row: Row) -> Statement:
    inside, marked = words(article.text, row["content"]), words(article.text, quoted)
    quotation: Quotation = "direct" if inside <= marked else "mixed" if inside & marked else "indirect"
    known = [cues()[t.lemma.lower()].manner for t in parsed.inside(spans(row["cue"])) if t.lemma.lower() in cues()]
    return bare_statement(article, row, quotation, known[0] if known else "said")


def located(text: str, literal: str | list[list[int]], start: int) -> Spans:
    """Return where a literal of the annotation stands, white space folded; spans are returned as they are."""
    if not isinstance(literal, str):
        return spans(literal)
    pattern = r"\s+".join(map(re.escape, literal.split()))
    found = re.compile(pattern).search(text, max(0, start - NEAR)) if literal else None
    return (found.span(),) if found else ()


# --- figures


def told(right: int, found: int, annotated: int) -> str:
    p, r, f = prf(right, found, annotated)
    return f"P {p:.3f} ({right}/{found})  R {r:.3f} ({right}/{annotated})  F1 {f:.3f}"


def print_acts(cases: list[Case]) -> float:
    pairs = [(g["act"], d.act) for case in cases for g, d in zip(case.gold, case.drafts, strict=True)]
    rules = [
        g["act"] == acts.rule_of(case.article, case.parsed, d)[1]
        for case in cases
        for g, d in zip(case.gold, case.drafts, strict=True)
    ]
    gold, found = Counter(g for g, _ in pairs), Counter(f for _, f in pairs)
    right = Counter(g for g, f in pairs if g == f)
    (commonest, count), total = gold.most_common(1)[0], max(len(pairs), 1)
    macro = [prf(right[act], found[act], of).f1 for act, of in gold.items() if of >= FREQUENT]
    print(
        f"  act accuracy {right.total() / total:.3f} ({right.total()}/{len(pairs)}), macro-F1 {sum(macro) / max(len(macro), 1):.3f} over "
        f"{len(macro)} acts of {FREQUENT} cases; rules {sum(rules) / total:.3f}, always {commonest} {count / total:.3f}"
    )
    told_sure = [
        Judged(d.act_confidence, g["act"] == d.act)
        for case in cases
        for g, d in zip(case.gold, case.drafts, strict=True)
    ]
    print(f"    expected calibration error of act_confidence {expected_error(bins(told_sure)):.3f}")
    for stratum, judged in sorted(by_stratum(cases).items()):
        print(f"    {stratum}: {sum(judged) / len(judged):.3f} ({sum(judged)}/{len(judged)})")
    for act, of in gold.most_common():
        print(f"    {act:9}", told(right[act], found[act], of))
    return right.total() / total


def by_stratum(cases: list[Case]) -> dict[str, list[bool]]:
    """Return by stratum of the sample whether each act is right."""
    found: dict[str, list[bool]] = defaultdict(list)
    for case in cases:
        for gold, draft in zip(case.gold, case.drafts, strict=True):
            if "stratum" in gold:
                found[gold["stratum"]].append(gold["act"] == draft.act)
    return found


def print_conditions(cases: list[Case]) -> float:
    count, plain = count_conditions(cases), count_conditions(plain_conditions(cases))
    print(
        "  conditions",
        told(count["right"], count["found"], count["gold"]),
        f" kind {count['kind'] / max(count['right'], 1):.3f}; one expression: {told(plain['right'], plain['found'], plain['gold'])}",
    )
    for role in ("antecedent", "consequent"):
        by_plain = prf(plain[role], plain[f"{role} found"], plain[f"{role} gold"]).f1
        print(
            f"    {role} words",
            told(count[role], count[f"{role} found"], count[f"{role} gold"]),
            f"; expression {by_plain:.3f}",
        )
    print(
        f"    of {count['without']} statements without one, {count['false']} are given one; by the expression {plain['false']}"
    )
    return prf(count["right"], count["found"], count["gold"]).f1


def count_conditions(cases: Iterable[Case]) -> Counter[str]:
    count: Counter[str] = Counter()
    for case in cases:
        text = case.article.text
        for gold, draft in zip(case.gold, case.drafts, strict=True):
            left = list(draft.conditions)
            count.update(
                {"found": len(left), "without": not gold["conditions"], "false": bool(left and not gold["conditions"])}
            )
            for g in gold["conditions"]:
                count["gold"] += 1
                want = {
                    role: words(text, located(text, g[role], gold["content"][0][0]))
                    for role in ("antecedent", "consequent")
                }
                best = max(left, key=lambda c: overlap(want["antecedent"], words(text, c.antecedent)), default=None)
                if best is None or overlap(want["antecedent"], words(text, best.antecedent)) < HALF:
                    continue
                left.remove(best)
                count["right"] += 1
                count["kind"] += best.kind == g["kind"]
                for role, have in (
                    ("antecedent", words(text, best.antecedent)),
                    ("consequent", words(text, best.consequent)),
                ):
                    count[role] += len(want[role] & have)
                    count[f"{role} found"] += len(have)
                    count[f"{role} gold"] += len(want[role])
    return count


def plain_conditions(cases: Iterable[Case]) -> Iterator[Case]:
    """Yield the cases with the conditions of the baseline: a connector, what follows up to a mark, and the rest of the sentence."""
    for case in cases:
        drafts = []
        for draft in case.drafts:
            told = []
            for start, end in draft.content:
                for sentence in _SENTENCE.finditer(case.article.text, start, end):
                    if one := _CONDITION.search(case.article.text, *sentence.span()):
                        rest = minus([sentence.span()], [one.span()])
                        told.append(
                            Condition((one.span("antecedent"),), rest, (one.span("connector"),), "if", False, False)
                        )
            drafts.append(replace(draft, conditions=tuple(told)))
        yield case._replace(drafts=tuple(drafts))


def print_commitments(cases: list[Case], gold: list[Row]) -> float:
    count: Counter[str] = Counter()
    annotated = by_article(gold)
    for case in cases:
        numbers = {row["number"]: row["content"][0][0] for row in case.gold}
        sought = commitments.seek(case.article, case.parsed, case.reading, case.drafts)
        named = commitments.parties(case.parsed, case.reading, sought)
        cast = speakers.resolve(case.article, case.parsed, case.drafts, agents=named)
        found = commitments.find(case.article, case.parsed, case.reading, sought, cast)
        rows = annotated.get(case.article.id, [])
        wanted = [located(case.article.text, row["action"], numbers[row["statement"]]) for row in rows]
        forms = {actor.id: (actor.name, *actor.aliases) for actor in cast.actors}
        for row, commitment in matched(case.article.text, wanted, found, rows):
            count["action"] += 1
            count["agent"] += is_agent(row["agent"], commitment, forms)
            count["type"] += row["type"] == commitment.type
            count["strength"] += row["strength"] == commitment.strength
            count["conditional"] += bool(row["antecedent"]) == (commitment.condition is not None)
        plain = [
            m.span("action") for d in case.drafts for s in d.content for m in _WILL.finditer(case.article.text, *s)
        ]
        count.update({"gold": len(rows), "found": len(found), "plain found": len(plain)})
        count["plain"] += sum(
            any(overlap(words(case.article.text, spans), words(case.article.text, [one])) >= HALF for one in plain)
            for spans in wanted
        )
    print(
        "  commitments", told(count["action"], count["found"], count["gold"]),
        f"; \"will\" and what follows: {told(count['plain'], count['plain found'], count['gold'])}",
    )  # fmt: skip
    print(
        f"    of the {count['action']} right: agent {count['agent']}, type {count['type']}, condition or none {count['conditional']}, "
        f"strength {count['strength']}; agent right as well: {told(count['agent'], count['found'], count['gold'])}"
    )
    return prf(count["action"], count["found"], count["gold"]).f1


def matched(
    text: str, wanted: Sequence[Spans], found: Sequence[Commitment], gold: Sequence[Row]
) -> Iterator[tuple[Row, Commitment]]:
    """Yield annotated and found commitments of one article, one to one, the best overlap of actions first."""
    gold_words = [words(text, spans) for spans in wanted]
    pairs = sorted(
        ((overlap(w, words(text, f.action)), i, j) for i, w in enumerate(gold_words) for j, f in enumerate(found)),
        reverse=True,
    )
    used: set[tuple[str, int]] = set()
    for value, i, j in pairs:
        if value >= HALF and not used & {("gold", i), ("found", j)}:
            used |= {("gold", i), ("found", j)}
            yield gold[i], found[j]


def is_agent(name: str, commitment: Commitment, forms: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether the agent's actor bears the annotated name, in one of its forms."""
    actor = commitment.agent.actor if commitment.agent else None
    return any(bears(name, form, set()) for form in forms.get(actor or "", ()))


if __name__ == "__main__":
    main()
