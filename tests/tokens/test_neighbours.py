"""What stands beside tokens, against going through all of them."""

from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens import neighbours, tokenize
from discourse.tokens.neighbours import token_beside, words_apart, words_beside

from .samples import corpus_of

TEXTS = st.lists(
    st.lists(st.sampled_from(["a", "b", "!", "“", "! ! ! ! ! ! !", "”’"]), max_size=9).map(" ".join), max_size=3
)


@pytest.fixture(autouse=True, params=[(1 << 20, 1 << 12), (5, 1 << 12), (1 << 20, 4), (1 << 20, 0)], ids=str)
def sizes(request, monkeypatch):
    """Few tokens looked at together, and all of them at once early."""
    monkeypatch.setattr(neighbours, "CELLS", request.param[0])
    monkeypatch.setattr(neighbours, "FAR", request.param[1])


def beside(places, at, n, step, size):
    """The nearest n of the places on one side."""
    near = [p for p in places if p > at] if step > 0 else [p for p in reversed(places) if p < at]
    return (near + [size if step > 0 else -1] * n)[:n]


@given(TEXTS, st.integers(0, 4), st.sampled_from([1, -1]))
def test_words_beside_are_the_nearest_words(texts, n, step):
    tokens = tokenize(corpus_of(*texts))
    words, every = np.flatnonzero(tokens.is_word).tolist(), np.arange(len(tokens))
    wanted = [beside(words, at, n, step, len(tokens)) for at in every]
    assert words_beside(tokens, every[::-1], n, step).tolist() == wanted[::-1]


@given(TEXTS, st.sampled_from([1, -1]))
def test_a_token_beside_is_seen_through_quotation_marks(texts, step):
    tokens = tokenize(corpus_of(*texts))
    every = np.arange(len(tokens))
    seen = np.flatnonzero(~tokens.type_is_mark[tokens.ids]).tolist()
    wanted = [beside(seen, at, 1, step, len(tokens))[0] for at in every]
    assert token_beside(tokens, every, step).tolist() == wanted
    assert every.tolist() == list(range(len(tokens)))


@given(TEXTS, st.lists(st.integers(-6, 6).filter(bool), max_size=4), st.sampled_from([1 << 24, 3]))
def test_words_apart_are_those_of_these_numbers(texts, numbers, most):
    tokens = tokenize(corpus_of(*texts))
    words, every = np.flatnonzero(tokens.is_word).tolist(), np.arange(len(tokens))
    with mock.patch.object(neighbours, "MOST_PLACES", most):
        found = words_apart(tokens, every, numbers)
    sides = [(abs(number), 1 if number > 0 else -1) for number in numbers]
    assert found.tolist() == [[beside(words, at, n, step, len(tokens))[-1] for at in every] for n, step in sides]
