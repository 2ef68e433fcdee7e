"""Occurrences of what was looked for, and which of those that overlap counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Spans:
    """Occurrences: first and last token of each, what was matched, and which actor stands in which slot.

    Attributes:
        first, last: token positions; `last` is the last token itself.
        key: one number per occurrence, the index of what was looked for.
        agent, target: index of the actor in that slot, -1 where there is none; see `nobody`.
    """

    first: Index
    last: Index
    key: Index
    agent: Index
    target: Index

    def __len__(self) -> int:
        return len(self.first)

    def take(self, chosen: NDArray[Any]) -> Spans:
        """The chosen occurrences (a mask or positions)."""
        chosen = np.flatnonzero(chosen) if chosen.dtype == bool else chosen
        columns = (getattr(self, name) for name in _FIELDS)
        return Spans(*(nobody(len(chosen)) if _is_nobody(own) else own.take(chosen) for own in columns))


_FIELDS = ("first", "last", "key", "agent", "target")
_BITS = 63  # of a number that may not be negative
ROUNDS = 4  # of the competition among spans that touch each other: nearly all runs of them have fewer winners
SIEVE = 1 << 22  # tokens that are told apart where overlaps are looked for; others are looked at in vain


def nobody(number: int) -> Index:
    """What some occurrences bind that have no slot: -1 for each, in the memory of one.

    >>> nobody(3).tolist()
    [-1, -1, -1]
    """
    return np.broadcast_to(np.int64(-1), number)


def _is_nobody(column: Index) -> bool:
    return column.strides == (0,)


def joined(parts: Iterable[Spans]) -> Spans:
    """All occurrences of several sets, one after the other.

    >>> len(joined([]))
    0
    """
    parts = list(parts)
    if not parts:
        return Spans(*(np.empty(0, np.int64) for _ in _FIELDS))
    number = sum(map(len, parts))
    several = ([getattr(part, name) for part in parts] for name in _FIELDS)
    return Spans(*(nobody(number) if all(map(_is_nobody, own)) else np.concatenate(own) for own in several))


def longest(spans: Spans, group: Index) -> Index:
    """Of occurrences that overlap within a group, the longest, then the leftmost.

    Of those that cover the same words the one that binds more actors, then the first looked for.

    Returns:
        The positions of the kept ones, in the order of the text.

    >>> spans = Spans(*(np.array(v) for v in ([0, 1, 5], [1, 3, 5], [0, 1, 2], [-1] * 3, [-1] * 3)))
    >>> longest(spans, np.zeros(3, int)).tolist()
    [1, 2]
    """
    order = in_order(spans.first, spans.last - spans.first, group)
    met = order[_meeting(spans.first.take(order), spans.last.take(order))]
    lost = _beaten(spans, group.take(met), met)
    if not len(lost):
        return order
    kept = np.ones(len(spans), bool)
    kept[lost] = False
    return order[kept.take(order)]


def beaten(spans: Spans, groups: Index) -> Index:
    """The positions of those that `longest` leaves out, where no two single words of a group stand at one place.

    Args:
        spans: the occurrences.
        groups: the group of each key.

    >>> spans = Spans(*(np.array(v) for v in ([5, 0, 1], [5, 1, 3], [2, 0, 1], [-1] * 3, [-1] * 3)))
    >>> beaten(spans, np.zeros(3, int)).tolist()
    [1]
    """
    long = np.flatnonzero(spans.first < spans.last)
    size = (spans.last.take(long) - spans.first.take(long)) + 1
    # Of few spans few tokens are told apart: memory that is not used before takes longer than to look in vain.
    sieve = min(SIEVE, 1 << (len(spans) << 6).bit_length())
    covered = np.zeros(sieve, bool)
    covered[ramp(spans.first.take(long), size) & (sieve - 1)] = True
    some = np.flatnonzero(covered.take(spans.first & (sieve - 1)))
    return _beaten(spans, groups.take(spans.key.take(some)), some)


def ramp(first: Index, size: Index) -> Index:
    """The tokens of some stretches, given by the first of each and how many it has.

    >>> ramp(np.array([3, 7]), np.array([2, 1])).tolist()
    [3, 4, 7]
    """
    shift: Index = first - (np.cumsum(size) - size)
    return np.arange(size.sum()) + np.repeat(shift, size)


def _beaten(spans: Spans, group: Index, some: Index) -> Index:
    """Of some occurrences, of a group each and beside which no others overlap any, those that lose."""
    order = in_order(group, spans.first.take(some))
    own, group = some[order], group[order]
    meeting = _meeting(*_apart(spans.first.take(own), spans.last.take(own), group))
    rivals = own[meeting]
    if not len(rivals):
        return rivals
    lost = np.zeros(len(spans), bool)
    lost[rivals] = True
    lost[_best(spans, group[meeting], rivals)] = False
    return np.flatnonzero(lost)


def in_order(*keys: Index) -> Index:
    """The order by some columns of numbers from 0 on, of which the first counts most; equal rows stay as they stand.

    >>> in_order(np.array([2, 0, 2]), np.array([1, 5, 0])).tolist()
    [1, 2, 0]
    """
    size = len(keys[0])
    widths = [int(key.max(initial=0)).bit_length() for key in keys]
    if sum(widths) + size.bit_length() > _BITS:
        return np.lexsort(keys[::-1])
    # Sorting one number a row, which has the row in its last bits, is many times as fast as every sort by index.
    packed = keys[0].astype(np.int64)
    for key, width in zip(keys[1:], widths[1:], strict=True):
        packed <<= width
        packed |= key
    packed <<= size.bit_length()
    packed |= np.arange(size)
    packed.sort()
    packed &= (1 << size.bit_length()) - 1
    return packed


def foremost(group: Index, types: Index, key: Index) -> Index:
    """Of some rows, those with the least key among those of the same group and type, in their order.

    >>> foremost(np.array([0, 0, 1]), np.array([7, 7, 7]), np.array([2, 1, 3])).tolist()
    [1, 2]
    """
    order = in_order(group, types, key)
    new = np.ones(len(order), bool)
    new[1:] = (np.diff(group[order]) != 0) | (np.diff(types[order]) != 0)
    return np.sort(order[new])


def _best(spans: Spans, group: Index, own: Index) -> Index:
    """Of some occurrences, of a group each and all of which overlap others, those that win."""
    spans = spans.take(own)
    unbound: Index = (spans.agent < 0).astype(np.int64) + (spans.target < 0)
    size = spans.last - spans.first
    best = _first_of_each(spans, group, in_order(group, spans.first, size, unbound, spans.key))
    rank = best[in_order(group[best], int(size.max()) - size[best], spans.first[best])]
    return own[_without_overlaps(spans, group, rank)]


def _first_of_each(spans: Spans, group: Index, order: Index) -> Index:
    """Of occurrences in some order, those whose words no one before them covers in the same group."""
    new = np.ones(len(order), bool)
    new[1:] = False
    for edge in (spans.first, spans.last, group):
        new[1:] |= np.diff(edge[order]) != 0
    return order[new]


def _meeting(first: Index, last: Index) -> NDArray[np.bool_]:
    """Which spans, ordered by their first words, share words with another.

    >>> _meeting(np.array([0, 2, 5]), np.array([2, 3, 5])).tolist()
    [True, True, False]
    """
    meets = np.zeros(len(first), bool)
    meets[1:] = first[1:] <= np.maximum.accumulate(last)[:-1]
    meets[:-1] |= first[1:] <= last[:-1]
    return meets


def _apart(first: Index, last: Index, group: Index) -> tuple[Index, Index]:
    """Spans ordered by group and place, moved so that those of one group lie behind those of the group before."""
    shift = group * (int(np.max(last, initial=0)) + 1)
    return first + shift, last + shift


def _without_overlaps(spans: Spans, group: Index, order: Index) -> Index:
    """Of occurrences in the order of their rank, those that touch no better one of their group."""
    first, last = _apart(spans.first, spans.last, group)
    kept = []
    for _ in range(ROUNDS):
        if len(order):
            best, order = _round(first[order], last[order], order)
            kept.append(best)
    return np.concatenate([*kept, _in_turn(first[order], last[order], order)])


def _round(first: Index, last: Index, order: Index) -> tuple[Index, Index]:
    """Of ranked spans, the best of each run of them that touch each other, and those that touch no such best one."""
    rank = np.argsort(first, kind="stable")
    first, last = first[rank], last[rank]
    new = np.append(True, first[1:] > np.maximum.accumulate(last)[:-1])
    best = np.minimum.reduceat(rank, np.flatnonzero(new))
    place = np.empty(len(rank), np.int64)
    place[rank] = np.arange(len(rank))
    own = place[best][np.cumsum(new) - 1]
    free = np.sort(rank[(first > last[own]) | (last < first[own])])
    return order[best], order[free]


def _in_turn(first: Index, last: Index, order: Index) -> Index:
    """The same for runs of so many that they are better looked at one by one."""
    taken: set[int] = set()
    kept = []
    for i, begin, end in zip(order.tolist(), first.tolist(), last.tolist(), strict=True):
        words = range(begin, end + 1)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(i)
    return np.array(kept, np.int64)
