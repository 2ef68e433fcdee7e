"""A report takes the place of the one before, or nothing changes."""

import json
from pathlib import Path

import pytest

from discourse.report.folder import MANIFEST, check_replaceable, files_in, replacing


def old_report(folder: Path, *names: str) -> Path:
    folder.mkdir()
    for name in names:
        (folder / name).write_text("old", encoding="utf-8")
    outputs = dict.fromkeys(names, "")
    (folder / MANIFEST).write_text(json.dumps({"outputs": outputs}), encoding="utf-8")
    return folder


def test_a_former_report_is_replaced_with_its_stale_files(tmp_path: Path) -> None:
    output = old_report(tmp_path / "report", "report.html", "stale.csv")
    (output / ".gitkeep").touch()
    with replacing(output) as folder:
        (folder / "report.html").write_text("new", encoding="utf-8")
    assert {name: path.read_text(encoding="utf-8") for name, path in files_in(output).items()} == {"report.html": "new"}
    assert (output / ".gitkeep").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_after_an_error_the_old_report_is_as_it_was(tmp_path: Path) -> None:
    output = old_report(tmp_path / "report", "report.html")

    def fail() -> None:
        with replacing(output) as folder:
            (folder / "report.html").write_text("new", encoding="utf-8")
            raise RuntimeError("late")

    with pytest.raises(RuntimeError, match="late"):
        fail()
    assert (output / "report.html").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_folder_with_files_of_others_is_refused(tmp_path: Path) -> None:
    output = old_report(tmp_path / "report", "report.html")
    (output / "thesis.docx").touch()
    with pytest.raises(FileExistsError, match=r"holds 'thesis\.docx', which no report wrote"):
        check_replaceable(output)


def test_a_folder_without_a_manifest_is_refused_unless_it_is_empty(tmp_path: Path) -> None:
    check_replaceable(tmp_path)
    check_replaceable(tmp_path / "new")
    (tmp_path / "report.html").touch()
    with pytest.raises(FileExistsError, match=r"report\.html"):
        check_replaceable(tmp_path)


def test_a_manifest_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text('{"name": "an app"}', encoding="utf-8")
    with pytest.raises(ValueError, match="was not written by discourse"):
        check_replaceable(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "report").touch()
    with pytest.raises(NotADirectoryError, match="is a file"):
        check_replaceable(tmp_path / "report")
