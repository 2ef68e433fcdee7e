"""The simulation of coverage: its truth is true, its table is what it gives, and the package follows its verdict."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.tables.flags import FEW_DOCUMENTS
from discourse.tables.uncertainty import FEW_DRAWN

from .simulate import SETTINGS, Cell, cells, drawn, simulated, truth_of, written
from .verdict import PAGE, distances, page_with, results, starts, tables, winner

TABLE = results()
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
    assert page_with(tables(TABLE), text) == text
    for name in tables(TABLE):
        assert f"<!-- {name} -->\n\n|" in text or f"<!-- {name} -->\n\nModel" in text
