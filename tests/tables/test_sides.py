"""Sides of a comparison: each document once, and what hangs on one of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from counts.samples import STUDY
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.counts import Counts
from discourse.tables import keyness


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
    for item, flips in zip("abc", expected, strict=True):
        if item in table.index:
            assert ("sign_flips_without" in table["flags"][item].split()) == flips


def test_leaving_out_a_document_takes_it_from_both_sides_where_it_has_words_on_both():
    cells = pd.DataFrame({"doc_id": ["a", "a", "b", "b"], "voice": ["author", "quoted"] * 2})
    matrix = Counts.from_matrix([[9], [0], [1], [2]], ["war"], pd.DataFrame(index=list("wxyz"))).matrix
    about = pd.DataFrame({"x": ["", ""]}, index=pd.Index(["a", "b"], name="doc_id"))
    counts = Counts(matrix, cells, pd.Index(["war"], name="term"), np.array([20, 20, 20, 20]), about, ("voice",))
    (row,) = keyness(counts, target="author", min_count=1, min_documents=1).to_dict("records")
    assert "sign_flips_without" in row["flags"].split()
    assert (row["documents_target"], row["documents_reference"]) == (2, 1)


def test_a_document_with_words_in_several_groups_of_the_reference_is_one_document():
    table = keyness(STUDY, by="voice", target="marked", min_count=1, min_documents=1).set_index("term")
    assert table.loc["war", "documents_reference"] == 4
    assert table["documents_reference"].max() <= 4


def test_one_document_drives_where_it_holds_most_of_the_side_that_uses_the_item_more():
    about = pd.DataFrame({"side": ["A", "A", "B", "B"]})
    matrix = [[9, 3, 0, 1], [1, 3, 0, 1], [1, 1, 5, 0], [1, 1, 5, 0]]
    table = side_by_side(Counts.from_matrix(matrix, ["driven", "even", "theirs", "rare"], about))
    flags = table.set_index(["side", "term"])["flags"]
    assert "one_document_drives" in flags["A", "driven"]
    assert all("one_document_drives" not in flags["A", name] for name in ("even", "theirs", "rare"))
