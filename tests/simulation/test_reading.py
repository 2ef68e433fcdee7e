"""The simulation of what readers say: its tables are what it gives, and the page is what the tables say."""

from __future__ import annotations

import pytest

from discourse.tables import codebook_validity

from .reading import (
    PAGE,
    RATES,
    READING,
    Setting,
    cells,
    coverage,
    rates_of,
    reading_results,
    sheet_of,
    simulated,
    texts_of,
    truth_of,
)
from .simulate import written
from .verdict import page_with, tables_of_reading

TABLE = reading_results()
SHARES = coverage(TABLE)["coverage"]
DIFFERENT = "right in one outlet, wrong in the other"
KEYS = list(Setting._fields)


@pytest.mark.parametrize("setting", [Setting("no hit right (0 of n)", "", 3), Setting("nothing missed", "", 9)])
def test_sheets_drawn_again_give_the_numbers_of_the_table(setting):
    own = TABLE[TABLE[KEYS].apply(tuple, axis=1) == tuple(setting)]
    assert written(simulated(setting)) == written(own)


@pytest.mark.parametrize("by", ["", "outlet"])
def test_rates_put_right_again_give_the_numbers_of_the_table(by, monkeypatch):
    monkeypatch.setitem(READING, "together", 10)
    few = simulated(Setting(DIFFERENT, by, 0)).set_index("measure")
    own = TABLE[(TABLE["corpus"] == DIFFERENT) & (TABLE["drawn_by"] == by)].groupby("measure")["mean_estimate"]
    assert few["mean_estimate"].to_dict() == pytest.approx(own.mean().to_dict(), rel=0.25)
    assert (few["coverage"] >= 0.8).to_dict() == {"rate in North": True, "rate in South": by == "outlet"}


def test_every_setting_and_measure_is_in_the_table_once():
    truth = {name: rates_of(name) for name in RATES["outlets"]}
    truth |= {name: truth_of(planted) for name, planted in READING["planted"].items()}
    expected = [(*setting, name) for setting in cells() for name in truth[setting.corpus]]
    assert [tuple(row) for row in TABLE[[*KEYS, "measure"]].to_numpy()] == expected
    assert (TABLE[["coverage", "above", "below"]].sum(axis=1) - 1).abs().max() < 2e-3


@pytest.mark.parametrize("name", list(READING["planted"]))
def test_the_truth_is_what_reading_everything_finds(name):
    whole = [(kind, pattern, size, own, size) for kind, pattern, size, own, _ in READING["planted"][name]]
    row = codebook_validity(*sheet_of(whole, 1)).iloc[0]
    truth = truth_of(READING["planted"][name])
    assert row[list(truth)].to_dict() == pytest.approx(truth)


@pytest.mark.parametrize("corpus", list(RATES["outlets"]))
def test_the_truth_of_rates_is_in_the_texts(corpus):
    tokens, rates = texts_of(corpus)
    texts = tokens.documents.assign(right=[tokens.corpus.text(i).startswith("Power") for i in tokens.documents.index])
    words = rates.set_index("outlet")["total"]
    found = 1000 * texts.groupby("outlet")["right"].sum() / words
    assert {f"rate in {name}": rate for name, rate in found.items()} == pytest.approx(rates_of(corpus))


def test_limits_contain_the_truth_as_often_as_they_say_but_for_one_factor_of_unlike_outlets():
    wrong = SHARES.loc[DIFFERENT, "", "rate in South"]
    assert (SHARES.drop((DIFFERENT, "", "rate in South")) >= 0.95).all()
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert f"contain the rate of South in {100 * wrong:.1f} % of all cases" in text


def test_the_page_shows_the_tables():
    text = PAGE.read_text(encoding="utf-8")
    shown = tables_of_reading()
    assert page_with(shown, text) == text
    for name in shown:
        assert f"<!-- {name} -->\n\n|" in text
