"""The simulation of the size of p: its table is what it gives, and documents pass where words fail."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from .simulate import written
from .size import NULL, Setting, cells, drawn_counts, simulated, sizes_of_p
from .verdict import PAGE

TABLE = sizes_of_p()
KEYS = list(Setting._fields)
FIRM = TABLE[TABLE["item"] != "rare"].pivot_table(index=KEYS, columns="p", values="below")
UNLIKE = FIRM.loc[["varied", "unequal", "authors"]]


@pytest.mark.parametrize("setting", [Setting("unequal", "ordinary", 15, 60), Setting("both_sides", "rare", 20, 20)])
def test_a_setting_simulated_again_gives_the_numbers_of_the_table(setting):
    own = TABLE[(TABLE[KEYS] == pd.Series(setting._asdict())).all(axis=1)]
    assert written(simulated(setting)) == written(own)


def test_every_setting_is_in_the_table_once_for_each_p():
    expected = [(*setting, name) for setting in cells() for name in (*NULL["p"], *NULL["later"])]
    assert [tuple(row) for row in TABLE[[*KEYS, "p"]].to_numpy()] == expected


@pytest.mark.parametrize("model", list(NULL["models"]))
def test_both_groups_have_one_rate(model):
    counts = drawn_counts(Setting(model, "common", 2000, 2000), np.random.default_rng(1))
    sums = counts.grouped("side").matrix.toarray().sum(axis=1) / counts.grouped("side").totals / NULL["together"]
    assert sums.tolist() == pytest.approx([NULL["items"]["common"] / 1000] * 2, rel=0.03)


def test_documents_keep_the_level_in_every_model_and_words_in_none_where_documents_are_unlike():
    assert FIRM["p_documents"].between(0.035, 0.075).all()
    assert FIRM.loc["even", "p_value"].between(0.035, 0.075).all()
    assert (UNLIKE["p_value"] > 0.2).all()
    rare = TABLE[(TABLE["item"] == "rare") & (TABLE["p"] == "p_documents")]
    assert (rare["below"] <= 0.075).all()


def test_presence_keeps_the_level_everywhere_and_is_not_given_where_authors_are_on_both_sides():
    own = TABLE[TABLE["p"] == "p_presence"]
    assert (own["below"] <= 0.05).all()
    assert (own["undefined"] == 1).tolist() == (own["model"] == "both_sides").tolist()


def test_the_page_says_what_the_table_says():
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    # Of the numbers as the table shows them: 0.0385 stands there as 0.038.
    own, words = (100 * part.map("{:.3f}".format).astype(float) for part in (FIRM["p_documents"], UNLIKE["p_value"]))
    assert f"`p_documents` is below .05 in {own.min():.1f} % to {own.max():.1f} % of all cases" in text
    z, presence = 100 * UNLIKE["log_odds_z"], 100 * TABLE.loc[TABLE["p"] == "p_presence", "below"].max()
    assert f"finds a difference in {z.min():.1f} % to {z.max():.1f} % of all cases of ordinary and common items" in text
    assert f"below .05 in at most {presence:.1f} % of all cases" in text
    assert f"where there is none in {words.min():.1f} % to {words.max():.1f} % of all cases" in text
