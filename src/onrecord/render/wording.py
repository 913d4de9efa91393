"""How facts are put into words, the same in every view: a speaker or the reason for none, a condition, a range of days."""

from __future__ import annotations

from onrecord.ledger.rows import ArticleRow, Citation, ConditionRow, SaidRow, Witness
from onrecord.records import Article, Condition

NOT_STATED = "not stated"

_WHY_NO_SPEAKER = {
    "no_source": "no source named",
    "ambiguous": "who is meant is ambiguous",
    "unresolved": "who is meant was not found out",
}
_QUOTATION = {
    "direct": "in quotation marks",
    "mixed": "partly in quotation marks",
    "indirect": "in the reporter's words",
}


def condition_label(condition: Condition | ConditionRow) -> str:
    """Return how a condition is introduced: "if", "only if", "unless", "even if", "if (contrary to fact)"."""
    label = condition.kind.replace("_", " ")
    if condition.concessive:
        label = f"even {label}"
    return f"{label} (contrary to fact)" if condition.counterfactual else label


def condition_words(condition: ConditionRow) -> str:
    """Return a condition on one line: "only if: a soldier crosses the border"."""
    return f"{condition_label(condition)}: {condition.antecedent}"


def speaker(row: SaidRow) -> str:
    """Return who is on record: the names, else the source's own words and why no name was found."""
    if row.speakers:
        return ", ".join(row.speakers)
    why = _WHY_NO_SPEAKER.get(row.why_no_speaker or "", row.why_no_speaker or "unresolved")
    return f"“{row.source}” ({why})" if row.source else why.capitalize()


def quotation(row: SaidRow) -> str:
    """Return what a quotation type says about the wording; what is told inside a statement is told in that one's words."""
    if row.inside and row.quotation == "indirect":
        return "in the words of the statement around it"
    return _QUOTATION.get(row.quotation, row.quotation)


def ascribed(manner: str) -> str | None:
    """Return the mark of what the reporter ascribes rather than reports as uttered, None where it was said or written."""
    return f"ascribed: {manner}" if manner in {"thought", "stance"} else None


def period(earliest: str | None, latest: str | None) -> str | None:
    """Return a range of days as a person writes it, None where none is stated."""
    if earliest == latest:
        return earliest
    if earliest is None:
        return f"{latest} or earlier"
    return f"{earliest} or later" if latest is None else f"{earliest} to {latest}"


def day(moment: str | None) -> str | None:
    """Return the day of an ISO 8601 moment, as stated: no time zone is applied."""
    return moment[:10] if moment else None


def deadline(words: str | None, earliest: str | None, latest: str | None) -> str | None:
    """Return by when: "within ten days (2024-03-21 to 2024-03-31)", None where it is not stated."""
    days = period(earliest, latest)
    return f"{words} ({days})" if words and days else words or days


def printed(row: SaidRow | Witness | ArticleRow | Citation) -> str:
    """Return when a page was printed; where it does not say, "as of" the day from which its dates count, else "undated"."""
    return _printed(row.published, period(row.read_as_of_from, row.read_as_of_to))


def outlet(row: SaidRow | Witness | ArticleRow, *, title: str | None = None) -> str:
    """Return where and when something was printed: "The Post, 2024-03-02"; where no outlet is stated, the title stands for it."""
    marked = title if title and title[0] in "“\"‘'«" else f"“{title}”"
    name = row.publisher or (marked if title else "outlet not stated")
    return f"{name}, {printed(row)}"


def stated(article: Article) -> list[str]:
    """Return what an article states of itself, and the day from which its relative dates count where that is another."""
    as_of = period(article.read_as_of.earliest, article.read_as_of.latest) if article.read_as_of else None
    published = day(article.published)
    counted_from = f"dates counted from {as_of}" if published and as_of and as_of != published else None
    return [fact for fact in (article.publisher, _printed(published, as_of), article.byline, counted_from) if fact]


def _printed(published: str | None, as_of: str | None) -> str:
    return day(published) or (f"as of {as_of}" if as_of else "undated")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 article", "1,204 articles"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
