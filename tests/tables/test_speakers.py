"""Who says it, and with which word."""

import numpy as np
import pandas as pd
import pytest
from counts.samples import corpus_of

from discourse import Shards, evidence, open_tokens, speaker_cues, speech_hits, tokenize
from discourse.corpus import Corpus

TEXTS = {
    "a1": ("A", "Ada Lind warned that “one is near”. Lind also warned that two were far. Critics say that it is so."),
    "a2": ("A", "The ministry said it was “three”. “Four,” said Ada Lind. Nobody knew."),
    "b1": ("B", "It is said that five will come. The critics claim that six left early."),
    "b2": ("B", "No speech here."),
}


@pytest.fixture(scope="module")
def tokens():
    table = pd.DataFrame(TEXTS, index=["outlet", "text"]).T
    return tokenize(Corpus.from_frame(table))


def test_each_speaker_has_cues_counts_and_totals(tokens):
    table = speaker_cues(tokens, by="outlet")
    assert table[["outlet", "speaker", "said_by", "cue", "count", "total", "documents"]].values.tolist() == [
        ["A", "Ada Lind", "", "warned", 2, 3, 1],
        ["A", "Ada Lind", "", "said", 1, 3, 1],
        ["A", "", "critics", "say", 1, 1, 1],
        ["A", "", "ministry", "said", 1, 1, 1],
        ["B", "", "critics", "claim", 1, 1, 1],
        ["B", "", "", "said", 1, 1, 1],
    ]
    assert table["share"].tolist() == pytest.approx([2 / 3, 1 / 3, 1, 1, 1, 1])
    assert set(table["n_documents"]) == {2}


def test_each_count_is_the_number_of_its_evidence_rows(tokens):
    found = speech_hits(tokens)
    for by in (None, "outlet", ["outlet", "voice"]):
        for _, row in speaker_cues(tokens, by=by).iterrows():
            assert len(evidence(found, row)) == row["count"]


def test_direct_and_indirect_speech_are_told_apart_by_voice(tokens):
    table = speaker_cues(tokens, by="voice", where={"outlet": "A"}).set_index(["voice", "speaker", "cue"])["count"]
    assert table["quoted", "Ada Lind", "warned"] == table["reported", "Ada Lind", "warned"] == 1


def test_a_corpus_in_parts_says_the_same(tokens, tmp_path):
    corpus = tokens.corpus
    for i, half in enumerate((["a1", "b1"], ["a2", "b2"])):
        part = corpus.documents.loc[half, ["outlet"]].assign(text=[corpus.text(doc_id) for doc_id in half])
        tokenize(Corpus.from_frame(part)).save(tmp_path / "saved", append=i > 0)
    saved = open_tokens(tmp_path / "saved")
    assert isinstance(saved, Shards)
    pd.testing.assert_frame_equal(speaker_cues(saved, by="outlet"), speaker_cues(tokens, by="outlet"))


def test_a_corpus_without_speech_has_no_rows_but_all_columns():
    tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["No speech here."]})))
    assert list(speaker_cues(tokens)) == "speaker said_by cue count total share documents n_documents flags".split()
    assert not len(speaker_cues(tokens))
    assert not len(speech_hits(tokens))


def test_groups_must_not_have_the_name_of_a_column(tokens):
    with pytest.raises(ValueError, match="by must not name a column that the table has itself; got 'speaker'"):
        speaker_cues(tokens, by=["outlet", "speaker"])


def test_passages_count_where_all_their_words_do(tokens):
    assert speech_hits(tokens, where={"voice": "quoted"})["voice"].unique().tolist() == ["quoted"]
    assert not len(speech_hits(tokens, where={"zone": "title"}))


def test_who_speaks_inside_a_quotation_is_counted_beside_who_tells_it():
    text = "“‘Wait,’ Colonel Ek told us, and we waited,” Tom Arden recalled. “Their ‘plan’ failed,” he said."
    tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": [text]})))
    found = speech_hits(tokens)
    assert found[["text", "speaker", "cue"]].values.tolist() == [
        ["‘Wait,’ Colonel Ek told us, and we waited,", "Tom Arden", "recalled"],
        ["Wait,", "Ek", "told"],
        ["Their ‘plan’ failed,", "Tom Arden", "said"],
    ]
    table = speaker_cues(tokens).set_index(["speaker", "cue"])["count"]
    assert table.to_dict() == {("Tom Arden", "recalled"): 1, ("Tom Arden", "said"): 1, ("Ek", "told"): 1}
    words = tokens.types["token"].to_numpy(object)[tokens.ids]
    speaker = dict(zip(words, tokens.layer("speaker").at(range(len(tokens))), strict=True))
    assert [speaker[word] for word in ("Wait", "Colonel", "waited", "Tom")] == ["Ek", "Tom Arden", "Tom Arden", ""]
    assert tokenize(tokens.corpus).voices_at("speaker", first_words(tokens, words)).to_pylist() == ["Ek", "Tom Arden"]


def first_words(tokens, words):
    """Where two words inside and around a quotation stand."""
    return np.array([words.tolist().index("Wait"), words.tolist().index("waited")])


def test_a_cue_is_turned_by_a_document_among_the_passages_of_its_speaker_not_among_words():
    rng = np.random.default_rng(6)
    pieces = ["Smith warned that war is near.", "Smith said that war is far.", "Miller said that war is here.", "War."]
    rows = [(" ".join(rng.choice(pieces, rng.integers(1, 9))), "AB"[i % 2], "", 9) for i in range(14)]
    key = ["outlet", "speaker", "cue"]

    def differences(rows):
        table = speaker_cues(tokenize(corpus_of(rows)), by="outlet")
        hits = table.set_index(key)["count"].unstack("outlet").fillna(0)
        totals = hits.groupby("speaker").transform("sum")
        return np.sign(hits["A"] * totals["B"] - hits["B"] * totals["A"]).where(totals.min(axis=1) > 0), table

    whole, table = differences(rows)
    without = [differences(rows[:i] + rows[i + 1 :])[0].reindex(whole.index) for i in range(len(rows))]
    turned = pd.concat([whole * other < 0 for other in without], axis=1).any(axis=1)
    found = table.set_index(key)["flags"].str.contains("sign_flips_without")
    assert all(flagged == turned[row[1:]] for row, flagged in found.items())
    assert {True, False} == set(found)
