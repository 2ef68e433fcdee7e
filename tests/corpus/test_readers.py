"""Readers: a DataFrame, tables in files, text files."""

import hashlib
import json

import pandas as pd
import pytest

from discourse._errors import StudyError
from discourse.corpus import read_corpus
from discourse.study import read_study


@pytest.fixture
def table():
    return pd.DataFrame({"key": ["007", "8"], "body": ["One,\r\n“two”", "NA"], "year": ["2025", ""]})


def test_every_table_format_gives_the_same_corpus(table, tmp_path):
    table.to_csv(tmp_path / "t.csv", index=False)
    table.to_parquet(tmp_path / "t.parquet")
    (tmp_path / "t.jsonl").write_text("\n".join(json.dumps(row) for row in table.to_dict("records")) + "\n\n")
    for path in (tmp_path / "t.csv", str(tmp_path / "t.parquet"), tmp_path / "t.jsonl"):
        corpus = read_corpus(path, text="body", id="key")
        assert list(corpus.documents.index) == ["007", "8"]
        assert corpus.text("007") == "One,\r\n“two”"
        assert corpus.text("8") == "NA"
        assert list(corpus.documents["year"]) == ["2025", ""]
    assert list(read_corpus(table, text="body").documents.index) == ["0", "1"]


def test_a_table_from_a_file_knows_its_source_and_hash(table, tmp_path):
    path = tmp_path / "t.csv"
    table.assign(source="a newspaper").to_csv(path, index=False)
    documents = read_corpus(path, text="body").documents
    assert set(documents["sha256"]) == {hashlib.sha256(path.read_bytes()).hexdigest()}
    assert set(documents["source"]) == {"a newspaper"}


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_a_table_parted_by_other_signs_is_told_how_to_write_it_anew(tmp_path, sign):
    path = tmp_path / "t.csv"
    path.write_text(f"id{sign}text\n1{sign}War.\n")
    with pytest.raises(StudyError) as caught:
        read_corpus(path)
    assert f"pandas.read_csv({str(path)!r}, sep={sign!r}).to_csv({str(path)!r}, index=False)" in str(caught.value)


def test_a_csv_file_in_another_encoding_is_read_when_it_is_named(tmp_path):
    (tmp_path / "t.csv").write_bytes("text\ncafé\n".encode("cp1252"))
    assert read_corpus(tmp_path / "t.csv", encoding="cp1252").text("0") == "café"
    with pytest.raises(StudyError, match=r"t\.csv, line 2: byte 8 \(0xe9\) is not valid utf-8\. Save the file"):
        read_corpus(tmp_path / "t.csv")


def test_a_byte_order_mark_is_no_part_of_a_column_name(tmp_path):
    (tmp_path / "t.csv").write_bytes("\ufefftext\ncafé\n".encode())
    assert read_corpus(tmp_path / "t.csv").text("0") == "café"


def test_a_line_of_jsonl_that_is_no_object_is_named(tmp_path):
    for line in ('{"text": ', "[1]"):
        (tmp_path / "t.jsonl").write_text('{"text": "a"}\n' + line)
        with pytest.raises(StudyError, match=r"t\.jsonl, line 2: a line must be one JSON object"):
            read_corpus(tmp_path / "t.jsonl")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("t.csv", b"", "is no readable .csv table"),
        ("t.csv", b"text,id\n", "the table has no rows. Fill it, or leave it out."),
        ("t.jsonl", b"\n", "the table has no rows"),
        ("t.jsonl", b"", "the table has no rows"),
        ("t.parquet", b"nonsense", "is no readable .parquet table"),
        ("t.csv", b"text\na\nb,c,d\n", "t.csv, line 3: this record has 3 fields, and the header names 1."),
    ],
)
def test_a_table_that_cannot_be_read_is_named(tmp_path, name, data, message):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(StudyError) as error:
        read_corpus(tmp_path / name)
    assert message in str(error.value)
    assert name in str(error.value)


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(StudyError, match=r"none\.csv: there is no such file\. Check the path"):
        read_corpus(tmp_path / "none.csv")


def test_a_folder_and_a_glob_give_one_document_per_file(tmp_path):
    folder = tmp_path / "texts [2025]"
    for name in ("b/2.txt", "a/1.txt", "a/notes.md", "3.TXT", ".hidden/4.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(f"{name}\r\nend".encode())
    corpus = read_corpus(folder)
    assert list(corpus.documents.index) == ["3", "a/1", "b/2"]
    assert corpus.text("a/1") == "a/1.txt\r\nend"
    assert list(corpus.documents["lines"]) == ["1-2"] * 3
    assert list(read_corpus(tmp_path / "*" / "a" / "*.txt").documents.index) == ["texts [2025]/a/1"]
    assert list(read_corpus(folder / "a" / "1.txt").documents.index) == ["1"]


def test_a_folder_without_texts_is_an_error(tmp_path):
    for path in (tmp_path, tmp_path / "*.txt"):
        with pytest.raises(StudyError, match=r"there is no text file and no table\. Check the folder, the wildcards"):
            read_corpus(path)


def test_columns_that_would_be_ignored_are_refused(tmp_path):
    (tmp_path / "a.txt").write_text("One")
    with pytest.raises(ValueError, match=r"^text names a column of a table, and .*a\.txt' is no table"):
        read_corpus(tmp_path / "a.txt", text="body")


def test_no_way_to_a_corpus_counts_the_tags_of_a_web_page(tmp_path):
    (tmp_path / "a.html").write_text("<p>War.</p>")
    (tmp_path / "study.toml").write_text('group = "paper"\n[[sources]]\npath = "*.html"\npaper = "A"\n')
    for read in (read_corpus, lambda _: read_corpus(str(tmp_path / "*.html")), lambda _: read_study(tmp_path)):
        with pytest.raises(StudyError, match=r"a\.html: this is a web page \(HTML\)"):
            read(tmp_path / "a.html")
