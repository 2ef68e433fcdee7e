"""Terms of one part: the same whatever is worked on at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse import _threads
from discourse.counts import sequences, terms
from discourse.counts.selection import stretches
from discourse.counts.terms import blocks, sequence_matrix, within, word_matrix

from .samples import BYS, STUDY, WHERES, tokens_of

WORDS = "U.S. U.S e.g. a.m. A. IV. 1. 1.2. 3.74 No. J. the The We Next.He end.Next TITLE é. É.É. \u200b \u00ad".split()
SIGNS = [*WORDS, *"... … ?! ? “ ” ‘ ’ « » ( ) [1] - • *".split(), *4 * " ", "\n", "\n\n", "\r\n", "\f", "\u00a0"]


@pytest.mark.parametrize("size", [1, 7, 40, 10_000])
def test_blocks_are_whole_documents_side_by_side(size):
    offsets = STUDY.doc_offsets
    found = blocks(offsets, size)
    assert found[0][0] == 0
    assert found[-1][1] == len(STUDY)
    assert [b for _, b in found[:-1]] == [a for a, _ in found[1:]]
    assert {a for a, _ in found} <= set(offsets.tolist())
    longest = int(np.diff(offsets).max())
    assert all(b - a < size + longest for a, b in found)
    for span in found:
        assert blocks(within(offsets, span), 10_000) == [span]


def test_a_corpus_without_tokens_is_one_empty_block():
    assert blocks(np.array([0, 0]), 5) == [(0, 0)]
    nothing = tokens_of("", "")
    for found in (word_matrix(nothing, stretches(nothing)), sequence_matrix(nothing, stretches(nothing), 3)):
        assert (found.matrix.shape, found.totals.tolist()) == ((2, 0), [0, 0])


@pytest.mark.parametrize("by", BYS)
@pytest.mark.parametrize("where", WHERES)
@pytest.mark.parametrize("ngram", [1, 2, 5])
def test_counts_do_not_depend_on_what_is_worked_on_at_once(monkeypatch, by, where, ngram):
    cut = stretches(STUDY, by, where)
    count = (lambda: word_matrix(STUDY, cut)) if ngram == 1 else (lambda: sequence_matrix(STUDY, cut, ngram))
    whole = count()
    for name, size in (("BLOCK", 1), ("LARGE", 20), ("BITS", 12)):
        with monkeypatch.context() as changed:
            changed.setattr(terms, name, size)
            changed.setattr(sequences, "BITS", terms.BITS)
            changed.setattr(_threads, "WORTH", 0)
            cut_up = count()
        assert cut_up.items.tolist() == whole.items.tolist()
        assert (cut_up.matrix != whole.matrix).nnz == 0
        assert cut_up.totals.tolist() == whole.totals.tolist()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.sampled_from(SIGNS), max_size=30).map("".join), min_size=1, max_size=3))
def test_sequences_are_the_same_whether_or_not_sentences_were_asked_for_before(texts):
    tokens, asked = tokens_of(*texts), tokens_of(*texts)
    asked.layer("sentence")
    found, whole = (sequence_matrix(own, stretches(own, None, {"zone": "all"}), 2) for own in (tokens, asked))
    assert not tokens.computed("sentence")
    assert found.items.tolist() == whole.items.tolist()
    assert (found.matrix != whole.matrix).nnz == 0


def test_a_sentence_after_initials_ends_a_sequence():
    tokens = tokens_of("In the U.S. The war of a U.S. army\n\nwas long.")
    pairs = sequence_matrix(tokens, stretches(tokens), 2).items.tolist()
    assert pairs == ["US army", "a US", "in the", "of a", "the US", "the war", "war of", "was long"]


def test_matrices_are_sorted_rows_of_64_bit_integers_and_leave_the_tokens_as_they_were():
    before = STUDY.ids.copy()
    for found in (word_matrix(STUDY, stretches(STUDY)), sequence_matrix(STUDY, stretches(STUDY), 2)):
        assert found.matrix.dtype == np.int64
        again = found.matrix.copy()
        again.has_canonical_format = again.has_sorted_indices = False
        again.sum_duplicates()
        assert again.indices.tolist() == found.matrix.indices.tolist()
        assert (found.matrix.data > 0).all()
    assert STUDY.ids.tolist() == before.tolist()
