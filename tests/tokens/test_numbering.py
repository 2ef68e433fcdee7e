"""Words told apart by their bytes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens.scanning import numbering

LONG = [
    letter * size + tail
    for letter in "aé"
    for size in (3, 4, 7, 8, 9, 12, 15, 16, 17, 24, 25, 33, 63, 64, 65, 99)
    for tail in "xy"
]
WORDS = st.lists(st.text("ab", min_size=1, max_size=80) | st.sampled_from(LONG), max_size=20)


def numbered(words):
    """Numbers of words written one after the other, without a blank, and the first token of each."""
    sizes = np.array([len(word.encode()) for word in words], np.int64)
    end = np.cumsum(sizes)
    page = np.frombuffer("".join(words).encode() + b"\n" * 16, np.uint8)
    return numbering.number(page, end - sizes, sizes)


@given(WORDS)
def test_words_are_numbered_in_the_order_in_which_they_are_met(words):
    codes, example = numbered(words)
    kinds = list(dict.fromkeys(words))
    assert codes.tolist() == [kinds.index(word) for word in words]
    assert example.tolist() == [words.index(kind) for kind in kinds]


def test_words_of_any_length_are_told_apart_by_every_byte():
    codes, example = numbered([*LONG, *LONG[::-1]])
    every = list(range(len(LONG)))
    assert (codes.tolist(), example.tolist()) == ([*every, *every[::-1]], every)
    assert codes.dtype == np.int32


def test_a_word_is_not_its_own_beginning():
    words = ["abcdefgh" * n for n in (1, 2, 3, 8, 9, 10)]
    assert numbered(words)[0].tolist() == [0, 1, 2, 3, 4, 5]
