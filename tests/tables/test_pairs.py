"""Pairs: what is computed once a pair of hits is what each item would have had computed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.counts import Counts
from discourse.tables import pairs
from discourse.tables.flags import drives
from discourse.tables.pairs import driven, over, pairs_of
from discourse.tables.sides import Sides, sides_of

MATRICES = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 6), min_size=width, max_size=width), min_size=4, max_size=4)
)


def two_sides(matrix: list[list[int]]) -> Sides:
    names = [f"t{place}" for place in range(len(matrix[0]))]
    units = Counts.from_matrix(matrix, names, pd.DataFrame({"side": list("AABB")}), totals=[99] * 4).units("side")
    return sides_of(units, "A", ["B"])


@pytest.mark.parametrize("looked_up", [pairs.MOST_LOOKED_UP, 0])
@settings(max_examples=40, deadline=None)
@given(matrix=MATRICES, data=st.data())
def test_each_item_has_the_hits_of_its_pair_and_no_pair_stands_twice(looked_up, matrix, data):
    sides = two_sides(matrix)
    chosen = data.draw(st.none() | st.sets(st.integers(0, sides.size - 1)).map(sorted))
    items = None if chosen is None else np.array(chosen, np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "MOST_LOOKED_UP", looked_up)
        found = pairs_of(sides, items)
    assert found.items.tolist() == (list(range(sides.size)) if chosen is None else chosen)
    for place in (0, 2):
        assert found.four[place].take(found.code).tolist() == sides.four[place].take(found.items).tolist()
    assert found.four[1::2] == sides.four[1::2]
    both = list(zip(found.four[0].tolist(), found.four[2].tolist(), strict=True))
    assert len(set(both)) == len(both) == len(np.unique(found.code))


@settings(max_examples=40, deadline=None)
@given(MATRICES, st.data())
def test_one_document_drives_an_item_where_it_drives_the_side_that_uses_it_more(matrix, data):
    sides = two_sides(matrix)
    items = np.array(sorted(data.draw(st.sets(st.integers(0, sides.size - 1)))), np.int64)
    by_hand = []
    for column in np.array(matrix).T[items]:
        target, reference = column[:2], column[2:]
        own = target if target.sum() >= reference.sum() else reference
        by_hand.append(bool(drives(own.sum(), own.max(), 2)))
    assert driven(sides, pairs_of(sides, items)).tolist() == by_hand


def test_a_bar_is_passed_with_more_hits_only():
    every = pairs_of(two_sides([[3, 4, 5], [0] * 3, [1] * 3, [0] * 3]))
    assert over(every, np.full(3, 4), np.array([3, 4, 5])).tolist() == [False, False, True]
