"""Pages: bytes decoded strictly, lines as an editor numbers them."""

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse._errors import StudyError
from discourse.corpus.pages import Page, is_blank, line_starts, parse_lines, read_page, write_lines

TEXTS = st.text(st.sampled_from("ab \r\n\u2028\x0b\x85\ufeffé"), max_size=60)


@given(TEXTS)
def test_lines_put_together_are_the_text(text):
    starts = line_starts(text)
    pieces = [text[low:high] for low, high in pairwise(starts)]
    assert "".join(pieces) == text
    assert all(piece and not set(piece.rstrip("\r\n")) & {"\r", "\n"} for piece in pieces)


@given(TEXTS)
def test_only_crlf_lf_and_cr_end_a_line(text):
    ends = text.replace("\r\n", "\n").replace("\r", "\n")
    n_lines = ends.count("\n") + (not ends.endswith("\n") and ends != "")
    assert Page("a.txt", text, "").n_lines == n_lines


@given(st.integers(1, 500), st.integers(0, 500))
def test_a_range_of_lines_is_read_as_it_was_written(first, more):
    assert parse_lines(write_lines((first, first + more))) == ((first, first + more),)


@pytest.mark.parametrize("value", ["", "0", "7-5", "a", "3-", "-3", "1;2", "1-2-3", "1.5"])
def test_a_range_that_is_none_is_refused(value):
    with pytest.raises(ValueError, match=r"is no range of lines\. Write a line as '5' and a range as '5-7'"):
        parse_lines(value)


def test_a_page_keeps_line_ends_and_byte_order_mark(tmp_path):
    data = "\ufeffOne\r\ntwo\rthree\n".encode()
    (tmp_path / "a.txt").write_bytes(data)
    page = read_page(tmp_path / "a.txt")
    assert page.text.encode() == data
    assert page.sha256 == hashlib.sha256(data).hexdigest()
    assert page.slice((2, 2)) == "two\r"


def test_invalid_utf8_names_byte_and_line_and_is_never_guessed(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"one\r\ntwo\rcaf\xe9\n")
    with pytest.raises(StudyError) as error:
        read_page(tmp_path / "a.txt", name="texts/a.txt")
    assert str(error.value) == (
        "texts/a.txt, line 3: byte 12 (0xe9) is not valid utf-8. "
        'Save the file as UTF-8, or name the encoding it was written in (encoding = "cp1252").'
    )
    assert read_page(tmp_path / "a.txt", encoding="cp1252").text.endswith("café\n")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_mark_of_utf_16_is_known_by_its_name(tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes("\ufeffcafé".encode(encoding))
    with pytest.raises(StudyError, match=r'written in \(encoding = "utf-16"\)\.$'):
        read_page(tmp_path / "a.txt")
    assert "café" in read_page(tmp_path / "a.txt", encoding="utf-16").text


def test_an_unknown_encoding_is_named(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"one")
    with pytest.raises(StudyError, match=r"^a: 'utf-9' is not an encoding that Python knows\. Name one such as"):
        read_page(tmp_path / "a.txt", name="a", encoding="utf-9")


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", "\ufeff\u00a0\n".encode()])
def test_a_file_that_shows_nothing_is_empty(tmp_path, data):
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(StudyError, match=r"^a: the file is empty\. Fill it, or leave it out of the study\.$"):
        read_page(tmp_path / "a.txt", name="a")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(StudyError, match=r"^b: there is no such file\. Check the path"):
        read_page(tmp_path / "b.txt", name="b")


def test_no_break_spaces_are_blank_and_words_are_not():
    assert is_blank("\u00a0\u00a0\n")
    assert not is_blank("\u00a0-\n")


@pytest.mark.parametrize(
    ("start", "what"),
    [(b"PK\x03\x04", "a Word, Excel"), (b"%PDF-1.7", "a PDF"), (b"{\\rtf1", "an RTF"), (b"\xd0\xcf\x11\xe0", "an old"),
     (b"\x1f\x8b\x08", "a compressed")],
)
def test_a_file_of_a_word_processor_is_named_as_such_in_every_encoding(tmp_path, start, what):
    (tmp_path / "a.txt").write_bytes(start + b" words")
    for encoding in ("utf-8", "cp1252"):
        with pytest.raises(StudyError, match=f"this is {what}.* not text. Save it as plain text in UTF-8"):
            read_page(tmp_path / "a.txt", encoding=encoding)


@pytest.mark.parametrize(
    "start",
    ["<!DOCTYPE html>\n<title>War</title>", "\ufeff\n <HTML lang='en'><p>War", '<?xml version="1.0"?>\n<html>War'],
)
def test_a_web_page_is_refused_whatever_it_is_called(tmp_path, start):
    (tmp_path / "a.txt").write_text(start, encoding="utf-8")
    with pytest.raises(StudyError, match=r"^b/a\.txt: this is a web page \(HTML\), whose tags would be .* Save what"):
        read_page(tmp_path / "a.txt", name="b/a.txt")


@pytest.mark.parametrize(
    ("ending", "remedy"),
    [
        ("htm", "ending in .txt"), ("HTML", "ending in .txt"), ("xml", "ending in .txt"), ("json", "the file .jsonl"),
        ("tsv", r'pandas.read_csv("…", sep="\t").to_csv("….csv", index=False)'),
    ],
)  # fmt: skip
def test_a_file_whose_marks_would_be_counted_is_refused_with_the_remedy(tmp_path, ending, remedy):
    (tmp_path / f"a.{ending}").write_text("War.", encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        read_page(tmp_path / f"a.{ending}", name=f"a.{ending}")
    assert remedy in str(caught.value)


def test_a_text_about_tags_is_a_text(tmp_path):
    (tmp_path / "a.md").write_text("The tag <html> opens a page.", encoding="utf-8")
    assert read_page(tmp_path / "a.md").text.startswith("The tag")
