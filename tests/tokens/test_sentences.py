"""Where sentences and paragraphs begin: the traps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens.sentences import containing, paragraph_starts, sentence_starts


def cut(text, starts):
    return [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


SENTENCES = [
    ["The U.S. and Sen. Smith said so.", "Then it ended."],
    ["It cost US$ 3.74 billion.", "Nobody paid."],
    ["E.U. officials met.", "They left."],
    ["No. 1 is here.", "No.", "It is not."],
    ["“I know him.” He said it.".split(" He")[0], "He said it."],
    ['He knew "him."', "She left."],
    ["„Ja.“", "Er ging.", "»Nein.«", "Sie kam.", "« Oui. »", "Il part."],
    ["Wait…", "He came.", "Wait… and he went."],
    ["Is it?", "Yes!", "(Really.)", "Good."],
    ["“Why?” he asked."],
    ["One!?!", "Two."],
    ["He met J. R. Smith and Prof. Li.", "Fine."],
    ["They met at 5 p.m. Monday.", "He left at 6 p.m.", "The end."],
    ["He lives in the U.S.", "The end."],
    ["Acme Inc. shares fell.", "He left Acme Inc.", "The end."],
    ["This is art.", "People like it.", "The cat sat.", "Dogs ran.", "See art. 5 of it, Sat. Nov. 3."],
    ["It ended in 1990.", "5 men died."],
    ["Visit example.com now.", "OK."],
    ["It ended.[1]", "It began."],
    ["It rose by 3.5 percent.", "So did No. 7."],
]


@pytest.mark.parametrize("sentences", SENTENCES, ids=lambda sentences: sentences[0])
def test_sentences_end_where_a_reader_would_end_them(sentences):
    text = " ".join(sentences)
    assert cut(text, sentence_starts(text)) == sentences


def test_a_missing_blank_after_the_full_stop_is_survived():
    text = "They fear tension.As we know, it is so."
    assert cut(text, sentence_starts(text)) == ["They fear tension.", "As we know, it is so."]


PARAGRAPHS = {
    "blank lines": ("One line\nand its rest.\n\nTwo.", ["One line\nand its rest.", "Two."]),
    "carriage returns": ("One.\r\n\r\nTwo.\r\n\r\n\r\nThree.", ["One.", "Two.", "Three."]),
    "old Mac line ends": ("One.\r\rTwo.", ["One.", "Two."]),
    "lines of no-break spaces": ("One.\n\u00a0 \n\u00a0\nTwo.", ["One.", "Two."]),
    "bullets": ("List:\n• one\n• two\n- three", ["List:", "• one", "• two", "- three"]),
    "a dash inside a line": ("One - two\n–three", ["One - two\n–three"]),
    "page breaks": ("One.\fTwo.", ["One.", "Two."]),
    "hard-wrapped lines": ("one two three\n" * 3, ["one two three\none two three\none two three"]),
    "a paragraph a line": ("x" * 120 + "\n" + "y" * 130, ["x" * 120, "y" * 130]),
    "long lines and blank lines": ("x" * 120 + "\n" + "y" * 130 + "\n\nz", ["x" * 120 + "\n" + "y" * 130, "z"]),
}


@pytest.mark.parametrize(("text", "paragraphs"), PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_paragraphs_are_parted_by(text, paragraphs):
    assert cut(text, paragraph_starts(text)) == paragraphs


def test_a_sentence_goes_on_over_a_wrapped_line_and_ends_with_its_paragraph():
    text = "One goes\non. Two\n\nThree"
    assert cut(text, sentence_starts(text)) == ["One goes\non.", "Two", "Three"]


@given(st.text("aB.?…”“ \n\r\u00a0•1", max_size=60) | st.text(max_size=60))
def test_starts_ascend_from_zero_within_the_text_and_every_paragraph_begins_a_sentence(text):
    paragraphs, sentences = paragraph_starts(text), sentence_starts(text)
    for starts in (paragraphs, sentences):
        assert starts[0] == 0
        assert starts == sorted(set(starts))
        assert starts[-1] < max(len(text), 1)
    assert set(paragraphs) <= set(sentences)


def test_the_run_that_contains_a_position_is_the_last_that_begins_before_it():
    assert [containing([0, 4, 9], position) for position in (0, 3, 4, 8, 9, 99)] == [0, 0, 1, 1, 2, 2]
