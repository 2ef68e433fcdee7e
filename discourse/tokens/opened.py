"""A saved shard, opened: arrays stay in their files, and a block is read, and checked, when something needs it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from discourse.corpus import Corpus

from .encoded import LAYERS
from .layers import Index, Layer, around
from .places import Places, Texts
from .said import OUTSIDE
from .saved import CHECKSUMS, ShardEntry, read_contents
from .sealed import REMEDY, Damaged, Sealed, SealedArray, header, mapped, table_of
from .store import Tokens
from .vocabulary import Spellings, Vocabulary

FOOTER = 1 << 12  # bytes at the end of an Arrow file that say where its columns begin; more than enough


class Shard:
    """The files of a saved shard; sizes are looked at here, what is in them when it is read."""

    def __init__(self, folder: Path, entry: ShardEntry) -> None:
        self.entry = entry
        self.folder = folder / entry.name
        self._contents = read_contents(folder, entry)
        self._open: dict[str, Sealed] = {}

    def __reduce__(self) -> tuple[type[Shard], tuple[Path, ShardEntry]]:
        """Be opened again by who gets a copy, such as another process."""
        return Shard, (self.folder.parent, self.entry)

    @cached_property
    def _seals(self) -> NDArray[np.uint32]:
        file = self.folder / CHECKSUMS
        data = mapped(file)
        if zlib.crc32(data) != self._contents.checksums:
            raise Damaged(f"{file} is not what was written. {REMEDY}")
        kind, begin = header(data)
        return np.asarray(np.frombuffer(data, kind, offset=begin), np.uint32)

    @cached_property
    def layers(self) -> tuple[str, ...]:
        """The layers that were saved."""
        found = (re.fullmatch("layer-(.*)-codes.npy", name) for name in self._contents.files)
        return tuple(match[1] for match in found if match)

    def sealed(self, name: str) -> Sealed:
        """A file by its name."""
        if name not in self._open:
            _, begin, end = self._contents.files[name]
            self._open[name] = Sealed(self.folder / name, self._seals[begin:end])
        return self._open[name]

    def array(self, name: str) -> SealedArray:
        """An array by its name."""
        return SealedArray(self.sealed(f"{name}.npy"))

    def table(self, name: str) -> pa.Table:
        """A table by its name, checked."""
        sealed = self.sealed(f"{name}.arrow")
        sealed.check_all()
        return table_of(sealed)

    def strings(self, name: str, column: str) -> pa.LargeStringArray:
        """A column of a table of strings."""
        return _only(self.table(name).column(column))

    def spellings(self, name: str) -> Spellings:
        """A table of spellings."""
        return Spellings(self.strings(name, "spelling"), self.table(name).column("type").to_numpy())

    def types(self) -> pd.DataFrame:
        """One row a type."""
        table: pd.DataFrame = self.table("types").to_pandas()
        return table

    def voices(self) -> pd.DataFrame | None:
        """The voices that were not found by the rules."""
        if "voices.arrow" not in self._contents.files:
            return None
        table: pd.DataFrame = self.table("voices").to_pandas()
        return table

    @cached_property
    def texts(self) -> Texts:
        """The texts, each of which is checked when it is read."""
        sealed = self.sealed("texts.arrow")
        size, zero = len(sealed.data), np.zeros(1, np.int64)
        sealed.check(np.array([max(size - FOOTER, 0)]), np.array([size]))
        strings = _only(table_of(sealed).column("text"))
        if not self.entry.characters:  # then Arrow keeps no bytes in the file, whose place could be asked
            sealed.check_all()
            return Texts(strings)
        place = strings.buffers()[2].address - np.frombuffer(sealed.data, np.uint8).ctypes.data
        sealed.check(zero, zero + place)
        return Texts(
            strings, lambda begin, end: sealed.check(place + begin, place + end), self.array("continued")
        )

    def layer(self, name: str) -> Layer:
        """A layer that was saved."""
        starts, codes = (self.array(f"layer-{name}-{part}") for part in ("starts", "codes"))
        numbers = f"layer-{name}-values.arrow" not in self._contents.files
        values = None if numbers else tuple(self.strings(f"layer-{name}-values", "value").to_pylist())
        return SavedLayer(starts, codes, values, self.entry.tokens)


def _only(column: pa.ChunkedArray) -> pa.LargeStringArray:
    return column.chunk(0) if column.num_chunks else pa.array([], pa.large_string())


class SavedLayer(Layer):
    """A layer in files: for few tokens few blocks are read."""

    _starts: SealedArray
    _codes: SealedArray

    def __init__(self, starts: SealedArray, codes: SealedArray, values: tuple[str, ...] | None, size: int) -> None:
        for name, value in (("_starts", starts), ("_codes", codes), ("values", values), ("size", size)):
            object.__setattr__(self, name, value)

    @cached_property
    def starts(self) -> Index:
        """int32; the first token of each run."""
        return self._starts.whole()

    @cached_property
    def codes(self) -> NDArray[np.int32]:
        """int32; the value of each run."""
        return self._codes.whole()

    def codes_at(self, positions: Index) -> NDArray[np.int32]:
        """The code at each token."""
        return self._codes[self.runs(positions)]

    def runs(self, positions: Index) -> Index:
        """The run in which each token lies."""
        if "starts" in self.__dict__ or not len(self._starts):
            return super().runs(positions)
        raw = self._starts.raw
        found = np.maximum(np.searchsorted(raw, np.asarray(positions).astype(raw.dtype), side="right") - 1, 0)
        # Bisecting ends between two values that it compared: where these are checked, no damage can have misled it.
        around(self._starts, found, self.size)
        return found

    def edges(self, positions: Index) -> tuple[Index, Index]:
        """The first and the last token of the run in which each token lies."""
        return around(self._starts, self.runs(positions), self.size)


class SavedCorpus(Corpus):
    """The texts and documents of a saved shard."""

    _shard: Shard

    def __init__(self, shard: Shard) -> None:
        object.__setattr__(self, "_shard", shard)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """The table of documents; index `doc_id`."""
        table: pd.DataFrame = self._shard.table("documents").to_pandas()
        return table.set_index("doc_id")

    @cached_property
    def zones(self) -> pd.DataFrame:
        """One row per zone."""
        table: pd.DataFrame = self._shard.table("zones").to_pandas()
        return table

    @cached_property
    def texts(self) -> pa.LargeStringArray:
        """All texts, checked."""
        return self._shard.strings("texts", "text")

    def text(self, doc_id: str) -> str:
        """Return the source text of a document; only its blocks are read."""
        return str(self._shard.texts.whole(self._positions([doc_id]))[0].as_py())

    def __len__(self) -> int:
        return int(self._shard.entry.documents)

    def __repr__(self) -> str:
        noun = "document" if len(self) == 1 else "documents"
        return f"Corpus({len(self):,} {noun}, {self._shard.entry.characters:,} characters)"


class SavedTokens(Tokens):
    """The tokens of a saved shard. Nothing is read until it is needed; where few tokens matter, few blocks are."""

    _shard: Shard
    _saved: tuple[str, ...]  # the layers that are read from files

    def __init__(
        self, shard: Shard, extra: Mapping[str, Layer] | None = None, supplied: pd.DataFrame | None = None
    ) -> None:
        own = {name: shard.layer(name) for name in shard.layers if name not in LAYERS}
        # Voices that are given later stand for those that were saved.
        saved = shard.layers if supplied is None else tuple(name for name in shard.layers if name not in OUTSIDE)
        values = {"_shard": shard, "extra": own if extra is None else extra, "_computed": {}, "_saved": saved}
        if supplied is not None:
            values["supplied"] = supplied
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __reduce__(self) -> tuple[Callable[..., SavedTokens], tuple[Any, ...]]:
        """Be opened again by who gets a copy; only what is not in the files goes with it."""
        more = {name: layer for name, layer in self.extra.items() if name not in self._shard.layers}
        return _again, (self._shard, more, self.__dict__.get("supplied"))

    def __len__(self) -> int:
        return int(self._shard.entry.tokens)

    def __repr__(self) -> str:
        entry = self._shard.entry
        return f"Tokens({entry.documents:,} documents, {entry.tokens:,} tokens, {entry.types:,} types; saved)"

    @cached_property
    def corpus(self) -> Corpus:
        """Where the tokens come from."""
        return SavedCorpus(self._shard)

    @cached_property
    def supplied(self) -> pd.DataFrame | None:
        """Voices that somebody else found, if they were saved."""
        return self._shard.voices()

    @cached_property
    def ids(self) -> NDArray[np.int32]:
        """int32, one a token: the type, as written."""
        return self._shard.array("ids").whole()

    @cached_property
    def starts(self) -> NDArray[np.uint32]:
        """uint32, one a token: byte offset in its document."""
        return self._shard.array("starts").whole()

    @cached_property
    def doc_offsets(self) -> Index:
        """int64, one more than documents."""
        return self._shard.array("doc_offsets").whole()

    @cached_property
    def types(self) -> pd.DataFrame:
        """One row a type: `token, term, is_word, is_stop`."""
        return self._shard.types()

    @cached_property
    def terms(self) -> pd.Index:
        """The distinct terms of words, sorted."""
        spelled: pd.Index = pd.Index(self._shard.table("terms").to_pandas()["term"])
        return spelled

    @cached_property
    def term_codes(self) -> NDArray[np.int32]:
        """One a type: index into `terms`, -1 for what is no word."""
        return self._shard.array("term_codes").whole()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The types by their spellings, for words with wildcards."""
        whole, parts = (self._shard.spellings(name) for name in ("spellings", "parts"))
        shard = self._shard  # were it the tokens, they would hold themselves, and their files would stay open
        return Vocabulary(whole, parts, lambda: Vocabulary.of(shard.types()).in_capitals)

    @cached_property
    def _texts(self) -> Texts:
        return self._shard.texts

    @cached_property
    def postings(self) -> tuple[Index, Index]:
        """Where each type stands: positions sorted by type, and where each type's positions begin."""
        return self._shard.array("postings").whole(), self._posting_offsets

    @cached_property
    def _posting_offsets(self) -> Index:
        return self._shard.array("posting_offsets").whole()

    @property
    def type_counts(self) -> Index:
        """One a type: how many tokens it has."""
        return np.asarray(np.diff(self._posting_offsets))

    def places_of(self, types: Index) -> Index:
        """Where tokens of the types stand, those of one after those of another; only the blocks of these are read."""
        order, offsets = self._shard.array("postings"), self._posting_offsets
        parts = [order.between(int(offsets[i]), int(offsets[i + 1])) for i in types]
        return np.concatenate([np.empty(0, np.int64), *parts])

    def ids_at(self, positions: Index) -> NDArray[np.int32]:
        """The types of some tokens; only their blocks are read."""
        return self._shard.array("ids")[positions]

    def starts_at(self, positions: Index) -> Index:
        """The bytes of their documents at which some tokens start; only their blocks are read."""
        return self._shard.array("starts")[positions].astype(np.int64)

    def first_token(self, document: Index, character: Index) -> Index:
        """The first token that starts at or after a character of a document; only what lies on the way is read."""
        return Places(self._texts, self._shard.array("starts"), self.doc_offsets).first_token(document, character)

    def knows(self, name: str) -> bool:
        """Whether a layer was saved, or is there already."""
        return name in self._saved or super().knows(name)

    def computed(self, name: str) -> bool:
        return name in self._saved or super().computed(name)

    def _compute(self, name: str) -> Layer:
        return self._shard.layer(name) if name in self._saved else super()._compute(name)

    def _with_extra(self, extra: Mapping[str, Layer]) -> Tokens:
        return SavedTokens(self._shard, extra, self.__dict__.get("supplied"))

    def _with_supplied(self, spans: pd.DataFrame) -> Tokens:
        return SavedTokens(self._shard, self.extra, spans)


def _again(shard: Shard, more: Mapping[str, Layer], supplied: pd.DataFrame | None) -> SavedTokens:
    own = SavedTokens(shard).extra
    return SavedTokens(shard, {**own, **more}, supplied)
