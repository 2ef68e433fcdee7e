"""Parquet: rows by their numbers, of which only the row groups that hold them are read."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from discourse.corpus.cuts import Cut, Request, Span, whole
from discourse.corpus.documents import are_whole_days
from discourse.corpus.files import File
from discourse.corpus.kinds import AS_IT_IS, DAYS, MOMENTS, Kinds, typed

# Bytes that are read ahead: where a request takes long, more.
_BUFFER, _REMOTE_BUFFER = 1 << 20, 1 << 23
_BATCH = 1 << 16
_PARKED = 4
# A column of many texts that takes less than this may hold a few of them, each stored once and named by a code.
_DICTIONARY, _CODE, _SHORT = 1 << 21, 4, 64


def cut(file: File, request: Request) -> Cut:
    """Cut a file between row groups, and a row group that is too large between rows.

    Where the blocks are several, columns of dates are read for times of day, and numbers that have no statistics for
    missing values: a column has one type in all blocks.
    """
    with closing(_Reader(file)) as reader:
        if not reader.parquet.metadata.num_rows:
            return Cut([])
        if request.block_bytes == sys.maxsize:
            return whole(file)
        groups = [_group(reader, number, request.text_column) for number in range(reader.parquet.num_row_groups)]
        spans = list(_spans([group for group in groups if group.rows], request.block_bytes))
        return Cut(spans, tuple(_kinds(reader)), file.sha256()) if len(spans) > 1 else Cut(spans)


def read(file: File, span: Span, kinds: Kinds, encoding: str) -> pd.DataFrame:
    """Read the rows of a span, or all where they were not counted; the index is left out."""
    table = _all_rows(file) if not span.rows else _rows(file, span.start, span.stop)
    table.validate(full=True)  # else a text that is no UTF-8 would be found by who reads it first
    frame: pd.DataFrame = table.to_pandas().reset_index(drop=True)
    for name in frame.columns:
        # pandas would make arrays of lists, and floats of integers if one in the same part of the file is missing.
        if pa.types.is_nested(table.schema.field(str(name)).type):
            frame[name] = pd.Series(table[str(name)].to_pylist(), dtype=object)
    return typed(frame, kinds) if kinds else frame


class _Reader:
    """A file that is open to read."""

    def __init__(self, file: File, *, codes: Sequence[str] = ()) -> None:
        file.check()
        source = file.open() if file.is_remote else file.path
        buffer = _REMOTE_BUFFER if file.is_remote else _BUFFER
        self.file = file
        self.parquet = pq.ParquetFile(source, buffer_size=buffer, pre_buffer=False, read_dictionary=list(codes))

    def close(self) -> None:
        """Close it."""
        self.parquet.close(force=True)

    def column(self, name: str) -> int:
        """Return the number of a column of plain values, -1 where there is none."""
        schema = self.parquet.metadata.schema
        paths = [schema.column(number).path for number in range(len(schema))]
        return paths.index(name) if name in paths else -1

    def edges(self) -> list[int]:
        """Return the row at which each row group starts, and the end."""
        about = self.parquet.metadata
        return [0, *accumulate(about.row_group(number).num_rows for number in range(about.num_row_groups))]

    def batches(self, rows: int, **options: object) -> Iterator[pa.RecordBatch]:
        """Yield rows in order, so many at once."""
        batches: Iterator[pa.RecordBatch] = self.parquet.iter_batches(max(rows, 1), use_threads=False, **options)
        return batches


@dataclass(frozen=True)
class _Group:
    """What a row group holds: rows, bytes in memory, bytes of text."""

    rows: int
    size: int
    text: int


def _group(reader: _Reader, number: int, text: str) -> _Group:
    """Measure a row group."""
    group, column = reader.parquet.metadata.row_group(number), reader.column(text)
    if column < 0:
        return _Group(group.num_rows, group.total_byte_size, group.total_byte_size)
    stored = group.column(column).total_uncompressed_size
    size = _spelled_out(reader, number, text) if _may_repeat(group.column(column)) else stored
    return _Group(group.num_rows, group.total_byte_size - stored + size, size)


def _may_repeat(column: pq.ColumnChunkMetaData) -> bool:
    """Tell whether a column may hold far more text than it takes in the file."""
    size, values = column.total_uncompressed_size, column.num_values
    return bool(column.has_dictionary_page and size < min(_DICTIONARY + _CODE * values, _SHORT * values))


def _spelled_out(reader: _Reader, number: int, text: str) -> int:
    """Return the bytes of all texts of a row group, without making them."""
    with closing(_Reader(reader.file, codes=[text])) as coded:
        chunks = coded.parquet.read_row_group(number, columns=[text], use_threads=False).column(0).chunks
    if not all(pa.types.is_dictionary(chunk.type) for chunk in chunks):
        return sum(int(chunk.nbytes) for chunk in chunks)
    return sum(pc.sum(pc.binary_length(chunk.dictionary).take(chunk.indices)).as_py() or 0 for chunk in chunks)


def _spans(groups: Sequence[_Group], block_bytes: int) -> Iterator[Span]:
    """Put small row groups together, and part large ones evenly."""
    first = 0
    together: list[_Group] = []
    for group in groups:
        if together and sum(one.size for one in together) + group.size > block_bytes:
            yield from _parted(first, together, block_bytes)
            first, together = first + sum(one.rows for one in together), []
        together.append(group)
    yield from _parted(first, together, block_bytes)


def _parted(first: int, groups: Sequence[_Group], block_bytes: int) -> Iterator[Span]:
    """Make one span of row groups, or several of one that is too large."""
    rows, size, text = (sum(values) for values in zip(*((one.rows, one.size, one.text) for one in groups), strict=True))
    step = -(-rows // max(1, -(-size // block_bytes)))
    for start in range(first, first + rows, step):
        stop = min(start + step, first + rows)
        yield Span(start, stop, row=start, rows=stop - start, size=text * (stop - start) // rows)


def _kinds(reader: _Reader) -> Iterator[tuple[str, str]]:
    """Yield the columns and, where one block may differ from another, their kinds."""
    schema = reader.parquet.schema_arrow
    # Columns that pandas stored as an index are none here.
    for name in schema.empty_table().to_pandas().columns:
        yield name, _kind(reader, str(name), schema.field(str(name)).type)


def _kind(reader: _Reader, name: str, kind: pa.DataType) -> str:
    """Return the kind of a column in the whole file."""
    if pa.types.is_timestamp(kind):
        return DAYS if all(map(are_whole_days, _parts(reader, name))) else MOMENTS
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    if not (pa.types.is_integer(value) or pa.types.is_boolean(value)) or not _has_missing(reader, name):
        return AS_IT_IS
    return "float64" if pa.types.is_integer(kind) else "object"


def _parts(reader: _Reader, name: str) -> Iterator[pd.Series]:
    """Yield a column part by part."""
    for batch in reader.batches(_BATCH, columns=[name]):
        yield batch.column(0).to_pandas()


def _has_missing(reader: _Reader, name: str) -> bool:
    """Tell whether a value of a column is missing."""
    about, number = reader.parquet.metadata, reader.column(name)
    known = [about.row_group(group).column(number).statistics for group in range(about.num_row_groups)]
    if all(one is not None and one.has_null_count for one in known):
        return any(one.null_count for one in known)
    return any(batch.column(0).null_count for batch in reader.batches(_BATCH, columns=[name]))


class _Cursor:
    """Goes through the rows of neighbouring row groups, which cannot be entered in the middle."""

    def __init__(self, file: File, start: int, stop: int) -> None:
        self._reader = _Reader(file)
        edges = np.asarray(self._reader.edges())
        first, last = np.searchsorted(edges, start, side="right") - 1, np.searchsorted(edges, stop)
        self._batches = self._reader.batches(stop - start, row_groups=list(range(first, last)))
        self._rest: pa.RecordBatch | None = None
        self.row, self.end = int(edges[first]), int(edges[last])
        self.version = _version(file)

    def take(self, start: int, stop: int) -> pa.Table:
        """Return rows; the cursor then stands behind them."""
        taken = []
        while self.row < stop:
            batch = self._rest or next(self._batches, None)
            if batch is None:
                raise OSError(f"there is no row {self.row:,}")
            low, high = (min(max(edge - self.row, 0), batch.num_rows) for edge in (start, stop))
            taken += [batch.slice(low, high - low)] if high > low else []
            self._rest = batch.slice(high) if high < batch.num_rows else None
            self.row += high
        return pa.Table.from_batches(taken, self._reader.parquet.schema_arrow)

    def close(self) -> None:
        """Close the file."""
        self._reader.close()


# Cursors that stand within a row group: the next block goes on from there, instead of starting over.
_parked: list[_Cursor] = []
_lock = threading.Lock()


def _version(file: File) -> tuple[object, ...]:
    """Tell a file from others, from what it was before it was written again, and from that of another process."""
    changed = 0 if file.is_remote else os.stat(file.path).st_mtime_ns
    return os.getpid(), file, changed


def _all_rows(file: File) -> pa.Table:
    with closing(_Reader(file)) as reader:
        return reader.parquet.read()


def _rows(file: File, start: int, stop: int) -> pa.Table:
    """Read some rows of a file."""
    cursor = _unparked(file, start, stop) or _Cursor(file, start, stop)
    try:
        table = cursor.take(start, stop)
    except BaseException:
        cursor.close()
        raise
    _park(cursor)
    return table


def _unparked(file: File, start: int, stop: int) -> _Cursor | None:
    """Return the cursor that stands nearest before some rows, if one does."""
    version = _version(file)
    with _lock:
        near = [cursor for cursor in _parked if cursor.version == version and cursor.row <= start < stop <= cursor.end]
        found = max(near, key=lambda cursor: cursor.row, default=None)
        if found:
            _parked.remove(found)
    return found


def _park(cursor: _Cursor) -> None:
    """Keep a cursor that has rows left, and close others beyond a few."""
    with _lock:
        _parked.append(cursor)
        left = [one for one in _parked if one.row < one.end]
        kept = left[-_PARKED:]
        closed = [one for one in _parked if one not in kept]
        _parked[:] = kept
    for one in closed:
        one.close()
