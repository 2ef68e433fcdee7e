"""A tiny study, tiny notebooks, the report made of them; hits and the table that counts them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from tiny import CELLS, DRAWING, make_study, write_notebook

from discourse.report import build_report


@pytest.fixture(scope="session")
def study_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_study(tmp_path_factory.mktemp("project") / "study")


@pytest.fixture(scope="session")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notebooks")
    write_notebook(folder / "01-corpus.ipynb", CELLS)
    write_notebook(folder / "02-figure.ipynb", DRAWING)
    write_notebook(folder / "draft.ipynb", ["show(nothing)"])
    return folder


@pytest.fixture(scope="session")
def report(study_folder: Path, notebooks: Path) -> Path:
    """The folder of a built report, beside its study; not to be changed."""
    return build_report(study_folder, study_folder.parent / "report", notebooks=notebooks).parent


@pytest.fixture
def hits() -> pd.DataFrame:
    """Five hits of two frames in two papers."""
    rows = [
        ("n1", 0, 9, "spheres", "North", "author", "An orbit is an orbit."),
        ("n1", 40, 46, "spheres", "North", "quoted", "The sphere, he said."),
        ("n1", 60, 68, "corridors", "North", "author", "A corridor."),
        ("s1", 5, 11, "spheres", "South", "marked", "A “sphere”."),
        ("s2", 7, 13, "spheres", "South", "author", "One sphere <more>."),
    ]
    frame = pd.DataFrame(rows, columns=["doc_id", "start", "end", "frame", "paper", "voice", "sentence_text"])
    words = ["orbit", "sphere", "corridor", "sphere", "sphere"]
    ids = frame["doc_id"] + ":" + frame["start"].astype(str) + ":frame:" + frame["frame"]
    return frame.assign(text=words, hit_id=ids, speaker=["", "Lavrov", "", "", ""], negated=False)


@pytest.fixture
def frames() -> pd.DataFrame:
    """The table that counts these hits."""
    return pd.DataFrame({
        "paper": ["North", "North", "South", "South"],
        "frame": ["corridors", "spheres", "corridors", "spheres"],
        "count": [1, 2, 0, 2],
        "flags": ["few_documents", "few_documents", "few_documents", "few_documents single_author"],
    })
