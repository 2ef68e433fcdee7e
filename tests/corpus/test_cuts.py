"""Cuts: pieces of bounded size that end where a record ends."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse._errors import StudyError
from discourse.corpus.cuts import Place, Span, cut_records, grouped, is_like_ascii, line_ends
from discourse.corpus.files import local_file
from discourse.corpus.pages import count_lines


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("cuts") / "t"


@given(st.lists(st.integers(0, 9), max_size=12), st.integers(0, 20))
def test_groups_take_what_fits_and_one_at_least(sizes, most):
    groups = list(grouped(sizes, most))
    assert [number for group in groups for number in range(group.start, group.stop)] == list(range(len(sizes)))
    for group in groups:
        assert sum(sizes[group]) <= most or group.stop - group.start == 1
        assert group.stop == len(sizes) or sum(sizes[group]) + sizes[group.stop] > most


@given(st.lists(st.sampled_from([b"a", b"\n", b"\r"]), max_size=12).map(b"".join))
def test_lines_end_as_in_an_editor(data):
    ends = [len(b"".join(data.splitlines(keepends=True)[: k + 1])) for k in range(count_lines(data))]
    assert line_ends(data).tolist() == [end for end in ends if not (end == len(data) and data.endswith(b"\r"))]


@given(st.lists(st.sampled_from([b"ab", b"\n", b"\r\n"]), max_size=20).map(b"".join), st.integers(1, 12))
def test_spans_follow_one_another_and_none_is_too_large(path, data, size):
    path.write_bytes(data)
    cut = cut_records(
        local_file(path), Span(0, 0), block_bytes=size, ends=line_ends, rows=lambda piece, stops: len(stops)
    )
    assert b"".join(data[span.start : span.stop] for span in cut.spans) == data
    for span in cut.spans:
        assert span.line == 1 + count_lines(data[: span.start])
        assert span.size == span.stop - span.start
        assert span.size <= size or span.rows == 1


def test_ascii_is_found_where_line_ends_can_be_told_in_bytes():
    assert [name for name in ("utf-8", "cp1252", "gbk", "euc-jp", "utf-8-sig") if not is_like_ascii(name)] == []
    assert [name for name in ("utf-16", "utf-7", "cp037", "iso2022_jp", "hz", "none") if is_like_ascii(name)] == []


def test_a_place_counts_from_the_start_of_the_file():
    place = Place("t.csv", "utf-8", byte=10, line=4).behind(b"a\r\nb\n")
    assert (place.byte, place.line) == (15, 6)
    with pytest.raises(StudyError, match=r"^t\.csv, line 7: byte 17 \(0xff\) is not valid utf-8\. Save the file"):
        place.check(b"c\n\xff")
    place.check("c\né".encode())
    assert place.line_of(b"c\nd\n", 3) == 7


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8", "shift_jis"])
def test_a_long_text_is_written_in_utf8_piece_by_piece(encoding):
    text = ("ab\n" if encoding == "shift_jis" else "aé\n") * 500_000
    assert Place("t", encoding).utf8(text.encode(encoding)) == text.encode()


def test_a_byte_that_is_not_valid_is_named_in_any_encoding():
    with pytest.raises(StudyError, match=r"^t, line 2: byte 2 \(0x81\) is not valid cp1252\."):
        Place("t", "cp1252").utf8(b"a\n\x81")
    with pytest.raises(StudyError, match="'base64' is not an encoding that Python knows"):
        Place("t", "base64").utf8(b"a")


def test_a_byte_order_mark_is_one_only_at_the_start_of_utf8():
    mark = "\ufeff".encode()
    assert [Place("t", "utf-8", byte).after_mark(mark + b"a") for byte in (0, 9)] == [3, 0]
    assert Place("t", "latin-1").after_mark(mark) == 0
    assert np.frombuffer(io.BytesIO(mark).getvalue(), np.uint8).tolist() == [239, 187, 191]
