"""What show gathers."""

import json
from dataclasses import asdict

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from discourse.report.bundle import ROWS_BEHIND, make_bundle, read_bundle


def test_a_bundle_survives_json(frames: pd.DataFrame, hits: pd.DataFrame) -> None:
    bundle = make_bundle(frames, id="frames", caption="Frames.", evidence=hits)
    assert read_bundle(json.loads(json.dumps(asdict(bundle), allow_nan=False))) == bundle


def test_nothing_given_is_changed(frames: pd.DataFrame, hits: pd.DataFrame) -> None:
    before = frames.copy(deep=True), hits.copy(deep=True)
    make_bundle(frames, id="frames", caption="Frames.", evidence=hits)
    pd.testing.assert_frame_equal(frames, before[0])
    pd.testing.assert_frame_equal(hits, before[1])


def test_flags_of_every_row_leave_the_column_but_not_the_csv(frames: pd.DataFrame) -> None:
    bundle = make_bundle(frames, id="frames", caption="Frames.")
    assert bundle.flags == {"few_documents": True, "single_author": False}
    assert bundle.grid is not None
    assert [row[-1] for row in bundle.grid.rows] == ["", "", "", "single_author"]
    assert "North,corridors,1,few_documents\n" in bundle.grid.csv


def test_a_flags_column_with_nothing_left_to_say_is_not_shown(frames: pd.DataFrame) -> None:
    grid = make_bundle(frames.assign(flags="few_documents"), id="frames", caption="Frames.").grid
    assert grid is not None
    assert grid.columns == ["paper", "frame", "count"]


def test_the_page_shows_the_first_rows_and_the_csv_all(frames: pd.DataFrame, hits: pd.DataFrame) -> None:
    bundle = make_bundle(frames, id="frames", caption="Frames.", evidence=hits, rows=2)
    assert bundle.grid is not None
    assert (len(bundle.grid.rows), bundle.grid.total, bundle.grid.csv.count("\n")) == (2, 4, 5)
    assert bundle.evidence.cited == {"count": [[2], [0, 1]]}


def test_only_cited_hits_are_kept_each_once(frames: pd.DataFrame, hits: pd.DataFrame) -> None:
    bundle = make_bundle(frames.iloc[[3]], id="south", caption="South.", evidence=hits)
    assert [row[0] for row in bundle.evidence.rows] == ["s1", "s2"]
    assert bundle.evidence.cited == {"count": [[0, 1]]}


def test_a_named_index_becomes_a_column() -> None:
    grid = make_bundle(pd.DataFrame({"x": [1]}, index=pd.Index(["a"], name="doc_id")), id="a", caption="A.").grid
    assert grid is not None
    assert grid.columns == ["doc_id", "x"]


def test_findings_bring_the_flags_and_numbers_of_their_table(frames: pd.DataFrame) -> None:
    bundle = make_bundle(["One.", "Two."], id="found", caption="Findings.", evidence=frames)
    assert (bundle.kind, bundle.sentences, list(bundle.flags)) == (
        "findings", ["One.", "Two."], ["few_documents", "single_author"],
    )
    assert bundle.grid is not None


def test_of_the_numbers_behind_findings_the_page_shows_the_first_and_the_csv_all() -> None:
    table = pd.DataFrame({"term": [f"t{i}" for i in range(ROWS_BEHIND + 1)], "count": 1})
    grid = make_bundle(["One."], id="found", caption="Findings.", evidence=table).grid
    assert grid is not None
    assert (len(grid.rows), grid.total, grid.csv.count("\n")) == (ROWS_BEHIND, ROWS_BEHIND + 1, ROWS_BEHIND + 2)


def test_no_findings_are_findings_too() -> None:
    assert make_bundle([], id="none", caption="Findings.").kind == "findings"


@pytest.mark.parametrize("wrong", ["Frames", "a b", "../a", "", "1a", "a--b", "a.csv"])
def test_an_id_that_cannot_name_a_file_is_refused(frames: pd.DataFrame, wrong: str) -> None:
    with pytest.raises(ValueError, match="id must be lower-case words joined by hyphens"):
        make_bundle(frames, id=wrong, caption="Frames.")


def test_an_empty_caption_is_refused(frames: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="caption must say what 'frames' shows"):
        make_bundle(frames, id="frames", caption=" ")


def test_a_figure_without_alt_text_is_refused() -> None:
    _, ax = plt.subplots()
    with pytest.raises(ValueError, match="alt must describe figure 'dots'"):
        make_bundle(ax, id="dots", caption="Dots.")
    plt.close("all")


def test_an_item_of_no_known_kind_is_refused() -> None:
    with pytest.raises(TypeError, match=r"item must be a table .* got int"):
        make_bundle(3, id="three", caption="Three.")
