"""Kinds: one type for a column, whatever a part of it holds."""

import numpy as np
import pandas as pd
import pytest

from discourse.corpus.kinds import kind_of, typed


@pytest.mark.parametrize(
    "values",
    [
        [1, 2], [1, None], [1, 2.5], [1.5, None], ["a", None], ["a", 1], [True, False], [True, None], [True, 1],
        [[1], None], [{"a": 1}, "a"], [None, None],
    ],
)  # fmt: skip
def test_the_kind_is_what_pandas_makes_of_all_values(values):
    names = {int: "int", float: "float", str: "string", bool: "bool", type(None): "null"}
    types = {names.get(type(value), "other") for value in values}
    expected = pd.DataFrame([{"a": value} for value in values])["a"].dtype
    assert pd.api.types.pandas_dtype(kind_of(types)) == expected


def test_a_part_gets_the_columns_and_types_of_the_whole():
    part = pd.DataFrame({"n": [1, 2], "yes": [True, False], "day": pd.to_datetime(["2025-11-03", None])})
    kinds = (("late", "str"), ("day", "moments"), ("n", "float64"), ("yes", "object"), ("other", "float64"))
    frame = typed(part, kinds)
    assert list(frame.columns) == ["late", "day", "n", "yes", "other"]
    assert frame["day"].tolist() == ["2025-11-03T00:00:00", ""]
    assert [frame[name].dtype for name in ("n", "yes", "other")] == [np.float64, object, np.float64]
    assert frame["late"].isna().all()


def test_a_type_that_holds_missing_values_is_kept():
    frame = typed(pd.DataFrame({"n": pd.array([1, 2], dtype="Int64")}), (("n", "float64"),))
    assert frame["n"].dtype == "Int64"
