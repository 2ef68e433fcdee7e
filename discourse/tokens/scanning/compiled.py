"""The kernel of the extra `fast`: a page of text at a time, compiled by numba.

Each step is a plain loop over a page that stays in the processor's cache: copy, classify, join, find the edges of
tokens, look up their types. Where a page needs what only Python can give (the class of a character not met before,
more room), the kernel stops, and does that page again when it has it.

Three habits make it fast. Numbers are uint64 throughout: numba makes floats of mixed signs, and tests indexes that may
be negative. Flags of 64 bytes are gathered into one integer, whose set bits are then counted off: a branch per token,
none per byte. A slot of the hash table holds the first 16 bytes of its word, so most words are found by one look at
one line of memory.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, ParamSpec, TypeVar, cast

import numpy as np
from numba import njit, types
from numba.extending import intrinsic
from numpy.typing import NDArray

from .assembly import resized
from .blocks import LINE_FEED, Index, Piece, Text, cuts, spelled
from .characters import APOSTROPHE, BY_BYTE, BY_CODE_POINT, DIGIT, DOT, HYPHEN, LETTER, MARK, OTHER, UNKNOWN, learn

P = ParamSpec("P")
T = TypeVar("T")
Flags = NDArray[np.uint8]
Words = NDArray[np.uint64]
Number = Any  # an integer of 64 bits

PAGE_BYTES = 1 << 15  # a page, its flags and its edges stay in the first two caches
FIRST_SLOTS = 1 << 15  # of a hash table; it grows when half of it is taken

# What is known of a byte. JOINT: may join two words; INNER: does. TAIL: not the first byte of its character.
_WORD, _VISIBLE, _JOINT, _INNER, _LETTER, _DIGIT, _TAIL, _LEAD = (np.uint8(1 << bit) for bit in range(8))
_JOINED = np.uint8(_WORD | _INNER)
_FLAGS = {
    OTHER: _VISIBLE,
    APOSTROPHE: _VISIBLE | _JOINT,
    HYPHEN: _VISIBLE | _JOINT,
    DOT: _VISIBLE | _JOINT,
    MARK: _WORD,
    LETTER: _WORD | _LETTER,
    DIGIT: _WORD | _DIGIT,
}

# Why the kernel stops. Every other answer is the code point that it does not know.
_DONE, _MORE_TOKENS, _MORE_TYPES = -1, -2, -3

_FULL_STOP = ord(".")
_EDGE = 64  # separators before a page, and at least as many after it
_SLOT = np.uint64(4)  # integers a slot: the first 16 bytes, number and size, hash

_0, _1, _2, _3, _8, _16, _32, _64 = (np.uint64(n) for n in (0, 1, 2, 3, 8, 16, 32, 64))
_6 = np.uint64(6)
_SIZE = np.uint64(0xFFFFFFFF)
_EACH = np.uint64(0x0101010101010101)  # the lowest bit of each of eight bytes
_GATHER = np.uint64(0x0102040810204080)  # a product with it gathers those bits in the highest byte
_LEADS, _JOINTS = _EACH << np.uint64(7), _EACH << np.uint64(2)
_MIX, _STIR = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
# How much of the first and of the second eight bytes belongs to a word of 0 to 16 bytes.
_HEAD = np.array([(1 << (8 * min(n, 8))) - 1 for n in range(17)], np.uint64)
_REST = np.array([(1 << (8 * max(n - 8, 0))) - 1 for n in range(17)], np.uint64)


class _Classes(NamedTuple):
    by_byte: Flags
    by_class: Flags
    by_code_point: Flags


class _Page(NamedTuple):
    """Room for one page: its bytes, what is known of each, and the edges of its tokens."""

    text: NDArray[np.uint8]
    eights: Words  # the eight bytes at every position (a view)
    flags: Flags
    eight_flags: Words  # (a view)
    begin: NDArray[np.uint32]
    end: NDArray[np.uint32]
    place: Words


class _Found(NamedTuple):
    ids: NDArray[np.int32]
    starts: NDArray[np.uint32]
    bounds: Index


class _Types(NamedTuple):
    """A hash table, and for each type where it was met first and how long it is."""

    slots: Words
    first: Index
    size: Index


class _Job(NamedTuple):
    """A stretch of text: the places where its pages begin and end, and the first document that begins in it."""

    data: NDArray[np.uint8]
    offsets: Index
    pages: Index
    document: int


class _Progress(NamedTuple):
    """What a pass begins with: a page, the document it begins in, the tokens and types before it."""

    page: int
    document: int
    tokens: int
    types: int
    stopped: int


def _compiled(function: Callable[P, T]) -> Callable[P, T]:
    """Compile a function when it is first called, and keep it for later processes: some seconds, once."""
    try:
        return cast(Callable[P, T], njit(nogil=True, cache=True)(function))
    except RuntimeError:  # there is no folder in which what is compiled could be kept
        return cast(Callable[P, T], njit(nogil=True)(function))


@intrinsic  # type: ignore[untyped-decorator]
def _trailing_zeros(typing: Any, number: Any) -> Any:
    """How many bits of a number that is not 0 are 0 below the lowest that is 1."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], context.get_constant(types.boolean, 1))

    return types.uint64(types.uint64), generate


@_compiled
def _fill(job: _Job, progress: _Progress, text: NDArray[np.uint8]) -> Number:
    """Copy the text of a page, with a separator before each document that begins in it; give its end."""
    data, offsets = job.data, job.offsets
    here, last = job.pages[progress.page], job.pages[progress.page + 1]
    at, document = _EDGE, progress.document
    text[:at] = LINE_FEED
    while True:
        stop = min(last, offsets[document + 1])
        for k in range(np.uint64(stop - here)):
            text[np.uint64(at) + k] = data[np.uint64(here) + k]
        at, here = at + stop - here, stop
        if here == last:
            break
        text[at] = LINE_FEED
        at += 1
        document += 1
    text[at : at + 2 * _EDGE] = LINE_FEED
    return at


@_compiled
def _classify(page: _Page, end: Number, classes: _Classes) -> Number:
    """Flag each byte; give a code point whose class is not known, or -1."""
    text, flags, eight_flags = page.text, page.flags, page.eight_flags
    by_byte, by_class, by_code_point = classes.by_byte, classes.by_class, classes.by_code_point
    for i in range(np.uint64(end + _EDGE)):
        flags[i] = by_byte[text[i]]
    for word in range(np.uint64(end // 8 + 1)):
        if eight_flags[word] & _LEADS:
            for i in range(word * _8, word * _8 + _8):
                if flags[i] & _LEAD:
                    code, size = _decode(text, i)
                    kind = by_code_point[code]
                    if kind == UNKNOWN:
                        return np.int64(code)
                    flags[i] = by_class[kind]
                    for k in range(_1, size):
                        flags[i + k] = by_class[kind] | _TAIL
    return _DONE


@_compiled
def _decode(text: NDArray[np.uint8], i: Number) -> tuple[Number, Number]:
    """The code point of a character of more than one byte, and its bytes."""
    lead, size = np.uint64(text[i]), _2 + np.uint64(text[i] >= 0xE0) + np.uint64(text[i] >= 0xF0)
    code = lead & (np.uint64(0x7F) >> size)
    for k in range(_1, size):
        code = (code << _6) | (np.uint64(text[i + k]) & np.uint64(0x3F))
    return min(code, np.uint64(0x10FFFF)), size


@_compiled
def _join(page: _Page, end: Number) -> None:
    """Flag the joints that belong to words, from left to right: a hyphen may follow the last dot of U.S."""
    text, flags, eight_flags = page.text, page.flags, page.eight_flags
    for word in range(np.uint64(end // 8 + 1)):
        if eight_flags[word] & _JOINTS:
            for i in range(word * _8, word * _8 + _8):
                if flags[i] & _JOINT:
                    if text[i] == _FULL_STOP:
                        if _inner_dot(text, flags, i):
                            flags[i] = _INNER
                    else:
                        _join_words(text, flags, i)


@_compiled
def _inner_dot(text: NDArray[np.uint8], flags: Flags, i: Number) -> bool:
    """Whether a dot belongs to a number (3.74) or to initials (U.S.)."""
    before, after = flags[i - _1], flags[i + _1]
    if before & _DIGIT:
        return bool(after & _DIGIT)
    letter = i - _1
    while flags[letter] & _TAIL:
        letter -= _1
    if not before & _LETTER or flags[letter - _1] & _WORD:
        return False
    if after & _LETTER:
        follower = i + _2
        while flags[follower] & _TAIL:
            follower += _1
        return not flags[follower] & _WORD
    # The last dot of U.S. belongs to it, unless a word follows without a blank.
    return not after & _WORD and text[letter - _1] == _FULL_STOP and flags[letter - _1] == _INNER


@_compiled
def _join_words(text: NDArray[np.uint8], flags: Flags, i: Number) -> None:
    """Take an apostrophe or a hyphen between two word characters into the word."""
    size = _3 if text[i] >= 0x80 else _1
    if flags[i - _1] & _JOINED and flags[i + size] & _JOINED:
        for k in range(size):
            flags[i + k] = _INNER


@_compiled
def _edges(page: _Page, end: Number) -> Number:
    """Where tokens begin, and the bytes after their last; give how many there are."""
    eight_flags, begin, end_of = page.eight_flags, page.begin, page.end
    begins, ends, word_before, sign_before = _0, _0, _0, _0
    for group in range(np.uint64(end // 64 + 1)):
        word, sign, tail = _0, _0, _0
        for k in range(_8):
            eight, place = eight_flags[group * _8 + k], k * _8
            word |= _gathered(eight | (eight >> _3)) << place  # _WORD or _INNER
            sign |= _gathered(eight >> _1) << place
            tail |= _gathered(eight >> _6) << place
        after_word, after_sign = (word << _1) | word_before, (sign << _1) | sign_before
        word_before, sign_before = word >> np.uint64(63), sign >> np.uint64(63)
        opening = (word & ~after_word) | (sign & ~tail)
        closing = (after_word & ~word) | (after_sign & ~tail)
        while opening:
            begin[begins] = group * _64 + _trailing_zeros(opening)
            begins += _1
            opening &= opening - _1
        while closing:
            end_of[ends] = group * _64 + _trailing_zeros(closing)
            ends += _1
            closing &= closing - _1
    return np.int64(begins)


@_compiled
def _gathered(eight: Number) -> Number:
    """The lowest bits of eight bytes as eight bits."""
    return ((eight & _EACH) * _GATHER) >> np.uint64(56)


@_compiled
def _place(job: _Job, page: _Page, count: Number, progress: _Progress, found: _Found) -> Number:
    """Where tokens are in the data and in their documents; give the document that the page ends in."""
    begin, place, offsets, starts = page.begin, page.place, job.offsets, found.starts
    first, last = job.pages[progress.page], job.pages[progress.page + 1]
    document, k, token = progress.document, np.uint64(0), np.uint64(progress.tokens)
    while True:
        # Each document of the page has a separator before it.
        to_data = first - _EDGE - (document - progress.document)
        until = min(offsets[document + 1], last) - to_data
        in_data, in_document = np.uint64(to_data), np.uint64(to_data - offsets[max(document, 0)])
        after = k + np.uint64(np.searchsorted(begin[k:count], until))
        for i in range(k, after):
            place[i] = begin[i] + in_data
            starts[token + i] = begin[i] + in_document
        k = after
        if offsets[document + 1] >= last:
            return document
        document += 1
        found.bounds[document - job.document] = token + k


@_compiled
def _hash(eights: Words, at: Number, size: Number, head: Number, rest: Number) -> Number:
    mixed = (head * _MIX) ^ (((rest << _32) | (rest >> _32)) * _STIR)
    done = _16
    while done < size:
        eight = eights[at + done] & _HEAD[min(size - done, _8)]
        mixed = ((mixed ^ (mixed >> _32)) * _MIX) ^ (eight * _STIR)
        done += _8
    mixed += size
    return (mixed ^ (mixed >> _32)) * _MIX


@_compiled
def _equal(data: NDArray[np.uint8], one: Number, other: Number, size: Number) -> bool:
    """Whether two words that begin alike are alike beyond their first 16 bytes."""
    for k in range(_16, size):  # noqa: SIM110 - numba compiles loops
        if data[one + k] != data[other + k]:
            return False
    return True


@_compiled
def _number(job: _Job, page: _Page, count: Number, progress: _Progress, found: _Found, seen: _Types) -> Number:
    """Look up the type of each token; give how many types are known then."""
    # One long loop, and names of their own for its arrays: to hand arrays to a function, or to reach for them in a
    # tuple, counts references and takes five times as long as the loop itself.
    data, begin, end, place, eights = job.data, page.begin, page.end, page.place, page.eights
    ids, slots, first, sizes = found.ids, seen.slots, seen.first, seen.size
    known, token, last = np.uint64(progress.types), np.uint64(progress.tokens), np.uint64(len(slots)) // _SLOT - _1
    for k in range(np.uint64(count)):
        at, size = np.uint64(begin[k]), np.uint64(end[k]) - np.uint64(begin[k])
        short = min(size, _16)
        head, rest = eights[at] & _HEAD[short], eights[at + _8] & _REST[short]
        mixed = _hash(eights, at, size, head, rest)
        slot = (mixed >> _32) & last
        while True:
            here = slot * _SLOT
            taken = slots[here + _2]
            if taken == _0:
                slots[here], slots[here + _1], slots[here + _3] = head, rest, mixed
                taken = (known << _32) | size
                slots[here + _2] = taken
                first[known], sizes[known] = place[k], size
                known += _1
                break
            # Bits that differ: one branch for three comparisons.
            if ((slots[here] ^ head) | (slots[here + _1] ^ rest) | ((taken & _SIZE) ^ size)) == _0 and (
                size <= _16
                or (slots[here + _3] == mixed and _equal(data, place[k], np.uint64(first[taken >> _32]), size))
            ):
                break
            slot = (slot + _1) & last
        ids[token + k] = taken >> _32
    return np.int64(known)


@_compiled
def _run(job: _Job, page: _Page, classes: _Classes, progress: _Progress, found: _Found, seen: _Types) -> _Progress:
    """Go on with a job until it is done, or until something is needed."""
    while progress.page + 1 < len(job.pages):
        end = _fill(job, progress, page.text)
        stopped = _classify(page, end, classes)
        if stopped == _DONE:
            _join(page, end)
            count = _edges(page, end)
            if progress.tokens + count > len(found.ids):
                stopped = _MORE_TOKENS
            elif progress.types + count > len(seen.first):
                stopped = _MORE_TYPES
        if stopped != _DONE:
            return _Progress(progress.page, progress.document, progress.tokens, progress.types, stopped)
        document = _place(job, page, count, progress, found)
        known = _number(job, page, count, progress, found, seen)
        progress = _Progress(progress.page + 1, document, progress.tokens + count, known, _DONE)
    return progress


@_compiled
def _move(old: Words, new: Words) -> None:
    """Put the slots of a hash table into a larger one."""
    last = np.uint64(len(new)) // _SLOT - _1
    for here in range(np.uint64(0), np.uint64(len(old)), _SLOT):
        if old[here + _2]:
            slot = (old[here + _3] >> _32) & last
            while new[slot * _SLOT + _2]:
                slot = (slot + _1) & last
            for k in range(_SLOT):
                new[slot * _SLOT + k] = old[here + k]


def scan_block(text: Text, first: int, last: int) -> Piece:
    """Scan a stretch of text that is cut off in front and behind; see `vectorized.scan_block`."""
    inside = text.documents(first, last)
    job = _Job(text.data, text.offsets, cuts(text, first, last, PAGE_BYTES), inside.start)
    page, classes = _page(job), _classes()
    found = _found((last - first) // 4, inside.stop - inside.start)
    seen = _types(FIRST_SLOTS)
    progress = _Progress(0, inside.start - 1, 0, 0, _DONE)
    while True:
        progress = _run(job, page, classes, progress, found, seen)
        if progress.stopped == _DONE:
            break
        if progress.stopped == _MORE_TOKENS:
            found = _more_tokens(found, len(page.begin))
        elif progress.stopped == _MORE_TYPES:
            seen = _more_types(seen, len(page.begin))
        else:
            learn(np.array([progress.stopped]))
    types = spelled(text.data, seen.first[: progress.types], seen.size[: progress.types])
    ids, starts = resized(found.ids, progress.tokens), resized(found.starts, progress.tokens)
    return Piece(ids, starts, found.bounds, types)


def _page(job: _Job) -> _Page:
    documents = np.diff(np.searchsorted(job.offsets[:-1], job.pages))
    size = -(-int((np.diff(job.pages) + documents).max()) // 64) * 64 + 4 * _EDGE
    text, flags = np.zeros(size, np.uint8), np.zeros(size, np.uint8)
    eights = np.ndarray((size - 7,), np.uint64, text, strides=(1,))
    begin, end, place = np.empty(size, np.uint32), np.empty(size, np.uint32), np.empty(size, np.uint64)
    return _Page(text, eights, flags, flags.view(np.uint64), begin, end, place)


def _classes() -> _Classes:
    by_class = np.array([_FLAGS.get(kind, 0) for kind in range(DIGIT + 1)], np.uint8)
    by_byte = by_class[np.frombuffer(BY_BYTE, np.uint8)]
    by_byte[0xC0:] = _LEAD
    return _Classes(by_byte, by_class, BY_CODE_POINT)


def _found(tokens: int, documents: int) -> _Found:
    return _Found(np.empty(tokens, np.int32), np.empty(tokens, np.uint32), np.empty(documents, np.int64))


def _more_tokens(old: _Found, least: int) -> _Found:
    room = len(old.ids) * 3 // 2 + least
    return _Found(resized(old.ids, room), resized(old.starts, room), old.bounds)


def _types(slots: int) -> _Types:
    first, size = np.empty(slots // 2, np.int64), np.empty(slots // 2, np.int64)
    return _Types(np.zeros(slots * int(_SLOT), np.uint64), first, size)


def _more_types(old: _Types, least: int) -> _Types:
    slots = len(old.slots) // int(_SLOT) * 2
    while slots // 2 < len(old.first) + least:
        slots *= 2
    new = _types(slots)
    _move(old.slots, new.slots)
    new.first[: len(old.first)], new.size[: len(old.size)] = old.first, old.size
    return new
