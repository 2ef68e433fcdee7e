"""Files: what paths, folders, globs and URLs name."""

import os
import sys

import fsspec
import pytest

from discourse._errors import StudyError
from discourse.corpus.files import files_of, find_files, local_file


def write(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())


@pytest.fixture
def memory():
    """An empty file system in memory."""
    system = fsspec.filesystem("memory")
    yield system
    system.rm("/", recursive=True) if system.ls("/") else None


def ids(*sources):
    return [file.id for file in files_of(sources)]


def test_a_folder_stands_for_its_texts_and_else_for_its_tables(tmp_path):
    write(tmp_path, "b/2.csv", "a/1.csv", "a/notes.md", ".hidden/3.csv")
    assert ids(tmp_path) == ["a/1", "b/2"]
    write(tmp_path, "c.TXT", "b/4.txt")
    assert ids(tmp_path) == ["b/4", "c"]
    assert ids(f"{tmp_path}/*/*.csv") == ["a/1", "b/2"]
    assert [file.size for file in files_of([f"{tmp_path}/*/*.csv"])] == [7, 7]


def test_files_are_called_by_more_of_their_path_where_names_are_alike(tmp_path):
    write(tmp_path, "2024/may.csv", "2025/may.csv", "2025/june.csv")
    assert ids(tmp_path / "2025" / "june.csv", tmp_path / "2024" / "may.csv") == ["june", "may"]
    assert ids(tmp_path / "2025" / "may.csv", tmp_path / "2024" / "may.csv") == ["2025/may", "2024/may"]
    assert ids(tmp_path / "2025", tmp_path / "2024") == ["2025/june", "2025/may", "2024/may"]


def test_paths_from_here_and_from_the_root_are_told_apart(tmp_path, monkeypatch):
    write(tmp_path, "2024/may.csv", "2025/may.csv")
    monkeypatch.chdir(tmp_path)
    assert ids("2024/may.csv", tmp_path / "2025" / "may.csv") == ["2024/may", "2025/may"]
    with pytest.raises(StudyError, match=r"^'may\.csv': this file is named more than once\. Name each file once\.$"):
        files_of(["2024/may.csv", tmp_path / "2024" / "may.csv"])


def test_files_of_several_kinds_are_refused(tmp_path):
    write(tmp_path, "1.csv", "2.jsonl", "3.txt")
    with pytest.raises(StudyError) as error:
        files_of([f"{tmp_path}/*"])
    assert str(error.value) == (
        f"{tmp_path.as_posix()}/*: these are files of several kinds (.csv, .jsonl, text). "
        "Name one kind at a time, with a glob such as '*.parquet'."
    )
    with pytest.raises(StudyError, match=r"these are files of several kinds \(\.csv, \.jsonl\)"):
        files_of([tmp_path / "1.csv", tmp_path / "2.jsonl"])


def test_what_is_not_there_is_named(tmp_path):
    with pytest.raises(StudyError, match=r"none\.csv: there is no such file\. Check the path, or put the file there"):
        files_of([tmp_path / "none.csv"])
    for source in (tmp_path, tmp_path / "*.csv"):
        with pytest.raises(StudyError, match=r"there is no text file and no table\. Check the folder, the wildcards"):
            files_of([source])
    with pytest.raises(StudyError, match=r"there is no text file\. Check the folder"):
        find_files(str(tmp_path / "*.txt"))


def test_a_file_that_has_changed_since_it_was_found_is_refused(tmp_path):
    write(tmp_path, "1.csv")
    file = local_file(tmp_path / "1.csv")
    assert file.read(1, 3) == b".c"
    (tmp_path / "1.csv").write_bytes(b"more than it was")
    with pytest.raises(StudyError) as error:
        file.read()
    assert str(error.value) == (
        f"{file.path}: the file has changed since it was found (5 bytes then, 16 now). Plan its blocks again."
    )
    os.remove(file.path)
    with pytest.raises(StudyError, match=r"there is no such file\."):
        file.open()


def test_urls_are_read_through_fsspec(memory):
    for name in ("corpus/2025/may.csv", "corpus/june.csv", "corpus/.hidden/x.csv", "corpus/notes.md"):
        memory.pipe(f"/{name}", name.encode())
    found = files_of(["memory://corpus"])
    assert [file.id for file in found] == ["2025/may", "june"]
    assert [file.read() for file in found] == [b"corpus/2025/may.csv", b"corpus/june.csv"]
    assert [file.name for file in found] == ["memory:///corpus/2025/may.csv", "memory:///corpus/june.csv"]
    assert ids("memory://corpus/*.csv") == ["june"]
    assert ids("memory://corpus/june.csv", "memory://corpus/2025/may.csv") == ["june", "may"]
    assert found[0].read(7, 11) == b"2025"
    assert found[0].sha256() == ""
    with pytest.raises(StudyError, match=r"^memory://corpus/none\.csv: there is no such file\. Check the URL"):
        files_of(["memory://corpus/none.csv"])


def test_a_local_file_can_be_named_by_a_url(tmp_path):
    write(tmp_path, "1.csv")
    (file,) = files_of([f"file://{tmp_path}/1.csv"])
    assert (file.id, file.read(), file.size) == ("1", b"1.csv", 5)


def test_a_url_that_nothing_opens_is_named():
    with pytest.raises(StudyError, match=r"^nowhere://a: this URL cannot be opened \(.*\)\. Check what stands before"):
        files_of(["nowhere://a"])


def test_without_fsspec_a_url_names_the_remedy_and_paths_are_read(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(ImportError) as error:
        files_of(["s3://bucket/texts/*.parquet"])
    assert str(error.value) == (
        "'s3://bucket/texts/*.parquet' is a URL, and the package fsspec, which opens URLs, is not installed. "
        'Install it: pip install "discourse-contrast[cluster]".'
    )
    write(tmp_path, "1.csv")
    assert ids(tmp_path / "1.csv") == ["1"]
