"""Hits keep their place, their voice and their sentence; evidence is as many hits as a number says."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.codebook import Codebook
from discourse.corpus import Corpus
from discourse.counts import evidence, frame_counts, hit_spans, hits, name_counts, rows, term_counts, term_hits
from discourse.tokens import tokenize

from .parts import NUMBERS, cut, singles
from .samples import BOOK, CORPORA, STUDY, WHERES, tokens_of

PATTERNS = ["war", "sphere* of ~2 influence", "multi-vector", "russia*", "* operation", "no|not war"]
COLUMNS = """hit_id doc_id start end text kind frame actor referent name pattern term agent target negated voice marking
speaker zone section sentence sentence_start sentence_text outlet author year source lines sha256""".split()


@pytest.mark.parametrize(
    "table", [hits(STUDY, BOOK), hits(STUDY, PATTERNS), hits(STUDY, []), term_hits(STUDY, ["war"])]
)
def test_a_table_of_hits_has_these_columns(table):
    assert table.columns.tolist() == COLUMNS
    assert table.index.equals(pd.RangeIndex(len(table)))


@settings(max_examples=15, deadline=None)
@given(CORPORA, st.sampled_from([None, {"zone": "all"}, {"voice": "author"}]))
def test_a_hit_is_the_slice_that_its_offsets_name_and_lies_in_its_sentence(corpus, where):
    tokens = tokenize(corpus)
    found = pd.concat([hits(tokens, BOOK, where=where), hits(tokens, PATTERNS, where=where)])
    for hit in found.itertuples():
        text = corpus.text(hit.doc_id)
        assert hit.text == text[hit.start : hit.end] != ""
        assert text.startswith(hit.sentence_text, hit.sentence_start)
        assert hit.sentence_start <= hit.start
        assert hit.end <= hit.sentence_start + len(hit.sentence_text)
    assert found["hit_id"].is_unique


@settings(max_examples=15, deadline=None)
@given(CORPORA, st.sampled_from([None, {"zone": "all"}, {"voice": "author"}]))
def test_there_are_as_many_hits_as_frames_and_names_are_counted(corpus, where):
    tokens = tokenize(corpus)
    found = hits(tokens, BOOK, where=where)
    for counts, kind in (
        (frame_counts(tokens, BOOK, where=where), "frame"),
        (name_counts(tokens, BOOK, where=where), "name"),
    ):
        assert (found["kind"] == kind).sum() == counts.matrix.sum()


@settings(max_examples=15, deadline=None)
@given(CORPORA, st.integers(1, 5), st.sampled_from([None, {"zone": "all"}, {"voice": "author"}]))
def test_there_are_as_many_term_hits_as_terms_are_counted_also_where_they_overlap(corpus, n, where):
    tokens = tokenize(corpus)
    counts = term_counts(tokens, ngram=n, where=where)
    total = dict(zip(counts.items, counts.matrix.sum(axis=0).tolist(), strict=True))
    found = term_hits(tokens, [term for term, count in total.items() if count], where=where)["term"].value_counts()
    assert found.to_dict() == {term: count for term, count in total.items() if count}


def test_hits_stand_in_the_order_of_the_text_and_carry_the_columns_of_their_document():
    found = hits(STUDY, "war")
    order = [(STUDY.corpus.documents.index.get_loc(d), s) for d, s in zip(found["doc_id"], found["start"], strict=True)]
    assert order == sorted(order)
    assert (found["outlet"] == found["doc_id"].map(STUDY.corpus.documents["outlet"])).all()


def test_voice_zone_and_own_layers_are_those_of_the_first_word():
    spans = pd.DataFrame({"doc_id": ["d0"], "start": [0], "end": [21]})
    tokens = tokens_of("He speaks of a “sphere of” influence.").with_layer("mine", spans)
    (hit,) = hits(tokens, "sphere of influence").itertuples()
    assert (hit.text, hit.voice, hit.mine) == ("sphere of” influence", "marked", "yes")


@pytest.mark.parametrize("where", WHERES)
def test_where_leaves_the_hits_all_of_whose_words_qualify(where):
    inside, every = hits(STUDY, "war", where=where), hits(STUDY, "war", where={"zone": "all"})
    assert set(inside["hit_id"]) <= set(every["hit_id"])
    wanted = {"zone": "body", **(where or {})}
    for name, values in wanted.items():
        if values != "all":
            every = every[every[name].isin([values] if isinstance(values, str) else values)]
    assert inside["hit_id"].tolist() == every["hit_id"].tolist()


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("This is no longer a sphere of influence.", True),
        ("It isn’t a sphere of influence.", True),
        ("It is not only a sphere of influence.", False),
        ("It is not just the sphere of influence.", False),
        ("They never again want a sphere of influence.", False),
        ("They want no. A sphere of influence.", False),
        ("No sphere of influence.", True),
        ("A sphere of influence, not a union.", False),
        ("Without Russian spheres of influence.", True),
    ],
)
def test_a_negator_within_three_words_in_the_sentence_flags_a_hit(text, negated):
    assert hits(tokens_of(text), "sphere* of influence")["negated"].tolist() == [negated]


def test_a_word_of_another_sentence_restricts_no_negator():
    assert hits(tokens_of("Only this is not $."), "$")["negated"].tolist() == [True]
    assert hits(tokens_of("This is not $. Only that."), "$")["negated"].tolist() == [True]
    assert hits(tokens_of("This is not $ only."), "$")["negated"].tolist() == [False]


def test_frames_patterns_and_terms_can_be_negated_actors_and_names_cannot():
    tokens = tokens_of("No war. Not Russia, not Turkey.")
    flagged = hits(tokens, BOOK).set_index(["kind", "text"])["negated"].to_dict()
    assert flagged == {
        ("frame", "No war"): False,
        ("name", "war"): False,
        ("actor", "Russia"): False,
        ("name", "Turkey"): False,
    }
    assert hits(tokens, "Russia")["negated"].tolist() == [True]
    assert term_hits(tokens, ["russia"])["negated"].tolist() == [True]


def test_the_same_pattern_given_twice_is_looked_for_once():
    assert len(hits(STUDY, ["war", "war"])) == len(hits(STUDY, "war"))


def test_a_hit_without_any_word_has_its_row_too():
    assert hits(tokens_of("$ % $"), "$")["text"].tolist() == ["$", "$"]


def test_hit_spans_are_the_hits_without_their_table():
    first, last = hit_spans(STUDY, BOOK)
    assert STUDY.char_starts[first].tolist() == hits(STUDY, BOOK)["start"].tolist()
    assert STUDY.char_ends[last].tolist() == hits(STUDY, BOOK)["end"].tolist()


@pytest.mark.parametrize("pattern", ["", "  ", ["war", ""]])
def test_a_pattern_must_have_a_word(pattern):
    with pytest.raises(ValueError, match=r"A pattern must have at least one word"):
        hits(STUDY, pattern)


def test_a_codebook_without_actors_or_without_anything_finds_what_there_is():
    assert set(hits(STUDY, Codebook(frames=BOOK.frames))["kind"]) == {"frame"}
    assert hits(STUDY, Codebook()).columns.tolist() == COLUMNS


def test_a_term_that_does_not_occur_has_no_hit():
    assert term_hits(STUDY, ["astronaut", "war of astronauts"]).empty
    assert term_hits(STUDY, "war of words")["text"].tolist() == ["war of words"]


def test_hit_ids_name_place_kind_and_what_was_looked_for():
    (hit,) = hits(tokens_of("Turkey."), Codebook(names=BOOK.names))["hit_id"]
    assert hit == "d0:0-6:name:Türkiye/Turkey"
    assert hits(tokens_of("War!"), "war")["hit_id"].tolist() == ["d0:0-3:pattern:war"]
    assert term_hits(tokens_of("War!"), ["war"])["hit_id"].tolist() == ["d0:0-3:term:war"]


# ── in parts ─────────────────────────────────────────────────────────────────────────────────────────────────────────

TERMS = ["war", "sphere of influence", "no war", "russia"]
ASKED = {
    "a codebook": lambda tokens, where: hits(tokens, BOOK, where=where),
    "patterns": lambda tokens, where: hits(tokens, PATTERNS, where=where),
    "terms": lambda tokens, where: term_hits(tokens, TERMS, where=where),
}


@settings(max_examples=15, deadline=None)
@given(CORPORA, NUMBERS, NUMBERS, st.sampled_from([None, {"zone": "all"}, {"voice": "author"}]))
def test_hits_of_parts_are_those_of_the_whole(corpus, bounds, order, where):
    whole, parts = tokenize(corpus), cut(corpus, bounds, order)
    for ask in ASKED.values():
        pd.testing.assert_frame_equal(ask(parts, where), ask(whole, where))
    for own, every in zip(hit_spans(parts, BOOK, where=where), hit_spans(whole, BOOK, where=where), strict=True):
        assert own.tolist() == every.tolist()


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("where", [*WHERES, {"year": 9}, {"speaker": "Putin"}])
def test_a_part_may_lack_what_is_asked_for(ask, where):
    pd.testing.assert_frame_equal(ask(singles(STUDY.corpus), where), ask(STUDY, where))


def test_a_layer_of_ones_own_is_a_column_of_the_hits_of_parts():
    spans = pd.DataFrame({"doc_id": ["d0"], "start": [0], "end": [40]})
    part = STUDY.with_layer("mine", spans)
    assert hits(part, "war").columns.tolist() == [*COLUMNS[:23], "mine", *COLUMNS[23:]]


def test_layers_that_no_hit_needs_are_not_computed():
    tokens = tokens_of("“War”, he said.")
    assert hits(tokens, "peace").columns.tolist() == COLUMNS
    assert hits(tokens, "peace")["sentence"].dtype == hits(STUDY, "war")["sentence"].dtype
    assert not {"voice", "sentence"} & set(tokens._computed)


@pytest.mark.parametrize("patterns", ["{agent} war", ["war", "{target}"]])
def test_a_slot_without_a_codebook_is_refused(patterns):
    with pytest.raises(ValueError, match=r"A pattern must have no slot where no codebook lists actors"):
        hits(STUDY, patterns)


def test_a_term_of_too_many_words_is_refused():
    with pytest.raises(ValueError, match=r"terms must have up to 5 words with one blank in between; got 'a b c d e f'"):
        term_hits(STUDY, "a b c d e f")


# ── evidence ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_evidence_agrees_on_group_and_item_and_ignores_the_numbers():
    found = hits(STUDY, BOOK)
    row = {"outlet": "A", "voice": "author", "frame": "war", "count": 5, "total": 1, "documents": 7, "sha256": ""}
    behind = evidence(found, row)
    assert set(behind["doc_id"]) == {"d0", "d1"}
    assert behind["frame"].unique().tolist() == ["war"]
    assert behind["voice"].unique().tolist() == ["author"]


def test_evidence_of_a_whole_table_is_refused():
    table = pd.DataFrame({"frame": ["war", "peace"]})
    with pytest.raises(ValueError, match=r"row must be one row of a table; got a table of 2. Choose one"):
        evidence(hits(STUDY, BOOK), table)


@pytest.mark.parametrize("row", [None, 2, "war", next(pd.DataFrame({"frame": ["war"]}).itertuples())])
def test_evidence_of_what_is_no_row_is_refused(row):
    with pytest.raises(ValueError, match=r"row must be one row of a table; got a \w+. Choose one: table.iloc\[0\]."):
        evidence(hits(STUDY, BOOK), row)


def test_evidence_in_what_are_no_hits_is_refused():
    with pytest.raises(ValueError, match=r"hits must be a table; got a list. Give it a result of hits."):
        evidence(["war"], {"frame": "war"})


def test_hits_of_another_selection_are_no_evidence():
    row = {"outlet": "A", "frame": "war", "count": 99}
    with pytest.raises(ValueError, match=r"the hits must be those that the row counts, 99; \d+ of them belong to it"):
        evidence(hits(STUDY, BOOK), row)


@pytest.mark.parametrize(
    "row", [{"year": "", "frame": "war"}, {"year": None, "frame": "war"}, {"outlet": "", "frame": "war"}]
)
def test_an_empty_group_is_a_group(row):
    assert evidence(hits(STUDY, BOOK), row)["doc_id"].unique().tolist() == ["d4"]


@pytest.mark.parametrize("year", ["9", 9, 9.0])
def test_a_number_is_a_group_however_it_is_written(year):
    assert set(evidence(hits(STUDY, BOOK), {"year": year, "frame": "war"})["doc_id"]) == {"d0", "d2"}


def test_a_row_of_a_table_can_be_given_as_it_is():
    table = pd.DataFrame({"frame": ["spheres"], "count": [3]})
    assert len(evidence(hits(STUDY, BOOK), table.iloc[0])) == 3


def test_a_row_without_a_key_is_refused():
    with pytest.raises(
        ValueError, match=r"row must have a column that says which hits are meant; got 'count', 'share'"
    ):
        evidence(hits(STUDY, BOOK), {"count": 1, "share": 0.5})


LONG = """
import resource
import pandas as pd
from discourse.corpus import Corpus
from discourse.counts import hits
from discourse.tokens import tokenize

tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["the sea was calm and nobody sailed there " * 120_000]})))
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
table = hits(tokens, "sea")
assert len(table) == 120_000
assert set(map(len, table["sentence_text"])) == {120_000 * 41 - 1}
"""


def test_a_document_without_full_stops_has_its_hits_in_little_memory():
    # One sentence of 5 MB and 120,000 hits in it: 600 GB, were it written out for each.
    done = subprocess.run([sys.executable, "-c", LONG], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_sentences_that_rows_share_are_those_written_out(monkeypatch):
    frame = pd.DataFrame({"text": ["War and war. No war.", "Peace.", "War and peace and war."]})
    tokens = tokenize(Corpus.from_frame(frame))
    plain = hits(tokens, "war")
    monkeypatch.setattr(rows, "COPIED", 0)
    monkeypatch.setattr(rows, "COPIES", 0)
    shared = hits(tokens, "war")
    assert (plain.dtypes["sentence_text"], shared.dtypes["sentence_text"]) == ("str", "object")
    pd.testing.assert_frame_equal(shared.astype({"sentence_text": "str"}), plain)
    assert plain["sentence_text"].tolist() == ["War and war."] * 2 + ["No war."] + ["War and peace and war."] * 2
