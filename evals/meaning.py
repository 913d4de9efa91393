"""Acts, conditions and commitments on annotated statements: given the right words, is it told rightly what is done with them?

    python -m evals.meaning FOLDER [--split dev|train] [--limit N] [--rules]

FOLDER holds ``acts``, ``diplomacy`` and ``polnear``. The annotated source, cue and content are taken as found, so that the figures do
not depend on finding statements; speakers and actors are resolved from them. An act is right where it is the annotated one. A condition
is found where its antecedent shares half of its words with an annotated one; antecedent and consequent are then compared word by word. A
commitment is right where its action shares half of its words and its agent's actor bears the annotated name; the figure for the action
alone stands beside it. ``--rules`` prints the table ``act_rules.tsv``: how often each rule of acts.py is right, (right + 1) / (cases + 2),
over both sets together.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from evals.attribution import overlap, words
from evals.gold import Row, bare_article, bare_statement, by_article, jsonl, spans
from evals.scores import prf
from evals.speakers import bears
from onrecord import acts, commitments, conditions, speakers
from onrecord.cues import cues
from onrecord.parse import Parse, parse
from onrecord.quotations import find as find_quotations
from onrecord.records import Article, Commitment, Quotation, Spans, Statement

NEAR = 600
"""A literal of the annotation is looked for from so many characters before the content on."""


class Case(NamedTuple):
    """One annotated article: its statements as drafts, and what the annotation says of each."""

    article: Article
    parsed: Parse
    drafts: tuple[Statement, ...]
    gold: tuple[Row, ...]


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="dev", choices=("dev", "train"))
    parser.add_argument("--limit", type=int, help="articles of each set")
    parser.add_argument("--rules", action="store_true", help="print the precision of each act rule")
    options = parser.parse_args(argv)
    everything: list[Case] = []
    for part in ("acts", "diplomacy"):
        cases = list(read_cases(options.folder, part, options.split, options.limit))
        judged = [case._replace(drafts=judge(case)) for case in cases]
        print(f"{part}/{options.split}: {len(cases)} articles, {sum(len(c.gold) for c in cases)} statements")
        everything += judged
        print_acts(judged)
        print_conditions(judged)
        if part == "diplomacy":
            print_commitments(judged, list(jsonl(options.folder / part / f"commitments_{options.split}.jsonl")))
    if options.rules:
        print_rules(everything)


def judge(case: Case) -> tuple[Statement, ...]:
    drafts = acts.judged(case.article, case.parsed, case.drafts)
    return conditions.split(case.article, case.parsed, drafts)


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
    return Case(article, parsed, tuple(draft_of(article, parsed, quoted, row) for row in rows), tuple(rows))


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


def print_acts(cases: list[Case]) -> None:
    pairs = [(g["act"], d.act) for case in cases for g, d in zip(case.gold, case.drafts, strict=True)]
    gold, found = Counter(g for g, _ in pairs), Counter(f for _, f in pairs)
    right = Counter(g for g, f in pairs if g == f)
    majority = gold.most_common(1)[0]
    total = max(len(pairs), 1)
    print(
        f"  act accuracy {right.total() / total:.3f} ({right.total()}/{len(pairs)}); always {majority[0]}: {majority[1] / total:.3f}"
    )
    for act, count in gold.most_common():
        print(f"    {act:9}", told(right[act], found[act], count))


def print_rules(cases: list[Case]) -> None:
    right: dict[str, Counter[bool]] = defaultdict(Counter)
    for case in cases:
        for gold, draft in zip(case.gold, case.drafts, strict=True):
            rule, act = acts.rule_of(case.article, case.parsed, draft)
            right[rule][gold["act"] == act] += 1
    for rule, count in sorted(right.items()):
        print(f"{rule}\t{(count[True] + 1) / (count.total() + 2):.2f}\t{count.total()}")


def print_conditions(cases: list[Case]) -> None:
    count: Counter[str] = Counter()
    for case in cases:
        text = case.article.text
        for gold, draft in zip(case.gold, case.drafts, strict=True):
            left = list(draft.conditions)
            count["found"] += len(left)
            for g in gold["conditions"]:
                count["gold"] += 1
                want = {
                    role: words(text, located(text, g[role], gold["content"][0][0]))
                    for role in ("antecedent", "consequent")
                }
                best = max(left, key=lambda c: overlap(want["antecedent"], words(text, c.antecedent)), default=None)
                if best is None or overlap(want["antecedent"], words(text, best.antecedent)) < 0.5:
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
    print(
        "  conditions",
        told(count["right"], count["found"], count["gold"]),
        f" kind {count['kind'] / max(count['right'], 1):.3f}",
    )
    for role in ("antecedent", "consequent"):
        print(f"    {role} words", told(count[role], count[f"{role} found"], count[f"{role} gold"]))


def print_commitments(cases: list[Case], gold: list[Row]) -> None:
    count: Counter[str] = Counter()
    annotated = by_article(gold)
    for case in cases:
        numbers = {row["number"]: row["content"][0][0] for row in case.gold}
        cast = speakers.resolve(case.article, case.parsed, case.drafts)
        found = commitments.find(case.article, case.parsed, cast.statements, mentions=cast.mentions)
        rows = annotated.get(case.article.id, [])
        wanted = [located(case.article.text, row["action"], numbers[row["statement"]]) for row in rows]
        forms = {actor.id: (actor.name, *actor.aliases) for actor in cast.actors}
        for row, commitment in matched(case.article.text, wanted, found, rows):
            count["action"] += 1
            count["agent"] += is_agent(row["agent"], commitment, forms)
            count["type"] += row["type"] == commitment.type
            count["strength"] += row["strength"] == commitment.strength
            count["conditional"] += bool(row["antecedent"]) == (commitment.condition is not None)
        count.update({"gold": len(rows), "found": len(found)})
    print("  commitments, action and agent", told(count["agent"], count["found"], count["gold"]))
    print("    action alone", told(count["action"], count["found"], count["gold"]))
    print(f"    of those: type {count['type']}, condition or none {count['conditional']}, strength {count['strength']}")


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
        if value >= 0.5 and not used & {("gold", i), ("found", j)}:
            used |= {("gold", i), ("found", j)}
            yield gold[i], found[j]


def is_agent(name: str, commitment: Commitment, forms: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether the agent's actor bears the annotated name, in one of its forms."""
    actor = commitment.agent.actor if commitment.agent else None
    return any(bears(name, form, set()) for form in forms.get(actor or "", ()))


if __name__ == "__main__":
    main()
