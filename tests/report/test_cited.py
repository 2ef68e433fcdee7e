"""A count equals the number of the hits behind it."""

import pandas as pd
import pytest

from discourse.report.cited import cited


def test_every_count_cites_as_many_hits_as_it_says(frames: pd.DataFrame, hits: pd.DataFrame) -> None:
    assert cited(frames, hits) == {"count": [[2], [0, 1], [], [3, 4]]}


def test_a_count_that_differs_from_its_evidence_is_an_error(frames: pd.DataFrame, hits: pd.DataFrame) -> None:
    wrong = frames.assign(count=[1, 3, 0, 2])
    with pytest.raises(ValueError, match=r"row 1 \(paper='North', frame='spheres'\): count is 3.*has 2 rows"):
        cited(wrong, hits)


def test_rows_that_share_a_hit_cite_their_own_row_of_it(frames: pd.DataFrame, hits: pd.DataFrame) -> None:
    twice = pd.concat([hits.assign(actor="A"), hits.assign(actor="B")], ignore_index=True)
    table = pd.concat([frames.assign(actor="A"), frames.assign(actor="B")], ignore_index=True)
    assert cited(table, twice)["count"] == [[2], [0, 1], [], [3, 4], [7], [5, 6], [], [8, 9]]


@pytest.mark.parametrize("reference", ["South", "others"])
def test_keyness_cites_target_and_reference(hits: pd.DataFrame, reference: str) -> None:
    row = {"paper": ["North"], "reference": [reference], "frame": ["spheres"]}
    table = pd.DataFrame({**row, "count_target": [2], "count_reference": [2]})
    assert cited(table, hits) == {"count_target": [[0, 1]], "count_reference": [[3, 4]]}


def test_evidence_without_hit_ids_is_refused(frames: pd.DataFrame, hits: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="hit_id"):
        cited(frames, hits.drop(columns="hit_id"))


def test_evidence_for_a_table_without_a_count_is_refused(frames: pd.DataFrame, hits: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="count or count_target"):
        cited(frames.drop(columns="count"), hits)


def test_groups_that_are_numbers_and_references_of_several_groups_are_cited() -> None:
    hits = pd.DataFrame({"hit_id": list("abcd"), "year": [1990.0, 1991.0, 1992.0, 1993.0], "frame": "spheres"})
    row = {"year": ["1990"], "reference": ["1991, 1992"], "frame": ["spheres"]}
    table = pd.DataFrame({**row, "count_target": [1], "count_reference": [2]})
    assert cited(table, hits) == {"count_target": [[0]], "count_reference": [[1, 2]]}
