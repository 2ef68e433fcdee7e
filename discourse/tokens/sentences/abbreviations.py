"""Which dots end a sentence, by the word before: abbreviations and initials, looked up as integers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .kinds import BLANKS, Bytes, Index, Kind, Mask, among
from .marks import DOT, Marks
from .rules import NUMBERED, OTHERS, STARTERS, TITLES, WORD_STARTS_AFTER, WORD_STOPS_AT

_BEFORE_WORD = Kind([*BLANKS, *WORD_STARTS_AFTER])

# The classes of bytes that words before and after a mark are read with.
_INSIDE, _LETTER, _STOP, _HIGH = range(4)


def _bytes(stops: str) -> NDArray[np.uint8]:
    classes = np.full(256, _HIGH, np.uint8)
    classes[:128] = [_STOP if chr(c) in stops or chr(c).isspace() else chr(c).isalpha() for c in range(128)]
    return classes


_BEFORE, _AFTER = _bytes(WORD_STARTS_AFTER), _bytes(WORD_STOPS_AT)
_SHORT = 7  # bytes: no word of the lists before a mark is longer


def _key(word: str) -> int:
    """A word before a mark as an integer: its bytes from the last to the first, and their number."""
    return int.from_bytes(word.encode()[::-1].ljust(_SHORT, b"\0") + bytes([len(word)]), "little")


def _keys(words: frozenset[str]) -> NDArray[np.uint64]:
    return np.array(sorted(map(_key, words)), np.uint64)


_TITLES, _NUMBERED, _OTHERS = _keys(TITLES), _keys(NUMBERED), _keys(OTHERS)
_STARTERS = np.array(sorted(word.encode() for word in STARTERS), "S16")


def _pairs() -> tuple[Mask, Mask]:
    """By the last two bytes, and by the two before the last: what an abbreviation or an initial may have there."""
    last, middle = np.zeros((256, 256), bool), np.zeros((256, 256), bool)
    edges = [byte for byte in range(256) if _BEFORE[byte] >= _STOP or byte == DOT]
    last[edges], last[:, 128:] = True, True
    middle[edges], middle[:, edges] = True, True
    for word in TITLES | NUMBERED | OTHERS:
        one, two, three = ([byte & 95, byte | 32] for byte in word[-3:].rjust(3).encode())  # capital, small
        last[np.ix_(two, three)] = True
        middle[np.ix_(one, two)] = True
    return last.ravel(), middle.ravel()


_LAST, _MIDDLE = _pairs()


def may_be_short(text: Bytes, marks: Marks) -> Index:
    """The dots before which an abbreviation or an initial may stand, by its last three letters."""
    before = [marks.first - k for k in (1, 2, 3)]
    last, middle = (text.take(at, mode="clip").astype(np.int64) for at in before[:2])
    early = marks.first - marks.begin < len(before)
    kept = np.flatnonzero(_LAST[(middle << 8) | last] | early)
    first = text.take(before[2][kept], mode="clip").astype(np.int64)
    found: Index = kept[_MIDDLE[(first << 8) | middle[kept]] | (last[kept] >= 128) | early[kept]]
    return found


def judge_dots(text: Bytes, marks: Marks, word: Index, initial: Bytes) -> tuple[Mask, Mask]:
    """Which dots end a sentence, by the word before; and which only the rule itself can judge.

    Args:
        text: bytes, UTF-8.
        marks: the dots, each before a blank and a word that may begin a sentence.
        word: where that word begins.
        initial: its first byte, 0 where the text has ended.

    >>> text = np.frombuffer(b"Dr. No met Inc. The end. So", np.uint8)
    >>> dots = Marks(np.array([2, 14, 23]), np.array([3, 15, 24]), np.zeros(3, np.int64), np.full(3, 27))
    >>> [part.tolist() for part in judge_dots(text, dots, np.array([4, 16, 25]), text[[4, 16, 25]])]
    [[False, True, True], [False, False, False]]
    """
    letters, size, doubtful = _short_words(text, marks)
    folded = np.where(letters - np.uint8(ord("A")) < 26, letters | 32, letters)
    key, lower = (_packed(part, size) for part in (letters, folded))
    title, numbered = among(_TITLES, lower), among(_NUMBERED, lower)
    other = ~title & ~numbered & (among(_OTHERS, key) | _initials(letters, size))
    ends = ~title & ~(numbered & (initial >= ord("0")) & (initial <= ord("9")))
    doubtful |= numbered & (initial >= 128)
    rows = np.flatnonzero(other)
    begins, unclear = _starters(text, word[rows], marks.stop[rows])
    ends[rows] = begins
    doubtful[rows] |= unclear
    return ends & ~doubtful, doubtful


def _short_words(text: Bytes, marks: Marks) -> tuple[Bytes, Index, Mask]:
    """The bytes before each dot, from the last on; how many are the word; and whether that is in doubt.

    A word that cannot be an abbreviation or an initial has no bytes.
    """
    at = marks.first[:, None] - np.arange(1, _SHORT + 2)
    letters = np.where(at >= marks.begin[:, None], text.take(at, mode="clip"), np.uint8(ord(" ")))
    kind = _BEFORE[letters]
    closed = kind >= _STOP
    size = np.where(closed.any(1), closed.argmax(1), _SHORT + 1)
    reaches_high = np.take_along_axis(kind, np.minimum(size, _SHORT)[:, None], 1)[:, 0] == _HIGH
    high = np.flatnonzero(reaches_high & (size <= _SHORT))
    doubtful = (size > _SHORT) & (letters[:, 1] == DOT)
    doubtful[high], edge = _in_doubt(text, marks.of(high), letters[high], size[high])
    keep = size <= _SHORT
    keep[high] = edge
    return letters, np.where(keep & ~doubtful, size, 0), doubtful


def _in_doubt(text: Bytes, marks: Marks, letters: Bytes, size: Index) -> tuple[Mask, Mask]:
    """Of words that have a byte beyond ASCII before their ASCII bytes: which are in doubt, and which end there."""
    edge = _ends_before(text, marks.first - size, marks.begin)
    doubtful = ~edge & (size > 1) & (letters[:, 1] == DOT)
    none = np.flatnonzero(~edge & (size == 0))
    doubtful[none] = _initial_beyond_ascii(text, marks.of(none))
    return doubtful, edge


def _ends_before(text: Bytes, at: Index, begin: Index) -> Mask:
    """Whether what a word begins after stands right before each place."""
    return _BEFORE_WORD.sizes_before(text, at, begin) > 0


def _initial_beyond_ascii(text: Bytes, marks: Marks) -> Mask:
    """Whether the character before a dot, which is no ASCII, may be an initial."""
    at = marks.first - 1
    for _ in range(3):
        at = at - ((text[at] & 0xC0) == 0x80)
    before = text.take(at - 1, mode="clip")
    free = (at == marks.begin) | (before == DOT) | (_BEFORE[before] == _STOP)
    found: Mask = free | ((before >= 128) & _ends_before(text, at, marks.begin))
    return found


def _packed(letters: Bytes, size: Index) -> NDArray[np.uint64]:
    """Words as integers, see `_key`."""
    kept = np.where(np.arange(_SHORT + 1) < size[:, None], letters, np.uint8(0))
    kept[:, _SHORT] = size
    return kept.view("<u8")[:, 0]


def _initials(letters: Bytes, size: Index) -> Mask:
    """Whether a word is one letter, or letters with dots between."""
    place = np.arange(_SHORT + 1)
    fits = np.where(place % 2 == 0, _BEFORE[letters] == _LETTER, letters == DOT)
    found: Mask = (size % 2 == 1) & (fits | (place >= size[:, None])).all(1)
    return found


def _starters(text: Bytes, at: Index, stop: Index) -> tuple[Mask, Mask]:
    """Whether words often begin a sentence, and whether only the rule itself can say."""
    place = at[:, None] + np.arange(_STARTERS.itemsize)
    letters = np.where(place < stop[:, None], text.take(place, mode="clip"), np.uint8(ord(" ")))
    closed = _AFTER[letters] >= _STOP
    size = np.where(closed.any(1), closed.argmax(1), len(closed[0]) if len(closed) else 0)
    # A zero byte would be lost at the end of a word.
    word = np.where(np.arange(_STARTERS.itemsize) < size[:, None], np.maximum(letters, 1), np.uint8(0))
    found = among(_STARTERS, word.view(_STARTERS.dtype)[:, 0])
    last = np.take_along_axis(letters, np.minimum(size, _STARTERS.itemsize - 1)[:, None], 1)[:, 0]
    return found, found & (last >= 128)
