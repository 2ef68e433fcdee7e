"""What a character is to the scanner: a class per byte, or per code point.

A token is a run of letters, marks and digits (Unicode categories L, M, N); white space, control and format characters
(NBSP, soft hyphen, zero width, BOM) stand between; every other character is a token of its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Index = NDArray[np.int64]

# Classes of bytes. Everything from MARK on belongs to a word.
SPACE, OTHER, APOSTROPHE, HYPHEN, DOT, MARK, LETTER, DIGIT, INNER = range(9)

APOSTROPHES = "'’＇"
HYPHENS = "-‐‑"


def class_of(character: str) -> int:
    """The class of a character.

    >>> class_of("é") == LETTER, class_of("’") == APOSTROPHE, class_of("\\u00a0") == SPACE
    (True, True, True)
    """
    if character in APOSTROPHES:
        return APOSTROPHE
    if character in HYPHENS:
        return HYPHEN
    if character == ".":
        return DOT
    category = unicodedata.category(character)
    if category[0] in "ZC":
        return SPACE
    return {"L": LETTER, "M": MARK, "N": DIGIT}.get(category[0], OTHER)


UNKNOWN = 255
BY_BYTE = bytes([class_of(chr(code)) for code in range(128)] + [SPACE] * 128)
BY_CODE_POINT = np.full(0x110000, UNKNOWN, np.uint8)  # filled as characters are met


def learn(codes: Iterable[int]) -> None:
    """Look up the classes of code points that have not been met before."""
    for code in codes:
        BY_CODE_POINT[code] = class_of(chr(code))


def classes(block: Bytes) -> Bytes:
    """The class of each byte; all bytes of a character carry the class of the character."""
    kind = np.frombuffer(bytearray(block).translate(BY_BYTE), np.uint8)
    lead = np.flatnonzero(block >= 0xC0)
    if not len(lead):
        return kind
    code, size = code_points(block, lead)
    found = BY_CODE_POINT[code]
    if (found == UNKNOWN).any():
        learn(np.unique(code[found == UNKNOWN]).tolist())
        found = BY_CODE_POINT[code]
    for k in range(4):
        inside = size > k
        kind[lead[inside] + k] = found[inside]
    return kind


def code_points(block: Bytes, lead: Index) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    """The characters that start at some bytes, and how many bytes each has."""
    byte = [block[lead + k].astype(np.int32) for k in range(4)]
    tail = [b & 0x3F for b in byte]
    two = ((byte[0] & 0x1F) << 6) | tail[1]
    three = ((byte[0] & 0x0F) << 12) | (tail[1] << 6) | tail[2]
    four = ((byte[0] & 0x07) << 18) | (tail[1] << 12) | (tail[2] << 6) | tail[3]
    size = sizes(byte[0])
    return np.select([size == 2, size == 3], [two, three], four), size


def sizes(first_byte: NDArray[np.int32] | Bytes) -> NDArray[np.int8]:
    """Bytes of the character that starts with this byte."""
    size = 1 + (first_byte >= 0xC0).astype(np.int8)
    size += first_byte >= 0xE0
    size += first_byte >= 0xF0
    return size
