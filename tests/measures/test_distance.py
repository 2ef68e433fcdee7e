"""Similarities and Delta against scipy on dense rows, symmetry, edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse, stats
from scipy.spatial.distance import cdist

from discourse.measures import burrows_delta, cosine_similarity, jaccard_similarity

matrices = arrays(np.int64, st.tuples(st.integers(2, 5), st.integers(1, 6)), elements=st.integers(0, 9))
filled_matrices = matrices.filter(lambda counts: counts.sum(axis=1).all())


@given(filled_matrices)
def test_cosine_is_one_minus_the_distance_of_scipy(counts):
    np.testing.assert_allclose(cosine_similarity(counts), 1 - cdist(counts, counts, "cosine"), atol=1e-9)


@given(filled_matrices)
def test_jaccard_is_one_minus_the_distance_of_scipy(counts):
    present = counts > 0
    np.testing.assert_allclose(jaccard_similarity(counts), 1 - cdist(present, present, "jaccard"), atol=1e-9)


@given(matrices)
def test_delta_is_the_mean_absolute_difference_of_z_scores(counts):
    totals = counts.sum(axis=1) + np.arange(1, len(counts) + 1)
    rates = counts / totals[:, None]
    varying = np.ptp(rates, axis=0) > 0
    delta = burrows_delta(counts, totals)
    if varying.any():
        z = stats.zscore(rates[:, varying], ddof=1)
        np.testing.assert_allclose(delta, cdist(z, z, "cityblock") / varying.sum(), atol=1e-9)
    else:
        assert np.isnan(delta).all()


@given(filled_matrices, st.integers(2, 9))
def test_the_length_of_a_row_plays_no_role_in_cosine(counts, times):
    longer = counts.copy()
    longer[0] *= times
    np.testing.assert_allclose(cosine_similarity(longer), cosine_similarity(counts), atol=1e-12)


@pytest.mark.parametrize("convert", [sparse.csr_array, sparse.coo_array, sparse.csr_matrix])
@given(counts=matrices)
def test_sparse_and_dense_agree_and_results_are_symmetric(convert, counts):
    totals = counts.sum(axis=1) + 1
    results = cosine_similarity, jaccard_similarity, lambda rows: burrows_delta(rows, totals)
    for compare in results:
        from_dense = compare(counts)
        np.testing.assert_array_equal(compare(convert(counts)), from_dense)
        np.testing.assert_allclose(from_dense, from_dense.T, rtol=1e-12)


def test_a_row_equals_itself():
    counts = np.array([[1, 2, 3], [3, 0, 1]])
    assert cosine_similarity(counts).diagonal().tolist() == [1, 1]
    assert jaccard_similarity(counts).diagonal().tolist() == [1, 1]
    assert burrows_delta(counts, [10, 10]).diagonal().tolist() == [0, 0]


def test_rows_without_a_common_item_are_not_alike():
    counts = [[1, 2, 0], [0, 0, 3]]
    assert cosine_similarity(counts)[0, 1] == 0
    assert jaccard_similarity(counts)[0, 1] == 0


def test_an_empty_row_cannot_be_compared():
    cosine, jaccard = cosine_similarity([[0, 0], [1, 2]]), jaccard_similarity([[0, 0], [1, 2]])
    assert np.isnan(cosine).tolist() == [[True, True], [True, False]]
    assert np.isnan(jaccard).tolist() == [[True, False], [False, False]]
    assert jaccard[0, 1] == 0


def test_delta_leaves_rows_without_words_out():
    delta = burrows_delta([[1, 2], [0, 0], [3, 1]], [10, 0, 10])
    assert np.isnan(delta[1]).all()
    np.testing.assert_allclose(delta[np.ix_([0, 2], [0, 2])], burrows_delta([[1, 2], [3, 1]], [10, 10]))


def test_delta_leaves_items_out_that_never_vary():
    # The mean of three times 0.1 is not 0.1 in floating point: the spread must be judged without it.
    with_constant = burrows_delta([[1, 1, 2], [4, 1, 1], [2, 1, 2]], [10, 10, 10])
    without = burrows_delta([[1, 2], [4, 1], [2, 2]], [10, 10, 10])
    np.testing.assert_allclose(with_constant, without)


def test_one_row_has_no_spread_to_measure_by():
    assert np.isnan(burrows_delta([[1, 2]], [10])).all()


def test_totals_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match="totals must hold one number per row of counts; got shape") as raised:
        burrows_delta([[1, 2], [3, 4]], [10])
    assert "(1,) for 2 rows" in str(raised.value)
