"""Range, DP, DPnorm and KLD: the definition written out, direction, edges, and large sparse matrices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse, stats

from discourse.measures import dp, dp_norm, kl_divergence, part_range

matrices = arrays(np.int64, st.tuples(st.integers(2, 6), st.integers(1, 5)), elements=st.integers(0, 9))


def sizes_for(counts: np.ndarray) -> np.ndarray:
    return counts.sum(axis=1) + np.arange(1, len(counts) + 1)


@given(matrices)
def test_dp_is_half_the_absolute_differences_of_the_proportions(counts):
    sizes = sizes_for(counts)
    for term, hits in enumerate(counts.T):
        if hits.sum():
            expected = np.abs(hits / hits.sum() - sizes / sizes.sum()).sum() / 2
            np.testing.assert_allclose(dp(counts, sizes)[term], expected, atol=1e-12)


@given(matrices)
def test_range_counts_the_parts_with_a_hit(counts):
    np.testing.assert_array_equal(part_range(counts), (counts > 0).sum(axis=0))


@given(matrices)
def test_dp_norm_lies_between_even_and_concentrated(counts):
    normed = dp_norm(counts, sizes_for(counts))
    present = counts.sum(axis=0) > 0
    assert (normed[present] >= 0).all()
    assert (normed[present] <= 1 + 1e-12).all()
    assert np.isnan(normed[~present]).all()


@given(matrices, st.randoms(use_true_random=False))
def test_the_order_of_parts_changes_nothing(counts, random):
    order = random.sample(range(len(counts)), len(counts))
    sizes = sizes_for(counts)
    np.testing.assert_allclose(dp(counts[order], sizes[order]), dp(counts, sizes), atol=1e-12)


@given(matrices, st.integers(2, 7))
def test_the_same_proportions_have_the_same_dispersion(counts, times):
    sizes = sizes_for(counts)
    np.testing.assert_allclose(dp(counts * times, sizes * times), dp(counts, sizes), atol=1e-12)


@pytest.mark.parametrize("convert", [sparse.csr_array, sparse.csc_array, sparse.coo_array, sparse.csr_matrix])
@given(counts=matrices)
def test_sparse_and_dense_agree(convert, counts):
    sizes = sizes_for(counts)
    np.testing.assert_array_equal(dp(convert(counts), sizes), dp(counts, sizes))
    np.testing.assert_array_equal(dp_norm(convert(counts), sizes), dp_norm(counts, sizes))
    np.testing.assert_array_equal(part_range(convert(counts)), part_range(counts))
    np.testing.assert_array_equal(kl_divergence(convert(counts), sizes), kl_divergence(counts, sizes))
    other = {"norm": "smallest_part_with_hits"}
    np.testing.assert_array_equal(dp_norm(convert(counts), sizes, **other), dp_norm(counts, sizes, **other))


@given(matrices)
def test_the_three_norms_divide_dp_by_what_they_say(counts):
    sizes = sizes_for(counts)
    shares = sizes / sizes.sum()
    plain = dp(counts, sizes)
    held = np.where(counts > 0, shares[:, None], 1).min(axis=0)
    for norm, least in [
        ("smallest_part", shares.min()),
        ("smallest_part_with_hits", held),
        ("number_of_parts", 1 / len(sizes)),
    ]:
        np.testing.assert_allclose(dp_norm(counts, sizes, norm=norm), plain / (1 - least), atol=1e-12)


def test_equal_parts_have_one_norm_and_a_term_in_one_part_reaches_one():
    counts = [[4, 1, 0], [0, 1, 3], [0, 1, 0]]
    norms = [dp_norm(counts, [9, 9, 9], norm=norm) for norm in ("smallest_part", "number_of_parts")]
    np.testing.assert_allclose(norms[0], norms[1])
    unequal = dp_norm(counts, [10, 20, 70], norm="smallest_part_with_hits")
    np.testing.assert_allclose(unequal[[0, 2]], 1)


@given(matrices)
def test_divergence_is_that_of_scipy_in_bits_and_its_scales_follow(counts):
    sizes = sizes_for(counts)
    bits = kl_divergence(counts, sizes)
    for term, hits in enumerate(counts.T):
        if hits.sum():
            np.testing.assert_allclose(bits[term], stats.entropy(hits, sizes, base=2), atol=1e-12)
    np.testing.assert_allclose(kl_divergence(counts, sizes, scale="odds"), bits / (1 + bits))
    np.testing.assert_allclose(kl_divergence(counts, sizes, scale="base_2"), 1 - 2**-bits, atol=1e-15)
    np.testing.assert_allclose(kl_divergence(counts, sizes, scale="base_e"), 1 - np.exp(-bits), atol=1e-15)


def test_divergence_of_a_term_spread_like_the_parts_is_zero_and_of_an_absent_one_undefined():
    assert kl_divergence([[1], [2], [7]], [10, 20, 70]) == 0
    assert np.isnan(kl_divergence([[0, 1], [0, 1]], [5, 5])).tolist() == [True, False]


@pytest.mark.parametrize("measure", [dp, dp_norm, kl_divergence])
def test_hits_in_a_part_without_words_are_named(measure):
    with pytest.raises(ValueError, match="sizes must not be 0 where counts has hits; got 0 for row 1"):
        measure([[1], [2]], [10, 0])


def test_unknown_norms_and_scales_are_named():
    with pytest.raises(ValueError, match=r"norm must be one of 'smallest_part', .*; got 'gries'"):
        dp_norm([[1], [2]], [10, 20], norm="gries")
    with pytest.raises(ValueError, match=r"scale must be one of 'bits', .*; got 'nats'"):
        kl_divergence([[1], [2]], [10, 20], scale="nats")


def test_a_term_spread_like_the_parts_has_dp_zero():
    assert dp([[1], [2], [7]], [10, 20, 70]) == 0


def test_a_term_in_the_smallest_part_alone_has_dp_norm_one():
    assert dp_norm([[4], [0], [0]], [10, 20, 70]) == 1


def test_an_absent_term_has_no_dispersion():
    assert np.isnan(dp([[0, 1], [0, 1]], [5, 5])).tolist() == [True, False]
    assert part_range([[0, 1], [0, 1]]).tolist() == [0, 2]


def test_one_part_cannot_be_normed():
    assert dp([[3]], [10]) == 0
    assert np.isnan(dp_norm([[3]], [10])).all()
    assert np.isnan(dp_norm([[3], [0]], [10, 0])).all()


def test_parts_without_words_are_no_parts():
    np.testing.assert_array_equal(dp_norm([[3], [0], [1]], [10, 0, 30]), dp_norm([[3], [1]], [10, 30]))


def test_a_zero_that_is_stored_is_no_hit():
    stored = sparse.csr_array((np.array([0, 3]), np.array([0, 0]), np.array([0, 1, 2])), shape=(2, 1))
    assert part_range(stored).tolist() == [1]


def test_cells_stored_in_pieces_are_added_and_the_matrix_given_stays_as_it_was():
    indices = np.array([1, 0, 1])
    pieces = sparse.csr_array((np.array([1, 2, 3]), indices, np.array([0, 3, 3])), shape=(2, 2))
    np.testing.assert_array_equal(dp(pieces, [10, 30]), dp([[2, 4], [0, 0]], [10, 30]))
    assert pieces.indices.tolist() == [1, 0, 1]
    assert pieces.data.tolist() == [1, 2, 3]


def test_a_matrix_too_large_for_memory_when_dense_is_no_effort():
    parts, terms = 200_000, 2_000_000
    cells = np.arange(parts)
    counts = sparse.csr_array((np.ones(parts), (cells, cells * 10)), shape=(parts, terms))
    result = dp(counts, np.ones(parts))
    np.testing.assert_allclose(result[::10], 1 - 1 / parts)
    assert np.isnan(result[1])


def test_sizes_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match="sizes must hold one number per row of counts; got shape") as raised:
        dp([[1], [2]], [10, 20, 30])
    assert "(3,) for 2 rows" in str(raised.value)


def test_a_single_row_of_counts_is_refused():
    with pytest.raises(ValueError, match="counts must have two dimensions; got 1"):
        part_range([1, 2, 3])


@pytest.mark.parametrize("measure", [dp, dp_norm, kl_divergence])
def test_a_stored_zero_is_no_hit_not_even_in_a_part_without_words(measure):
    stored = sparse.csr_array((np.array([0, 3, 0]), np.array([0, 0, 1]), np.array([0, 1, 3])), shape=(2, 2))
    np.testing.assert_array_equal(measure(stored, [0, 10]), measure(stored.toarray(), [0, 10]))
    np.testing.assert_array_equal(part_range(stored), [1, 0])
