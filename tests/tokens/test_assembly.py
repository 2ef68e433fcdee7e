"""Pieces put together."""

import numpy as np
import pyarrow as pa
import pytest

from discourse.tokens.scanning import assembly
from discourse.tokens.scanning.assembly import assembled, unified
from discourse.tokens.scanning.blocks import Piece


def piece(*words, bounds=(0,)):
    types = list(dict.fromkeys(words))
    ids = np.array([types.index(word) for word in words], np.int32)
    return Piece(ids, np.arange(len(words), dtype=np.uint32), np.array(bounds), pa.array(types, pa.large_string()))


def test_types_are_numbered_as_they_are_met():
    parts = [piece("b", "a"), piece(bounds=()), piece("a", "c", "b", bounds=(0, 2))]
    found = assembled(iter(parts), [10, 10, 10])
    assert found.types.to_pylist() == ["b", "a", "c"]
    assert (found.ids.tolist(), found.starts.tolist()) == ([0, 1, 1, 2, 0], [0, 1, 0, 1, 2])
    assert found.bounds.tolist() == [0, 2, 4]


@pytest.mark.parametrize("sizes", [[1] * 40, [40, *[1] * 39], [*[1] * 39, 40]])
def test_arrays_grow_whatever_was_expected_and_end_as_long_as_needed(sizes):
    found = assembled((piece(*[f"w{i}"] * (i % 7 * 100)) for i in range(40)), sizes)
    expected = [f"w{i}" for i in range(40) for _ in range(i % 7 * 100)]
    assert found.types.take(pa.array(found.ids)).to_pylist() == expected
    assert found.ids.base is None
    assert found.starts.nbytes == 4 * len(expected)


def test_room_is_made_once_where_the_text_goes_on_as_it_began(monkeypatch):
    made, resized = [], assembly.resized
    monkeypatch.setattr(assembly, "resized", lambda array, size: made.append(size) or resized(array, size))
    assembled((piece(*["w"] * (20 + i % 2)) for i in range(100)), [10] * 100)
    assert made[2:] == [2050, 2050]
    assert 2050 <= made[0] == made[1] <= 2250


def test_more_tokens_than_fit_are_refused(monkeypatch):
    monkeypatch.setattr(assembly, "MOST_TOKENS", 2)
    assert len(assembled(iter([piece("a"), piece("b")]), [1, 1]).ids) == 2
    with pytest.raises(ValueError, match=r"holds at most 2 tokens; these texts have more\. Encode"):
        assembled(iter([piece("a"), piece("b", "a")]), [1, 2])


def test_nothing_makes_nothing():
    found = assembled(iter([]), [])
    assert [len(part) for part in found] == [0, 0, 0, 0]
    assert unified([])[0] == []


def test_one_piece_is_the_whole():
    only = piece("a")
    assert assembled(iter([only]), [3]) is only
