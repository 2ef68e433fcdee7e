"""Cells as data and as something to read."""

import datetime
import io

import numpy as np
import pandas as pd
import pytest

from discourse.report.cells import csv_text, plain, reading, table_csv


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1 degree", "@user", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    read = pd.read_csv(io.StringIO(csv_text(["a"], [[text]])), dtype=str, lineterminator="\n")
    assert read.loc[0, "a"] == f"'{text}"


def test_numbers_are_never_guarded() -> None:
    assert csv_text(["=a"], [[-1], [-0.5]]) == "'=a\n-1\n-0.5\n"


def test_the_last_bits_of_a_float_do_not_reach_the_file() -> None:
    assert csv_text(["x"], [[plain(0.1 + 0.2)]]) == csv_text(["x"], [[plain(0.3)]])


def test_integers_and_whole_floats_keep_all_their_digits() -> None:
    assert csv_text(["x"], [[plain(np.int64(123456789))], [plain(123456789.0)]]) == "x\n123456789\n123456789\n"


def test_missing_values_of_every_kind_are_empty() -> None:
    values = [None, np.nan, pd.NA, pd.NaT, float("nan")]
    assert [plain(value) for value in values] == [None] * 5


def test_dates_are_iso_text() -> None:
    assert plain(pd.Timestamp("2025-11-03")) == plain(datetime.date(2025, 11, 3)) == "2025-11-03"


def test_infinity_is_shown_and_written_as_infinity() -> None:
    assert csv_text(["x"], [[plain(np.inf)], [plain(-np.inf)]]) == "x\ninf\n-inf\n"
    assert reading([float("inf"), float("-inf"), 1.5]) == ["∞", "−∞", "1.50"]


def test_line_ends_are_lf_and_text_is_kept_to_the_character() -> None:
    table = pd.DataFrame({"text": ["a\nb", 'say "no", now', "Türkiye"]})
    assert table_csv(table) == 'text\n"a\nb"\n"say ""no"", now"\nTürkiye\n'


def test_a_column_is_read_with_one_number_of_decimals() -> None:
    assert reading([0.1, 2.25, 30.0]) == ["0.10", "2.25", "30.00"]
    assert reading([1500.04, 1.5]) == ["1500.0", "1.5"]
    assert reading([0.12345, 1.0]) == ["0.123", "1.000"]


def test_a_small_number_is_not_read_as_zero() -> None:
    assert reading([0.0046, -0.0004, 9.19]) == ["0.005", "−0.0004", "9.19"]
    assert reading([0.00001, 0.5, 0.0]) == ["1.0e−05", "0.500", "0.000"]


def test_years_have_no_separator_and_large_numbers_have() -> None:
    assert reading([2025, 12345]) == ["2025", "12,345"]


def test_reading_an_empty_column_and_one_of_gaps() -> None:
    assert reading([]) == []
    assert reading([None, None]) == ["", ""]
