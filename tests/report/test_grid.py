"""Tables as they are read and as they are."""

import pandas as pd

from discourse.report.grid import make_grid


def table(rows: int = 3) -> pd.DataFrame:
    return pd.DataFrame({
        "paper": ["North"] * rows, "reference": ["all others"] * rows, "term": [f"t{i}" for i in range(rows)],
        "count": [7] * rows, "p_value": [float("nan")] * rows, "flags": ["few_documents"] * rows,
    })


def test_words_that_do_not_vary_leave_the_page_but_not_the_csv() -> None:
    grid = make_grid(table(), 9)
    assert grid.columns == ["paper", "term", "count"]
    assert grid.constant == {"reference": "all others", "p_value": ""}
    assert grid.csv.startswith("paper,reference,term,count,p_value,flags\nNorth,all others,t0,7,,few_documents\n")


def test_the_first_column_and_numbers_stay_even_if_they_do_not_vary() -> None:
    assert make_grid(table(), 9).rows[0] == ["North", "t0", "7"]


def test_a_table_of_one_row_keeps_all_its_columns() -> None:
    grid = make_grid(table(1), 9)
    assert grid.columns == ["paper", "reference", "term", "count", "p_value"]
    assert grid.constant == {}


def test_what_varies_after_the_rows_that_are_shown_is_not_called_constant() -> None:
    varied = table().assign(reference=["a", "a", "b"])
    assert "reference" not in make_grid(varied, 2).constant


def test_an_empty_table_keeps_its_header() -> None:
    grid = make_grid(table(0), 9)
    assert (grid.rows, grid.total, grid.constant) == ([], 0, {})


def test_columns_with_one_name_keep_their_own_cells() -> None:
    twice = pd.DataFrame([["a", 1, 2], ["b", 3, 4]], columns=["term", "count", "count"])
    assert make_grid(twice, 9).rows == [["a", "1", "2"], ["b", "3", "4"]]
