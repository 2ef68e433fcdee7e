"""Blocks: a source of any size as stretches that fit into memory, to be read one by one or on many machines."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from discourse._errors import StudyError, choose
from discourse.corpus import csv, jsonl, parquet
from discourse.corpus.cuts import Cut, Request, Span, grouped, whole
from discourse.corpus.documents import DOC_ID, TEXT, Corpus, describe, lengths, string_array
from discourse.corpus.files import TABLES, File, files_of
from discourse.corpus.kinds import Kinds
from discourse.corpus.pages import Page, parse_page, write_lines
from discourse.corpus.zones import documents_of

BLOCK_BYTES = 1 << 26
# Files are cut side by side: what takes time is mostly their storage.
_THREADS = 16

T = TypeVar("T")

Name = str | os.PathLike[str]
Source = Name | Corpus | pd.DataFrame | Iterable[Name] | Iterable[Corpus | pd.DataFrame]


_SOURCES = (str, os.PathLike, Corpus, pd.DataFrame, Iterable)


def plan(
    source: Source,
    *,
    text: str | None = None,
    id: str | None = None,
    encoding: str = "utf-8",
    block_bytes: int = BLOCK_BYTES,
) -> list[Block]:
    """Divide a source into blocks; put together, they hold what `read_corpus` reads.

    Planning reads no texts of Parquet, only the footers of files and, where a file has several blocks, its columns of
    dates. A CSV or JSONL file larger than a block is read once, a little at a time, to find where its records end. A
    local file of several blocks is hashed too; the `sha256` of what a URL names is left empty.

    Args:
        source: a path, a folder, a glob or a URL (`s3://…`; needs fsspec) of text files or of tables (`.parquet`,
            `.csv`, `.jsonl`), or several of them, all of one kind; a DataFrame, a Corpus, or several of these.
        text: of a table, the column with the text (default `text`).
        id: of a table, the column with the ids (default: `doc_id` if there is one, else the number of the row, from 0;
            of several tables the path of the file below their folder, without its ending, and the number: `2025/may:0`;
            of a DataFrame its index).
        encoding: of text, CSV and JSONL files.
        block_bytes: how much text a block has at most. It has more where one document has, where the encoding is not
            like ASCII (UTF-16, say: such a CSV or JSONL file is one block), and where the rows of one row group of
            Parquet differ much in length.

    Raises:
        StudyError: no file is there, or files of several kinds. What is wrong within a file is said when its block is
            read.
        ValueError: an argument that would be ignored.

    >>> frame = pd.DataFrame({"text": ["No more war.", "Peace."]})
    >>> [block.read().text("1") for block in plan(frame, block_bytes=12)[1:]]
    ['Peace.']
    """
    if block_bytes < 1:
        raise ValueError(f"block_bytes must be 1 or more; got {block_bytes}. The default is {BLOCK_BYTES:,}.")
    return list(_blocks(source, Request(text, id, encoding, block_bytes)))


class Block(ABC):
    """A stretch of a source that can be read by itself, here or elsewhere; it can be pickled."""

    @property
    @abstractmethod
    def name(self) -> str:
        """Where it comes from, for messages: file and rows."""

    @property
    @abstractmethod
    def size(self) -> int:
        """About how many bytes of text it has."""

    @abstractmethod
    def read(self) -> Corpus:
        """Read its documents.

        Raises:
            StudyError: it cannot be read as it stands; names the file, and the line or row where one is known.
        """


class _Format(NamedTuple):
    """How files of a kind are cut and read."""

    cut: Callable[[File, Request], Cut]
    read: Callable[[File, Span, Kinds, str], pd.DataFrame]


_FORMATS = {
    ".csv": _Format(csv.cut, csv.read),
    ".jsonl": _Format(jsonl.cut, jsonl.read),
    ".parquet": _Format(parquet.cut, parquet.read),
}


@dataclass(frozen=True)
class Rows(Block):
    """Rows of a table in a file.

    Attributes:
        file, span: the file, and which part of it.
        request: which columns are text and id, and in which encoding.
        kinds: what its columns are in the whole file; empty where the block is the whole file.
        sha256: the hash of the file; empty where it is not known yet.
        prefix: what stands before the number of a row in an id that is not given.
    """

    file: File
    span: Span
    request: Request
    kinds: Kinds = ()
    sha256: str = ""
    prefix: str = ""

    @property
    def name(self) -> str:
        """The file and its rows, counted from 0."""
        last = self.span.row + self.span.rows - 1
        return f"{self.file.name}, rows {self.span.row} to {last}" if self.kinds else self.file.name

    @property
    def size(self) -> int:
        """About how many bytes of text it has."""
        return self.span.size

    def read(self) -> Corpus:
        """Read its documents."""
        frame, request = self.frame(), self.request
        numbers = pd.RangeIndex(self.span.row, self.span.row + len(frame))
        frame.index = pd.Index([f"{self.prefix}{number}" for number in numbers]) if self.prefix else numbers
        try:
            self._check(frame)
            return Corpus.from_frame(frame, text=request.text_column, id=request.id)
        except StudyError:
            raise
        except ValueError as error:
            raise StudyError(f"{self.name}: {error}{csv.parted(self.file.name, frame)}") from None

    def frame(self) -> pd.DataFrame:
        """Read its rows, with `source` and `sha256` where the table has no such columns.

        Raises:
            StudyError: as `read`, texts and ids aside.
        """
        if self.span.problem:
            raise StudyError(self.span.problem)
        try:
            frame = _FORMATS[self.file.ending].read(self.file, self.span, self.kinds, self.request.encoding)
        except (ValueError, OSError, pa.ArrowException) as error:
            raise _unreadable(self.file, self.name, error) from None
        if not len(frame):
            raise StudyError(f"{self.name}: the table has no rows. Fill it, or leave it out.")
        if "source" not in frame:
            frame = frame.assign(source=self.file.name)
        return frame if "sha256" in frame else frame.assign(sha256=self._hash())

    def _hash(self) -> str:
        """Return the hash of the file, which a part of it cannot find out."""
        return self.sha256 if self.kinds else self.file.sha256()

    def _check(self, frame: pd.DataFrame) -> None:
        """Check that texts and ids are there."""
        names = {"text": self.request.text_column, "id": self.request.id or (DOC_ID if DOC_ID in frame else None)}
        named = [(what, choose(what, name, list(frame.columns))) for what, name in names.items() if name is not None]
        for what, column in named:
            missing = np.flatnonzero(frame[column].isna())
            if len(missing):
                raise StudyError(
                    f"{self.file.name}, row {self.span.row + missing[0]} (from 0): the {what} is missing, "
                    f"as in {len(missing)} of {len(frame)} rows. Fill the column {column!r}, or drop these rows."
                )


class BrokenFiles(StudyError):
    """Some files of a block cannot be read; the argument says of each, by its name, why."""

    def __str__(self) -> str:
        """Say what is wrong with the first."""
        return str(next(iter(self.args[0].values())))


def reasons(block: Any, error: StudyError) -> dict[str, str]:
    """Return what of a block cannot be read, by its name, and why."""
    return dict(error.args[0]) if isinstance(error, BrokenFiles) else {block.name: str(error)}


def without(block: T, broken: Container[str]) -> T | None:
    """Return what is left of a block without what is broken, given by name; None if nothing is."""
    if not isinstance(block, Texts):
        return None if getattr(block, "name", "") in broken else block
    files = tuple(file for file in block.files if file.name not in broken)
    return replace(block, files=files) if files else None


@dataclass(frozen=True)
class Texts(Block):
    """Text files, each of which is a document."""

    files: tuple[File, ...]
    encoding: str

    @property
    def name(self) -> str:
        """The files."""
        first, *more = self.files
        return f"{first.name} to {more[-1].name} ({len(self.files)} files)" if more else first.name

    @property
    def size(self) -> int:
        """How many bytes the files have."""
        return sum(file.size for file in self.files)

    def read(self) -> Corpus:
        """Read its documents."""
        pages = (_page(file, self.encoding) for file in self.files)
        try:
            return Corpus.from_frame(page_frame([file.id for file in self.files], pages), id=DOC_ID)
        except StudyError:
            if broken := dict(filter(None, (_trouble(file, self.encoding) for file in self.files))):
                raise BrokenFiles(broken) from None
            raise


@dataclass(frozen=True, eq=False)
class Held(Block):
    """Documents that are in memory, of which the first has a number in its source."""

    corpus: Corpus
    first: int

    @property
    def name(self) -> str:
        """The numbers of the documents, from 0."""
        return f"documents {self.first} to {self.first + len(self.corpus) - 1}"

    @property
    def size(self) -> int:
        """How many bytes of text it has."""
        return int(pc.sum(pc.binary_length(self.corpus.texts)).as_py() or 0)

    def read(self) -> Corpus:
        """Return its documents."""
        return self.corpus

    def __reduce__(self) -> tuple[Any, ...]:
        """Send these documents only: Arrow would send all that they were cut out of."""
        texts = pa.concat_arrays([self.corpus.texts, pa.array([], pa.large_string())])
        return Held, (replace(self.corpus, texts=texts), self.first)


def page_frame(ids: Sequence[str], pages: Iterable[Page]) -> pd.DataFrame:
    """Return a table of whole pages: one document each."""
    rows, texts = [], []
    for page in pages:
        rows.append((page.name, write_lines((1, page.n_lines)), page.sha256))
        texts.append(page.text.encode("utf-8"))  # a string may take four times the room
    frame = pd.DataFrame(rows, columns=["source", "lines", "sha256"], dtype="str")
    frame[TEXT] = string_array(pa.array(texts, pa.large_string()))
    frame[DOC_ID] = list(ids)
    return frame


def joined(corpora: Sequence[Corpus]) -> Corpus:
    """Put corpora together; a column that some do not have is empty there.

    >>> one = Corpus.from_frame(pd.DataFrame({"text": ["One."], "year": [2025]}, index=["a"]))
    >>> two = Corpus.from_frame(pd.DataFrame({"text": ["Two."]}, index=["b"]))
    >>> joined([one, two]).documents["year"].tolist()
    ['2025', '']
    """
    if len(corpora) == 1:
        return corpora[0]
    tables = [corpus.documents for corpus in corpora]
    names = list(dict.fromkeys(name for table in tables for name in table.columns))
    filled = [table.assign(**{name: "" for name in names if name not in table}) for table in tables]
    together = pd.concat(filled)[names]
    zones = pd.concat([corpus.zones for corpus in corpora], ignore_index=True)
    return Corpus(describe(together, together.index), zones, pa.concat_arrays([corpus.texts for corpus in corpora]))


def id_hashes(corpus: Corpus) -> np.ndarray:
    """Return a 64-bit hash of each id, the same everywhere: ids that occur twice in a source have equal ones.

    Equal hashes are not yet equal ids: among 100 million, chance makes a pair in one of 3,700 sources.

    >>> frame = pd.DataFrame({"text": ["One.", "Two."]}, index=["a", "b"])
    >>> id_hashes(Corpus.from_frame(frame)).dtype
    dtype('uint64')
    """
    return np.asarray(pd.util.hash_array(corpus.documents.index.to_numpy(dtype=object), categorize=False))


def _blocks(source: Source, request: Request) -> Iterator[Block]:
    """Yield the blocks of a source."""
    if isinstance(source, pd.Series | np.ndarray | Mapping) or not isinstance(source, _SOURCES):
        raise ValueError(
            f"source must be a path, a table or a list of these; got a {type(source).__name__}. "
            "Give texts in memory as a table: pandas.DataFrame({'text': texts})."
        )
    items = iter([source] if isinstance(source, (str, os.PathLike, Corpus, pd.DataFrame)) else source)
    first = next(items, None)
    if first is None:
        raise ValueError("source must name something to read; it is empty. Give a path, a table, or several.")
    everything: Iterable[Any] = chain([first], items)
    is_held = isinstance(first, (Corpus, pd.DataFrame))
    return _held(everything, request) if is_held else _of_files(files_of(everything), request)


def _of_files(files: list[File], request: Request) -> Iterator[Block]:
    """Yield the blocks of files."""
    if files[0].ending in TABLES:
        yield from _of_tables(files, request)
        return
    _refuse(request, f"names a column of a table, and {files[0].name!r} is no table ({', '.join(TABLES)})")
    for group in grouped([file.size for file in files], request.block_bytes):
        yield Texts(tuple(files[group]), request.encoding)


def _of_tables(files: list[File], request: Request) -> Iterator[Block]:
    """Yield the blocks of tables; of several, those without rows are left out."""
    with ThreadPoolExecutor(_THREADS) as pool:
        for file, cut in zip(files, pool.map(lambda file: _cut(file, request), files), strict=True):
            known = cut if cut.spans or len(files) > 1 else whole(file)
            prefix = f"{file.id}:" if len(files) > 1 else ""
            yield from (Rows(file, span, request, known.kinds, known.sha256, prefix) for span in known.spans)


def _cut(file: File, request: Request) -> Cut:
    """Cut a file; one that cannot be cut is one block, which says why when it is read."""
    if file.size <= request.block_bytes and file.ending != ".parquet":
        return whole(file)
    try:
        return _FORMATS[file.ending].cut(file, request)
    except (ValueError, OSError, pa.ArrowException) as error:
        return Cut([Span(0, file.size, problem=str(_unreadable(file, file.name, error)))])


def _unreadable(file: File, name: str, error: Exception) -> StudyError:
    """Say that a table cannot be read, unless the error says so already."""
    if isinstance(error, StudyError):
        return error
    if isinstance(error, MemoryError):
        raise error
    return StudyError(
        f"{name}: this is no readable {file.ending} table ({str(error).strip()}). "
        "Open it in the program that wrote it, and save it again."
    )


def _page(file: File, encoding: str) -> Page:
    """Read a text file."""
    try:
        return parse_page(file.read(), name=file.name, encoding=encoding)
    except OSError as error:
        raise StudyError(f"{file.name}: this file cannot be read ({error}). Check that it may be opened.") from None


def _trouble(file: File, encoding: str) -> tuple[str, str] | None:
    """Return the name of a text file that cannot be read, and why."""
    try:
        _page(file, encoding)
    except StudyError as error:
        return file.name, str(error)
    return None


def _held(tables: Iterable[object], request: Request) -> Iterator[Block]:
    """Yield the blocks of tables in memory; rows without ids of their own are numbered through."""
    row = 0
    for table in tables:
        if isinstance(table, Corpus):
            _refuse(request, "names a column of a table, and a Corpus has its texts and ids")
            corpus = table
        elif isinstance(table, pd.DataFrame):
            corpus = Corpus.from_frame(_numbered(table, row), text=request.text_column, id=request.id)
        else:
            raise ValueError(
                f"source must hold DataFrames and Corpora, or paths; after the first table it has {table!r}. "
                "Give one or the other."
            )
        for part in grouped(pc.binary_length(corpus.texts).to_numpy(zero_copy_only=False), request.block_bytes):
            yield Held(_slice(corpus, part), row + part.start)
        row += len(corpus)


def _numbered(frame: pd.DataFrame, row: int) -> pd.DataFrame:
    """Number the rows of a table from `row` on, unless its index says what they are."""
    is_plain = isinstance(frame.index, pd.RangeIndex) and frame.index.equals(pd.RangeIndex(len(frame)))
    return frame.set_axis(pd.RangeIndex(row, row + len(frame))) if is_plain else frame


def _slice(corpus: Corpus, part: slice) -> Corpus:
    """Return neighbouring documents of a corpus."""
    if part == slice(0, len(corpus)):
        return corpus
    owners = documents_of(corpus.zones, corpus.documents.index, lengths(corpus.texts))
    low, high = np.searchsorted(owners, (part.start, part.stop))
    zones = corpus.zones.iloc[low:high].reset_index(drop=True)
    return Corpus(corpus.documents.iloc[part], zones, corpus.texts[part])


def _refuse(request: Request, why: str) -> None:
    """Refuse arguments that would be ignored."""
    for name, value in {"text": request.text, "id": request.id}.items():
        if value is not None:
            raise ValueError(f"{name} {why}. Leave {name} out.")
