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
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

BLOCK_BYTES = 1 << 20  # measured: smaller blocks meet more words anew, larger ones leave the processor's cache
PAD = 16  # separators after a block, so that eight bytes can be read at every position

# Classes of bytes. Everything from MARK on belongs to a word.
SPACE, OTHER, APOSTROPHE, HYPHEN, DOT, MARK, LETTER, DIGIT, INNER = range(9)

APOSTROPHES = "'’＇"
HYPHENS = "-‐‑"

Bytes = NDArray[np.uint8]
Index = NDArray[np.int64]


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
_KEEP = np.array([(1 << (8 * n)) - 1 for n in range(9)], np.uint64)  # the first n of eight bytes
_MIX = np.uint64(0x9E3779B97F4A7C15)


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
        ids.append(_number(block, first, last, vocabulary))
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


def _number(block: Bytes, first: Index, last: Index, vocabulary: defaultdict[bytes, int]) -> NDArray[np.int32]:
    """Number the type of each token; the vocabulary numbers those it meets for the first time."""
    raw, size = block.tobytes(), last - first
    ids = np.empty(len(first), np.int32)
    for part in (np.flatnonzero(size <= 8), np.flatnonzero(size > 8)):
        codes, example = _factorize(block, first[part], size[part])
        tokens = zip(first[part][example].tolist(), last[part][example].tolist(), strict=True)
        number = np.array([vocabulary[raw[a:b]] for a, b in tokens], np.int32)
        ids[part] = number[codes]
    return ids


def _factorize(block: Bytes, first: Index, size: Index) -> tuple[Index, Index]:
    """A code per token, equal for equal bytes, and the position of the first token of each code."""
    codes, example = _first_seen(_keys(block, first, size))
    if _same(block, first, size, example[codes]):
        return codes, example
    # Two words with one 64-bit hash: compare the words themselves, slow and certain.
    words = [block[a : a + n].tobytes() for a, n in zip(first, size, strict=True)]
    return _first_seen(np.array(words, object))


def _first_seen(keys: NDArray[Any]) -> tuple[Index, Index]:
    codes, unique = pd.factorize(keys)
    example = np.empty(len(unique), np.int64)
    example[codes[::-1]] = np.arange(len(codes))[::-1]
    return codes, example


def _eights(block: Bytes) -> NDArray[np.uint64]:
    """The eight bytes at every position as one integer (a view)."""
    return np.ndarray((len(block) - 7,), "<u8", block, strides=(1,))


def _keys(block: Bytes, first: Index, size: Index) -> NDArray[np.uint64]:
    """Up to eight bytes: the bytes themselves. More: a hash of the bytes and their number."""
    eights = _eights(block)
    keys = eights[first] & _KEEP[np.minimum(size, 8)]
    rest = np.flatnonzero(size > 8)
    done = 8
    while len(rest):
        left = size[rest] - done
        part = eights[first[rest] + done] & _KEEP[np.minimum(left, 8)]
        mixed = (keys[rest] ^ (keys[rest] >> np.uint64(29))) * _MIX
        keys[rest] = (mixed ^ part ^ left.astype(np.uint64)) * _MIX
        rest = rest[left > 8]
        done += 8
    return keys


def _same(block: Bytes, first: Index, size: Index, example: Index) -> bool:
    """Whether each token has the same bytes as its example; up to eight bytes are their own key, so always."""
    if not np.array_equal(size, size[example]):
        return False
    eights = _eights(block)
    rest, done = np.flatnonzero(size > 8), 0
    while len(rest):
        keep = _KEEP[np.minimum(size[rest] - done, 8)]
        if ((eights[first[rest] + done] ^ eights[first[example[rest]] + done]) & keep).any():
            return False
        done += 8
        rest = rest[size[rest] > done]
    return True
