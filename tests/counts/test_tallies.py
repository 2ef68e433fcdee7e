"""Sums over groups: those of all documents together, however the corpus is cut."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.corpus import Corpus
from discourse.counts import tallies, term_counts
from discourse.counts.excess import all_exceeding, exceeding, excess_numbers, several_documents
from discourse.counts.tallies import term_tally
from discourse.tables import term_frequencies
from discourse.tokens import tokenize

from .parts import NUMBERS, cut, singles
from .samples import BYS, CORPORA, STUDY, WHERES, corpus_of

BY, WHERE = st.sampled_from(BYS), st.sampled_from([None, {"zone": "all"}, {"voice": "author"}, {"zone": "title"}])


@settings(max_examples=40)
@given(CORPORA, NUMBERS, NUMBERS, BY, WHERE, st.integers(1, 3))
def test_the_table_of_many_parts_is_that_of_one_to_the_last_bit(corpus, bounds, order, by, where, ngram):
    parts = cut(corpus, bounds, order)
    asked = {"by": by, "where": where, "ngram": ngram, "leave_one_out": True}
    whole = term_frequencies(tokenize(corpus), **asked)
    pd.testing.assert_frame_equal(term_frequencies(parts, **asked), whole, check_exact=True)


@pytest.mark.parametrize("where", WHERES, ids=str)
@pytest.mark.parametrize("by", BYS, ids=str)
def test_a_tally_is_what_grouped_counts_say(by, where):
    parts = singles(STUDY.corpus)
    (tally, _), grouped = term_tally(parts, by=by, where=where), term_counts(STUDY, by=by, where=where).grouped(by)
    pd.testing.assert_frame_equal(tally.groups.keys, grouped.keys)
    own = tally.grouped()
    for name in ("matrix", "documents", "top_document"):
        np.testing.assert_array_equal(getattr(own, name).toarray(), getattr(grouped, name).toarray())
    np.testing.assert_array_equal(own.totals, grouped.totals)
    np.testing.assert_array_equal(own.n_documents, grouped.n_documents)
    assert own.items.tolist() == grouped.items.tolist()


@pytest.mark.parametrize("values", [[True, False, True], [10, 9, 100], [1.5, None, -2.0]], ids=str)
def test_groups_that_are_no_strings_stand_in_the_same_order_in_many_parts(values):
    corpus = Corpus.from_frame(pd.DataFrame({"text": ["a b", "a", "b b"], "group": values}))
    whole = term_frequencies(tokenize(corpus), by="group")
    pd.testing.assert_frame_equal(term_frequencies(singles(corpus), by="group"), whole, check_exact=True)


def excess(terms):
    sums = several_documents(terms.tally)
    found = terms.hits.reduce(partial(exceeding, sums=sums), all_exceeding) if len(sums.pair) else None
    return excess_numbers(terms.tally, found)


def test_single_documents_are_compared_only_where_several_share_a_term():
    terms = term_tally(singles(corpus_of([(text, "A", "x", 9) for text in ("a b b", "a c", "b d d d")])))
    compared = several_documents(terms.tally)
    assert compared.items.tolist() == ["a", "b"]
    assert compared.hits.tolist() == [2, 3]
    assert excess(terms).tolist() == [[2, 2, 1, 3], [5, 3, 2, 4]]
    alone = term_tally(singles(corpus_of([("a a b", "A", "x", 9), ("c", "B", "x", 9)])), by="outlet")
    assert excess(alone).tolist() == [[0, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize("room", [0, 10**9])
def test_pairs_are_found_by_a_table_or_by_sorting(room, monkeypatch):
    monkeypatch.setattr(tallies, "SMALL", room)
    item, group = np.array([500_000, 3, 3, 500_000]), np.array([1, 0, 1, 1])
    pairs = tallies.paired(item, group, 500_001, 2)
    some = np.flatnonzero(pairs.times())
    assert len(pairs.item) == (1_000_002 if room else 3)
    assert pairs.item[some].tolist() == [3, 3, 500_000]
    assert pairs.group[some].tolist() == [0, 1, 1]
    assert pairs.added(np.array([1, 2, 4, 8]))[some].tolist() == [2, 4, 9]
    assert pairs.largest(np.array([1, 2, 4, 8], np.uint8))[some].tolist() == [2, 4, 8]
    assert tallies.paired(item[:0], group[:0], 0, 0).item.tolist() == []
