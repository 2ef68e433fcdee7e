"""From blocks of texts to a saved corpus, one block in memory at a time."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import psutil

from discourse._errors import StudyError, choose
from discourse.corpus import Corpus, id_hashes, reasons, without

from .saved import ShardEntry, alone, other_columns, prepare, remove_strangers, write_manifest, write_shard
from .shards import Shards, open_tokens
from .store import Tokens, tokenize

if TYPE_CHECKING:
    from numpy.typing import NDArray

# What reading, encoding and saving a block takes at its peak, in bytes a byte of text (measured, with a margin).
PEAK = 12
# What Python and the libraries take before the first block; the compiler of the fast kernel takes a third of it, once.
BASE = 450 << 20
SMALLEST_BLOCK, LARGEST_BLOCK = 1 << 20, 1 << 28  # bytes; a larger shard would answer no faster
LEAST = BASE + SMALLEST_BLOCK * PEAK
QUICK_LAYERS = ("zone", "section", "sentence", "paragraph")
VOICES = ("voice", "marking", "speaker")


class Readable(Protocol):
    """A stretch of a source, see `discourse.corpus.plan`."""

    @property
    def name(self) -> str:
        """Where it comes from, for messages."""

    @property
    def size(self) -> int:
        """About how many bytes of text it has."""

    def read(self) -> Corpus:
        """Its documents."""


def block_bytes(memory: int | None = None) -> int:
    """How much text to read at once, in bytes, so that encoding stays within a limit.

    Args:
        memory: the limit for the whole process in bytes; by default a quarter of the machine.

    Raises:
        ValueError: less than Python and the libraries take by themselves.

    >>> block_bytes(2_000_000_000) < 2_000_000_000 / 10
    True
    """
    limit = psutil.virtual_memory().total // 4 if memory is None else checked_memory(memory)
    size = (limit - BASE) // PEAK
    if size < SMALLEST_BLOCK:
        raise ValueError(f"memory must be at least {LEAST:,} bytes; got {limit:,}. Give more.")
    return min(int(size), LARGEST_BLOCK)


def checked_memory(memory: float) -> int:
    """A limit in bytes, if it is one.

    >>> checked_memory("2 GB")
    Traceback (most recent call last):
    ValueError: memory must be a number of bytes, 1 or more; got '2 GB'. Write 2_000_000_000 for 2 GB.
    """
    if not isinstance(memory, float | int | np.integer) or not 1 <= memory < np.inf:
        raise ValueError(f"memory must be a number of bytes, 1 or more; got {memory!r}. Write 2_000_000_000 for 2 GB.")
    return int(memory)


def encode_blocks(
    blocks: Sequence[Readable],
    folder: Path,
    *,
    on_error: str = "raise",
    progress: bool | None = None,
    layers: Sequence[str] = QUICK_LAYERS,
) -> Tokens | Shards:
    """Encode blocks one after the other, save each as a shard, and open the whole.

    Args:
        blocks: what to read.
        folder: a new or an empty folder; it holds nothing that opens until all blocks are there.
        on_error: `raise`, or `skip`: leave out a block that cannot be read, or such a text file, with a warning.
        progress: show a bar; by default on a terminal.
        layers: the layers to compute and save; others are computed when they are needed.

    Raises:
        StudyError: a block cannot be read (`raise`), or none can.
        ValueError: the folder holds something, or an id occurs twice.

    >>> import tempfile
    >>> import pandas as pd
    >>> from discourse.corpus import plan
    >>> frame = pd.DataFrame({"text": ["No more war.", "Peace."]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     encode_blocks(plan(frame, block_bytes=10), Path(folder))
    Shards(2 shards, 2 documents, 6 tokens)
    """
    choose("on_error", on_error, ["raise", "skip"])
    with alone(folder):
        prepare(folder, append=False)
        corpora = _corpora(_shown(blocks, progress), skip=on_error == "skip")
        try:
            entries = _written(corpora, folder, layers)
        except BaseException:  # also Ctrl-C: gigabytes that nobody can open need not stay
            remove_strangers(folder, set())
            raise
        write_manifest(folder, entries)
    return open_tokens(folder)


def _written(corpora: Iterable[tuple[Corpus, str]], folder: Path, layers: Sequence[str]) -> list[ShardEntry]:
    """Encode and write corpora, given with their names, as shards."""
    entries: list[ShardEntry] = []
    known = Known()
    for corpus, name in corpora:
        known.add(corpus, name)
        entries.append(write_shard(folder, len(entries), tokenize(corpus), layers))
    if not entries:
        raise StudyError("There is nothing to encode: no block could be read. Check the source.")
    return entries


def _corpora(blocks: Iterable[Readable], *, skip: bool) -> Iterator[tuple[Corpus, str]]:
    """What the blocks hold, with their names; what cannot be read is named, and raised or left out."""
    for block in blocks:
        try:
            corpus = block.read()
        except StudyError as error:
            if not skip:
                raise
            broken = reasons(block, error)
            for name, why in broken.items():
                warnings.warn(f"{why} Left out: {name}.", stacklevel=3)
            rest = without(block, broken)
            if rest is None:
                continue
            block, corpus = rest, rest.read()
        yield corpus, block.name


def _shown(blocks: Sequence[Readable], progress: bool | None) -> Iterator[Readable]:
    """The blocks, with a bar of the bytes done."""
    from tqdm import tqdm

    hidden = not (sys.stderr.isatty() if progress is None else progress)
    with tqdm(total=sum(block.size for block in blocks), unit="B", unit_scale=True, disable=hidden) as bar:
        for block in blocks:
            yield block
            bar.update(block.size)


class Known:
    """The documents met so far: ids by their hashes, and the columns all must have."""

    def __init__(self) -> None:
        self._hashes: NDArray[np.uint64] = np.empty(0, np.uint64)  # sorted
        self._first: tuple[str, list[str]] | None = None  # the first block and its columns

    def add(self, corpus: Corpus, name: str) -> None:
        """Take in more documents.

        Raises:
            ValueError: an id is known already.
            StudyError: the columns are others.

        >>> import pandas as pd
        >>> known, corpus = Known(), Corpus.from_frame(pd.DataFrame({"text": ["One."]}, index=["a"]))
        >>> known.add(corpus, "one.csv")
        >>> known.add(corpus, "two.csv")
        Traceback (most recent call last):
        ValueError: two.csv: the id 'a' occurs twice in the source. Give every document an id of its own.
        """
        columns = list(corpus.documents.columns)
        self._first = self._first or (name, columns)
        if columns != self._first[1]:
            raise other_columns(name, columns, *self._first)
        own = id_hashes(corpus)
        twice = np.isin(own, self._hashes)
        if twice.any():
            doc_id = corpus.documents.index[int(np.argmax(twice))]
            raise ValueError(
                f"{name}: the id {doc_id!r} occurs twice in the source. Give every document an id of its own."
            )
        self._hashes = np.union1d(self._hashes, own)
