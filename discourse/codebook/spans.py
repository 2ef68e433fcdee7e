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
        agent, target: index of the actor in that slot, -1 where there is none.
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
        return Spans(*(getattr(self, name).take(chosen) for name in _FIELDS))


_FIELDS = ("first", "last", "key", "agent", "target")
_BITS = 63  # of a number that may not be negative


def joined(parts: Iterable[Spans]) -> Spans:
    """All occurrences of several sets, one after the other.

    >>> len(joined([]))
    0
    """
    parts = list(parts)
    if not parts:
        return Spans(*(np.empty(0, np.int64) for _ in _FIELDS))
    return Spans(*(np.concatenate([getattr(part, name) for part in parts]) for name in _FIELDS))


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
    if not len(met):
        return order
    own = met[in_order(group.take(met), spans.first.take(met))]
    rivals = own[_meeting(*_apart(spans.first.take(own), spans.last.take(own), group.take(own)))]
    if not len(rivals):
        return order
    kept = np.ones(len(spans), bool)
    kept[rivals] = False
    kept[_best(spans, group, rivals)] = True
    return order[kept.take(order)]


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


def _best(spans: Spans, group: Index, own: Index) -> Index:
    """Of some occurrences, all of which overlap others, those that win."""
    spans, group = spans.take(own), group[own]
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
    taken: set[tuple[int, int]] = set()
    kept = []
    rows = zip(*(array[order].tolist() for array in (group, spans.first, spans.last)), strict=True)
    for i, (own, first, last) in zip(order.tolist(), rows, strict=True):
        covered = {(own, position) for position in range(first, last + 1)}
        if taken.isdisjoint(covered):
            taken |= covered
            kept.append(i)
    return np.array(kept, np.int64)
