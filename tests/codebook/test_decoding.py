"""Bytes become text by rule: marks, declarations, and Windows-1252 only where nothing else is said."""

import codecs

import pytest

from discourse._errors import StudyError
from discourse.codebook.files.decoding import decoded

TEXT = "café\nthé\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_marks_and_line_ends_leave_the_same_text(encoding, end):
    data = TEXT.replace("\n", end).encode(encoding)
    assert decoded(data, "a.dic") == (TEXT, 0)


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), b"\xef\xbb\xbf" + TEXT.encode()])
def test_a_mark_is_stronger_than_what_somebody_says(mark):
    assert decoded(mark, "a.dic", "cp1252") == (TEXT, 0)


def test_what_is_not_utf_8_is_windows_1252_and_its_first_line_is_told():
    assert decoded("a\r\n“thé”".encode("cp1252"), "a.dic") == ("a\n“thé”", 2)
    assert decoded("thé".encode("latin-1"), "a.dic") == ("thé", 1)


def test_an_encoding_that_is_given_or_declared_is_used():
    assert decoded("Łódź".encode("cp1250"), "a.cat", "cp1250") == ("Łódź", 0)
    xml = "<?xml version='1.0' encoding='ISO-8859-2'?><a>Łódź</a>"
    assert decoded(xml.encode("iso-8859-2"), "a.ykd") == (xml, 0)


def test_what_contradicts_its_encoding_names_the_line():
    with pytest.raises(StudyError, match=r"a.dic, line 2: this is not utf-8-sig\. Save the file as UTF-8\."):
        decoded(b"\xef\xbb\xbfa\ncaf\xe9", "a.dic")
    with pytest.raises(StudyError, match=r"a.dic: there is no encoding 'utf-9'\."):
        decoded(b"a", "a.dic", "utf-9")
