"""Estimates from a sample that somebody read: weighted by its design, and covering the truth as often as they say."""

from __future__ import annotations

import pandas as pd
import pytest
from simulation.reading import sheet_of

from discourse import measures
from discourse.tables import codebook_validity, corrected_frequencies

# Strata of a corpus whose truth is known: kind, pattern, sentences, those that use the frame, sentences read.
PLANTED = [
    ("hit", "orbit", 300, 240, 30),
    ("hit", "sphere", 120, 118, 20),
    ("hit", "backyard", 40, 8, 10),
    ("near_miss", "", 500, 60, 40),
    ("non_hit", "", 5000, 25, 60),
]
FOUND, RIGHT, TRUE = 460, 366, 451


def estimates(planted, seeds):
    rows = [codebook_validity(*sheet_of(planted, seed), seed=seed).iloc[0] for seed in range(seeds)]
    return pd.DataFrame(rows).reset_index(drop=True)


def covered(rows, name, value):
    return ((rows[f"{name}_low"] <= value + 1e-9) & (value - 1e-9 <= rows[f"{name}_high"])).mean()


def test_on_a_planted_corpus_the_truth_is_hit_on_average_and_covered_as_often_as_stated():
    rows = estimates(PLANTED, 100)
    truth = {"precision": RIGHT / FOUND, "recall": RIGHT / TRUE, "f1": 2 * RIGHT / (FOUND + TRUE), "true": TRUE}
    for name, value in truth.items():
        # With a coverage of .95, 100 seeds give less than .88 once in five hundred times.
        assert covered(rows, name, value) >= 0.88, name
    assert rows["precision"].mean() == pytest.approx(RIGHT / FOUND, abs=0.015)
    assert rows["true"].mean() == pytest.approx(TRUE, rel=0.1)
    assert rows["share"].mean() == pytest.approx(TRUE / 5960, rel=0.1)


def test_rare_errors_and_perfect_strata_are_covered_too():
    rows = estimates([("hit", "a", 200, 200, 15), ("near_miss", "", 300, 0, 20), ("non_hit", "", 10_000, 10, 50)], 60)
    for name, value in {"precision": 1.0, "recall": 200 / 210, "true": 210.0}.items():
        assert covered(rows, name, value) >= 0.88, name


def test_strata_count_for_what_they_have_and_not_for_what_was_drawn():
    hit = [("hit", "a", 90, 90, 10), ("hit", "b", 10, 0, 10)]
    planted = [*hit, ("near_miss", "", 50, 50, 5), ("non_hit", "", 7, 0, 7)]
    row = codebook_validity(*sheet_of(planted, 0)).iloc[0]
    assert (row["precision"], row["true"], row["found"], row["sentences"], row["coded"]) == (0.9, 140, 100, 157, 32)
    assert row["recall"] == 90 / 140
    assert row["f1"] == pytest.approx(2 * 90 / 240)


def test_what_was_read_in_full_is_certain():
    planted = [(kind, pattern, size, right, size) for kind, pattern, size, right, _ in PLANTED]
    row = codebook_validity(*sheet_of(planted, 0)).iloc[0]
    for name, value in {"precision": RIGHT / FOUND, "recall": RIGHT / TRUE, "true": TRUE}.items():
        assert row[[name, f"{name}_low", f"{name}_high"]].tolist() == pytest.approx([value] * 3)


def test_one_stratum_alone_has_exact_limits():
    sheet, codes = sheet_of([("hit", "a", 10**9, 7 * 10**8, 20)], 1)
    yes = (codes["code"] == "yes").sum()
    row = codebook_validity(sheet, codes).iloc[0]
    low, high = measures.clopper_pearson(yes, 20)
    assert row["precision_low"] == pytest.approx(float(low), abs=0.02)
    assert row["precision_high"] == pytest.approx(float(high), abs=0.02)


def test_patterns_that_hurt_are_named():
    sheet, codes = sheet_of(PLANTED, 2)
    table = codebook_validity(sheet, codes, each="pattern").set_index("pattern")
    assert table["found"].tolist() == [300, 120, 40]
    assert table["hurts"].to_dict() == {"orbit": False, "sphere": False, "backyard": True}
    row = codebook_validity(sheet, codes).iloc[0]
    assert row["hurting"] == "backyard"
    assert (table["f1"] == row["f1"]).all()
    assert (table["precision_low"] <= table["precision"]).all()
    assert (table["precision"] <= table["precision_high"]).all()


def test_a_pattern_of_a_sheet_drawn_by_groups_has_one_row_for_all_of_them():
    side = [("hit", "right", 60, 60, 10), ("hit", "mixed", 90, 0, 30), ("non_hit", "", 30, 3, 10)]
    other = [("hit", "mixed", 30, 30, 10), ("hit", "right", 20, 20, 10), ("non_hit", "", 30, 3, 10)]
    pairs = [sheet_of(planted, 0, outlet=name) for name, planted in (("A", side), ("B", other))]
    sheet, codes = (pd.concat(part, ignore_index=True) for part in zip(*pairs, strict=True))
    columns = ["pattern", "found", "coded", "right", "precision", "hurts"]
    table = codebook_validity(sheet, codes, each="pattern")
    assert table[columns].to_numpy().tolist() == [["mixed", 120, 40, 10, 0.25, True], ["right", 80, 20, 20, 1.0, False]]
    assert codebook_validity(sheet, codes)["hurting"].tolist() == ["mixed"]
    unread = codes.assign(code=codes["code"].where(sheet["outlet"] == "A", ""))
    table = codebook_validity(sheet, unread, each="pattern")
    assert table[["precision", "precision_low", "f1_without"]].isna().all(axis=None)
    assert table["flags"].tolist() == ["not_read", "few_read not_read"]
    apart = codebook_validity(sheet, codes, each="pattern", by="outlet")
    assert apart[["outlet", "pattern", "precision"]].to_numpy().tolist() == [
        ["A", "mixed", 0.0], ["A", "right", 1.0], ["B", "mixed", 1.0], ["B", "right", 1.0],
    ]


def test_where_nothing_was_read_nothing_is_claimed():
    sheet, codes = sheet_of(PLANTED, 0)
    codes.loc[(sheet["stratum"] == "non_hit").to_numpy(), "code"] = ""
    row = codebook_validity(sheet, codes).iloc[0]
    assert row[["recall", "recall_low", "recall_high", "f1", "true", "share", "true_low"]].isna().all()
    assert row["precision"] > 0.5
    patterns = codebook_validity(sheet, codes.assign(code=""), each="pattern")
    assert patterns[["precision", "precision_low", "precision_high", "f1_without"]].isna().all(axis=None)
    assert not patterns["hurts"].any()


def flags_of(planted, **options):
    return codebook_validity(*sheet_of(planted, 0), **options)["flags"].tolist()


def test_flags_say_where_too_little_was_read():
    enough = [("hit", "a", 90, 60, 20), ("near_miss", "", 50, 5, 20), ("non_hit", "", 70, 7, 20)]
    assert flags_of(enough) == [""]
    assert flags_of([*enough[:2], ("non_hit", "", 70, 7, 19)]) == ["few_read"]
    assert flags_of([*enough[:2], ("non_hit", "", 7, 7, 7)]) == [""]  # all there are
    patterns = [("hit", "a", 90, 60, 17), ("hit", "b", 90, 60, 3)]
    assert flags_of([*patterns, *enough[1:]]) == [""]
    assert flags_of([*patterns, *enough[1:]], each="pattern") == ["few_read", "few_read"]
    sheet, codes = sheet_of(enough, 0)
    codes.loc[(sheet["stratum"] == "non_hit").to_numpy(), "code"] = ""
    assert codebook_validity(sheet, codes)["flags"].tolist() == ["not_read"]
    assert codebook_validity(sheet, codes.assign(code=""), each="pattern")["flags"].tolist() == ["not_read"]


def test_units_without_a_code_are_like_the_others_of_their_stratum():
    sheet, codes = sheet_of([("hit", "a", 40, 40, 10), ("non_hit", "", 10, 0, 10)], 0)
    codes.loc[:4, "code"] = ""
    row = codebook_validity(sheet, codes).iloc[0]
    assert (row["precision"], row["coded"], row["true"]) == (1, 15, 40)


def both():
    pairs = [sheet_of([("hit", "a", 50, yes, 20), ("non_hit", "", 30, 0, 10)], 0, outlet=name) for name, yes in
             (("A", 50), ("B", 0))]
    return tuple(pd.concat(part, ignore_index=True) for part in zip(*pairs, strict=True))


def test_groups_that_were_drawn_by_themselves_can_be_told_apart_or_put_together():
    sheet, codes = both()
    assert codebook_validity(sheet, codes, by="outlet")["precision"].tolist() == [1, 0]
    assert codebook_validity(sheet, codes)["precision"].tolist() == [0.5]


def test_rates_are_put_right_group_by_group_or_by_one_factor():
    sheet, codes = both()
    table = pd.DataFrame({"outlet": ["B", "A"], "frame": "spheres", "per_1k": [4.0, 2.0]})
    own = corrected_frequencies(table, codebook_validity(sheet, codes, by="outlet"))
    assert own["corrected_per_1k"].tolist() == [0, 2]
    assert corrected_frequencies(table, codebook_validity(sheet, codes))["corrected_per_1k"].tolist() == [2, 1]
    assert (own["corrected_low"] <= own["corrected_per_1k"]).all()
    flagged = table.assign(flags=["", "few_documents"])
    each = corrected_frequencies(flagged, codebook_validity(sheet, codes, by="outlet"))
    assert each["flags"].equals(flagged["flags"])
    one = corrected_frequencies(flagged, codebook_validity(sheet, codes))
    assert one["flags"].tolist() == ["one_factor", "few_documents one_factor"]
    alone = flagged[:1]
    assert corrected_frequencies(alone, codebook_validity(sheet, codes))["flags"].tolist() == [""]
    with pytest.raises(ValueError, match="validity must be of the frames of the table; got 'spheres'"):
        corrected_frequencies(table.assign(frame="x"), codebook_validity(sheet, codes))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s, c: (s, c.assign(unit=c["unit"] + "x")), "codes must be of the units of the sheet; got 'u0x'"),
        (lambda s, c: (s, c.assign(code="maybe")), "codes must be 'yes', 'no' or empty, one a unit; got 'maybe'"),
        (lambda s, c: (s.drop(columns="population"), c), "sheet must have the columns that coding_sheet made; 'popul"),
        (lambda s, c: (s[1:], c[1:]), "sheet must have all rows that coding_sheet made, and no further columns"),
        (lambda s, c: (s.assign(row=range(len(s))), c), "sheet must have all rows that coding_sheet made, and no"),
        (lambda s, c: (s.assign(stratum="hits"), c), "stratum must be one of 'hit', 'near_miss', 'non_hit'; got"),
    ],
)
def test_what_does_not_fit_together_is_said(change, message):
    with pytest.raises(ValueError, match=message):
        codebook_validity(*change(*sheet_of(PLANTED, 0)))
    with pytest.raises(ValueError, match="each must be one of 'frame', 'pattern'; got 'word'"):
        codebook_validity(*sheet_of(PLANTED, 0), each="word")


def test_a_sheet_in_the_place_of_codes_is_named():
    with pytest.raises(ValueError, match=r"sheet must be the table .* got 'first\.csv'\. The codes come"):
        codebook_validity("first.csv", sheet_of(PLANTED, 0)[0])


def in_years(seed=0):
    """A sheet that was drawn by a year, which some documents lack."""
    parts = [sheet_of(PLANTED, seed + i) for i in range(3)]
    years = ["2021", "", "2020"]
    sheets = [s.assign(unit=s["unit"] + y, year=y) for (s, _), y in zip(parts, years, strict=True)]
    codes = [c.assign(unit=c["unit"] + y) for (_, c), y in zip(parts, years, strict=True)]
    return pd.concat(sheets, ignore_index=True), pd.concat(codes, ignore_index=True)


def test_a_sheet_read_from_csv_in_the_usual_way_says_the_same(tmp_path):
    sheet, codes = in_years()
    sheet.to_csv(tmp_path / "key.csv", index=False)
    validity = codebook_validity(sheet, codes, by="year")
    again = codebook_validity(pd.read_csv(tmp_path / "key.csv"), codes, by="year")
    pd.testing.assert_frame_equal(again, validity)
    assert validity["year"].tolist() == ["", "2020", "2021"]
    assert codebook_validity(pd.read_csv(tmp_path / "key.csv"), codes)["sentences"].tolist() == [3 * 5960]


def test_rates_are_put_right_by_a_validity_read_from_csv_in_the_usual_way(tmp_path):
    validity = codebook_validity(*in_years(), by="year")
    validity.to_csv(tmp_path / "validity.csv", index=False)
    table = pd.DataFrame({"year": ["", "2020", "2021"], "frame": "spheres", "per_1k": 1.0})
    factor = corrected_frequencies(table, pd.read_csv(tmp_path / "validity.csv"))["factor"]
    assert factor.tolist() == pytest.approx((validity["true"] / validity["found"]).tolist())


def test_a_table_without_the_groups_of_the_validity_is_refused():
    validity = codebook_validity(*in_years(), by="year")
    with pytest.raises(ValueError, match=r"table must have the groups of the validity; 'year' is missing. Count by"):
        corrected_frequencies(pd.DataFrame({"frame": ["spheres"], "per_1k": 1.0}), validity)


@pytest.mark.parametrize("change", [str.upper, lambda code: f" {code.title()} ", lambda code: code or None])
def test_codes_are_read_from_a_table_as_from_a_file(change):
    sheet, codes = sheet_of(PLANTED, 0)
    codes["code"] = codes["code"].where(codes.index % 7 > 0, "")
    written = codes.assign(code=pd.Categorical([change(code) for code in codes["code"]]))
    pd.testing.assert_frame_equal(codebook_validity(sheet, written), codebook_validity(sheet, codes))


def test_a_unit_with_two_codes_is_named():
    sheet, codes = sheet_of(PLANTED, 0)
    with pytest.raises(ValueError, match=r"codes must have each unit once; 'u0' stands twice. Keep one."):
        codebook_validity(sheet, pd.concat([codes, codes]))


def test_voices_of_a_group_that_was_measured_share_its_factor_and_the_flag_says_so():
    validity = codebook_validity(*in_years(), by="year")
    rows = [("2020", "author"), ("2020", "quoted"), ("2021", "author")]
    table = pd.DataFrame(rows, columns=["year", "voice"]).assign(frame="spheres", per_1k=1.0, flags="")
    assert corrected_frequencies(table, validity)["flags"].tolist() == ["one_factor", "one_factor", ""]
