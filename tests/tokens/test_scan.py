"""The kernel against a slow tokenizer that anyone can read, on every kind of text we could think of."""

import unicodedata
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens import numbering
from discourse.tokens.scan import APOSTROPHES, HYPHENS, scan

SAMPLES = (Path(__file__).parent / "data" / "udhr.tsv").read_text("utf-8").splitlines()

EDGES = {
    "": [],
    " \n\t\u00a0\u200b\ufeff\u00ad": [],
    "U.S.": ["U.S."],
    "The U.S. and U.S.-led": ["The", "U.S.", "and", "U.S.-led"],
    "U.S.Army": ["U.S", ".", "Army"],
    "e.g. 3.74 and 3. 74": ["e.g.", "3.74", "and", "3", ".", "74"],
    "J. R. Smith": ["J", ".", "R", ".", "Smith"],
    "J.R.R. Tolkien": ["J.R.R.", "Tolkien"],
    "end.Next a.b.cd": ["end", ".", "Next", "a.b", ".", "cd"],
    "US$ 1,000": ["US", "$", "1", ",", "000"],
    "Russia’s Russia's neighbours’ fears": ["Russia’s", "Russia's", "neighbours", "’", "fears"],
    "multi-vector multi‑vector multi‐vector": ["multi-vector", "multi‑vector", "multi‐vector"],
    "pre- and post-war -x- --": ["pre", "-", "and", "post-war", "-", "x", "-", "-", "-"],
    "rock-'n'-roll": ["rock", "-", "'", "n", "'", "-", "roll"],
    "JF-17 2025–26": ["JF-17", "2025", "–", "26"],
    "multi\u00advector zero\u200bwidth": ["multi", "vector", "zero", "width"],
    "cafe\u0301 नमस्ते": ["cafe\u0301", "नमस्ते"],
    "😀👍🏽 ok": ["😀", "👍", "🏽", "ok"],
    "“Türkiye”…": ["“", "Türkiye", "”", "…"],
    "a_b @x #y": ["a", "_", "b", "@", "x", "#", "y"],
    "٣٫١٤ ½ Ⅷ": ["٣", "٫", "١٤", "½", "Ⅷ"],
}


def is_word(character):
    return character != "" and unicodedata.category(character)[0] in "LMN"


def kind(character, letter):
    return character != "" and unicodedata.category(character)[0] == letter


class Reference:
    """The definition, character by character: obviously right and very slow."""

    def __init__(self, text):
        self.text = text
        self.inner = [self.inner_dot(i) for i in range(len(text))]
        self.inner = [self.inner[i] or self.last_dot(i) for i in range(len(text))]
        joined = [self.joiner(i) for i in range(len(text))]
        self.inner = [a or b for a, b in zip(self.inner, joined, strict=True)]

    def at(self, i):
        return self.text[i] if 0 <= i < len(self.text) else ""

    def one_letter(self, i, outward):
        return kind(self.at(i), "L") and not is_word(self.at(i + outward))

    def inner_dot(self, i):
        number = kind(self.at(i - 1), "N") and kind(self.at(i + 1), "N")
        return self.at(i) == "." and (number or (self.one_letter(i - 1, -1) and self.one_letter(i + 1, 1)))

    def last_dot(self, i):
        after_initials = self.one_letter(i - 1, -1) and self.at(i - 2) == "." and self.inner_dot(i - 2)
        return self.at(i) == "." and after_initials and not is_word(self.at(i + 1))

    def belongs(self, i):
        return 0 <= i < len(self.text) and (is_word(self.text[i]) or self.inner[i])

    def joiner(self, i):
        return self.text[i] in APOSTROPHES + HYPHENS and self.belongs(i - 1) and self.belongs(i + 1)

    def tokens(self):
        found, i = [], 0
        while i < len(self.text):
            end = i
            while self.belongs(end):
                end += 1
            if end > i:
                found.append((i, self.text[i:end]))
            elif unicodedata.category(self.text[i])[0] not in "ZC":
                found.append((i, self.text[i]))
            i = max(end, i + 1)
        return found


def scanned(texts, **options):
    """Tokens of each document with their byte offsets."""
    found = scan(pa.array(texts, pa.large_string()), **options)
    tokens = [found.types[i] for i in found.ids]
    pairs = list(zip(found.starts.tolist(), tokens, strict=True))
    return [pairs[a:b] for a, b in zip(found.doc_offsets[:-1], found.doc_offsets[1:], strict=True)]


def expected(texts):
    return [[(len(text[:i].encode()), token) for i, token in Reference(text).tokens()] for text in texts]


@pytest.mark.parametrize(("text", "tokens"), EDGES.items())
def test_edge_cases_are_cut_as_the_definition_says(text, tokens):
    assert [token for _, token in Reference(text).tokens()] == tokens
    assert scanned([text]) == expected([text])


TRICKY = st.text("aZé1٣.-'’‐‑＇ \n\u00ad\u200b\u0301界😀“US$", max_size=40)


@given(st.lists(st.text(max_size=60) | TRICKY, max_size=6), st.sampled_from([1, 7, 64, 1 << 20]))
def test_any_unicode_in_any_blocks_is_cut_as_the_reference_cuts_it(texts, block_bytes):
    assert scanned(texts, block_bytes=block_bytes) == expected(texts)


@given(st.lists(TRICKY, max_size=5))
def test_every_token_is_the_slice_that_its_offset_names(texts):
    for text, tokens in zip(texts, scanned(texts), strict=True):
        for start, token in tokens:
            assert text.encode()[start:].startswith(token.encode())


def test_documents_that_touch_do_not_share_a_token():
    assert scanned(["multi", "-vector", "U.", "S.", "", "3", ".5"]) == expected(
        ["multi", "-vector", "U.", "S.", "", "3", ".5"]
    )


@pytest.mark.parametrize("block_bytes", [50, 1 << 20])
def test_every_script_is_cut_as_the_reference_cuts_it(block_bytes):
    assert len(SAMPLES) >= 40
    assert scanned(SAMPLES, block_bytes=block_bytes) == expected(SAMPLES)


def test_a_slice_of_an_array_is_cut_like_a_copy_of_it():
    whole = pa.array(["one two", "three", "fóur five"], pa.large_string())
    found = scan(whole.slice(1))
    assert [found.types[i] for i in found.ids] == ["three", "fóur", "five"]
    assert found.doc_offsets.tolist() == [0, 1, 3]


LONG = [
    letter * size + tail for letter in "aé" for size in (3, 4, 7, 8, 9, 12, 15, 16, 17, 24, 25, 33) for tail in "xy"
]


def test_long_words_are_told_apart_by_every_byte():
    text = " ".join([*LONG, *LONG])
    assert scanned([text]) == expected([text])
    assert sorted(scan(pa.array([text], pa.large_string())).types) == sorted(LONG)


def test_words_with_one_hash_are_still_told_apart(monkeypatch):
    monkeypatch.setattr(numbering, "_MIX", np.uint64(0))  # every long word now has the hash 0
    text = " ".join([*LONG, *LONG])
    assert scanned([text]) == expected([text])


def test_no_documents_have_no_tokens():
    found = scan(pa.array([], pa.large_string()))
    assert (len(found.ids), found.doc_offsets.tolist(), found.types) == (0, [0], [])


def test_arrays_have_the_stated_types():
    found = scan(pa.array(["one two"], pa.large_string()))
    assert [array.dtype.name for array in found[:3]] == ["int32", "uint32", "int64"]
