"""A saved corpus of several shards: each answers for itself, and the answers are put together."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from discourse.corpus import Corpus
from discourse.corpus.documents import unknown_document

from .encoded import LAYERS, Encoded, T, stacked
from .opened import SavedTokens, Shard
from .saved import alone, as_folder, check_fits, check_voices, prepare, read_manifest, write_manifest, write_shard
from .store import Tokens
from .types import type_table

FAN_IN = 8  # answers put together at once: bounds what is in memory, also on a cluster
# Shards stay open, with what they computed, while all of them fit well into memory.
KEPT_TOKENS = 500_000_000


def folded(answers: Iterable[T], merge: Callable[[Sequence[T]], T], *, fan_in: int = FAN_IN) -> T:
    """Put answers together in a tree, in their order, as they come; few are held at once.

    >>> folded(["a", "b", "c"], "".join, fan_in=2)
    'abc'
    """
    levels: list[list[T]] = [[]]
    for answer in answers:
        levels[0].append(answer)
        level = 0
        while len(levels[level]) == fan_in:
            if level + 1 == len(levels):
                levels.append([])
            levels[level + 1].append(merge(levels[level]))
            levels[level] = []
            level += 1
    return merge([answer for level in reversed(levels) for answer in level])


class Shards(Encoded):
    """A saved corpus of several shards. Public functions take it as they take `Tokens`.

    Attributes:
        folder: where it is saved.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._shards = [Shard(folder, entry) for entry in read_manifest(folder)]
        self._kept: dict[int, SavedTokens] = {}

    def __reduce__(self) -> tuple[type[Shards], tuple[Path]]:
        """Be opened again by who gets a copy, such as another process."""
        return Shards, (self.folder,)

    def __len__(self) -> int:
        return sum(shard.entry.tokens for shard in self._shards)

    def __repr__(self) -> str:
        documents = sum(shard.entry.documents for shard in self._shards)
        return f"Shards({len(self._shards)} shards, {documents:,} documents, {len(self):,} tokens)"

    def __getattr__(self, name: str) -> Any:
        """Say what to do where one part is needed."""
        if hasattr(Tokens, name) or name in Tokens.__dataclass_fields__:
            raise AttributeError(
                f"A corpus of {len(self.__dict__['_shards'])} shards has no {name!r} of its own. Use a public "
                "function, or make it one with `.joined()` if it fits into memory."
            )
        raise AttributeError(f"'Shards' object has no attribute {name!r}")

    def part(self, number: int) -> Tokens:
        """One shard."""
        if len(self) > KEPT_TOKENS:
            return SavedTokens(self._shards[number])
        return self._kept.setdefault(number, SavedTokens(self._shards[number]))

    def reduce(self, part: Callable[[Tokens], T], merge: Callable[[Sequence[T]], T]) -> T:
        """What all shards say together; as many are asked at a time as there are processors."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return folded(pool.map(lambda number: part(self.part(number)), range(len(self._shards))), merge)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """The table of documents of all shards; index `doc_id`."""
        return self.reduce(_documents, stacked)

    @cached_property
    def layers(self) -> tuple[str, ...]:
        """The layers that every shard has."""
        own = [layer for layer in self._shards[0].layers if all(layer in shard.layers for shard in self._shards)]
        return tuple(dict.fromkeys([*LAYERS, *own]))

    def text(self, doc_id: str) -> str:
        """The source text of a document, nothing changed.

        Raises:
            UnknownDocument: (a KeyError) names the nearest id.
        """
        place = self.documents.index.get_indexer(pd.Index([doc_id], dtype=object))[0]
        if place < 0:
            raise unknown_document(doc_id, self.documents.index)
        sizes = np.cumsum([shard.entry.documents for shard in self._shards])
        return self.part(int(np.searchsorted(sizes, place, side="right"))).corpus.text(doc_id)

    def frame(self) -> pd.DataFrame:
        """One row per token, see `Tokens.frame`."""
        return self.reduce(Tokens.frame, stacked).reset_index(drop=True)

    def joined(self) -> Tokens:
        """All shards as one in memory, with one vocabulary; layers are computed again when they are needed."""
        return self.reduce(_itself, one_of)


def _documents(tokens: Tokens) -> pd.DataFrame:
    return tokens.documents


def _itself(tokens: Tokens) -> Tokens:
    return tokens


def one_of(parts: Sequence[Tokens]) -> Tokens:
    """One corpus made of several, one after the other, with one vocabulary.

    >>> from discourse.tokens import tokenize
    >>> parts = [tokenize(Corpus.from_frame(pd.DataFrame({"text": [text]}, index=[text]))) for text in ("a b", "b c")]
    >>> one_of(parts).frame()["token"].tolist()
    ['a', 'b', 'b', 'c']
    """
    spelled = pa.chunked_array([pa.array(part.types["token"], pa.large_string()) for part in parts])
    numbered = spelled.dictionary_encode().combine_chunks()
    code = numbered.indices.to_numpy()
    edges = np.cumsum([0, *(len(part.types) for part in parts)])
    ids = [code[a:b][part.ids] for part, a, b in zip(parts, edges[:-1], edges[1:], strict=True)]
    sizes = [np.diff(part.doc_offsets) for part in parts]
    supplied = [part.supplied for part in parts if part.supplied is not None]
    return Tokens(
        joined_corpus([part.corpus for part in parts]),
        np.concatenate(ids).astype(np.int32),
        np.concatenate([part.starts for part in parts]),
        np.concatenate([[0], np.cumsum(np.concatenate(sizes))]),
        type_table(numbered.dictionary.to_pylist()),
        supplied=pd.concat(supplied, ignore_index=True) if supplied else None,
    )


def joined_corpus(corpora: Sequence[Corpus]) -> Corpus:
    """One corpus made of several.

    >>> joined_corpus([Corpus.from_frame(pd.DataFrame({"text": ["One."]}))])
    Corpus(1 document, 4 characters)
    """
    return Corpus(
        pd.concat([corpus.documents for corpus in corpora]),
        pd.concat([corpus.zones for corpus in corpora], ignore_index=True),
        pa.chunked_array([corpus.texts for corpus in corpora]).combine_chunks(),
    )


def save_tokens(tokens: Tokens, folder: Path, *, append: bool) -> None:
    """Save tokens as one shard; see `Tokens.save`."""
    with alone(folder):
        shards = prepare(folder, append=append)
        if shards:
            saved = Shards(folder)
            check_fits(saved.documents, tokens.documents)
            check_voices(saved.part(0), tokens)
        entry = write_shard(folder, len(shards), tokens, tokens.layers)
        write_manifest(folder, [*shards, entry])


def open_tokens(folder: str | PurePath) -> Tokens | Shards:
    """Open a saved corpus.

    Only names and sizes are looked at now. What a question needs is read then, block by block, and each block is
    checked when it is first read. Nothing can be changed.

    Args:
        folder: made by `Tokens.save` or `encode`.

    Returns:
        `Tokens` where it is one shard, else `Shards`; public functions take either.

    Raises:
        ValueError: there is no saved corpus, another version wrote it, or a file is missing or damaged (also later,
            when it is read).

    >>> import tempfile
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["No more war."]})))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     tokens.save(folder)
    ...     open_tokens(folder)
    Tokens(1 documents, 4 tokens, 4 types; saved)
    """
    shards = Shards(as_folder(folder))
    return shards.part(0) if len(shards._shards) == 1 else shards
