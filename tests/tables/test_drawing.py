"""Groups of sheets: in the order in which tables have them, in memory and after a way through CSV."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.codebook import Codebook, Entry, parse_pattern
from discourse.corpus import Corpus
from discourse.tables import codebook_validity, coding_sheet, frame_frequencies, voice_sheet, voice_validity
from discourse.tokens import tokenize

BOOK = Codebook({"force": Entry("frame", "force", (parse_pattern("war"),))})
PERIODS = pd.Categorical(["late", None, "early", "mid"] * 6, ["early", "mid", "late"], ordered=True)
TEXTS = pd.DataFrame({"text": "A war. Rain fell, he said.", "year": [10, 9, 100, 9] * 6, "side": list("BACA") * 6})
TOKENS = tokenize(Corpus.from_frame(TEXTS.assign(period=PERIODS)))


def of_codebook(by, sheet=None):
    drawn = coding_sheet(TOKENS, BOOK, by=by)
    return codebook_validity(drawn if sheet is None else sheet(drawn), drawn.assign(code="yes"), by=by)


def of_voices(by, sheet=None):
    drawn = voice_sheet(TOKENS, by=by, each=4)
    return voice_validity(drawn if sheet is None else sheet(drawn), drawn.assign(voice="author"), by=by)


@pytest.mark.parametrize("validity", [of_codebook, of_voices])
@pytest.mark.parametrize("by", [["year"], ["period"], ["side", "year"], ["year", "period"]])
def test_groups_stand_as_in_tables(validity, by):
    expected = frame_frequencies(TOKENS, BOOK, by=by)[by].drop_duplicates().to_numpy().tolist()
    assert validity(by)[by].drop_duplicates().to_numpy().tolist() == expected


@pytest.mark.parametrize("validity", [of_codebook, of_voices])
def test_a_sheet_that_was_saved_knows_numbers_and_the_group_without_a_name(validity, tmp_path):
    def saved(sheet):
        sheet.to_csv(tmp_path / "key.csv", index=False)
        return pd.read_csv(tmp_path / "key.csv")

    by = ["year", "period"]
    pd.testing.assert_frame_equal(validity(by, saved), validity(by))
    assert validity("period", saved)["period"].drop_duplicates().tolist() == ["", "early", "late", "mid"]
