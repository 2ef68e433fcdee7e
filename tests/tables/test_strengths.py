"""Measures asked for in a table of keyness: each follows from its own row, or from the counts of all groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from counts.samples import STUDY
from scipy.stats import binom, norm

from discourse import measures
from discourse.counts import Counts, term_counts
from discourse.tables import keyness
from discourse.tables.sides import sides_of
from discourse.tables.variation import variation

FRAME = pd.DataFrame(
    [(side, term, count) for side, counts in {"A": (30, 2, 0, 8), "B": (10, 9, 3, 8), "C": (5, 1, 6, 9)}.items()
     for term, count in zip(("war", "peace", "gas", "of"), counts, strict=True) if count],
    columns=["side", "term", "count"],
)  # fmt: skip
COUNTS = Counts.from_frame(FRAME, by="side")
HITS = FRAME.pivot_table(index="term", columns="side", values="count", fill_value=0)
TOTALS = HITS.sum().to_numpy()
SIMPLE = "chi_squared fisher_exact ell relative_risk percent_diff odds_ratio simple_maths".split()
SIMPLE += ["difference_coefficient"]
FLAT = ["log_odds_flat"]


def table_of(counts=COUNTS, **arguments):
    return keyness(counts, min_count=1, min_documents=1, **arguments)


def four(table):
    return [table[name].to_numpy() for name in ("count_target", "total_target", "count_reference", "total_reference")]


def test_measures_of_four_numbers_follow_from_their_row():
    table = table_of(measures=SIMPLE, tokens_as_sample=True)
    for name in SIMPLE:
        assert table[name].tolist() == pytest.approx(getattr(measures, name)(*four(table)).tolist(), nan_ok=True), name


def test_measures_stand_in_front_of_the_flags_and_change_nothing_else():
    usual, table = table_of(), table_of(measures=["bic", "chi_squared", "log_odds_flat"])
    names = ["bic", "chi_squared", "log_odds_flat", "log_odds_flat_z"]
    assert table.columns.tolist() == [*usual.columns[:-1], *names, "flags"]
    pd.testing.assert_frame_equal(table[usual.columns], usual)
    assert table.attrs == usual.attrs


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("chi_squared", {"correction": "yates"}),
        ("fisher_exact", {"alternative": "greater"}),
        ("percent_diff", {"zeros": "half_in_zero_cells"}),
        ("odds_ratio", {"estimate": "conditional"}),
        ("simple_maths", {"constant": 100}),
        ("relative_risk", {"zeros": "half_everywhere"}),
    ],
)
def test_conventions_are_options(name, options):
    table = table_of(measures={name: options}, tokens_as_sample=True)
    expected = getattr(measures, name)(*four(table), **options)
    assert table[name].tolist() == pytest.approx(expected.tolist(), nan_ok=True)
    assert not np.allclose(table[name], getattr(measures, name)(*four(table)), equal_nan=True)


def test_log_likelihood_of_two_cells_brings_its_own_p():
    table = table_of(measures={"log_likelihood": {"formula": "two_cell"}}, tokens_as_sample=True)
    g2 = measures.log_likelihood(*four(table), formula="two_cell")
    assert table["log_likelihood"].tolist() == pytest.approx(g2.tolist())
    assert table["p_value"].tolist() == pytest.approx(measures.p_value(g2).tolist())
    own = table["side"] == "A"
    adjusted = measures.benjamini_hochberg(table.loc[own, "p_value"])
    assert table.loc[own, "p_adjusted"].tolist() == pytest.approx(adjusted.tolist())


def test_a_p_that_is_withheld_stays_so():
    table = table_of(measures={"log_likelihood": {"formula": "two_cell"}, "fisher_exact": {}})
    assert table[["p_value", "log10_p", "p_adjusted", "fisher_exact"]].isna().all().all()


def test_log_ratio_by_another_rule_for_none_orders_its_table():
    table = table_of(measures={"log_ratio": {"zeros": "infinite"}}, target="A")
    assert table["log_ratio"].tolist() == sorted(table["log_ratio"], reverse=True)
    assert table.loc[table["term"] == "gas", "log_ratio"].item() == -np.inf


def test_bic_follows_the_formula_of_log_likelihood():
    table = table_of(measures={"bic": {}, "log_likelihood": {"formula": "two_cell"}})
    expected = measures.bic(table["log_likelihood"], table["total_target"] + table["total_reference"])
    assert table["bic"].tolist() == pytest.approx(expected.tolist())


@pytest.mark.parametrize("options", [{}, {"exact": True}, {"adjusted": False}, {"level": 0.9}])
def test_the_conservative_log_ratio_is_adjusted_for_the_rows_of_its_target(options):
    table = table_of(measures={"conservative_log_ratio": options}, target="A")
    limits = measures.exact_log_ratio_interval if options.get("exact") else measures.log_ratio_interval
    family = len(table) if options.get("adjusted", True) else 1
    low, high = limits(*four(table), level=options.get("level", 0.95), family=family)
    expected = measures.conservative_log_ratio(low, high)
    assert table["conservative_log_ratio"].tolist() == pytest.approx(expected.tolist())


def test_flat_log_odds_have_pseudo_hits_for_the_whole_vocabulary():
    table = keyness(COUNTS, min_count=20, min_documents=1, measures={"log_odds_flat": {"each": 0.5}})
    assert len(table) < 3 * len(HITS)
    delta, _, z = measures.weighted_log_odds(*four(table), prior=measures.flat_prior(0.5, len(HITS)))
    assert table["log_odds_flat"].tolist() == pytest.approx(delta.tolist())
    assert table["log_odds_flat_z"].tolist() == pytest.approx(z.tolist())


def test_words_that_stand_in_no_text_that_counts_take_no_share_of_the_flat_prior():
    about = pd.DataFrame({"side": ["A", "B"]})
    matrix = np.array([[30, 2, 0], [10, 9, 0]])
    with_more, without = (
        table_of(Counts.from_matrix(matrix[:, :n], ["war", "peace", "caption"][:n], about), by="side", measures=FLAT)
        for n in (3, 2)
    )
    pd.testing.assert_frame_equal(with_more[FLAT], without[FLAT])


def test_log_odds_take_their_prior_from_all_groups_and_a_background():
    options = {"background": {"war": 100, "moon": 900}, "mass": 50}
    table = table_of(measures={"log_odds_background": options}, target="A")
    pooled = table["term"].map(HITS.sum(axis=1)) + (table["term"] == "war") * 100
    prior = measures.background_prior(pooled, TOTALS.sum() + 1000, mass=50)
    delta, _, z = measures.weighted_log_odds(*four(table), prior=prior)
    assert table["log_odds_background"].tolist() == pytest.approx(delta.tolist())
    assert table["log_odds_background_z"].tolist() == pytest.approx(z.tolist())


def test_log_odds_against_the_pool_are_those_of_the_whole_table():
    table = table_of(measures=["log_odds_pool"])
    prior = measures.background_prior(HITS.sum(axis=1), TOTALS.sum(), mass=float(TOTALS.mean()))
    _, _, z = measures.pooled_log_odds(HITS.to_numpy(), TOTALS, prior=prior)
    expected = pd.DataFrame(z, HITS.index, HITS.columns)
    for row in table.itertuples():
        assert row.log_odds_pool_z == pytest.approx(expected.loc[row.term, row.side])


@pytest.mark.parametrize("level", [0.95, 0.8])
def test_the_log_odds_ratio_has_limits_over_documents_where_both_sides_have_enough(level):
    rng, side = np.random.default_rng(3), np.repeat(["A", "B", "C"], [20, 20, 9])
    hits = rng.poisson(9, (49, 2))
    counts = Counts.from_matrix(hits, ["war", "gas"], pd.DataFrame({"side": side}), totals=[500] * 49)
    asked = {"log_odds_ratio": {"level": level}}
    rows = table_of(counts, by="side", reference="each", measures=asked).set_index(["side", "reference", "term"])
    row = rows.loc[("A", "B", "gas")]
    one, two = (measures.ratio_moments(hits[side == name, 1:], [500] * 20) for name in "AB")
    limits = np.ravel(measures.contrast_interval(one, two, scale="logit", level=level))
    np.testing.assert_allclose(row[["log_odds_ratio_low", "log_odds_ratio_high"]].astype(float), limits)
    assert row["log_odds_ratio"] == pytest.approx(limits.mean())
    assert rows.xs("C", level="side")[["log_odds_ratio_low", "log_odds_ratio_high"]].isna().all(axis=None)


def test_text_dispersion_counts_documents_not_words():
    counts = term_counts(STUDY, by="outlet")
    table = keyness(counts, min_count=1, min_documents=1, measures=["text_dispersion_keyness"])
    written = counts.cells["doc_id"][counts.totals > 0]
    n = STUDY.documents["outlet"].reindex(written).fillna("").value_counts()
    own = table["outlet"].map(n)
    expected = measures.text_dispersion_keyness(
        table["documents_target"], own, table["documents_reference"], len(written) - own
    )
    assert table["text_dispersion_keyness"].tolist() == pytest.approx(expected.tolist(), nan_ok=True)


def test_all_groups_at_once_give_one_number_a_term():
    table = table_of(measures=["group_log_likelihood"])
    expected = pd.Series(measures.group_log_likelihood(HITS.to_numpy(), TOTALS), HITS.index)
    assert table["group_log_likelihood"].tolist() == pytest.approx(table["term"].map(expected).tolist())


@pytest.mark.parametrize("adjustment", ["sidak", "bonferroni", "tukey"])
def test_limits_of_all_pairs_hold_together(adjustment):
    table = table_of(reference="each", measures={"simultaneous_limits": {"adjustment": adjustment}})
    pairs = [("A", "B"), ("A", "C"), ("B", "C")]
    _, low, high = measures.group_log_ratios(HITS.to_numpy(), TOTALS, against="pairs", adjustment=adjustment)
    rows = table.set_index(["side", "reference", "term"])
    for number, pair in enumerate(pairs):
        for i, term in enumerate(HITS.index):
            if (*pair, term) in rows.index:
                row = rows.loc[(*pair, term)]
                assert row["simultaneous_low"] == pytest.approx(low[i, number])
                assert row["simultaneous_high"] == pytest.approx(high[i, number])


def test_limits_of_each_against_the_rest_hold_together():
    table = table_of(measures=["simultaneous_limits"]).set_index(["side", "term"])
    _, low, _ = measures.group_log_ratios(HITS.to_numpy(), TOTALS)
    for number, side in enumerate(HITS.columns):
        for i, term in enumerate(HITS.index):
            assert table.loc[(side, term), "simultaneous_low"] == pytest.approx(low[i, number])


def test_each_pair_is_the_table_of_that_pair():
    table = table_of(reference="each")
    assert table[["side", "reference"]].drop_duplicates().values.tolist() == [
        ["A", "B"], ["A", "C"], ["B", "A"], ["B", "C"], ["C", "A"], ["C", "B"],
    ]  # fmt: skip
    own = table[(table["side"] == "B") & (table["reference"] == "C")].reset_index(drop=True)
    pd.testing.assert_frame_equal(own, table_of(target="B", reference="C"), check_flags=False)
    assert set(table.attrs["hidden"]) == {f"{a} against {b}" for a in "ABC" for b in "ABC" if a != b}


def test_of_no_terms_there_are_the_columns_alone():
    table = keyness(COUNTS, min_count=10_000, measures=["log_odds_pool", "simultaneous_limits", "bic", *SIMPLE])
    assert table.empty
    assert {"log_odds_pool_z", "simultaneous_high", "bic", "ell"} < set(table.columns)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (["loglikelihood"], r"measures must be one of 'log_likelihood', .* Did you mean 'log_likelihood'\?"),
        ({"bic": {"df": 2}}, r"measures\['bic'\] has no options; got 'df'"),
        ({"simple_maths": {"k": 2}}, r"an option of measures\['simple_maths'\] must be one of 'constant'; got 'k'"),
        ({"log_ratio": {"zeros": "none"}}, "zeros must be one of"),
    ],
)
def test_a_wrong_measure_is_named(asked, message):
    with pytest.raises(ValueError, match=message):
        table_of(measures=asked)


# ── limits over documents, or authors ────────────────────────────────────────────────────────────────────────────────


def drawn(**columns):
    """Hits of three terms in documents of three groups; one of the terms is in A alone, and C has few documents."""
    rng, side = np.random.default_rng(5), np.repeat(["A", "B", "C"], [20, 24, 9])
    hits = rng.poisson([9, 5, 2], (53, 3)) * np.where(side == "A", 3, 1)[:, None]
    hits[side != "A", 2] = 0
    about = pd.DataFrame({"side": side, **columns})
    return hits, Counts.from_matrix(hits, ["war", "gas", "only"], about, totals=[900] * 53)


def known(table):
    return table["interval"].str.startswith("t over").to_numpy()


@pytest.mark.parametrize("options", [{}, {"adjusted": False}, {"level": 0.9}, {"exact": True}])
def test_the_conservative_log_ratio_is_of_limits_over_documents_where_there_are_some(options):
    _, counts = drawn()
    asked = {"conservative_log_ratio": options}
    table = table_of(counts, by="side", target="A", reference="B", measures=asked)
    assert known(table).tolist() == (table["term"] != "only").tolist()
    counted = table_of(
        counts, by="side", target="A", reference="B", measures={"conservative_log_ratio": options | {"counting": True}}
    )
    own = sides_of(counts.units("side"), "A", ["B"])
    level = 1 - (1 - options.get("level", 0.95)) / (len(table) if options.get("adjusted", True) else 1)
    items = counts.items.get_indexer(table["term"])
    nearest = measures.conservative_log_ratio(*(np.nan_to_num(v) for v in variation(own).of(items).limits(level=level)))
    expected = np.where(known(table), nearest, counted["conservative_log_ratio"])
    assert table["conservative_log_ratio"].tolist() == pytest.approx(expected.tolist())
    assert (table["conservative_log_ratio"] != counted["conservative_log_ratio"])[known(table)].all()


@pytest.mark.parametrize("adjustment", ["sidak", "bonferroni", "tukey", "none"])
def test_limits_that_hold_together_are_over_documents_where_there_are_some(adjustment):
    _, counts = drawn()
    asked = [{"simultaneous_limits": {"adjustment": adjustment, "counting": counting}} for counting in (False, True)]
    both = [table_of(counts, by="side", reference="each", measures=each) for each in asked]
    table, counted = (own.set_index(["side", "reference", "term"]) for own in both)
    wide = measures.simultaneous_quantile(3, against="pairs", adjustment=adjustment)
    own = variation(sides_of(counts.units("side"), "B", ["A"]))
    low, high = own.limits(level=1 - 2 * norm.sf(wide))
    for term in ("war", "gas"):
        number = counts.items.get_loc(term)
        row = table.loc["B", "A", term]
        assert [row["simultaneous_low"], row["simultaneous_high"]] == pytest.approx([low[number], high[number]])
    few = table.index.get_level_values("side").isin(["C"]) | (table["interval"].str.startswith("Wald"))
    pd.testing.assert_frame_equal(table[few], counted[few])


def test_a_term_that_one_side_never_has_is_tested_by_the_documents_that_have_it():
    hits, counts = drawn()
    table = table_of(counts, by="side", target="A", reference="B", measures=["p_presence"]).set_index("term")
    assert table["flags"].str.contains("no_variation").to_dict() == {"only": True, "war": False, "gas": False}
    assert np.isnan(table.loc["only", "p_documents"])
    within = int((hits[:20, 2] > 0).sum())
    # Documents are of one length, so that documents and words are shared alike; the binomial is the wider one.
    assert table.loc["only", "p_presence"] == pytest.approx(2 * binom.sf(within - 1, within, 20 / 44))
    assert table["p_presence_adjusted"].tolist() == measures.benjamini_hochberg(table["p_presence"]).tolist()
    few = table_of(counts, by="side", target="C", measures=["p_presence"])
    assert few[["p_presence", "p_presence_adjusted"]].isna().all(axis=None)
    assert not few["flags"].str.contains("no_variation").any()


def test_authors_that_have_a_term_are_counted_once_and_on_one_side_only():
    author = [f"a{i % 16}" for i in range(20)] + [f"b{i % 16}" for i in range(24)] + ["c"] * 9
    hits, counts = drawn(author=author)
    table = table_of(counts, by="side", target="A", reference="B", measures=["p_presence"]).set_index("term")
    within = len({name for name, own in zip(author, hits[:20, 2], strict=False) if own})
    assert table.loc["only", "p_presence"] == pytest.approx(2 * binom.sf(within - 1, within, 20 / 44))
    _, mixed = drawn(author=[f"a{i % 16}" for i in range(44)] + ["c"] * 9)
    table = table_of(mixed, by="side", target="A", reference="B", measures=["p_presence"])
    assert table["p_presence"].isna().all()
