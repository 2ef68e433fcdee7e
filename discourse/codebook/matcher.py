"""Where patterns occur: found at their rarest word and looked at from there, never by going through the tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from discourse.tokens import Tokens
from discourse.tokens.neighbours import token_beside, words_beside

from .patterns import ROLES, Element, Pattern

Index = NDArray[np.int64]

KEPT = 1 << 22  # positions of elements kept for the patterns that share them


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


class Sought(NamedTuple):
    """An element of a pattern in one corpus.

    Attributes:
        element: what it is.
        key: the same for elements that stand for the same types.
        types: the types that fit, sorted; none for a slot.
        number: how many places there are.
    """

    element: Element
    key: tuple[object, ...]
    types: Index
    number: int


class Slots(NamedTuple):
    """Where actors stand, in the order of the text; of those at one place in the order of the codebook.

    Attributes:
        start, end: first and last token.
        actor: which.
        by_end: their order by last token.
    """

    start: Index
    end: Index
    actor: Index
    by_end: Index


class Matcher:
    """Finds patterns in one corpus.

    Each sequence of a pattern is looked for at its rarest element, then word by word to both sides. A table of places
    has one row per occurrence so far and one column per element: the token that stands there, or, for a slot, the
    number of the actor's place.

    Args:
        tokens: the corpus.
        actors: where actors stand, `key` being which; what the slots of patterns stand for.
        parts: whether a pattern of one word is found in a part of a hyphenated token too.
    """

    def __init__(self, tokens: Tokens, actors: Spans | None = None, *, parts: bool = True) -> None:
        self.tokens = tokens
        self._parts = parts
        self._actors = joined([]) if actors is None else actors
        self._types: dict[tuple[object, ...], Index] = {}
        self._positions: dict[tuple[object, ...], Index] = {}

    def find(self, patterns: Sequence[Pattern]) -> Spans:
        """Every occurrence of every pattern, overlapping ones too; `key` is the index of the pattern."""
        return joined(
            self._sequence(sequence, key, pattern.cased)
            for key, pattern in enumerate(patterns)
            for sequence in pattern.sequences
        )

    def _sequence(self, sequence: tuple[Element, ...], key: int, cased: bool) -> Spans:
        row = [self._sought(element, cased, alone=len(sequence) == 1) for element in sequence]
        rarest = _rarest(row)
        if not row[rarest].number:
            return joined([])
        places = np.empty((row[rarest].number, len(row)), np.int64)
        places[:, rarest] = self._everywhere(row[rarest])
        for i in range(rarest + 1, len(row)):
            places = self._to_the_right(places, row, i)
        for i in reversed(range(rarest)):
            places = self._to_the_left(places, row, i)
        return self._spans(places, row, key)

    def _spans(self, places: Index, row: list[Sought], key: int) -> Spans:
        first, last = self._start(row[0], places[:, 0]), self._end(row[-1], places[:, -1])
        if len(row) > 1:
            kept = np.flatnonzero(self._within(first, last))
            # As if found from left to right: which of two actors at one place is bound must not depend on the corpus.
            kept = kept[np.lexsort(places[kept].T[::-1])]
            places, first, last = places[kept], first[kept], last[kept]
        bound = {role: np.full(len(first), -1) for role in ROLES}
        for i, sought in enumerate(row):
            if sought.element.slot:
                bound[sought.element.slot] = self._slots.actor[places[:, i]]
        return Spans(first, last, np.full(len(first), key), *(bound[role] for role in ROLES))

    # ── one element ──────────────────────────────────────────────────────────────────────────────────────────────

    def _sought(self, element: Element, cased: bool, alone: bool) -> Sought:
        if element.slot:
            return Sought(element, (), np.empty(0, np.int64), len(self._slots.start))
        # A pattern of one word is found in hyphenated tokens too; one with a hyphen of its own is not cut again.
        parts = alone and self._parts
        key = (element.words, cased, parts)
        if key not in self._types:
            match = self.tokens.vocabulary.match
            found = [match(word, parts=parts and "-" not in word, cased=cased) for word in element.words]
            self._types[key] = np.unique(np.concatenate(found)) if found else np.flatnonzero(self.tokens.type_is_word)
        return Sought(element, key, self._types[key], int(self._counts[self._types[key]].sum()))

    @cached_property
    def _counts(self) -> Index:
        return self.tokens.type_counts

    def _everywhere(self, sought: Sought) -> Index:
        """All places of an element."""
        if sought.element.slot:
            return np.arange(sought.number)
        if sought.key not in self._positions:
            if sought.number + sum(map(len, self._positions.values())) > KEPT:
                self._positions.clear()
            self._positions[sought.key] = self.tokens.positions_of(sought.types)
        return self._positions[sought.key]

    def _start(self, sought: Sought, place: Index) -> Index:
        return self._slots.start[place] if sought.element.slot else place

    def _end(self, sought: Sought, place: Index) -> Index:
        return self._slots.end[place] if sought.element.slot else place

    @cached_property
    def _slots(self) -> Slots:
        start, end, actor = self._actors.first, self._actors.last, self._actors.key
        order = np.lexsort([actor, end, start])
        return Slots(start[order], end[order], actor[order], np.argsort(end[order], kind="stable"))

    # ── from one element to the next ─────────────────────────────────────────────────────────────────────────────

    def _to_the_right(self, places: Index, row: list[Sought], i: int) -> Index:
        """The rows that go on with element i, and where it stands in each."""
        last, gap = self._end(row[i - 1], places[:, i - 1]), row[i].element.gap
        rows, at = self._beside(last, gap, 1)
        if gap and self._beside_slot(row, i):
            rows, at = _chosen(self._skips_no_actor(last[rows], at), rows, at)
        if row[i].element.slot:
            source, place = _between(self._slots.start, at, at + 1)
            return _with(places, rows[source], place, i)
        return _with(places, *_chosen(self._fits(row[i], at), rows, at), i)

    def _to_the_left(self, places: Index, row: list[Sought], i: int) -> Index:
        """The rows before which element i stands, and where."""
        first, gap = self._start(row[i + 1], places[:, i + 1]), row[i + 1].element.gap
        if gap:  # a gap ends with a word
            word = np.flatnonzero(self.tokens.type_is_word[self.tokens.ids_at(first)])
            places, first = places[word], first[word]
        rows, place = self._before(row[i], first, gap)
        if gap and self._beside_slot(row, i + 1):
            near = self._skips_no_actor(self._end(row[i], place), first[rows])
            rows, place = _chosen(near, rows, place)
        return _with(places, rows, place, i)

    def _before(self, sought: Sought, first: Index, gap: int) -> tuple[Index, Index]:
        """Where an element ends right before some tokens, or with so many words in between."""
        if not sought.element.slot and (not gap or self.tokens.type_is_word[sought.types].all()):
            rows, at = self._beside(first, gap, -1)
            return _chosen(self._fits(sought, at), rows, at)
        # What is no word may stand anywhere after the word that is too far away; and an actor may end in such.
        if gap:
            low, high = words_beside(self.tokens, first, gap + 1, -1)[:, -1], first
        else:
            low = token_beside(self.tokens, first, -1)
            high = low + 1
        if not sought.element.slot:
            rows, nth = _between(self._everywhere(sought), low, high)
            return rows, self._everywhere(sought)[nth]
        rows, nth = _between(self._slots.end[self._slots.by_end], low, high)
        return rows, self._slots.by_end[nth]

    def _beside(self, at: Index, gap: int, step: int) -> tuple[Index, Index]:
        """The tokens that may stand next to others, each with the row it continues."""
        if not gap:
            found = token_beside(self.tokens, at, step)
            rows = np.flatnonzero((found >= 0) & (found < len(self.tokens)))
            return rows, found[rows]
        words = words_beside(self.tokens, at, gap + 1, step)
        rows, column = np.nonzero((words >= 0) & (words < len(self.tokens)))
        return rows, words[rows, column]

    def _fits(self, sought: Sought, at: Index) -> NDArray[np.bool_]:
        """Whether an element may stand at tokens."""
        fits = np.zeros(len(self._counts), bool)
        fits[sought.types] = True
        return fits[self.tokens.ids_at(at)]

    def _beside_slot(self, row: list[Sought], i: int) -> bool:
        return bool(row[i - 1].element.slot or row[i].element.slot)

    def _skips_no_actor(self, last: Index, following: Index) -> NDArray[np.bool_]:
        """Whether no actor begins between two tokens: the nearest one is meant."""
        start = self._slots.start
        return np.equal(np.searchsorted(start, last, side="right"), np.searchsorted(start, following))

    def _within(self, first: Index, last: Index) -> NDArray[np.bool_]:
        """Which occurrences cross no sentence and no zone."""
        inside = np.ones(len(first), bool)
        if len(first):
            for name in ("zone", "sentence"):
                layer = self.tokens.layer(name)
                inside &= layer.runs(first) == layer.runs(last)
        return inside


def _rarest(row: list[Sought]) -> int:
    return min(range(len(row)), key=lambda i: row[i].number)


def _chosen(mask: NDArray[np.bool_], rows: Index, at: Index) -> tuple[Index, Index]:
    kept = np.flatnonzero(mask)
    return rows[kept], at[kept]


def _with(places: Index, rows: Index, place: Index, column: int) -> Index:
    """Rows of a table, with one column filled in."""
    taken = places[rows]
    taken[:, column] = place
    return taken


def _between(places: Index, low: Index, high: Index) -> tuple[Index, Index]:
    """The sorted places from low up to, but not with, high: the row of each and its number.

    >>> [part.tolist() for part in _between(np.array([3, 5, 8]), np.array([4, 0]), np.array([9, 1]))]
    [[0, 0], [1, 2]]
    """
    begin, end = np.searchsorted(places, low), np.searchsorted(places, high)
    times = np.maximum(end - begin, 0)
    rows = np.repeat(np.arange(len(low)), times)
    return rows, begin[rows] + np.arange(len(rows)) - (np.cumsum(times) - times)[rows]


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
