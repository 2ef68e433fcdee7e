"""Average reduced frequency: what it averages, counted out; order, clusters, edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.measures import average_reduced_frequency

streams = st.lists(st.integers(0, 3), min_size=1, max_size=60).map(np.array)


def parts_with_hits(places: np.ndarray, total: int) -> float:
    """The number of f equal parts that hold a hit, averaged over every place where the first part can begin."""
    f, finer = len(places), len(places) * total
    # On a grid so fine that every part begins at a point of it, whatever the size of the parts.
    held = [len(set(((places * f - start) % finer) // total)) for start in range(0, finer)]
    return float(np.mean(held))


@given(st.integers(2, 14), st.data())
def test_it_is_the_mean_number_of_equal_parts_that_hold_the_term(total, data):
    places = np.array(sorted(data.draw(st.sets(st.integers(0, total - 1), min_size=1))))
    reduced = average_reduced_frequency(places, np.zeros(len(places)), total=total)
    np.testing.assert_allclose(reduced, parts_with_hits(places, total), atol=1e-9)


@given(streams, st.randoms(use_true_random=False))
def test_all_terms_at_once_in_any_order_are_each_alone(stream, random):
    order = np.array(random.sample(range(len(stream)), len(stream)))
    together = average_reduced_frequency(order, stream[order], total=len(stream))
    for item in range(stream.max() + 1):
        places = np.flatnonzero(stream == item)
        alone = average_reduced_frequency(places, np.zeros(len(places)), total=len(stream))
        np.testing.assert_allclose(together[item], alone[0] if len(places) else 0, atol=1e-9)


@given(streams, st.integers(0, 100))
def test_turning_the_corpus_round_changes_nothing(stream, shift):
    places = np.arange(len(stream))
    turned = (places + shift) % len(stream)
    there = average_reduced_frequency(places, stream, total=len(stream))
    np.testing.assert_allclose(average_reduced_frequency(turned, stream, total=len(stream)), there, atol=1e-9)


@given(streams)
def test_it_lies_between_one_and_the_frequency(stream):
    reduced = average_reduced_frequency(np.arange(len(stream)), stream, total=len(stream))
    hits = np.bincount(stream)
    assert ((reduced >= np.minimum(hits, 1) - 1e-9) & (reduced <= hits + 1e-9)).all()


def test_even_gaps_keep_the_frequency_and_a_cluster_counts_little_more_than_once():
    assert average_reduced_frequency([0, 25, 50, 75], [0] * 4, total=100) == 4
    assert average_reduced_frequency([10, 11, 12, 13], [0] * 4, total=100) == pytest.approx(1 + 3 / 25)
    assert average_reduced_frequency([42], [0], total=100) == 1


def test_terms_without_a_hit_have_none_and_no_hits_at_all_are_no_terms():
    assert average_reduced_frequency([5, 6], [0, 2], total=10).tolist() == [1, 0, 1]
    assert average_reduced_frequency([], [], total=10).size == 0


def test_what_does_not_fit_is_named():
    with pytest.raises(ValueError, match=r"items must hold one number per position; got shapes \(1,\) and \(2,\)"):
        average_reduced_frequency([1, 2], [0], total=10)
    with pytest.raises(ValueError, match=r"positions must be smaller than total; got 10 of 10\. Count positions"):
        average_reduced_frequency([10], [0], total=10)
