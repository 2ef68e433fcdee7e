"""Limits of DP: the influence of documents against really shifting their weights, units, sparse tables, edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse, stats

from discourse.measures import dp, dp_interval

hits = arrays(np.int64, st.tuples(st.integers(3, 15), st.integers(1, 3)), elements=st.integers(0, 9))
SIZES = st.integers(50, 2_000)
rng = np.random.default_rng(5)


def influence(counts: np.ndarray, sizes: np.ndarray, document: int) -> float:
    """How DP moves when a little more weight falls on one document, by the slope of its own definition."""
    shifted = []
    for step in (-1e-6, 1e-6):
        weight = np.ones(len(sizes))
        weight[document] += step
        u, w = weight * counts / (weight @ counts), weight * sizes / (weight @ sizes)
        shifted.append(np.abs(u - w).sum() / 2)
    return (shifted[1] - shifted[0]) / 2e-6


@given(hits, st.data())
def test_the_error_is_that_of_the_influence_of_each_document(counts, data):
    sizes = data.draw(arrays(np.int64, counts.shape[:1], elements=SIZES))
    column = counts[:, 0]
    assume(column.any())
    # Where a document has exactly its share, the slope is not defined.
    assume((np.abs(column / column.sum() - sizes / sizes.sum()) > 1e-4).all())
    moved = np.array([influence(column, sizes, document) for document in range(len(column))])
    effective = sizes.sum() ** 2 / (sizes.astype(float) ** 2).sum()
    error = np.sqrt(effective / (effective - 1) * (moved**2).sum())
    assume(error > 1e-4)
    margin = stats.t.ppf(0.975, effective - 1) * error
    low, high = dp_interval(column[:, None], sizes, scale="identity")
    middle = dp(column[:, None], sizes)
    np.testing.assert_allclose([middle - low, high - middle], [[margin], [margin]], rtol=1e-4)


def test_log_odds_keep_the_limits_inside_and_are_the_delta_method():
    counts, sizes = rng.poisson(rng.gamma(1, 1, (40, 5))), rng.integers(300, 900, 40)
    (low, high), middle = dp_interval(counts, sizes, scale="identity"), dp(counts, sizes)
    error = (high - low) / 2
    logits = np.log(middle / (1 - middle)) + np.multiply.outer([-1, 1], error / (middle * (1 - middle)))
    np.testing.assert_allclose(dp_interval(counts, sizes), 1 / (1 + np.exp(-logits)), rtol=1e-12)
    few = dp_interval([[9], [0], [0], [0]], [100, 90, 80, 120])
    assert 0 < few[0][0] < few[1][0] < 1


@given(hits)
def test_documents_drawn_together_are_one_whose_parts_count_by_themselves(counts):
    assume(counts.sum(axis=0).all())
    sizes, units = np.full(len(counts), 100), np.arange(len(counts)) // 2
    alone = dp_interval(counts, sizes)
    np.testing.assert_array_equal(dp_interval(counts, sizes, units=np.arange(len(counts)) * 7), alone)
    # The same documents twice, each pair drawn together: nothing is known that one of them did not tell.
    twice, both = np.repeat(counts, 2, axis=0), np.repeat(sizes, 2)
    np.testing.assert_allclose(dp_interval(twice, both, units=np.arange(len(both)) // 2), alone, rtol=1e-9)
    assert not np.array_equal(dp_interval(counts, sizes, units=units), alone, equal_nan=True) or np.isnan(alone).all()


def test_sparse_tables_and_sizes_of_terms_give_the_same():
    counts, sizes = rng.poisson(0.7, (30, 40)), rng.integers(100, 900, 30)
    dense = dp_interval(counts, sizes, units=np.arange(30) // 2)
    for kind in (sparse.csr_array, sparse.csc_array, sparse.coo_array):
        np.testing.assert_array_equal(dp_interval(kind(counts), sizes, units=np.arange(30) // 2), dense)
    np.testing.assert_allclose(
        dp_interval(counts, np.repeat(sizes[:, None], 40, axis=1), units=np.arange(30) // 2), dense, rtol=1e-12
    )


def test_what_has_no_limits():
    low, high = dp_interval([[0, 3, 3], [0, 3, 1]], [100, 100])
    assert np.isnan([low[:2], high[:2]]).all()  # absent; as even as the documents
    assert np.isfinite([low[2], high[2]]).all()
    assert np.isnan(dp_interval([[4]], [100])).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"scale": "log"}, r"scale must be one of 'logit', 'identity'; got 'log'"),
        ({"units": [1]}, r"units must be one number a document; got shape \(1,\)\. Number the authors"),
        ({"level": 95}, r"level must lie between 0 and 1"),
        ({"sizes": [100]}, r"sizes must be one number a document"),
    ],
)
def test_what_cannot_be_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        dp_interval(**{"counts": [[1], [2]], "sizes": [100, 100]} | arguments)
