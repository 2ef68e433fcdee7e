"""Paragraphs and sentences of many texts at once are those of each: boundaries, endings, marks, abbreviations."""

import random
import re
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens.sentences import endings
from discourse.tokens.sentences.boundaries import BLOCK_BYTES, boundaries
from discourse.tokens.sentences.rules import NUMBERED, OTHERS, STARTERS, TITLES, paragraph_starts, sentence_starts

ROOT = Path(__file__).parents[2]
WORDS = sorted(TITLES | NUMBERED | OTHERS | STARTERS)


def strings(texts):
    return pa.array(texts, pa.large_string())


def one_by_one(texts, split):
    """The rule itself, text by text, in bytes of all."""
    found, base = set(), 0
    for text in texts:
        found.update(base + len(text[:start].encode()) for start in split(text))
        base += len(text.encode())
    return sorted(found)


def agree(texts, block_bytes=BLOCK_BYTES):
    for sentences, split in ((True, sentence_starts), (False, paragraph_starts)):
        found = boundaries(strings(texts), sentences=sentences, block_bytes=block_bytes).tolist()
        assert sorted(set(found)) == one_by_one(texts, split)
        assert found == sorted(found)


# Everything that the rule treats in its own way, and characters of one to four bytes that it does not.
SIGNS = list(".!?…\"“”‘’»«„()[]-–—•*◦ \n\r\t\f\v\x1c\x85\u00a0\u202f\u2028\u3000\u1680\0'/,;:_")
LETTERS = list("aAzZéÉßиИ中\u1026ǅª\u0301\u01301٣²¦æ😀")
CLUSTERS = ["\r\n", "\n\n", "[1]", "[٣]", " »", "\u00a0»", "U.S.", "p.m", "J.", "е.И.", ". . .", "x" * 9, "The", "Word"]
CLUSTERS += ["1. ", "IV. ", "\n\n2. ", "...A"]
TANGLE = st.lists(st.sampled_from(SIGNS + LETTERS + CLUSTERS + WORDS), max_size=40).map("".join)


def pairs(rng, number):
    """A word, a mark, a blank and a word, each in many forms, drawn at random."""
    before = ["", "a ", "“", "(", "\n", "É", "x.", "\u00a0", "é"]
    forms = [*WORDS, "J", "U.S", "p.m", "é.U", "И", "ж.И", "\0", "K.", "١", "x"]
    cases = [str, str.upper, str.lower, str.capitalize, "{}x".format, "x{}".format, "é{}".format, "“{}".format]
    marks = [*".....!?…", "..", "….", ".”", ".[1]", ".)", ".[٣]", "\u1026"]
    blanks = [" ", " ", " ", "", "”", "  ", "\u00a0", "\n", "\n\n", " »", "\r\n", "\u2028 "]
    after = ["{}"] * 5 + ["“{}", "({}", "«{}", "„{}", "{}\0", "{}é", "{}’s", "{}x", "\0{}"]
    words = [*WORDS, *(["1", "٣", "é", "É", ".", "a", "ǅ", "ª", "Zz"] * 10)]
    for _ in range(number):
        word = rng.choice(cases)(rng.choice(forms))
        following = rng.choice(after).format(rng.choice(words))
        yield f"{rng.choice(before)}{word}{rng.choice(marks)}{rng.choice(blanks)}{following}"


def test_a_great_many_pairs_of_words():
    found = list(pairs(random.Random(11), 20_000))
    agree(found)
    agree([" ".join(found[i : i + 50]) for i in range(0, len(found), 50)])


@given(
    st.lists(TANGLE | st.text(max_size=30), max_size=5),
    st.sampled_from([1, 7, 50, BLOCK_BYTES]),
)
def test_many_texts_begin_where_each_does_whatever_stands_in_them(texts, block_bytes):
    agree(texts, block_bytes)


SOURCES = [*sorted((ROOT / "seeds/texts").glob("*.txt")), ROOT / "tests/gold/sentences.txt", *ROOT.glob("docs/*.md")]


def test_shipped_pages_coded_passages_and_documentation():
    agree([path.read_text("utf-8") for path in SOURCES])
    agree(re.split(r"== |\n\n", (ROOT / "tests/gold/sentences.txt").read_text("utf-8")))


def test_every_language_of_the_sample():
    agree((ROOT / "tests/tokens/data/udhr.tsv").read_text("utf-8").splitlines())


def test_prose_with_signs_strewn_into_it():
    rng = np.random.default_rng(7)
    text = (ROOT / "tests/gold/sentences.txt").read_text("utf-8").replace("‖", "")
    pieces = np.array([*SIGNS, *LETTERS, *CLUSTERS, *WORDS], object)
    texts = []
    for place in rng.integers(0, len(text) - 400, 400):
        cuts = [0, *sorted(rng.integers(0, 400, 12)), 400]
        strewn = rng.choice(pieces, len(cuts) - 1)
        part = text[place : place + 400]
        texts.append("".join(part[a:b] + more for a, b, more in zip(cuts[:-1], cuts[1:], strewn, strict=True)))
    agree(texts)
    agree(texts, 1000)


LONG = {
    "blanks after a mark": "One." + " \u2028" * 5000 + "Two. Three.",
    "closing marks": "One." + "”)" * 5000 + " Two. Three.",
    "opening marks": "One. " + "“(" * 5000 + "Two. Three.",
    "marks": "One" + ".…" * 5000 + " Two. Three.",
    "notes": "One." + "[1][22]" * 2000 + " Two. Three.",
    "a word after a note": "One.[1] " + "x" * 5000 + " Two. Three.",
    "blanks at line ends": "One\n" + " \t" * 5000 + "\nTwo\n" + "\u3000" * 100 + "• Three",
    "initials": "U." * 60 + " The end. " + "É." * 60 + " The end.",
    "initials before a word that begins few sentences": "U." * 5 + " Yes. " + "U." * 60 + " Yes.",
    "a word before a dot": "x" * 5000 + ". Two. " + "é" * 5000 + ". Two.",
    "line ends": "\r\n" * 500 + "\n\r" * 500 + "\r" * 500 + "\f\n" * 500 + "end",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_runs_of_any_length(text):
    agree([text, text[:-1], "A. B. " + text])


def test_marks_that_touch_over_the_edge_of_two_texts_have_nothing_to_do_with_each_other():
    agree(["é" * 120 + "\r" + "é" * 120 + "\r", "\nOne.\n\n"])
    agree(["Ah. “", "be."])
    agree(
        [
            "One.",
            ". Two.",
            "”",
            "… Three.",
            " Four. \n",
            "\n",
            "",
            "\n• Five",
            "Mr",
            ". Six. E",
            "i. Seven",
            ".",
            "A. “",
            "b",
            "C. \n",
            "É",
        ]
    )


def test_lines_are_as_long_as_their_characters():
    for last in (78, 79, 80, 81):
        for letter in "xé中":
            agree(["Head.", letter * 120 + "\n" + letter * last, letter * 120 + "\r\n" + letter * last])


def test_a_slice_of_texts_counts_its_bytes_from_its_own_beginning():
    texts = ["One. Two.", "É. Three.\n\nFour", "Five. “Six.”"]
    assert boundaries(strings(texts)[1:]).tolist() == boundaries(strings(texts[1:])).tolist()
    assert boundaries(strings(texts)[:0]).tolist() == []


def test_little_is_left_to_the_rule_itself(monkeypatch):
    asked = []
    rule = endings.start_after
    monkeypatch.setattr(endings, "start_after", lambda *args, **more: asked.append(args) or rule(*args, **more))
    text = (ROOT / "tests/gold/sentences.txt").read_text("utf-8")
    found = boundaries(strings([text]))
    assert 0 < len(asked) < 0.03 * len(found)
