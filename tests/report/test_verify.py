"""A report proves that it rebuilds."""

import shutil
from pathlib import Path

import pytest

from discourse.report import verify_report


def test_an_untouched_report_rebuilds_to_the_byte(report: Path, notebooks: Path) -> None:
    files = verify_report(report, notebooks=notebooks)
    assert list(files.columns) == ["file", "status"]
    assert list(files["file"]) == sorted(files["file"])
    assert set(files["status"]) == {"same"}
    assert "environment.json" not in set(files["file"])


def test_every_kind_of_difference_is_told(report: Path, study_folder: Path, notebooks: Path, tmp_path: Path) -> None:
    changed = Path(shutil.copytree(report, tmp_path / "report"))
    (changed / "tables" / "hostile.csv").write_bytes(b"term\n")
    (changed / "figures" / "bars.svg").unlink()
    (changed / "tables" / "more.csv").touch()
    files = verify_report(changed, study=study_folder, notebooks=notebooks)
    other = files[files["status"] != "same"]
    assert dict(zip(other["file"], other["status"], strict=True)) == {
        "figures/bars.svg": "missing", "tables/hostile.csv": "differs", "tables/more.csv": "extra",
    }


def test_a_folder_without_a_report_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="holds no report"):
        verify_report(tmp_path)


def test_a_report_that_does_not_know_its_study_asks_for_it(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"outputs": {}, "study": null}', encoding="utf-8")
    with pytest.raises(ValueError, match="study must be given"):
        verify_report(tmp_path)
