"""Both sides of each comparison do the same work. Nothing is timed."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from discourse import Tokens, hits, tokenize

from . import compiled, counting, finding, memory, saving, scoring, texts
from .contenders import Contender, Rounds, compared, tokenizers
from .expressions import WORD
from .tasks import TASKS

PLAIN = ["war and peace and war and peace", "peace of mind", "no more war"]


def text_of(*documents: str) -> texts.Text:
    frame = {"doc_id": [str(i) for i in range(len(documents))], "text": pa.array(documents, pa.large_string())}
    return texts.Text(pa.table(frame))


def found(contenders: list[Contender]) -> dict[str, dict[str, float]]:
    return {name: one["found"] for name, one in compared(contenders, Rounds(1)).items()}


@pytest.fixture(scope="module")
def some() -> texts.Text:
    """Messages of two centuries."""
    table = texts.read_text(12).table
    return texts.Text(table.take(list(range(0, len(table), 16))))


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for module in (texts, compiled, saving):
        monkeypatch.setattr(module, "CACHE", tmp_path)


def words(tokens: Tokens, document: int) -> list[str]:
    own = tokens.ids[tokens.doc_offsets[document] : tokens.doc_offsets[document + 1]]
    return tokens.types["token"].to_numpy(object)[own[tokens.type_is_word[own]]].tolist()


def test_the_expression_for_words_finds_the_words_of_the_package(some: texts.Text):
    hard = (
        "U.S.-led, e.g. 3.74% of Türkiye’s multi-vector o'clock JF-17 (A.B.), x.y1 rock-'n'-roll 5½ 1.2.3. Mr.X I.O.U."
    )
    text = text_of(*some.strings, hard)
    tokens = tokenize(text.corpus)
    for number, string in enumerate(text.strings):
        assert re.findall(WORD, string) == words(tokens, number)


def test_tokens_are_counted_by_all_sides_alike(some: texts.Text):
    counts = found(counting.matrix(some))
    ours = {counts[f"discourse ({name})"]["counted"] for name in tokenizers()}
    assert ours == {counts["CountVectorizer, our tokens"]["counted"]}
    # The engine of nltk takes no fraction such as ½ for part of a word.
    halves = sum(len(re.findall("[½¼]", string)) for string in some.strings)
    assert 0 <= ours.pop() - counts["nltk RegexpTokenizer + FreqDist"]["counted"] <= halves


def test_pairs_are_the_same_where_nothing_ends_them():
    counts = found(counting.bigrams(text_of(*PLAIN)))
    assert set(map(tuple, (one.values() for one in counts.values()))) == {(10, 8)}


def test_lines_are_as_many_for_us_and_for_re(some: texts.Text):
    lines = {name: one["lines"] for name, one in found(finding.lines(some)).items()}
    expressions = {lines.pop("re, ignoring case"), lines.pop("re, a literal in lower-cased text")}
    assert expressions == {lines["text order"]} == {lines["sorted by three words to the right"]}
    assert lines["text order"] > 100
    indexed, building = lines["nltk.Text, indexed before"], lines["nltk.Text, building its index"]
    assert 0.9 * lines["text order"] < indexed == building <= lines["text order"]


def test_lines_show_the_same_places():
    string = "A Government of laws, self-government; the government's ungoverned governments. Government"
    ours = finding.concordance(tokenize(text_of(string).corpus), finding.WORD, sort="")
    theirs = [node for _, node, _ in finding.by_expression([string])]
    assert ours["node"].tolist() == ["Government", "self-government", "government's", "Government"]
    assert theirs == [node for _, node, _ in finding.by_literal([string])]
    assert theirs == ["Government", "government", "government", "Government"]


def test_there_are_fifty_phrases_and_each_occurs():
    listed = finding.phrases()
    assert len(set(listed)) == 50
    counts = finding.count_from_text(tokenize, texts.read_text(12).corpus, finding.codebook(listed))
    assert sorted(counts.items) == sorted(listed)
    assert np.asarray(counts.matrix.sum(axis=0)).min() > 0


def test_phrases_are_found_at_the_same_places(some: texts.Text):
    listed = finding.phrases()
    table = hits(tokenize(some.corpus), listed)
    numbers = some.corpus.documents.index.get_indexer(pd.Index(table["doc_id"]))
    ours = set(zip(numbers.tolist(), table["start"], table["end"], strict=True))
    theirs = finding.by_alternation(some.strings, listed)
    assert theirs == finding.by_alternation_of_lower(some.strings, listed)
    assert len(ours) > 150
    assert len(ours ^ set(theirs)) <= 0.02 * len(ours)


def test_the_loop_in_c_finds_the_tokens_of_the_package(some: texts.Text):
    plain = [string.encode("ascii", "ignore").decode() for string in some.strings]
    text = text_of(
        *plain, "U.S.-led, e.g. 3.74% a.b.c. o'clock-- x.y1 1.2.3. 'tis -- \x7f\x01 " + 80 * "long-", "", "A", "b"
    )
    tokens = tokenize(text.corpus)
    for printed in printed_by_loop(text):
        assert [int(n) for n in printed.split()[1:4]] == [len(tokens), len(tokens.types), tokens.starts.sum(dtype=int)]


def printed_by_loop(text: texts.Text) -> list[str]:
    """What the program prints, once where there is a compiler."""
    return [contender.call() for contender in compiled.compiled_loop(text)]


def test_encoding_takes_at_least_the_memory_of_its_result():
    tokens = tokenize(texts.read_text(12).corpus)
    # In a process of its own: this one may have room left over from other tests.
    for name in tokenizers():
        assert memory.peak_of("12", name) > 0.9 * (tokens.ids.nbytes + tokens.starts.nbytes)


def test_a_process_that_encodes_a_file_tells_all_that_it_takes(some: texts.Text):
    peak = memory.peak_of(str(some.parquet))
    assert 50 * texts.MEGABYTE < peak < memory.LIMIT


def test_counts_for_keyness_are_the_same_each_time_and_every_term_occurs():
    counts, again = (scoring.zipf_counts(terms=1000, words=20_000) for _ in range(2))
    assert (counts.matrix != again.matrix).nnz == 0
    assert np.asarray(counts.matrix.sum(axis=0)).min() >= 1
    assert counts.matrix.sum() == pytest.approx(21_000, rel=0.05)


@pytest.mark.parametrize("name", sorted(set(TASKS) - {"keyness", "memory"}))
def test_every_task_runs_on_a_few_documents(name: str, some: texts.Text):
    contenders = TASKS[name].build(some.head(2))
    assert len({contender.name for contender in contenders}) == len(contenders)
    for one in compared(contenders, Rounds(2)).values():
        assert len(one["seconds"]) == 2
        assert min(one["seconds"]) >= 0


def test_contenders_take_turns_and_slow_ones_run_once():
    calls: list[str] = []
    pair = [
        Contender("quick", lambda: calls.append("quick"), warm=True),
        Contender("slow", lambda: calls.append("slow"), reported=lambda _: 9.0),
    ]
    measured = compared(pair, Rounds(3, once_above=5))
    assert calls == ["quick", "quick", "slow", "quick", "quick"]
    assert measured["slow"] == {"ours": False, "seconds": [9.0], "found": {}}


def test_what_is_prepared_is_not_timed():
    contender = Contender("sum", sum, prepare=lambda: ([1, 2],), found=lambda answer: {"sum": answer})
    assert contender.take()[1] == {"sum": 3}
