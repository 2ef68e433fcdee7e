"""Where paragraphs and sentences begin in many texts at once: what `sentences` finds, by array operations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .endings import BLANK, starts_after_marks
from .kinds import BLANKS, Bytes, Index, Kind, Mask, among
from .marks import MARK_BYTES
from .rules import BULLETS, PRINTED_LINE, is_number

BLOCK_BYTES = 1 << 20  # measured: larger blocks leave the processor's cache, smaller ones have too many calls
_CHUNK = 1 << 17  # bytes searched at once
_NUMBER_BYTES = 40  # a number of a paragraph with its blanks is shorter

LINE_FEED, PAGE_FEED, RETURN = 10, 12, 13
_BLANK_IN_LINE = Kind(blank for blank in BLANKS if blank not in "\r\n")
_BULLET = Kind(BULLETS)


class Block(NamedTuple):
    """Some documents of many.

    Attributes:
        text: the bytes of all documents, one behind the other.
        starts: where the documents of the block begin, and where the last one ends.
    """

    text: Bytes
    starts: Index

    def bounds(self, at: Index) -> tuple[Index, Index]:
        """Where the documents of some places, in their order, begin and end."""
        held = np.diff(np.searchsorted(at, self.starts))
        return np.repeat(self.starts[:-1], held), np.repeat(self.starts[1:], held)


def boundaries(
    texts: pa.LargeStringArray, *, sentences: bool = True, marks: Index | None = None, block_bytes: int = BLOCK_BYTES
) -> Index:
    """The bytes, of all texts one behind the other, at which a paragraph or a sentence begins; ascending.

    Args:
        texts: one string a document; no nulls.
        sentences: look for sentences, else for paragraphs only.
        marks: the bytes of the marks after which sentences are looked for, ascending; by default all marks.
        block_bytes: text worked on at once, in bytes (a longer document is a block of its own).

    >>> boundaries(pa.array(["One. Two.", "Three\\n\\n“Four.” Five"], pa.large_string())).tolist()
    [0, 5, 9, 16, 28]
    """
    found = [np.empty(0, np.int64)]
    begin: int = offsets_of(texts)[0]
    for first, block in _blocks(texts, block_bytes):
        own, lines = _places(block, None if marks is None else marks + begin)
        parts = [block.starts[:-1], _paragraphs(block, lines, texts.slice(first, len(block.starts) - 1))]
        if sentences:
            parts.append(starts_after_marks(block.text, own, *block.bounds(own)))
        at = np.sort(np.concatenate(parts))
        at = at[np.diff(at, prepend=-1) > 0]  # np.unique hashes, which takes many times as long
        found.append(_without_numbers(block.text, at, np.sort(np.concatenate(parts[:2]))) if sentences else at)
    return np.concatenate(found) - begin


def _without_numbers(text: Bytes, at: Index, paragraphs: Index) -> Index:
    """Beginnings without those right after the number of a paragraph; paragraphs are sorted."""
    near = np.flatnonzero(np.diff(at) <= _NUMBER_BYTES)
    near = near[among(paragraphs, at[near]) & ~among(paragraphs, at[near + 1])]
    edges = zip(at[near].tolist(), at[near + 1].tolist(), strict=True)
    numbers = np.array([is_number(text[first:last].tobytes().decode()) for first, last in edges], bool)
    return np.delete(at, near[numbers] + 1)


def offsets_of(texts: pa.LargeStringArray) -> Index:
    """Where, in the buffer of all texts, each begins and the last one ends.

    >>> offsets_of(pa.array(["One", "two"], pa.large_string())).tolist()
    [0, 3, 6]
    """
    if not len(texts):
        return np.zeros(1, np.int64)
    offsets: Index = np.frombuffer(texts.buffers()[1], np.int64)
    return offsets[texts.offset :][: len(texts) + 1]


def _blocks(texts: pa.LargeStringArray, size: int) -> Iterator[tuple[int, Block]]:
    """Yield the number of the first document, and the documents, of each block."""
    base = offsets_of(texts)
    text = np.frombuffer(texts.buffers()[2] or b"\0", np.uint8)
    i = 0
    while i < len(texts):
        j = max(int(np.searchsorted(base, base[i] + size, side="right")) - 1, i + 1)
        yield i, Block(text, base[i : j + 1])
        i = j


def _places(block: Block, marks: Index | None) -> tuple[Index, Index]:
    """Where the bytes of marks are, of some or of all, and those of line ends and page breaks."""
    found = [np.empty(0, np.int64)]
    for first in range(int(block.starts[0]), int(block.starts[-1]), _CHUNK):
        chunk = block.text[first : min(first + _CHUNK, int(block.starts[-1]))]
        hit = chunk - np.uint8(LINE_FEED) <= RETURN - LINE_FEED
        for byte in MARK_BYTES if marks is None else ():
            hit |= chunk == byte
        found.append(first + np.flatnonzero(hit))
    at = np.concatenate(found)
    if marks is not None:
        return marks[slice(*np.searchsorted(marks, block.starts[[0, -1]]))], at
    line = block.text[at] <= RETURN
    return at[~line], at[line]


# ── paragraphs ───────────────────────────────────────────────────────────────────────────────────────────────────


def _paragraphs(block: Block, at: Index, texts: pa.LargeStringArray) -> Index:
    """Where paragraphs begin, but for the first of each document.

    Args:
        block: the documents.
        at: where bytes of line ends and page breaks are.
        texts: the documents as strings.
    """
    lines = _line_ends(block, at)
    held = np.diff(np.searchsorted(lines.ends, block.starts, side="right"))
    by_line = _line_is_paragraph(block, held, lines, texts)
    parting = ~lines.blank & np.append(False, lines.blank[:-1])[: len(lines.ends)]
    open_ = np.flatnonzero(~lines.blank & ~parting)
    parting[open_] = _bullet(block.text, lines.content[open_], lines.stop[open_])
    parting |= np.repeat(by_line, held)
    parting &= lines.ends < lines.stop
    return np.append(lines.ends[parting], _page_breaks(block, at[block.text[at] == PAGE_FEED], lines, by_line))


class _Lines(NamedTuple):
    """Line ends: the place after each, where its document ends, what comes after blanks, and whether that is an end."""

    ends: Index
    stop: Index
    content: Index
    blank: Mask


def _line_ends(block: Block, at: Index) -> _Lines:
    text, (_, stop) = block.text, block.bounds(at)
    byte = text[at]
    is_end = byte == LINE_FEED
    returns = np.flatnonzero(byte == RETURN)
    after = at[returns] + 1
    is_end[returns] = (after >= stop[returns]) | (text.take(after, mode="clip") != LINE_FEED)
    ends, stop = at[is_end] + 1, stop[is_end]
    content = _BLANK_IN_LINE.after(text, ends, stop)
    following = text.take(content, mode="clip")
    return _Lines(ends, stop, content, (content < stop) & ((following == LINE_FEED) | (following == RETURN)))


def _bullet(text: Bytes, at: Index, stop: Index) -> Mask:
    size = _BULLET.sizes(text, at, stop)
    found = size > 0
    found[found] = BLANK.at(text, at[found] + size[found], stop[found])
    return found


def _page_breaks(block: Block, feeds: Index, lines: _Lines, by_line: Mask) -> Index:
    """After page breaks, but for those between two line ends with only blanks around."""
    if not len(feeds):
        return feeds
    last = np.searchsorted(lines.ends, feeds, side="right") - 1
    until = np.append(np.where(lines.blank, lines.content, 0), 0)[last]  # the last is for no line end at all
    document = np.searchsorted(block.starts, feeds, side="right") - 1
    kept = (until <= feeds) & ~by_line[document] & (feeds + 1 < block.starts[document + 1])
    return feeds[kept] + 1


def _line_is_paragraph(block: Block, held: Index, lines: _Lines, texts: pa.LargeStringArray) -> Mask:
    """One a document: whether it has lines, none of them empty, that are longer than printed ones."""
    empty = np.searchsorted(lines.ends[lines.blank], block.starts, side="right")
    whole: Mask = (held > 0) & (np.diff(empty) == 0)
    whole &= np.diff(block.starts) > PRINTED_LINE * (held + 1)  # a character has a byte or more
    if whole.any():
        whole &= pc.utf8_length(texts).to_numpy(zero_copy_only=False) > PRINTED_LINE * (held + 1)
    return whole
