"""Gathering: tables that follow one another, as Arrow would put them together."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus.gathering import Gathered

KINDS = {
    "text": (st.text(max_size=5) | st.none(), [pa.string(), pa.large_string(), pa.null()]),
    "n": (st.integers(0, 9) | st.none(), [pa.int64(), pa.float64(), pa.null()]),
    "yes": (st.booleans() | st.none(), [pa.bool_(), pa.null()]),
}


@st.composite
def tables(draw):
    n = draw(st.integers(0, 4))
    columns = {}
    for name in draw(st.lists(st.sampled_from(sorted(KINDS)), unique=True, min_size=1)):
        values, kinds = KINDS[name]
        kind = draw(st.sampled_from(kinds))
        values = st.none() if kind == pa.null() else values
        columns[name] = pa.array(draw(st.lists(values, min_size=n, max_size=n)), kind)
    return pa.table(columns)


@given(st.lists(tables(), min_size=1, max_size=5), st.integers(0, 2))
def test_tables_are_put_together_as_arrow_does(parts, cut):
    gathered = Gathered()
    for part in parts:
        gathered.add(part.slice(cut))
    expected = pa.concat_tables([part.slice(cut) for part in parts], promote_options="permissive")
    found = gathered.table()
    assert found.to_pydict() == expected.to_pydict()
    found.validate(full=True)
    assert gathered.rows == expected.num_rows


@pytest.mark.parametrize("second", [[1], [True]])
def test_a_column_of_several_types_is_refused(second):
    gathered = Gathered()
    gathered.add(pa.table({"a": ["x"]}))
    gathered.add(pa.table({"a": second}))
    with pytest.raises(pa.ArrowInvalid, match="values of several types in the column 'a'"):
        gathered.table()


def test_numbers_and_truth_values_are_not_put_together():
    gathered = Gathered()
    gathered.add(pa.table({"a": [1]}))
    gathered.add(pa.table({"a": [True]}))
    with pytest.raises(pa.ArrowInvalid, match="'a'"):
        gathered.table()
