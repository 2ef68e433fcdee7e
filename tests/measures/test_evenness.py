"""Juilland, Carroll, Rosengren and Burch: the definitions written out over dense rows, directions, options, edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse, stats

from discourse.measures import burch_da, carroll_d2, juilland_d, rosengren_s

matrices = arrays(np.int64, st.tuples(st.integers(2, 6), st.integers(1, 5)), elements=st.integers(0, 9))
MEASURES = [juilland_d, carroll_d2, rosengren_s, burch_da]
RATES = ["relative", "raw"]


def sizes_for(counts: np.ndarray) -> np.ndarray:
    return counts.sum(axis=1) + np.arange(1, len(counts) + 1)


def rates_of(counts: np.ndarray, rates: str) -> np.ndarray:
    return counts / sizes_for(counts)[:, None] if rates == "relative" else counts.astype(float)


@pytest.mark.parametrize("rates", RATES)
@pytest.mark.parametrize(("deviation", "ddof"), [("population", 0), ("sample", 1)])
@given(counts=matrices)
def test_juilland_is_one_less_the_coefficient_of_variation_over_the_root_of_n_less_one(counts, deviation, ddof, rates):
    d = juilland_d(counts, sizes_for(counts), deviation=deviation, rates=rates)
    for term, column in enumerate(rates_of(counts, rates).T):
        if column.any():
            expected = 1 - stats.variation(column, ddof=ddof) / np.sqrt(len(column) - 1)
            np.testing.assert_allclose(d[term], expected, atol=1e-9)


@pytest.mark.parametrize("rates", RATES)
@given(counts=matrices)
def test_carroll_is_the_entropy_of_the_rates_over_its_maximum(counts, rates):
    d2 = carroll_d2(counts, sizes_for(counts), rates=rates)
    for term, column in enumerate(rates_of(counts, rates).T):
        if column.any():
            np.testing.assert_allclose(d2[term], stats.entropy(column, base=len(column)), atol=1e-9)


@pytest.mark.parametrize("rates", RATES)
@given(counts=matrices)
def test_rosengren_is_the_squared_sum_of_roots_over_the_hits(counts, rates):
    sizes = sizes_for(counts)
    shares = sizes / sizes.sum() if rates == "relative" else np.full(len(sizes), 1 / len(sizes))
    s = rosengren_s(counts, sizes, rates=rates)
    for term, hits in enumerate(counts.T):
        if hits.any():
            np.testing.assert_allclose(s[term], np.sqrt(shares * hits).sum() ** 2 / hits.sum(), atol=1e-12)


@pytest.mark.parametrize("rates", RATES)
@given(counts=matrices)
def test_burch_is_one_less_the_mean_difference_of_pairs_over_twice_the_mean(counts, rates):
    da = burch_da(counts, sizes_for(counts), rates=rates)
    for term, column in enumerate(rates_of(counts, rates).T):
        if column.any():
            first, second = np.triu_indices(len(column), k=1)
            expected = 1 - np.abs(column[first] - column[second]).mean() / (2 * column.mean())
            np.testing.assert_allclose(da[term], expected, atol=1e-9)


@given(matrices)
def test_the_shortcut_of_wilcox_is_the_same_number(counts):
    shares = np.sort(rates_of(counts, "relative"), axis=0)[::-1]
    with np.errstate(invalid="ignore"):
        shares = shares / shares.sum(axis=0)
    shortcut = 2 * (np.arange(1, len(counts) + 1) @ shares - 1) / (len(counts) - 1)
    np.testing.assert_allclose(burch_da(counts, sizes_for(counts)), shortcut, atol=1e-9)


@pytest.mark.parametrize("measure", MEASURES)
@given(counts=matrices)
def test_evenness_lies_between_zero_and_one(measure, counts):
    evenness = measure(counts, sizes_for(counts))
    present = counts.sum(axis=0) > 0
    assert ((evenness[present] >= 0) & (evenness[present] <= 1)).all()
    assert np.isnan(evenness[~present]).all()


@pytest.mark.parametrize("measure", MEASURES)
def test_the_same_rate_in_parts_of_unequal_size_is_one(measure):
    np.testing.assert_allclose(measure([[1], [2], [7]], [10, 20, 70]), 1, atol=1e-12)


def test_all_in_one_part_is_zero_and_for_rosengren_the_share_of_the_part():
    counts, sizes = [[4], [0], [0]], [10, 20, 70]
    assert [measure(counts, sizes)[0] for measure in (juilland_d, carroll_d2, burch_da)] == [0, 0, 0]
    np.testing.assert_allclose(rosengren_s(counts, sizes), 0.1)


@pytest.mark.parametrize("measure", MEASURES)
def test_sizes_play_no_role_for_raw_hits(measure):
    counts = np.array([[3, 0], [1, 2], [0, 2]])
    np.testing.assert_array_equal(measure(counts, [10, 20, 70], rates="raw"), measure(counts, [5, 5, 5], rates="raw"))


@pytest.mark.parametrize("measure", MEASURES)
@given(counts=matrices, times=st.integers(2, 7))
def test_the_same_proportions_have_the_same_evenness(measure, counts, times):
    sizes = sizes_for(counts)
    np.testing.assert_allclose(measure(counts * times, sizes * times), measure(counts, sizes), atol=1e-9)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("convert", [sparse.csr_array, sparse.coo_array])
@given(counts=matrices)
def test_sparse_and_dense_agree(measure, convert, counts):
    sizes = sizes_for(counts)
    np.testing.assert_array_equal(measure(convert(counts), sizes), measure(counts, sizes))


@pytest.mark.parametrize("measure", MEASURES)
def test_parts_without_words_are_no_parts(measure):
    np.testing.assert_allclose(measure([[3], [0], [1]], [10, 0, 30]), measure([[3], [1]], [10, 30]))


@pytest.mark.parametrize("measure", [juilland_d, carroll_d2, burch_da])
def test_one_part_has_no_evenness(measure):
    assert np.isnan(measure([[3]], [10])).all()
    assert np.isnan(measure([[3], [0]], [10, 0])).all()


@pytest.mark.parametrize("measure", MEASURES)
def test_a_matrix_too_large_for_memory_when_dense_is_no_effort(measure):
    parts, terms = 200_000, 2_000_000
    cells = np.arange(parts)
    counts = sparse.csr_array((np.ones(parts), (cells, cells * 10)), shape=(parts, terms))
    result = measure(counts, np.ones(parts))
    np.testing.assert_allclose(result[::10], 1 / parts if measure is rosengren_s else 0, atol=1e-9)
    assert np.isnan(result[1])


def test_unknown_options_are_named():
    with pytest.raises(ValueError, match="deviation must be one of 'population', 'sample'; got 'both'"):
        juilland_d([[1], [2]], [10, 20], deviation="both")
    for measure in MEASURES:
        with pytest.raises(ValueError, match="rates must be one of 'relative', 'raw'; got 'absolute'"):
            measure([[1], [2]], [10, 20], rates="absolute")


@pytest.mark.parametrize("measure", MEASURES)
def test_hits_in_a_part_without_words_are_named(measure):
    with pytest.raises(ValueError, match="sizes must not be 0 where counts has hits; got 0 for row 1"):
        measure([[1], [2]], [10, 0])


@pytest.mark.parametrize("rates", ["relative", "raw"])
def test_parts_without_any_words_give_nan_and_no_warning(rates):
    assert np.isnan(rosengren_s([[0], [0]], [0, 0], rates=rates)).all()
