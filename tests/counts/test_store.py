"""Counts add up: parts to the whole, cells to groups, whoever made them."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from discourse.corpus import Corpus
from discourse.counts import Counts, frame_counts, name_counts, term_counts
from discourse.counts.store import merged
from discourse.tokens import tokenize

from .samples import BOOK, CORPORA, STUDY

MAKERS = {
    "terms": lambda tokens, by, where: term_counts(tokens, by=by, where=where),
    "pairs": lambda tokens, by, where: term_counts(tokens, by=by, ngram=2, where=where),
    "triples": lambda tokens, by, where: term_counts(tokens, by=by, ngram=3, where=where),
    "frames": lambda tokens, by, where: frame_counts(tokens, BOOK, by=by, where=where),
    "names": lambda tokens, by, where: name_counts(tokens, BOOK, by=by, where=where),
}
LAYERED = [None, "outlet", ["outlet", "voice"], "zone", ["voice", "zone", "year"]]


def subset(corpus: Corpus, keep: np.ndarray) -> Corpus:
    return corpus.subset(corpus.documents.index[keep])


def as_written(counts: Counts) -> dict[tuple[object, ...], dict[str, int]]:
    """Cell → item → count, without zeros, and the total of the cell."""
    found = {}
    for row, cell in enumerate(counts.cells.itertuples(index=False)):
        line = counts.matrix[[row]].toarray()[0]
        items = {str(counts.items[column]): int(line[column]) for column in np.flatnonzero(line)}
        found[tuple(cell)] = items | {"(words)": int(counts.totals[row])}
    return found


@settings(max_examples=25, deadline=None)
@given(
    CORPORA,
    st.data(),
    st.sampled_from(sorted(MAKERS)),
    st.sampled_from(LAYERED),
    st.sampled_from([None, {"zone": "all"}]),
)
def test_counts_of_two_halves_add_up_to_the_counts_of_the_whole(corpus, data, maker, by, where):
    keep = np.array(data.draw(st.lists(st.booleans(), min_size=len(corpus), max_size=len(corpus))), bool)
    count = MAKERS[maker]
    halves = count(tokenize(subset(corpus, keep)), by, where) + count(tokenize(subset(corpus, ~keep)), by, where)
    whole = count(tokenize(corpus), by, where)
    assert halves.items.tolist() == whole.items.tolist()
    assert as_written(halves) == as_written(whole)
    assert sorted(halves.documents.index) == sorted(whole.documents.index)


@pytest.mark.parametrize("maker", MAKERS)
def test_counts_added_to_themselves_are_doubled(maker):
    counts = MAKERS[maker](STUDY, ["outlet", "voice"], None)
    twice = (counts + counts).grouped()
    once = counts.grouped()
    assert (twice.matrix.toarray() == 2 * once.matrix.toarray()).all()
    assert twice.totals.tolist() == (2 * once.totals).tolist()
    assert twice.n_documents.tolist() == once.n_documents.tolist()


def test_a_count_vectorizer_gives_counts_as_it_is():
    texts = ["war and war", "peace and war"]
    vectorizer = CountVectorizer()
    matrix = vectorizer.fit_transform(texts)
    documents = pd.DataFrame({"outlet": ["A", "B"]}, index=["a", "b"])
    counts = Counts.from_matrix(matrix, vectorizer.get_feature_names_out(), documents)
    assert counts.to_frame().to_dict("index") == {
        "a": {"and": 1, "peace": 0, "war": 2},
        "b": {"and": 1, "peace": 1, "war": 1},
    }
    assert counts.grouped("outlet").totals.tolist() == [3, 3]
    assert counts.matrix.dtype == np.int64
    own = term_counts(tokenize(Corpus.from_frame(pd.DataFrame({"text": texts}, index=["a", "b"]))))
    assert as_written(own) == as_written(counts)


def test_items_of_a_matrix_are_sorted_with_their_columns():
    counts = Counts.from_matrix(sp.csr_matrix([[1, 2]]), ["war", "peace"], pd.DataFrame(index=["d"]))
    assert counts.to_frame().loc["d"].to_dict() == {"peace": 2, "war": 1}


def test_a_frequency_list_keeps_its_groups_also_the_empty_one():
    frame = pd.DataFrame({"word": ["war", "war", "peace", "war"], "count": [1, 2, 4, 8], "side": ["A", None, "A", "A"]})
    counts = Counts.from_frame(frame, item="word", by="side")
    assert counts.to_frame().to_dict("index") == {"": {"peace": 0, "war": 2}, "A": {"peace": 4, "war": 9}}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ([[1, 2]], ["a"], pd.DataFrame(index=["d"])),
            "one column an item; got \\(1, 2\\) for 1 documents and 1 items",
        ),
        (([[1, 2]], ["a", "a"], pd.DataFrame(index=["d"])), "items must have names of their own; 'a' occurs more than"),
        (([[1], [2]], ["a"], pd.DataFrame(index=["d", "d"])), "documents must have names of their own; 'd' occurs"),
        (([[0.5]], ["a"], pd.DataFrame(index=["d"])), "matrix must hold counts: whole numbers, none negative"),
        (([[-1]], ["a"], pd.DataFrame(index=["d"])), "matrix must hold counts: whole numbers, none negative"),
    ],
)
def test_a_matrix_that_holds_no_counts_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        Counts.from_matrix(*arguments)


def test_totals_of_a_matrix_must_be_one_a_document():
    with pytest.raises(ValueError, match=r"totals must be one number a document; got \(2,\) for 1 documents"):
        Counts.from_matrix([[1]], ["a"], pd.DataFrame(index=["d"]), totals=[1, 2])


def test_a_list_without_its_columns_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match=r"got 'term'. Did you mean 'terms'"):
        Counts.from_frame(pd.DataFrame({"terms": ["war"], "count": [1]}))


def test_counts_of_different_things_cannot_be_added():
    with pytest.raises(ValueError, match=r"got term by \[\] and frame by \['voice'\]"):
        term_counts(STUDY) + frame_counts(STUDY, BOOK, by="voice")


def test_different_documents_are_not_added_under_one_id():
    north, south = (
        term_counts(tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War."], "outlet": [outlet]}))), by="outlet")
        for outlet in ("North", "South")
    )
    with pytest.raises(ValueError, match=r"'0' has outlet 'North', 'South'\. Give every document an id of its own\."):
        north + south
    unknown = Counts.from_matrix([[1]], ["war"], pd.DataFrame({"outlet": [None]}, index=["0"]))
    assert (north + unknown).to_frame().loc["North", "war"] == 2


def test_counts_can_be_summed_and_are_added_to_nothing_else():
    counts = Counts.from_frame(pd.DataFrame({"term": ["war"], "count": [2]}))
    assert sum([counts, counts]).to_frame().to_numpy().tolist() == [[4]]
    for other in (3, None):
        with pytest.raises(TypeError, match="unsupported operand"):
            counts + other


def test_the_total_of_a_list_is_what_it_says():
    frame = pd.DataFrame({"term": ["war", "peace", "war"], "outlet": ["B", "B", "A"], "count": [3, 1, 2]})
    assert Counts.from_frame(frame, by="outlet").totals.tolist() == [2, 4]
    assert Counts.from_frame(frame.assign(total=[900, 900, 70]), by="outlet").totals.tolist() == [70, 900]
    with pytest.raises(ValueError, match=r"in all its rows; 'B' has several\. Correct the column, or drop it\."):
        Counts.from_frame(frame.assign(total=[900, 901, 70]), by="outlet")


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"term": ["war", None]}, r"Every row of the list must have a term; row 1 has none\. .* keep_default_na=False"),
        ({"count": ["3", "1"]}, r"count must hold numbers; got '3' in a column of str\. Convert it"),
        ({"count": [3, None]}, r"matrix must hold counts"),
    ],
)
def test_a_list_with_gaps_or_text_for_numbers_is_refused(columns, message):
    frame = pd.DataFrame({"term": ["war", "peace"], "count": [3, 1]})
    with pytest.raises(ValueError, match=message):
        Counts.from_frame(frame.assign(**columns))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([["a"]], ["war"], pd.DataFrame(index=["d"])), "matrix must hold numbers, documents × items; got list of"),
        ((np.zeros((1, 1, 1)), ["war"], pd.DataFrame(index=["d"])), "matrix must hold numbers, documents × items"),
        (([[1]], "war", pd.DataFrame(index=["d"])), "items must name the columns of the matrix; got 'war'"),
        (([[1, 1]], ["war", None], pd.DataFrame(index=["d"])), r"column 1 has none\. Words such as 'null'"),
        (([[1]], ["war"], ["d"]), r"documents must be a table .*; got a list\. Give pandas.DataFrame\(index=ids\)"),
    ],
)
def test_what_is_no_matrix_with_names_and_documents_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        Counts.from_matrix(*arguments)


def test_there_is_no_more_of_an_item_than_there_are_words():
    documents = pd.DataFrame(index=["a", "b"])
    assert Counts.from_matrix([[2, 2], [3, 1]], ["x", "y"], documents, totals=[2, 3]).totals.tolist() == [2, 3]
    with pytest.raises(ValueError, match=r"row 1 has 3 of one in 2 words\. Correct them, or leave them out\."):
        Counts.from_matrix([[2, 2], [3, 1]], ["x", "y"], documents, totals=[2, 2])
    assert len(Counts.from_matrix(np.zeros((2, 0)), [], documents, totals=[2, 2]).items) == 0


def test_a_layer_that_was_not_counted_by_cannot_group():
    with pytest.raises(ValueError, match=r"by must be one of 'doc_id', .*; got 'voice'"):
        term_counts(STUDY).grouped("voice")


def test_to_sparse_hands_out_a_copy():
    counts = term_counts(STUDY)
    before = int(counts.matrix.sum())
    counts.to_sparse().data[:] = 0
    assert int(counts.matrix.sum()) == before
    assert repr(counts) == f"Counts(5 cells × {len(counts.items)} terms, {before} hits)"


def random_counts(seed: int, by: tuple[str, ...] = ()) -> Counts:
    """A few cells of a few documents and items, so that some are those of other counts."""
    rng = np.random.default_rng(seed)
    names = pd.Index(sorted(rng.choice(list("abcdefgh"), rng.integers(0, 6), replace=False)), name="term", dtype="str")
    cells = pd.DataFrame({"doc_id": rng.choice(["d", "e", "f"], 4), "voice": rng.choice(["author", "quoted"], 4)})
    cells = cells.drop_duplicates(ignore_index=True)
    matrix = sp.csr_array(rng.integers(0, 3, (len(cells), len(names))))
    documents = pd.DataFrame(index=pd.Index(cells["doc_id"].unique(), name="doc_id"))
    return Counts(matrix, cells, names, matrix.sum(axis=1) + 1, documents, ("voice",))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=6), st.data())
def test_counts_are_merged_in_any_tree_and_equal_cells_are_added(seeds, data):
    several = [random_counts(seed) for seed in seeds]
    expected: dict[tuple[object, ...], Counter[str]] = {}
    for counts in several:
        for cell, line in as_written(counts).items():
            expected.setdefault(cell, Counter()).update(line)
    at_once = merged(several)
    while len(several) > 1:
        at = data.draw(st.integers(0, len(several) - 2))
        size = data.draw(st.integers(2, 3))
        several[at : at + size] = [merged(several[at : at + size])]
    for made in (at_once, several[0]):
        assert as_written(made) == {cell: dict(line) for cell, line in expected.items()}
        assert list(made.items) == sorted(made.items)
        assert made.matrix.has_sorted_indices
        assert not made.cells.duplicated().any()
        assert sorted(made.documents.index) == sorted(set(made.cells["doc_id"]))


def test_merging_takes_counts_by_the_same_layers_only():
    with pytest.raises(ValueError, match=r"got term by \['voice'\] and term by \[\]. Count both with the same"):
        merged([random_counts(1), random_counts(2), term_counts(STUDY)])


def test_nothing_that_is_merged_is_changed():
    one, two = random_counts(1), random_counts(2)
    before = [counts.matrix.toarray().tolist() for counts in (one, two)]
    merged([one, two]).matrix.data[:] = 99
    assert [counts.matrix.toarray().tolist() for counts in (one, two)] == before


def test_names_of_items_are_strings_in_the_order_of_their_letters():
    counts = Counts.from_matrix([[1, 2, 3]], ["b", 2, "ä"], pd.DataFrame(index=["d"]))
    assert counts.items.tolist() == ["2", "b", "ä"]
    assert counts.matrix.toarray().tolist() == [[2, 1, 3]]
