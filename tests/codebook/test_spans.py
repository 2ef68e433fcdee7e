"""Which of overlapping occurrences count, against taking them one by one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from discourse.codebook.spans import ROUNDS, Spans, longest, nobody

OCCURRENCES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.integers(0, 1)), max_size=40, unique=True)


def spans_of(edges):
    first, last = (np.array(edge, np.int64) for edge in zip(*edges, strict=True))
    return Spans(first, last, np.arange(len(first)), nobody(len(first)), nobody(len(first)))


def one_by_one(rows):
    """The longest, then the leftmost, each if no better one of its group has one of its words."""
    ranked = sorted(range(len(rows)), key=lambda i: (-rows[i][1], rows[i][0], i))
    taken, kept = set(), []
    for i in ranked:
        first, size, group = rows[i]
        words = {(group, word) for word in range(first, first + size + 1)}
        if taken.isdisjoint(words):
            taken |= words
            kept.append(i)
    return sorted(kept)


@given(OCCURRENCES)
def test_the_longest_of_overlapping_occurrences_is_kept_then_the_leftmost(rows):
    if not rows:
        return
    spans = spans_of([(first, first + size) for first, size, _ in rows])
    kept = longest(spans, np.array([group for _, _, group in rows]))
    assert sorted(kept.tolist()) == one_by_one(rows)


def test_runs_with_very_many_winners_are_decided_too():
    edges = [(first, first + 1) for first in range(20 * ROUNDS)]  # *no no no no …*
    assert spans_of(edges).first[longest(spans_of(edges), np.zeros(len(edges), int))].tolist() == list(
        range(0, 20 * ROUNDS, 2)
    )
