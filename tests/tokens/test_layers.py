"""Runs of tokens that share a value."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens.layers import layer_of, located, numbered

VALUES = st.lists(st.sampled_from(["", "author", "quoted"]), min_size=1, max_size=20)


@given(VALUES)
def test_expanding_runs_gives_back_the_value_of_every_token(values):
    first = [0, *(i for i in range(1, len(values)) if values[i] != values[i - 1])]
    layer = layer_of(np.array(first), np.array([values[i] for i in first], object), len(values))
    every = np.arange(len(values))
    assert layer.at(every).tolist() == values
    assert layer.decode(layer.expand()).tolist() == values
    assert layer.lengths().sum() == layer.ends()[-1] == len(values)
    assert (layer.starts[layer.runs(every)] <= every).all()


def test_of_stretches_that_begin_at_one_token_the_last_holds():
    layer = layer_of(np.array([0, 0, 2, 5]), np.array(["a", "b", "c", "d"], object), 5)
    assert layer.starts.tolist() == [0, 2]
    assert layer.at(np.arange(5)).tolist() == ["b", "b", "c", "c", "c"]


def test_a_layer_of_no_tokens_has_no_runs():
    layer = layer_of(np.array([0]), np.array(["a"], object), 0)
    assert (len(layer.starts), layer.expand().tolist(), layer.at(np.empty(0, int)).tolist()) == (0, [], [])


@given(st.lists(st.integers(0, 4), max_size=6), st.data())
def test_numbers_begin_at_zero_in_every_document_and_rise_by_one(sizes, data):
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    inner = st.lists(st.integers(0, int(offsets[-1])), max_size=8)
    layer = numbered(np.array(sorted(data.draw(inner)), np.int64), offsets)
    codes = layer.expand()
    for low, high in pairwise(offsets):
        own = codes[low:high]
        assert len(own) == 0 or own[0] == 0
        assert set(np.diff(own)) <= {0, 1}


@given(st.sets(st.integers(1, 300), max_size=6), st.randoms())
def test_where_very_many_tokens_lie_is_what_a_search_for_each_says(edges, random):
    starts, at = np.array([0, *sorted(edges)]), np.array(random.sample(range(400), 400))
    assert (located(starts, at) == np.searchsorted(starts, at, side="right") - 1).all()
