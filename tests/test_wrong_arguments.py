"""Plausible slips: each public function says what it was given, and what to give instead."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import discourse as ds
from discourse.codebook import Codebook, Entry, parse_pattern

FRAME = pd.DataFrame({"text": ["War is near, said Ada Lind.", "Peace."], "outlet": ["A, B", "Б"], "author": ["x", "y"]})
CORPUS = ds.Corpus.from_frame(FRAME)
TOKENS = ds.tokenize(CORPUS)
BOOK = Codebook(
    frames={"war": Entry("frame", "war", (parse_pattern("war"),))},
    names={"war": {"war": Entry("name", "war", (parse_pattern("war"),), "war")}},
)
STUDY = ds.current_study()

# Functions of a corpus and a codebook: each takes both in this order.
OF_BOTH: dict[str, Callable] = {
    "ambiguous_names": ds.ambiguous_names,
    "bootstrap_intervals": lambda tokens, book: ds.bootstrap_intervals(tokens, codebook=book, by="outlet", seed=1),
    "coding_sheet": ds.coding_sheet,
    "frame_actor_hits": ds.frame_actor_hits,
    "frame_actors": ds.frame_actors,
    "frame_counts": ds.frame_counts,
    "frame_frequencies": lambda tokens, book: ds.frame_frequencies(tokens, book, by="outlet"),
    "frame_positions": ds.frame_positions,
    "name_habits": ds.name_habits,
    "name_shares": ds.name_shares,
    "naming_distance": lambda tokens, book: ds.naming_distance(tokens, book, by="outlet"),
    "permutation_test": lambda tokens, book: ds.permutation_test(tokens, book, by="outlet"),
    "spotlight": lambda tokens, book: ds.spotlight(tokens, "war", book),
}
OF_TOKENS: dict[str, Callable] = {
    "collocates": lambda tokens: ds.collocates(tokens, "war"),
    "comparison_design": lambda tokens: ds.comparison_design(tokens, by="outlet"),
    "concordance": lambda tokens: ds.concordance(tokens, "war"),
    "corpus_overview": ds.corpus_overview,
    "dispersion": ds.dispersion,
    "hits": lambda tokens: ds.hits(tokens, BOOK),
    "keyness": lambda tokens: ds.keyness(tokens, by="outlet"),
    "lexical_diversity": ds.lexical_diversity,
    "pattern_frequencies": lambda tokens: ds.pattern_frequencies(tokens, "war"),
    "similarity": ds.similarity,
    "speaker_cues": ds.speaker_cues,
    "speech_hits": ds.speech_hits,
    "term_counts": ds.term_counts,
    "term_frequencies": ds.term_frequencies,
    "term_hits": lambda tokens: ds.term_hits(tokens, ["war"]),
    "voice_passages": ds.voice_passages,
    "voice_shares": ds.voice_shares,
    "voice_sheet": ds.voice_sheet,
} | {name: lambda tokens, call=call: call(tokens, BOOK) for name, call in OF_BOTH.items()}
GIVEN = {
    "study": (STUDY, "got a Study. Pass study.tokens."),
    "corpus": (CORPUS, "got a Corpus. Pass discourse.tokenize(corpus)."),
    "table": (FRAME, "got a DataFrame. Make one: discourse.tokenize(discourse.read_corpus(…))."),
    "path": ("texts/*.txt", "got a str. Make one: discourse.tokenize(discourse.read_corpus(…))."),
}


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the text is what is tested
        call()
    return str(caught.value)


@pytest.mark.parametrize("given", list(GIVEN))
@pytest.mark.parametrize("name", list(OF_TOKENS))
def test_what_is_no_encoded_corpus_is_named_with_what_to_pass(name, given):
    value, remedy = GIVEN[given]
    assert refusal(lambda: OF_TOKENS[name](value)) == f"tokens must be an encoded corpus; {remedy}"


def test_every_function_of_a_corpus_is_asked():
    calls = [name for name in ds.__all__ if "tokens" in getattr(getattr(ds, name), "__annotations__", {})]
    assert sorted({*calls} - {"on_cluster"}) == sorted(OF_TOKENS)


@pytest.mark.parametrize("book", ["a.yaml", {"war": ["war"]}, STUDY, TOKENS], ids=["path", "dict", "study", "tokens"])
@pytest.mark.parametrize("name", list(OF_BOTH))
def test_what_is_no_codebook_is_named_with_what_to_do(name, book):
    message = f"codebook must be one that has been read; got {book!r}. Read it: read_codebook(path)."
    assert refusal(lambda: OF_BOTH[name](TOKENS, book)) == message


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ds.tokenize(FRAME), "corpus must be a Corpus; got a DataFrame. Make one: read_corpus(…)."),
        (lambda: ds.tokenize("War."), "corpus must be a Corpus; got a str. Make one: read_corpus(…)."),
        (lambda: ds.tokenize(STUDY), "corpus must be a Corpus; got a Study. It has tokens: study.tokens."),
        (lambda: ds.repeated_passages(TOKENS), "corpus must be a Corpus; got a Tokens. Make one: read_corpus(…)."),
        (lambda: ds.read_corpus(FRAME["text"]), "got a Series. Give texts in memory as a table: pandas.DataFrame({"),
        (lambda: ds.read_corpus(FRAME.to_numpy()), "got a ndarray. Give texts in memory as a table"),
        (lambda: ds.read_corpus({"text": ["War."]}), "got a dict. Give texts in memory as a table"),
        (lambda: ds.read_corpus(None), "source must be a path, a table or a list of these; got a NoneType."),
        (lambda: ds.read_corpus("One line.\nAnother."), "'One line.\\nAnother.': this is no path. Give texts in"),
        (lambda: ds.read_corpus(["War. " * 2000]), "this is no path. Give texts in memory as a table"),
        (lambda: ds.read_corpus([3]), "'3': this is no path."),
        (lambda: ds.read_corpus(FRAME[:0]), "path_or_frame must hold documents; the table has no rows. Fill it."),
        (lambda: ds.read_study(FRAME), "folder must be the path of one; got a DataFrame. Name that of study.toml."),
        (lambda: ds.read_codebook({}), "path must be that of a codebook; got a dict. Write it to a file first."),
        (lambda: ds.write_codebook(None, "a.yaml"), "codebook must be one that has been read; got None."),
        (lambda: ds.codebook_overview("a.yaml"), "codebook must be one that has been read; got 'a.yaml'."),
    ],
)
def test_what_cannot_be_read_is_said(call, message):
    assert message in refusal(call)


def test_numbers_of_numpy_and_years_are_taken_as_they_come():
    two, frame = np.int64(2), FRAME.assign(year=[2020, 2021])
    tokens = ds.tokenize(ds.Corpus.from_frame(frame))
    equal = pd.testing.assert_frame_equal
    equal(ds.term_frequencies(TOKENS, ngram=two), ds.term_frequencies(TOKENS, ngram=2))
    equal(ds.dispersion(TOKENS, parts=two), ds.dispersion(TOKENS, parts=2))
    equal(*(ds.bootstrap_intervals(TOKENS, terms=number, seed=1) for number in (two, 2)))
    equal(ds.term_frequencies(TOKENS, by=pd.Index(["outlet"])), ds.term_frequencies(TOKENS, by="outlet"))
    keys = partial(ds.keyness, tokens, by="year", min_count=1, min_documents=1)
    equal(keys(target=2020, reference=[np.int64(2021)]), keys(target="2020", reference="2021"))
    dealt = partial(ds.permutation_test, tokens, BOOK, by="year")
    equal(dealt(target=2020, reference=2021), dealt(target="2020", reference=["2021"]))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ds.hits(TOKENS, "codebook.yaml"), "got 'codebook.yaml'. Read a codebook first: read_codebook(path)."),
        (lambda: ds.hits(TOKENS, [Path("a.dic")]), "patterns must be strings; got PosixPath('a.dic')."),
        (lambda: ds.hits(TOKENS, None), "patterns must be a pattern, several, or a codebook; got None. Write 'war*'."),
        (lambda: ds.hits(BOOK, TOKENS), "patterns must be a pattern, several, or a codebook; got Tokens("),
        (lambda: ds.hits(TOKENS, r"\bwar\b"), "looks like a regular expression. Write * for letters, a|b for either."),
        (lambda: ds.concordance(TOKENS, "w(a|o)r"), "looks like a regular expression."),
        (lambda: ds.spotlight(TOKENS, BOOK, "war"), "got a codebook. Give the pattern first, then the codebook."),
        (lambda: ds.concordance(TOKENS, "war", width="10"), "width must be a number of words, 0 or more; got '10'."),
        (lambda: ds.collocates(TOKENS, "war", window=5), "not both 0; got 5. Give (5, 5)."),
        (lambda: ds.term_frequencies(TOKENS, by=1), "must be a column or a list of columns; got 1. Write by='outlet'."),
        (lambda: ds.term_frequencies(TOKENS, by=FRAME["outlet"]), "or a list of columns; got a Series. Write by='out"),
        (lambda: ds.term_frequencies(TOKENS, by={"outlet"}), "must be a column or a list of columns; got a set."),
        (lambda: ds.term_hits(TOKENS, ["War"]), "as in the column `term` of a table; got 'War'. Write 'war'."),
        (lambda: ds.bootstrap_intervals(TOKENS, terms="Said Ada", seed=1), "got 'Said Ada'. Write 'said ada'."),
        (lambda: ds.keyness(TOKENS, by="outlet", min_count=2.5), "min_count must be a whole number, 0 or more; got 2"),
        (lambda: ds.keyness(TOKENS, by="outlet", min_documents=-1), "min_documents must be a whole number, 0 or more;"),
        (lambda: ds.term_frequencies(TOKENS, where={"voice": []}), "where['voice'] must name at least one value; got"),
        (lambda: ds.voice_shares(TOKENS, by=["outlet", "voice"]), "the table has itself; got 'voice'. Leave it out."),
        (lambda: ds.keyness(TOKENS, by=["outlet", "voice"]), "for one voice, count with where={'voice': 'author'}."),
        (lambda: ds.comparison_design(TOKENS, by=["outlet", "voice"]), "for one voice, count with where={'voice': 'au"),
        (lambda: ds.robustness(STUDY, item="war", kind="term", groups="Korybko"), "at least one other; got 'Korybko'."),
    ],
)
def test_what_cannot_be_counted_is_said(call, message):
    assert message in refusal(call)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ds.findings(None), "table must be a table; got a NoneType. Give it a result of this package."),
        (lambda: ds.findings(ds.hits(TOKENS, "war"), by=["outlet"]), "by must name a column of the table whose groups"),
        (lambda: ds.without_stop_words(FRAME), "table must have a column 'term'; it has 'text', 'outlet', 'author'."),
        (lambda: ds.later_copies(FRAME), "passages must have a column 'doc_id_b'; it has"),
        (lambda: ds.codebook_precision(FRAME, None), "hits must have a column 'hit_id'; it has"),
        (lambda: ds.codebook_precision(ds.hits(TOKENS, BOOK), "none.csv"), "none.csv: there is no such file."),
        (lambda: ds.write_coding_sheet(FRAME, "a.csv"), "sheet must have a column 'unit'; it has"),
        (lambda: ds.codebook_validity(FRAME, FRAME), "sheet must have a column 'unit'; it has"),
        (lambda: ds.codebook_validity(ds.coding_sheet(TOKENS, BOOK), FRAME), "codes must have a column 'unit'; it has"),
        (lambda: ds.corrected_frequencies(FRAME, FRAME), "table must have a column 'frame'; it has"),
        (lambda: ds.plots.dispersion(None), "table must be a table; got a NoneType. Give it a result of dispersion."),
    ],
)
def test_a_table_that_is_another_is_said(call, message):
    assert message in refusal(call)


@pytest.mark.parametrize("layer", ["voice", "speaker"])
def test_totals_by_outlet_and_layer_are_the_words_of_that_cell(layer):
    words = TOKENS.frame().query("is_word")
    outlet = CORPUS.documents["outlet"].loc[words["doc_id"]].to_numpy()
    expected = words.groupby([outlet, layer]).size().to_dict()
    by = ["outlet", layer]
    tables = [
        ds.term_frequencies(TOKENS, by=by),
        ds.term_frequencies(TOKENS, by=by, ngram=2),
        ds.frame_frequencies(TOKENS, BOOK, by=by),
        ds.pattern_frequencies(TOKENS, "war", by=by),
        ds.bootstrap_intervals(TOKENS, codebook=BOOK, by=by, seed=1),
        ds.lexical_diversity(TOKENS, by=by),
    ]
    for table in tables:
        assert set(table.groupby(by)["total"].first().items()) <= set(expected.items())
    assert tables[2].groupby(by)["total"].first().to_dict() == expected


@pytest.mark.parametrize("layer", ["voice", "speaker"])
@pytest.mark.parametrize(("call", "item"), [(ds.name_shares, "referent"), (ds.frame_actors, "frame")])
def test_shares_by_outlet_and_layer_are_of_the_hits_of_that_cell(call, item, layer):
    found = ds.hits(TOKENS, BOOK)
    expected = found[found[item] != ""].groupby(["outlet", layer, item]).size()
    table = call(TOKENS, BOOK, by=["outlet", layer])
    told = table[table["total"] > 0].groupby(["outlet", layer, item])["total"].first()
    assert told.to_dict() == expected.to_dict()
    assert len(expected)


def test_groups_of_several_columns_are_told_apart_by_a_dot():
    a = ds.naming_distance(TOKENS, BOOK, by=["outlet", "author"])["a"].tolist()
    assert a == ["A, B · x"] == ds.similarity(TOKENS, by=["outlet", "author"])["a"].tolist()


def test_a_word_that_is_a_frame_and_a_name_is_told_as_two():
    told = ds.findings(ds.hits(TOKENS, BOOK), by="outlet")
    assert [text.partition(":")[0] for text in told] == ["“war (frame)”", "“war (war)”"]


@pytest.mark.parametrize("years", [[2020.0, np.nan], ["2020", None], [2020, ""]])
def test_groups_that_are_numbers_or_missing_are_named_in_findings(years):
    tokens = ds.tokenize(ds.Corpus.from_frame(pd.DataFrame({"text": ["War. War.", "War."], "year": years})))
    told = ds.findings(ds.hits(tokens, "war"), by="year")
    assert told == ["“war”: 3 hits (2020 2 and (no year) 1), all in the author’s own voice."]
    assert ds.findings(ds.spotlight(tokens, "war", BOOK), by="year")[1].startswith("(no year): 1 hit in 1 document")


@pytest.mark.parametrize("texts", [["", ""], ["!!!", "—"], ["", "War."]])
def test_texts_without_words_are_alike_to_nothing_and_drawn_as_nothing(texts):
    tokens = ds.tokenize(ds.read_corpus(pd.DataFrame({"text": texts, "outlet": ["A", "B"]})))
    for measure in ("cosine", "jaccard"):
        table = ds.similarity(tokens, measure=measure)
        assert table["similarity"].isna().tolist() == [True]
        assert [text.get_text() for text in ds.plots.similarity(table).texts] == ["nothing to show"]
    rates = ds.frame_frequencies(tokens, BOOK, by=["outlet", "voice"])
    shown = ds.plots.frame_frequencies(rates).texts
    assert bool(shown) == (texts[1] != "War.")


def test_a_group_without_a_name_is_called_so_in_every_sentence(tmp_path):
    sources = '[[sources]]\npath = "a.txt"\n[[sources]]\npath = "b.txt"\npaper = "B"\n'
    (tmp_path / "study.toml").write_text(f'group = "paper"\ncodebook = "book.yaml"\n{sources}')
    names = "names: {war: {war: [war], fighting: [fight*]}}"
    (tmp_path / "book.yaml").write_text(f"frames: {{war: {{include: [war]}}}}\n{names}\n")
    (tmp_path / "a.txt").write_text("War, war, war and rain.")
    (tmp_path / "b.txt").write_text("Fighting and fights. Rain and more rain and sun.")
    study = ds.read_study(tmp_path)
    keys = ds.keyness(study.tokens, by="paper", min_count=1, min_documents=1)
    told = [
        ds.findings(ds.comparison_design(study.tokens, by="paper"))[0],
        ds.findings(keys)[0],
        *ds.headlines(study)["claim"],
    ]
    assert told[0].startswith("(no paper) against B: 1 document against 1 document.")
    assert told[1].startswith("Only (no paper) has “war” (3 in 1 document).")
    assert told[2].startswith("(no paper) uses “war” at the highest rate (3 hits,")
    assert told[3].startswith("B alone says “fighting” for war (2 of 2 mentions; (no paper) 0 of 3)")


def test_a_report_on_groups_that_cannot_be_compared_is_refused_before_anything_runs(tmp_path):
    (tmp_path / "study.toml").write_text('group = "paper"\n[[sources]]\npath = "a.txt"\npaper = "A"\n')
    (tmp_path / "a.txt").write_text("War.")
    assert refusal(lambda: ds.build_report(tmp_path, tmp_path / "report")) == (
        "study.toml: the report compares groups, and there is one paper only: 'A'. Name another column as group, or "
        "add documents of others."
    )
    (tmp_path / "study.toml").write_text('group = "name"\n[[sources]]\npath = "a.txt"\nname = "A"\n')
    assert refusal(lambda: ds.build_report(tmp_path, tmp_path / "report")) == (
        "study.toml: group must not be 'name', which is a column of the tables of hits. Rename yours."
    )
    assert not (tmp_path / "report").exists()


def test_a_document_column_called_role_gives_way_to_that_of_the_hit():
    tokens = ds.tokenize(ds.Corpus.from_frame(FRAME.assign(role="ours")))
    assert ds.frame_actor_hits(tokens, BOOK)["role"].tolist() == ["none"]


def test_codes_of_another_sheet_are_refused_though_its_units_have_the_same_names(tmp_path):
    texts = [f"War number {i} is near. Peace number {i} holds." for i in range(60)]
    tokens = ds.tokenize(ds.Corpus.from_frame(pd.DataFrame({"text": texts})))
    one, other = (ds.coding_sheet(tokens, BOOK, seed=seed).assign(code="yes") for seed in (1, 2))
    assert set(one["unit"]) == set(other["unit"])
    ds.write_coding_sheet(other, tmp_path / "other.xlsx")
    ds.write_coding_sheet(one, tmp_path / "one.csv")
    for codes in (other, tmp_path / "other.xlsx"):
        told = refusal(partial(ds.codebook_validity, one, codes))
        assert "codes must be of the same sheet; 'u0001' is '" in told
        told = refusal(partial(ds.agreement, {"Anna": tmp_path / "one.csv", "Ben": codes}))
        assert "coders['Ben'] must be of the same sheet; 'u0001' is '" in told
    assert len(ds.codebook_validity(one, tmp_path / "one.csv")) == 1
    mended = one.assign(sentence=["Mended."] * 3 + one["sentence"].tolist()[3:])
    assert len(ds.codebook_validity(one, mended)) == 1


def test_habits_are_no_shares_of_mentions():
    assert "findings needs a table" in refusal(lambda: ds.findings(ds.name_habits(TOKENS, BOOK)))


def test_one_id_is_one_document():
    corpus = ds.Corpus.from_frame(FRAME, id="outlet")
    assert list(corpus.subset("A, B").documents.index) == ["A, B"]


def test_numbers_of_numpy_are_numbers():
    assert len(ds.concordance(TOKENS, "war", width=np.int64(3))) == 1
