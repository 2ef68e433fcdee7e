"""Terms, sequences, frames and names counted: against a slow count of the token table."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.counts import frame_counts, name_counts, select, term_counts
from discourse.tokens import tokenize

from .parts import NUMBERS, cut, singles
from .samples import BOOK, BYS, CORPORA, STUDY, WHERES, tokens_of

MARKS = set('“”"‘’')


def slow_sequences(tokens, chosen, n):
    """Sequences of n words by a plain loop over the table of tokens without quotation marks."""
    table = tokens.frame().assign(good=chosen & tokens.is_word)
    table = table[~table["token"].isin(MARKS)]
    found = Counter()
    for _, stretch in table.groupby(["doc_id", "sentence", (table["zone"] != table["zone"].shift()).cumsum()]):
        rows = list(stretch.itertuples())
        for i in range(len(rows) - n + 1):
            if all(row.good for row in rows[i : i + n]):
                found[" ".join(row.term for row in rows[i : i + n])] += 1
    return found


@settings(max_examples=30, deadline=None)
@given(CORPORA, st.integers(1, 5), st.sampled_from([None, {"zone": "all"}, {"voice": "author"}]))
def test_sequences_are_those_a_slow_loop_finds(corpus, n, where):
    tokens = tokenize(corpus)
    counts = term_counts(tokens, ngram=n, where=where)
    total = np.asarray(counts.matrix.sum(axis=0))
    fast = {term: int(count) for term, count in zip(counts.items, total, strict=True) if count}
    assert fast == dict(slow_sequences(tokens, select(tokens, where), n))
    assert counts.items.tolist() == sorted(counts.items)


def test_a_sequence_crosses_quotation_marks_but_no_comma_sentence_or_zone():
    pairs = set(
        term_counts(tokens_of("TITLE peace\nThe “near” abroad, it is. War"), where={"zone": "all"}, ngram=2).items
    )
    assert pairs == {"title peace", "the near", "near abroad", "it is"}


def test_a_sequence_crosses_no_zone_inside_a_sentence():
    corpus = tokens_of("One two three four.").corpus
    zones = [("d0", 0, 8, "body", "", ""), ("d0", 8, 19, "note", "", "")]
    cut = tokenize(replace(corpus, zones=pd.DataFrame(zones, columns=corpus.zones.columns)))
    assert cut.frame()["sentence"].max() == 0
    assert term_counts(cut, ngram=2, where={"zone": "all"}).items.tolist() == ["one two", "three four"]


def test_a_sequence_bridges_no_word_that_is_left_out():
    quoted = tokens_of("He said “war is near” again and again.")
    triples = term_counts(quoted, ngram=2, where={"voice": "author"})
    assert triples.items.tolist() == ["again and", "and again", "he said"]


@pytest.mark.parametrize("ngram", [0, 6, -1, "2", 2.0, None, True])
def test_the_length_of_a_sequence_is_a_whole_number_from_one_to_five(ngram):
    with pytest.raises(ValueError, match=r"ngram must be a whole number from 1 to 5; got"):
        term_counts(STUDY, ngram=ngram)


def test_documents_that_where_leaves_out_are_no_cells_and_make_no_group():
    counts = term_counts(STUDY, by="outlet", where={"outlet": ["A", ""]})
    assert counts.cells["doc_id"].tolist() == ["d0", "d1", "d4"]
    assert counts.grouped().keys["outlet"].tolist() == ["", "A"]


def test_a_layer_in_where_leaves_documents_without_words_in_place():
    counts = term_counts(STUDY, by="outlet", where={"voice": "quoted"})
    assert counts.grouped().totals.tolist() == [4, 3, 0]
    assert counts.grouped().n_documents.tolist() == [1, 1, 0]


@pytest.mark.parametrize("where", WHERES)
def test_totals_are_the_words_selected(where):
    assert term_counts(STUDY, where=where).totals.sum() == (select(STUDY, where) & STUDY.is_word).sum()
    assert frame_counts(STUDY, BOOK, where=where).totals.sum() == term_counts(STUDY, where=where).totals.sum()


def test_frames_and_names_without_a_hit_are_kept():
    silent = tokens_of("Nothing here.")
    assert frame_counts(silent, BOOK).items.tolist() == ["containment", "spheres", "war"]
    assert frame_counts(silent, BOOK).matrix.sum() == 0
    assert name_counts(silent, BOOK).items.tolist()[0] == "Türkiye\tTurkey"


def test_a_hit_counts_when_all_its_words_do_and_in_the_cell_of_its_first():
    split = tokens_of("He speaks of a “sphere of” influence.")
    assert frame_counts(split, BOOK, where={"voice": "author"}).matrix.sum() == 0
    assert frame_counts(split, BOOK, where={"voice": "marked"}).matrix.sum() == 0
    by_voice = frame_counts(split, BOOK, by="voice").to_frame()["spheres"]
    assert by_voice.to_dict() == {"author": 0, "marked": 1}


def test_counts_know_the_columns_they_were_asked_by():
    assert term_counts(STUDY, by=["outlet", "voice"]).by == ("outlet", "voice")
    assert isinstance(term_counts(STUDY).documents, pd.DataFrame)


SINGLES = singles(STUDY.corpus)
COUNTERS = {
    "frames": lambda encoded, **given: frame_counts(encoded, BOOK, **given),
    "names": lambda encoded, **given: name_counts(encoded, BOOK, **given),
    **{str(n): partial(term_counts, ngram=n) for n in range(1, 6)},
}


def assert_same(parts, whole):
    """The counts are the same: cells, items, numbers, documents."""
    assert parts.items.equals(whole.items)
    assert parts.items.name == whole.items.name
    pd.testing.assert_frame_equal(parts.cells, whole.cells)
    pd.testing.assert_frame_equal(parts.documents, whole.documents)
    assert (parts.matrix != whole.matrix).nnz == 0
    assert parts.matrix.dtype == whole.matrix.dtype == np.int64
    assert parts.totals.tolist() == whole.totals.tolist()
    assert parts.by == whole.by


@pytest.mark.parametrize("counter", COUNTERS)
@pytest.mark.parametrize("by", BYS)
def test_counts_over_parts_are_the_counts_over_one(counter, by):
    count = COUNTERS[counter]
    for where in [*WHERES, {"outlet": "B"}, {"speaker": "Putin", "outlet": "A"}]:
        assert_same(count(SINGLES, by=by, where=where), count(STUDY, by=by, where=where))


@settings(max_examples=40, deadline=None)
@given(CORPORA, NUMBERS, NUMBERS, st.sampled_from(sorted(COUNTERS)), st.sampled_from([None, ["outlet", "voice"]]))
def test_counts_over_parts_do_not_depend_on_the_cut_or_on_who_is_added_first(corpus, bounds, order, counter, by):
    count = COUNTERS[counter]
    assert_same(count(cut(corpus, bounds, order), by=by), count(tokenize(corpus), by=by))


def test_what_is_asked_of_parts_is_checked_on_the_whole_before_anything_is_counted():
    for message, wrong in {
        "by must be one of .* got 'outlett'. Did you mean 'outlet'": {"by": "outlett"},
        "by must name each column once": {"by": ["outlet", "outlet"]},
        r"where\['outlet'\] must name values that occur; got 'C', and there are '', 'A'": {"where": {"outlet": "C"}},
        "ngram must be a whole number from 1 to 5; got 6": {"ngram": 6},
    }.items():
        with pytest.raises(ValueError, match=message):
            term_counts(SINGLES, **wrong)
