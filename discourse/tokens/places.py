"""Where tokens stand: from types to tokens, from tokens to characters of the text, and back.

Texts are bytes; characters are counted where they are shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import scipy.sparse as sp
from numpy.typing import NDArray

from .layers import Index
from .sealed import SealedArray

NEAR = 1 << 14  # bytes: documents this close to one another are read in one go
BLOCK = 1 << 24  # bytes looked at together
KEPT = 1 << 16  # places of bytes that go on with a character, remembered for the next time
STEP = 1 << 10  # bytes between two places up to which characters have been counted
CONTINUES = -64  # bytes below it, as signed ones, go on with a character
INLINE = 12  # bytes: a shorter string stands in its view itself (Arrow's layout of views)
REACH = 30  # a view names one of several buffers, which begin 2^30 bytes apart, and an int32 place in it


def _trusted(begin: Index, end: Index) -> None:
    """Check nothing."""


@dataclass(frozen=True, eq=False)
class Texts:
    """The texts of a corpus as bytes; only what is asked for is looked at.

    Attributes:
        strings: one string a document.
        check: is told which bytes of the buffer of all texts, from where to where, before they are read.
        continued: how many bytes go on with a character before every `STEP`-th of all texts, see `continued`; where
            it is known, documents need not be read from their beginning.

    >>> texts = Texts(pa.array(["é a", "b"], pa.large_string()))
    >>> texts.characters(np.array([0, 1]), np.array([3, 0])).tolist()
    [2, 0]
    >>> texts.slices(np.array([0, 1]), np.array([0, 0]), np.array([2, 1])).to_pylist()
    ['é', 'b']
    """

    strings: pa.LargeStringArray
    check: Callable[[Index, Index], None] = _trusted
    continued: Index | SealedArray | None = None

    @cached_property
    def _raw(self) -> tuple[Index, NDArray[np.uint8]]:
        """Where each document begins in the buffer, and the buffer."""
        if not len(self.strings):
            return np.zeros(1, np.int64), np.empty(0, np.uint8)
        _, offsets, data = self.strings.buffers()
        base = np.frombuffer(offsets, np.int64)[self.strings.offset : self.strings.offset + len(self.strings) + 1]
        return base, np.frombuffer(data or b"", np.uint8)

    def slices(self, document: Index, begin: Index, end: Index) -> pa.LargeStringArray:
        """What stands in documents, given by their numbers, from one byte to another."""
        base, data = self._raw
        first = base[document] + begin
        self.check(first, first + (end - begin))
        return gathered(data, first, end - begin)

    def whole(self, document: Index) -> pa.LargeStringArray:
        """The texts of some documents.

        >>> Texts(pa.array(["é a", "b"], pa.large_string())).whole(np.array([1, 0])).to_pylist()
        ['b', 'é a']
        """
        size = np.diff(self._raw[0])[document] if len(self.strings) else document
        return self.slices(document, np.zeros(len(document), np.int64), size)

    def characters(self, document: Index, byte: Index) -> Index:
        """How many characters of its document stand before each byte."""
        if self.continued is not None:
            begin = self._raw[0][document]
            before, there = np.split(self._continued_before(self.continued, np.append(begin, begin + byte)), 2)
            return byte - (there - before)
        base, inner = self._raw[0], self._inner(document)
        if len(document) < len(base):
            before = np.searchsorted(inner, base[document])
        else:
            before = np.searchsorted(inner, base).take(document)
        return byte - (np.searchsorted(inner, base[document] + byte) - before)

    def bytes_before(self, document: Index, character: Index) -> Index:
        """How many bytes of its document stand before each character."""
        base, inner = self._raw[0][document], self._inner(document)
        # A byte that goes on with a character belongs to the last of the characters that begin before it.
        owner = inner - np.arange(len(inner))
        seen = np.searchsorted(inner, base)
        return character + np.searchsorted(owner, base - seen + character, side="right") - seen

    def _continued_before(self, known: Index | SealedArray, at: Index) -> Index:
        """How many bytes before places in the buffer go on with a character: at most a step is looked at for each."""
        first = self._raw[0][0]
        places, back = np.unique(at - first, return_inverse=True)
        nth = places // STEP
        some = nth * STEP < places
        self.check(nth[some] * STEP + first, places[some] + first)
        found = np.array(known[nth], np.int64)
        together = max(BLOCK // STEP, 1)
        for i in range(0, len(places), together):
            rows = slice(i, i + together)
            inside = np.arange(STEP) < (places[rows] - nth[rows] * STEP)[:, None]
            found[rows] += np.count_nonzero((self._steps(nth[rows]) < CONTINUES) & inside, axis=1)
        return found[back]

    def _steps(self, nth: Index) -> NDArray[np.int8]:
        """The bytes of some steps, one row each; what stands after the last text is 0."""
        data = self._raw[1].view(np.int8)[self._raw[0][0] :]
        whole = data[: len(data) // STEP * STEP].reshape(-1, STEP)
        late = nth == len(whole)
        if not late.any():
            return whole.take(nth, axis=0)
        rest = data[whole.size :]
        found = whole.take(nth, axis=0, mode="clip") if len(whole) else np.empty((len(nth), STEP), np.int8)
        found[late] = np.append(rest, np.zeros(STEP - len(rest), np.int8))
        return found

    def _inner(self, document: Index) -> Index:
        """Where, in the buffer, bytes go on with a character: in these documents, and perhaps in others."""
        used = np.zeros(len(self.strings), bool)
        used[document] = True
        known, inner = self._seen[0]
        if (new := used & ~known).any():
            found = self._inner_of(new)
            inner = np.union1d(inner, found) if len(inner) else found
            if len(inner) <= KEPT:
                self._seen[0] = (known | new, inner)
        return inner

    @cached_property
    def _seen(self) -> list[tuple[NDArray[np.bool_], Index]]:
        """Documents looked at so far, and what was found in them, while it is little."""
        return [(np.zeros(len(self.strings), bool), np.empty(0, np.int64))]

    def _inner_of(self, used: NDArray[np.bool_]) -> Index:
        base, data = self._raw[0], self._raw[1].view(np.int8)
        begin, end = base[:-1][used], base[1:][used]
        cuts = np.flatnonzero(begin[1:] - end[:-1] > NEAR)  # between documents far from one another
        found = [np.empty(0, np.int64)]
        for low, high in zip(begin[np.append(0, cuts + 1)].tolist(), end[np.append(cuts, -1)].tolist(), strict=True):
            self.check(np.array([low]), np.array([high]))
            parts = (data[at : min(at + BLOCK, high)] for at in range(low, high, BLOCK))
            found += [low + i * BLOCK + np.flatnonzero(part < CONTINUES) for i, part in enumerate(parts)]
        return np.concatenate(found)


def continued(texts: pa.LargeStringArray) -> Index:
    """How many bytes go on with a character before every `STEP`-th byte of all texts, one behind the other.

    >>> continued(pa.array(["é" * 600, "a"], pa.large_string())).tolist()
    [0, 512]
    """
    if not len(texts):
        return np.zeros(1, np.int64)
    offsets = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset :][: len(texts) + 1]
    data = np.frombuffer(texts.buffers()[2] or b"\0", np.int8)[offsets[0] : offsets[-1]]
    counts = [np.zeros(1, np.int64)]
    together = max(BLOCK // STEP, 1) * STEP
    for at in range(0, len(data) - STEP + 1, together):
        whole = data[at : at + together]
        whole = whole[: len(whole) // STEP * STEP].reshape(-1, STEP)
        counts.append(np.count_nonzero(whole < CONTINUES, axis=1))
    return np.cumsum(np.concatenate(counts))


def gathered(data: NDArray[np.uint8], first: Index, size: Index) -> pa.LargeStringArray:
    """Stretches of UTF-8 bytes as strings.

    >>> gathered(np.frombuffer(b"no more war", np.uint8), np.array([8, 0]), np.array([3, 11])).to_pylist()
    ['war', 'no more war']
    """
    return viewed(data, first, size).cast(pa.large_string())


def viewed(data: NDArray[np.uint8], first: Index, size: Index) -> pa.StringViewArray:
    """The same as views of the bytes, which are not copied.

    >>> viewed(np.frombuffer(b"no more war", np.uint8), np.array([8]), np.array([3])).to_pylist()
    ['war']
    """
    views = np.empty((len(first), 4), np.int32)
    views[:, 0] = size
    long, short = np.flatnonzero(size > INLINE), np.flatnonzero(size <= INLINE)
    if len(long):  # the first four bytes, and where the others are
        views[long, 1] = np.ndarray(len(data) - 3, np.int32, data, strides=(1,))[first[long]]
        views[:, 2] = first >> REACH
        views[:, 3] = first & ((1 << REACH) - 1)
    views[short, 1:] = _heads(data, first[short], size[short])
    buffer = pa.py_buffer(data)
    parts = [buffer.slice(at, min(2 << REACH, len(data) - at)) for at in range(0, len(data), 1 << REACH)]
    return pa.Array.from_buffers(pa.string_view(), len(first), [None, pa.py_buffer(views), *parts])


def _heads(data: NDArray[np.uint8], first: Index, size: Index) -> NDArray[np.int32]:
    """The first bytes of stretches, filled up with zeros, as three integers each."""
    last = len(data) - INLINE
    late = np.flatnonzero(first > last)
    heads = _windows(data)[np.minimum(first, last)] if last >= 0 else np.empty((len(first), 3), np.int32)
    # Near the end of the data there are fewer bytes to read.
    tail = np.append(data[max(last, 0) :], np.zeros(INLINE, np.uint8))
    heads[late] = _windows(tail)[first[late] - max(last, 0)]
    heads &= _KEEP.take(np.minimum(size, INLINE), axis=0)
    return heads


_KEEP = np.where(np.arange(INLINE) < np.arange(INLINE + 1)[:, None], 255, 0).astype(np.uint8).view(np.int32)


def _windows(data: NDArray[np.uint8]) -> NDArray[np.int32]:
    """The bytes from every position on, as three integers (a view)."""
    return np.ndarray((max(len(data) - INLINE + 1, 0), 3), np.int32, data, strides=(1, 4))


@dataclass(frozen=True, eq=False)
class Places:
    """Where tokens stand in the texts of a corpus.

    Attributes:
        texts: one string a document.
        starts: uint32, one a token: byte offset in its document.
        doc_offsets: int64, one more than documents: the tokens of document i are `doc_offsets[i]:doc_offsets[i+1]`.

    >>> texts = Texts(pa.array(["é a", "b"], pa.large_string()))
    >>> places = Places(texts, np.array([0, 3, 0], np.uint32), np.array([0, 2, 3]))
    >>> places.char_starts.tolist(), places.first_token(np.array([0, 1]), np.array([1, 0])).tolist()
    ([0, 2, 0], [1, 2])
    """

    texts: Texts
    starts: NDArray[np.uint32] | SealedArray
    doc_offsets: Index

    @cached_property
    def char_starts(self) -> Index:
        """One a token: the character of its document at which it starts."""
        document = np.repeat(np.arange(len(self.doc_offsets) - 1), np.diff(self.doc_offsets))
        return self.texts.characters(document, np.asarray(self.starts, np.int64))

    def first_token(self, document: Index, character: Index) -> Index:
        """The first token that starts at or after a character of a document."""
        byte = self.texts.bytes_before(document, character)
        low, high = self.doc_offsets[document], self.doc_offsets[document + 1]
        # All are bisected at once, each among the tokens of its document.
        while (wide := low < high).any():
            middle = (low + high) // 2
            before = wide & (self.starts[np.where(wide, middle, 0)] < byte)
            low, high = np.where(before, middle + 1, low), np.where(wide & ~before, middle, high)
        return low


def by_type(ids: NDArray[np.int32], types: int) -> tuple[Index, Index]:
    """Where each type stands.

    Args:
        ids: the type of each token.
        types: how many types there are.

    Returns:
        The positions of tokens sorted by type, then by place (int32 where they fit), and where each type's begin.

    >>> [part.tolist() for part in by_type(np.array([1, 0, 1], np.int32), 3)]
    [[1, 0, 2], [0, 1, 3, 3]]
    """
    # Turning rows into columns is a counting sort: five times as fast as sorting.
    rows = np.arange(len(ids) + 1, dtype=np.int32 if len(ids) < np.iinfo(np.int32).max else np.int64)
    turned = sp.csr_array((np.ones(len(ids), bool), ids, rows), (len(ids), types)).tocsc()
    return turned.indices, turned.indptr.astype(np.int64)
