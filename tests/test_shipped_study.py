"""What an attentive reader finds in the shipped texts, computed: the report must find it too."""

from __future__ import annotations

from pathlib import Path

import pytest

from discourse import (
    Study,
    corpus_overview,
    findings,
    frame_actors,
    hits,
    keyness,
    name_shares,
    read_study,
    repeated_passages,
    spotlight,
    voice_shares,
    without_stop_words,
)

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(SEEDS)


def test_spheres_of_influence_are_spoken_of_by_four_authors_each_of_another_power(study: Study) -> None:
    seen = spotlight(study.tokens, "sphere* of ~3 influence", study.codebook)
    assert seen["author"].tolist() == ["Andrew Korybko", "Akbar Novruz", "Robert M. Cutler", "Aigerim Turgunbaeva"]
    assert seen["agent"].tolist() == ["", "Russia", "Russia", ""]
    assert seen["voice"].tolist() == ["marked", "author", "author", "author"]
    assert "Türkiye" in seen["mentioned"].iloc[0]
    assert "Russia" in seen["mentioned"].iloc[3]


def test_every_multi_vector_stands_in_quotation_marks_and_is_bordachevs(study: Study) -> None:
    (told,) = findings(spotlight(study.tokens, "multi-vector", study.codebook), by="author")
    assert told.startswith("Andrew Korybko: 5 hits in 1 document, all inside quotation marks (2 marked, 2 quoted")
    assert "and 1 in a title, 4 the words of Timofei Bordachev)" in told


def test_a_third_and_a_quarter_of_two_articles_are_other_peoples_words(study: Study) -> None:
    shares = voice_shares(study.tokens, by="doc_id").set_index(["doc_id", "voice"])["share"]
    assert round(100 * shares["korybko-2025-11-03", "quoted"]) == 32
    assert round(100 * shares["korybko-2026-03-08", "quoted"]) == 24
    assert shares["novruz-2025-12-01", "quoted"] == 0


def test_special_operation_is_one_authors_name_for_the_war_and_in_his_own_voice(study: Study) -> None:
    found = hits(study.tokens, study.codebook)
    own = found[found["name"] == "special operation"]
    assert set(own["author"]) == {"Andrew Korybko"}
    assert set(own["voice"]) == {"author"}
    told = findings(name_shares(study.tokens, study.codebook, by="outlet"))
    assert "“special operation” for war in Ukraine is Korybko’s alone (4 of 6, in 3 documents)." in told


def test_there_are_three_spellings_of_turkiye_and_the_caci_analyst_is_not_uniform(study: Study) -> None:
    told = findings(name_shares(study.tokens, study.codebook, by="outlet"))
    assert (
        "Türkiye: Azernews says “Türkiye” 7 of 7; CACI Analyst says “Türkiye” 31 and “Turkey” 3 of 34; "
        "Korybko says “Turkiye” 10 of 10." in told
    )
    within = findings(name_shares(study.tokens, study.codebook, by=["outlet", "author"]))
    assert any(text.startswith("CACI Analyst is not uniform in naming Türkiye:") for text in within)


def test_southern_periphery_and_security_dilemma_are_found_as_one_groups_phrases(study: Study) -> None:
    phrases = without_stop_words(keyness(study.tokens, by="outlet", ngram=2))
    alone = phrases[(phrases["count_reference"] == 0) & (phrases["outlet"] == "Korybko")].set_index("term")
    assert alone.loc["southern periphery", "count_target"] == 7
    assert alone.loc["security dilemma", "count_target"] == 4
    assert any("“southern periphery” (7 in 3 documents)" in text for text in findings(phrases))


def test_one_author_means_to_contain_russia_the_other_speaks_of_china_and_russia(study: Study) -> None:
    bound = frame_actors(study.tokens, study.codebook, by="author")
    targets = bound[(bound["frame"] == "containment and encirclement") & (bound["role"] == "target")]
    assert targets[["author", "actor", "count"]].values.tolist() == [
        ["Andrew Korybko", "China", 2],
        ["Andrew Korybko", "Russia", 2],
        ["John DiPirro", "Russia", 4],
    ]
    unbound = bound[(bound["frame"] == "containment and encirclement") & (bound["author"] == "John DiPirro")]
    assert unbound["total"].iloc[0] - targets.set_index("author").loc["John DiPirro", "count"] == 7


def test_what_cannot_be_concluded_is_said_with_its_reasons(study: Study) -> None:
    told = " ".join(findings(corpus_overview(study.tokens), by="outlet"))
    for reason in (
        "no p value is given, and the limits printed are counting limits",
        "Azernews is one document",
        "All of Korybko was written by Andrew Korybko: outlet and author cannot be told apart",
        "The groups do not share the same topics: arms cooperation (only CACI Analyst); border treaty",
        "4 documents (CACI Analyst) have no date: a difference may be chronology",
    ):
        assert reason in told


def test_the_repetition_of_a_whole_sentence_is_reported(study: Study) -> None:
    told = findings(repeated_passages(study.corpus))
    assert "A passage of 46 words in korybko-2025-12-11 stands again in the same document, word for word." in told
    assert len(told) == 3
