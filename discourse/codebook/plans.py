"""The way through patterns: from the rarest word of each to the words beside it, the same for many patterns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .patterns import ROLES, Element
from .spans import Index, Mask

TOGETHER = 1 << 16  # places of rarest words that are followed at once: bounds the memory

TABLE = 1 << 24  # bytes of a table of what fits; a larger one would leave the processor's cache


class Sought(NamedTuple):
    """An element of a pattern in one corpus.

    Attributes:
        element: what it is.
        key: the same for elements that stand for the same types.
        types: the types that fit, sorted; none for a slot.
        number: how many places there are.
        words: whether all of them are words.
    """

    element: Element
    key: tuple[object, ...]
    types: Index
    number: int
    words: bool


class Chain(NamedTuple):
    """One spelling of a pattern: which pattern it is, its elements, and from which the others are looked for."""

    key: int
    row: tuple[Sought, ...]
    rarest: int


class Routes(NamedTuple):
    """Patterns as they are looked for in one corpus.

    Attributes:
        words: those of one word.
        plans: the way through all others, those that are followed together in one.
    """

    words: list[Chain]
    plans: list[Plan]


class Step(NamedTuple):
    """From one element of a chain to the next: chains that take the same step take it together.

    Attributes:
        side: 1 to the right, -1 to the left.
        reach: the bits of how many words may stand in between.
        slot: whether an actor is looked for.
        beside: whether it is an actor from where one looks.
        own: the number of the element (see `Plan.numbers`) where its places must be known, else -1.
    """

    side: int
    reach: int
    slot: bool
    beside: bool
    own: int


@dataclass(frozen=True, eq=False)
class Plan:
    """The way through some chains, each of which starts at its rarest element.

    Attributes:
        chains: n of them; m is the number of elements of the longest.
        numbers: the distinct elements: each number stands for the same types.
        pairs: the number of an element and a type that fits it in one, sorted.
        types: how many types there are.
        steps: the distinct steps.
        key, size: (n,), the pattern of each chain and how many elements it has.
        number, role: n × m, of each element its number, and the index of its role, -1 where it is no slot.
        step, element, gap: n × (m - 1), the kind of each step (-1: complete), where in the row it leads, and how many
            words may lie between.
    """

    chains: Sequence[Chain]
    numbers: list[Sought]
    pairs: Index
    types: int
    steps: list[Step]
    key: Index
    size: Index
    number: Index
    role: Index
    step: Index
    element: Index
    gap: Index

    @classmethod
    def of(cls, chains: Sequence[Chain], types: int) -> Plan:
        """Plan the way through some chains, at least one."""
        numbers = {sought.key: sought for chain in chains for sought in chain.row}
        place = {key: i for i, key in enumerate(numbers)}
        number = _table([[place[sought.key] for sought in chain.row] for chain in chains])
        ways = [_way(chain, place) for chain in chains]
        steps = list(dict.fromkeys(step for way in ways for _, _, step in way))
        kind = {step: i for i, step in enumerate(steps)}
        return cls(
            chains,
            list(numbers.values()),
            np.concatenate([i * types + sought.types for i, sought in enumerate(numbers.values())]),
            types,
            steps,
            np.array([chain.key for chain in chains]),
            np.array([len(chain.row) for chain in chains]),
            number,
            _table([[_ROLE[sought.element.slot] for sought in chain.row] for chain in chains]),
            _table([[kind[step] for _, _, step in way] for way in ways]),
            _table([[i for i, _, _ in way] for way in ways]),
            _table([[gap for _, gap, _ in way] for way in ways]),
        )

    def fits(self, number: Index, types: NDArray[np.int32]) -> Mask:
        """Whether types fit elements, given by their numbers."""
        return self.fit(number * self.types + types)

    def fit(self, pairs: Index) -> Mask:
        """Whether types fit elements, given in one number: that of the element times that of types, and the type."""
        if self._fitting is not None:
            return self._fitting.take(pairs)
        place = np.searchsorted(self.pairs, pairs)
        found: Mask = self.pairs.take(place, mode="clip") == pairs
        return found

    @cached_property
    def _fitting(self) -> Mask | None:
        """For each element and type in one whether they fit, where that is small enough to be a table."""
        size = len(self.numbers) * self.types
        if size > TABLE:
            return None
        fitting = np.zeros(size, bool)
        fitting[self.pairs] = True
        return fitting


_ROLE = {"": -1} | {role: i for i, role in enumerate(ROLES)}


def rarest(row: Sequence[Sought]) -> int:
    """The element with the fewest places."""
    return min(range(len(row)), key=lambda i: row[i].number)


def batches(chains: list[Chain]) -> Iterator[list[Chain]]:
    """Chains that are followed together: the more places they have, the fewer."""
    some: list[Chain] = []
    places = 0
    for chain in chains:
        own = chain.row[chain.rarest].number
        if some and places + own > TOGETHER:
            yield some
            some, places = [], 0
        some.append(chain)
        places += own
    if some:
        yield some


def _way(chain: Chain, place: dict[tuple[object, ...], int]) -> list[tuple[int, int, Step]]:
    """From the rarest element to the others: which is next, how many words may lie between, and what step it is."""
    row, rarest, way = chain.row, chain.rarest, []
    for i, side in [*((i, 1) for i in range(rarest + 1, len(row))), *((i, -1) for i in reversed(range(rarest)))]:
        gap, beside = row[max(i, i - side)].element.gap, row[i - side].element
        own = place[row[i].key] if side < 0 and gap and not row[i].words and not row[i].element.slot else -1
        way.append((i, gap, Step(side, gap.bit_length(), bool(row[i].element.slot), bool(beside.slot), own)))
    return way


def _table(rows: list[list[int]]) -> Index:
    """Rows of different lengths as a table, filled up with -1.

    >>> _table([[3], [1, 2], []]).tolist()
    [[3, -1], [1, 2], [-1, -1]]
    """
    width = max(map(len, rows))
    return np.array([[*row, *[-1] * (width - len(row))] for row in rows], np.int64).reshape(len(rows), width)
