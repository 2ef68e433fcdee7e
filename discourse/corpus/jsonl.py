"""JSONL: one JSON object a line, each a row."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json

from discourse._errors import StudyError, at
from discourse.corpus.cuts import PIECE, Cut, Ends, Place, Request, Span, cut_records, is_like_ascii, whole
from discourse.corpus.files import File
from discourse.corpus.gathering import Gathered
from discourse.corpus.kinds import Kinds, kind_of, typed

_LINE_FEED, _RETURN, _OPENING, _CLOSING = 10, 13, 123, 125
_SAMPLE = 1 << 16
_LARGEST = (1 << 31) - 1
_INTEGERS = range(-(1 << 63), 1 << 63)
_TYPES = {str: "string", int: "int", float: "float", bool: "bool", type(None): "null"}
_ARROW = {
    pa.string(): "string", pa.large_string(): "string", pa.int64(): "int", pa.float64(): "float", pa.bool_(): "bool",
    pa.null(): "null",
}  # fmt: skip

Row = dict[str, Any]


def cut(file: File, request: Request) -> Cut:
    """Cut a file between lines; one in an encoding that does not hold ASCII as it is (UTF-16, say) stays whole.

    The whole file is parsed for the types of its columns, which must be the same in all blocks.
    """
    place = Place(file.name, request.encoding)
    if not is_like_ascii(request.encoding):
        return whole(file)
    start, types = place.after_mark(file.read(0, _SAMPLE)), _Types()

    def rows(piece: bytes, stops: Ends) -> int:
        count = count_rows(piece, stops)
        if count:
            types.add(_types_of(place.utf8(piece)))
        return count

    found = cut_records(file, Span(start, start), block_bytes=request.block_bytes, ends=line_feeds, rows=rows)
    return Cut(found.spans, types.kinds(), found.sha256)


def read(file: File, span: Span, kinds: Kinds, encoding: str) -> pd.DataFrame:
    """Read the rows of a span.

    Raises:
        StudyError: a line is no JSON object, or the encoding is another; names the line.
    """
    place = Place(file.name, encoding, span.start, span.line)
    data = place.utf8(file.read(span.start, span.stop))
    place.check(data)
    data = data.removeprefix(b"\xef\xbb\xbf") if span.start == 0 else data
    table = _table(data, kinds or _kinds_of_start(data))
    if table is None or table.num_rows != count_objects(data) or not _is_as_written(table, dict(kinds)):
        return _with_json(data, kinds, place)
    types = {name: _arrow_types(table[name]) for name in table.column_names}
    return typed(table.to_pandas(), kinds or tuple((name, kind_of(known)) for name, known in types.items()))


def line_feeds(data: bytes) -> Ends:
    """Return the offsets behind each line feed, which is all that ends a line of JSONL."""
    return np.flatnonzero(np.frombuffer(data, np.uint8) == _LINE_FEED) + 1


def count_rows(data: bytes, stops: Ends) -> int:
    """Count the lines that are not blank."""
    starts = np.append(0, stops[:-1])
    unsure = np.flatnonzero(np.frombuffer(data, np.uint8)[starts] != _OPENING)
    return len(stops) - sum(_is_blank(data[starts[k] : stops[k]]) for k in unsure)


def count_objects(data: bytes) -> int:
    r"""Count the lines, if each is blank or starts and ends as an object does; else return -1.

    Then no object runs over two lines, and as many objects as lines means that each line is one.

    >>> count_objects(b'{"a":1}\n\n{}\r\n'), count_objects(b'{"a":\n1}')
    (2, -1)
    """
    if not data:
        return 0
    signs = np.frombuffer(data, np.uint8)
    stops = np.append(np.flatnonzero(signs == _LINE_FEED), len(data))
    starts = np.append(0, stops[:-1] + 1)
    stops = stops - ((stops > starts) & (signs[stops - 1] == _RETURN))
    starts, stops = starts[stops > starts], stops[stops > starts]
    is_object = (signs[starts] == _OPENING) & (signs[stops - 1] == _CLOSING)
    return len(starts) if is_object.all() else -1


def _is_blank(line: bytes) -> bool:
    return not line.decode("utf-8", "replace").strip()


@dataclass
class _Types:
    """The types that occur in each column of a file, gathered part by part."""

    found: dict[str, set[str]] = field(default_factory=dict)
    parts: int = 0

    def add(self, types: dict[str, set[str]]) -> None:
        """Add a part; a column that some parts lack has missing values."""
        for name in types:
            self.found.setdefault(name, {"null"} if self.parts else set())
        for name, known in self.found.items():
            known |= types.get(name, {"null"})
        self.parts += 1

    def kinds(self) -> Kinds:
        """Return the columns in the order in which they first occur."""
        return tuple((name, kind_of(types)) for name, types in self.found.items())


def _types_of(data: bytes) -> dict[str, set[str]]:
    """Return the types of the columns of some lines; lines that are broken are left out."""
    types = _Types()
    try:
        for table in _with_arrow(data, ()):
            types.add(_types_of_table(table))
    except (pa.ArrowException, UnicodeError):
        return _types_of_rows([row for _, _, row in _objects(data) if isinstance(row, dict)])
    return types.found


def _types_of_table(table: pa.Table) -> dict[str, set[str]]:
    """Return the types of the columns of a table of Arrow."""
    return {name: _arrow_types(table[name]) for name in table.column_names}


def _types_of_rows(rows: list[Row]) -> dict[str, set[str]]:
    """Return the types of the columns of some objects."""
    return {name: _value_types([row.get(name) for row in rows]) for name in _names(rows)}


def _names(rows: list[Row]) -> list[str]:
    """Return the keys of objects in the order in which they first occur."""
    return list(dict.fromkeys(name for row in rows for name in row))


def _value_types(values: list[object]) -> set[str]:
    """Return the types of values, as JSON calls them; a list, an object and an integer beyond 64 bits are others."""
    types = {_TYPES.get(kind, "other") for kind in set(map(type, values))}
    is_large = "int" in types and any(type(value) is int and value not in _INTEGERS for value in values)
    return types | {"other"} if is_large else types


def _arrow_types(column: pa.ChunkedArray) -> set[str]:
    """Return the types of a column of Arrow, as JSON calls them."""
    return {_ARROW.get(column.type, "string")} | ({"null"} if column.null_count else set())


def _is_plain(column: pa.ChunkedArray) -> bool:
    """Tell whether a column has one type of JSON that Arrow knows; an integer beyond 64 bits it makes a float."""
    if column.type == pa.float64():
        largest = pc.max(pc.abs(column)).as_py()
        return largest is None or largest < _INTEGERS.stop
    return column.type in _ARROW or pa.types.is_timestamp(column.type)


def _is_as_written(table: pa.Table, kinds: dict[str, str]) -> bool:
    """Tell whether values can be written as they stand in the file: no date, no 1.0 for 1 among strings."""
    for name in table.column_names:
        column, is_mixed = table[name], kinds.get(name) == "object"
        is_float = column.type == pa.float64() or (column.type == pa.int64() and column.null_count > 0)
        if pa.types.is_timestamp(column.type) or (is_mixed and is_float):
            return False
    return True


def _kinds_of_start(data: bytes) -> Kinds:
    """Return the kinds in the first lines, so that strings are not taken for dates."""
    stop = data.rfind(b"\n", 0, _SAMPLE) + 1 or data.find(b"\n") + 1 or len(data)
    return tuple((name, kind_of(types)) for name, types in _types_of(data[:stop]).items())


def _table(data: bytes, kinds: Kinds) -> pa.Table | None:
    """Return lines as one table, its columns in the order of the kinds; nothing where Arrow does not read them."""
    gathered = Gathered()
    try:
        for table in _with_arrow(data, [name for name, kind in kinds if kind == "str"]):
            gathered.add(table)
        together = gathered.table()
    except (pa.ArrowException, UnicodeError):
        return None
    first = [name for name, _ in kinds if name in together.column_names]
    return together.select([*first, *(name for name in together.column_names if name not in first)])


def _with_arrow(data: bytes, strings: Iterable[str]) -> Iterator[pa.Table]:
    """Parse some lines at a time with Arrow; an ArrowException says that it does not read what JSON says.

    Arrow is given one block at a time: where types differ from block to block, it loses values or breaks down.
    """
    options = pyarrow.json.ParseOptions(explicit_schema=pa.schema([(name, pa.large_string()) for name in strings]))
    for lines in _some_lines(data):
        reading = pyarrow.json.ReadOptions(use_threads=False, block_size=min(len(lines) + 1, _LARGEST))
        table = pyarrow.json.read_json(pa.BufferReader(lines), read_options=reading, parse_options=options)
        if not table.column_names or not all(map(_is_plain, table.columns)):
            raise pa.ArrowInvalid("values that Arrow does not keep as they are")
        yield table


def _some_lines(data: bytes) -> Iterator[bytes]:
    """Yield whole lines, about a piece of them at a time; what is not blank ends with a line feed."""
    start = 0
    while start < len(data):
        stop = data.rfind(b"\n", start, start + PIECE) + 1 or data.find(b"\n", start) + 1 or len(data)
        lines = data[start:stop]
        if not lines.isspace():
            yield lines if lines.endswith(b"\n") else lines + b"\n"
        start = stop


def _with_json(data: bytes, kinds: Kinds, place: Place) -> pd.DataFrame:
    """Parse lines with Python, a little at a time."""
    types, frames = _Types(), []
    for rows in _rows(data, place):
        found = _types_of_rows(rows)
        types.add(found)
        columns = {name: _column(rows, name, known) for name, known in found.items()}
        frames.append(pd.DataFrame(columns, index=range(len(rows))))
    return typed(pd.concat(frames, ignore_index=True), kinds or types.kinds()) if frames else pd.DataFrame()


def _column(rows: list[Row], name: str, types: set[str]) -> pd.Series:
    """Return the values of one key; strings are stored at once, they take the least room so."""
    dtype = pd.StringDtype(na_value=np.nan) if types - {"null"} == {"string"} else np.dtype(object)
    return pd.Series([row.get(name) for row in rows], dtype=dtype)


def _rows(data: bytes, place: Place) -> Iterator[list[Row]]:
    """Yield the objects of some lines at a time."""
    rows: list[Row] = []
    size = 0
    for number, line, row in _objects(data):
        if not isinstance(row, dict):
            raise StudyError(
                f"{at(place.name, place.line + number)}: a line must be one JSON object ({str(row)[:60]}). "
                "Write one document a line."
            )
        rows.append(row)
        size += len(line)
        if size > PIECE:
            yield rows
            rows, size = [], 0
    if rows:
        yield rows


def _objects(data: bytes) -> Iterator[tuple[int, str, object]]:
    """Yield the number from 0 of each line that is not blank, the line, and what it says: an object, or what else."""
    for number, line in enumerate(io.TextIOWrapper(io.BytesIO(data), "utf-8", "replace", newline="\n")):
        if line.strip():
            yield number, line, _object(line)


def _object(line: str) -> object:
    """Return what a line says, or why it says nothing."""
    try:
        row = json.loads(line)
        if "\\ud" in line or "\\uD" in line:
            json.dumps(row, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return "half of a surrogate pair is no character"
    except RecursionError:
        return "lists in lists without end"
    except ValueError as error:
        return getattr(error, "msg", str(error))
    return row
