"""The kernel that is always there, and the reference for the other: a page of text at a time, by numpy.

A class per byte, then masks, then eight bytes of a token at a time as one integer. No Python loop touches a token.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np

from .assembly import assembled
from .blocks import PAD, Index, Piece, Text, Types, cuts, joined
from .characters import APOSTROPHE, DIGIT, DOT, INNER, LETTER, MARK, SPACE, Bytes, classes, sizes
from .numbering import number

# Measured: smaller pages meet more words anew, and steps so short that threads wait for each other; larger ones leave
# the processor's cache and take more memory.
PAGE_BYTES = 1 << 20
BLOCK_BYTES = 1 << 20, 1 << 23  # a page, or several, whose types the thread that found them puts together

FIRST = -64  # as signed ones, the first bytes of characters are not below it


def scanner(text: Text, largest: int) -> Callable[[int, int], Piece]:
    """What scans stretches of a text.

    Args:
        text: documents.
        largest: bytes of the largest stretch.

    Returns:
        A function of where a stretch begins (the edge of a document, or a place for a cut) and where it ends.
    """
    return partial(_scan_block, text)


def _scan_block(text: Text, first: int, last: int) -> Piece:
    # Pages of one size: what is left over would be a small one, which takes nearly as long as a large one.
    pages = max(round((last - first) / PAGE_BYTES), 1)
    edges = cuts(text, first, last, -(-(last - first) // pages))
    found = (_scan_page(text, a, b) for a, b in pairwise(edges.tolist()))
    return assembled(text, found, np.diff(edges).tolist())


def _scan_page(text: Text, first: int, last: int) -> Piece:
    page, doc_starts = joined(text, first, last)
    begin, size = _spans(page)
    codes, example = number(page, begin, size)
    bounds = np.searchsorted(begin, doc_starts)
    inside = text.documents(first, last)
    # The page goes on with one document and begins others; a separator stands before each of those.
    document = np.arange(inside.start - 1, inside.stop)
    to_data = first - PAD + inside.start - 1 - document
    place = begin[example] + to_data[np.searchsorted(bounds, example, side="right")]
    begin += np.repeat(to_data - text.offsets[document], np.diff(bounds, prepend=0, append=len(begin)))
    return Piece(codes, begin.astype(np.uint32), bounds, Types(place, size[example]))


def _spans(page: Bytes) -> tuple[Index, Index]:
    """The first byte of every token, and how many it has."""
    kind, lead = classes(page), page.view(np.int8) >= FIRST
    # One comparison for all classes of joints: those below them wrap around to large numbers.
    joint = np.flatnonzero(kind - APOSTROPHE <= DOT - APOSTROPHE)
    dot = kind[joint] == DOT
    _join_dots(page, kind, joint[dot])
    _join_words(page, kind, joint[~dot & lead[joint]])
    word, sign = kind >= MARK, kind > SPACE
    del kind
    sign ^= word
    edge = sign & lead
    edge[1:] |= word[1:] > word[:-1]
    begin = np.flatnonzero(edge)
    np.logical_and(sign[:-1], lead[1:], out=edge[1:])
    edge[1:] |= word[:-1] > word[1:]
    size = np.flatnonzero(edge)
    size -= begin
    return begin, size


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
