"""Documents in which no rule can begin, against asking the rules."""

import re

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from discourse.tokens import voice_spans
from discourse.tokens.voices.cues import HEADING
from discourse.tokens.voices.silence import may_speak

from .gold import documents

PIECES = ["Lind ", "said", "It is open", " ", ". ", "\n", "“", "”", "'", "''", "``", "’", "‘", '"', "«", "‚", "‹", "é"]
PIECES += ["according to her", " Noting that it is so, he left", ", told us so", "(", "n't"]


def speaks(*texts):
    return may_speak(pa.array(texts, pa.large_string())).tolist()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
@example("")
def test_what_is_silent_has_no_passage(text):
    assert speaks(text) == [True] or voice_spans(text).empty


@pytest.mark.parametrize("head", [*HEADING, "According to Lind", "according to Lind"])
def test_a_participle_may_begin_a_document_or_stand_behind_a_mark_and_nowhere_else(head):
    assert speaks(f"{head} so.", f"It is.\n{head} so.", f"It ({head} so).") == [True] * 3
    assert speaks("It is.", "Lindsaid so.", "It isn’t the writers' own.") == [False] * 3


def test_sentences_of_the_gold_that_are_silent_have_no_passage():
    texts = [part for _, text, _ in documents() for part in re.split(r"(?<=[.!?])\s+", text)]
    silent = [text for text, sign in zip(texts, speaks(*texts), strict=True) if not sign]
    assert len(silent) > 100
    assert [text for text in silent if not voice_spans(text).empty] == []


@pytest.mark.parametrize("marks", ["“”", "„“", "«»", "»«", '""', "‚‘", "‹›", "‘’", "''", ("``", "''"), ("''", "''")])
def test_marks_of_every_kind_are_signs(marks):
    text = f"A {marks[0]}new{marks[1]} day."
    assert not voice_spans(text).empty
    assert speaks(text, f"{marks[0]}New{marks[1]} days.") == [True, True]
