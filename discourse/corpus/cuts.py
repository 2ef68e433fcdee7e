"""Cuts: where the records of a large file may be parted, found by reading it once, a little at a time."""

from __future__ import annotations

import codecs
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from discourse._errors import at
from discourse.corpus.documents import TEXT
from discourse.corpus.files import File
from discourse.corpus.kinds import Kinds
from discourse.corpus.pages import count_lines, decode

# Measured: larger pieces leave the processor's cache, smaller ones cost too many calls.
PIECE = 1 << 20
# A record that does not end is looked for no further, or one open quotation mark would take all memory.
LONGEST = 1 << 28

_LINE_FEED, _RETURN = 10, 13

Ends = np.ndarray


@dataclass(frozen=True)
class Request:
    """What is wanted of the files of a source.

    Attributes:
        text, id: the columns with the texts (else `text`) and the ids (else `doc_id`, or the number of the row).
        encoding: of files that are not Parquet.
        block_bytes: how much text to read at once.
    """

    text: str | None
    id: str | None
    encoding: str
    block_bytes: int

    @property
    def text_column(self) -> str:
        """The column with the texts."""
        return self.text or TEXT


@dataclass(frozen=True)
class Span:
    """A stretch of the file of a table.

    Attributes:
        start, stop: its bytes (CSV, JSONL) or its rows (Parquet), `stop` not included.
        row, line: the numbers of its first row, from 0, and of its first line, from 1, in the file.
        rows, lines: how many of them it has; none where they were not counted.
        size: about how many bytes of text it has.
        problem: why it cannot be read, where that is known.
    """

    start: int
    stop: int
    row: int = 0
    line: int = 1
    rows: int = 0
    lines: int = 0
    size: int = 0
    problem: str = ""


@dataclass(frozen=True)
class Cut:
    """The spans of a file, in order, and what is true of all of it.

    Attributes:
        spans: all of the file.
        kinds: its columns, each with its kind (see `discourse.corpus.kinds`); empty where the span that is the whole
            file finds out by itself.
        sha256: the hash of the file, empty where it is not known.
    """

    spans: list[Span]
    kinds: Kinds = ()
    sha256: str = ""


def whole(file: File) -> Cut:
    """Leave a file in one piece."""
    return Cut([Span(0, file.size, size=file.size)])


@dataclass(frozen=True)
class Place:
    """Where a stretch of a file stands: the file, its encoding, the first byte (from 0) and line (from 1)."""

    name: str
    encoding: str
    byte: int = 0
    line: int = 1

    def decode(self, data: bytes) -> str:
        """Decode the stretch strictly; an error names line and byte in the file."""
        return decode(data, name=self.name, encoding=self.encoding, byte=self.byte, line=self.line)

    def utf8(self, data: bytes) -> bytes:
        """Return the stretch in UTF-8; what should be UTF-8 is not checked."""
        if _is_utf8(self.encoding):
            return data
        try:
            b" ".decode(self.encoding, "replace")  # that it is the encoding of a text
            return _transcoded(data, self.encoding)
        except (LookupError, UnicodeError):
            return self.decode(data).encode("utf-8")

    def check(self, data: bytes) -> None:
        """Raise a StudyError where what should be UTF-8 is not."""
        edges = pa.py_buffer(np.array([0, len(data)], dtype=np.int64))
        try:
            pa.LargeStringArray.from_buffers(1, edges, pa.py_buffer(data)).validate(full=True)
        except pa.ArrowInvalid:
            self.decode(data)

    def after_mark(self, data: bytes) -> int:
        """Return where a text starts behind its byte order mark."""
        is_marked = self.byte == 0 and _is_utf8(self.encoding) and data.startswith(codecs.BOM_UTF8)
        return len(codecs.BOM_UTF8) if is_marked else 0

    def line_of(self, data: bytes, offset: int) -> int:
        """Return the number in the file of the line at an offset of the stretch."""
        return self.line + count_lines(data[:offset])

    def behind(self, data: bytes) -> Place:
        """Return the place behind some bytes of the stretch."""
        return replace(self, byte=self.byte + len(data), line=self.line_of(data, len(data)))


def is_like_ascii(encoding: str) -> bool:
    """Tell whether the bytes below 128 are ASCII wherever they stand, so that a file can be cut at line ends.

    >>> is_like_ascii("cp1252"), is_like_ascii("utf-16")
    (True, False)
    """
    signs = bytes(range(128))
    try:
        return signs.decode(encoding) == signs.decode("ascii") and not codecs.lookup(encoding).name.startswith(
            "iso2022"
        )
    except (LookupError, UnicodeError):
        return False


def line_ends(data: bytes) -> Ends:
    r"""Return the offsets behind each line end: CR LF, LF, and CR where it is not the last byte.

    >>> line_ends(b"a\r\nb\rc\nd\r").tolist()
    [3, 5, 7]
    """
    return np.flatnonzero(_ends_line(data)) + 1


def _ends_line(data: bytes) -> np.ndarray:
    """Mark the last byte of each line end, but not a CR that is the last byte of all: a LF may follow."""
    signs = np.frombuffer(data, np.uint8)
    ends = signs == _LINE_FEED
    if b"\r" in data:
        ends[:-1] |= (signs[:-1] == _RETURN) & ~ends[1:]
    return np.asarray(ends)


def _transcoded(data: bytes, encoding: str) -> bytes:
    """Write text in UTF-8, a piece at a time: as a string it would take up to four times the room."""
    decoder, out = codecs.getincrementaldecoder(encoding)(), io.BytesIO()
    for start in range(0, len(data), PIECE):
        out.write(decoder.decode(data[start : start + PIECE]).encode("utf-8"))
    out.write(decoder.decode(b"", final=True).encode("utf-8"))
    return out.getvalue()


def _is_utf8(encoding: str) -> bool:
    """Tell whether an encoding is UTF-8, with a byte order mark or without."""
    try:
        return codecs.lookup(encoding).name in ("utf-8", "utf-8-sig")
    except LookupError:
        return False


def cut_records(
    file: File, first: Span, *, block_bytes: int, ends: Callable[[bytes], Ends], rows: Callable[[bytes, Ends], int]
) -> Cut:
    """Cut a file between records.

    Args:
        file: a file of records.
        first: where its records start.
        block_bytes: how long a span may be; a longer record has a span of its own.
        ends: given bytes from the start of a record on, the offsets behind each record that is complete.
        rows: given complete records and their ends, how many of them are rows.
    """
    digest = hashlib.sha256()
    spans = [first]
    with file.open() as stream:
        digest.update(stream.read(first.start))
        try:
            for piece, stops in _pieces(stream, block_bytes, ends):
                digest.update(piece)
                spans[-1:] = _grown(spans[-1], piece, rows(piece, stops), block_bytes)
        except _EndlessRecord as error:
            spans.append(_endless(file, spans[-1], str(error)))
            return Cut(_filled(spans))
    return Cut(_filled(spans), sha256="" if file.is_remote else digest.hexdigest())


class _EndlessRecord(Exception):
    """A record that is too long to be one."""


def _pieces(stream: BinaryIO, block_bytes: int, ends: Callable[[bytes], Ends]) -> Iterator[tuple[bytes, Ends]]:
    """Read complete records, some at a time and never more than a block of several; yield the offsets behind each."""
    size, longest = min(PIECE, block_bytes), max(LONGEST, block_bytes)
    rest = b""
    while data := stream.read(max(size, len(rest))):
        rest += data
        stops = ends(rest)
        for part in grouped(np.diff(stops, prepend=0), block_bytes):
            start = int(stops[part.start - 1]) if part.start else 0
            yield rest[start : stops[part.stop - 1]], stops[part] - start
        rest = rest[stops[-1] :] if len(stops) else rest
        if len(rest) > longest:
            raise _EndlessRecord(f"{longest:,} bytes")
    if rest:
        yield rest, np.array([len(rest)])


def grouped(sizes: Sequence[int] | np.ndarray, most: int) -> Iterator[slice]:
    """Yield neighbours that come to no more than so much together, one at least.

    >>> list(grouped([3, 3, 9, 1], 6))
    [slice(0, 2, None), slice(2, 3, None), slice(3, 4, None)]
    """
    ends = np.cumsum(np.asarray(sizes, dtype=np.int64))
    start = 0
    while start < len(ends):
        before = int(ends[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, before + most, side="right")))
        yield slice(start, stop)
        start = stop


def _grown(span: Span, piece: bytes, rows: int, block_bytes: int) -> list[Span]:
    """Add a piece to the last span, or start the next span with it."""
    if span.start < span.stop and span.stop - span.start + len(piece) > block_bytes:
        return [span, *_grown(_after(span, span.stop), piece, rows, block_bytes)]
    stop, lines = span.stop + len(piece), span.lines + int(np.count_nonzero(_ends_line(piece))) + piece.endswith(b"\r")
    return [replace(span, stop=stop, rows=span.rows + rows, lines=lines)]


def _after(span: Span, stop: int) -> Span:
    """Start a span behind another."""
    return Span(span.stop, stop, span.row + span.rows, span.line + span.lines)


def _endless(file: File, last: Span, length: str) -> Span:
    """Describe the rest of a file in which a record does not end."""
    rest = _after(last, file.size)
    problem = (
        f"{at(file.name, rest.line)}: the record that starts here has no end within {length}. "
        "Look for a quotation mark that is not closed, or for missing line ends."
    )
    return replace(rest, problem=problem)


def _filled(spans: list[Span]) -> list[Span]:
    """Leave out what has no rows, and give sizes."""
    return [replace(span, size=span.stop - span.start) for span in spans if span.rows or span.problem]
