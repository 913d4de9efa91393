"""The manner of an attribution by its cue, without the language model.

A row is (words, cue, content, manner, why); a word bears its tag, and its relation and head where they matter.
"""

from __future__ import annotations

import pytest
from handmade import parsed, spans

from onrecord import cues
from onrecord.attribution import Attribution
from onrecord.tables import table


@pytest.mark.parametrize(
    ("tagged", "cue", "content", "expected", "why"),
    [
        ("Tarn/NNP warn/VBP it/PRP breaks/VBZ", "warn", "it breaks", "said", "a cue verb"),
        ("Tarn/NNP show/NN it/PRP breaks/VBZ", "show", "it breaks", "written", "a cue verb that the parser takes for a noun"),
        ("Tarn/NNP has/VBZ doubt/NN about/IN it/PRP", "has doubt", "about it", "thought", "a noun spelled like a cue verb"),
        ("Tarn/NNP gave/VBD a/DT pledge/NN to/TO go/VB", "gave a pledge", "to go", "said", "a noun of saying"),
        ("Tarn/NNP is/VBZ confident/JJ of/IN it/PRP", "is confident", "of it", "thought", "an adjective of belief"),
        ("Tarn/NNP made/VBD clear/JJ he/PRP stays/VBZ", "made clear", "he stays", "said", "a phrase of saying"),
        ("Tarn/NNP made/VBD no/DT mention/NN of/IN it/PRP", "made no mention", "of it", "stance", "nothing was said"),
        ("Tarn/NNP passed/VBD the/DT bill/NN", "passed", "the bill", "stance", "an act for something"),
        ("A/DT title/NN “/`` The/DT town/NN is/VBZ on/IN fire/NN ”/''", "title", "The town is on fire", "written", "a title"),
        ("They/PRP went/VBD “/`` We/PRP hold/VBP until/IN very/RB late/RB ”/''", "went", "“ We hold until very late ”", "said",
         "so many quoted words are said, whatever the cue"),
        ("They/PRP praise/NN “/`` order/NN ”/'' here/RB", "here", "“ order ”", "stance", "scare quotes are not said"),
        ("Tarn/NNP hope/VBP to/TO convince/VB them/PRP", "hope to convince", "them", "thought", "the verb that leads tells the manner"),
        ("Tarn/NNP decline/VBP to/TO say/VB why/WRB", "decline to say", "why", "said", "a refusal"),
        ("it/PRP holds/VBZ May/MD/aux/said said/VBD/ccomp/holds", "said", "it holds", "said", "May is a name here"),
    ],
)  # fmt: skip
def test_manner(tagged: str, cue: str, content: str, expected: str, why: str) -> None:
    tokens = [token if token.count("/") == 3 else f"{token}/dep/0@0" for token in tagged.split()]
    text = " ".join(token.split("/")[0] for token in tagged.split())
    one = Attribution((), spans(text, cue), spans(text, content), 0.9)
    (draft,) = cues.completed(parsed(text, tokens), [one])
    assert draft.manner == expected, why


def test_a_cue_word_has_one_manner() -> None:
    words = [word for row in table("cue_words") for word in row["words"].split()]
    assert len(words) == len(set(words))
