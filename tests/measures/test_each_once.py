"""Costly functions: called for different rows only, results in the place of every row."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from discourse.measures._each_once import each_once

columns = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(5, 6)), min_size=1, max_size=30)


@given(columns)
def test_every_row_has_its_own_result_and_no_row_is_computed_twice(rows):
    table = np.array(rows, dtype=float)
    seen = []

    def function(a, b, c):
        seen.extend(zip(a, b, c, strict=True))
        return a + 10 * b + 100 * c

    np.testing.assert_array_equal(each_once(function, *table.T), table @ [1, 10, 100])
    assert len(seen) == len(set(seen)) == len(set(rows))


far = st.sampled_from([0.0, 0.5, 1.0, 7.0e8, 1.0e9, 2.0**60, np.inf])


@given(st.lists(st.tuples(far, far, far, far), min_size=1, max_size=30))
def test_rows_of_any_range_are_told_apart(rows):
    table, seen = np.array(rows), []

    def number(*own):
        seen.extend(zip(*own, strict=True))
        return np.arange(len(own[0]), dtype=float)

    which = each_once(number, *table.T).astype(int)
    assert len(seen) == len(set(rows))
    assert [seen[code] for code in which] == rows


def test_many_columns_of_great_range_do_not_overflow():
    rows = np.array(np.meshgrid(*[[0.0, 2.0**30 - 1]] * 4)).reshape(4, -1)
    which = each_once(lambda *own: np.arange(own[0].size, dtype=float), *rows)
    assert sorted(which) == list(range(16))


def test_a_row_with_a_gap_in_any_column_is_undefined_and_not_computed():
    seen = []

    def function(a, b):
        seen.append((a.tolist(), b.tolist()))
        return a + b

    result = each_once(function, np.array([1, np.nan, 3]), np.array([1, 2, np.nan]))
    np.testing.assert_array_equal(result, [2, np.nan, np.nan])
    assert seen == [([1.0], [1.0])]
    assert np.isnan(each_once(function, np.array([np.nan]), np.array([1.0]))).all()
    assert len(seen) == 1


def test_numbers_and_tables_keep_their_shape():
    assert each_once(np.add, np.array(2.0), np.array(3.0)) == 5
    table = np.arange(6.0).reshape(2, 3)
    np.testing.assert_array_equal(each_once(np.add, table, table), 2 * table)
