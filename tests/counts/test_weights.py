"""Weights add up beside counts, in parts as in the whole."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from discourse.codebook import Codebook, Entry, parse_pattern
from discourse.counts import Counts, frame_counts
from discourse.tables import frame_frequencies

from .parts import singles
from .samples import STUDY


def weighing(text, weight):
    return replace(parse_pattern(text), weight=weight)


BOOK = Codebook(
    {
        "z": Entry("frame", "z", (weighing("war", 2.5), weighing("no war", -1.0))),
        "a": Entry("frame", "a", (parse_pattern("war"), weighing("peace", 0.0))),
    }
)
LIGHT = {key: tuple(replace(pattern, weight=1.0) for pattern in e.include) for key, e in BOOK.frames.items()}
PLAIN = Codebook({key: replace(BOOK.frames[key], include=include) for key, include in LIGHT.items()})


@pytest.mark.parametrize("by", [None, "outlet", ["outlet", "voice"]], ids=str)
def test_weights_of_hits_add_up_and_counts_stay_counts(by):
    table = frame_frequencies(STUDY, BOOK, by=by)
    same = frame_frequencies(STUDY, PLAIN, by=by)
    assert table.drop(columns="weighted").equals(same)
    assert table.columns.tolist().index("weighted") == table.columns.tolist().index("count") + 1
    assert "weighted" not in same
    of_pattern = {
        text: frame_frequencies(STUDY, Codebook({"p": Entry("frame", "p", (parse_pattern(text),))}), by=by)["count"]
        for text in ("war", "no war")
    }
    own = table[table["frame"] == "z"]
    expected = 2.5 * (of_pattern["war"] - of_pattern["no war"]) - of_pattern["no war"]
    np.testing.assert_allclose(own["weighted"].to_numpy(), expected.to_numpy())
    assert own["count"].sum() > 0


@pytest.mark.parametrize("by", [None, "outlet", ["outlet", "voice"]], ids=str)
def test_counts_weigh_what_the_corpus_weighs_and_so_do_parts(by):
    whole = frame_frequencies(STUDY, BOOK, by=by)
    for corpus in (STUDY, singles(STUDY.corpus)):
        assert frame_frequencies(frame_counts(corpus, BOOK, by=by)).equals(whole)
        assert frame_frequencies(corpus, BOOK, by=by).equals(whole)


def test_only_some_documents_weigh():
    where = {"outlet": STUDY.documents["outlet"].iloc[0]}
    counts = frame_counts(STUDY, BOOK, where=where)
    assert frame_frequencies(counts).equals(frame_frequencies(STUDY, BOOK, where=where))


def test_counts_are_added_with_their_weights_and_what_has_none_weighs_one():
    heavy, plain = frame_counts(STUDY, BOOK), frame_counts(STUDY, PLAIN)
    assert plain.weighted() is None
    twice = (heavy + heavy).weighted()
    assert twice.tolist() == (2 * heavy.weighted()).tolist()
    both = heavy + replace(plain, origin=None)
    assert both.weighted().tolist() == (heavy.weighted() + plain.grouped().matrix.toarray()).tolist()
    other = Counts.from_frame(pd.DataFrame({"frame": ["m"], "count": [3]}), item="frame")
    assert (heavy + other).weighted().tolist() == [[heavy.weighted()[0, 0], 3.0, heavy.weighted()[0, 1]]]
