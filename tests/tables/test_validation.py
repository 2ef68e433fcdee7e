"""Precision of hits that somebody has coded."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from discourse import codebook_overview, codebook_precision, hits, measures, read_study
from discourse._errors import StudyError

SEEDS = Path(__file__).parents[2] / "seeds"
FOUND = pd.DataFrame({"hit_id": ["1", "2", "3"], "frame": ["a", "a", "b"]}).assign(kind="frame", actor="", referent="")


def test_precision_is_right_among_coded_with_wilson_limits() -> None:
    coded = pd.DataFrame({"hit_id": ["1", "2"], "code": ["right", "wrong"]})
    table = codebook_precision(FOUND, coded).set_index("item")
    assert table.loc["a", ["count", "coded", "right", "precision"]].tolist() == [2, 2, 1, 0.5]
    assert (table.loc["a", "low"], table.loc["a", "high"]) == tuple(float(limit) for limit in measures.wilson(1, 2))


def test_what_nobody_coded_has_no_precision() -> None:
    table = codebook_precision(FOUND, None)
    assert table["coded"].tolist() == [0, 0]
    assert table["precision"].isna().all()


def test_every_frame_hit_of_the_shipped_study_has_been_read_and_coded() -> None:
    study = read_study(SEEDS)
    table = codebook_precision(hits(study.tokens, study.codebook), study.coded_hits)
    assert table["coded"].tolist() == table["count"].tolist()
    frames = table[table["kind"] == "frame"]
    assert set(frames["item"]) == set(study.codebook.frames)
    assert frames["precision"].between(0.8, 1).all()


def test_every_coded_hit_of_the_shipped_study_is_still_found() -> None:
    study = read_study(SEEDS)
    coded = pd.read_csv(study.coded_hits, dtype=str, keep_default_na=False)
    assert set(coded["hit_id"]) == set(hits(study.tokens, study.codebook)["hit_id"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hit_id\n1\n", "coded.csv: there is no column 'code'"),
        ("hit_id,code\n1,right\n2,maybe\n", "coded.csv, line 3: code must be 'right', 'wrong'; got 'maybe'"),
        ("hit_id,code\n1,right\n1,wrong\n", "the hit '1' is coded twice"),
    ],
)
def test_a_faulty_file_of_codes_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "coded.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StudyError, match=message):
        codebook_precision(FOUND, path)


def test_the_overview_lists_the_patterns_of_every_entry() -> None:
    study = read_study(SEEDS)
    table = codebook_overview(study.codebook)
    frames = table[table["kind"] == "frame"]
    assert frames["item"].tolist() == list(study.codebook.frames)
    assert (frames["definition"] != "").all()
    assert len(table) == len(study.codebook.entries)
    assert (table["patterns"] != "").all()


def test_what_is_neither_a_table_nor_a_path_is_refused() -> None:
    with pytest.raises(ValueError, match=r"coded must be a table or the path of one; got a list\. Give hit_id"):
        codebook_precision(FOUND, ["1"])  # type: ignore[arg-type]
