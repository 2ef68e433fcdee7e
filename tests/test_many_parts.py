"""Every public function that takes tokens says the same of one part, of a saved corpus of many, and of a cluster."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from counts.parts import cut
from counts.samples import BOOK, STUDY
from distributed import Client, LocalCluster

import discourse as d
from discourse.codebook import Codebook
from discourse.tokens import Encoded, Tokens, tokenize

ALL, SOME = slice(None), slice(1, None, 3)
SAVED_ONLY = {"on_cluster"}  # hands a saved corpus to workers
PATTERN = "containment|war|sphere*"
GROUPS = [None, "outlet", ["outlet", "voice"], ["author", "zone"], "doc_id", "paragraph", "speaker"]
WHERES = [None, {"zone": "all"}, {"voice": "author"}, {"doc_id": "FIRST"}]

Ask = Callable[[Encoded, Codebook], Any]


def of_all(function: Callable[..., Any], by: Sequence[object], **how: object) -> list[Ask]:
    """Ask about each kind of group, and about each choice of tokens."""
    asked = [{"by": each} for each in by] + [{"by": by[1], "where": where} for where in WHERES]
    return [lambda t, b, own=own: function(t, **with_book(b, how), **named(t, own)) for own in asked]


def with_book(book: Codebook, how: Mapping[str, object]) -> dict[str, object]:
    return {name: book if value is BOOK else value for name, value in how.items()}


def named(tokens: Encoded, how: Mapping[str, Any]) -> dict[str, Any]:
    """Conditions with the name of the first document, which is in one part only."""
    first = {"doc_id": tokens.documents.index[0]}
    return {name: first if value == {"doc_id": "FIRST"} else value for name, value in how.items()}


def of_where(function: Callable[..., Any], **how: object) -> list[Ask]:
    return [lambda t, b, w=w: function(t, **with_book(b, how), **named(t, {"where": w})) for w in WHERES]


NO_VOICE = [None, "outlet", ["author", "zone"], "doc_id", "paragraph"]
QUESTIONS: dict[str, list[Ask]] = {
    "ambiguous_names": of_where(d.ambiguous_names, codebook=BOOK),
    "bootstrap_intervals": [
        lambda t, b: d.bootstrap_intervals(t, codebook=b, by="outlet", draws=19, seed=1),
        lambda t, b: d.bootstrap_intervals(t, terms=5, by=["outlet", "voice"], draws=19, seed=1),
    ],
    "coding_sheet": [
        lambda t, b: d.coding_sheet(t, b, hits=4, near_misses=3, non_hits=3, seed=2),
        lambda t, b: d.coding_sheet(t, b, hits=4, by="outlet", where={"zone": "all"}),
    ],
    "collocates": [
        *of_where(d.collocates, node=PATTERN, window=(3, 2), min_count=1),
        lambda t, b: d.collocates(t, PATTERN, min_count=1, measures=["mi3", "z_score", "dice"]),
    ],
    "comparison_design": [lambda t, b: d.comparison_design(t, by="outlet")] * 2,
    "concordance": [
        *of_where(d.concordance, pattern=PATTERN, width=3),
        lambda t, b: d.concordance(t, PATTERN, sample=3, seed=1, context="sentence"),
    ],
    "corpus_overview": [lambda t, b: d.corpus_overview(t)] * 2,
    "dispersion": [
        *(lambda t, b, p=p: d.dispersion(t, parts=p) for p in ("document", "paragraph", "sentence", 7)),
        lambda t, b: d.dispersion(t, measures=["juilland_d", "rosengren_s", "carroll_d2"]),
    ],
    "frame_actor_hits": of_where(d.frame_actor_hits, codebook=BOOK),
    "frame_actors": of_all(d.frame_actors, GROUPS, codebook=BOOK),
    "frame_counts": of_all(d.frame_counts, GROUPS, codebook=BOOK),
    "frame_frequencies": of_all(d.frame_frequencies, GROUPS, codebook=BOOK),
    "frame_positions": of_where(d.frame_positions, codebook=BOOK),
    "hits": [*of_where(d.hits, patterns=BOOK), *of_where(d.hits, patterns=[PATTERN, "the"])],
    "keyness": [
        lambda t, b: d.keyness(t, by="outlet", min_count=1, min_documents=1),
        lambda t, b: d.keyness(t, by="voice", tokens_as_sample=True),
        lambda t, b: d.keyness(t, by="author", ngram=2, where={"zone": "all"}, min_documents=1),
    ],
    "lexical_diversity": of_all(d.lexical_diversity, NO_VOICE[:4]),
    "name_habits": of_all(d.name_habits, [None, "outlet", ["outlet", "author"]], codebook=BOOK),
    "name_shares": of_all(d.name_shares, GROUPS, codebook=BOOK),
    "naming_distance": of_all(d.naming_distance, ["author", "outlet", ["outlet", "voice"]], codebook=BOOK),
    "pattern_frequencies": of_all(d.pattern_frequencies, GROUPS, patterns=["containment", "war"]),
    "permutation_test": [
        lambda t, b: d.permutation_test(t, b, by="outlet"),
        lambda t, b: d.permutation_test(t, b, by="author", alternative="greater", seed=1),
    ],
    "similarity": [
        lambda t, b, m=m, by=by: d.similarity(t, measure=m, by=by)
        for m in ("cosine", "jaccard", "burrows_delta")
        for by in (None, "outlet")
    ],
    "speaker_cues": of_where(d.speaker_cues),
    "speech_hits": of_where(d.speech_hits),
    "spotlight": of_where(d.spotlight, pattern=PATTERN, codebook=BOOK),
    "term_counts": [*of_all(d.term_counts, GROUPS), *of_all(d.term_counts, ["outlet", "voice"], ngram=3)],
    "term_frequencies": [
        *of_all(d.term_frequencies, GROUPS, leave_one_out=True),
        *of_all(d.term_frequencies, [None, "zone"], ngram=2),
    ],
    "term_hits": of_where(d.term_hits, terms=["war", "no war", "the", "russia"]),
    "voice_passages": [lambda t, b: d.voice_passages(t)],
    "voice_shares": of_all(d.voice_shares, NO_VOICE),
    "voice_sheet": [lambda t, b: d.voice_sheet(t, each=5, by="outlet"), lambda t, b: d.voice_sheet(t, b, seed=2)],
}


def takers() -> set[str]:
    """The public functions with a parameter for tokens, whatever else they take."""
    functions = {name: getattr(d, name) for name in d.__all__ if inspect.isfunction(getattr(d, name))}
    parameters = {name: inspect.signature(own).parameters.values() for name, own in functions.items()}
    return {name for name, own in parameters.items() if any(_is_tokens(parameter) for parameter in own)}


def _is_tokens(parameter: inspect.Parameter) -> bool:
    return parameter.name == "tokens" or any(kind in str(parameter.annotation) for kind in ("Tokens", "Encoded"))


def test_no_public_function_is_forgotten():
    assert takers() == set(QUESTIONS) | SAVED_ONLY


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_function_promises_what_it_does(name):
    first = next(iter(inspect.signature(getattr(d, name)).parameters.values()))
    assert (first.name, first.annotation.split(" | ")[0]) == ("tokens", "Encoded")


# ── what is asked ────────────────────────────────────────────────────────────────────────────────────────────────────


def in_thirds(tokens: Tokens, folder: Path) -> Encoded:
    """The same corpus, saved in three parts."""
    for own in np.array_split(np.arange(len(tokens.documents)), 3):
        tokenize(tokens.corpus.subset(tokens.documents.index[own])).save(folder, append=True)
    return d.open_tokens(folder)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Tokens, Encoded, Codebook]]:
    """Two corpora with their codebooks, whole and in three saved parts."""
    study, folder = d.read_study("seeds"), tmp_path_factory.mktemp("saved")
    whole = {"sample": (STUDY, BOOK), "study": (study.tokens, study.codebook)}
    return {name: (own, in_thirds(own, folder / name), book) for name, (own, book) in whole.items()}


@pytest.fixture(scope="module")
def machines() -> Iterator[Client]:
    """Two workers that are processes of their own."""
    how = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": ":0", "silence_logs": 50}
    with LocalCluster(**how) as cluster, Client(cluster, set_as_default=False) as client:
        yield client


def same(name: str, encoded: Encoded, whole: Encoded, book: Codebook, asks: slice = slice(None)) -> None:
    """Ask both the same, and compare to the last bit."""
    for ask in QUESTIONS[name][asks]:
        for one, other in zip(tables(ask(encoded, book)), tables(ask(whole, book)), strict=True):
            pd.testing.assert_frame_equal(one, other, check_exact=True)
            assert one.attrs == other.attrs


def tables(answer: pd.DataFrame | d.Counts) -> list[pd.DataFrame]:
    """A table, or all that counts say."""
    if isinstance(answer, pd.DataFrame):
        return [answer]
    matrix = pd.DataFrame(answer.matrix.toarray(), columns=answer.items)
    return [answer.cells.assign(total=answer.totals), matrix, answer.documents]


# ── the same answers ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize(("corpus", "asks"), [("sample", ALL), ("study", SOME)])
def test_a_saved_corpus_of_three_parts_says_what_one_part_says(corpus, asks, name, corpora):
    whole, shards, book = corpora[corpus]
    assert isinstance(shards, d.Shards)
    same(name, shards, whole, book, asks)


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_document_may_be_a_part_and_neighbours_are_put_together_in_any_order(name):
    same(name, cut(STUDY.corpus, [1, 2, 3, 4], [2, 0, 1]), STUDY, BOOK, SOME)


@pytest.fixture(scope="module")
def with_empty_parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tokens, Encoded]:
    """The sample with two documents without words, whole and with each of these in a saved part of its own."""
    rows = STUDY.corpus.documents.assign(text=[STUDY.corpus.text(own) for own in STUDY.corpus.documents.index])
    empty = rows.iloc[:1].assign(text="").set_axis(["empty"])
    blank = rows.iloc[-1:].assign(text=" \n\n").set_axis(["blank"])
    parts, folder = [empty, rows.iloc[:2], blank, rows.iloc[2:]], tmp_path_factory.mktemp("saved") / "empty"
    for part in parts:
        tokenize(d.read_corpus(part)).save(folder, append=True)
    return tokenize(d.read_corpus(pd.concat(parts))), d.open_tokens(folder)


@pytest.mark.parametrize("name", QUESTIONS)
def test_parts_without_words_change_nothing(name, with_empty_parts):
    whole, shards = with_empty_parts
    same(name, shards, whole, BOOK, SOME)


def test_a_cluster_says_what_one_part_says(corpora, machines):
    whole, shards, book = corpora["sample"]
    for name in QUESTIONS:
        same(name, d.on_cluster(shards, machines), whole, book, SOME)


# ── the same mistakes ────────────────────────────────────────────────────────────────────────────────────────────────


def mistakes() -> list[tuple[str, str]]:
    taken = {name: inspect.signature(getattr(d, name)).parameters for name in QUESTIONS}
    return [(name, argument) for name, own in taken.items() for argument in ("by", "where") if argument in own]


@pytest.mark.parametrize(("name", "argument"), mistakes())
def test_a_mistake_is_answered_as_by_one_part(name, argument, corpora):
    whole, shards, book = corpora["sample"]
    wrong = {"by": "outlt", "where": {"author": "nobody"}}[argument]
    needed = {"codebook": book, "pattern": "war", "patterns": "war", "terms": ["war"], "node": "war", "seed": 1}
    if name == "bootstrap_intervals":
        del needed["codebook"]
    if argument == "where" and name in ("keyness", "naming_distance"):
        needed["by"] = "outlet"
    own = inspect.signature(getattr(d, name)).parameters
    given = {key: value for key, value in needed.items() if key in own} | {argument: wrong}
    with pytest.raises(ValueError, match=r"outlt|nobody") as by_one:
        getattr(d, name)(whole, **given)
    with pytest.raises(ValueError, match=r"outlt|nobody") as by_many:
        getattr(d, name)(shards, **given)
    assert str(by_many.value) == str(by_one.value)
