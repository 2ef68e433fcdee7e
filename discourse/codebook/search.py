"""A codebook applied to a corpus: exclusions, competition inside a frame, a referent or an actor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from discourse.tokens import Tokens

from .entries import KINDS, Codebook, Entry
from .matcher import Matcher, Spans, longest
from .patterns import Pattern

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
    """
    listed = [(i, entry) for i, entry in enumerate(codebook.entries) if entry.kind in kinds]
    patterns = tuple(pattern for _, entry in listed for pattern in entry.include)
    spans, owner = _not_excluded(Matcher(tokens, _actors(tokens, codebook)), listed)
    group = _competitors(codebook)[owner]
    kept = longest(spans, group)
    spans, owner, group = spans.take(kept), owner[kept], group[kept]
    named = np.array([entry.kind == "name" for entry in codebook.entries], bool)[owner]
    whole = ~(named & _in_brackets(tokens, spans, group))
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
    keys = [(entry.kind, entry.key) for entry in codebook.entries]
    return np.array([keys.index(key) for key in keys], np.int64)


def _excluded(
    matcher: Matcher, spans: Spans, owner: Index, listed: list[tuple[int, Entry]]
) -> NDArray[np.bool_]:
    """Which occurrences overlap a match of their own entry's exclusions."""
    out = np.zeros(len(spans), bool)
    for i, entry in listed:
        if entry.exclude:
            covered = np.zeros(len(matcher.tokens) + 1, np.int64)
            barred = matcher.find(entry.exclude)
            np.add.at(covered, barred.first, 1)
            np.add.at(covered, barred.last + 1, -1)
            before = np.concatenate([[0], np.cumsum(np.cumsum(covered) > 0)])
            own = np.flatnonzero(owner[spans.key] == i)
            out[own] = before[spans.last[own] + 1] > before[spans.first[own]]
    return out


def _in_brackets(tokens: Tokens, spans: Spans, group: Index) -> NDArray[np.bool_]:
    """Which occurrences only repeat, in brackets, the one of their group right before: “long name” (LN)."""
    out = np.zeros(len(spans), bool)
    if len(spans) < 2:
        return out
    order = np.lexsort([spans.first, group])
    first, last = (np.searchsorted(tokens.stream, edge[order]) for edge in (spans.first, spans.last))
    bracket = {mark: _is(tokens, mark) for mark in "()"}
    follows = (group[order][1:] == group[order][:-1]) & (first[1:] == last[:-1] + 2)
    closing = np.minimum(last[1:] + 1, len(tokens.stream) - 1)
    follows &= bracket["("][first[1:] - 1] & bracket[")"][closing]
    out[order[1:]] = follows
    return out


def _is(tokens: Tokens, token: str) -> NDArray[np.bool_]:
    """One a stream position: whether this token stands there."""
    return (tokens.types["token"] == token).to_numpy()[tokens.ids[tokens.stream]]


def search_patterns(tokens: Tokens, patterns: Sequence[Pattern], *, parts: bool = True) -> Found:
    """Find patterns that stand for themselves; each is its own entry and competes with itself only.

    `parts=False`: a pattern of one word is not found in a part of a hyphenated token.
    """
    spans = Matcher(tokens, parts=parts).find(patterns)
    spans = spans.take(longest(spans, spans.key))
    return Found(spans, spans.key, tuple(patterns))


