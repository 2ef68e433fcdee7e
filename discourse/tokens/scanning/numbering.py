"""Which tokens of a page are the same word: a number for each type, in the order in which they are met.

Eight bytes of a word are one integer. Longer words are numbered eight bytes at a time: what came before has a number
already, and a pair of numbers gets a new one. So no word is ever taken for another.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from .characters import Bytes

Index = NDArray[np.int64]

_KEEP = np.array([(1 << (8 * n)) - 1 for n in range(9)], np.uint64)  # the first n of eight bytes
_PAIR = 32  # bits for one number of a pair
_GIANT = 64  # longer words are compared as bytes: a step for every eight bytes of a whole page would be many


def number(page: Bytes, begin: Index, size: Index) -> tuple[NDArray[np.int32], Index]:
    """Number the types of a page in the order in which they are met.

    Args:
        page: UTF-8, with eight bytes more than the last token ends.
        begin: where each token begins.
        size: how many bytes it has.

    Returns:
        One a token: its number; and one a number: the first token that has it.

    >>> page = np.frombuffer(b"to be or not to be" + b" " * 8, np.uint8)
    >>> codes, example = number(page, np.array([0, 3, 13, 16]), np.array([2, 2, 2, 2]))
    >>> codes.tolist(), example.tolist()
    ([0, 1, 0, 1], [0, 1])
    """
    codes, free = _factorized(_eight(page, begin, size))
    long, done = np.flatnonzero(size > 8), 8
    if not len(long):
        return _in_order(codes, free)
    giant = long[size[long] > _GIANT]
    long = long[size[long] <= _GIANT]
    while len(long):
        left = size[long] - done
        part, _ = _factorized(_eight(page, begin[long] + done, left))
        pair, more = _factorized((codes[long] << _PAIR) | part)
        codes[long] = free + pair
        free += more
        long, done = long[left > 8], done + 8
    words = [page[a : a + n].tobytes() for a, n in zip(begin[giant].tolist(), size[giant].tolist(), strict=True)]
    pair, more = _distinct(pa.array(words, pa.large_binary()))
    codes[giant] = free + pair
    return _in_order(codes, free + more)


def _eight(page: Bytes, at: Index, size: Index) -> NDArray[np.uint64]:
    """Up to eight bytes as one integer; no byte of a word is 0, so it also tells how many."""
    # As bytes of no type: numpy gathers them faster than integers that are not aligned.
    eights = np.ndarray((len(page) - 7,), "V8", page, strides=(1,))
    found = eights[at].view("<u8")
    found &= _KEEP.take(size, mode="clip")
    return found


def _factorized(keys: NDArray[np.uint64] | Index) -> tuple[Index, int]:
    return _distinct(pa.UInt64Array.from_buffers(pa.uint64(), len(keys), [None, pa.py_buffer(keys)]))


def _distinct(values: pa.Array) -> tuple[Index, int]:
    """A number for each distinct value, in the order in which they are met, and how many there are."""
    # The hash table of Arrow, unlike that of pandas, lets other threads work meanwhile.
    found = pc.dictionary_encode(values, memory_pool=pa.system_memory_pool())
    return found.indices.to_numpy().astype(np.int64), len(found.dictionary)


def _in_order(codes: Index, size: int) -> tuple[NDArray[np.int32], Index]:
    """Codes below `size`, not all of them in use, numbered anew by their first tokens; and those tokens."""
    first = np.full(size, -1, np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    example = np.sort(first[first >= 0])
    number = np.empty(size, np.int32)
    number[codes[example]] = np.arange(len(example), dtype=np.int32)
    return number[codes], example
