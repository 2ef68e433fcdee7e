"""What stands near a match: exclusions, `near` and `not_near`, looked at around the matches and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from discourse.tokens import Tokens
from discourse.tokens.neighbours import words_beside

from .matcher import Matcher
from .patterns import Condition
from .spans import Index, Mask, Spans

# Whichever of them ends first bounds the place: a sentence may not leave its zone.
_BOUNDS = {"sentence": ("sentence", "zone"), "paragraph": ("paragraph",)}
_WORDS = 1 << 20  # words beside matches that are looked at together


def fulfilled(matcher: Matcher, spans: Spans, demands: Sequence[tuple[Condition, ...]]) -> Mask:
    """Which matches meet all conditions of their patterns.

    Args:
        matcher: finds what the conditions name.
        spans: the matches; `key` is the pattern of each.
        demands: the conditions of each pattern.

    >>> import pandas as pd
    >>> from discourse.codebook.patterns import parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["The orbit of Moscow. A satellite in orbit."]})))
    >>> matcher = Matcher(tokens)
    >>> near = Condition((parse_pattern("Moscow"),))
    >>> fulfilled(matcher, matcher.find([parse_pattern("orbit")]), [(near,)]).tolist()
    [True, False]
    """
    numbers = {condition: i for i, condition in enumerate(dict.fromkeys(c for all_of in demands for c in all_of))}
    if not numbers or not len(spans):
        return np.ones(len(spans), bool)
    row, number = _rows(spans.key, [[numbers[condition] for condition in all_of] for all_of in demands])
    low, high = _places(matcher.tokens, spans.take(row), number, list(numbers))
    near = _overlap(*_apart(matcher.tokens, number, low, high), *_named(matcher, list(numbers)))
    failed = near != np.array([condition.wanted for condition in numbers], bool)[number]
    met: Mask = np.bincount(row[failed], minlength=len(spans)) == 0
    return met


def _rows(key: Index, demands: list[list[int]]) -> tuple[Index, Index]:
    """One row for each match and each of its conditions: which match, and the number of the condition."""
    times = np.array([len(numbers) for numbers in demands], np.int64)
    flat = np.array([number for numbers in demands for number in numbers], np.int64)
    row = np.repeat(np.arange(len(key)), times[key])
    begin = np.cumsum(times) - times
    nth = np.arange(len(row)) - np.repeat(np.cumsum(times[key]) - times[key], times[key])
    return row, flat[begin[key[row]] + nth]


def _places(tokens: Tokens, spans: Spans, number: Index, conditions: list[Condition]) -> tuple[Index, Index]:
    """The first and the last token of the place that each row's condition looks at."""
    low, high = spans.first.copy(), spans.last.copy()
    within = [condition.within for condition in conditions]
    for distance in dict.fromkeys(within):
        rows = np.flatnonzero(np.array([one == distance for one in within], bool)[number])
        if isinstance(distance, int):
            low[rows], high[rows] = _reach(tokens, spans.first[rows], spans.last[rows], distance)
        else:
            low[rows], high[rows] = _bounds(tokens, spans.first[rows], distance)
    return low, high


def _reach(tokens: Tokens, first: Index, last: Index, distance: int) -> tuple[Index, Index]:
    """So many words to both sides, not beyond the sentence."""
    if not distance or not len(first):
        return first, last
    opening, closing = _bounds(tokens, first, "sentence")
    low, high = opening.copy(), closing.copy()
    step = max(_WORDS // distance, 1)
    for i in range(0, len(first), step):
        some = slice(i, i + step)
        low[some] = np.maximum(opening[some], words_beside(tokens, first[some], distance, -1)[:, -1])
        high[some] = np.minimum(closing[some], words_beside(tokens, last[some], distance, 1)[:, -1])
    return low, high


def _bounds(tokens: Tokens, at: Index, name: str) -> tuple[Index, Index]:
    """The first and the last token of the sentence, paragraph or document of each token."""
    if not len(at):
        return at, at
    if name == "document":
        document = tokens.documents_of(at)
        return tokens.doc_offsets[document], tokens.doc_offsets[document + 1] - 1
    low, high = zip(*(tokens.layer(layer).edges(at) for layer in _BOUNDS[name]), strict=True)
    return np.max(low, axis=0), np.min(high, axis=0)


def _named(matcher: Matcher, conditions: list[Condition]) -> tuple[Index, Index]:
    """Where what the conditions name stands; see `_apart`."""
    found = matcher.find([pattern for condition in conditions for pattern in condition.patterns])
    owner = np.array([i for i, condition in enumerate(conditions) for _ in condition.patterns], np.int64)
    return _apart(matcher.tokens, owner[found.key], found.first, found.last)


def _apart(tokens: Tokens, number: Index, first: Index, last: Index) -> tuple[Index, Index]:
    """Stretches of tokens, those of each condition in numbers of their own."""
    size = len(tokens)
    return number * size + first, number * size + last


def _overlap(first: Index, last: Index, other_first: Index, other_last: Index) -> Mask:
    """Whether each stretch shares a token with any of some others.

    >>> _overlap(np.array([0, 4]), np.array([1, 6]), np.array([6, 2]), np.array([8, 2])).tolist()
    [False, True]
    """
    order = np.argsort(other_first, kind="stable")
    # The furthest end among the others that begin before a stretch ends.
    reach = np.concatenate([[-1], np.maximum.accumulate(other_last[order])])
    shared: Mask = reach[np.searchsorted(other_first[order], last, side="right")] >= first
    return shared
