"""Planning: how a source of any size is divided into blocks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from discourse.corpus.blocks import FORMATS, Block, Held, Rows, Texts, unreadable
from discourse.corpus.cuts import Cut, Request, Span, grouped, whole
from discourse.corpus.documents import Corpus, lengths
from discourse.corpus.files import TABLES, File, files_of
from discourse.corpus.zones import documents_of

BLOCK_BYTES = 1 << 26
# Files are cut side by side: what takes time is mostly their storage.
_THREADS = 16

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
    if not isinstance(encoding, str):
        raise ValueError(f"encoding must be a name such as 'utf-8'; got {encoding!r}. It is UTF-8 by default.")
    return list(_blocks(source, Request(text, id, encoding, block_bytes)))


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
        return FORMATS[file.ending].cut(file, request)
    except (ValueError, OSError, pa.ArrowException) as error:
        return Cut([Span(0, file.size, problem=str(unreadable(file, file.name, error)))])


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
