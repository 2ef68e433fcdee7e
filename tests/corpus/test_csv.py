"""CSV: cut between records and nowhere else, read as pandas reads it, every mistake with its line."""

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from put_together import check_blocks

from discourse._errors import StudyError
from discourse.corpus import plan, read_corpus
from discourse.corpus.csv import count_rows, parse, record_ends
from discourse.corpus.cuts import Place

# A carriage return alone is left out: there pandas itself loses fields.
SIGNS = ["a", "é", "😀", ",", '"', '""', "\n", "\r\n", " ", "\t", '"x"', '"y\nz"', '",\r\n"']
FIELDS = st.text(st.sampled_from('ab,"\n éİ\u2028😀'), max_size=8)
TABLES = st.lists(st.tuples(FIELDS, FIELDS, FIELDS), min_size=1, max_size=12)


def by_pandas(text):
    return pd.read_csv(io.StringIO(text.removeprefix("\ufeff"), newline=""), dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("csv") / "t.csv"


@settings(max_examples=60)
@given(rows=TABLES, end=st.sampled_from(["\n", "\r\n"]), mark=st.booleans(), size=st.integers(1, 90))
def test_blocks_of_any_size_hold_what_was_written(path, rows, end, mark, size):
    with path.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="") as file:
        csv.writer(file, lineterminator=end).writerows([("text", "note", "text two"), *rows])
    corpus = read_corpus(path)
    assert corpus.texts.to_pylist() == [row[0] for row in rows]
    assert corpus.documents["text two"].tolist() == [row[2] for row in rows]
    check_blocks(path, block_bytes=size)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(SIGNS), max_size=16), st.sampled_from(["text", "text,b"]), st.integers(1, 40))
def test_whatever_pandas_can_read_is_read_as_it_does(path, signs, header, size):
    text = f"{header}\n{''.join(signs)}"
    path.write_bytes(text.encode())
    try:
        expected = by_pandas(text)
    except ValueError:
        expected = None
    # Where every record has a field too many, pandas calls the first one a label, and shifts the others.
    if expected is None or not isinstance(expected.index, pd.RangeIndex) or not len(expected):
        with pytest.raises(StudyError):
            read_corpus(path)
        return
    assert read_corpus(path).texts.to_pylist() == expected["text"].tolist()
    check_blocks(path, block_bytes=size)


@given(st.lists(st.sampled_from(SIGNS), max_size=24).map("".join))
def test_records_end_where_a_walk_through_the_text_finds_their_ends(text):
    data = text.encode()
    ends, inside, at_start = [], False, True
    k = 0
    while k < len(data):
        sign = data[k : k + 1]
        if inside and data[k : k + 2] == b'""':
            k += 1
        elif sign == b'"' and (inside or at_start):
            inside = not inside
        elif sign == b"\n" and not inside:
            ends.append(k + 1)
        at_start = not inside and sign in b",\n\r"
        k += 1
    assert record_ends(data).tolist() == ends


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_line_end_ends_a_record(path, end):
    path.write_bytes(end.join([b"text,b", b'"1,1', b'1",2', b"3,4", b"", b"5,6"]))
    corpus = read_corpus(path)
    assert corpus.texts.to_pylist() == [f"1,1{end.decode()}1", "3", "5"]
    assert check_blocks(path, block_bytes=1) == 3


def test_each_block_says_which_rows_and_lines_it_has(path):
    path.write_bytes(b'\xef\xbb\xbf\ntext,b\n"a\n\n",1\n\nb,2\r\nc,3')
    blocks = plan(path, block_bytes=4)
    assert [(block.span.row, block.span.rows, block.span.line) for block in blocks] == [(0, 1, 3), (1, 1, 7), (2, 1, 8)]
    assert [block.name for block in blocks] == [f"{path.as_posix()}, rows {k} to {k}" for k in range(3)]
    assert [block.size for block in blocks] == [8, 5, 3]


def test_names_of_columns_are_those_of_pandas(path):
    path.write_bytes(b'text,"a ""b""",,text\nx,y,z,w\n')
    columns = list(by_pandas(path.read_text()).columns)
    assert list(read_corpus(path).documents.columns) == [*columns[1:], "source", "lines", "sha256"]
    assert check_blocks(path, block_bytes=1) == 1


def test_records_that_are_too_short_are_empty_at_their_end(path):
    path.write_bytes(b"text,b,c\nx\ny,1\nz,1,2\n")
    assert read_corpus(path).documents["b"].tolist() == ["", "1", "1"]
    assert check_blocks(path, block_bytes=3) == 3


def test_a_field_longer_than_what_is_parsed_at_once_is_kept(path):
    text = "wörd, " * 400_000
    path.write_bytes(f'text,b\nx,1\n"{text}",2\n'.encode())
    assert read_corpus(path).text("1") == text
    assert check_blocks(path, block_bytes=10_000) == 2


def test_short_records_are_parsed_a_piece_at_a_time():
    data = (b"x" * 90 + b",1\ny\n") * 20_000
    frame = parse(data, ["text", "b"], Place("t.csv", "utf-8"))
    assert frame["text"].tolist() == ["x" * 90, "y"] * 20_000
    assert frame["b"].tolist() == ["1", ""] * 20_000


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'text,b\n"x\ny",1\nz,1,2\n', "line 4: this record has 3 fields, and the header names 2. Put a text that has"),
        (b"text,b\nx,1,2\ny,3,4\n", "line 2: this record has 3 fields, and the header names 2. Put a text that has"),
        (b"id;text\n1;a, b\n", "line 2: this record has 2 fields, and the header names 1. Its columns are parted by"),
        (b'text,b\nx,1\n"y,2\nz,3\n', "line 3: the quotation mark that opens here is never closed. Close it, or"),
        (b"text,b\nx,1\n\xff,2\nz,3\n", "line 3: byte 11 (0xff) is not valid utf-8. Save the file as UTF-8, or"),
        (b"text,b\nx,1\n", "text must be one of 'text', 'b', 'source', 'sha256'; got 'body'."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", [4, 1000])
def test_a_mistake_is_named_with_its_line_in_the_file(path, data, message, size):
    path.write_bytes(data)
    blocks = plan(path, block_bytes=size, text="body" if "body" in message else None)
    with pytest.raises(StudyError) as error:
        [block.read() for block in blocks]
    assert message in str(error.value)
    assert str(error.value).startswith(path.as_posix())


def test_only_the_block_with_the_mistake_is_lost(path):
    path.write_bytes(b"text,b\nx,1\ny,2,3\nz,4\n")
    blocks = plan(path, block_bytes=4)
    assert [blocks[0].read().text("0"), blocks[2].read().text("2")] == ["x", "z"]
    with pytest.raises(StudyError, match="line 3: this record has 3 fields"):
        blocks[1].read()


def test_an_open_quotation_mark_does_not_take_all_memory(path, monkeypatch):
    monkeypatch.setattr("discourse.corpus.cuts.LONGEST", 1000)
    path.write_bytes(b'text,b\nx,1\n"y,2\n' + b"z,3\n" * 1000)
    first, last = plan(path, block_bytes=8)
    assert first.read().text("0") == "x"
    with pytest.raises(StudyError) as error:
        last.read()
    assert str(error.value) == (
        f"{path.as_posix()}, line 3: the record that starts here has no end within 1,000 bytes. "
        "Look for a quotation mark that is not closed, or for missing line ends."
    )


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-16", "utf-16-le", "shift_jis", "utf-8-sig"])
def test_other_encodings_give_the_same_texts(path, encoding):
    texts = ["one, “two”", "three\nfour", "", "five"] if encoding.startswith("utf") else ["one, two", "a\nb", "", "c"]
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([("text", "b"), *((text, "1") for text in texts)])
    assert read_corpus(path, encoding=encoding).texts.to_pylist() == texts
    assert check_blocks(path, block_bytes=6, encoding=encoding) == (1 if encoding.startswith("utf-16") else 4)


def test_the_encoding_must_be_known(path):
    path.write_bytes(b"text\na\n")
    for size in (1, 100):
        with pytest.raises(StudyError, match="'utf-9' is not an encoding that Python knows"):
            plan(path, encoding="utf-9", block_bytes=size)[0].read()


def test_a_table_without_rows_or_without_a_header_is_no_table(path):
    for data, message in ((b"text,b\n\n \n", "the table has no rows."), (b"\n \n", "it has no line with the names of")):
        path.write_bytes(data)
        for size in (1, 100):
            with pytest.raises(StudyError, match=message):
                plan(path, block_bytes=size)[0].read()


def test_rows_are_counted_without_blank_lines():
    assert count_rows(b"a\n\n \t\nb\n", np.array([2, 3, 6, 8])) == 2
