"""Where patterns occur: array operations on the ids, never a loop over tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discourse.tokens import Tokens

from .patterns import ROLES, Element, Pattern

Index = NDArray[np.int64]


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


class Matcher:
    """Finds patterns in one corpus.

    Args:
        tokens: the corpus.
        actors: where actors stand, `key` being which; what the slots of patterns stand for.
        parts: whether a pattern of one word is found in a part of a hyphenated token too.
    """

    def __init__(self, tokens: Tokens, actors: Spans | None = None, *, parts: bool = True) -> None:
        self.tokens = tokens
        self._parts = parts
        self._actors = joined([]) if actors is None else actors
        self._ids = tokens.ids[tokens.stream]

    def find(self, patterns: Sequence[Pattern]) -> Spans:
        """Every occurrence of every pattern, overlapping ones too; `key` is the index of the pattern."""
        return joined(
            self._sequence(sequence, key, pattern.cased)
            for key, pattern in enumerate(patterns)
            for sequence in pattern.sequences
        )

    def _sequence(self, sequence: tuple[Element, ...], key: int, cased: bool) -> Spans:
        state = self._begin(sequence[0], cased, alone=len(sequence) == 1)
        for before, element in pairwise(sequence):
            state = self._step(state, element, cased, beside_slot=bool(before.slot or element.slot))
        first, last = self.tokens.stream[state["first"]], self.tokens.stream[state["last"]]
        found = Spans(first, last, np.full(len(first), key), *(state[role] for role in ROLES))
        return found.take(self._within(first, last))

    # State: stream positions of the first and last token so far, and the actors bound so far.

    def _begin(self, element: Element, cased: bool, alone: bool) -> dict[str, Index]:
        if element.slot:
            start, end, actor = self._slots
            unbound = {role: np.full(len(start), -1) for role in ROLES}
            return {"first": start, "last": end, **unbound, element.slot: actor}
        order, offsets = self.tokens.postings
        parts = [order[offsets[i] : offsets[i + 1]] for i in self._types(element, cased, alone)]
        positions = np.sort(np.concatenate([np.empty(0, np.int64), *parts]))
        at = np.searchsorted(self.tokens.stream, positions)
        return {"first": at, "last": at, **{role: np.full(len(at), -1) for role in ROLES}}

    def _step(self, state: dict[str, Index], element: Element, cased: bool, beside_slot: bool) -> dict[str, Index]:
        rows, following = self._following(state["last"], element.gap)
        if element.gap and beside_slot:
            near = self._skips_no_actor(state["last"][rows], following)
            rows, following = rows[near], following[near]
        if element.slot:
            return self._step_slot(state, element.slot, rows, following)
        fits = np.zeros(len(self.tokens.types), bool)
        fits[self._types(element, cased, alone=False)] = True
        kept = fits[self._ids[following]]
        moved = {name: values[rows[kept]] for name, values in state.items()}
        return moved | {"last": following[kept]}

    def _step_slot(self, state: dict[str, Index], slot: str, rows: Index, following: Index) -> dict[str, Index]:
        start, end, actor = self._slots
        low, high = np.searchsorted(start, following), np.searchsorted(start, following, side="right")
        times = high - low
        source = np.repeat(rows, times)
        within = np.arange(len(source)) - np.repeat(np.cumsum(times) - times, times)
        chosen = np.repeat(low, times) + within
        moved = {name: values[source] for name, values in state.items()}
        return moved | {"last": end[chosen], slot: actor[chosen]}

    def _following(self, last: Index, gap: int) -> tuple[Index, Index]:
        """The stream positions that may come next, each with the row it continues."""
        if not gap:
            rows = np.flatnonzero(last + 1 < len(self._ids))
            return rows, last[rows] + 1
        word_at, rank = self._words
        nth = rank[last][:, None] + np.arange(gap + 1)
        rows, column = np.nonzero(nth < len(word_at))
        return rows, word_at[nth[rows, column]]

    def _skips_no_actor(self, last: Index, following: Index) -> NDArray[np.bool_]:
        """Whether no actor begins between two stream positions: the nearest one is meant."""
        start = self._slots[0]
        return np.equal(np.searchsorted(start, last, side="right"), np.searchsorted(start, following))

    @cached_property
    def _words(self) -> tuple[Index, Index]:
        """Stream positions of words, and how many words there are up to and with each stream position."""
        word = self.tokens.is_word[self.tokens.stream]
        return np.flatnonzero(word), np.cumsum(word)

    @cached_property
    def _slots(self) -> tuple[Index, Index, Index]:
        """Where actors stand, by stream position: first, last, which; at one place in the order of the codebook."""
        actor = self._actors.key
        start, end = (np.searchsorted(self.tokens.stream, edge) for edge in (self._actors.first, self._actors.last))
        order = np.lexsort([actor, end, start])
        return start[order], end[order], actor[order]

    def _types(self, element: Element, cased: bool, alone: bool) -> Index:
        if not element.words:
            return np.flatnonzero(self.tokens.types["is_word"].to_numpy())
        match = self.tokens.vocabulary.match
        # A pattern of one word is found in hyphenated tokens too; one with a hyphen of its own is not cut again.
        found = [match(word, parts=alone and self._parts and "-" not in word, cased=cased) for word in element.words]
        return np.unique(np.concatenate(found))

    def _within(self, first: Index, last: Index) -> NDArray[np.bool_]:
        """Which occurrences cross no sentence and no zone."""
        inside = np.ones(len(first), bool)
        if len(first):
            for name in ("zone", "sentence"):
                layer = self.tokens.layer(name)
                inside &= layer.runs(first) == layer.runs(last)
        return inside


def longest(spans: Spans, group: Index) -> Index:
    """Of occurrences that overlap within a group, the longest, then the leftmost.

    Of those that cover the same words the one that binds more actors, then the first looked for.

    Returns:
        The positions of the kept ones, in the order of the text.

    >>> spans = Spans(*(np.array(v) for v in ([0, 1, 5], [1, 3, 5], [0, 1, 2], [-1] * 3, [-1] * 3)))
    >>> longest(spans, np.zeros(3, int)).tolist()
    [1, 2]
    """
    unbound: Index = (spans.agent < 0).astype(np.int64) + (spans.target < 0)
    order = np.lexsort([spans.key, unbound, spans.first, spans.first - spans.last, group])
    alone = _alone(spans, group)
    kept = np.concatenate([np.flatnonzero(alone), _without_overlaps(spans, group, order[~alone[order]])])
    return kept[np.lexsort([group[kept], spans.last[kept], spans.first[kept]])]


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


def _alone(spans: Spans, group: Index) -> NDArray[np.bool_]:
    """Which occurrences touch no other of their group: they need no comparison."""
    order = np.lexsort([spans.last, spans.first, group])
    first, last, own = spans.first[order], spans.last[order], group[order]
    # The furthest end so far within the group: ends are lifted so that a new group starts above the one before.
    width = int(np.max(spans.last, initial=0)) + 2
    reach = np.maximum.accumulate(last + own * width)
    free = np.ones(len(order), bool)
    touches = first[1:] + own[1:] * width <= reach[:-1]
    free[1:] &= ~touches
    free[:-1] &= ~touches
    alone = np.empty(len(order), bool)
    alone[order] = free
    return alone
