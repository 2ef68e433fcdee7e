"""Stretches that lie in one sentence, against the layers of sentences and zones."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.study import read_study
from discourse.tokens import Tokens, crossing, tokenize
from discourse.tokens.crossing import unbroken

from .samples import corpus_of

ROOT = Path(__file__).parents[2]
PIECES = ["War", "peace", "é", "U.S.", "Mr.", "No.", "e.g.", "1", "1.", "A.", ".", "...", "…", "?!", "!", "”", "[3]"]
JOINTS = [" ", " ", " ", "", "\n", "\n\n", "\r\n", "\f", "\v"]
TEXTS = st.lists(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(JOINTS)), max_size=14), max_size=4).map(
    lambda texts: ["".join(piece + joint for piece, joint in text) for text in texts]
)


@pytest.fixture(autouse=True)
def always(monkeypatch):
    """Few tokens to a stretch are few enough."""
    monkeypatch.setattr(crossing, "FEW", 0)


def every_stretch(tokens: Tokens) -> tuple[np.ndarray, np.ndarray]:
    """All stretches of up to six tokens of a document."""
    pairs = [
        (first, last)
        for begin, end in zip(tokens.doc_offsets[:-1].tolist(), tokens.doc_offsets[1:].tolist(), strict=True)
        for first in range(begin, end)
        for last in range(first, min(first + 6, end))
    ]
    return tuple(np.array(pairs, np.int64).reshape(-1, 2).T)


def by_layer(tokens: Tokens, first: np.ndarray, last: np.ndarray) -> list[bool]:
    sentence, zone = (tokens.layer(name).runs(np.arange(len(tokens))) for name in ("sentence", "zone"))
    return ((sentence[first] == sentence[last]) & (zone[first] == zone[last])).tolist()


@given(TEXTS)
def test_stretches_are_unbroken_where_the_layer_has_them_in_one(texts):
    tokens = tokenize(corpus_of(*texts))
    first, last = every_stretch(tokens)
    found = unbroken(tokens, first, last)
    assert not tokens.computed("sentence")
    assert found.tolist() == by_layer(tokens, first, last) == unbroken(tokens, first, last).tolist()


@given(TEXTS, st.integers(0, 99))
def test_a_single_stretch_needs_no_other(texts, which):
    tokens = tokenize(corpus_of(*texts))
    first, last = every_stretch(tokens)
    some = [which % len(first)] if len(first) else []
    found = unbroken(tokens, first[some], last[some])
    assert found.tolist() == by_layer(tokens, first[some], last[some])


def test_the_study_has_stretches_of_both_kinds():
    tokens = tokenize(read_study(ROOT / "seeds").corpus)
    first, last = every_stretch(tokens)
    found = unbroken(tokens, first, last)
    assert found.tolist() == by_layer(tokens, first, last)
    assert 0.5 < found.mean() < 1


def test_sentences_are_looked_for_at_once_where_stretches_are_many(monkeypatch):
    monkeypatch.setattr(crossing, "FEW", 10)
    tokens = tokenize(corpus_of("No war. " * 10))
    assert unbroken(tokens, np.array([0, 0]), np.array([1, 3])).tolist() == [True, False]
    assert not tokens.computed("sentence")
    assert unbroken(tokens, np.zeros(4, np.int64), np.array([1, 3, 1, 3])).tolist() == [True, False, True, False]
    assert tokens.computed("sentence")
