"""Both kernels against a slow tokenizer that anyone can read, on every kind of text we could think of."""

import subprocess
import sys
import unicodedata
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from unittest import mock

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from babel import Locale, localedata
from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus import Corpus
from discourse.tokens import tokenize
from discourse.tokens.scanning import assembly, compiled, vectorized
from discourse.tokens.scanning import scan as front
from discourse.tokens.scanning.characters import APOSTROPHES, HYPHENS
from discourse.tokens.scanning.scan import scan

each_kernel = pytest.mark.parametrize("kernel", ["numpy", "numba"])

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
    pairs = list(zip(found.starts.tolist(), found.tokens(), strict=True))
    return [pairs[a:b] for a, b in pairwise(found.doc_offsets)]


def expected(texts):
    return [[(len(text[:i].encode()), token) for i, token in Reference(text).tokens()] for text in texts]


def same(one, other):
    """Whether two scans agree in everything."""
    arrays = all(np.array_equal(getattr(one, name), getattr(other, name)) for name in one._fields[:3])
    return arrays and one.types.equals(other.types)


@contextmanager
def pages_of(size):
    """Kernels that work on pages of some bytes, and begin with a hash table of one slot."""
    with (
        mock.patch.object(vectorized, "PAGE_BYTES", size),
        mock.patch.object(compiled, "PAGE_BYTES", size),
        mock.patch.object(compiled, "FIRST_SLOTS", 1),
    ):
        yield


@each_kernel
@pytest.mark.parametrize(("text", "tokens"), EDGES.items())
def test_edge_cases_are_cut_as_the_definition_says(text, tokens, kernel):
    assert [token for _, token in Reference(text).tokens()] == tokens
    assert scanned([text], kernel=kernel) == expected([text])


TRICKY = st.text("aZé1٣.-'’‐‑＇ \n\u00ad\u200b\u0301界😀“US$", max_size=40)
SIZES = st.sampled_from([1, 7, 64, 1 << 20])


@each_kernel
@given(st.lists(st.text(max_size=60) | TRICKY, max_size=6), SIZES, SIZES, st.integers(1, 4))
def test_any_unicode_in_any_blocks_and_threads_is_cut_as_the_reference_cuts_it(kernel, texts, block, page, threads):
    with pages_of(page):
        assert scanned(texts, kernel=kernel, block_bytes=block, threads=threads) == expected(texts)


@each_kernel
@given(st.lists(TRICKY, max_size=5))
def test_every_token_is_the_slice_that_its_offset_names(kernel, texts):
    for text, tokens in zip(texts, scanned(texts, kernel=kernel), strict=True):
        for start, token in tokens:
            assert text.encode()[start:].startswith(token.encode())


@given(st.lists(TRICKY, max_size=5), SIZES, st.integers(1, 4))
def test_types_are_numbered_as_the_text_has_them_whatever_cuts_it(texts, size, threads):
    array = pa.array(texts, pa.large_string())
    plain = scan(array, kernel="numpy", threads=1)
    assert plain.types.to_pylist() == list(dict.fromkeys(plain.tokens()))
    with pages_of(size):
        assert all(same(plain, scan(array, kernel=k, block_bytes=size, threads=threads)) for k in ("numpy", "numba"))


@each_kernel
def test_documents_that_touch_do_not_share_a_token(kernel):
    texts = ["", "multi", "-vector", "U.", "S.", "", "", "3", ".5", ""]
    assert scanned(texts, kernel=kernel) == expected(texts)


@each_kernel
@pytest.mark.parametrize("size", [50, 1 << 20])
def test_every_script_is_cut_as_the_reference_cuts_it(size, kernel):
    assert len(SAMPLES) >= 40
    with pages_of(size):
        assert scanned(SAMPLES, kernel=kernel, block_bytes=4 * size) == expected(SAMPLES)


def names_of(identifier):
    """What a language calls languages, countries and months (from Babel, which JupyterLab brings along)."""
    locale = Locale.parse(identifier)
    months = locale.months["format"]["wide"].values()
    return " ".join([*months, *list(locale.languages.values())[:25], *list(locale.territories.values())[:25]])


@each_kernel
def test_every_language_that_packages_know_is_cut_as_the_reference_cuts_it(kernel):
    texts = [names_of(name) for name in localedata.locale_identifiers() if "_" not in name]
    assert len(texts) > 300
    assert scanned(texts, kernel=kernel, block_bytes=1 << 16, threads=2) == expected(texts)


ASSIGNED = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs")]


def parts(character):
    """What becomes of a character between two letters."""
    if unicodedata.category(character)[0] in "LMN" or character in APOSTROPHES + HYPHENS + ".":
        return [f"a{character}b"]
    return ["a", "b"] if unicodedata.category(character)[0] in "ZC" else ["a", character, "b"]


@each_kernel
def test_every_assigned_character_is_what_its_category_says(kernel):
    assert len(ASSIGNED) > 140_000
    text = " ".join(f"a{character}b" for character in ASSIGNED)
    tokens = scan(pa.array([text], pa.large_string()), kernel=kernel).tokens()
    assert tokens == [token for character in ASSIGNED for token in parts(character)]


@each_kernel
def test_a_slice_of_an_array_is_cut_like_a_copy_of_it(kernel):
    whole = pa.array(["one two", "three", "fóur five", "six"], pa.large_string())
    found = scan(whole.slice(1, 2), kernel=kernel)
    assert found.tokens() == ["three", "fóur", "five"]
    assert found.starts.tolist() == [0, 0, 6]
    assert found.doc_offsets.tolist() == [0, 1, 3]


LONG = [
    letter * size + tail
    for letter in "aé"
    for size in (3, 4, 7, 8, 9, 12, 15, 16, 17, 24, 25, 33, 63, 64, 65, 99)
    for tail in "xy"
]


@each_kernel
def test_long_words_are_told_apart_by_every_byte(kernel):
    text = " ".join([*LONG, *LONG])
    assert scanned([text], kernel=kernel) == expected([text])
    assert scan(pa.array([text], pa.large_string()), kernel=kernel).types.to_pylist() == LONG


@each_kernel
def test_a_word_longer_than_any_page_or_block_stays_whole(kernel):
    word = "wörd" * 200_000
    text = f"a {word}x b {word}y c {word}x"
    found = scan(pa.array([text, word], pa.large_string()), kernel=kernel, block_bytes=1 << 16, threads=2)
    assert found.types.to_pylist() == ["a", f"{word}x", "b", f"{word}y", "c", word]
    assert found.ids.tolist() == [0, 1, 2, 3, 4, 1, 5]


@each_kernel
def test_a_document_larger_than_a_block_is_cut_inside(kernel):
    text = "U.S.-led war, “é.é.” 3.74界\u2003"
    once = scan(pa.array([text], pa.large_string()), kernel=kernel)
    found = scan(pa.array([text * 20_000], pa.large_string()), kernel=kernel, block_bytes=10_000, threads=3)
    assert found.tokens() == once.tokens() * 20_000
    step = np.repeat(np.arange(20_000) * len(text.encode()), len(once.ids))
    assert np.array_equal(found.starts, np.tile(once.starts, 20_000) + step)


@pytest.mark.parametrize(("words", "pages"), [(25, 1), (28, 1), (48, 2), (53, 2)])
def test_what_is_left_over_of_a_block_is_no_page_of_its_own(monkeypatch, words, pages):
    made, joined = [], vectorized.joined
    monkeypatch.setattr(vectorized, "PAGE_BYTES", 100)
    monkeypatch.setattr(vectorized, "joined", lambda *block: made.append(block) or joined(*block))
    texts = pa.array(["one " * words], pa.large_string())
    assert len(scan(texts, kernel="numpy", threads=1).ids) == words
    assert len(made) == pages


@each_kernel
def test_more_types_than_the_table_has_room_for(kernel):
    words = [f"w{i:x}" for i in range(150_000)]
    found = scan(pa.array([" ".join(words), " ".join(words[::-1])], pa.large_string()), kernel=kernel)
    assert found.types.to_pylist() == words
    assert found.ids.tolist() == [*range(150_000), *range(150_000)[::-1]]


def test_no_documents_have_no_tokens():
    for kernel in ("numpy", "numba"):
        found = scan(pa.array([], pa.large_string()), kernel=kernel)
        assert (len(found.ids), found.doc_offsets.tolist(), len(found.types)) == (0, [0], 0)
        found = scan(pa.array(["", ""], pa.large_string()), kernel=kernel)
        assert (len(found.ids), found.doc_offsets.tolist(), len(found.types)) == (0, [0, 0, 0], 0)


@each_kernel
def test_arrays_have_the_stated_types_and_hold_nothing_else(kernel):
    found = scan(pa.array(["one two"] * 9999, pa.large_string()), kernel=kernel, block_bytes=999)
    assert [array.dtype.name for array in found[:3]] == ["int32", "uint32", "int64"]
    assert found.types.type == pa.large_string()
    assert all(array.base is None for array in found[:2])


def test_a_document_whose_offsets_do_not_fit_is_named(monkeypatch):
    monkeypatch.setattr(front, "LONGEST", 5)
    with pytest.raises(ValueError, match=r"shorter than 4 GiB; document 1 has 6 bytes\. Cut it into several\."):
        scan(pa.array(["short", "longer"], pa.large_string()))
    with pytest.raises(ValueError, match="document 'b' has 6 bytes"):
        tokenize(Corpus.from_frame(pd.DataFrame({"text": ["short", "longer"]}, index=["a", "b"])))


@each_kernel
def test_more_tokens_than_ids_can_count_are_refused(monkeypatch, kernel):
    monkeypatch.setattr(assembly, "MOST_TOKENS", 2)
    assert len(scan(pa.array(["one two"], pa.large_string()), kernel=kernel, block_bytes=4).ids) == 2
    with pytest.raises(ValueError, match=r"at most 2 tokens; these texts have more\. Encode them as shards"):
        scan(pa.array(["one two", "three"], pa.large_string()), kernel=kernel, block_bytes=4)


# Which kernel


@pytest.fixture
def used(monkeypatch):
    """The modules that are imported for a kernel."""
    names = []
    monkeypatch.setattr(front, "import_module", lambda name: names.append(name) or compiled)
    return names


def test_the_compiled_kernel_is_taken_for_much_text_or_once_it_is_loaded(monkeypatch, used):
    texts = pa.array(["one two three"], pa.large_string())
    monkeypatch.setitem(sys.modules, "discourse.tokens.scanning.compiled", compiled)
    scan(texts)
    assert used == ["discourse.tokens.scanning.compiled"]
    scan(texts, kernel="numpy")
    monkeypatch.delitem(sys.modules, "discourse.tokens.scanning.compiled")
    scan(texts)
    assert len(used) == 1
    monkeypatch.setattr(front, "WORTH_LOADING", 13)
    scan(texts)
    assert len(used) == 2


def test_without_numba_the_other_kernel_is_taken_or_the_extra_is_named(monkeypatch, used):
    monkeypatch.setattr(front, "find_spec", lambda name: None)
    monkeypatch.setattr(front, "WORTH_LOADING", 0)
    texts = pa.array(["one two three"], pa.large_string())
    assert scan(texts).tokens() == ["one", "two", "three"]
    assert used == []
    with pytest.raises(ModuleNotFoundError, match=r'not installed\. Run: pip install "discourse-contrast\[fast\]"'):
        scan(texts, kernel="numba")


def test_an_unknown_kernel_is_refused():
    with pytest.raises(ValueError, match="kernel must be one of 'auto', 'numpy', 'numba'; got 'nunba'"):
        scan(pa.array(["one"], pa.large_string()), kernel="nunba")


def test_less_than_one_thread_or_byte_is_refused():
    texts = pa.array(["one"], pa.large_string())
    for wrong in (0, "2", 1.5):
        with pytest.raises(ValueError, match=rf"^threads must be a whole number, 1 or more; got {wrong!r}\. Leave"):
            scan(texts, threads=wrong)
    with pytest.raises(ValueError, match=r"^block_bytes must be a whole .* got -1\. Leave it out for 1,048,576\.$"):
        scan(texts, kernel="numpy", block_bytes=-1)


def test_small_texts_do_not_load_numba():
    code = "from discourse.tokens.scanning.scan import scan; scan(pa.array(['one'], pa.large_string()))"
    code = f"import sys, pyarrow as pa; {code}; sys.exit('numba' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
