"""Groups: cells added up, and the documents that stand behind them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse._threads import WORTH
from discourse.counts import Counts, cells_at, groups, term_counts
from discourse.counts.groups import sort_large

from .samples import BYS, STUDY


@pytest.mark.parametrize("room", [0, groups.ROOM, 1 << 20])  # none, some, or all of them in a table of all pairs
@pytest.mark.parametrize("by", [by for by in BYS if by])
def test_groups_are_what_pandas_makes_of_the_cells(by, room, monkeypatch):
    monkeypatch.setattr(groups, "ROOM", room)
    counts = term_counts(STUDY, by=by)
    grouped = counts.grouped()
    names = [by] if isinstance(by, str) else by
    about = counts.cells.join(STUDY.corpus.documents, on="doc_id")[["doc_id", *names]].copy()
    about.columns = ["own_document", *names]
    keys = about[names].astype(object).map(lambda v: "" if pd.isna(v) else str(int(v)) if not isinstance(v, str) else v)
    dense = pd.DataFrame(counts.matrix.toarray(), columns=counts.items).assign(own=about["own_document"])
    for row, key in enumerate(grouped.keys.itertuples(index=False)):
        rows = dense[(keys == list(key)).all(axis=1)]
        per_document = rows.groupby("own").sum()
        assert grouped.matrix[[row]].toarray()[0].tolist() == per_document.sum().tolist()
        assert grouped.documents[[row]].toarray()[0].tolist() == (per_document > 0).sum().tolist()
        assert grouped.top_document[[row]].toarray()[0].tolist() == per_document.max().tolist()
        assert grouped.totals[row] == counts.totals[rows.index].sum()


def test_pairs_with_hits_are_the_same_looked_for_or_by_their_places():
    grouped = term_counts(STUDY, by=["outlet"]).grouped()
    place = np.arange(grouped.matrix.nnz)[::-2]
    pairs = [part[place] for part in grouped.matrix.nonzero()]
    pd.testing.assert_frame_equal(grouped.at(*pairs, place), grouped.at(*pairs))


def test_a_document_with_words_in_two_cells_of_a_group_is_one_document():
    grouped = term_counts(STUDY, by=["outlet", "voice"]).grouped("outlet")
    assert dict(zip(grouped.keys["outlet"], grouped.n_documents, strict=True)) == {"": 1, "A": 2, "B": 1}


def test_groups_of_a_numeric_column_stand_in_the_order_of_numbers_and_the_missing_one_first():
    assert term_counts(STUDY, by="year").grouped().keys["year"].tolist() == ["", "9", "10"]
    assert term_counts(STUDY, by="sentence").grouped().keys["sentence"].tolist() == ["0", "1", "2", "3"]


def test_ordered_categories_stand_in_their_order_in_counts_too():
    tiers = pd.Categorical(["low", "high", None], ["low", "mid", "high"], ordered=True)
    counts = Counts.from_matrix([[1], [2], [4]], ["war"], pd.DataFrame({"tier": tiers}))
    assert counts.grouped("tier").keys["tier"].tolist() == ["", "low", "high"]
    listed = Counts.from_frame(pd.DataFrame({"term": "war", "tier": tiers, "count": [1, 2, 4]}), by="tier")
    assert listed.to_frame()["war"].to_dict() == {"": 4, "low": 1, "high": 2}
    assert list(listed.to_frame().index) == ["", "low", "high"]


def test_groups_are_strings_and_a_number_is_written_without_a_point():
    keys = Counts.from_matrix([[1], [2]], ["war"], pd.DataFrame({"year": [2020.0, np.nan]})).grouped("year").keys
    assert keys["year"].tolist() == ["", "2020"]


def test_choosing_no_pair_of_group_and_item_gives_no_row():
    grouped = term_counts(STUDY).grouped()
    none = np.empty(0, np.int64)
    assert grouped.at(none, none).empty
    assert cells_at(grouped.matrix, none, none).tolist() == []


@pytest.mark.parametrize("worth", [0, WORTH])
def test_values_are_sorted_whether_in_one_thread_or_in_two(worth, monkeypatch):
    monkeypatch.setattr(groups, "WORTH", worth)
    for size in (1, 2, 7, 5000):
        values = np.random.default_rng(size).integers(-size, size, size)
        found = values.copy()
        sort_large(found)
        assert found.tolist() == sorted(values.tolist())
