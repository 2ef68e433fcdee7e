"""Bytes of codebooks as text: by byte order mark, declaration or rule, never by a guess."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from discourse._errors import StudyError, at

# The longer mark first: that of UTF-32 begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")


def read_bytes(path: Path) -> bytes:
    """The bytes of a codebook.

    Raises:
        StudyError: there is no such file, or it cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise StudyError(f"{path}: there is no such file. Correct the path, or write the file.") from None
    except OSError as error:
        raise StudyError(f"{path}: cannot be read ({error.strerror}). Name a file.") from None


def decoded(data: bytes, name: str, encoding: str | None = None) -> tuple[str, int]:
    """The text of a codebook with `\\n` at the end of its lines, and the line that is not UTF-8 where it should be.

    A byte order mark decides; else the encoding that is given, or that an XML file declares; else it is UTF-16 if every
    other byte of the beginning is zero, UTF-8 if it can be; else Windows-1252, which the programs of Windows write, and
    which holds Latin-1.

    Args:
        data: the file.
        name: of the file, for errors.
        encoding: of the file, where somebody knows it.

    Returns:
        The text, and the first line that is not UTF-8 where Windows-1252 is no more than an assumption, else 0.

    Raises:
        StudyError: the bytes are not in the encoding that must be theirs; the message names the line.

    >>> decoded("café\\r\\nthé\\r".encode("cp1252"), "a.dic")
    ('café\\nthé\\n', 1)
    >>> decoded("café".encode("utf-16"), "a.dic")
    ('café', 0)
    """
    marked = next((known for mark, known in _MARKS if data.startswith(mark)), None)
    declared = _DECLARED.match(data)
    known = marked or encoding or (declared[1].decode("ascii") if declared else _wide(data))
    try:
        return _lines(_in(known or "utf-8", data, name)), 0
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n?|\n", data[: error.start])) + 1
        if known:
            raise StudyError(f"{at(name, line)}: this is not {known}. Save the file as UTF-8.") from None
        return _lines(data.decode("cp1252", errors="replace")), line


def _lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: letters of the West leave every other byte zero."""
    head = data[:64]
    if len(head) > 3 and not any(head[1::2]) and all(head[::2]):
        return "utf-16-le"
    return "utf-16-be" if len(head) > 3 and not any(head[::2]) and all(head[1::2]) else None


def _in(encoding: str, data: bytes, name: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise StudyError(
            f"{name}: there is no encoding {encoding!r}. Name one that Python knows, or save the file as UTF-8."
        ) from None
