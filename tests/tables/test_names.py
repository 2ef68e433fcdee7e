"""Names: shares of one referent's mentions."""

from __future__ import annotations

import pandas as pd
import pytest
from counts.samples import BOOK, BYS, STUDY

from discourse import measures
from discourse.tables import name_shares


@pytest.mark.parametrize("by", BYS, ids=str)
def test_shares_of_a_referent_follow_from_the_row_and_sum_to_one(by):
    table = name_shares(STUDY, BOOK, by=by)
    groups = [by] if isinstance(by, str) else list(by or [])
    sums = table.groupby([*groups, "referent"]).agg(
        count=("count", "sum"), total=("total", "first"), share=("share", "sum")
    )
    assert (sums["count"] == sums["total"]).all()
    assert (sums["share"][sums["total"] > 0] - 1).abs().max() < 1e-12
    filled = table["total"] > 0
    pd.testing.assert_series_equal(table["share"][filled], (table["count"] / table["total"])[filled], check_names=False)


def test_a_group_that_never_names_the_referent_has_no_share():
    table = name_shares(STUDY, BOOK, by="outlet").set_index(["outlet", "referent"])
    assert table.loc[("A", "Türkiye"), "share"].isna().all()
    assert table.loc[("A", "Türkiye"), "count"].tolist() == [0, 0]


def test_limits_of_a_share_are_wilsons():
    table = name_shares(STUDY, BOOK)
    low, high = measures.wilson(table["count"], table["total"])
    pd.testing.assert_series_equal(table["low"], pd.Series(low), check_names=False)
    pd.testing.assert_series_equal(table["high"], pd.Series(high), check_names=False)
    assert set(table["interval"]) == {"Wilson counting interval, 95 %"}


def test_names_stand_by_group_referent_count_and_alphabet():
    table = name_shares(STUDY, BOOK, by="outlet")
    wanted = table.sort_values(["outlet", "referent", "count", "name"], ascending=[True, True, False, True])
    assert wanted.index.tolist() == table.index.tolist()
    assert name_shares(STUDY, BOOK)[["referent", "name", "count"]].to_numpy().tolist() == [
        ["Türkiye", "Turkey", 2],
        ["Türkiye", "Türkiye", 1],
        ["the war", "war", 9],
        ["the war", "special operation", 1],
    ]
