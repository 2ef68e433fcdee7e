"""A page: one text file as its bytes say, and its lines as an editor numbers them."""

from __future__ import annotations

import codecs
import hashlib
import posixpath
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import AnyStr

from discourse._errors import StudyError, at

_LINE_END = re.compile(r"\r\n|\r|\n")
_RANGE = re.compile(r"\s*(\d+)(?:\s*-\s*(\d+))?\s*")

LineRange = tuple[int, int]

# How files begin that are no text, or hold more marks than text: what they are, and what to save them as.
_NO_TEXT = {
    b"PK\x03\x04": "a Word, Excel or other zipped file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"%PDF-": "a PDF",
    b"{\\rtf": "an RTF file",
    **dict.fromkeys((b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd"), "a compressed file"),
}
_TAGS = "whose tags would be counted as words. Save what is to be read as plain text in UTF-8, ending in .txt."
# Text, but not to be read as it stands: by its ending, or by how it begins whatever it is called.
_MARKED = {
    (".html", ".htm", ".xhtml", ".mhtml", ".mht"): f"a web page (HTML), {_TAGS}",
    (".xml",): f"XML, {_TAGS}",
    (".json",): "JSON, whose marks would be counted. Write one object a line, and call the file .jsonl.",
    (".csv", ".jsonl", ".parquet"): "a table, whose commas and other columns would be counted. Name each table by "
    "itself, in a source of its own.",
    (".tsv", ".tab"): "a table parted by tabs. Write it as CSV: "
    'pandas.read_csv("…", sep="\\t").to_csv("….csv", index=False).',
}
_WEB_PAGE = re.compile(r"[\s\ufeff]*(<\?xml[^>]*>\s*)?<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def line_starts(text: str) -> list[int]:
    r"""Return the offset at which each line starts, and after them the end of the text.

    Lines end at CR LF, LF and CR only, as in an editor; other separators of Unicode are text.

    >>> line_starts("one\r\ntwo\x0bstill two\nthree")
    [0, 5, 19, 24]
    """
    starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
    if starts[-1] < len(text):
        starts.append(len(text))
    return starts


def parse_lines(value: str) -> tuple[LineRange, ...]:
    """Read line numbers such as `5`, `5-7` or `1-4, 9`: counted from 1, both ends included.

    Raises:
        ValueError: says what is wrong, without naming a place.

    >>> parse_lines("1-4, 9")
    ((1, 4), (9, 9))
    >>> parse_lines("7-5")
    Traceback (most recent call last):
    ValueError: '7-5' is no range of lines. Write a line as '5' and a range as '5-7', counted from 1.
    """
    ranges = []
    for part in value.split(","):
        found = _RANGE.fullmatch(part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last:
            raise ValueError(
                f"{part.strip()!r} is no range of lines. Write a line as '5' and a range as '5-7', counted from 1."
            )
        ranges.append((first, last))
    return tuple(ranges)


def write_lines(lines: LineRange) -> str:
    """Write a range of lines as `parse_lines` reads it.

    >>> write_lines((5, 7)), write_lines((5, 5))
    ('5-7', '5')
    """
    first, last = lines
    return f"{first}-{last}" if last > first else f"{first}"


@dataclass(frozen=True)
class Page:
    """The text of one file, nothing changed: line ends and a byte order mark are kept."""

    name: str
    text: str
    sha256: str

    @cached_property
    def starts(self) -> list[int]:
        """Offsets of the lines, and the end."""
        return line_starts(self.text)

    @property
    def n_lines(self) -> int:
        """The number of lines."""
        return count_lines(self.text) + (self.text != "" and not self.text.endswith(("\r", "\n")))

    def slice(self, lines: LineRange) -> str:
        """Return the text of a range of lines, line ends included."""
        first, last = lines
        return self.text[self.starts[first - 1] : self.starts[last]]

    def filled_lines(self) -> list[int]:
        """Return the numbers of the lines that are not blank."""
        spans = enumerate(pairwise(self.starts), start=1)
        return [number for number, (start, end) in spans if not is_blank(self.text[start:end])]


def is_blank(text: str) -> bool:
    """Tell whether a text shows nothing: whitespace, no-break spaces, a byte order mark."""
    return not text.strip().strip("\ufeff\u200b\u00ad").strip()


def read_page(path: Path, *, name: str | None = None, encoding: str = "utf-8") -> Page:
    """Read a text file strictly in the encoding named; it is never guessed.

    Args:
        path: the file.
        name: how messages and the documents table name it (default: as the path is written).
        encoding: a codec of Python.

    Raises:
        StudyError: the file is missing, empty or not written in that encoding.
    """
    name = name or path.as_posix()
    if not path.is_file():
        raise StudyError(f"{name}: there is no such file. Check the path, or put the file there.")
    return parse_page(path.read_bytes(), name=name, encoding=encoding)


def parse_page(data: bytes, *, name: str, encoding: str) -> Page:
    """Make a page of the bytes of a file, strictly in the encoding named.

    Raises:
        StudyError: the file is no text, is empty or not written in that encoding.
    """
    for start, what in _NO_TEXT.items():
        if data.startswith(start):
            raise StudyError(f"{name}: this is {what}, not text. Save it as plain text in UTF-8, a table as CSV.")
    text = decode(data, name=name, encoding=encoding)
    ending = ".html" if _WEB_PAGE.match(text) else posixpath.splitext(name)[1].lower()
    for endings, what in _MARKED.items():
        if ending in endings:
            raise StudyError(f"{name}: this is {what}")
    if is_blank(text):
        raise StudyError(f"{name}: the file is empty. Fill it, or leave it out of the study.")
    return Page(name, text, hashlib.sha256(data).hexdigest())


def decode(data: bytes, *, name: str, encoding: str, byte: int = 0, line: int = 1) -> str:
    """Decode bytes strictly.

    Args:
        data: a file, or a part of it.
        name: how messages name the file.
        encoding: a codec of Python.
        byte: the number of the first byte in the file, from 0.
        line: the number of the line it stands in, from 1.

    Raises:
        StudyError: names the line and the byte that is not valid, or the unknown codec.
    """
    try:
        return data.decode(encoding)
    except LookupError:
        raise StudyError(
            f"{name}: {encoding!r} is not an encoding that Python knows. "
            "Name one such as 'utf-8', 'cp1252' or 'utf-16'."
        ) from None
    except UnicodeDecodeError as error:
        line += len(re.findall(rb"\r\n|\r|\n", data[: error.start]))
        likely = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "cp1252"
        raise StudyError(
            f"{at(name, line)}: byte {byte + error.start} (0x{data[error.start]:02x}) is not valid {encoding}. "
            f'Save the file as UTF-8, or name the encoding it was written in (encoding = "{likely}").'
        ) from None


def count_lines(data: AnyStr) -> int:
    r"""Count the line ends: CR LF, LF and CR.

    >>> count_lines("one\r\ntwo\rthree\n")
    3
    """
    cr, lf = ("\r", "\n") if isinstance(data, str) else (b"\r", b"\n")
    return data.count(lf) + data.count(cr) - data.count(cr + lf)
