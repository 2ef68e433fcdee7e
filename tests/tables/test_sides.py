"""Sides of a comparison: each document once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from counts.samples import STUDY
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.counts import Counts, term_counts
from discourse.tables import keyness
from discourse.tables.sides import sides_of


def test_a_document_with_words_in_several_groups_of_the_reference_is_one_document():
    table = keyness(STUDY, by="voice", target="marked", min_count=1, min_documents=1).set_index("term")
    assert table.loc["war", "documents_reference"] == 4
    assert table["documents_reference"].max() <= 4


def test_one_document_drives_where_it_holds_most_of_the_side_that_uses_the_item_more():
    about = pd.DataFrame({"side": ["A", "A", "B", "B"]})
    matrix = [[9, 3, 0, 1], [1, 3, 0, 1], [1, 1, 5, 0], [1, 1, 5, 0]]
    counts = Counts.from_matrix(matrix, ["driven", "even", "theirs", "rare"], about)
    table = keyness(counts, by="side", min_count=1, min_documents=1)
    flags = table.set_index(["side", "term"])["flags"]
    assert "one_document_drives" in flags["A", "driven"]
    assert all("one_document_drives" not in flags["A", name] for name in ("even", "theirs", "rare"))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_sides_hold_what_adding_cells_up_gives_also_where_documents_have_words_on_both(data):
    n = data.draw(st.integers(2, 7))
    cells = pd.DataFrame(
        {
            "doc_id": data.draw(st.lists(st.sampled_from("abc"), min_size=n, max_size=n)),
            "voice": data.draw(st.lists(st.sampled_from("xyz"), min_size=n, max_size=n)),
        }
    ).drop_duplicates(ignore_index=True)
    rows = st.tuples(*[st.integers(0, 2)] * 3)
    matrix = np.array(data.draw(st.lists(rows, min_size=len(cells), max_size=len(cells))))
    about = pd.DataFrame(index=pd.Index(list("abc"), name="doc_id"))
    items = pd.Index(list("abc"), name="term", dtype="str")
    units = Counts(sp.csr_array(matrix), cells, items, matrix.sum(axis=1), about, ("voice",)).units()
    before = units.units.toarray().tolist()
    for target, reference in (("x", ["y", "z"]), ("y", ["z"]), ("z", ["x"])):
        sides = sides_of(units, target, reference)
        for side, own in enumerate(([target], reference)):
            rows = cells["voice"].isin(own).to_numpy()
            dense = pd.DataFrame(matrix[rows]).groupby(cells["doc_id"][rows].to_numpy()).sum()
            assert sides.four[2 * side].tolist() == matrix[rows].sum(axis=0).tolist()
            assert sides.documents[side].tolist() == (dense > 0).sum().reindex(range(3), fill_value=0).tolist()
            assert sides.sums[2, side].tolist() == dense.max().reindex(range(3)).fillna(0).tolist()
        every = matrix[cells["voice"].isin([target, *reference])]
        docs = pd.DataFrame(every).groupby(cells["doc_id"][cells["voice"].isin([target, *reference])].to_numpy()).sum()
        assert sides.documents[2].tolist() == (docs > 0).sum().reindex(range(3), fill_value=0).tolist()
    assert units.units.toarray().tolist() == before


def test_comparisons_in_turn_are_those_made_alone():
    counts = term_counts(STUDY, by="voice")
    together = keyness(counts, min_count=1)
    for name, rows in together.groupby("voice", sort=False):
        alone = keyness(counts, target=name, min_count=1)
        pd.testing.assert_frame_equal(rows.reset_index(drop=True), alone)


def test_sums_that_do_not_fit_into_one_number_are_the_same_sums():
    huge = 2**33
    for number in (1, huge):
        matrix = np.array([[3, 0], [2, 5], [7, 1]]) * number
        counts = Counts.from_matrix(matrix, ["a", "b"], pd.DataFrame({"side": list("BAB")}))
        sides = sides_of(counts.units("side"), "A", ["B"])
        assert (sides.sums[0] // number).tolist() == [[2, 5], [10, 1]]
        assert sides.sums[1].tolist() == [[1, 1], [2, 1]]
        assert (sides.sums[2] // number).tolist() == [[2, 5], [7, 1]]


@pytest.mark.parametrize("size", [1, 3, 100])
def test_rows_of_a_side_are_gone_through_in_blocks_wherever_they_stand(size, monkeypatch):
    matrix = np.arange(24).reshape(6, 4) % 5
    counts = Counts.from_matrix(matrix, list("abcd"), pd.DataFrame({"side": list("ABBAAB")}))
    sides = sides_of(counts.units("side"), "A", ["B"])
    monkeypatch.setattr("discourse.tables.sides.BLOCK", size)
    for side, rows in enumerate(([0, 3, 4], [1, 2, 5])):
        dense = np.zeros_like(matrix)
        for found in sides.blocks(side):
            dense[np.repeat(found.document, found.sizes), found.item] = found.hits
        ids = [int(name) for name in sides.about.index]
        assert dense[[ids.index(row) for row in rows]].tolist() == matrix[rows].tolist()
        assert dense.sum() == matrix[rows].sum()
