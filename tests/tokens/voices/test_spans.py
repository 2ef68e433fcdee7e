"""Whose words they are: rules on made-up sentences, and accuracy on the shipped pages, which were coded by hand."""

from pathlib import Path

import pandas as pd
import pytest

from discourse.study import read_study
from discourse.tokens import voice_spans

ROOT = Path(__file__).parents[3]

# text; then voice, marking, speaker and rule of each passage
CASES = {
    "cue before": (
        "Sergey Lavrov warned that “this is so”.",
        [("quoted", "", "Sergey Lavrov", "cue before")],
    ),
    "office before the name": (
        "Foreign Minister Sergey Lavrov said: “No.”",
        [("quoted", "", "Sergey Lavrov", "cue before")],
    ),
    "last name after full name": (
        "Sergey Lavrov said “one”.\n\nThen Lavrov added “two”.",
        [("quoted", "", "Sergey Lavrov", "cue before"), ("quoted", "", "Sergey Lavrov", "cue before")],
    ),
    "pronoun": (
        "Sergey Lavrov said “one”. He then claimed that “two”.",
        [("quoted", "", "Sergey Lavrov", "cue before"), ("quoted", "", "Sergey Lavrov", "cue before")],
    ),
    "according to": (
        "According to Conor Gallagher, the plan is “a clear return of the past”.",
        [("quoted", "", "Conor Gallagher", "cue before")],
    ),
    "cue in the sentence before a colon": (
        "Then Timofei Bordachev wrote this:\n\n“Russia knows.”",
        [("quoted", "", "Timofei Bordachev", "cue before")],
    ),
    "cue after": ("“It is over,” Sergey Lavrov said.", [("quoted", "", "Sergey Lavrov", "cue after")]),
    "speaker after the cue": ("“It is over,” said Sergey Lavrov.", [("quoted", "", "Sergey Lavrov", "cue after")]),
    "question": ("“Why?” he asked.", [("quoted", "", "", "cue after")]),
    "noun as cue": ("We know Russia’s rhetoric about “protecting people”.", [("quoted", "", "Russia", "cue noun")]),
    "two in a sentence": (
        "Lavrov said “one”, and the rest was “two”.",
        [("quoted", "", "Lavrov", "cue before"), ("quoted", "", "Lavrov", "same sentence")],
    ),
    "broken by he said": (
        "“Containment,” he said, “is no war.”",
        [("quoted", "", "", "cue after"), ("quoted", "", "", "same sentence")],
    ),
    "broken by said and a name": (
        "“Containment,” said Ole Brandt, “is no war.”",
        [("quoted", "", "Ole Brandt", "cue after"), ("quoted", "", "Ole Brandt", "same sentence")],
    ),
    "two speakers in a sentence": (
        "“Yes,” said Ada Lind, and Ole Brandt warned that “no one knows”.",
        [("quoted", "", "Ada Lind", "cue after"), ("quoted", "", "Ole Brandt", "cue before")],
    ),
    "carried on": (
        "Lavrov listed what he said was “one”. These include “a readiness to go”.",
        [("quoted", "", "Lavrov", "cue before"), ("quoted", "", "Lavrov", "quotation carried on")],
    ),
    "echo": (
        "Lavrov said “we hedge our positions”.\n\nAnyone can “hedge our positions” now.",
        [("quoted", "", "Lavrov", "cue before"), ("marked", "echo", "Lavrov", "earlier quotation taken up")],
    ),
    "part of a word is no echo": (
        "Lavrov said “the party is over”.\n\nIt is only “part” of it.",
        [("quoted", "", "Lavrov", "cue before"), ("marked", "scare", "", "no source")],
    ),
    "so-called": ("The so-called “three brothers” met.", [("marked", "term", "", "what it is called")]),
    "supposed": ('A supposed "stabilizer" came.', [("marked", "scare", "", "no source")]),
    "name": ("The “Organization of Turkic States” met.", [("author", "name", "", "capitalised name")]),
    "title": ("An article on “The Return of the Past” is out.", [("author", "title", "", "title of a work")]),
    "title before its kind": ("It is in the ‘Top 100 Companies’ list.", [("author", "title", "", "title of a work")]),
    "states are no speech": (
        "The five post-Soviet states became a “bridge”, and the state a “gate”.",
        [("marked", "scare", "", "no source")] * 2,
    ),
    "states that speak": ("Robert Cutler states that “it is so”.", [("quoted", "", "Robert Cutler", "cue before")]),
    "who states": ("“It is so,” Robert Cutler states.", [("quoted", "", "Robert Cutler", "cue after")]),
    "a new clause that speaks of something else": (
        "They built a “bridge”, and Lavrov said so.",
        [("marked", "scare", "", "no source")],
    ),
    "a demand is no speech": ("The demand for “green” goods grew.", [("marked", "scare", "", "no source")]),
    "to answer is speech": ("Robert Cutler tried to answer it: “So.”", [("quoted", "", "Robert Cutler", "cue before")]),
    "a cue too far away": (
        f"He said so, and {'then ' * 20}came the “bridge”.",
        [("marked", "scare", "", "no source")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "judged"), CASES.values(), ids=CASES)
def test_passages_are_judged_by_cue_and_source(text, judged):
    found = voice_spans(text)
    assert list(found[["voice", "marking", "speaker", "rule"]].itertuples(index=False, name=None)) == judged


def test_a_text_without_marks_has_no_rows_but_all_columns():
    for text in ("", "Nothing here.", " \n"):
        assert voice_spans(text).shape == (0, 9)


def accuracy():
    """Recall and precision of the spans, and the share of right answers among the spans that were found."""
    gold = pd.read_csv(ROOT / "tests/gold/voices.csv", keep_default_na=False)
    gold = gold[gold["mark"] != "none"]
    found = read_study(ROOT / "seeds").tokens.voice_spans
    both = gold.merge(found, on=["doc_id", "start", "end"], suffixes=("_gold", ""))
    shares = {"recall": len(both) / len(gold), "precision": len(both) / len(found)}
    return shares | {
        column: float((both[column] == both[f"{column}_gold"]).mean()) for column in ("voice", "marking", "speaker")
    }


# What was measured: 45 of 46 passages found and none too many; of the 45, 38 voices, 35 markings, 43 speakers right.
FLOOR = {"recall": 45 / 46, "precision": 45 / 45, "voice": 38 / 45, "marking": 35 / 45, "speaker": 43 / 45}


def test_accuracy_on_the_shipped_pages_is_not_below_what_was_measured(record_property):
    for name, share in accuracy().items():
        record_property(name, share)
        assert share >= FLOOR[name], name


def test_the_stated_accuracy_is_the_measured_one():
    stated = (ROOT / "docs/voice.md").read_text("utf-8")
    for name, share in accuracy().items():
        assert share == pytest.approx(FLOOR[name])
        assert f"{share:.3f}" in stated
