"""Competition between frames: a match that lies within a longer one of another frame is dropped."""

from __future__ import annotations

import numpy as np

from .spans import Index, Mask, Spans, longest


def longest_of_all(spans: Spans, group: Index) -> Index:
    """Of occurrences, the longest across all groups.

    From the longest to the shortest, then from left to right: one is kept if it shares no word with a better one of its
    own group, and has a word that no better one of any group has. Occurrences of the same words are kept side by side
    if they are of different groups.

    Returns:
        The positions of the kept ones, in the order of the text.

    Source: `nested_scope = "dictionary"` of quanteda's tokens_lookup (version 4).

    >>> none = [-1] * 4
    >>> spans = Spans(*(np.array(v) for v in ([0, 1, 1, 2], [2, 1, 1, 3], [0, 1, 2, 3], none, none)))
    >>> longest_of_all(spans, np.array([0, 1, 2, 1])).tolist()
    [0, 3]
    """
    own = longest(spans, _place(spans, group))  # of the same words in the same group, the best
    own = own[np.argsort(spans.first[own], kind="stable")]
    touching = _touching(spans.take(own))
    rest = own[touching]
    rest = rest[np.lexsort([group[rest], spans.first[rest], spans.first[rest] - spans.last[rest]])]
    kept = np.concatenate([own[~touching], _in_turn(spans.take(rest), group[rest], rest)])
    return kept[np.lexsort([group[kept], spans.last[kept], spans.first[kept]])]


def _place(spans: Spans, group: Index) -> Index:
    """One number for each group and the words it has there."""
    places = _numbered(spans) * (int(np.max(group, initial=0)) + 1) + group
    nth: Index = np.unique(places, return_inverse=True)[1]
    return nth


def _numbered(spans: Spans) -> Index:
    """One number for the words of each occurrence, in their order."""
    return spans.first * (int(np.max(spans.last - spans.first, initial=0)) + 1) + spans.last - spans.first


def _touching(spans: Spans) -> Mask:
    """Which occurrences, ordered by first word, share a word with one that has not quite the same words."""
    _, one, nth = np.unique(_numbered(spans), return_index=True, return_inverse=True)
    first, last = spans.first[one], spans.last[one]
    touches = np.zeros(len(one), bool)
    touches[1:] = first[1:] <= np.maximum.accumulate(last)[:-1]
    touches[:-1] |= first[1:] <= last[:-1]  # the next one begins before it ends
    mask: Mask = touches[nth]
    return mask


def _in_turn(spans: Spans, group: Index, names: Index) -> Index:
    """Of occurrences in the order of their rank, those that are kept, by their names."""
    anybody: set[int] = set()
    taken: set[tuple[int, int]] = set()
    kept = []
    edges = list(zip(spans.first.tolist(), spans.last.tolist(), group.tolist(), names.tolist(), strict=True))
    for i, (first, last, own, name) in enumerate(edges):
        words = range(first, last + 1)
        if i == 0 or edges[i - 1][:2] != (first, last):
            nested = anybody.issuperset(words)
        if nested or any((own, word) in taken for word in words):
            continue
        taken.update((own, word) for word in words)
        anybody.update(words)
        kept.append(name)
    return np.array(kept, np.int64)
