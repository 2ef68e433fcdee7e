"""What a comparison can carry: said before anything is counted, and in plain words."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from discourse.counts import Counts
from discourse.study import read_study
from discourse.tables import comparison_design, findings, permutation_test

SHIPPED = read_study(Path(__file__).parent.parent.parent / "seeds")


def counts_of(**about: list[str]) -> Counts:
    return Counts.from_matrix([[1]] * len(next(iter(about.values()))), ["war"], pd.DataFrame(about))


def test_the_shipped_study_reaches_one_in_35_over_documents_and_one_in_5_over_authors():
    table = comparison_design(SHIPPED.tokens, by="outlet")
    assert table[["outlet", "reference"]].to_numpy().tolist() == [
        ["Azernews", "all others"],
        ["CACI Analyst", "all others"],
        ["Korybko", "all others"],
        ["Azernews", "CACI Analyst"],
        ["Azernews", "Korybko"],
        ["CACI Analyst", "Korybko"],
    ]
    row = table.iloc[5]
    assert (row["documents_target"], row["documents_reference"]) == (4, 3)
    assert (row["authors_target"], row["authors_reference"]) == (4, 1)
    assert (row["smallest_p_documents"], row["smallest_p_authors"]) == (1 / 35, 1 / 5)
    assert table["flags"].str.contains("descriptive").tolist() == [True, True, True, True, True, True]
    assert not table["intervals"].any()
    assert findings(table)[5] == (
        "CACI Analyst against Korybko: 4 documents by 4 authors against 3 documents by 1 author. Dealt out in all "
        "ways, p can reach 1/35 over documents and 1/5 over authors, one-sided and two-sided. The comparison "
        "describes these texts and tests nothing; with fewer than 15 authors on a side, limits are counting limits."
    )


@pytest.mark.parametrize(("alternative", "end"), [("greater", ""), ("two-sided", "_two_sided")])
@pytest.mark.parametrize("unit", ["document", "author"])
def test_it_is_what_the_test_reaches(unit, alternative, end):
    about = {"side": list("AAABBB"), "author": list("xxypqq")}
    row = comparison_design(counts_of(**about), by="side").iloc[0]
    tested = permutation_test(counts_of(**about), by="side", target="A", unit=unit, alternative=alternative).iloc[0]
    assert (row[f"smallest_p_{unit}s{end}"], alternative) == (tested["smallest_p"], tested["alternative"])
    assert (row[f"{unit}s_target"], row[f"{unit}s_reference"]) == (tested["units_target"], tested["units_reference"])


def test_who_writes_on_both_sides_is_an_author_of_both():
    table = comparison_design(counts_of(side=list("AAABB"), author=list("xyzxx")), by="side")
    assert (table["authors_target"][0], table["authors_reference"][0]) == (3, 1)
    assert findings(table)[0].startswith("A against B: 3 documents by 3 authors against 2 documents by 1 author.")


def test_groups_of_many_documents_can_be_tested_and_have_limits():
    table = comparison_design(counts_of(side=["A"] * 15 + ["B"] * 15), by="side")
    assert table.columns.tolist() == [
        "side", "reference", "documents_target", "documents_reference", "smallest_p_documents",
        "smallest_p_documents_two_sided", "unit", "intervals", "flags",
    ]
    assert table["intervals"].tolist() == [True]
    assert table["flags"].tolist() == [""]
    assert findings(table) == [
        "A against B: 15 documents against 15 documents. Dealt out in all ways, or 9,999 times at random where there "
        "are too many, p can reach 1/10,000 over documents, one-sided and two-sided. It can be tested."
    ]


def test_groups_that_can_be_tested_on_one_side_only_are_said_to():
    table = comparison_design(counts_of(side=list("AAABBB")), by="side")
    assert table["flags"].tolist() == ["few_documents"]
    assert findings(table)[0].startswith(
        "A against B: 3 documents against 3 documents. Dealt out in all ways, p can reach 1/20 over documents, "
        'one-sided, or 1/10 over documents, two-sided. It can be tested one-sided only (alternative="greater" or'
    )
    assert permutation_test(counts_of(side=list("AAABBB")), by="side")["p_value"].isna().all()


def test_a_comparison_of_one_document_with_one_can_reach_nothing():
    table = comparison_design(counts_of(side=list("AB")), by="side")
    assert "p can reach 1/2 over documents, one-sided, or 1 over documents, two-sided." in findings(table)[0]


def test_the_unit_is_the_one_that_the_test_deals_out():
    about = {"side": list("AAABBB"), "author": list("xxypqq")}
    for column, unit in (("side", "author"), ("author", "document")):
        table = comparison_design(counts_of(**about), by=column)
        assert set(table["unit"]) == {unit} == set(permutation_test(counts_of(**about), by=column)["unit"])


def test_an_author_on_both_sides_cannot_be_dealt_out():
    table = comparison_design(counts_of(side=list("AABB"), author=list("xyxz")), by="side")
    row = table.iloc[0]
    assert "two-sided. An author is on both sides, so authors cannot be dealt out" in findings(table)[0]
    assert pd.isna(row["smallest_p_authors"])
    assert "descriptive" in row["flags"].split()


def test_one_group_is_compared_with_none():
    table = comparison_design(counts_of(side=["A", "A"]), by="side")
    assert len(table) == 0
    assert "smallest_p_documents" in table
    assert findings(table) == []
