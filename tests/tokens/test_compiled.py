"""What only the compiled kernel has: stops for what it does not know, a table that grows, hashes that are checked."""

import numba
import numpy as np
import pyarrow as pa
import pytest

from discourse.tokens.scanning import characters, compiled
from discourse.tokens.scanning.blocks import Text, spelled
from discourse.tokens.scanning.scan import scan

LETTERS = np.frombuffer(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", np.uint8)
MIX, STIR, HALF = compiled._MIX, compiled._STIR, np.uint64(32)


def scanned(*texts):
    text = Text.of(pa.array(texts, pa.large_string()))
    return text, compiled.scanner(text, len(text.data))(0, len(text.data))


def words_of(text, found):
    """The types that were found, as written."""
    return spelled(text.data, found.types.first, found.types.size).to_pylist()


@pytest.fixture
def stops(monkeypatch):
    """Why the kernel stopped."""
    reasons, run = [], compiled._run

    def noted(*arguments):
        progress = run(*arguments)
        reasons.append(progress.stopped)
        return progress

    monkeypatch.setattr(compiled, "_run", noted)
    return reasons


def test_a_character_not_met_before_stops_it_once(monkeypatch, stops):
    table = np.full(0x110000, characters.UNKNOWN, np.uint8)
    monkeypatch.setattr(characters, "BY_CODE_POINT", table)
    monkeypatch.setattr(compiled, "BY_CODE_POINT", table)
    found = scanned("é界 é世 ‚ 😀", "e\u0301")
    assert words_of(*found) == ["é界", "é世", "‚", "😀", "e\u0301"]
    # One stop for a page of 256 characters; the last is the end.
    assert [code // 256 for code in stops[:-1]] == [0, ord("界") // 256, ord("世") // 256, 0x20, 0x1F6, 3]
    assert stops[-1] == compiled._DONE


def test_a_text_of_signs_has_room(stops):
    text, found = scanned("!" * 1000)
    assert (len(found.ids), words_of(text, found)) == (1000, ["!"])
    assert stops == [compiled._DONE]


def test_many_types_stop_it_for_a_larger_table(monkeypatch, stops):
    monkeypatch.setattr(compiled, "FIRST_SLOTS", 64)
    words = [f"w{i}" for i in range(500)]
    text, found = scanned(" ".join(words * 2))
    assert words_of(text, found) == words
    assert found.ids.tolist() == [*range(500)] * 2
    assert compiled._MORE_TYPES in stops


def test_nothing_of_a_page_is_kept_when_it_is_done_again(monkeypatch):
    monkeypatch.setattr(compiled, "PAGE_BYTES", 8)
    monkeypatch.setattr(compiled, "FIRST_SLOTS", 1)
    text, found = scanned("a b a b", "c c c c d", "", "a ꙮ")
    assert words_of(text, found) == ["a", "b", "c", "d", "ꙮ"]
    assert found.ids.tolist() == [0, 1, 0, 1, 2, 2, 2, 2, 3, 0, 4]
    assert found.bounds.tolist() == [0, 4, 9, 9]


def test_what_it_knows_is_kept_from_one_block_to_the_next():
    text = Text.of(pa.array(["one two one three"], pa.large_string()))
    scan_block = compiled.scanner(text, 10)
    one, two = scan_block(0, 7), scan_block(7, 17)
    assert (one.ids.tolist(), two.ids.tolist(), two.starts.tolist()) == ([0, 1], [0, 2], [8, 12])
    assert one.types is two.types
    assert words_of(text, two) == ["one", "two", "three"]


def whole(word):
    """Eight letters as one integer."""
    return np.frombuffer(word, np.uint64)


def stirred(third):
    """The state of the hash of a word of 32 letters before its last eight, where 16 times a stands before the third."""
    mixed = whole(b"a" * 8) * MIX ^ ((whole(b"a" * 8) << HALF) | (whole(b"a" * 8) >> HALF)) * STIR
    mixed = ((mixed ^ (mixed >> HALF)) * MIX) ^ third * STIR
    return (mixed ^ (mixed >> HALF)) * MIX


def colliding():
    """Two words of one hash, which are easy to make: the last eight letters undo what the eight before them did."""
    third = np.random.default_rng(1).choice(LETTERS, (2_000_000, 8)).view(np.uint64).ravel()
    undone = np.uint64(pow(int(STIR), -1, 2**64))
    fourth = (stirred(third) ^ stirred(third[:1]) ^ whole(b"b" * 8) * STIR) * undone
    other = np.flatnonzero(np.isin(fourth.view(np.uint8).reshape(-1, 8), LETTERS).all(axis=1) & (third != third[0]))[0]
    return [b"a" * 16 + third[i].tobytes() + fourth[i].tobytes() for i in (0, other)]


def hash_of(word):
    page = np.frombuffer(word + b"\n" * 16, np.uint8).copy()
    eights = np.ndarray((len(page) - 7,), np.uint64, page, strides=(1,))
    return compiled._hash(eights, np.uint64(0), np.uint64(len(word)), whole(word[:8])[0], whole(word[8:16])[0])


def test_words_with_one_hash_are_told_apart():
    one, other = colliding()
    assert one != other
    assert hash_of(one) == hash_of(other) != hash_of(one[::-1])
    found = scan(pa.array([b" ".join([one, other] * 2).decode()], pa.large_string()), kernel="numba")
    assert found.types.to_pylist() == [one.decode(), other.decode()]
    assert found.ids.tolist() == [0, 1, 0, 1]


def test_it_is_compiled_once_for_every_kind_of_memory():
    scanned("one two")
    bytes_of, offsets = np.frombuffer(b"one two", np.uint8).copy(), np.array([0, 3, 7])
    texts = pa.LargeStringArray.from_buffers(2, pa.py_buffer(offsets), pa.py_buffer(bytes_of))
    assert scan(texts, kernel="numba").tokens() == ["one", "two"]
    assert scan(texts.slice(1), kernel="numba").tokens() == ["two"]
    assert len(compiled._run.signatures) == 1


def test_what_can_be_kept_nowhere_is_compiled_all_the_same():
    place = {}
    exec("def twice(number):\n    return 2 * number", place)  # code of no file
    with pytest.raises(RuntimeError, match="no locator available"):
        numba.njit(cache=True)(place["twice"])
    assert compiled._compiled(place["twice"])(21) == 42


def test_the_kernel_is_kept_for_the_next_process():
    scanned("one")
    assert compiled._run._cache.cache_path
    assert compiled._run.targetoptions["nogil"]
