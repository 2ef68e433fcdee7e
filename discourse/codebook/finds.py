"""A codebook applied to a corpus: exclusions, competition inside a frame, a referent or an actor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from discourse.tokens import Tokens
from discourse.tokens.neighbours import token_beside

from .entries import KINDS, Codebook, Entry
from .matcher import Matcher
from .patterns import Pattern
from .spans import Spans, longest

Index = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Found:
    """Occurrences in the order of the text.

    Attributes:
        spans: first and last token, and actors bound; `key` is the index into `patterns`.
        entry: the index of the entry (into `Codebook.entries`) each occurrence belongs to.
        patterns: the patterns looked for.
    """

    spans: Spans
    entry: Index
    patterns: tuple[Pattern, ...]


def search(tokens: Tokens, codebook: Codebook, *, kinds: Sequence[str] = KINDS) -> Found:
    """Find the entries of a codebook.

    Inside a frame, an actor or a referent the longest match wins, then the leftmost. Different frames may overlap.
    What `exclude` overlaps is removed before that. A long name followed by its short form in brackets is one mention.

    Args:
        tokens: the corpus.
        codebook: frames, actors and names.
        kinds: which of them to look for.

    >>> import pandas as pd
    >>> from discourse.codebook.patterns import parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> patterns = (parse_pattern("sphere of influence"), parse_pattern("influence"))
    >>> book = Codebook(frames={"spheres": Entry("frame", "spheres", patterns)})
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A sphere of influence; influence."]})))
    >>> found = search(tokens, book)
    >>> [(found.patterns[key].text, int(at)) for key, at in zip(found.spans.key, found.spans.first)]
    [('sphere of influence', 1), ('influence', 5)]
    """
    listed = [(i, entry) for i, entry in enumerate(codebook.entries) if entry.kind in kinds]
    patterns = tuple(pattern for _, entry in listed for pattern in entry.include)
    slotted = any(pattern.slotted for _, entry in listed for pattern in (*entry.include, *entry.exclude))
    spans, owner = _not_excluded(Matcher(tokens, _actors(tokens, codebook) if slotted else None), listed)
    group = _competitors(codebook)[owner]
    kept = longest(spans, group)
    spans, owner, group = spans.take(kept), owner[kept], group[kept]
    names = np.flatnonzero(np.array([entry.kind == "name" for entry in codebook.entries], bool)[owner])
    whole = np.ones(len(spans), bool)
    whole[names] = ~_in_brackets(tokens, spans.take(names), group[names])
    return Found(spans.take(whole), owner[whole], patterns)


def _actors(tokens: Tokens, codebook: Codebook) -> Spans:
    """Where the actors stand that slots stand for; `key` is the number of the actor."""
    spans, owner = _not_excluded(Matcher(tokens), list(enumerate(codebook.actors.values())))
    return replace(spans, key=owner)


def _not_excluded(matcher: Matcher, listed: list[tuple[int, Entry]]) -> tuple[Spans, Index]:
    """The occurrences of entries and the number of each one's entry, without those that exclusions overlap."""
    owner = np.array([i for i, entry in listed for _ in entry.include], np.int64)
    spans = matcher.find([pattern for _, entry in listed for pattern in entry.include])
    barred = _excluded(matcher, spans, owner, listed)
    return spans.take(~barred), owner[spans.key[~barred]]


def _competitors(codebook: Codebook) -> Index:
    """One number an entry: entries with the same number compete for the same words."""
    numbers: dict[tuple[str, str], int] = {}
    return np.array([numbers.setdefault((e.kind, e.key), len(numbers)) for e in codebook.entries], np.int64)


def _excluded(matcher: Matcher, spans: Spans, owner: Index, listed: list[tuple[int, Entry]]) -> NDArray[np.bool_]:
    """Which occurrences overlap a match of their own entry's exclusions."""
    excluding = np.array([i for i, entry in listed for _ in entry.exclude], np.int64)
    if not len(excluding):
        return np.zeros(len(spans), bool)
    others = matcher.find([pattern for _, entry in listed for pattern in entry.exclude])
    # Each entry has a stretch of numbers of its own, in which its tokens are counted.
    size = len(matcher.tokens)
    own, barring = owner[spans.key] * size, excluding[others.key] * size
    return _overlap(own + spans.first, own + spans.last, barring + others.first, barring + others.last)


def _overlap(first: Index, last: Index, other_first: Index, other_last: Index) -> NDArray[np.bool_]:
    """Whether each stretch shares a token with any of some others.

    >>> _overlap(np.array([0, 4]), np.array([1, 6]), np.array([6, 2]), np.array([8, 2])).tolist()
    [False, True]
    """
    order = np.argsort(other_first, kind="stable")
    # The furthest end among the others that begin before a stretch ends.
    reach = np.concatenate([[-1], np.maximum.accumulate(other_last[order])])
    return reach[np.searchsorted(other_first[order], last, side="right")] >= first


def _in_brackets(tokens: Tokens, spans: Spans, group: Index) -> NDArray[np.bool_]:
    """Which occurrences only repeat, in brackets, the one of their group right before: “long name” (LN)."""
    out = np.zeros(len(spans), bool)
    order = np.lexsort([spans.first, group])
    last, again = order[:-1], order[1:]
    opening = token_beside(tokens, spans.last[last], 1)
    near = np.flatnonzero((group[last] == group[again]) & (opening < spans.first[again]) & _is(tokens, "(", opening))
    again, opening = again[near], opening[near]
    follows = token_beside(tokens, opening, 1) == spans.first[again]
    follows &= tokens.documents_of(spans.last[last[near]]) == tokens.documents_of(opening)
    out[again] = follows & _is(tokens, ")", token_beside(tokens, spans.last[again], 1))
    return out


def _is(tokens: Tokens, term: str, at: Index) -> NDArray[np.bool_]:
    """Whether a term stands at tokens; outside the corpus stands none."""
    there = at < len(tokens)
    return there & np.isin(tokens.ids_at(np.where(there, at, 0)), tokens.vocabulary.match(term))


def search_patterns(tokens: Tokens, patterns: Sequence[Pattern], *, parts: bool = True) -> Found:
    """Find patterns that stand for themselves; each is its own entry and competes with itself only.

    Args:
        tokens: the corpus.
        patterns: what to look for.
        parts: whether a pattern of one word is found in a part of a hyphenated token too.

    Raises:
        ValueError: a pattern has a slot, but there are no actors without a codebook.

    >>> import pandas as pd
    >>> from discourse.codebook.patterns import parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A multi-vector policy, a “vector”."]})))
    >>> search_patterns(tokens, [parse_pattern("vector")]).spans.first.tolist()
    [1, 6]
    """
    refuse_slots(patterns)
    spans = Matcher(tokens, parts=parts).find(patterns)
    spans = spans.take(longest(spans, spans.key))
    return Found(spans, spans.key, tuple(patterns))


def refuse_slots(patterns: Sequence[Pattern]) -> None:
    """Refuse patterns that only a codebook can find.

    Raises:
        ValueError: a pattern has a slot, but there are no actors without a codebook.
    """
    slotted = [pattern.text for pattern in patterns if pattern.slotted]
    if slotted:
        raise ValueError(
            f"A pattern must have no slot where no codebook lists actors; got {slotted[0]!r}. Name the actor itself."
        )
