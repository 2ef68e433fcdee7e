"""From tokens to characters and back."""

from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens import places
from discourse.tokens.places import Places, Texts, by_type, continued, gathered, viewed
from discourse.tokens.scanning.scan import scan

TEXTS = st.lists(st.text("aé界😀 .\n", max_size=12), max_size=5)


def array_of(texts):
    return pa.array(["not mine, é", *texts], pa.large_string()).slice(1)


def places_of(texts):
    found = scan(array_of(texts))
    return found, Places(Texts(array_of(texts)), found.starts, found.doc_offsets)


@pytest.fixture(autouse=True, params=[False, True])
def small_reads(request, monkeypatch):
    """Everything holds too where documents are read one by one and in small pieces."""
    if request.param:
        monkeypatch.setattr(places, "NEAR", -1)
        monkeypatch.setattr(places, "BLOCK", 4)
        monkeypatch.setattr(places, "REACH", 8)
        monkeypatch.setattr(places, "KEPT", 3)


@given(TEXTS)
def test_characters_name_the_token_in_its_document(texts):
    found, where = places_of(texts)
    document = np.repeat(np.arange(len(texts)), np.diff(found.doc_offsets))
    for i, start, number in zip(found.ids, where.char_starts, document, strict=True):
        assert texts[number][start:].startswith(found.types[i].as_py())


@given(TEXTS.filter(bool), st.data())
def test_the_first_token_is_the_first_that_starts_at_or_after_a_character(texts, data):
    found, where = places_of(texts)
    number = data.draw(st.integers(0, len(texts) - 1))
    character = data.draw(st.integers(0, len(texts[number])))
    low, high = found.doc_offsets[number : number + 2]
    later = [i for i in range(low, high) if where.char_starts[i] >= character]
    assert where.first_token(np.array([number]), np.array([character])).tolist() == [later[0] if later else high]


@given(st.lists(st.text("aé界😀", min_size=1, max_size=40), min_size=1, max_size=5), st.data())
def test_slices_are_the_characters_between_two_bytes(texts, data):
    number = st.integers(0, len(texts) - 1)
    spans = []
    for document in data.draw(st.lists(number, max_size=6)):
        edges = sorted(data.draw(st.tuples(*[st.integers(0, len(texts[document]))] * 2)))
        spans.append((document, *edges))
    document, begin, end = np.array(spans, np.int64).reshape(-1, 3).T
    own = Texts(array_of(texts))
    low, high = own.bytes_before(document, begin), own.bytes_before(document, end)
    assert low.tolist() == [len(texts[d][:a].encode()) for d, a, _ in spans]
    assert own.slices(document, low, high).to_pylist() == [texts[d][a:b] for d, a, b in spans]
    assert own.characters(document, high).tolist() == end.tolist()


@given(st.lists(st.lists(st.integers(0, 4), min_size=1), min_size=1, max_size=6))
def test_documents_looked_at_before_are_remembered_rightly(asked):
    texts = ["éa", "", "界é b", "c" * 9, "😀é"]
    own = Texts(array_of(texts))
    for numbers in asked:
        document = np.array(numbers)
        ends = np.array([len(texts[number].encode()) for number in numbers])
        assert own.characters(document, ends).tolist() == [len(texts[number]) for number in numbers]


@given(st.lists(st.text("aé界😀", max_size=40), min_size=1, max_size=5), st.integers(1, 9), st.data())
def test_characters_counted_from_the_last_step_are_those_counted_from_the_beginning(texts, step, data):
    number = st.integers(0, len(texts) - 1)
    asked = [(i, data.draw(st.integers(0, len(texts[i])))) for i in data.draw(st.lists(number, max_size=6))]
    document, character = np.array(asked, np.int64).reshape(-1, 2).T
    byte = np.array([len(texts[i][:at].encode()) for i, at in asked], np.int64)
    with patch.object(places, "STEP", step):
        known = continued(array_of(texts))
        assert known.tolist() == continued(pa.array(texts, pa.large_string())).tolist()
        assert Texts(array_of(texts), continued=known).characters(document, byte).tolist() == character.tolist()


def test_what_goes_on_is_counted_through_several_blocks():
    text = "é" * 5000
    with patch.object(places, "BLOCK", 1 << 11):
        assert continued(array_of([text])).tolist() == [512 * i for i in range(10)]
        ends = np.arange(0, 10_001, 100)
        own = Texts(array_of([text]), continued=continued(array_of([text])))
        assert own.characters(np.zeros(len(ends), np.int64), ends).tolist() == (ends // 2).tolist()


def test_views_are_stored_as_arrow_says():
    data = np.frombuffer(b"a longer one, and more", np.uint8)
    for size in range(len(data)):
        first = np.arange(len(data) - size)
        viewed(data, first, np.full(len(first), size)).validate(full=True)


def test_strings_that_are_gathered_are_valid():
    data = np.frombuffer("é — a longer one, and more".encode(), np.uint8)
    for size in range(len(data)):
        first = np.arange(len(data) - size)
        strings = gathered(data, first, np.full(len(first), size))
        assert [text.as_buffer().to_pybytes() for text in strings] == [bytes(data[a : a + size]) for a in first]


def test_only_the_bytes_of_documents_that_are_asked_for_are_read():
    read = []
    three = array_of(["é" * 9, "b" * 9, "c" * 9])
    texts = Texts(three, lambda begin, end: read.append((begin.tolist(), end.tolist())))
    assert texts.slices(np.array([2, 1]), np.array([1, 0]), np.array([4, 2])).to_pylist() == ["ccc", "bb"]
    texts.characters(np.array([2]), np.array([3]))
    assert read == [([40, 30], [43, 32]), ([39], [48])]


def test_there_is_nothing_in_no_texts():
    none = np.empty(0, np.int64)
    for texts in (Texts(pa.array([], pa.large_string())), Texts(array_of([])), Texts(array_of([""]))):
        assert texts.slices(none, none, none).to_pylist() == []
        assert texts.characters(none, none).tolist() == texts.bytes_before(none, none).tolist() == []


@given(st.lists(st.integers(0, 6), max_size=30))
def test_positions_by_type_are_those_that_sorting_gives(ids):
    own = np.array(ids, np.int32)
    own.flags.writeable = False
    positions, begin = by_type(own, 8)
    assert positions.tolist() == np.argsort(own, kind="stable").tolist()
    assert begin.tolist() == [sum(i < k for i in ids) for k in range(9)]
    assert positions.dtype == np.int32
    assert own.tolist() == ids
