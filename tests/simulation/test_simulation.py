"""The simulation of coverage: its truth is true, its table is what it gives, and the package follows its verdict."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from discourse import measures
from discourse.tables.flags import FEW_DOCUMENTS
from discourse.tables.uncertainty import FEW_DRAWN

from . import spread
from .simulate import SETTINGS, Cell, cells, drawn, simulated, truth_of, written
from .verdict import PAGE, distances, every_table, page_with, results, spread_results, starts, winner

TABLE = results()
SPREAD = spread_results()
KEYS = ["model", "item", "statistic", "documents"]


@pytest.mark.parametrize(
    "cell",
    [
        Cell("gamma_poisson", "ordinary", "rate", 10),
        Cell("zero_inflated_unequal", "ordinary", "share", 15),
        Cell("zero_inflated_unequal", "common", "log_ratio", 5),
    ],
)
def test_a_setting_simulated_again_gives_the_numbers_of_the_table(cell):
    own = TABLE[(TABLE[KEYS] == pd.Series(cell._asdict())).all(axis=1)]
    assert written(simulated(cell)) == written(own)


def test_every_setting_and_method_is_in_the_table_once():
    expected = [(*cell, name) for cell in cells() for name in SETTINGS["methods"]]
    assert [tuple(row) for row in TABLE[[*KEYS, "method"]].to_numpy()] == expected
    whole = TABLE[["coverage", "above", "below", "undefined"]].sum(axis=1)
    np.testing.assert_allclose(whole, 1, atol=2e-3)


@pytest.mark.parametrize("model", list(SETTINGS["models"]))
@pytest.mark.parametrize("statistic", SETTINGS["statistics"])
def test_the_truth_is_what_many_documents_come_to(model, statistic):
    cell = Cell(model, "common", statistic, 40_000)
    groups = drawn(cell, np.random.default_rng(1), SETTINGS | {"together": 20})
    ratios = [group.counts.sum() / group.sizes.sum() for group in groups]
    found = np.log2(ratios[0] / ratios[1]) if statistic == "log_ratio" else ratios[0]
    assert found == pytest.approx(truth_of(cell), rel=0.01)


def test_the_rule_finds_the_first_start_then_the_nearest_then_the_one_without_draws():
    def table(*rows: tuple[str, int, float]) -> pd.DataFrame:
        return pd.DataFrame(rows, columns=["method", "documents", "coverage"]).assign(item="ordinary")

    early = [("bca", 8, 0.93), ("bca", 10, 0.95), ("ratio_t", 8, 0.89), ("ratio_t", 10, 0.95)]
    assert winner(table(*early)) == ("bca", 8)
    near = [("bca", 8, 0.95), ("ratio_t", 8, 0.946), ("percentile", 8, 0.5)]
    assert winner(table(*near)) == ("ratio_t", 8)
    assert winner(table(("bca", 8, 0.95), ("ratio_t", 8, 0.94))) == ("bca", 8)
    broken = table(("bca", 8, 0.95), ("bca", 10, 0.89), ("bca", 15, 0.95))
    assert starts(broken)["bca"] == 15
    assert distances(broken)["bca"] == pytest.approx(0)
    assert np.isnan(starts(table(("bca", 8, 0.5)))["bca"])


def test_the_tables_of_the_package_follow_the_verdict():
    assert winner(TABLE) == ("ratio_t_log", FEW_DOCUMENTS)
    assert starts(TABLE)["poisson_percentile"] == FEW_DRAWN


def test_the_page_shows_the_tables():
    text = PAGE.read_text(encoding="utf-8")
    shown = every_table()
    assert page_with(shown, text) == text
    for name in shown:
        assert f"<!-- {name} -->\n\n|" in text or f"<!-- {name} -->\n\nModel" in text


# ── limits of dispersion ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "cell", [spread.Cell("gamma_poisson", "ordinary", 15), spread.Cell("zero_inflated_unequal", "rare", 8)]
)
def test_a_setting_of_spread_simulated_again_gives_the_numbers_of_the_table(cell):
    own = SPREAD[(SPREAD[list(cell._fields)] == pd.Series(cell._asdict())).all(axis=1)]
    assert written(spread.simulated(cell)) == written(own)


def test_every_setting_and_method_of_spread_is_in_the_table_once():
    expected = [(*cell, name) for cell in spread.cells() for name in spread.SETTINGS["methods"]]
    assert [tuple(row) for row in SPREAD[["model", "item", "documents", "method"]].to_numpy()] == expected


@pytest.mark.parametrize("model", list(SETTINGS["models"]))
@pytest.mark.parametrize("item", list(SETTINGS["items"]))
def test_the_true_dp_is_what_many_documents_come_to(model, item):
    cell = spread.Cell(model, item, 40_000)
    group = spread.drawn(cell, np.random.default_rng(1), spread.SETTINGS | {"together": 5})
    found = spread.deviations(group, np.ones((1, cell.documents)))[0].mean()
    assert found == pytest.approx(spread.truth_of(cell), rel=3e-3)


def test_documents_drawn_twice_are_two_parts_of_their_size():
    group = spread.drawn(spread.Cell("zero_inflated_unequal", "common", 12), np.random.default_rng(4))
    weights = measures.replacement_weights(12, draws=3, seed=1)
    values, errors = spread.deviations(group, weights)
    for draw, times in enumerate(weights):
        taken = np.repeat(np.arange(12), times)
        y, x = group.counts[taken], group.sizes[taken].astype(float)
        own = [measures.dp(y[:, [column]], x[:, column])[0] for column in range(5)]
        np.testing.assert_allclose(values[draw, :5], own, rtol=1e-9)
        low, high = measures.dp_interval(y, x, scale="identity")
        freedom = x.sum(axis=0) ** 2 / (x**2).sum(axis=0) - 1
        np.testing.assert_allclose(errors[draw] * stats.t.ppf(0.975, freedom), (high - low) / 2, rtol=1e-9)


def test_the_table_of_dispersion_follows_the_verdict_and_waits_longer():
    name, start = winner(SPREAD, spread.SETTINGS["without_draws"])
    assert name == "linear_t_logit"
    assert start == 5 < FEW_DOCUMENTS
