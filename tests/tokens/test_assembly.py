"""Pieces put together."""

import numpy as np
import pyarrow as pa
import pytest

from discourse.tokens import assembly
from discourse.tokens.assembly import Assembly, unified
from discourse.tokens.blocks import Piece


def piece(*words, bounds=(0,)):
    types = list(dict.fromkeys(words))
    ids = np.array([types.index(word) for word in words], np.int32)
    return Piece(ids, np.arange(len(words), dtype=np.uint32), np.array(bounds), pa.array(types, pa.large_string()))


def test_types_are_numbered_as_they_are_met():
    whole = Assembly(30)
    for part in (piece("b", "a"), piece(bounds=()), piece("a", "c", "b", bounds=(0, 2))):
        whole.add(part, 10)
    found = whole.piece()
    assert found.types.to_pylist() == ["b", "a", "c"]
    assert (found.ids.tolist(), found.starts.tolist()) == ([0, 1, 1, 2, 0], [0, 1, 0, 1, 2])
    assert found.bounds.tolist() == [0, 2, 4]


@pytest.mark.parametrize("sizes", [[1] * 40, [40, *[1] * 39], [*[1] * 39, 40]])
def test_arrays_grow_whatever_was_expected_and_end_as_long_as_needed(sizes):
    whole = Assembly(sum(sizes))
    for i, size in enumerate(sizes):
        whole.add(piece(*[f"w{i}"] * (i % 7 * 100)), size)
    found = whole.piece()
    expected = [f"w{i}" for i in range(40) for _ in range(i % 7 * 100)]
    assert found.types.take(pa.array(found.ids)).to_pylist() == expected
    assert found.ids.base is None
    assert found.starts.nbytes == 4 * len(expected)


def test_room_is_made_once_where_the_text_goes_on_as_it_began(monkeypatch):
    made, resized = [], assembly._resized
    monkeypatch.setattr(assembly, "_resized", lambda array, size: made.append(size) or resized(array, size))
    whole = Assembly(1000)
    for i in range(100):
        whole.add(piece(*["w"] * (20 + i % 2)), 10)
    assert len(made) == 2
    assert 2050 <= made[0] <= 2250


def test_more_tokens_than_fit_are_refused(monkeypatch):
    monkeypatch.setattr(assembly, "MOST_TOKENS", 2)
    whole = Assembly(2)
    whole.add(piece("a", "b"), 1)
    with pytest.raises(ValueError, match=r"holds at most 2 tokens; these texts have more\. Encode"):
        whole.add(piece("a"), 1)


def test_nothing_makes_nothing():
    found = Assembly(0).piece()
    assert [len(part) for part in found] == [0, 0, 0, 0]
    assert unified([])[0] == []
