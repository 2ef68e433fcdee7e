"""Weights add up beside counts, in parts as in the whole."""

from dataclasses import replace

import numpy as np
import pytest

from discourse.codebook import Codebook, Entry, parse_pattern
from discourse.counts import frame_counts
from discourse.counts.weights import weighted_counts
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


@pytest.mark.parametrize("by", [None, "outlet", ["outlet", "voice"]], ids=str)
def test_weights_of_hits_add_up_and_counts_stay_counts(by):
    table = frame_frequencies(STUDY, BOOK, by=by)
    light = {key: tuple(replace(pattern, weight=1.0) for pattern in e.include) for key, e in BOOK.frames.items()}
    plain = Codebook({key: replace(BOOK.frames[key], include=include) for key, include in light.items()})
    same = frame_frequencies(STUDY, plain, by=by)
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


def test_parts_weigh_what_the_whole_weighs():
    whole = weighted_counts(STUDY, BOOK, by="outlet")
    assert weighted_counts(singles(STUDY.corpus), BOOK, by="outlet").tolist() == whole.tolist()
    assert whole.shape == frame_counts(STUDY, BOOK, by="outlet").grouped("outlet").matrix.shape
