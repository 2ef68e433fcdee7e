"""Corpus: texts word for word, a table of documents, zones that cover them."""

import sys

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus import Corpus
from discourse.corpus.documents import UnknownDocument, to_texts
from discourse.corpus.zones import plain_zones


def frame():
    return pd.DataFrame({"text": ["One – \r\n", "", "İki"], "outlet": ["A", None, "B"]}, index=["x", "y", "z"])


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=6))
def test_every_text_comes_back_as_it_was_given(texts):
    corpus = Corpus.from_frame(pd.DataFrame({"text": pd.Series(texts, dtype="str")}))
    assert [corpus.text(str(number)) for number in range(len(texts))] == texts
    assert len(corpus) == len(texts)
    filled = [text for text in texts if text]
    assert corpus.zones["end"].tolist() == [len(text) for text in filled]


def test_from_frame_keeps_columns_and_leaves_its_input_alone():
    given_frame = frame()
    before = given_frame.copy(deep=True)
    corpus = Corpus.from_frame(given_frame)
    corpus.documents["outlet"] = "changed"
    pd.testing.assert_frame_equal(given_frame, before)
    assert list(Corpus.from_frame(given_frame).documents["outlet"]) == ["A", "", "B"]
    assert list(corpus.documents.columns) == ["outlet", "source", "lines", "sha256"]
    assert corpus.documents.index.name == "doc_id"


def test_from_frame_takes_ids_from_a_column_then_doc_id_then_the_index():
    table = frame().assign(key=["a", "b", "c"], doc_id=["d", "e", "f"])
    assert list(Corpus.from_frame(table.drop(columns="doc_id"), id="key").documents.index) == ["a", "b", "c"]
    assert list(Corpus.from_frame(table).documents.index) == ["d", "e", "f"]
    assert list(Corpus.from_frame(frame()).documents.index) == ["x", "y", "z"]


def test_dates_become_iso_strings_and_categories_strings():
    table = frame().assign(
        day=pd.to_datetime(["2025-11-03", None, "2026-03-08"]),
        hour=pd.to_datetime(["2025-11-03T08:30", None, "2026-03-08T00:00"]),
        kind=pd.Categorical(["b", None, "a"]),
        mixed=[2025, "about 2025", None],
        tags=[["p"], ["q"], None],
        n=[1, 2, 3],
    )
    documents = Corpus.from_frame(table).documents
    assert list(documents["day"]) == ["2025-11-03", "", "2026-03-08"]
    assert list(documents["hour"]) == ["2025-11-03T08:30:00", "", "2026-03-08T00:00:00"]
    assert list(documents["kind"]) == ["b", "", "a"]
    assert list(documents["mixed"]) == ["2025", "about 2025", ""]
    assert list(documents["tags"]) == ["['p']", "['q']", ""]
    assert list(documents["n"]) == [1, 2, 3]


def test_ordered_categories_keep_their_order_and_what_is_missing_comes_first():
    tiers, years = ["low", "mid", "high"], [2021, 2019, 2020]
    table = frame().assign(
        tier=pd.Categorical(["mid", None, "low"], tiers, ordered=True),
        year=pd.Categorical([2020, 2021, 2019], sorted(years), ordered=True),
        turn=pd.Categorical([2020, 2021, 2019], years, ordered=True),
        size=pd.cut([5, 15, 25], [0, 10, 20, 30]),
    )
    documents = Corpus.from_frame(table).documents
    assert list(documents["tier"]) == ["mid", "", "low"]
    assert list(documents["tier"].cat.categories) == ["", *tiers]
    assert list(documents["year"]) == [2020, 2021, 2019]
    assert list(documents["turn"].cat.categories) == ["2021", "2019", "2020"]
    assert list(documents["size"]) == ["(0, 10]", "(10, 20]", "(20, 30]"]
    assert all(documents[name].cat.ordered for name in ("tier", "turn", "size"))


def test_moments_are_written_as_their_own_clock_shows_them():
    moments = pd.Series(pd.to_datetime(["2025-07-01T10:00:00+02:00", None])).dt.tz_convert("Europe/Berlin")
    early = pd.Series(np.array(["1969-12-31T23:59:59.5", "0999-01-01"], dtype="datetime64[ms]"))
    table = pd.DataFrame({"text": ["a", "b"], "moment": moments, "early": early})
    documents = Corpus.from_frame(table).documents
    assert list(documents["moment"]) == ["2025-07-01T10:00:00", ""]
    assert list(documents["early"]) == ["1969-12-31T23:59:59", "0999-01-01T00:00:00"]


def test_ids_are_written_as_they_read_whatever_their_type():
    def ids(values):
        return list(Corpus.from_frame(pd.DataFrame({"text": ["a", "b"]}, index=values)).documents.index)

    assert ids([1.0, 2.5]) == ["1.0", "2.5"]
    assert ids([7, "7b"]) == ["7", "7b"]
    assert ids(pd.to_datetime(["2025-11-03", "2025-11-04"])) == ["2025-11-03 00:00:00", "2025-11-04 00:00:00"]
    assert ids(pd.MultiIndex.from_tuples([(1, "a"), (2, "b")])) == ["(1, 'a')", "(2, 'b')"]
    assert ids(pd.CategoricalIndex(["x", "y"])) == ["x", "y"]


def calls(n):
    """How many functions a corpus of n documents calls."""
    table = pd.DataFrame({
        "text": pd.Series(["some text"] * n, dtype="str"), "n": range(n), "outlet": pd.Series(["A"] * n, dtype="str"),
        "day": pd.to_datetime(["2025-11-03"] * n), "kind": pd.Categorical(["x"] * n),
        "name": pd.Series(["a"] * n, dtype=object),
    })  # fmt: skip
    table.loc[n // 2, "text"] = ""
    counted = 0

    def count(frame, event, argument):
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        Corpus.from_frame(table)
    finally:
        sys.setprofile(before)
    return counted


def test_no_function_is_called_for_each_document():
    calls(10)
    assert calls(20_000) < calls(2_000) + 500


def test_a_corpus_made_again_from_its_own_table_is_the_same():
    corpus = Corpus.from_frame(frame())
    again = Corpus.from_frame(corpus.documents.assign(text=[corpus.text(name) for name in corpus.documents.index]))
    pd.testing.assert_frame_equal(again.documents, corpus.documents)
    pd.testing.assert_frame_equal(again.zones, corpus.zones)


def test_an_unknown_document_names_the_nearest():
    corpus = Corpus.from_frame(frame().set_axis(["cutler", "haider", "dipirro"]))
    with pytest.raises(KeyError) as error:
        corpus.text("diPirro")
    assert isinstance(error.value, UnknownDocument)
    assert str(error.value) == "There is no document 'diPirro' in this corpus of 3. Did you mean 'dipirro'?"
    with pytest.raises(KeyError, match="Did you mean 'haider'"):
        corpus.subset(["cutler", "heider"])


def test_a_subset_keeps_the_order_of_the_corpus_and_the_texts():
    corpus = Corpus.from_frame(frame())
    part = corpus.subset(["z", "x", "z"])
    assert list(part.documents.index) == ["x", "z"]
    assert [part.text("x"), part.text("z")] == ["One – \r\n", "İki"]
    assert list(part.zones["doc_id"]) == ["x", "z"]
    assert len(corpus.subset([])) == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"text": "body"}, "text must be one of 'text', 'outlet'; got 'body'."),
        ({"id": "outlett"}, "id must be one of 'text', 'outlet'; got 'outlett'. Did you mean 'outlet'?"),
    ],
)
def test_an_unknown_column_is_named(change, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        Corpus.from_frame(frame(), **change)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pd.Categorical([2020, 2021, None]), [2020, 2021, ""]),
        (pd.Categorical([True, False, None]), ["True", "False", ""]),
        (pd.Categorical([2020, 2021, 2020]), [2020, 2021, 2020]),
        (pd.array(["a", None, "a"], pd.ArrowDtype(pa.dictionary(pa.int32(), pa.string()))), ["a", "", "a"]),
        (pd.array([["a"], None, []], pd.ArrowDtype(pa.list_(pa.string()))), ["['a']", "", "[]"]),
        (pd.arrays.SparseArray([0, 0, 1]), [0, 0, 1]),
        (np.array([2020, 2020.0, "2020"], object), ["2020", "2020", "2020"]),
        (np.array([1.5, None, "n.d."], object), ["1.5", "", "n.d."]),
    ],
)
def test_columns_of_any_type_become_plain(column, expected):
    corpus = Corpus.from_frame(pd.DataFrame({"text": ["a", "b", "c"], "known": column}))
    assert corpus.documents["known"].astype(object).fillna("").tolist() == expected


@pytest.mark.parametrize("twice", [["text", "x", "x"], ["text", "text", "x"], ["text", "3", 3]])
def test_a_column_that_stands_twice_is_named(twice):
    with pytest.raises(ValueError, match=r"^Every column needs a name of its own; '(x|text|3)' occurs more"):
        Corpus.from_frame(pd.DataFrame([["a", "b", "c"]], columns=twice))


@pytest.mark.parametrize("name", ["text", "doc_id", "outlet"])
def test_half_of_a_surrogate_pair_is_told_with_what_stands_around_it(name):
    given = pd.DataFrame({"text": ["a"], "doc_id": ["d"], "outlet": ["o"]}, dtype=object)
    given[name] = pd.Series(["it was \ud83d good"], dtype=object)
    with pytest.raises(ValueError, match=r"holds half of a surrogate pair, .*: 'it was \\ud83d good'\. Read"):
        Corpus.from_frame(given)


def test_a_missing_text_is_refused_and_an_empty_one_kept():
    with pytest.raises(ValueError, match=r"that of row 1 is missing\. Drop these rows"):
        Corpus.from_frame(pd.DataFrame({"text": ["a", None]}))
    with pytest.raises(ValueError, match=r"that of row 0 is missing, and of 1 more\. Drop these rows"):
        Corpus.from_frame(pd.DataFrame({"text": [None, "a", None]}))
    with pytest.raises(ValueError, match=r"^Every text must be a string\. What was given is not"):
        to_texts([1, "a"])


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        (["x", "x", "y"], "'x' occurs more than once. Name another column as `id`"),
        (["x", "", "y"], "row 1 has none. Fill it, or leave `id` out."),
        (["x", None, "y"], "row 1 has none. Fill it, or leave `id` out."),
        ([1, 2, None], "row 2 has none. Fill it, or leave `id` out."),
    ],
)
def test_ids_must_be_filled_and_unique(ids, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        Corpus.from_frame(frame().assign(key=ids), id="key")
    assert message in str(error.value)


def test_a_column_with_the_name_of_a_layer_is_refused():
    with pytest.raises(ValueError, match=r"called 'voice', a name that every table uses itself\. Rename it"):
        Corpus.from_frame(frame().assign(voice="x"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"end": [9, 5]}, "document 'b' has 4 characters, and its zones cover them to 5"),
        ({"start": [0, 1]}, "document 'b' has a gap, an overlap or an empty zone at 1"),
        ({"doc_id": ["b", "a"]}, "they are not in the order of the documents"),
        ({"doc_id": ["a", "c"]}, "document 'c' is not in the corpus"),
        ({"zone": ["body", "blurb"]}, "zone must be one of 'title', "),
    ],
)
def test_zones_that_do_not_cover_the_documents_are_refused(change, message):
    documents = Corpus.from_frame(pd.DataFrame({"text": ["123456789", "1234"]}, index=["a", "b"])).documents
    zones = plain_zones(["a", "b"], np.array([9, 4])).assign(**change)
    with pytest.raises(ValueError) as error:  # noqa: PT011
        Corpus(documents, zones, pa.array(["123456789", "1234"], pa.large_string()))
    assert message in str(error.value)


def test_texts_and_documents_must_be_as_many():
    corpus = Corpus.from_frame(frame())
    with pytest.raises(ValueError, match=r"documents has 3 rows and texts 1\. Give one text per document\."):
        Corpus(corpus.documents, corpus.zones, corpus.texts[:1])
