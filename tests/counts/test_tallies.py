"""Sums over groups: those of all documents together, however the corpus is cut."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.counts import term_counts
from discourse.counts.tallies import term_tally
from discourse.tables import term_frequencies
from discourse.tokens import tokenize

from .parts import NUMBERS, cut, singles
from .samples import BYS, CORPORA, STUDY, WHERES

BY, WHERE = st.sampled_from(BYS), st.sampled_from([None, {"zone": "all"}, {"voice": "author"}, {"zone": "title"}])


@settings(max_examples=40)
@given(CORPORA, NUMBERS, NUMBERS, BY, WHERE, st.integers(1, 3))
def test_the_table_of_many_parts_is_that_of_one_to_the_last_bit(corpus, bounds, order, by, where, ngram):
    parts = cut(corpus, bounds, order)
    whole = term_frequencies(tokenize(corpus), by=by, where=where, ngram=ngram)
    pd.testing.assert_frame_equal(term_frequencies(parts, by=by, where=where, ngram=ngram), whole, check_exact=True)


@pytest.mark.parametrize("where", WHERES, ids=str)
@pytest.mark.parametrize("by", BYS, ids=str)
def test_a_tally_is_what_grouped_counts_say(by, where):
    parts = singles(STUDY.corpus)
    tally, grouped = term_tally(parts, by=by, where=where), term_counts(STUDY, by=by, where=where).grouped(by)
    pd.testing.assert_frame_equal(tally.groups.keys, grouped.keys)
    own = tally.grouped()
    for name in ("matrix", "documents", "top_document"):
        np.testing.assert_array_equal(getattr(own, name).toarray(), getattr(grouped, name).toarray())
    np.testing.assert_array_equal(own.totals, grouped.totals)
    np.testing.assert_array_equal(own.n_documents, grouped.n_documents)
    assert own.items.tolist() == grouped.items.tolist()
