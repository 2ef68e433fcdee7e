"""Gathering: tables that follow one another become one, and no string is held twice on the way."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa


class Gathered:
    """The columns of tables that follow one another; a column that a table lacks is missing there.

    >>> both = Gathered()
    >>> both.add(pa.table({"text": ["One."]}))
    >>> both.add(pa.table({"text": ["Two."], "n": [2]}))
    >>> both.table().to_pydict()
    {'text': ['One.', 'Two.'], 'n': [None, 2]}
    """

    def __init__(self) -> None:
        self.rows = 0
        self._columns: dict[str, _Column] = {}

    def add(self, table: pa.Table | pa.RecordBatch) -> None:
        """Add rows."""
        names = set(table.column_names)
        for name in table.column_names:
            if name not in self._columns:
                self._columns[name] = _Column()
                self._columns[name].add(pa.nulls(self.rows))
        for name, column in self._columns.items():
            column.add(table.column(name) if name in names else pa.nulls(table.num_rows))
        self.rows += table.num_rows

    def table(self) -> pa.Table:
        """Return all rows.

        Raises:
            ArrowInvalid: no one type holds the values of a column.
        """
        mixed = [name for name, column in self._columns.items() if column.is_mixed]
        if mixed:
            raise pa.ArrowInvalid(f"values of several types in the column {mixed[0]!r}")
        return pa.table({name: column.values() for name, column in self._columns.items()})

    def frame(self) -> pd.DataFrame:
        """Return all rows as pandas keeps them."""
        frame: pd.DataFrame = self.table().to_pandas()
        return frame


class _Column:
    """The values of a column: strings in one buffer that grows, others as they come."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._lengths: list[np.ndarray] = []
        self._valid: list[np.ndarray] = []
        self._others: list[pa.Array] = []
        self._has_strings = False

    @property
    def is_mixed(self) -> bool:
        """Whether no one type holds all values."""
        types = self._types()
        return len(types) + self._has_strings > 1 and (self._has_strings or types != {pa.int64(), pa.float64()})

    def add(self, values: pa.Array | pa.ChunkedArray) -> None:
        """Add values."""
        for chunk in values.chunks if isinstance(values, pa.ChunkedArray) else [values]:
            if pa.types.is_string(chunk.type) or pa.types.is_large_string(chunk.type):
                self._add_strings(chunk.cast(pa.large_string()))
            else:
                self._others.append(chunk)
                self._lengths.append(np.zeros(len(chunk), dtype=np.int64))
                self._valid.append(np.zeros(len(chunk), dtype=bool))

    def values(self) -> pa.Array | pa.ChunkedArray:
        """Return all values."""
        if self._has_strings:
            return self._strings()
        types = self._types()
        kind = pa.float64() if pa.float64() in types else min(types, default=pa.null(), key=str)
        return pa.chunked_array([part.cast(kind, safe=False) for part in self._others], kind)

    def _types(self) -> set[pa.DataType]:
        """Return the types of what is no string."""
        return {part.type for part in self._others} - {pa.null()}

    def _add_strings(self, values: pa.LargeStringArray) -> None:
        """Add strings, of which some may be missing."""
        _, offsets, data = values.buffers()
        edges = np.frombuffer(offsets, np.int64)[values.offset : values.offset + len(values) + 1]
        self._bytes += memoryview(data or b"")[edges[0] : edges[-1]]
        self._lengths.append(np.diff(edges))
        self._valid.append(np.asarray(values.is_valid().to_numpy(zero_copy_only=False)))
        self._has_strings = True

    def _strings(self) -> pa.LargeStringArray:
        """Return the strings."""
        valid = np.concatenate(self._valid)
        offsets = np.append(0, np.cumsum(np.concatenate(self._lengths)))
        bitmap = None if valid.all() else pa.py_buffer(np.packbits(valid, bitorder="little"))
        return pa.LargeStringArray.from_buffers(len(valid), pa.py_buffer(offsets), pa.py_buffer(self._bytes), bitmap)
