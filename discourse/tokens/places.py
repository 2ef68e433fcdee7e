"""From tokens to characters of the text, and back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from .layers import Index

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, eq=False)
class Places:
    """Where tokens stand in the texts of a corpus.

    Attributes:
        texts: one string a document.
        starts: uint32, one a token: byte offset in its document.
        doc_offsets: int64, one more than documents: the tokens of document i are `doc_offsets[i]:doc_offsets[i+1]`.

    >>> import pyarrow as pa
    >>> places = Places(pa.array(["é a", "b"], pa.large_string()), np.array([0, 3, 0], np.uint32), np.array([0, 2, 3]))
    >>> places.char_starts.tolist(), places.first_token(np.array([0, 1]), np.array([1, 0])).tolist()
    ([0, 2, 0], [1, 2])
    """

    texts: pa.LargeStringArray
    starts: NDArray[np.uint32]
    doc_offsets: Index

    @cached_property
    def char_starts(self) -> Index:
        """One a token: the character of its document at which it starts."""
        base, continuation = self._bytes
        document = np.repeat(base[:-1], np.diff(self.doc_offsets))
        before = np.searchsorted(continuation, document + self.starts)
        return self.starts - (before - np.searchsorted(continuation, document))

    @cached_property
    def _bytes(self) -> tuple[Index, Index]:
        """Where each document begins in the text buffer, and which bytes there go on with a character."""
        if not len(self.texts):
            return np.zeros(1, np.int64), np.empty(0, np.int64)
        _, offsets, data = self.texts.buffers()
        base = np.frombuffer(offsets, np.int64)[self.texts.offset : self.texts.offset + len(self.texts) + 1]
        raw = np.frombuffer(data or b"", np.uint8)[: base[-1]]
        return base, np.flatnonzero((raw & 0xC0) == 0x80)

    def first_token(self, document: Index, character: Index) -> Index:
        """The first token that starts at or after a character of a document."""
        base, own = self._characters
        return np.searchsorted(own, base[document] + character)

    @cached_property
    def _characters(self) -> tuple[Index, Index]:
        """Where each document and each token would begin if the texts stood one after the other."""
        size = pc.utf8_length(self.texts).to_numpy(zero_copy_only=False).astype(np.int64)
        base = np.concatenate([[0], np.cumsum(size)])
        return base, self.char_starts + np.repeat(base[:-1], np.diff(self.doc_offsets))
