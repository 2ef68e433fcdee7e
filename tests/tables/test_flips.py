"""Flips: what leaving out one document turns."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from counts.samples import STUDY
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse import _threads
from discourse.counts import Counts
from discourse.tables import flips, keyness, sides
from discourse.tables.flips import sign_flips
from discourse.tables.sides import sides_of


def side_by_side(counts: Counts) -> pd.DataFrame:
    return keyness(counts, by="side", min_count=1, min_documents=1)


def slow_flips(target: np.ndarray, reference: np.ndarray, words: list[np.ndarray]) -> list[bool]:
    """By leaving out every document in turn; rows are documents."""
    sides, flips = [target, reference], np.zeros(target.shape[1], bool)

    def sign(kept: list[np.ndarray]) -> np.ndarray:
        counts = [side[rows].sum(axis=0) for side, rows in zip(sides, kept, strict=True)]
        totals = [size[rows].sum() for size, rows in zip(words, kept, strict=True)]
        return np.sign(counts[0] * totals[1] - counts[1] * totals[0]) if min(totals) else np.zeros(len(flips))

    every = [np.arange(len(side)) for side in sides]
    whole = sign(every)
    for side in range(2):
        for document in every[side]:
            kept = list(every)
            kept[side] = np.delete(every[side], document)
            flips |= sign(kept) * whole < 0
    return flips.tolist()


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_sign_flips_where_leaving_out_one_document_in_turn_turns_it(data):
    shape = (data.draw(st.integers(1, 4)), data.draw(st.integers(1, 4)))
    cells = st.lists(st.integers(0, 3), min_size=3, max_size=3)
    sides = [np.array(data.draw(st.lists(cells, min_size=n, max_size=n))) for n in shape]
    words = [side.sum(axis=1) + data.draw(st.integers(0, 9)) * (np.arange(len(side)) + 1) for side in sides]
    if not (words[0].sum() and words[1].sum()):
        return
    about = pd.DataFrame({"side": ["A"] * shape[0] + ["B"] * shape[1]})
    counts = Counts.from_matrix(np.vstack(sides), ["a", "b", "c"], about, totals=np.concatenate(words))
    table = keyness(counts, by="side", target="A", min_count=1, min_documents=1).set_index("term")
    filled = [side[size > 0] for side, size in zip(sides, words, strict=True)]
    expected = slow_flips(*filled, [size[size > 0] for size in words])
    for item, turned in zip("abc", expected, strict=True):
        if item in table.index:
            assert ("sign_flips_without" in table["flags"][item].split()) == turned


def test_leaving_out_a_document_takes_it_from_both_sides_where_it_has_words_on_both():
    cells = pd.DataFrame({"doc_id": ["a", "a", "b", "b"], "voice": ["author", "quoted"] * 2})
    matrix = Counts.from_matrix([[9], [0], [1], [2]], ["war"], pd.DataFrame(index=list("wxyz"))).matrix
    about = pd.DataFrame({"x": ["", ""]}, index=pd.Index(["a", "b"], name="doc_id"))
    counts = Counts(matrix, cells, pd.Index(["war"], name="term"), np.array([20, 20, 20, 20]), about, ("voice",))
    (row,) = keyness(counts, target="author", min_count=1, min_documents=1).to_dict("records")
    assert "sign_flips_without" in row["flags"].split()
    assert (row["documents_target"], row["documents_reference"]) == (2, 1)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_sign_flips_also_where_documents_have_words_on_both_sides(data):
    shape = (data.draw(st.integers(2, 4)), 2)
    sides = [np.array(data.draw(st.lists(st.tuples(*[st.integers(0, 3)] * 2), min_size=n, max_size=n))) for n in shape]
    both = [np.vstack([side, np.zeros((len(sides[0]) - len(side), 2), int)]) for side in sides]
    words = [side.sum(axis=1) + data.draw(st.integers(1, 9)) for side in both]
    ids = [f"d{i}" for i in range(len(both[0]))]
    cells = pd.DataFrame({"doc_id": ids * 2, "voice": ["x"] * len(ids) + ["y"] * len(ids)})
    counts = Counts(
        sp.csr_array(np.vstack(both)),
        cells,
        pd.Index(["a", "b"], name="term"),
        np.concatenate(words),
        pd.DataFrame(index=pd.Index(ids, name="doc_id")),
        ("voice",),
    )
    table = keyness(counts, target="x", min_count=1, min_documents=1).set_index("term")
    rates = [both[0].sum(axis=0) * words[1].sum(), both[1].sum(axis=0) * words[0].sum()]
    whole = np.sign(rates[0] - rates[1])
    for column, item in enumerate("ab"):
        if item not in table.index:
            continue
        turned = set()
        for d in range(len(ids)):
            hits, left = ([np.delete(v, d, axis=0).sum(axis=0) for v in values] for values in (both, words))
            turned.add(int(np.sign(hits[0][column] * left[1] - hits[1][column] * left[0])))
        flagged = "sign_flips_without" in table["flags"][item].split()
        # Of documents without the item only the largest of each side are tried.
        assert not flagged or -whole[column] in turned
        present = [d for d in range(len(ids)) if both[0][d, column] + both[1][d, column]]
        for d in present:
            hits, left = ([np.delete(v, d, axis=0).sum(axis=0) for v in values] for values in (both, words))
            if whole[column] and np.sign(hits[0][column] * left[1] - hits[1][column] * left[0]) == -whole[column]:
                assert flagged


@pytest.mark.parametrize("few", [0, flips.FEW])
@pytest.mark.parametrize("by", ["outlet", "voice"])
def test_how_many_entries_are_worked_on_at_once_changes_nothing(by, few, monkeypatch):
    table = keyness(STUDY, by=by, min_count=1, min_documents=1)
    assert table["flags"].str.contains("sign_flips_without").any()
    monkeypatch.setattr(_threads, "WORTH", 0)
    monkeypatch.setattr(sides, "BLOCK", 1)
    monkeypatch.setattr(sides, "STEP", 1)
    monkeypatch.setattr(flips, "FEW", few)
    pd.testing.assert_frame_equal(keyness(STUDY, by=by, min_count=1, min_documents=1), table, check_exact=True)


def test_no_sign_turns_where_a_side_has_no_words():
    about = pd.DataFrame({"side": ["A", "A", "B"]})
    units = Counts.from_matrix([[3], [1], [0]], ["war"], about, totals=[9, 9, 0]).units("side")
    for target, reference in (("A", "B"), ("B", "A")):
        assert sign_flips(sides_of(units, target, [reference])).tolist() == [False]
