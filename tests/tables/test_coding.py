"""The coding sheet: who is drawn, that no coder sees from where, and the way to a file and back."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from counts.parts import singles

from discourse.codebook import Codebook, Entry, parse_pattern
from discourse.corpus import Corpus
from discourse.tables import coding_sheet
from discourse.tables.coding import SEEN, loosened
from discourse.tokens import tokenize


def corpus(n=60):
    texts = [
        f"Intro {i}. A sphere of influence {i}. The sphere {i} rolls. Rain {i} falls. An orbit of {i}. Into orbit {i}."
        for i in range(n)
    ]
    frame = pd.DataFrame({"text": texts, "outlet": ["A" if i % 3 else "B" for i in range(n)]})
    return tokenize(Corpus.from_frame(frame.assign(doc_id=[f"d{i}" for i in range(n)]), id="doc_id"))


def frame(*patterns, **more):
    return Entry("frame", "spheres", tuple(map(parse_pattern, patterns)), definition="Space.", **more)


BOOK = Codebook(
    {
        "spheres": frame("sphere* of influence", "orbit", exclude=(parse_pattern("into orbit"),)),
        "rain": Entry("frame", "rain", (parse_pattern("rain"),)),
    }
)
TOKENS = corpus()
SHEET = coding_sheet(TOKENS, BOOK, hits=12, near_misses=7, non_hits=5, seed=3)


def test_strata_are_what_the_codebook_finds_nearly_finds_and_does_not_find():
    own = SHEET[SHEET["frame"] == "spheres"]
    by = own.groupby(["stratum", "pattern"])[["sampled", "population"]].first().reset_index().values.tolist()
    assert by == [
        ["hit", "orbit", 6, 60],
        ["hit", "sphere* of influence", 6, 60],
        ["near_miss", "", 7, 120],
        ["non_hit", "", 5, 120],
    ]
    assert own.groupby(["stratum", "pattern"]).size().tolist() == [6, 6, 7, 5]
    near = own.loc[own["stratum"] == "near_miss", "sentence"]
    assert near.str.contains("The sphere|Into orbit").all()
    assert not own.loc[own["stratum"] == "non_hit", "sentence"].str.contains("sphere|orbit").any()


def test_every_unit_is_a_sentence_of_its_document_with_its_neighbours():
    for row in SHEET.to_dict("records"):
        assert TOKENS.corpus.text(row["doc_id"])[row["start"] : row["end"]] == row["sentence"]
        number = row["doc_id"][1:]
        assert all(number in row[name] or not row[name] for name in ("before", "sentence", "after"))
    rolls = SHEET[SHEET["sentence"].str.contains("rolls")].iloc[0]
    assert rolls["before"].startswith("A sphere of influence")
    assert rolls["after"].startswith("Rain")
    first, last = (SHEET[SHEET["sentence"].str.startswith(word)] for word in ("Intro", "Into"))
    assert set(first["before"]) == {""}
    assert set(last["after"]) == {""}


def test_a_coder_sees_no_outlet_no_document_and_no_stratum():
    assert SEEN == ["unit", "frame", "definition", "before", "sentence", "after", "code", "stance", "note"]
    assert not SHEET["unit"].duplicated().any()
    own = SHEET.loc[SHEET["frame"] == "spheres", "stratum"].tolist()
    assert own != sorted(own)
    assert SHEET["frame"].drop_duplicates().tolist() == ["spheres", "rain"]


def test_the_seed_alone_decides_and_parts_draw_what_the_whole_draws():
    pd.testing.assert_frame_equal(coding_sheet(TOKENS, BOOK, hits=12, near_misses=7, non_hits=5, seed=3), SHEET)
    parts = coding_sheet(singles(TOKENS.corpus), BOOK, hits=12, near_misses=7, non_hits=5, seed=3)
    pd.testing.assert_frame_equal(parts, SHEET)
    other = coding_sheet(TOKENS, BOOK, hits=12, near_misses=7, non_hits=5, seed=4)
    assert set(other["sentence"]) != set(SHEET["sentence"])


def test_groups_are_sampled_by_themselves():
    sheet = coding_sheet(TOKENS, BOOK, hits=8, near_misses=2, non_hits=2, by="outlet")
    sizes = sheet[sheet["frame"] == "rain"].groupby(["outlet", "stratum"])[["sampled", "population"]].first()
    assert sizes.loc[("A", "hit")].tolist() == [8, 40]
    assert sizes.loc[("B", "hit")].tolist() == [8, 20]
    assert sizes.loc[("B", "non_hit")].tolist() == [2, 100]


def test_every_sentence_is_as_likely_as_any_other_of_its_stratum():
    drawn, book = np.zeros(60), Codebook({f"{i}": Entry("frame", f"{i}", (parse_pattern("rain"),)) for i in range(60)})
    sheet = coding_sheet(TOKENS, book, hits=15, near_misses=0, non_hits=0)
    np.add.at(drawn, sheet["doc_id"].str[1:].astype(int).to_numpy(), 1)
    assert drawn.sum() == 60 * 15
    # 60 frames that draw with probability 1/4: mean 15; chi-squared over 60 sentences, 99.9 % below 99.6.
    assert ((drawn - 15) ** 2 / (15 * 0.75)).sum() < 99.6


def test_a_rare_pattern_has_at_least_three_sentences_or_all_there_are():
    book = Codebook({"f": frame("sphere* of influence", "orbit of 7", "orbit of 1|2|3|4|5")})
    sheet = coding_sheet(TOKENS, book, hits=10, near_misses=0, non_hits=0)
    assert sheet.groupby("pattern").size().to_dict() == {
        "orbit of 1|2|3|4|5": 3, "orbit of 7": 1, "sphere* of influence": 10,
    }


def test_where_and_empty_corpora_leave_a_sheet():
    assert len(coding_sheet(TOKENS, BOOK, where={"zone": "title"})) == 0
    empty = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["", " "]})))
    assert coding_sheet(empty, BOOK).columns.tolist() == SHEET.columns.tolist()


def test_words_of_few_letters_and_stop_words_are_not_loosened_to_everything():
    assert [p.text for p in loosened(frame("war", "of the", "* of {agent}", "multi-vector"))] == [
        "mult*", "multi-ve*", "multive*", "vect*", "war*",
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"hits": -1}, "hits must be a whole number, 0 or more; got -1. Give one"),
        ({"near_misses": 2.5}, "near_misses must be a whole number, 0 or more; got 2.5. Give one"),
        ({"non_hits": "20"}, "non_hits must be a whole number, 0 or more; got '20'. Give one"),
        ({"seed": None}, "seed must be a whole number, 0 or more; got None. Give one"),
        ({"by": "voice"}, "by must name document columns; got 'voice'"),
        ({"by": "outlet", "codebook": Codebook()}, "codebook must have frames; got none"),
    ],
)
def test_what_cannot_be_drawn_is_said(options, message):
    with pytest.raises(ValueError, match=message):
        coding_sheet(TOKENS, **({"codebook": BOOK} | options))
