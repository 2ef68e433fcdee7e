"""Which tokens of a block of bytes are the same word: a number for each type.

Up to eight bytes of a word are one integer; longer words are hashed, and the hash is checked.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Index = NDArray[np.int64]

_KEEP = np.array([(1 << (8 * n)) - 1 for n in range(9)], np.uint64)  # the first n of eight bytes
_MIX = np.uint64(0x9E3779B97F4A7C15)


def number(block: Bytes, first: Index, last: Index, vocabulary: defaultdict[bytes, int]) -> NDArray[np.int32]:
    """Number the type of each token; the vocabulary numbers those it meets for the first time.

    Args:
        block: bytes, with eight more than the last token ends.
        first: where each token begins.
        last: the byte after each.
        vocabulary: gives a new number to what is asked for the first time.

    >>> vocabulary: defaultdict[bytes, int] = defaultdict(lambda: len(vocabulary))
    >>> block = np.frombuffer(b"to be or not to be" + b" " * 8, np.uint8)
    >>> number(block, np.array([0, 3, 13, 16]), np.array([2, 5, 15, 18]), vocabulary).tolist(), list(vocabulary)
    ([0, 1, 0, 1], [b'to', b'be'])
    """
    raw, size = block.tobytes(), last - first
    ids = np.empty(len(first), np.int32)
    for part in (np.flatnonzero(size <= 8), np.flatnonzero(size > 8)):
        codes, example = _factorize(block, first[part], size[part])
        tokens = zip(first[part][example].tolist(), last[part][example].tolist(), strict=True)
        number = np.array([vocabulary[raw[a:b]] for a, b in tokens], np.int32)
        ids[part] = number[codes]
    return ids


def _factorize(block: Bytes, first: Index, size: Index) -> tuple[Index, Index]:
    """A code per token, equal for equal bytes, and the position of the first token of each code."""
    codes, example = _first_seen(_keys(block, first, size))
    if _same(block, first, size, example[codes]):
        return codes, example
    # Two words with one 64-bit hash: compare the words themselves, slow and certain.
    words = [block[a : a + n].tobytes() for a, n in zip(first, size, strict=True)]
    return _first_seen(np.array(words, object))


def _first_seen(keys: NDArray[Any]) -> tuple[Index, Index]:
    codes, unique = pd.factorize(keys)
    example = np.empty(len(unique), np.int64)
    example[codes[::-1]] = np.arange(len(codes))[::-1]
    return codes, example


def _eights(block: Bytes) -> NDArray[np.uint64]:
    """The eight bytes at every position as one integer (a view)."""
    return np.ndarray((len(block) - 7,), "<u8", block, strides=(1,))


def _keys(block: Bytes, first: Index, size: Index) -> NDArray[np.uint64]:
    """Up to eight bytes: the bytes themselves. More: a hash of the bytes and their number."""
    eights = _eights(block)
    keys = eights[first] & _KEEP[np.minimum(size, 8)]
    rest = np.flatnonzero(size > 8)
    done = 8
    while len(rest):
        left = size[rest] - done
        part = eights[first[rest] + done] & _KEEP[np.minimum(left, 8)]
        mixed = (keys[rest] ^ (keys[rest] >> np.uint64(29))) * _MIX
        keys[rest] = (mixed ^ part ^ left.astype(np.uint64)) * _MIX
        rest = rest[left > 8]
        done += 8
    return keys


def _same(block: Bytes, first: Index, size: Index, example: Index) -> bool:
    """Whether each token has the same bytes as its example; up to eight bytes are their own key, so always."""
    if not np.array_equal(size, size[example]):
        return False
    eights = _eights(block)
    rest, done = np.flatnonzero(size > 8), 0
    while len(rest):
        keep = _KEEP[np.minimum(size[rest] - done, 8)]
        if ((eights[first[rest] + done] ^ eights[first[example[rest]] + done]) & keep).any():
            return False
        done += 8
        rest = rest[size[rest] > done]
    return True
