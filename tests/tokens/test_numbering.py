"""Words told apart by their bytes."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens import numbering

LONG = [
    letter * size + tail for letter in "aé" for size in (3, 4, 7, 8, 9, 12, 15, 16, 17, 24, 25, 33) for tail in "xy"
]
WORDS = st.lists(st.text("ab", min_size=1, max_size=40) | st.sampled_from(LONG), max_size=20)


def numbered(words, vocabulary=None):
    """Number words written one after the other, without a blank."""
    if vocabulary is None:
        vocabulary = defaultdict()
        vocabulary.default_factory = vocabulary.__len__
    sizes = np.array([len(word.encode()) for word in words], np.int64)
    last = np.cumsum(sizes)
    block = np.frombuffer("".join(words).encode() + b"\n" * 16, np.uint8)
    ids = numbering.number(block, last - sizes, last, vocabulary)
    return [list(vocabulary)[i].decode() for i in ids], vocabulary


@given(WORDS)
def test_every_number_stands_for_the_word_it_was_given_to(words):
    spelled, vocabulary = numbered(words)
    assert spelled == words
    assert len(vocabulary) == len(set(words))


@pytest.mark.parametrize("words", [LONG, LONG[::-1], LONG * 2])
def test_long_words_with_one_hash_are_still_told_apart(monkeypatch, words):
    monkeypatch.setattr(numbering, "_MIX", np.uint64(0))  # every long word now has the hash 0
    assert numbered(words)[0] == words


def test_words_met_before_keep_their_number():
    _, vocabulary = numbered(LONG)
    spelled, again = numbered(LONG[::-1], vocabulary)
    assert spelled == LONG[::-1]
    assert sorted(again.values()) == list(range(len(LONG)))
