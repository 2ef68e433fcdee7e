"""Frames for scikit-learn: a transformer like its own, and the same counts as the package's."""

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MaxAbsScaler
from sklearn.utils.estimator_checks import check_estimator

from discourse import FrameVectorizer, frame_counts, read_corpus, tokenize, write_codebook
from discourse.codebook import Codebook, Entry, parse_pattern

BOOK = Codebook(
    frames={key: Entry("frame", key, (parse_pattern(word),)) for key, word in (("peace", "peace*"), ("force", "war*"))}
)
TEXTS = ["War and wars.", "", "Lind said: “No war.”", "Peace, peacefully."] + ["Nothing here."] * 9 + ["War."]


def test_counts_are_those_of_the_package_one_row_a_text_in_order():
    found = FrameVectorizer(BOOK).fit_transform(TEXTS)
    counts = frame_counts(tokenize(read_corpus(pd.DataFrame({"text": TEXTS}))), BOOK)
    assert found.toarray().tolist() == counts.to_sparse().toarray().tolist()
    assert found.toarray()[:, 0].tolist() == [2, 0, 1, 0, *[0] * 9, 1]
    assert FrameVectorizer(BOOK).fit(TEXTS).get_feature_names_out().tolist() == ["force", "peace"] == list(counts.items)


def test_frames_can_be_counted_in_the_authors_own_words():
    found = FrameVectorizer(BOOK, where={"voice": "author"}).fit(TEXTS).transform(TEXTS[2:4])
    assert found.toarray().tolist() == [[0, 0], [0, 2]]


@pytest.mark.parametrize("texts", [pd.Series(TEXTS, index=[*"abcdefghijklmn"]), np.array(TEXTS, object), iter(TEXTS)])
def test_texts_may_be_a_column_an_array_or_come_one_by_one(texts):
    assert FrameVectorizer(BOOK).fit_transform(texts).sum() == 6


def test_no_texts_are_no_rows():
    assert FrameVectorizer(BOOK).fit([]).transform([]).shape == (0, 2)


def test_scikit_learn_checks_clones_and_pipes_it():
    vectorizer = FrameVectorizer(BOOK, where={"zone": "all"})
    with pytest.warns(UserWarning, match="Can't test estimator FrameVectorizer"):  # as for CountVectorizer
        assert {result["status"] for result in check_estimator(vectorizer)} <= {"passed", "skipped"}
    assert clone(vectorizer).get_params()["where"] == {"zone": "all"}
    pipe = make_pipeline(FrameVectorizer(BOOK), MaxAbsScaler(), LogisticRegression(C=1000))
    pipe.fit(TEXTS, [text.startswith("War") for text in TEXTS])
    assert pipe.predict(["War and war", "Peace"]).tolist() == [True, False]


def test_a_codebook_may_be_given_by_its_path(tmp_path):
    write_codebook(BOOK, tmp_path / "codebook.yaml")
    assert FrameVectorizer(tmp_path / "codebook.yaml").fit_transform(["war"]).toarray().tolist() == [[1, 0]]


WRONG = {
    "no codebook": (FrameVectorizer(), ["war"], "codebook must be given"),
    "no frames": (FrameVectorizer(Codebook()), ["war"], "must have frames"),
    "one string": (FrameVectorizer(BOOK), "war", "got str. Give one string a text"),
    "a table": (FrameVectorizer(BOOK), pd.DataFrame({"text": ["war"]}), "got DataFrame"),
    "a number": (FrameVectorizer(BOOK), 5, "got int"),
    "something missing": (FrameVectorizer(BOOK), ["war", None], "number 1 is NoneType"),
}


@pytest.mark.parametrize(("vectorizer", "texts", "message"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_counted_is_refused_with_a_remedy(vectorizer, texts, message):
    for call in (vectorizer.fit, vectorizer.fit_transform):
        with pytest.raises(ValueError, match=message):
            call(texts)


def test_before_fit_there_is_nothing_to_count_with():
    with pytest.raises(NotFittedError):
        FrameVectorizer(BOOK).transform(["war"])
    with pytest.raises(NotFittedError):
        FrameVectorizer(BOOK).get_feature_names_out()
