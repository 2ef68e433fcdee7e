"""The shipped study: what its size allows stands in every table."""

from __future__ import annotations

from pathlib import Path

import pytest

from discourse.counts import hits
from discourse.study import read_study
from discourse.tables import (
    frame_actors,
    frame_frequencies,
    keyness,
    name_shares,
    similarity,
    term_frequencies,
    voice_shares,
)

STUDY = read_study(Path(__file__).parent.parent.parent / "seeds")
TABLES = {
    "term_frequencies": lambda: term_frequencies(STUDY.tokens, by="outlet"),
    "pairs": lambda: term_frequencies(STUDY.tokens, by="outlet", ngram=2),
    "frame_frequencies": lambda: frame_frequencies(STUDY.tokens, STUDY.codebook, by="outlet"),
    "name_shares": lambda: name_shares(STUDY.tokens, STUDY.codebook, by="outlet"),
    "frame_actors": lambda: frame_actors(STUDY.tokens, STUDY.codebook, by="outlet"),
    "voice_shares": lambda: voice_shares(STUDY.tokens, by="outlet"),
}


@pytest.mark.parametrize("name", TABLES)
def test_azernews_is_one_document_and_every_table_says_so(name):
    table = TABLES[name]()
    own = table[table["outlet"] == "Azernews"]
    assert set(own["n_documents"]) == {1}
    for flag in ("descriptive", "few_documents", "single_author", "single_document", "aliased"):
        assert own["flags"].str.split().map(lambda flags, flag=flag: flag in flags).all()
    assert not table["flags"][table["outlet"] == "CACI Analyst"].str.contains("single_").any()


def test_every_contrast_of_azernews_says_so_and_gives_no_p():
    table = keyness(STUDY.tokens, by="outlet")
    own = table[table["outlet"] == "Azernews"]
    wanted = {
        "aliased",
        "descriptive",
        "few_documents",
        "period_differs",
        "single_author",
        "single_document",
        "topic_differs",
    }
    assert own["flags"].str.split().map(lambda flags: wanted <= set(flags)).all()
    assert table["p_value"].isna().all()


def test_every_pair_with_azernews_says_so():
    table = similarity(STUDY.tokens, by="outlet").set_index(["a", "b"])
    assert "single_document" in table.loc[("Azernews", "Korybko"), "flags"]
    assert "single_document" not in table.loc[("CACI Analyst", "Korybko"), "flags"]


def test_sphere_of_influence_has_four_hits_by_four_authors():
    found = hits(STUDY.tokens, "sphere* of ~3 influence")
    assert len(found) == 4
    assert found["author"].nunique() == 4
    assert sorted(found["text"].str.count(" ")) == [2, 2, 2, 3]


def test_every_multi_vector_stands_inside_quotation_marks():
    found = hits(STUDY.tokens, "multi-vector*")
    assert len(found)
    in_title = (found["voice"] == "author") & (found["marking"] == "title")
    assert (found["voice"].isin(["quoted", "marked"]) | in_title).all()


def test_special_operation_is_korybkos_and_in_his_own_voice():
    found = hits(STUDY.tokens, STUDY.codebook).query("name == 'special operation'")
    assert set(found["outlet"]) == {"Korybko"}
    assert set(found["voice"]) == {"author"}


def test_turkiye_is_spelled_in_three_ways():
    table = name_shares(STUDY.tokens, STUDY.codebook).query("referent == 'Türkiye'")
    assert set(table["name"][table["count"] > 0]) == {"Türkiye", "Turkiye", "Turkey"}
