"""Files that say when they are damaged: each block of a file is checked when it is first read."""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from .layers import Index

# Small enough that one hit does not read a megabyte, large enough that checking costs no more than reading.
BLOCK = 1 << 12
REMEDY = "Copy the folder again from where it came, or encode the texts again."


class Damaged(ValueError):
    """A file of a saved corpus is not what was written."""


def checksums(file: Path) -> NDArray[np.uint32]:
    """CRC-32 of each block of a file.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a").write_bytes(bytes(BLOCK + 1))
    ...     len(checksums(Path(folder, "a")))
    2
    """
    data = mapped(file)
    return np.array([zlib.crc32(data[at : at + BLOCK]) for at in range(0, len(data), BLOCK)], np.uint32)


def mapped(file: Path) -> memoryview:
    """The bytes of a file, read when they are touched; nobody can change them.

    Raises:
        Damaged: it is not there.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a").write_bytes(b"words")
    ...     bytes(mapped(Path(folder, "a")))
    b'words'
    """
    try:
        with file.open("rb") as stream:
            size = stream.seek(0, 2)
            return memoryview(mmap.mmap(stream.fileno(), size, access=mmap.ACCESS_READ)) if size else memoryview(b"")
    except FileNotFoundError:
        raise Damaged(f"{file} is missing. {REMEDY}") from None


class Sealed:
    """A file in a saved corpus with the checksums it was written with.

    Attributes:
        file: where it is.
        data: its bytes, memory-mapped.
    """

    def __init__(self, file: Path, seals: NDArray[np.uint32]) -> None:
        self.file = file
        self.data = mapped(file)
        self._seals = seals
        self._checked = np.zeros(len(seals), bool)

    def check(self, begin: Index, end: Index) -> None:
        """Check the blocks that hold bytes from `begin` to `end`, unless they were checked before.

        Raises:
            Damaged: a block is not what was written.
        """
        first, last = np.asarray(begin) // BLOCK, (np.maximum(end, np.asarray(begin) + 1) - 1) // BLOCK
        wanted = np.zeros(len(self._seals), bool)
        wanted[first] = wanted[last] = True
        for i in np.flatnonzero(last - first > 1).tolist():
            wanted[first[i] : last[i]] = True
        self._check(np.flatnonzero(wanted & ~self._checked).tolist())

    def check_all(self) -> None:
        """Check every block.

        Raises:
            Damaged: a block is not what was written.
        """
        if not self._checked.all():
            self._check(np.flatnonzero(~self._checked).tolist())

    def _check(self, blocks: Iterable[int]) -> None:
        for block in blocks:
            if zlib.crc32(self.data[block * BLOCK : (block + 1) * BLOCK]) != self._seals[block]:
                raise Damaged(
                    f"{self.file}: what stands from byte {block * BLOCK:,} on is not what was written. {REMEDY}"
                )
            self._checked[block] = True


def header(data: memoryview) -> tuple[np.dtype[Any], int]:
    """What the values in a one-dimensional `.npy` file are, and the byte at which they begin.

    numpy has the header parsed as Python code, which Python 3.11 before 3.11.8 at times refuses to do in two threads
    at once (SystemError, gh-106905); several shards are opened at once.

    >>> import io
    >>> np.save(file := io.BytesIO(), np.array([1, 2], np.uint32))
    >>> header(memoryview(file.getvalue()))
    (dtype('uint32'), 128)
    """
    width = 2 if data[6] == 1 else 4  # bytes that hold the length of the header: by the version, behind the magic word
    begin = 8 + width + int.from_bytes(data[8 : 8 + width], "little")
    kind = re.search(rb"'descr': '([^']+)'", data[8 + width : begin])
    if kind is None:
        raise Damaged(f"The header of an array is {bytes(data[:begin])!r}. {REMEDY}")
    return np.dtype(kind[1].decode()), begin


class SealedArray:
    """A one-dimensional array in a sealed `.npy` file."""

    def __init__(self, sealed: Sealed) -> None:
        self._sealed = sealed
        sealed.check(np.zeros(1, np.int64), np.ones(1, np.int64))  # the header stands in the first block
        self._dtype, self._begin = header(sealed.data)

    def __len__(self) -> int:
        return len(self.raw)

    @property
    def raw(self) -> NDArray[Any]:
        """The array as it stands in the file, not checked."""
        return np.frombuffer(self._sealed.data, self._dtype, offset=self._begin)

    def whole(self) -> NDArray[Any]:
        """All of it, checked; read-only."""
        self._sealed.check_all()
        return self.raw

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        """All of it, for numpy."""
        return np.array(self.whole(), dtype, copy=copy)

    def __getitem__(self, positions: Index) -> NDArray[Any]:
        """Some values; only their blocks are read."""
        begin = self._begin + np.asarray(positions, np.int64) * self._dtype.itemsize
        self._sealed.check(begin, begin + self._dtype.itemsize)
        return self.raw[positions]

    def between(self, begin: int, end: int) -> NDArray[Any]:
        """The values from `begin` to `end`; only their blocks are read."""
        edge = self._begin + np.array([begin, end]) * self._dtype.itemsize
        self._sealed.check(edge[:1], edge[1:])
        return self.raw[begin:end]


def table_of(sealed: Sealed) -> pa.Table:
    """The table in a sealed Arrow file; its columns are not copied, and not checked.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_table(file := Path(folder, "a"), pa.table({"term": ["war"]}))
    ...     table_of(Sealed(file, checksums(file))).to_pylist()
    [{'term': 'war'}]
    """
    return pa.ipc.open_file(pa.py_buffer(sealed.data)).read_all()


def write_table(file: Path, table: pa.Table) -> None:
    """Write an Arrow file whose columns are one stretch each."""
    with pa.OSFile(str(file), "wb") as stream, pa.ipc.new_file(stream, table.schema) as writer:
        writer.write_table(table.combine_chunks())
