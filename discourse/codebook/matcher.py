"""Where patterns occur: found at their rarest words and looked at from there, all patterns together."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from discourse._threads import both, in_order
from discourse.tokens import Tokens
from discourse.tokens.crossing import unbroken
from discourse.tokens.neighbours import ids_beside, token_beside, words_beside

from .entries import NEGATORS
from .patterns import ROLES, Element, Pattern
from .plans import Chain, Plan, Routes, Sought, Step, batches, rarest
from .slots import Places, filled
from .spans import Index, Mask, Spans, foremost, joined, nobody

BOUNDS = ("zone", "sentence")  # layers no run of which a match leaves
KEPT = 8  # lists of patterns for which it is kept how they are looked for in a corpus
BESIDE = 1 << 15  # actors whose surroundings are looked at together: bounds the memory


_ROUTES: MutableMapping[Tokens, dict[tuple[int, ...], tuple[tuple[Pattern, ...], Routes]]] = WeakKeyDictionary()


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


class Partial(NamedTuple):
    """What is found so far: one column an occurrence.

    Attributes:
        chain: which.
        at: longest chain × occurrences: the token at which each element stands, or, for a slot, the number of the
            actor's place; undefined for elements that are still looked for.
    """

    chain: Index
    at: Index

    def take(self, chosen: Index) -> Partial:
        """Some of the occurrences."""
        return Partial(self.chain.take(chosen), self.at.take(chosen, axis=1))


class Matcher:
    """Finds patterns in one corpus.

    Each spelling of a pattern is looked for at its rarest element, then element by element to the right and to the
    left. All patterns go through this together: what it costs hangs on the places looked at, not on the patterns.

    Args:
        tokens: the corpus.
        actors: where actors stand, `key` being which; what the slots of patterns stand for.
        parts: whether a pattern of one word is found in a part of a hyphenated token too.
        negators: words over which no gap beside a slot reaches.
    """

    def __init__(
        self,
        tokens: Tokens,
        actors: Spans | None = None,
        *,
        parts: bool = True,
        negators: Sequence[str] = NEGATORS,
    ) -> None:
        self.tokens = tokens
        self._parts, self._negators = parts, negators
        self._actors = joined([]) if actors is None else actors
        self._known: dict[tuple[str, bool, bool], Index] = {}
        self._types: dict[tuple[object, ...], tuple[Index, int, bool]] = {}

    def find(self, patterns: Sequence[Pattern], group: Index | None = None) -> Spans:
        """Every occurrence of every pattern, overlapping ones too; `key` is the index of the pattern.

        Args:
            patterns: what to look for.
            group: one number a pattern. Of patterns with the same number only the first gets a single word that
                stands for several.
        """
        routes = self._routes(patterns)
        ways = [partial(self._words, routes.words, group), *(partial(self._together, plan) for plan in routes.plans)]
        if len(ways) <= 2:
            return joined([way() for way in ways])
        for name in BOUNDS:  # computed once, before several threads ask for it
            self.tokens.layer(name)
        return joined(in_order(_called, ways))

    def _routes(self, patterns: Sequence[Pattern]) -> Routes:
        """How to look for some patterns; kept for the last ones, for a codebook is asked for table after table."""
        known = _ROUTES.setdefault(self.tokens, {})
        key = (self._parts, len(self._actors), *map(id, patterns))
        if key not in known:
            if len(known) == KEPT:
                known.clear()
            known[key] = tuple(patterns), self._compiled(patterns)
        words, plans = known[key][1]
        return Routes(words, [replace(plan) for plan in plans])  # its table of what fits is not kept

    def _compiled(self, patterns: Sequence[Pattern]) -> Routes:
        both(lambda: self._counts, lambda: self.tokens.vocabulary, len(self.tokens))
        self._look_up(patterns)
        rows = [
            (key, tuple(self._sought(element, pattern.cased, len(sequence) == 1) for element in sequence))
            for key, pattern in enumerate(patterns)
            for sequence in pattern.sequences
        ]
        chains = [Chain(key, row, rarest(row)) for key, row in rows if all(sought.number for sought in row)]
        longer = [chain for chain in chains if len(chain.row) > 1 or chain.row[0].element.slot]
        words = [chain for chain in chains if len(chain.row) == 1 and not chain.row[0].element.slot]
        return Routes(words, [Plan.of(some, len(self._counts)) for some in batches(longer)])

    def _words(self, chains: list[Chain], group: Index | None) -> Spans:
        """The occurrences of single words: there is nothing to look at beside them."""
        types = np.concatenate([np.empty(0, np.int64), *(chain.row[0].types for chain in chains)])
        key = np.repeat(np.array([chain.key for chain in chains], np.int64), [len(c.row[0].types) for c in chains])
        if group is not None:
            own = foremost(group.take(key), types, key)
            types, key = types[own], key[own]
        at = self.tokens.places_of(types)
        return Spans(at, at, np.repeat(key, self._counts.take(types)), nobody(len(at)), nobody(len(at)))

    def _together(self, plan: Plan) -> Spans:
        found = self._beginnings(plan)
        for t in range(plan.step.shape[1]):
            found = self._onward(plan, found, t)
        return self._spans(plan, found)

    def _spans(self, plan: Plan, found: Partial) -> Spans:
        size = plan.size[found.chain]
        last = found.at[size - 1, np.arange(len(size))]
        first, last = self._edge(plan, found, 0, found.at[0], 1), self._edge(plan, found, size - 1, last, -1)
        kept = np.flatnonzero(self._within(first, last))
        kept = kept[self._filled(plan, found, kept)]
        found.at[np.arange(len(found.at))[:, None] >= size] = -1
        if (plan.role >= 0).any():
            # As if found from left to right: which of two actors at one place is bound must not depend on the corpus.
            kept = kept[np.lexsort([*found.at[::-1, kept], found.chain[kept]])]
        found = found.take(kept)
        bound = [self._bound(plan, found, role) for role in range(len(ROLES))]
        return Spans(first[kept], last[kept], plan.key[found.chain], *bound)

    def _bound(self, plan: Plan, found: Partial, role: int) -> Index:
        """The actor that is bound in a role, -1 where there is none."""
        elements = np.flatnonzero((plan.role == role).any(axis=0))
        if not len(elements):
            return nobody(len(found.chain))
        bound = np.full(len(found.chain), -1)
        for i in elements:
            own = np.flatnonzero(plan.role[found.chain, i] == role)
            bound[own] = self._slots.actor[found.at[i, own]]
        return bound

    def _filled(self, plan: Plan, found: Partial, some: Index) -> Mask:
        """Which of some occurrences have in each slot an actor that is meant there."""
        good = np.ones(len(some), bool)
        for i in np.flatnonzero((plan.role >= 0).any(axis=0)):
            own = np.flatnonzero(good & (plan.role[found.chain[some], i] >= 0))
            for rows in (own[k : k + BESIDE] for k in range(0, len(own), BESIDE)):
                good[rows] = filled(self.tokens, self._places(plan, found.take(some[rows]), int(i)), self._negators)
        return good

    def _places(self, plan: Plan, found: Partial, i: int) -> Places:
        """The actors in the slot that is the i-th element, and what of the pattern stands around them."""
        size, place = plan.size[found.chain], found.at[i]
        around = []
        for side in (-1, 1):
            j = np.array([_past_stars(chain.row, i, side) for chain in plan.chains])[found.chain]
            k = np.clip(j, 0, size - 1)
            at = found.at[k, np.arange(len(k))]
            here, beyond = self._edge(plan, found, k, at, side), self._edge(plan, found, k, at, -side) + side
            around.append(np.where(j == k, here, beyond))
        edges = self._slots.start[place], self._slots.end[place]
        return Places(around[0], *edges, around[1], (size > 1) & (i == 0), (size > 1) & (i == size - 1))

    def _edge(self, plan: Plan, found: Partial, i: Index | int, place: Index, side: int) -> Index:
        """The token at which an element begins, or, with -1, ends."""
        actors = np.flatnonzero(plan.role[found.chain, i] >= 0)
        edge = place.copy()
        edge[actors] = (self._slots.start if side > 0 else self._slots.end)[place[actors]]
        return edge

    # ── one element ──────────────────────────────────────────────────────────────────────────────────────────────

    def _sought(self, element: Element, cased: bool, alone: bool) -> Sought:
        if element.slot:
            return Sought(element, (), np.empty(0, np.int64), len(self._slots.start), words=False)
        key = (element.words, cased, alone and self._parts)
        if key not in self._types:
            found = [self._known[word, *_how(word, cased, key[-1])] for word in element.words]
            types = _united(found) if found else np.flatnonzero(self.tokens.type_is_word)
            own = types[0] if len(types) == 1 else types  # most: sums of one are slow
            number, words = int(self._counts[own].sum()), bool(self.tokens.type_is_word[own].all())
            self._types[key] = types, number, words
        return Sought(element, key, *self._types[key])

    def _look_up(self, patterns: Sequence[Pattern]) -> None:
        """Find the types that the words of patterns stand for, many words at once."""
        new: dict[tuple[bool, bool], set[str]] = {}
        for pattern in patterns:
            for sequence in pattern.sequences:
                for word in (word for element in sequence for word in element.words):
                    how = _how(word, pattern.cased, len(sequence) == 1 and self._parts)
                    if (word, *how) not in self._known:
                        new.setdefault(how, set()).add(word)
        for (cased, parts), words in new.items():
            found = self.tokens.vocabulary.match_all(list(words), parts=parts, cased=cased)
            self._known |= {(word, cased, parts): types for word, types in zip(words, found, strict=True)}

    @cached_property
    def _counts(self) -> Index:
        return self.tokens.type_counts

    def _everywhere(self, sought: Sought) -> Index:
        """All places of an element."""
        return np.arange(sought.number) if sought.element.slot else self.tokens.positions_of(sought.types)

    def _beginnings(self, plan: Plan) -> Partial:
        """The places of the rarest element of each chain."""
        rarest = [chain.row[chain.rarest] for chain in plan.chains]
        if any(sought.element.slot for sought in rarest):
            every = np.concatenate([self._everywhere(sought) for sought in rarest])
        else:  # those of words in the order of their types: what is found is put in order later
            every = self.tokens.places_of(np.concatenate([sought.types for sought in rarest]))
        chain = np.repeat(np.arange(len(rarest)), [sought.number for sought in rarest])
        at = np.empty((plan.number.shape[1], len(chain)), np.int64)
        at[np.array([own.rarest for own in plan.chains])[chain], np.arange(len(chain))] = every
        return Partial(chain, at)

    @cached_property
    def _slots(self) -> Slots:
        start, end, actor = self._actors.first, self._actors.last, self._actors.key
        order = np.lexsort([actor, end, start])
        return Slots(start[order], end[order], actor[order], np.argsort(end[order], kind="stable"))

    # ── from one element to the next ─────────────────────────────────────────────────────────────────────────────

    def _onward(self, plan: Plan, found: Partial, t: int) -> Partial:
        """What is complete, and what can be followed by one more step; all steps of a kind are taken at once."""
        kinds = plan.step[:, t].take(found.chain)
        onward = (np.flatnonzero(kinds == kind) for kind in range(len(plan.steps)))
        parts = [self._step(plan, found, t, some) for some in onward if len(some)]
        return _gathered([found.take(np.flatnonzero(kinds < 0)), *parts])

    def _step(self, plan: Plan, found: Partial, t: int, some: Index) -> Partial:
        """What of some occurrences, all of which take the same step, can be followed by it."""
        chain = found.chain[some]
        i, step = plan.element[:, t].take(chain), plan.steps[plan.step[chain[0], t]]
        beside = found.at.take((i - step.side) * found.at.shape[1] + some)
        if step.beside:
            beside = (self._slots.end if step.side > 0 else self._slots.start)[beside]
        number = plan.number.take(chain * plan.number.shape[1] + i)
        go = self._to_the_right if step.side > 0 else self._to_the_left
        rows, place = go(plan, step, beside, plan.gap[:, t].take(chain), number)
        found = found.take(some[rows])
        found.at[i[rows], np.arange(len(rows))] = place
        return found

    def _to_the_right(self, plan: Plan, step: Step, last: Index, gap: Index, number: Index) -> tuple[Index, Index]:
        """The rows that go on with their element after a token, and where it stands in each."""
        if not step.slot and not step.beside:
            return self._fitting(plan, step, last, gap, number)
        rows, at = self._beside(step, last, gap)
        if step.reach:
            rows, at = _chosen(self._skips_no_actor(last[rows], at), rows, at)
        if step.slot:
            source, place = _between(self._slots.start, at, at + 1)
            return rows[source], place
        return _chosen(plan.fits(number[rows], self.tokens.ids_at(at)), rows, at)

    def _to_the_left(self, plan: Plan, step: Step, first: Index, gap: Index, number: Index) -> tuple[Index, Index]:
        """The rows before which their element stands, and where."""
        word = np.arange(len(first))
        if step.reach:  # a gap ends with a word
            word = np.flatnonzero(self.tokens.type_is_word[self.tokens.ids_at(first)])
        rows, place = self._before(plan, step, first[word], gap[word], number[word])
        rows = word[rows]
        if step.reach and (step.slot or step.beside):
            near = self._skips_no_actor(self._slots.end[place] if step.slot else place, first[rows])
            rows, place = _chosen(near, rows, place)
        return rows, place

    def _before(self, plan: Plan, step: Step, first: Index, gap: Index, number: Index) -> tuple[Index, Index]:
        """Where an element ends right before some tokens, or with so many words in between."""
        if not step.slot and step.own < 0:
            return self._fitting(plan, step, first, gap, number)
        # What is no word may stand anywhere after the word that is too far away; and an actor may end in such.
        if step.reach:
            words = words_beside(self.tokens, first, int(np.max(gap, initial=0)) + 1, -1)
            low, high = words[np.arange(len(first)), gap], first
        else:
            low = token_beside(self.tokens, first, -1)
            high = low + 1
        if not step.slot:
            every = self._everywhere(plan.numbers[step.own])
            rows, nth = _between(every, low, high)
            return rows, every[nth]
        rows, nth = _between(self._slots.end[self._slots.by_end], low, high)
        return rows, self._slots.by_end[nth]

    def _fitting(self, plan: Plan, step: Step, at: Index, gap: Index, number: Index) -> tuple[Index, Index]:
        """The rows that go on with a word of their element beside a token, and where it stands in each."""
        if not step.reach:
            found = token_beside(self.tokens, at, step.side)
            rows = np.flatnonzero(plan.fits(number, self.tokens.ids_at(_inside(found, len(self.tokens)))))
            found = found[rows]
            return _chosen((found >= 0) & (found < len(self.tokens)), rows, found)
        most = int(np.max(gap, initial=0)) + 1
        near = np.flatnonzero(self._promising(plan, at, most, number, step.side))
        rows, found = self._beside(step, at[near], gap[near])
        rows = near[rows]
        return _chosen(plan.fits(number[rows], self.tokens.ids_at(found)), rows, found)

    def _promising(self, plan: Plan, at: Index, most: int, number: Index, side: int) -> Mask:
        """Which rows have a token that fits close to another, or so few words there that it may stand further away."""
        good, words = np.zeros(len(at), bool), np.zeros(len(at), np.int16)
        row = number * plan.types
        for ids in ids_beside(self.tokens, at, most, side):
            good |= plan.fit(row + ids)
            words += self.tokens.type_is_word.take(ids)
        good |= words < most
        return good

    def _beside(self, step: Step, at: Index, gap: Index) -> tuple[Index, Index]:
        """The tokens that may stand next to others, each with the row it continues."""
        if not step.reach:
            found = token_beside(self.tokens, at, step.side)
            rows = np.flatnonzero((found >= 0) & (found < len(self.tokens)))
            return rows, found[rows]
        most = int(np.max(gap, initial=0)) + 1
        words = words_beside(self.tokens, at, most, step.side)
        rows, column = np.nonzero((words >= 0) & (words < len(self.tokens)) & (np.arange(most) <= gap[:, None]))
        return rows, words[rows, column]

    def _skips_no_actor(self, last: Index, following: Index) -> Mask:
        """Whether no actor begins between two tokens: the nearest one is meant."""
        start = self._slots.start
        return np.equal(np.searchsorted(start, last, side="right"), np.searchsorted(start, following))

    def _within(self, first: Index, last: Index) -> Mask:
        """Which occurrences cross no sentence and no zone."""
        inside = np.ones(len(first), bool)
        longer = np.flatnonzero(first < last)
        if len(longer):
            inside[longer] = unbroken(self.tokens, first[longer], last[longer])
        return inside


def _past_stars(row: Sequence[Sought], i: int, side: int) -> int:
    """The next element on one side that is no lone star; it may lie outside the row."""
    i += side
    while 0 <= i < len(row) and not row[i].element.words and not row[i].element.slot:
        i += side
    return i


def _called(way: Callable[[], Spans]) -> Spans:
    return way()


def _how(word: str, cased: bool, parts: bool) -> tuple[bool, bool]:
    """How a word is looked up: whether capitals matter, and whether it may be a part of a hyphenated token.

    A pattern of one word is found in hyphenated tokens too; one with a hyphen of its own is not cut again.
    """
    return cased, parts and "-" not in word


def _inside(at: Index, size: int) -> Index:
    """The numbers of tokens, and for what lies outside the nearest of them."""
    return np.clip(at, 0, size - 1)


def _united(several: list[Index]) -> Index:
    return several[0] if len(several) == 1 else np.unique(np.concatenate(several))


def _gathered(parts: list[Partial]) -> Partial:
    """Occurrences of several kinds."""
    return Partial(np.concatenate([part.chain for part in parts]), np.concatenate([part.at for part in parts], axis=1))


def _chosen(mask: Mask, rows: Index, at: Index) -> tuple[Index, Index]:
    kept = np.flatnonzero(mask)
    return rows[kept], at[kept]


def _between(places: Index, low: Index, high: Index) -> tuple[Index, Index]:
    """The sorted places from low up to, but not with, high: the row of each and its number.

    >>> [part.tolist() for part in _between(np.array([3, 5, 8]), np.array([4, 0]), np.array([9, 1]))]
    [[0, 0], [1, 2]]
    """
    begin, end = np.searchsorted(places, low), np.searchsorted(places, high)
    times = np.maximum(end - begin, 0)
    rows = np.repeat(np.arange(len(low)), times)
    return rows, begin[rows] + np.arange(len(rows)) - (np.cumsum(times) - times)[rows]
