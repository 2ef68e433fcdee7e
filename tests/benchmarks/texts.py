"""The text of the benchmark: public-domain messages as they are, or documents drawn anew from their paragraphs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from discourse import Corpus

HERE = Path(__file__).parent
SOURCE = HERE / "data" / "sotu.parquet"
CACHE = HERE.parent.parent / "build" / "benchmarks"  # made anew when missing; never kept under version control
SEED = 1790
Index = NDArray[np.int64]
PARAGRAPH = "\n\n"
MEGABYTE = 1_000_000
ROW_GROUP = 100  # documents; about 5 MB

# What the text must be, by its size in megabytes: `digest` of its documents. Size 12 is the source as it is.
DIGESTS = {
    12: "ac22a8d1cb35e63550549217d1aa5c73ed052de22531625ed93afe66b3b48673",
    100: "9f9954142b035303781c5fb17a4093bf0f916d5f178c32312a1f39e0b1e5389f",
    1000: "b1256c43c113e480c0f6605e41cc5aaaf1e82e205c9f362d38d4430a9b7d7612",
}
SIZES = tuple(DIGESTS)


@dataclass(frozen=True)
class Text:
    """The text that all sides of a comparison are given, in the form that each of them starts from.

    Attributes:
        table: `doc_id, group, date, text`, one row a document.
        size: megabytes, about; 0 for a few documents.
    """

    table: pa.Table
    size: int = 0

    @cached_property
    def corpus(self) -> Corpus:
        """For this package."""
        return Corpus.from_frame(self.table.to_pandas())

    @cached_property
    def strings(self) -> list[str]:
        """For the peers: one Python string a document."""
        found: list[str] = self._texts.to_pylist()
        return found

    @cached_property
    def bytes(self) -> int:
        """How long the documents are together, in UTF-8."""
        return int(pc.sum(pc.binary_length(self._texts)).as_py())

    @cached_property
    def files(self) -> tuple[Path, Path]:
        """For programs: the documents with a line end after each, and where each begins (int64, the end last)."""
        joined, offsets = CACHE / f"sotu-{self.size}.txt", CACHE / f"sotu-{self.size}.offsets"
        encoded = [text.encode() + b"\n" for text in self.strings]
        CACHE.mkdir(parents=True, exist_ok=True)
        joined.write_bytes(b"".join(encoded))
        np.cumsum([0, *map(len, encoded)], dtype=np.int64).tofile(offsets)
        return joined, offsets

    @cached_property
    def parquet(self) -> Path:
        """For readers: a Parquet file, in groups of rows small enough to be read one by one."""
        path = CACHE / f"sotu-{self.size}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(self.table, path, row_group_size=ROW_GROUP, use_dictionary=False)
        return path

    @cached_property
    def _texts(self) -> pa.LargeStringArray:
        return self.table["text"].combine_chunks()

    def head(self, documents: int) -> Text:
        """The first few documents, to warm up with."""
        return Text(self.table.slice(0, documents))


def read_text(size: int) -> Text:
    """The text of about so many megabytes.

    Raises:
        ValueError: the text is not the one whose results are published.
    """
    table = _source() if size == min(SIZES) else _cached(CACHE / f"sotu-{size}.arrow", lambda: resampled(size))
    return Text(table, size)


def check(size: int) -> None:
    """Make the text where it is missing.

    Raises:
        ValueError: it is not the text whose results are published.
    """
    found = digest(read_text(size).table["text"].combine_chunks())
    if found != DIGESTS[size]:
        raise ValueError(f"The text of {size} MB must have the digest {DIGESTS[size]}; got {found}. Remove {CACHE}.")


def digest(texts: pa.LargeStringArray) -> str:
    """The SHA-256 of the lengths of the documents (int64) and of their bytes, one after the other.

    >>> digest(pa.array(["a", "b"], pa.large_string())) == digest(pa.array(["ab", ""], pa.large_string()))
    False
    """
    _, offsets, data = texts.buffers()
    edges = np.frombuffer(offsets, "<i8")[texts.offset : texts.offset + len(texts) + 1]
    found = hashlib.sha256(np.diff(edges).tobytes())
    found.update(memoryview(data)[edges[0] : edges[-1]])
    return found.hexdigest()


def resampled(size: int) -> pa.Table:
    """Documents of paragraphs drawn with replacement, each as many paragraphs long as a document of the source.

    They come to at least `size` megabytes. The vocabulary does not grow with the text, which favours everybody.
    """
    source = _source()
    split = [text.split(PARAGRAPH) for text in source["text"].to_pylist()]
    paragraphs = [paragraph for document in split for paragraph in document]
    model, edges, drawn = _plan([len(document) for document in split], [len(p.encode()) for p in paragraphs], size)
    texts = [PARAGRAPH.join([paragraphs[i] for i in drawn[a:b]]) for a, b in pairwise(edges)]
    about = source.select(["group", "date"]).take(pa.array(model))
    names = pa.array([f"drawn-{i:06}" for i in range(len(model))])
    return about.add_column(0, "doc_id", names).append_column("text", pa.array(texts, pa.large_string()))


def _plan(numbers: list[int], lengths: list[int], size: int) -> tuple[Index, Index, Index]:
    """For each document whose number of paragraphs it takes; where its paragraphs begin; which ones they are."""
    length = np.array(lengths) + len(PARAGRAPH)
    likely = int(1.1 * size * MEGABYTE * len(numbers) / length.sum()) + 10
    model = draws(likely, len(numbers), seed=SEED)
    edges = np.concatenate([[0], np.cumsum(np.array(numbers)[model])])
    drawn = draws(int(edges[-1]), len(lengths), seed=SEED + 1)
    # Bytes of the first n documents, of which the last paragraph is not followed by another.
    grown = np.concatenate([[0], np.cumsum(length[drawn])])[edges] - len(PARAGRAPH) * np.arange(len(edges))
    number = int(np.searchsorted(grown, size * MEGABYTE))
    return model[:number], edges[: number + 1], drawn


def draws(count: int, below: int, *, seed: int) -> Index:
    """Numbers below a bound, the same on every machine and with every version of numpy.

    Source: SplitMix64 (Steele, Lea and Flood 2014), element by element.

    >>> draws(5, 100, seed=1).tolist()
    [22, 92, 66, 97, 11]
    """
    state = np.arange(1, count + 1, dtype=np.uint64) + np.uint64(seed << 40)
    state *= np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        state = (state ^ (state >> np.uint64(shift))) * np.uint64(factor)
    return ((state ^ (state >> np.uint64(31))) % np.uint64(below)).astype(np.int64)


def _source() -> pa.Table:
    table = pq.read_table(SOURCE)
    return table.set_column(table.column_names.index("text"), "text", table["text"].cast(pa.large_string()))


def _cached(path: Path, make: Callable[[], pa.Table]) -> pa.Table:
    """A table from a file that is mapped, not read; the file is made when it is missing."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        table = make()
        with pa.ipc.new_file(unfinished, table.schema) as file:
            file.write_table(table.combine_chunks())
        unfinished.rename(path)
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()
