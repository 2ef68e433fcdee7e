"""From a study to a report."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from tiny import CELLS, write_notebook

from discourse._errors import StudyError
from discourse.report import NotebookError, build_report
from discourse.report.build import default_output, evidence_csv, notebook_paths
from discourse.report.bundle import make_bundle
from discourse.report.folder import files_in, sha256

BUILD = "import sys; from discourse.report import build_report; build_report(*sys.argv[1:3], notebooks=sys.argv[3])"


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in files_in(folder).items()}


def test_a_report_holds_page_tables_figures_evidence_and_manifest(report: Path) -> None:
    assert list(files_in(report)) == [
        "environment.json", "evidence.csv", "figures/bars.png", "figures/bars.svg", "manifest.json", "report.html",
        "tables/hostile.csv",
    ]


def test_builds_under_another_hash_seed_zone_locale_and_place_are_the_same(
    report: Path, study_folder: Path, notebooks: Path, tmp_path: Path
) -> None:
    (tmp_path / "tmp").mkdir()
    (tmp_path / "matplotlibrc").write_text("figure.dpi: 37\nfont.size: 30\n", encoding="utf-8")
    env = {
        **os.environ, "PYTHONHASHSEED": "42", "TZ": "Asia/Baku", "LC_ALL": "C", "TMPDIR": str(tmp_path / "tmp"),
        "MATPLOTLIBRC": str(tmp_path), "COLUMNS": "20", "OMP_NUM_THREADS": "2",
    }
    again = study_folder.parent / "again"
    command = [sys.executable, "-c", BUILD, str(study_folder), str(again), str(notebooks)]
    subprocess.run(command, cwd=tmp_path, env=env, check=True)
    assert bytes_of(again) == bytes_of(report)


def test_no_output_names_a_folder_of_this_machine(report: Path, study_folder: Path) -> None:
    for name, content in bytes_of(report).items():
        for place in (study_folder.parent, Path.home(), Path(sys.prefix)):
            assert str(place).encode() not in content, name


def test_the_manifest_names_every_file_that_went_in_and_came_out(
    report: Path, study_folder: Path, notebooks: Path
) -> None:
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    inputs, outputs = manifest["inputs"], manifest["outputs"]
    assert manifest["study"] == "../study"
    assert inputs["study/texts/north.txt"] == sha256(study_folder / "texts" / "north.txt")
    assert inputs["study/study.toml"] == sha256(study_folder / "study.toml")
    assert inputs["notebooks/02-figure.ipynb"] == sha256(notebooks / "02-figure.ipynb")
    assert outputs == {
        name: sha256(path) for name, path in files_in(report).items()
        if name not in ("manifest.json", "environment.json")
    }


def test_the_manifest_says_what_was_drawn_at_random(report: Path) -> None:
    assert json.loads((report / "manifest.json").read_text(encoding="utf-8"))["seeds"] == {}


def test_a_failing_cell_leaves_the_old_report_and_nothing_half_written(
    report: Path, study_folder: Path, tmp_path: Path
) -> None:
    output = Path(shutil.copytree(report, tmp_path / "report"))
    before = bytes_of(output)
    write_notebook(tmp_path / "broken" / "01-corpus.ipynb", CELLS)
    write_notebook(tmp_path / "broken" / "02-wrong.ipynb", ["1 / 0"])
    with pytest.raises(NotebookError, match=r"02-wrong\.ipynb, cell 1: ZeroDivisionError: division by zero"):
        build_report(study_folder, output, notebooks=tmp_path / "broken")
    assert bytes_of(output) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken", "report"]


def test_a_study_that_cannot_be_read_fails_before_anything_runs(tmp_path: Path) -> None:
    with pytest.raises(StudyError):
        build_report(tmp_path / "none", tmp_path / "report")
    assert list(tmp_path.iterdir()) == []


def test_every_hit_is_in_the_evidence_file_once_in_the_order_of_the_text(
    frames: pd.DataFrame, hits: pd.DataFrame
) -> None:
    shown = [
        make_bundle(frames.iloc[::-1], id="one", caption="One.", evidence=hits.iloc[::-1]),
        make_bundle(frames.drop(columns="paper").iloc[[0]], id="two", caption="Two.", evidence=hits.assign(more=1)),
    ]
    lines = evidence_csv(shown).splitlines()
    assert lines[0].split(",") == [*hits.columns, "more"]
    assert [line.split(",")[:2] for line in lines[1:]] == [
        ["n1", "0"], ["n1", "40"], ["n1", "60"], ["s1", "5"], ["s2", "7"],
    ]
    assert [line[-1] for line in lines[1:]] == [",", ",", "1", ",", ","]


def test_notebooks_are_taken_in_order_and_drafts_left_out(notebooks: Path) -> None:
    assert [path.name for path in notebook_paths(notebooks)] == ["01-corpus.ipynb", "02-figure.ipynb"]


def test_a_folder_without_notebooks_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="holds no notebook"):
        notebook_paths(tmp_path)


def test_a_report_goes_into_its_study_unless_the_checkout_ships_it(tmp_path: Path) -> None:
    checkout = Path(__file__).resolve().parents[2]
    assert default_output(tmp_path) == tmp_path / "report"
    assert default_output(checkout / "seeds") == checkout / "reports"
