"""What every table promises: its columns, its order, its evidence, its flags, and that it changes nothing."""

from __future__ import annotations

import copy
import itertools
import pickle
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from counts.parts import Parts, singles
from counts.samples import BOOK, BYS, CORPORA, STUDY, WHERES, corpus_of
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse import tables
from discourse.codebook import Codebook
from discourse.corpus import Corpus
from discourse.corpus.documents import ORIGIN, TAKEN
from discourse.counts import Counts, evidence, frame_counts, hits, name_counts, term_counts, term_hits
from discourse.tables import (
    collocates,
    concordance,
    corpus_overview,
    dispersion,
    frame_actor_hits,
    frame_actors,
    frame_frequencies,
    frame_positions,
    keyness,
    lexical_diversity,
    name_shares,
    similarity,
    term_frequencies,
    voice_shares,
)
from discourse.tokens import open_tokens, tokenize

RATES = "count total per_1k"
COLUMNS = {
    "term_frequencies": f"term {RATES} low high interval documents n_documents rank dp dp_norm flags",
    "frame_frequencies": f"frame {RATES} low high interval documents n_documents flags",
    "name_shares": "referent name count total share low high interval documents n_documents flags",
    "frame_actors": "frame actor role rule count total share expected log_odds documents n_documents flags",
    "voice_shares": "voice count total share low high interval documents n_documents flags",
}
GROUPED = {
    "term_frequencies": lambda tokens, by, where=None: term_frequencies(tokens, by=by, where=where),
    "frame_frequencies": lambda tokens, by, where=None: frame_frequencies(tokens, BOOK, by=by, where=where),
    "name_shares": lambda tokens, by, where=None: name_shares(tokens, BOOK, by=by, where=where),
    "frame_actors": lambda tokens, by, where=None: frame_actors(tokens, BOOK, by=by, where=where),
    "voice_shares": lambda tokens, by, where=None: voice_shares(tokens, by=by, where=where),
}
ITEMS = {
    "term_frequencies": ["term"],
    "frame_frequencies": ["frame"],
    "name_shares": ["referent", "name"],
    "frame_actors": ["frame", "actor", "role"],
    "voice_shares": ["voice"],
}
ABOUT = "outlet author year source lines sha256"
WHOLE = {
    "keyness": (
        lambda tokens: keyness(tokens, by="outlet", min_count=1, min_documents=1),
        "outlet reference term count_target total_target documents_target count_reference total_reference "
        "documents_reference per_1k_target per_1k_reference log_likelihood p_value log10_p p_adjusted log_ratio "
        "log_ratio_low log_ratio_high interval p_documents p_documents_adjusted log_odds log_odds_z flags",
    ),
    "concordance": (
        lambda tokens: concordance(tokens, "war"),
        f"hit_id doc_id left node right voice marking speaker zone sentence {ABOUT}",
    ),
    "collocates": (
        lambda tokens: collocates(tokens, "war", min_count=1),
        "term count expected log_likelihood mi t_score log_dice documents n_documents node_count term_count total "
        "flags",
    ),
    "dispersion": (dispersion, "term count total range n_parts dp dp_norm juilland_d"),
    "lexical_diversity": (
        lambda tokens: lexical_diversity(tokens, by="outlet"),
        "outlet types total n_documents type_token_ratio mattr mtld hdd yule_k flags",
    ),
    "similarity": (similarity, "a b similarity n_documents_a n_documents_b flags"),
    "corpus_overview": (
        corpus_overview,
        f"doc_id {ABOUT} words prose_words sentences paragraphs types quoted_share",
    ),
    "frame_positions": (
        lambda tokens: frame_positions(tokens, BOOK),
        f"doc_id frame position words voice hit_id {ABOUT}",
    ),
    "frame_actor_hits": (
        lambda tokens: frame_actor_hits(tokens, BOOK),
        "hit_id doc_id start end text kind frame actor referent name pattern term agent target negated voice marking "
        f"speaker zone section sentence sentence_start sentence_text {ABOUT} role",
    ),
}


# ── columns and order ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("by", BYS, ids=str)
@pytest.mark.parametrize("name", list(GROUPED))
def test_group_columns_come_first_and_the_others_are_those_promised(name, by):
    by = None if name == "voice_shares" and "voice" in (by or "") else by
    table = GROUPED[name](STUDY, by)
    groups = [by] if isinstance(by, str) else list(by or [])
    assert table.columns.tolist() == [*groups, *COLUMNS[name].split()]
    assert table.index.equals(pd.RangeIndex(len(table)))
    assert not table.duplicated([*groups, *ITEMS[name]]).any()
    assert all(isinstance(value, str) for value in table[groups].to_numpy().ravel())


@pytest.mark.parametrize("name", WHOLE)
def test_columns_are_exactly_those_promised(name):
    make, columns = WHOLE[name]
    assert make(STUDY).columns.tolist() == columns.split()
    assert make(STUDY).index.equals(pd.RangeIndex(len(make(STUDY))))


@pytest.mark.parametrize("name", [*GROUPED, *WHOLE])
def test_a_corpus_without_documents_or_words_gives_the_same_columns_and_no_hits(name):
    for texts in ([], [""], ["  “ , ” "]):
        tokens = tokenize(corpus_of([(text, "A", "x", 1) for text in texts]))
        if name == "keyness":
            with pytest.raises(ValueError, match=r"keyness compares groups with words; 'outlet' has 0"):
                WHOLE[name][0](tokens)
            continue
        table = GROUPED[name](tokens, "outlet") if name in GROUPED else WHOLE[name][0](tokens)
        assert table.columns.tolist()[-1] == (COLUMNS[name] if name in COLUMNS else WHOLE[name][1]).split()[-1]
        assert "count" not in table or not table["count"].any()


@pytest.mark.parametrize("name", GROUPED)
def test_one_document_alone_is_its_own_whole(name):
    table = GROUPED[name](tokenize(STUDY.corpus.subset(["d0"])), None)
    assert set(table["n_documents"]) == {1}
    assert table["flags"].str.contains("single_document").all()


@settings(max_examples=12, deadline=None)
@given(CORPORA, st.randoms(use_true_random=False), st.sampled_from(sorted(GROUPED)), st.sampled_from(["outlet", None]))
def test_shuffling_documents_changes_nothing(corpus, random, name, by):
    ids = list(corpus.documents.index)
    random.shuffle(ids)
    shuffled = GROUPED[name](tokenize(corpus.subset(ids)), by)
    pd.testing.assert_frame_equal(GROUPED[name](tokenize(corpus), by), shuffled)


# ── counts and their evidence ────────────────────────────────────────────────────────────────────────────────────────


def all_hits(name, tokens, table, where):
    if name == "term_frequencies":
        return term_hits(tokens, table["term"].unique(), where=where)
    return (frame_actor_hits if name == "frame_actors" else hits)(tokens, BOOK, where=where)


def assert_counts_are_evidence(name, tokens, by, where):
    table = GROUPED[name](tokens, by, where)
    found = all_hits(name, tokens, table, where)
    behind = [evidence(found, row) for _, row in table.iterrows()]
    assert [len(rows) for rows in behind] == table["count"].tolist()
    assert [rows["doc_id"].nunique() for rows in behind] == table["documents"].tolist()


@pytest.mark.parametrize("where", WHERES, ids=str)
@pytest.mark.parametrize("by", BYS, ids=str)
@pytest.mark.parametrize("name", ["term_frequencies", "frame_frequencies", "name_shares", "frame_actors"])
def test_a_count_is_the_number_of_its_evidence_and_documents_are_theirs(name, by, where):
    assert_counts_are_evidence(name, STUDY, by, where)


@settings(max_examples=15, deadline=None)
@given(
    CORPORA,
    st.sampled_from(["frame_frequencies", "name_shares", "frame_actors"]),
    st.sampled_from(BYS),
    st.sampled_from([None, {"zone": "all"}, {"voice": "author"}]),
)
def test_a_count_is_the_number_of_its_evidence_in_any_corpus(corpus, name, by, where):
    assert_counts_are_evidence(name, tokenize(corpus), by, where)


@pytest.mark.parametrize("ngram", [2, 3, 4, 5])
@pytest.mark.parametrize("by", ["outlet", ["author", "voice"]], ids=str)
def test_a_count_of_sequences_is_the_number_of_its_evidence(ngram, by):
    table = term_frequencies(STUDY, by=by, ngram=ngram)
    found = term_hits(STUDY, table["term"].unique())
    assert [len(evidence(found, row)) for _, row in table.iterrows()] == table["count"].tolist()


def test_a_layer_of_ones_own_groups_and_filters_with_its_evidence():
    spans = pd.DataFrame({"doc_id": ["d0", "d1"], "start": [10, 20], "end": [60, 70]})
    tokens = STUDY.with_layer("mine", spans)
    for by, where in itertools.product(["mine", ["outlet", "mine"]], [None, {"mine": "yes"}]):
        for name in ("term_frequencies", "frame_frequencies", "frame_actors"):
            assert_counts_are_evidence(name, tokens, by, where)


@pytest.mark.parametrize("by", ["outlet", "voice", "author", "year"])
def test_both_counts_of_keyness_have_their_evidence(by):
    table = keyness(STUDY, by=by, min_count=1, min_documents=1)
    found = term_hits(STUDY, table["term"].unique())
    groups = set(table[by])
    for row in table.to_dict("records"):
        own = evidence(found, row)
        rest = pd.concat([evidence(found, row | {by: other}) for other in groups - {row[by]}])
        assert (len(own), own["doc_id"].nunique()) == (row["count_target"], row["documents_target"])
        assert (len(rest), rest["doc_id"].nunique()) == (row["count_reference"], row["documents_reference"])


@pytest.mark.parametrize("where", WHERES, ids=str)
@pytest.mark.parametrize("pattern", ["war", "sphere* of ~2 influence", "no|not", "* war"])
def test_a_concordance_has_as_many_lines_as_there_are_hits(pattern, where):
    lines = concordance(STUDY, pattern, where=where)
    assert sorted(lines["hit_id"]) == sorted(hits(STUDY, pattern, where=where)["hit_id"])


@pytest.mark.parametrize("by", BYS, ids=str)
@pytest.mark.parametrize("name", [name for name in GROUPED if name != "frame_actors"])
def test_groups_add_up_to_the_whole(name, by):
    by = None if name == "voice_shares" and "voice" in (by or "") else by
    items = ITEMS[name]
    parts = GROUPED[name](STUDY, by).groupby(items)["count"].sum()
    whole = GROUPED[name](STUDY, None).groupby(items)["count"].sum()
    pd.testing.assert_series_equal(parts, whole)


@pytest.mark.parametrize("by", ["outlet", "author", "year"])
def test_counts_made_before_give_the_same_table(by):
    counts = term_counts(STUDY, by=["outlet", "voice"])
    pd.testing.assert_frame_equal(term_frequencies(counts, by=by), term_frequencies(STUDY, by=by))
    framed = frame_counts(STUDY, BOOK, by="voice")
    pd.testing.assert_frame_equal(frame_frequencies(framed, by=by), frame_frequencies(STUDY, BOOK, by=by))
    pd.testing.assert_frame_equal(similarity(counts, by=by), similarity(term_counts(STUDY), by=by))


def test_counts_are_grouped_by_what_they_were_counted_by_unless_told_otherwise():
    counts = term_counts(STUDY, by=["outlet", "voice"])
    assert term_frequencies(counts).columns.tolist()[:2] == ["outlet", "voice"]
    assert term_frequencies(counts, by="voice").columns.tolist()[:2] == ["voice", "term"]


# ── flags ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", [*GROUPED, *(n for n, (_, c) in WHOLE.items() if c.endswith("flags"))])
def test_flags_are_known_sorted_and_separated_by_a_blank(name):
    table = GROUPED[name](STUDY, "outlet") if name in GROUPED else WHOLE[name][0](STUDY)
    assert len(table)
    for flags in table["flags"]:
        names = flags.split(" ")
        assert names == sorted(set(names))
        assert set(names) <= set(tables.FLAGS)


# ── ordered categories ───────────────────────────────────────────────────────────────────────────────────────────────

TIERS = ["low", "mid", "high"]
BY_GROUP = {
    "name_habits": lambda tokens: tables.name_habits(tokens, BOOK, by="tier"),
    "naming_distance": lambda tokens: tables.naming_distance(tokens, BOOK, by="tier"),
    "speaker_cues": lambda tokens: tables.speaker_cues(tokens, by="tier"),
    "lexical_diversity": lambda tokens: lexical_diversity(tokens, by="tier"),
    "bootstrap_intervals": lambda tokens: tables.bootstrap_intervals(tokens, codebook=BOOK, by="tier", seed=1),
    "comparison_design": lambda tokens: tables.comparison_design(tokens, by="tier"),
    "permutation_test": lambda tokens: tables.permutation_test(tokens, BOOK, by="tier"),
    "keyness": lambda tokens: keyness(tokens, by="tier", reference="each", min_count=1, min_documents=1),
    "similarity": lambda tokens: similarity(tokens, by="tier"),
    "pattern_frequencies": lambda tokens: tables.pattern_frequencies(tokens, "war", by="tier"),
    "term_counts": lambda tokens: term_counts(tokens, by="tier").to_frame().reset_index(),
    **{name: lambda tokens, call=call: call(tokens, ["tier", "zone"]) for name, call in GROUPED.items()},
}


def tiers(*names, order=TIERS):
    about = pd.Categorical(names, order, ordered=True) if order else list(names)
    ids = [f"{name}{i}" for i, name in enumerate(names)]
    texts = [TEXT, "No war, and Turkey is near. War."] * len(names)
    frame = pd.DataFrame({"doc_id": ids, "text": texts[: len(names)], "tier": about})
    return tokenize(Corpus.from_frame(frame))


@pytest.mark.parametrize("table", BY_GROUP)
def test_groups_stand_in_the_order_of_their_categories_in_one_part_as_in_many(table, tmp_path):
    # The same by names whose letters have that order.
    names = dict(zip(TIERS, ["1 low", "2 mid", "3 high"], strict=True))
    given = ["high", "low", "mid", "high"]
    expected = BY_GROUP[table](tiers(*(names[name] for name in given), order=None))
    expected = expected.replace({value: name for name, value in names.items()})
    whole = tiers(*given)
    whole.save(tmp_path / "one")
    for corpus in (whole, singles(whole.corpus), open_tokens(tmp_path / "one")):
        found = BY_GROUP[table](corpus)
        assert found.astype("str").to_numpy().tolist() == expected.astype("str").to_numpy().tolist()


def test_findings_tell_groups_in_the_order_of_their_categories():
    table = name_shares(tiers("high", "high", "low", "low"), BOOK, by="tier")
    told = next(text for text in tables.findings(table) if "low says" in text)
    assert told.index("low says") < told.index("high says")


def test_parts_with_other_categories_stand_by_letters():
    parts = Parts([tiers("low", "mid"), tiers("high", order=["high", "low"])])
    assert voice_shares(parts, by="tier")["tier"].unique().tolist() == ["high", "low", "mid"]
    assert term_frequencies(parts, by="tier")["tier"].unique().tolist() == ["high", "low", "mid"]


# ── nothing that is known of documents is lost ───────────────────────────────────────────────────────────────────────

TEXT = """The sphere of influence is Russia’s, and containment of Russia means war, the envoy warned. “Peace is near,”
said Ada Lind. Türkiye calls the special operation a war."""
NAMED_TWICE = Codebook(
    BOOK.frames, BOOK.actors, {**BOOK.names, "a fight": {"war": replace(BOOK.names["the war"]["war"], key="a fight")}}
)
JOINED = {
    "hits": lambda tokens: hits(tokens, BOOK),
    "term_hits": lambda tokens: term_hits(tokens, ["war"]),
    "concordance": lambda tokens: concordance(tokens, "war"),
    "frame_actor_hits": lambda tokens: frame_actor_hits(tokens, BOOK),
    "speech_hits": tables.speech_hits,
    "ambiguous_names": lambda tokens: tables.ambiguous_names(tokens, NAMED_TWICE),
    "spotlight": lambda tokens: tables.spotlight(tokens, "war", BOOK),
    "frame_positions": lambda tokens: frame_positions(tokens, BOOK),
    "corpus_overview": corpus_overview,
}


@pytest.mark.parametrize("table", JOINED)
def test_a_column_of_documents_with_the_name_of_one_of_the_table_is_kept_beside_it(table):
    plain = JOINED[table](tokenize(Corpus.from_frame(pd.DataFrame({"text": [TEXT, TEXT]}))))
    clash = [name for name in plain if name not in (*TAKEN, *ORIGIN)]
    about = {name: [f"{name} of {i}" for i in range(2)] for name in clash}
    found = JOINED[table](tokenize(Corpus.from_frame(pd.DataFrame({"text": [TEXT, TEXT]} | about))))
    assert len(plain) > 1
    assert len(clash) > 2
    pd.testing.assert_frame_equal(found[list(plain)], plain)
    assert found.columns.is_unique
    for name in clash:
        assert found[f"{name}_document"].tolist() == [f"{name} of {doc_id}" for doc_id in found["doc_id"]]


COMPARED = {
    "keyness": lambda tokens, by: keyness(tokens, by=by, min_count=1, min_documents=1),
    "comparison_design": lambda tokens, by: tables.comparison_design(tokens, by=by),
    "permutation_test": lambda tokens, by: tables.permutation_test(tokens, BOOK, by=by),
    "lexical_diversity": lambda tokens, by: lexical_diversity(tokens, by=by),
    "speaker_cues": lambda tokens, by: tables.speaker_cues(tokens, by=by),
    "name_habits": lambda tokens, by: tables.name_habits(tokens, BOOK, by=by),
    "bootstrap_intervals": lambda tokens, by: tables.bootstrap_intervals(tokens, codebook=BOOK, by=by, seed=1),
    **GROUPED,
}


@pytest.mark.parametrize("table", COMPARED)
def test_no_groups_have_the_name_of_a_column_of_the_table(table):
    about = {"author": list("AABB"), "text": [TEXT] * 4}
    plain = COMPARED[table](tokenize(Corpus.from_frame(pd.DataFrame(about | {"outlet": list("AABB")}))), "outlet")
    for name in plain.columns.difference(["outlet", *TAKEN]):
        tokens = tokenize(Corpus.from_frame(pd.DataFrame(about | {name: list("AABB")})))
        with pytest.raises(ValueError, match=f"by must not name a column .*; got '{name}'"):
            COMPARED[table](tokens, name)


@pytest.mark.parametrize("by", ["group", "within", "start_frame", "hit_id_x", "place"])
def test_columns_of_documents_may_have_names_that_tables_use_inside(by):
    corpora = [Corpus.from_frame(pd.DataFrame({"text": [TEXT, TEXT], name: ["A", "B"]})) for name in (by, "outlet")]
    one, other = map(tokenize, corpora)
    for name, call in GROUPED.items():
        assert call(one, by).rename(columns={by: "outlet"}).equals(call(other, "outlet")), name
    for name, call in JOINED.items():
        assert call(one).rename(columns={by: "outlet"}).equals(call(other)), name


# ── nothing that is given is changed ─────────────────────────────────────────────────────────────────────────────────

CALLS = {
    **{
        f"{name} by {by}": lambda t, b, name=name, by=by: GROUPED[name](t, by)
        for name in GROUPED
        for by in ("outlet", "year")
    },
    **{name: lambda t, b, name=name: WHOLE[name][0](t) for name in WHOLE},
    "frame_frequencies of a codebook": lambda t, b: frame_frequencies(t, b, by=["outlet", "speaker"]),
    "frame_actors of a codebook": lambda t, b: frame_actors(t, b, by="voice"),
    "name_shares of a codebook": lambda t, b: name_shares(t, b),
    "term_counts": lambda t, b: term_counts(t, by="voice", ngram=2, where={"zone": "all"}),
    "frame_counts": lambda t, b: frame_counts(t, b, by="voice"),
    "name_counts": lambda t, b: name_counts(t, b),
    "hits": lambda t, b: hits(t, b),
    "hits of patterns": lambda t, b: hits(t, ["war", "* of"], where={"voice": "author"}),
    "term_hits": lambda t, b: term_hits(t, ["war", "war of"]),
    "concordance by sentence": lambda t, b: concordance(t, "war", context="sentence", sample=2, seed=1, sort="1L2L"),
    "similarity by outlet": lambda t, b: similarity(t, by="outlet", measure="burrows_delta"),
    "dispersion over sentences": lambda t, b: dispersion(t, parts="sentence"),
}


def state(tokens, codebook, extra=None):
    """Everything that a call is given, as bytes; lazily made layers may come, none may change."""
    corpus = tokens.corpus
    arrays = [tokens.ids, tokens.starts, tokens.doc_offsets, tokens.char_starts, tokens.term_codes]
    layers = [
        (name, tokens.layer(name).starts, tokens.layer(name).codes) for name in ("voice", "zone", "sentence", "speaker")
    ]
    frames = [tokens.types, corpus.documents, corpus.zones]
    return pickle.dumps(
        [[a.tobytes() for a in arrays], layers, [f.to_csv() for f in frames], codebook, corpus.texts, extra]
    )


@pytest.mark.parametrize("call", CALLS)
def test_a_call_changes_nothing_that_it_is_given(call):
    tokens, codebook = tokenize(STUDY.corpus), copy.deepcopy(BOOK)
    before = state(tokens, codebook)
    first = CALLS[call](tokens, codebook)
    assert state(tokens, codebook) == before
    if isinstance(first, pd.DataFrame) and len(first):
        first.iloc[:] = first.iloc[0]
        pd.testing.assert_frame_equal(CALLS[call](tokens, codebook), CALLS[call](STUDY, BOOK))


@pytest.mark.parametrize(
    "call",
    [
        term_frequencies,
        lambda counts: term_frequencies(counts, by="year"),
        lambda counts: keyness(counts, by="outlet", min_count=1, min_documents=1),
        lambda counts: similarity(counts, measure="jaccard"),
        lambda counts: counts + counts,
        lambda counts: counts.grouped("outlet").top_document,
        lambda counts: counts.to_frame(),
    ],
)
def test_a_call_changes_no_counts(call):
    counts = term_counts(STUDY, by=["outlet", "voice"])

    def parts():
        frames = [counts.cells.to_csv(), counts.documents.to_csv()]
        return pickle.dumps([counts.matrix, frames, list(counts.items), counts.totals])

    before = parts()
    call(counts)
    assert parts() == before


def test_evidence_and_makers_of_counts_change_nothing():
    found, row = hits(STUDY, BOOK), pd.Series({"outlet": "A", "frame": "war", "count": 6})
    matrix, frame = np.array([[1, 0]]), pd.DataFrame({"term": ["b", "a"], "count": [1, 2]})
    documents = pd.DataFrame({"outlet": ["A"]})
    before = pickle.dumps([found.to_csv(), row, matrix, frame, documents])
    evidence(found, row)
    Counts.from_matrix(matrix, ["b", "a"], documents)
    Counts.from_frame(frame)
    assert pickle.dumps([found.to_csv(), row, matrix, frame, documents]) == before


# ── bad input ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", GROUPED)
def test_an_unknown_column_is_answered_with_the_nearest(name):
    with pytest.raises(ValueError, match=r"by must be one of .*; got 'outlt'. Did you mean 'outlet'"):
        GROUPED[name](STUDY, "outlt")
    with pytest.raises(ValueError, match=r"a key of where must be one of .*; got 'voise'. Did you mean 'voice'"):
        GROUPED[name](STUDY, None, {"voise": "author"})
    with pytest.raises(ValueError, match=r"where\['author'\] must name values that occur; got 'z'"):
        GROUPED[name](STUDY, None, {"author": "z"})


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda c: term_frequencies(c, where={"voice": "author"}), "where"),
        (lambda c: term_frequencies(c, ngram=2), "ngram"),
        (lambda c: keyness(c, by="outlet", where={"voice": "author"}), "where"),
        (lambda c: keyness(c, by="outlet", ngram=2), "ngram"),
        (lambda c: frame_frequencies(c, where={"voice": "author"}), "where"),
        (lambda c: frame_frequencies(c, BOOK), "codebook"),
    ],
)
def test_counts_take_no_argument_that_they_were_made_with(call, name):
    with pytest.raises(ValueError, match=rf"{name} has no effect on counts made before; got .*Give it where you count"):
        call(term_counts(STUDY))


@pytest.mark.parametrize("name", GROUPED)
def test_a_group_column_named_like_one_of_the_table_is_refused(name):
    own = "voice" if name == "voice_shares" else "share" if name == "frame_actors" else "rank"
    documents = STUDY.corpus.documents.assign(share="1", rank="1")
    tokens = tokenize(Corpus(documents, STUDY.corpus.zones, STUDY.corpus.texts))
    with pytest.raises(ValueError, match=f"by must not name a column that the table has itself; got '{own}'"):
        GROUPED[name](tokens, ["outlet", own])


@pytest.mark.parametrize("name", [name for name in GROUPED if name != "voice_shares"])  # these count no hits
def test_a_group_column_named_like_one_of_the_hits_is_refused(name):
    documents = STUDY.corpus.documents.assign(agent="1")
    tokens = tokenize(Corpus(documents, STUDY.corpus.zones, STUDY.corpus.texts))
    with pytest.raises(ValueError, match=r"by must not name a column that hits have themselves; got 'agent'. Rename"):
        GROUPED[name](tokens, ["outlet", "agent"])


def test_tokens_need_a_codebook():
    with pytest.raises(ValueError, match=r"codebook must be given with tokens. Read one with read_codebook"):
        frame_frequencies(STUDY)


@pytest.mark.parametrize("name", ["frame_frequencies", "frame_actors", "name_shares"])
def test_an_empty_codebook_gives_an_empty_table_with_all_columns(name):
    function = getattr(tables, name)
    table = function(STUDY, Codebook(), by="outlet")
    assert table.columns.tolist() == ["outlet", *COLUMNS[name].split()]
    assert table.empty


def test_frames_without_actors_are_all_unbound():
    table = frame_actors(STUDY, Codebook(frames={"war": BOOK.frames["war"]}))
    assert table[["actor", "role", "share"]].to_numpy().tolist() == [["", "none", 1.0]]
