"""Kinds of characters, told from the bytes of UTF-8 at many places at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Index = NDArray[np.int64]
Mask = NDArray[np.bool_]

BLANKS = tuple(chr(code) for code in range(0x3001) if chr(code).isspace())  # no white space beyond U+3000

_ROUNDS = 24  # characters of a run that are stepped over at many places at once; longer runs are rare


class Kind:
    """A set of characters of at most three bytes.

    >>> text = np.frombuffer("a” »b".encode(), np.uint8)
    >>> at, stop = np.array([0, 1]), np.array([8, 8])
    >>> Kind("”»").sizes(text, at, stop).tolist(), Kind(" ”»").after(text, at, stop).tolist()
    ([0, 3], [0, 7])
    """

    def __init__(self, characters: Iterable[str]) -> None:
        encoded = [character.encode() for character in characters]
        self._size = np.zeros(256, np.int64)  # by the first byte; where it has more than one, the others decide
        for one in encoded:
            self._size[one[0]] = len(one)
        longer = sorted(one for one in encoded if len(one) > 1)
        self._longer = np.array([int.from_bytes(one.ljust(3, b"\0")) for one in longer], np.int64)
        self._run = re.compile(b"(?:" + b"|".join(map(re.escape, encoded)) + b")*")

    def sizes(self, text: Bytes, at: Index, stop: Index) -> Index:
        """Bytes of the member that starts at each place before its stop; 0 where none does."""
        size: Index = self._size[text.take(at, mode="clip")]
        size *= at < stop
        longer = np.flatnonzero(size > 1)
        if len(longer):
            size[longer[~among(self._longer, _three(text, at[longer], size[longer]))]] = 0
        return size

    def at(self, text: Bytes, at: Index, stop: Index) -> Mask:
        """Whether a member starts at each place before its stop."""
        return self.sizes(text, at, stop) > 0

    def after(self, text: Bytes, at: Index, stop: Index) -> Index:
        """The first place, from each on, at which no member starts."""
        at, going = at.copy(), np.arange(len(at))
        for _ in range(_ROUNDS):
            size = self.sizes(text, at[going], stop[going])
            going, size = going[size > 0], size[size > 0]
            if not len(going):
                return at
            at[going] += size
        view = text.data
        for i in going.tolist():
            found = self._run.match(view, int(at[i]), int(stop[i]))
            at[i] = found.end() if found else at[i]
        return at

    def sizes_before(self, text: Bytes, at: Index, start: Index) -> Index:
        """Bytes of the member that ends right before each place, not before its start; 0 where none does."""
        found = np.zeros(len(at), np.int64)
        for size in (1, 2, 3):
            first = at - size
            found += size * ((first >= start) & (self.sizes(text, np.maximum(first, 0), at) == size))
        return found

    def before(self, text: Bytes, at: Index, start: Index) -> Index:
        """The last place, from each back, before which no member ends."""
        at, going = at.copy(), np.arange(len(at))
        while len(going):
            size = self.sizes_before(text, at[going], start[going])
            going, size = going[size > 0], size[size > 0]
            at[going] -= size
        return at


def among(table: NDArray[Any], keys: NDArray[Any]) -> Mask:
    """Which keys are in a sorted table: bisected, for np.isin hashes every key.

    >>> among(np.array([2, 5]), np.array([5, 3, 7])).tolist()
    [True, False, False]
    """
    if not len(table):
        return np.zeros(len(keys), bool)
    found: Mask = table.take(np.searchsorted(table, keys), mode="clip") == keys
    return found


def _three(text: Bytes, at: Index, size: Index) -> Index:
    """The first three bytes as one number, the third 0 in a character of two."""
    byte = [text.take(at + k, mode="clip").astype(np.int64) for k in range(3)]
    return (byte[0] << 16) | (byte[1] << 8) | np.where(size > 2, byte[2], 0)


def code_points(text: Bytes, at: Index) -> Index:
    """The characters that start at some places.

    >>> code_points(np.frombuffer("aé€😀".encode(), np.uint8), np.array([0, 1, 3, 6])).tolist()
    [97, 233, 8364, 128512]
    """
    byte = [text.take(at + k, mode="clip").astype(np.int64) for k in range(4)]
    tail = [one & 0x3F for one in byte]
    two = ((byte[0] & 0x1F) << 6) | tail[1]
    three = ((byte[0] & 0x0F) << 12) | (tail[1] << 6) | tail[2]
    four = ((byte[0] & 0x07) << 18) | (tail[1] << 12) | (tail[2] << 6) | tail[3]
    return np.select([byte[0] < 0x80, byte[0] < 0xE0, byte[0] < 0xF0], [byte[0], two, three], four)
