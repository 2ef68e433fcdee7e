"""Text to ids: where tokens start, and which type each one is.

A token is a run of letters, marks and digits (Unicode categories L, M, N) with inner apostrophes, hyphens and
dots of numbers and initialisms (`multi-vector`, `Russia’s`, `U.S.`, `3.74`, `JF-17`). Every other visible character
is a token of its own. White space, control and format characters (NBSP, soft hyphen, zero width, BOM) stand between.

The kernel works on UTF-8 bytes in blocks: a class per byte, then masks, then eight bytes of a token at a time as
one integer. No Python loop touches a token.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from .numbering import Bytes, Index, number

BLOCK_BYTES = 1 << 20  # measured: smaller blocks meet more words anew, larger ones leave the processor's cache
PAD = 16  # separators after a block, so that eight bytes can be read at every position

# Classes of bytes. Everything from MARK on belongs to a word.
SPACE, OTHER, APOSTROPHE, HYPHEN, DOT, MARK, LETTER, DIGIT, INNER = range(9)

APOSTROPHES = "'’＇"
HYPHENS = "-‐‑"


class Scan(NamedTuple):
    """The tokens of many documents.

    Attributes:
        ids: int32, one a token; an index into `types`.
        starts: uint32, one a token; byte offset in its document (UTF-8).
        doc_offsets: int64, one more than documents; tokens of document i are `doc_offsets[i]:doc_offsets[i + 1]`.
        types: the distinct tokens as written.
    """

    ids: NDArray[np.int32]
    starts: NDArray[np.uint32]
    doc_offsets: Index
    types: list[str]


def _class_of(character: str) -> int:
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


_UNKNOWN = 255
_ASCII = bytes([_class_of(chr(code)) for code in range(128)] + [SPACE] * 128)
_BY_CODE_POINT = np.full(0x110000, _UNKNOWN, np.uint8)  # filled as characters are met


def scan(texts: pa.LargeStringArray, *, block_bytes: int = BLOCK_BYTES) -> Scan:
    """Find every token of every text and number its type.

    Args:
        texts: one string a document; no nulls.
        block_bytes: text handled at once, in bytes (a longer document is a block of its own).

    >>> found = scan(pa.array(["The U.S. and Russia’s “multi-vector” 3.74"], pa.large_string()))
    >>> [found.types[i] for i in found.ids]
    ['The', 'U.S.', 'and', 'Russia’s', '“', 'multi-vector', '”', '3.74']
    """
    vocabulary: defaultdict[bytes, int] = defaultdict()
    vocabulary.default_factory = vocabulary.__len__
    ids, starts = [np.empty(0, np.int32)], [np.empty(0, np.uint32)]
    counts = [np.zeros(1, np.int64)]
    for block, doc_starts in _blocks(texts, block_bytes):
        first, last = _spans(block)
        ids.append(number(block, first, last, vocabulary))
        offsets = np.searchsorted(first, doc_starts)
        per_doc = np.diff(np.append(offsets, len(first)))
        counts.append(per_doc)
        starts.append((first - np.repeat(doc_starts, per_doc)).astype(np.uint32))
    return Scan(
        np.concatenate(ids),
        np.concatenate(starts),
        np.cumsum(np.concatenate(counts)),
        [token.decode() for token in vocabulary],
    )


def _blocks(texts: pa.LargeStringArray, block_bytes: int) -> Iterator[tuple[Bytes, Index]]:
    """Yield joined documents, each with a separator in front, and where each begins."""
    if not len(texts):
        return
    _, offset_buffer, data_buffer = texts.buffers()
    offsets = np.frombuffer(offset_buffer, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    data = np.frombuffer(data_buffer or b"", np.uint8)
    i = 0
    while i < len(texts):
        j = int(np.searchsorted(offsets, offsets[i] + block_bytes, side="right")) - 1
        j = min(max(j, i + 1), len(texts))
        relative = offsets[i:j] - offsets[i]
        # A separator keeps a token from running over into the next document.
        joined = np.insert(data[offsets[i] : offsets[j]], relative, 10)
        yield np.append(joined, np.full(PAD, 10, np.uint8)), relative + np.arange(1, j - i + 1)
        i = j


def _spans(block: Bytes) -> tuple[Index, Index]:
    """First byte, and byte after the last, of every token."""
    kind = _classes(block)
    _join_dots(block, kind)
    _join_inner(block, kind)
    word = kind >= MARK
    other = (kind > SPACE) & ~word
    lead = (block & 0xC0) != 0x80
    start = other & lead
    start[1:] |= word[1:] & ~word[:-1]
    end = np.zeros(len(block), bool)
    end[1:] = (word[:-1] & ~word[1:]) | (other[:-1] & lead[1:])
    return np.flatnonzero(start), np.flatnonzero(end)


def _classes(block: Bytes) -> Bytes:
    """The class of each byte; all bytes of a character carry the class of the character."""
    kind = np.frombuffer(bytearray(block).translate(_ASCII), np.uint8)
    lead = np.flatnonzero(block >= 0xC0)
    if not len(lead):
        return kind
    code, size = _code_points(block, lead)
    found = _BY_CODE_POINT[code]
    if (found == _UNKNOWN).any():
        new = np.unique(code[found == _UNKNOWN])
        _BY_CODE_POINT[new] = [_class_of(chr(c)) for c in new]
        found = _BY_CODE_POINT[code]
    for k in range(4):
        inside = size > k
        kind[lead[inside] + k] = found[inside]
    return kind


def _code_points(block: Bytes, lead: Index) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    byte = [block[lead + k].astype(np.int32) for k in range(4)]
    tail = [b & 0x3F for b in byte]
    two = ((byte[0] & 0x1F) << 6) | tail[1]
    three = ((byte[0] & 0x0F) << 12) | (tail[1] << 6) | tail[2]
    four = ((byte[0] & 0x07) << 18) | (tail[1] << 12) | (tail[2] << 6) | tail[3]
    size = _sizes(byte[0])
    return np.select([size == 2, size == 3], [two, three], four), size


def _sizes(first_byte: NDArray[np.int32] | Bytes) -> NDArray[np.int8]:
    """Bytes of the character that starts with this byte."""
    size = 1 + (first_byte >= 0xC0).astype(np.int8)
    size += first_byte >= 0xE0
    size += first_byte >= 0xF0
    return size


def _join_dots(block: Bytes, kind: Bytes) -> None:
    """Take the dots of numbers (3.74) and initialisms (U.S., e.g.) into the word."""
    dots = np.flatnonzero(kind == DOT)
    before, after = kind[dots - 1], kind[dots + 1]
    letter = dots - 1
    for _ in range(3):
        letter = letter - ((block[letter] & 0xC0) == 0x80)
    single_before = (before == LETTER) & (kind[letter - 1] < MARK)
    follower = kind[dots + 1 + _sizes(block[dots + 1])]
    single_after = (after == LETTER) & (follower < MARK)
    inner = ((before == DIGIT) & (after == DIGIT)) | (single_before & single_after)
    kind[dots[inner]] = INNER
    # The last dot of U.S. belongs to it, unless a word follows without a blank.
    final = single_before & (block[letter - 1] == ord(".")) & (kind[letter - 1] == INNER) & (after < MARK)
    kind[dots[final]] = INNER


def _join_inner(block: Bytes, kind: Bytes) -> None:
    """Take apostrophes and hyphens between two word characters into the word."""
    joiner = np.flatnonzero(((kind == APOSTROPHE) | (kind == HYPHEN)) & ((block & 0xC0) != 0x80))
    size = _sizes(block[joiner])
    inside = (kind[joiner - 1] >= MARK) & (kind[joiner + size] >= MARK)
    for k in range(3):
        kind[joiner[inside & (size > k)] + k] = INNER
