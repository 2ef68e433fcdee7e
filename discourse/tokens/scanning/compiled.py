"""The kernel of the extra `fast`: a page of text at a time, compiled by numba.

Each step is a plain loop over a page that stays in the processor's cache: copy, classify, join, find the edges of
tokens, look up their types. Where a page needs what only Python can give (the class of a character not met before,
more room), the kernel stops, and does that page again when it has it.

Three habits make it fast. Numbers are uint64 throughout: numba makes floats of mixed signs, and tests indexes that may
be negative. 64 bytes are compared at once, which gives one integer with a bit for each; its set bits are then counted
off: a branch per token, none per byte. A slot of the hash table holds the first 16 bytes of its word, so most words
are found by one look at one line of memory.

All of it is one module, for numba keeps what it has compiled until the file of the calling function changes: a change
in another file would not be seen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, ParamSpec, TypeVar, cast

import numpy as np
from numba import njit, types
from numba.core.cgutils import ir
from numba.extending import intrinsic
from numpy.typing import NDArray

from .blocks import LINE_FEED, Index, Piece, Text, Types, cuts
from .characters import APOSTROPHE, BY_CODE_POINT, DIGIT, DOT, HYPHEN, LETTER, MARK, OTHER, UNKNOWN, learn

P = ParamSpec("P")
T = TypeVar("T")
Flags = NDArray[np.uint8]
Words = NDArray[np.uint64]
Number = Any  # an integer of 64 bits

PAGE_BYTES = 1 << 15  # a page, its flags and its edges stay in the first two caches
BLOCK_BYTES = 1 << 19, 1 << 20  # what is found in it stays in the second cache until it is copied
FIRST_SLOTS = 1 << 16  # of a hash table; it grows when three quarters of it are taken

# What a character beyond ASCII is. JOINT: may join two words.
_WORD, _VISIBLE, _JOINT, _LETTER, _DIGIT = (np.uint8(1 << bit) for bit in range(5))
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
_DONE, _MORE_TYPES = -1, -2

_FULL_STOP = np.uint8(ord("."))
_EDGE = 64  # separators before a page, and at least as many after it
_SLOT = np.uint64(4)  # integers a slot: the first 16 bytes, number and size, hash

_0, _1, _2, _3, _6, _8, _16, _32, _63, _64 = (np.uint64(n) for n in (0, 1, 2, 3, 6, 8, 16, 32, 63, 64))
_SIZE = np.uint64(0xFFFFFFFF)
_MIX, _STIR = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
# How much of the first and of the second eight bytes belongs to a word of 0 to 16 bytes.
_HEAD = np.array([(1 << (8 * min(n, 8))) - 1 for n in range(17)], np.uint64)
_REST = np.array([(1 << (8 * max(n - 8, 0))) - 1 for n in range(17)], np.uint64)


class _Classes(NamedTuple):
    by_class: Flags
    by_code_point: Flags


class _Page(NamedTuple):
    """Room for one page: its bytes, a bit for each that tells what it is, and the edges of its tokens."""

    text: NDArray[np.uint8]
    eights: Words  # the eight bytes at every position (a view)
    letters: Words
    digits: Words
    words: Words  # letters, digits and marks
    signs: Words
    joints: Words  # the first bytes of signs that may join two words
    inner: Words  # signs that do
    leads: Words  # the first bytes of characters beyond ASCII
    tails: Words  # the others of them
    begin: NDArray[np.uint32]
    end: NDArray[np.uint32]
    place: Words


_BITS = ("letters", "digits", "words", "signs", "joints", "inner", "leads", "tails")


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
        return builder.cttz(arguments[0], context.get_constant(types.boolean, 0))

    return types.uint64(types.uint64), generate


@intrinsic  # type: ignore[untyped-decorator]
def _ones(typing: Any, number: Any) -> Any:
    """How many bits of a number are 1."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

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


def _between(low: int, high: int) -> Callable[[NDArray[np.uint8], Number], Number]:
    """Makes a function that compares 64 bytes of a page at once: a bit for each, 1 where it lies between two values."""

    @intrinsic  # type: ignore[untyped-decorator]
    def found(typing: Any, text: Any, at: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            many = ir.VectorType(ir.IntType(8), 64)
            first = builder.gep(context.make_array(text)(context, builder, arguments[0]).data, [arguments[1]])
            above = builder.sub(builder.load(builder.bitcast(first, many.as_pointer()), align=1), many([low] * 64))
            return builder.bitcast(builder.icmp_unsigned("<=", above, many([high - low] * 64)), ir.IntType(64))

        return types.uint64(text, types.uint64), generate

    return cast(Callable[[NDArray[np.uint8], Number], Number], found)


_capitals, _small, _digits = (_between(ord(low), ord(high)) for low, high in ("AZ", "az", "09"))
_visible, _tails, _leads = _between(ord("!"), ord("~")), _between(0x80, 0xBF), _between(0xC0, 0xFF)
_apostrophes, _hyphens_and_dots = _between(ord("'"), ord("'")), _between(ord("-"), ord("."))


@_compiled
def _classify(page: _Page, end: Number, classes: _Classes) -> Number:
    """Tell what each byte is; give a code point whose class is not known, or -1."""
    text, letters, digits, words, signs = page.text, page.letters, page.digits, page.words, page.signs
    joints, inner, leads, tails = page.joints, page.inner, page.leads, page.tails
    groups = np.uint64(end // 64 + 2)
    for group in range(groups):
        at = group * _64
        letter, digit, sign = _capitals(text, at) | _small(text, at), _digits(text, at), _visible(text, at)
        joint, lead, tail = _apostrophes(text, at) | _hyphens_and_dots(text, at), _leads(text, at), _tails(text, at)
        letters[group], digits[group], words[group], signs[group] = letter, digit, letter | digit, sign
        signs[group] &= ~words[group]
        joints[group], inner[group], leads[group], tails[group] = joint, _0, lead, tail
    for group in range(groups):
        lead = leads[group]
        while lead:
            stopped = _classify_character(page, group * _64 + _trailing_zeros(lead), classes)
            if stopped != _DONE:
                return stopped
            lead &= lead - _1
    return _DONE


@_compiled
def _classify_character(page: _Page, i: Number, classes: _Classes) -> Number:
    """Tell what the bytes of a character beyond ASCII are; give its code point if its class is not known, or -1."""
    code, size = _decode(page.text, i)
    kind = classes.by_code_point[code]
    if kind == UNKNOWN:
        return np.int64(code)
    flags = classes.by_class[kind]
    if flags & _WORD:
        _set(page.words, i, size)
        if flags & _LETTER:
            _set(page.letters, i, size)
        if flags & _DIGIT:
            _set(page.digits, i, size)
    elif flags & _VISIBLE:
        _set(page.signs, i, size)
        if flags & _JOINT:
            _set(page.joints, i, _1)
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
def _set(bits: Words, i: Number, size: Number) -> None:
    """Set the bits of some bytes."""
    for k in range(i, i + size):
        bits[k >> _6] |= _1 << (k & _63)


@_compiled
def _has(bits: Words, i: Number) -> bool:
    """Whether the bit of a byte is set."""
    return bool((bits[i >> _6] >> (i & _63)) & _1)


@_compiled
def _join(page: _Page, end: Number) -> None:
    """Find the signs that belong to words, from left to right: a hyphen may follow the last dot of U.S."""
    text, words, joints, inner, tails = page.text, page.words, page.joints, page.inner, page.tails
    for group in range(np.uint64(end // 64 + 1)):
        # Before a blank or a sign nothing joins, but the last dot of U.S., which is seen from the dot before it.
        here, after = words[group] | tails[group], words[group + _1] | tails[group + _1]
        joint = joints[group] & ((here >> _1) | (after << _63))
        while joint:
            i = group * _64 + _trailing_zeros(joint)
            if text[i] == _FULL_STOP:
                _join_dot(page, i)
            else:
                size = _3 if text[i] >= 0x80 else _1
                if (_has(words, i - _1) or _has(inner, i - _1)) and _has(words, i + size):
                    _set(inner, i, size)
            joint &= joint - _1


@_compiled
def _join_dot(page: _Page, i: Number) -> None:
    """Take the dot of a number (3.74) or of initials (U.S.) into the word."""
    if _has(page.digits, i - _1):
        if _has(page.digits, i + _1):
            _set(page.inner, i, _1)
    elif _has(page.letters, i - _1) and _has(page.letters, i + _1):
        letter, follower = i - _1, i + _2
        while _has(page.tails, letter):
            letter -= _1
        while _has(page.tails, follower):
            follower += _1
        if not _has(page.words, letter - _1) and not _has(page.words, follower):
            _set(page.inner, i, _1)
            # The last dot of U.S. belongs to it, unless a word follows without a blank.
            if page.text[follower] == _FULL_STOP and not _has(page.words, follower + _1):
                _set(page.inner, follower, _1)


@_compiled
def _edges(page: _Page, end: Number) -> Number:
    """Where tokens begin, and the bytes after their last; give how many there are."""
    words, signs, inner, tails, begin, end_of = page.words, page.signs, page.inner, page.tails, page.begin, page.end
    begins, ends, word_before, sign_before = _0, _0, _0, _0
    for group in range(np.uint64(end // 64 + 1)):
        word, sign, tail = words[group] | inner[group], signs[group] & ~inner[group], tails[group]
        after_word, after_sign = (word << _1) | word_before, (sign << _1) | sign_before
        word_before, sign_before = word >> _63, sign >> _63
        opening = (word & ~after_word) | (sign & ~tail)
        closing = (after_word & ~word) | (after_sign & ~tail)
        begins = _count_off(opening, group * _64, begin, begins)
        ends = _count_off(closing, group * _64, end_of, ends)
    return np.int64(begins)


@_compiled
def _count_off(bits: Number, first: Number, places: NDArray[np.uint32], at: Number) -> Number:
    """Write down where bits are set, eight at a time, what is too much to be written over; give where the next go."""
    found = at + _ones(bits)
    while at < found:
        for _ in range(8):
            places[at] = first + _trailing_zeros(bits)
            bits &= bits - _1
            at += _1
    return found


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
            if progress.types + count > len(seen.first):
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


def scanner(text: Text, largest: int) -> Callable[[int, int], Piece]:
    """What scans stretches of a text, one behind the other; see `vectorized.scanner`."""
    return _Scanner(text, largest).scan


class _Scanner:
    """Keeps the types met so far, and its memory, from one stretch of text to the next."""

    def __init__(self, text: Text, largest: int) -> None:
        self._text, self._classes, self._page = text, _classes(), _page(PAGE_BYTES)
        # Room for a token in every byte: memory is taken where something is written.
        self._ids, self._starts = np.empty(largest, np.int32), np.empty(largest, np.uint32)
        self._seen = _types(FIRST_SLOTS)
        self._types = Types(self._seen.first[:0], self._seen.size[:0])

    def scan(self, first: int, last: int) -> Piece:
        """Scan a stretch of text."""
        inside = self._text.documents(first, last)
        job = _Job(self._text.data, self._text.offsets, cuts(self._text, first, last, PAGE_BYTES), inside.start)
        documents = np.diff(np.searchsorted(job.offsets[:-1], job.pages))
        if (most := int((np.diff(job.pages) + documents).max())) > len(self._page.begin) - 4 * _EDGE:
            self._page = _page(most)
        found = _Found(self._ids, self._starts, np.empty(inside.stop - inside.start, np.int64))
        progress = _Progress(0, inside.start - 1, 0, len(self._types.first), _DONE)
        while True:
            progress = _run(job, self._page, self._classes, progress, found, self._seen)
            if progress.stopped == _DONE:
                break
            if progress.stopped == _MORE_TYPES:
                self._seen = _more_types(self._seen, len(self._page.begin))
            else:
                learn(np.array([progress.stopped]))
        self._types.first, self._types.size = (own[: progress.types] for own in (self._seen.first, self._seen.size))
        tokens = slice(progress.tokens)
        return Piece(self._ids[tokens].copy(), self._starts[tokens].copy(), found.bounds, self._types)


def _page(largest: int) -> _Page:
    """Room for a page of some bytes, separators between documents included."""
    size = -(-largest // 64) * 64 + 4 * _EDGE
    text = np.zeros(size, np.uint8)
    eights = np.ndarray((size - 7,), np.uint64, text, strides=(1,))
    bits = {name: np.zeros(size // 64, np.uint64) for name in _BITS}
    begin, end, place = np.empty(size, np.uint32), np.empty(size, np.uint32), np.empty(size, np.uint64)
    return _Page(text, eights, **bits, begin=begin, end=end, place=place)


def _classes() -> _Classes:
    by_class = np.array([_FLAGS.get(kind, 0) for kind in range(DIGIT + 1)], np.uint8)
    return _Classes(by_class, BY_CODE_POINT)


def _types(slots: int) -> _Types:
    first, size = np.empty(slots * 3 // 4, np.int64), np.empty(slots * 3 // 4, np.int64)
    return _Types(np.zeros(slots * int(_SLOT), np.uint64), first, size)


def _more_types(old: _Types, least: int) -> _Types:
    slots = len(old.slots) // int(_SLOT) * 2
    while slots * 3 // 4 < len(old.first) + least:
        slots *= 2
    new = _types(slots)
    _move(old.slots, new.slots)
    new.first[: len(old.first)], new.size[: len(old.size)] = old.first, old.size
    return new
