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
        return Spans(*(getattr(self, name)[chosen] for name in _FIELDS))


_FIELDS = ("first", "last", "key", "agent", "target")


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
    if (spans.first[1:] > spans.last[:-1]).all():  # nothing overlaps, and all is in order
        return np.arange(len(spans))
    unbound: Index = (spans.agent < 0).astype(np.int64) + (spans.target < 0)
    best = _first_of_each(spans, group, np.lexsort([spans.key, unbound, spans.last, spans.first, group]))
    alone = _alone(spans, group, best)
    rest = best[~alone]
    rank = np.lexsort([spans.first[rest], spans.first[rest] - spans.last[rest], group[rest]])
    kept = np.concatenate([best[alone], _without_overlaps(spans, group, rest[rank])])
    return kept[np.lexsort([group[kept], spans.last[kept], spans.first[kept]])]


def _first_of_each(spans: Spans, group: Index, order: Index) -> Index:
    """Of occurrences in some order, those whose words no one before them covers in the same group."""
    new = np.ones(len(order), bool)
    new[1:] = False
    for edge in (spans.first, spans.last, group):
        new[1:] |= np.diff(edge[order]) != 0
    return order[new]


def _alone(spans: Spans, group: Index, order: Index) -> NDArray[np.bool_]:
    """Which occurrences, ordered by group and place, touch no other of their group: they need no comparison."""
    first, last, own = spans.first[order], spans.last[order], group[order]
    # The furthest end so far within the group: ends are lifted so that a new group starts above the one before.
    width = int(np.max(spans.last, initial=0)) + 2
    reach = np.maximum.accumulate(last + own * width)
    free = np.ones(len(order), bool)
    touches = first[1:] + own[1:] * width <= reach[:-1]
    free[1:] &= ~touches
    free[:-1] &= ~touches
    return free


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
