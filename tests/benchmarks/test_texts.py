"""The text of the benchmark is the same everywhere."""

from __future__ import annotations

from itertools import pairwise

import pyarrow.compute as pc
import pytest

from . import texts


def test_the_source_is_the_text_whose_results_are_published():
    texts.check(12)


def test_another_text_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(texts.DIGESTS, 12, "0")
    with pytest.raises(ValueError, match="The text of 12 MB must have the digest 0; got ac22a8d1"):
        texts.check(12)


def test_a_drawn_text_is_the_same_on_every_machine():
    drawn = texts.resampled(1)["text"].combine_chunks()
    assert texts.digest(drawn) == "fe43ffc60bcbaa925e9001bd370c6971705569cc7ccc41c8ce06b94aecf27798"


def test_a_drawn_text_has_its_size_and_consists_of_paragraphs_of_the_source():
    source = texts.read_text(12).strings
    known = {paragraph for text in source for paragraph in text.split(texts.PARAGRAPH)}
    drawn = texts.resampled(2)
    assert {paragraph for text in drawn["text"].to_pylist() for paragraph in text.split(texts.PARAGRAPH)} <= known
    lengths = pc.binary_length(drawn["text"]).to_pylist()
    assert sum(lengths[:-1]) < 2 * texts.MEGABYTE <= sum(lengths)
    assert drawn["doc_id"].to_pylist()[1] == "drawn-000001"


def test_a_text_that_is_kept_is_the_text_that_was_made(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(texts, "CACHE", tmp_path)
    made, kept = texts.read_text(1), texts.read_text(1)
    assert [path.name for path in tmp_path.iterdir()] == ["sotu-1.arrow"]
    assert made.table.equals(kept.table)


def test_programs_are_given_the_same_documents(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(texts, "CACHE", tmp_path)
    text = texts.read_text(12).head(3)
    joined, offsets = text.files
    edges = memoryview(offsets.read_bytes()).cast("q").tolist()
    written = [joined.read_bytes()[a : b - 1].decode() for a, b in pairwise(edges)]
    assert written == text.strings
