"""Blocks: stretches of a source that fit into memory, to be read one by one or on many machines."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from discourse._errors import StudyError, choose
from discourse.corpus import csv, jsonl, parquet
from discourse.corpus.cuts import Cut, Request, Span
from discourse.corpus.documents import DOC_ID, TEXT, Corpus, describe, string_array
from discourse.corpus.files import File
from discourse.corpus.kinds import Kinds
from discourse.corpus.pages import Page, parse_page, write_lines

T = TypeVar("T")


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


FORMATS = {
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
            frame = FORMATS[self.file.ending].read(self.file, self.span, self.kinds, self.request.encoding)
        except (ValueError, OSError, pa.ArrowException) as error:
            raise unreadable(self.file, self.name, error) from None
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
            empty = (frame[column] == "").fillna(False) if what == "id" else False
            missing = np.flatnonzero(frame[column].isna() | empty)
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


def unreadable(file: File, name: str, error: Exception) -> StudyError:
    """Say that a table cannot be read, unless the error says so already."""
    if isinstance(error, StudyError):
        return error
    if isinstance(error, MemoryError):
        raise error
    if isinstance(error, PermissionError):
        return _closed(file, error)
    return StudyError(
        f"{name}: this is no readable {file.ending} table ({str(error).strip()}). "
        "Open it in the program that wrote it, and save it again."
    )


def _page(file: File, encoding: str) -> Page:
    """Read a text file."""
    try:
        return parse_page(file.read(), name=file.name, encoding=encoding)
    except OSError as error:
        raise _closed(file, error) from None


def _closed(file: File, error: OSError) -> StudyError:
    return StudyError(f"{file.name}: this file cannot be read ({error}). Check that it may be opened.")


def _trouble(file: File, encoding: str) -> tuple[str, str] | None:
    """Return the name of a text file that cannot be read, and why."""
    try:
        _page(file, encoding)
    except StudyError as error:
        return file.name, str(error)
    return None
