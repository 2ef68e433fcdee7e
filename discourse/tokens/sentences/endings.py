"""Which marks end a sentence: the rule of `sentences`, put to many marks at once.

Step by step: what stands after the marks, after the blank, before the marks. The few that need more than that (notes,
blanks before », words of mixed scripts) go to the rule itself.
"""

from __future__ import annotations

import numpy as np

from .abbreviations import judge_dots, may_be_short
from .kinds import BLANKS, Bytes, Index, Kind, Mask, code_points
from .marks import DOT, Marks, runs_of_marks
from .rules import CLOSING, MARKS, OPENING, start_after

_AT_ONCE = 1 << 16  # marks judged at once
_ELLIPSIS = 3  # bytes of … and of ...

BLANK = Kind(BLANKS)
_MARK, _CLOSING, _OPENING, _GUILLEMET = Kind(MARKS), Kind(CLOSING), Kind(OPENING), Kind("»")
_PLAIN = np.array([code < 128 and chr(code).isalnum() for code in range(256)])


def starts_after_marks(text: Bytes, at: Index, begin: Index, stop: Index) -> Index:
    """Where sentences begin after marks.

    Args:
        text: bytes, UTF-8.
        at: all places of `MARK_BYTES` in some documents, ascending.
        begin: where the document of each begins.
        stop: where it ends.

    >>> text = np.frombuffer("No. 1 won. It did.".encode(), np.uint8)
    >>> starts_after_marks(text, np.array([2, 9, 17]), np.zeros(3, np.int64), np.full(3, 18)).tolist()
    [11]
    """
    marks = runs_of_marks(text, at, begin, stop)
    parts = [marks.of(slice(i, i + _AT_ONCE)) for i in range(0, len(marks.first), _AT_ONCE)]
    return np.concatenate([np.empty(0, np.int64), *(_starts_after(text, part) for part in parts)])


def _starts_after(text: Bytes, marks: Marks) -> Index:
    """Where sentences begin after runs of marks that end one."""
    start = marks.last + 1
    apart = (text.take(marks.last, mode="clip") == ord(" ")) & (start < marks.stop)
    apart &= _PLAIN[text.take(start, mode="clip")]  # most: a blank, then a letter or a digit
    word = start.copy()
    hard = np.zeros(len(start), bool)
    rest = np.flatnonzero(~apart)
    start[rest], word[rest], apart[rest], hard[rest] = _beyond(text, marks.of(rest))
    judged = np.flatnonzero(apart)
    ends, doubtful = _judge(text, marks.of(judged), word[judged])
    hard[judged] |= doubtful
    return np.append(start[judged[ends]], _by_rule(text, marks.of(hard)))


def _beyond(text: Bytes, marks: Marks) -> tuple[Index, Index, Mask, Mask]:
    """What comes after marks: the place after blanks, the word there, whether it may begin a sentence, or is hard."""
    shut = _CLOSING.after(text, marks.last, marks.stop)
    start = BLANK.after(text, shut, marks.stop)
    apart = start > shut
    hard = _note(text, shut, marks.stop) | (apart & _GUILLEMET.at(text, start, marks.stop))
    hard |= ~apart & _lost_blank(text, marks, shut)
    word = _OPENING.after(text, start, marks.stop)
    return start, word, apart & ~hard & (start < marks.stop) & ~_MARK.at(text, start, marks.stop), hard


def _note(text: Bytes, at: Index, stop: Index) -> Mask:
    """Whether a note such as [1] may begin here."""
    found: Mask = (text.take(at, mode="clip") == ord("[")) & (at + 1 < stop)
    digit = text.take(at + 1, mode="clip")
    found &= (digit >= 128) | ((digit >= ord("0")) & (digit <= ord("9")))
    return found


def _lost_blank(text: Bytes, marks: Marks, shut: Index) -> Mask:
    """Whether marks may end a sentence although a capital follows at once: one dot, an ellipsis, or closing marks."""
    capital = text.take(shut, mode="clip")
    found: Mask = (capital >= ord("A")) & (capital <= ord("Z")) & (shut < marks.stop)
    dot = (shut == marks.last) & (marks.last < marks.first + _ELLIPSIS)
    for k in (1, 2, 3):
        byte = text.take(marks.first - k, mode="clip")
        dot &= ((byte >= ord("a")) & (byte <= ord("z"))) | (byte >= 128)
    found &= dot | (shut > marks.last) | (marks.last >= marks.first + _ELLIPSIS)
    return found


def _judge(text: Bytes, marks: Marks, word: Index) -> tuple[Mask, Mask]:
    """Which marks before a blank and a word end a sentence, and which only the rule itself can judge."""
    initial = text.take(word, mode="clip")
    initial[word >= marks.stop] = 0
    ends = ~_lower(text, word, initial)
    doubtful = np.zeros(len(ends), bool)
    dots = np.flatnonzero(ends & (text[marks.first] == DOT))
    dots = dots[may_be_short(text, marks.of(dots))]
    ends[dots], doubtful[dots] = judge_dots(text, marks.of(dots), word[dots], initial[dots])
    return ends, doubtful


def _lower(text: Bytes, at: Index, initial: Bytes) -> Mask:
    found: Mask = (initial >= ord("a")) & (initial <= ord("z"))
    high = np.flatnonzero(initial >= 128)
    if len(high):
        codes, place = np.unique(code_points(text, at[high]), return_inverse=True)
        found[high] = np.array([chr(code).islower() for code in codes.tolist()])[place]
    return found


# ── the rule itself ──────────────────────────────────────────────────────────────────────────────────────────────

_BACK, _AHEAD = 256, 512  # bytes; the rule looks back 40 characters


def _by_rule(text: Bytes, marks: Marks) -> Index:
    """Where sentences begin after marks that are judged one by one."""
    found = [_one_by_rule(text, *(int(part) for part in mark)) for mark in zip(*marks, strict=True)]
    return np.array([start for start in found if start >= 0], np.int64)


def _one_by_rule(text: Bytes, first: int, last: int, begin: int, stop: int) -> int:
    """Where a sentence begins after one run of marks, or -1."""
    before = text[max(begin, first - _BACK) : first].tobytes().decode(errors="ignore")
    start, ahead = None, _AHEAD
    while start is None:
        after = text[first : min(stop, first + ahead)].tobytes().decode(errors="ignore")
        start = start_after(before + after, len(before), whole=first + ahead >= stop)
        ahead *= 8
    return first + len(after[: start - len(before)].encode()) if start >= 0 else -1
