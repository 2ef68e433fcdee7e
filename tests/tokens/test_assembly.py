"""Pieces put together."""

import numpy as np
import pyarrow as pa
import pytest

from discourse.tokens.scanning import assembly
from discourse.tokens.scanning.assembly import assembled, unified
from discourse.tokens.scanning.blocks import Piece, Text, Types, spelled


def pieces(*parts, bounds=(0,)):
    """A text of one document, and what is found in its parts, each of them some words."""
    words = [word for part in parts for word in part]
    text = Text.of(pa.array([" ".join(words)], pa.large_string()))
    size = np.array([len(word) for word in words], np.int64)
    first, found, at = np.cumsum(size + 1) - size - 1, [], 0
    for part in parts:
        kinds = list(dict.fromkeys(part))
        met = np.array([at + part.index(kind) for kind in kinds], np.int64)
        ids = np.array([kinds.index(word) for word in part], np.int32)
        starts = np.arange(len(part), dtype=np.uint32)
        found.append(Piece(ids, starts, np.array(bounds, np.int64), Types(first[met], size[met])))
        at += len(part)
    return text, found


def words_of(text, types):
    return spelled(text.data, types.first, types.size)


def test_types_are_numbered_as_they_are_met():
    text, (one, two, three) = pieces(["b", "a"], [], ["a", "c", "b"])
    two, three = two._replace(bounds=np.empty(0, np.int64)), three._replace(bounds=np.array([0, 2]))
    found = assembled(text, iter([one, two, three]), [10, 10, 10])
    assert words_of(text, found.types).to_pylist() == ["b", "a", "c"]
    assert (found.ids.tolist(), found.starts.tolist()) == ([0, 1, 1, 2, 0], [0, 1, 0, 1, 2])
    assert found.bounds.tolist() == [0, 2, 4]


@pytest.mark.parametrize("threads", [1, 3])
def test_types_that_several_met_side_by_side_are_numbered_as_the_text_has_them(threads):
    text, (one, two, three, four) = pieces(["b", "a"], ["c", "a"], ["d", "b"], ["e", "c", "d"])
    # One scanner had the first part and the third, another one the others.
    numbers = {"b": 0, "a": 1, "d": 2}, {"c": 0, "a": 1, "e": 2, "d": 3}
    shared = (
        Types(np.append(one.types.first, three.types.first[:1]), np.ones(3, np.int64)),
        Types(np.append(two.types.first, four.types.first[[0, 2]]), np.ones(4, np.int64)),
    )
    said = [(one, 0, "ba"), (two, 1, "ca"), (three, 0, "db"), (four, 1, "ecd")]
    parts = [
        piece._replace(ids=np.array([numbers[who][word] for word in words], np.int32), types=shared[who])
        for piece, who, words in said
    ]
    found = assembled(text, iter(parts), [1] * 4, threads)
    assert words_of(text, found.types).to_pylist() == ["b", "a", "c", "d", "e"]
    assert found.ids.tolist() == [0, 1, 2, 1, 3, 0, 4, 2, 3]


def test_numbers_that_all_share_are_left_as_they_are():
    text, (one, two) = pieces(["a", "b"], ["b"])
    found = assembled(text, iter([one, two._replace(ids=np.array([1], np.int32), types=one.types)]), [3, 1])
    assert (found.ids.tolist(), found.types) == ([0, 1, 1], one.types)


@pytest.mark.parametrize("sizes", [[1] * 40, [40, *[1] * 39], [*[1] * 39, 40]])
def test_arrays_grow_whatever_was_expected_and_end_as_long_as_needed(sizes):
    text, found = pieces(*([f"w{i}"] * (i % 7 * 100) for i in range(40)))
    found = assembled(text, iter(found), sizes)
    expected = [f"w{i}" for i in range(40) for _ in range(i % 7 * 100)]
    assert words_of(text, found.types).take(pa.array(found.ids)).to_pylist() == expected
    assert found.ids.base is None
    assert found.starts.nbytes == 4 * len(expected)


def test_room_is_made_once_where_the_text_goes_on_as_it_began(monkeypatch):
    made, resized = [], assembly.resized
    monkeypatch.setattr(assembly, "resized", lambda array, size: made.append(size) or resized(array, size))
    text, found = pieces(*(["w"] * (20 + i % 2) for i in range(100)))
    assembled(text, iter(found), [10] * 100)
    assert made[2:] == [2050, 2050]
    assert 2050 <= made[0] == made[1] <= 2250


def test_more_tokens_than_fit_are_refused(monkeypatch):
    monkeypatch.setattr(assembly, "MOST_TOKENS", 2)
    text, found = pieces(["a"], ["b"])
    assert len(assembled(text, iter(found), [1, 1]).ids) == 2
    text, found = pieces(["a"], ["b", "a"])
    with pytest.raises(ValueError, match=r"holds at most 2 tokens; these texts have more\. Encode"):
        assembled(text, iter(found), [1, 2])


def test_nothing_makes_nothing():
    text, _ = pieces()
    found = assembled(text, iter([]), [])
    assert [len(part) for part in found[:3]] == [0, 0, 0]
    assert len(found.types.first) == 0
    assert unified(text, [])[0] == []


def test_one_piece_is_the_whole():
    text, (only,) = pieces(["a"])
    assert assembled(text, iter([only]), [3]) is only
