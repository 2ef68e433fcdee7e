"""Measures against what other tools said of random tables: those that cannot run beside the package (see record.py)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from discourse import measures

RECORDED = json.loads((Path(__file__).parent / "recorded.json").read_text(encoding="utf-8"))
PEERS: dict[str, dict[str, Any]] = {peer.split()[0]: answers for peer, answers in RECORDED.items()}
TOLERANCE = 1e-10  # of twelve digits that were written down
SCALES = ("nominal", "ordinal", "interval", "ratio")


def agree(computed: Any, recorded: Any) -> None:
    np.testing.assert_allclose(np.asarray(computed, float), np.asarray(recorded, float), rtol=TOLERANCE, atol=TOLERANCE)


def differ(computed: Any, recorded: Any) -> None:
    assert (np.abs(np.asarray(computed, float) - np.asarray(recorded, float)) > 1e-4).any()


# ── lexicalrichness ──────────────────────────────────────────────────────────────────────────────────────────────────

RICHNESS = PEERS["lexicalrichness"]
WORDS = np.concatenate(RICHNESS["texts"])
BORDERS = np.cumsum([0, *map(len, RICHNESS["texts"])])


@pytest.mark.parametrize(
    ("call", "measure", "options"),
    [
        ("ttr", measures.type_token_ratio, {}),
        ("mattr(window_size=25)", measures.mattr, {"window": 25}),
        ("mtld()", measures.mtld, {}),
        ("mtld(threshold=0.6)", measures.mtld, {"threshold": 0.6}),
        ("hdd()", measures.hdd, {}),
        ("hdd(draws=20)", measures.hdd, {"sample": 20}),
        ("yulek", measures.yule_k, {}),
    ],
)
def test_diversity_is_that_of_lexicalrichness(call, measure, options):
    agree(measure(WORDS, BORDERS, **options), RICHNESS[call])


def test_of_a_text_without_repetition_lexicalrichness_gives_its_length_and_we_no_end():
    assert RICHNESS["mtld() of 60 different words"] == 60
    assert measures.mtld(np.arange(60)) == np.inf


def test_ends_of_factors_as_in_taaled_are_another_number_than_in_lexicalrichness():
    differ(measures.mtld(WORDS, BORDERS, ends="below", min_words=10), RICHNESS["mtld()"])
    differ(measures.mattr(WORDS, BORDERS), RICHNESS["mattr(window_size=25)"])


# ── krippendorff ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("scale", SCALES)
def test_alpha_is_that_of_krippendorff_also_where_ratings_are_missing(scale):
    tables = [np.array(ratings, float) for ratings in PEERS["krippendorff"]["ratings"]]
    assert all(np.isnan(ratings).any() for ratings in tables)
    agree([measures.krippendorff_alpha(ratings, scale=scale) for ratings in tables], PEERS["krippendorff"][scale])
    other = SCALES[SCALES.index(scale) - 1]
    differ([measures.krippendorff_alpha(ratings, scale=other) for ratings in tables], PEERS["krippendorff"][scale])


# ── association-measures ─────────────────────────────────────────────────────────────────────────────────────────────

ASSOCIATION = PEERS["association-measures"]
HITS, (N_TARGET, N_REFERENCE) = np.array(ASSOCIATION["hits"]), ASSOCIATION["words"]
SIDES = HITS[:, 0], N_TARGET, HITS[:, 1], N_REFERENCE
PAIR = HITS[:, 0], np.full(len(HITS), N_TARGET), HITS.sum(axis=1), N_TARGET + N_REFERENCE
FOUND = HITS[:, 0] > 0  # without a joint hit it puts 0.001 in its place; ours is then infinite or undefined
SOME = HITS.any(axis=1)


def recorded(call: str) -> np.ndarray:
    return np.array(ASSOCIATION[call], float)


def conservative(interval: Any, family: int = len(HITS)) -> np.ndarray:
    return measures.conservative_log_ratio(*interval(*SIDES, level=0.999, family=family))


def test_evidence_is_that_of_association_measures():
    agree(measures.log_likelihood(*SIDES), ASSOCIATION["log_likelihood()"])
    differ(measures.log_likelihood(*SIDES, formula="two_cell"), ASSOCIATION["log_likelihood()"])


@pytest.mark.parametrize(
    ("call", "measure", "unit"),
    [
        ("z_score()", measures.z_score, 1),
        ("t_score()", measures.t_score, 1),
        ("mutual_information()", measures.mutual_information, np.log10(2)),
    ],
)
def test_association_is_that_of_association_measures(call, measure, unit):
    agree(unit * measure(*PAIR)[FOUND], recorded(call)[FOUND])


def test_dice_is_that_of_association_measures():
    agree(measures.dice(*PAIR[:3]), ASSOCIATION["dice()"])


def test_both_rules_for_zeros_are_those_of_association_measures_and_its_own_default_is_walters():
    hardie, walter = (recorded(f"log_ratio(discounting={name})") for name in ("Hardie2014", "Walter1975"))
    agree(measures.log_ratio(*SIDES)[SOME], hardie[SOME])
    agree(measures.log_ratio(*SIDES, zeros="half_everywhere")[SOME], walter[SOME])
    differ(measures.log_ratio(*SIDES)[SOME], walter[SOME])


def test_where_neither_side_has_a_hit_association_measures_has_a_number_and_we_have_none():
    for call in ("log_ratio(discounting=Hardie2014)", "conservative_log_ratio(boundary=poisson)"):
        assert np.isfinite(recorded(call)[~SOME]).all()
    for rule in ("half_in_zero_cells", "half_everywhere", "infinite"):
        assert np.isnan(measures.log_ratio(*SIDES, zeros=rule)[~SOME]).all()
    assert np.isnan(conservative(measures.exact_log_ratio_interval)[~SOME]).all()


@pytest.mark.parametrize(
    ("boundary", "interval"),
    [("poisson", measures.exact_log_ratio_interval), ("normal", measures.log_ratio_interval)],
)
def test_conservative_log_ratio_is_that_of_association_measures(boundary, interval):
    told = recorded(f"conservative_log_ratio(boundary={boundary})")[SOME]
    agree(conservative(interval)[SOME], told)
    differ(conservative(interval, family=1)[SOME], told)


def test_sidak_in_association_measures_is_a_little_shorter_than_bonferroni_here():
    told = np.abs(recorded("conservative_log_ratio(boundary=poisson, correct=Sidak)")[SOME])
    ours = np.abs(conservative(measures.exact_log_ratio_interval)[SOME])
    assert (ours[told > 0] < told[told > 0]).all()
    np.testing.assert_allclose(ours, told, atol=1e-3)
