"""The notebooks run on any study, from the package and from plain nbconvert, and know no study's words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from invented import CODEBOOK, write_study

import discourse
from discourse import build_report, current_study, read_study
from discourse.report.build import notebook_paths

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def test_the_report_collects_six_notebooks_and_one_stands_beside_it() -> None:
    assert [path.stem[:2] for path in notebook_paths()] == ["01", "02", "03", "04", "05", "06"]
    assert [path.stem for path in NOTEBOOKS[6:]] == ["codebook-validity"]


@pytest.mark.parametrize("codebook", [CODEBOOK, None], ids=["with a codebook", "without a codebook"])
def test_all_notebooks_run_on_an_invented_study(tmp_path: Path, codebook: str | None) -> None:
    study = write_study(tmp_path / "study", codebook=codebook)
    page = build_report(study, tmp_path / "report").read_text(encoding="utf-8")
    assert "Harbour Gazette" in page
    assert "Mainland Post" in page
    for word in ("Korybko", "Azernews", "CACI"):
        assert word not in page
    tables = tmp_path / "report" / "tables"
    assert (tables / "sources.csv").read_text(encoding="utf-8").startswith("doc_id,")
    assert (tables / "quotations.csv").read_text(encoding="utf-8").startswith("doc_id,voice,marking,speaker,text,rule,")
    assert "speaker,frame,count,total" in (tables / "frames-by-voice.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("texts", "contrasts"),
    [
        ({"North": "The ferry is late."}, []),
        (
            {"North": "The ferry is late.", "South": "The road is long.", "West": "…"},
            ["keyness-findings", "keyness-1-figure", "keyness-2-figure", "keyness", "phrases-findings", "phrases",
             "frames-keyness"],
        ),
    ],
    ids=["one group", "a group without words"],
)
def test_what_cannot_be_compared_is_left_out_of_the_contrasts(tmp_path, monkeypatch, texts, contrasts):
    rows = pd.DataFrame({"paper": list(texts), "text": list(texts.values())})
    pd.concat([rows, rows, rows]).to_csv(tmp_path / "texts.csv", index=False)
    (tmp_path / "study.toml").write_text('group = "paper"\n[[sources]]\npath = "texts.csv"\n', encoding="utf-8")
    monkeypatch.setenv("DISCOURSE_STUDY", str(tmp_path))
    shown: list[str] = []
    monkeypatch.setattr(discourse, "show", lambda item, **told: shown.append(told["id"]))
    scope: dict[str, object] = {}
    for cell in json.loads(NOTEBOOKS[3].read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), scope)
    plt.close("all")
    assert set(shown) == {"design-findings", "design", "similarity", *contrasts}


def test_the_invented_study_shares_no_column_but_the_required_ones_with_the_shipped_one(tmp_path: Path) -> None:
    invented = read_study(write_study(tmp_path)).corpus.documents
    assert "paper" in invented
    assert not {"outlet", "author", "date"} & set(invented.columns)


@pytest.mark.parametrize("notebook", [NOTEBOOKS[0], NOTEBOOKS[2], NOTEBOOKS[6]], ids=lambda path: path.stem)
def test_plain_nbconvert_executes_a_notebook_on_a_named_study(tmp_path: Path, notebook: Path) -> None:
    study = write_study(tmp_path / "study")
    command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", str(notebook), "--output-dir"]
    environment = os.environ | {"DISCOURSE_STUDY": str(study), "IPYTHONDIR": str(tmp_path / "ipython")}
    done = subprocess.run([*command, str(tmp_path)], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    executed = json.loads((tmp_path / notebook.name).read_text(encoding="utf-8"))
    shown = [output for cell in executed["cells"] for output in cell.get("outputs", [])]
    assert any("text/html" in output.get("data", {}) for output in shown)
    assert not [output for output in shown if output["output_type"] in ("error", "stream")]


def test_a_notebook_takes_the_study_folder_as_its_parameter() -> None:
    for path in NOTEBOOKS:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
        assert len(tagged) == 1
        assert "".join(tagged[0]["source"]).startswith("folder = None")


def test_from_the_notebooks_folder_the_shipped_study_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISCOURSE_STUDY", raising=False)
    monkeypatch.chdir(ROOT / "notebooks")
    assert current_study().folder == ROOT / "seeds"
