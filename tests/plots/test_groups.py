"""Groups: their names, their order, their looks."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.plots.groups import COLOURS, column_labels, document_groups, group_labels, in_words, looks, ordered


def test_ninety_groups_differ_in_colour_or_shape():
    made = looks(str(i) for i in range(90))
    assert len(set(made.values())) == 90


def test_ten_groups_differ_in_colour_and_nine_in_shape():
    made = list(looks(str(i) for i in range(10)).values())
    assert len({look.colour for look in made}) == len(COLOURS) == 10
    assert len({look.marker for look in made[:9]}) == 9


def test_a_group_keeps_its_look_where_others_are_missing():
    assert looks(["C"], ["A", "B", "C"])["C"] == looks(["A", "B", "C"])["C"]


def test_the_order_comes_first_and_what_it_does_not_name_follows():
    assert ordered(["x", "b", "a", "b"], ["a", "b", "absent"]) == ["a", "b", "x"]


@pytest.mark.parametrize("missing", ["", None, float("nan"), pd.NA])
def test_a_missing_group_has_a_name(missing):
    assert in_words(missing) == "(none)"


def test_the_unnamed_group_can_be_ordered():
    assert ordered(["A", "(none)"], ["", "A"]) == ["(none)", "A"]


def test_the_document_is_no_part_of_the_group():
    table = pd.DataFrame({"paper": ["A"], "doc_id": ["a1"], "voice": ["quoted"], "frame": ["war"]})
    assert group_labels(table, "frame").tolist() == ["A · quoted"]
    assert group_labels(table[["doc_id", "frame"]], "frame").tolist() == ["all texts"]


def test_documents_stand_in_the_block_of_their_group():
    documents, groups = pd.Series(["b", "a", "c", "a"]), pd.Series(["Y", "X", "Y", "X"])
    assert document_groups(documents, groups, ["X"]) == {"X": ["a"], "Y": ["b", "c"]}


def test_an_unknown_group_column_is_named_with_the_nearest():
    with pytest.raises(ValueError, match=r"group must be one of 'outlet'; got 'outlets'\. Did you mean 'outlet'\?"):
        column_labels(pd.DataFrame({"outlet": ["A"]}), "outlets")
