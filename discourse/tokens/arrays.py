"""The arrays of an encoded corpus, and what they say by themselves: which types there are, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from discourse.corpus import Corpus

from .encoded import Encoded
from .layers import Index, located
from .places import Places, Texts, by_type
from .types import QUOTATION_MARKS
from .vocabulary import Vocabulary


@dataclass(frozen=True, eq=False, repr=False)
class Arrays(Encoded):
    """Types and places of tokens. `Tokens` says what each array is, and adds what holds where."""

    corpus: Corpus
    ids: NDArray[np.int32]
    starts: NDArray[np.uint32]
    doc_offsets: Index
    types: pd.DataFrame

    def __len__(self) -> int:
        return len(self.ids)

    # ── types ────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def terms(self) -> pd.Index:
        """The distinct terms of words, sorted."""
        terms = pc.unique(pa.array(self.types["term"][self.type_is_word], pa.large_string()))
        spelled: pd.Index = pd.Index(pd.array(terms.take(pc.sort_indices(terms)), "str"), name="term")
        return spelled

    @cached_property
    def term_codes(self) -> NDArray[np.int32]:
        """One a type: index into `terms`, -1 for what is no word."""
        terms = pa.array(self.terms, pa.large_string())
        codes = pc.index_in(pa.array(self.types["term"], pa.large_string()), terms).fill_null(-1).to_numpy()
        return np.where(self.type_is_word, codes, np.int32(-1))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The types by their spellings, for words with wildcards."""
        return Vocabulary.of(self.types)

    @cached_property
    def is_word(self) -> NDArray[np.bool_]:
        """One a token."""
        return self.type_is_word.take(self.ids)

    @cached_property
    def type_is_word(self) -> NDArray[np.bool_]:
        """One a type: whether it is a word."""
        return self.types["is_word"].to_numpy()

    @cached_property
    def type_is_mark(self) -> NDArray[np.bool_]:
        """One a type: whether it is a quotation mark, which phrases are looked for through."""
        return self.types["token"].isin(QUOTATION_MARKS).to_numpy()

    @cached_property
    def type_bytes(self) -> Index:
        """One a type: its length in bytes."""
        tokens = pa.array(self.types["token"], pa.large_string())
        return np.asarray(pc.binary_length(tokens).to_numpy(zero_copy_only=False), np.int64)

    @property
    def type_counts(self) -> Index:
        """One a type: how many tokens it has."""
        return np.diff(self.postings[1])

    # ── places ───────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def postings(self) -> tuple[Index, Index]:
        """Where each type stands: positions sorted by type, and where each type's positions begin."""
        return by_type(self.ids, len(self.types))

    # A saved corpus answers these without reading more than it needs: prefer them where few tokens matter.

    def positions_of(self, types: Index) -> Index:
        """Where tokens of any of the types stand, in order."""
        found = self.places_of(types)
        if len(types) > 1:
            found.sort()
        return found

    def places_of(self, types: Index) -> Index:
        """Where tokens of the types stand: those of the first in order, then those of the next."""
        order, offsets = self.postings
        if not len(types):
            return np.empty(0, np.int64)
        edges = zip(offsets[types].tolist(), offsets[types + 1].tolist(), strict=True)
        return np.concatenate([order[first:last] for first, last in edges], dtype=np.int64)

    def words_between(self, bounds: Index) -> Index:
        """How many words lie between each two of some tokens that ascend."""
        return np.diff(bounds) - np.diff(np.searchsorted(self._no_words, bounds.astype(self._no_words.dtype)))

    @cached_property
    def _no_words(self) -> NDArray[np.integer]:
        """The tokens that are no words, far fewer than those that are."""
        found = np.flatnonzero((~self.type_is_word).take(self.ids))
        return found.astype(np.int32) if len(self) < 2**31 else found

    def ids_at(self, positions: Index) -> NDArray[np.int32]:
        """The types of some tokens."""
        return self.ids.take(positions)

    def starts_at(self, positions: Index) -> Index:
        """The bytes of their documents at which some tokens start."""
        return self.starts[positions].astype(np.int64)

    def ends_at(self, positions: Index) -> Index:
        """The bytes after the last of some tokens."""
        return self.starts_at(positions) + self.type_bytes[self.ids_at(positions)]

    def documents_of(self, positions: Index) -> Index:
        """The number of the document in which each token lies."""
        return located(self.doc_offsets, positions)

    def slices(self, document: Index, begin: Index, end: Index) -> pa.LargeStringArray:
        """What stands in documents, given by their numbers, from one byte to another."""
        return self._texts.slices(document, begin, end)

    def characters(self, document: Index, byte: Index) -> Index:
        """How many characters of its document stand before each byte."""
        return self._texts.characters(document, byte)

    @cached_property
    def _texts(self) -> Texts:
        return Texts(self.corpus.texts)

    @cached_property
    def _places(self) -> Places:
        return Places(self._texts, self.starts, self.doc_offsets)

    @property
    def char_starts(self) -> Index:
        """One a token: the character in its document at which it starts."""
        return self._places.char_starts

    @cached_property
    def char_ends(self) -> Index:
        """One a token: the character after its last."""
        return self.char_starts + self.types["token"].str.len().to_numpy(np.int64)[self.ids]

    def text(self, doc_id: str) -> str:
        """The source text of a document, nothing changed, as `Shards.text` gives it.

        Raises:
            UnknownDocument: (a KeyError) names the nearest id.
        """
        return self.corpus.text(doc_id)

    def first_token(self, document: Index, character: Index) -> Index:
        """The first token that starts at or after a character of a document."""
        return self._places.first_token(document, character)
