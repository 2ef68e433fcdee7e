"""The kernel that is always there, and the reference for the other: a page of text at a time, by numpy.

A class per byte, then masks, then eight bytes of a token at a time as one integer. No Python loop touches a token.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from .assembly import assembled
from .blocks import PAD, Index, Piece, Text, cuts, joined, spelled
from .characters import APOSTROPHE, DIGIT, DOT, INNER, LETTER, MARK, SPACE, Bytes, classes, sizes
from .numbering import number

# Measured: smaller pages meet more words anew, and steps so short that threads wait for each other; larger ones leave
# the processor's cache and take more memory.
PAGE_BYTES = 1 << 20


def scan_block(text: Text, first: int, last: int) -> Piece:
    """Scan a stretch of text.

    Args:
        text: documents.
        first: where the stretch begins: the edge of a document, or a place for a cut (`cuts`).
        last: where it ends.
    """
    edges = cuts(text, first, last, PAGE_BYTES)
    pages = (_scan_page(text, a, b) for a, b in pairwise(edges.tolist()))
    return assembled(pages, np.diff(edges).tolist())


def _scan_page(text: Text, first: int, last: int) -> Piece:
    page, doc_starts = joined(text, first, last)
    begin, end = _spans(page)
    codes, example = number(page, begin, end)
    bounds = np.searchsorted(begin, doc_starts)
    inside = text.documents(first, last)
    # The page goes on with one document and begins others; a separator stands before each of those.
    document = np.arange(inside.start - 1, inside.stop)
    to_data = first - PAD + inside.start - 1 - document
    tokens = np.diff(bounds, prepend=0, append=len(begin))
    starts = (begin + np.repeat(to_data - text.offsets[document], tokens)).astype(np.uint32)
    place = begin[example] + to_data[np.searchsorted(bounds, example, side="right")]
    types = spelled(text.data, place, end[example] - begin[example])
    return Piece(codes, starts, bounds, types)


def _spans(page: Bytes) -> tuple[Index, Index]:
    """First byte, and byte after the last, of every token."""
    kind, lead = classes(page), (page & 0xC0) != 0x80
    # One comparison for all classes of joints: those below them wrap around to large numbers.
    joint = np.flatnonzero(kind - APOSTROPHE <= DOT - APOSTROPHE)
    dot = kind[joint] == DOT
    _join_dots(page, kind, joint[dot])
    _join_words(page, kind, joint[~dot & lead[joint]])
    word = kind >= MARK
    sign = (kind > SPACE) & ~word
    begin = sign & lead
    begin[1:] |= word[1:] & ~word[:-1]
    end = np.zeros(len(page), bool)
    end[1:] = (word[:-1] & ~word[1:]) | (sign[:-1] & lead[1:])
    return np.flatnonzero(begin), np.flatnonzero(end)


def _join_dots(page: Bytes, kind: Bytes, dots: Index) -> None:
    """Take the dots of numbers (3.74) and initialisms (U.S., e.g.) into the word."""
    before, after = kind[dots - 1], kind[dots + 1]
    letter = dots - 1
    for _ in range(3):
        letter = letter - ((page[letter] & 0xC0) == 0x80)
    single_before = (before == LETTER) & (kind[letter - 1] < MARK)
    follower = kind[dots + 1 + sizes(page[dots + 1])]
    single_after = (after == LETTER) & (follower < MARK)
    inner = ((before == DIGIT) & (after == DIGIT)) | (single_before & single_after)
    kind[dots[inner]] = INNER
    # The last dot of U.S. belongs to it, unless a word follows without a blank.
    final = single_before & (page[letter - 1] == ord(".")) & (kind[letter - 1] == INNER) & (after < MARK)
    kind[dots[final]] = INNER


def _join_words(page: Bytes, kind: Bytes, joints: Index) -> None:
    """Take apostrophes and hyphens between two word characters into the word."""
    size = sizes(page[joints])
    inside = (kind[joints - 1] >= MARK) & (kind[joints + size] >= MARK)
    for k in range(3):
        kind[joints[inside & (size > k)] + k] = INNER
