"""Agreement of coders, frame by frame, is that of the measures."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from discourse import measures
from discourse.tables import agreement


def coder(codes, **more):
    return pd.DataFrame({"unit": [f"u{i}" for i in range(len(codes))], "code": codes, **more})


FRAMES = ["war"] * 6 + ["peace"] * 6
ANNA = coder("yes yes no no yes no yes no no no yes no".split(), frame=FRAMES)
BEN = coder([*"yes no no no yes no yes no no yes yes".split(), ""], frame=FRAMES)
CARL = coder("yes yes no no no no yes no no yes no no".split(), frame=FRAMES).sample(frac=1, random_state=1)


def test_each_row_is_what_the_measure_says_of_the_units_of_the_frame():
    table = agreement({"Anna": ANNA, "Ben": BEN}).set_index(["frame", "coefficient"])
    assert [frame for frame, _ in table.index[::5]] == ["", "war", "peace"]
    ratings = [[a, b] for a, b in zip(ANNA["code"][:6], BEN["code"][:6], strict=True)]
    for name in ("percent_agreement", "cohen_kappa", "scott_pi", "fleiss_kappa", "krippendorff_alpha"):
        row = table.loc[("war", name)]
        assert row["value"] == float(getattr(measures, name)(ratings))
        assert (row["low"], row["high"]) == tuple(map(float, measures.agreement_interval(ratings, name)))
    assert table["units"].tolist() == [11] * 5 + [6] * 5 + [5] * 5


def test_coders_who_always_agree_have_no_limits_and_the_table_says_so():
    table = agreement({"Anna": ANNA, "A": ANNA})
    assert table["value"].eq(1).all()
    assert table["low"].isna().all()
    assert set(table["interval"]) == {"none: units drawn again do not differ, or are often undefined"}


def test_units_are_matched_by_name_and_three_have_no_coefficient_of_two():
    table = agreement({"Anna": ANNA, "Ben": BEN, "Carl": CARL})
    assert set(table["coefficient"]) == {"percent_agreement", "fleiss_kappa", "krippendorff_alpha"}
    assert set(table["coders"]) == {3}
    assert agreement({"Carl": CARL, "C": CARL.sort_index()})["value"].eq(1).all()


def test_files_and_stances_are_compared_too(tmp_path):
    for name, own in {"a": ANNA, "b": BEN}.items():
        own.assign(stance=["neutral", "reported"] * 6).to_csv(tmp_path / f"{name}.csv", index=False)
    table = agreement({"a": tmp_path / "a.csv", "b": str(tmp_path / "b.csv")}, column="stance")
    assert table["value"].eq(1).all()


def test_what_cannot_be_compared_is_said():
    with pytest.raises(ValueError, match=r"coders must have names; got a list\. Name each, as in"):
        agreement(["first.csv", "second.csv"])
    with pytest.raises(ValueError, match="coders must be two or more; got 1"):
        agreement({"Anna": ANNA})
    with pytest.raises(ValueError, match="column must be one of 'code', 'stance', 'voice'; got 'note'"):
        agreement({"Anna": ANNA, "Ben": BEN}, column="note")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (ANNA.assign(code="perhaps"), "coders['B'] must be 'yes', 'no' or empty, one a unit; got 'perhaps'."),
        (pd.concat([ANNA, ANNA]), "coders['B'] must have each unit once; 'u0' stands twice. Keep one."),
        (ANNA.assign(unit="x" + ANNA["unit"]), "coders must be of the same sheet; no unit is in two of them. Give"),
    ],
)
def test_codes_that_cannot_be_compared_are_refused(given, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        agreement({"A": ANNA, "B": given})
