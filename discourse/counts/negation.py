"""Negation: a hint that a hit may be denied, for somebody to look at; it never drops a hit."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from discourse.codebook import Negation
from discourse.tokens import Tokens
from discourse.tokens.neighbours import words_beside
from discourse.tokens.types import fold

from .selection import Index, Mask
from .spellings import strings

RESTRICTORS = frozenset({"only", "just", "merely", "simply"})  # *not only* affirms


def negated(tokens: Tokens, first: Index, negation: Negation) -> Mask:
    """Whether a negator reaches the token that a hit begins with, in its sentence.

    >>> import pandas as pd
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["No longer war. Not peace but war."]})))
    >>> negated(tokens, np.array([2, 7]), Negation()).tolist()
    [True, False]
    """
    out = np.zeros(len(first), bool)
    if not len(first) or not negation.within:
        return out
    before = words_beside(tokens, first, negation.within, -1)
    opening, closing = tokens.layer("sentence").edges(first)
    types = tokens.ids_at(np.maximum(before, 0))
    negates = _stands(tokens, types, (*negation.words, "*n't")) & (before >= opening[:, None])
    rows = np.flatnonzero(negates.any(axis=1))
    # The word that follows each: for the nearest one it is the first of the hit, or stands after it in its sentence.
    following = words_beside(tokens, first[rows] - 1, 1, 1)
    inside = following <= closing[rows][:, None]
    next_types = np.hstack([tokens.ids_at(np.where(inside, following, 0)), types[rows, :-1]])
    restricts = _stands(tokens, next_types, RESTRICTORS)
    restricts[:, :1] &= inside
    begun = _ended(tokens, np.maximum(before[rows, -1], opening[rows]), first[rows], negation)
    out[rows] = (negates[rows] & ~restricts & (before[rows] > begun[:, None])).any(axis=1)
    return out


def _ended(tokens: Tokens, low: Index, high: Index, negation: Negation) -> Index:
    """The last token from low up to, but not with, high that ends the reach of a negator; -1 where there is none."""
    size = np.maximum(high - low, 0)
    row = np.repeat(np.arange(len(low)), size)
    at = low[row] + np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size)
    ends = np.flatnonzero(_stands(tokens, tokens.ids_at(at), negation.until))
    last = np.full(len(low), -1)
    np.maximum.at(last, row[ends], at[ends])
    return last


def _stands(tokens: Tokens, types: NDArray[np.int32], words: Iterable[str]) -> Mask:
    """Whether types are among some words, which may have wildcards: only those that occur are looked at."""
    there = np.flatnonzero(np.bincount(types.ravel()))
    own = strings(tokens.types["term"].take(there))
    folded = [fold(word) for word in words]
    stands = pc.is_in(own, pa.array([word for word in folded if "*" not in word], own.type))
    for word in folded:
        if "*" in word:
            stands = pc.or_(stands, pc.match_like(own, re.sub(r"([\\%_])", r"\\\1", word).replace("*", "%")))
    wanted = np.zeros(int(np.max(types, initial=0)) + 1, bool)
    wanted[there] = stands.to_numpy(zero_copy_only=False)
    return wanted[types]
