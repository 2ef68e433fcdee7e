"""Rows of hits from several parts: put together as if they came from one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from discourse.counts.rows import Rows, stacked


def documents(ids, **columns):
    return pd.DataFrame(columns, index=pd.Index(list(ids), dtype="str", name="doc_id"))


def rows(document, about):
    return Rows.of({"start": np.arange(len(document))}, np.array(document, np.int64), about)


def test_only_documents_with_rows_travel():
    own = rows([2, 0, 2], documents("abc", outlet=["A", "B", "C"]))
    assert own.documents.index.tolist() == ["a", "c"]
    assert own.frame(["doc_id", "start"], own.documents)["outlet"].tolist() == ["C", "A", "C"]


def test_columns_of_documents_get_the_type_that_they_have_in_the_whole():
    whole = documents("abcd", year=[2020.0, 2021.0, None, 2022.0])
    parts = [documents("ab", year=[2020, 2021]), documents("c", year=[None]), documents("d", year=[2022])]
    found = stacked([rows(own, part) for own, part in zip(([1, 0], [], [0]), parts, strict=True)])
    table = found.frame(["doc_id", "start"], whole)
    assert table["doc_id"].tolist() == ["b", "a", "d"]
    assert table["year"].tolist() == [2021.0, 2020.0, 2022.0]
    assert table["year"].dtype == whole["year"].dtype


def test_the_order_in_which_neighbours_are_put_together_does_not_matter():
    parts = [rows([0, 1], documents([f"{k}{n}" for n in "ab"], outlet=["A", "B"])) for k in "xyz"]
    one, two, three = parts
    like, every = one.documents, [stacked([stacked([one, two]), three]), stacked([one, stacked([two, three])])]
    for own in every:
        expected = stacked(parts).frame(["doc_id", "start"], like)
        pd.testing.assert_frame_equal(own.frame(["doc_id", "start"], like), expected)
        assert expected["doc_id"].tolist() == ["xa", "xb", "ya", "yb", "za", "zb"]


def test_rows_can_be_chosen_and_put_in_another_order():
    own = rows([0, 0, 1], documents("ab", outlet=["A", "B"]))
    table = own.take(np.array([2, 0])).frame(["start", "doc_id"], own.documents)
    assert table.to_numpy().tolist() == [[2, "b", "B"], [0, "a", "A"]]
    assert table.columns.tolist() == ["start", "doc_id", "outlet"]
