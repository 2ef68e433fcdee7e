"""Texts cut where no token is."""

from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens.scanning.blocks import PAD, Text, cuts, joined, spelled

TEXTS = st.lists(st.text("aé界.-’ \n,。", max_size=30), max_size=4)


def text_of(*texts):
    return Text.of(pa.array(texts, pa.large_string()))


@given(TEXTS, st.integers(1, 40))
def test_cuts_stand_before_documents_white_space_and_signs(texts, size):
    text, whole = text_of(*texts), "".join(texts).encode()
    edges = cuts(text, 0, len(whole), size)
    assert (np.diff(edges) > 0).all()
    assert [edges[0], edges[-1]] == [0, len(whole)]
    for edge in edges[1:-1].tolist():
        assert edge in text.offsets or whole[edge:].decode()[0] in " \n,。"


@pytest.mark.parametrize("blank", [" ", "。", "\u3000"])
def test_a_block_is_not_much_larger_than_asked_for(blank):
    text = text_of(("界" * 9 + blank) * 2_000)
    edges = cuts(text, 0, len(text.data), 1000)
    assert np.diff(edges).max() <= 1000 + 3 * 10
    assert len(edges) == 1 + -(-len(text.data) // 1000)


def test_what_cannot_be_cut_is_one_block():
    text = text_of("a" * 50, "b" * 50 + " c" + "d" * 50)
    assert cuts(text, 0, 152, 10).tolist() == [0, 50, 100, 152]


@given(TEXTS | TEXTS.map(lambda texts: [*texts, "long " * 1000]))
def test_a_page_has_a_separator_before_each_document(texts):
    text = text_of(*texts, "end")
    page, begins = joined(text, 0, len(text.data))
    assert page.tobytes() == b"\n" * PAD + b"".join(b"\n" + t.encode() for t in [*texts, "end"]) + b"\n" * PAD
    for begin, document in zip(begins.tolist(), [*texts, "end"], strict=True):
        assert page[begin:].tobytes().startswith(document.encode())


def test_a_page_inside_a_document_has_none():
    page, begins = joined(text_of("one two"), 3, 7)
    assert (page.tobytes().strip(b"\n"), begins.tolist()) == (b" two", [])


def test_documents_belong_to_the_stretch_that_they_begin_in():
    text = text_of("ab", "", "cd", "")
    stretches = [text.documents(a, b) for a, b in pairwise([0, 1, 2, 3, 4])]
    assert stretches == [slice(0, 1), slice(1, 1), slice(1, 3), slice(3, 3)]


def test_words_are_spelled_from_their_places():
    data = np.frombuffer("wörd ab".encode(), np.uint8)
    assert spelled(data, np.array([0, 6, 7]), np.array([5, 1, 1])).to_pylist() == ["wörd", "a", "b"]
    assert spelled(data, np.empty(0, np.int64), np.empty(0, np.int64)).to_pylist() == []
