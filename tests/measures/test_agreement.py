"""Coefficients of agreement against scikit-learn and nltk, their bootstrap against units really drawn, edges."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import interval_distance
from sklearn.metrics import cohen_kappa_score

from discourse.measures import (
    agreement_interval,
    cohen_kappa,
    fleiss_kappa,
    krippendorff_alpha,
    percent_agreement,
    scott_pi,
)
from discourse.measures.agreement import COEFFICIENTS

pairs = arrays(np.int64, st.tuples(st.integers(2, 25), st.just(2)), elements=st.integers(1, 4))
tables = arrays(np.int64, st.tuples(st.integers(2, 15), st.integers(2, 4)), elements=st.integers(1, 4))
SCALES = ["nominal", "ordinal", "interval", "ratio"]
TWO = [cohen_kappa, partial(cohen_kappa, weights="linear"), scott_pi]
MANY = [percent_agreement, fleiss_kappa, *[partial(krippendorff_alpha, scale=scale) for scale in SCALES]]


def differing(ratings: np.ndarray) -> bool:
    return len(np.unique(ratings)) > 1


def task(ratings: np.ndarray, **options: object) -> AnnotationTask:
    given_ratings = [(str(c), str(u), int(v)) for u, row in enumerate(ratings) for c, v in enumerate(row) if v > 0]
    return AnnotationTask(data=given_ratings, **options)


@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
@given(pairs)
def test_cohen_is_that_of_scikit_learn(weights, ratings):
    computed = cohen_kappa(ratings, weights=weights)
    if all(len(np.unique(side)) == 1 for side in ratings.T) and not differing(ratings):
        assert np.isnan(computed)
    else:
        expected = cohen_kappa_score(*ratings.T, weights=None if weights == "none" else weights)
        np.testing.assert_allclose(computed, expected, atol=1e-12)


@given(pairs.filter(differing))
def test_scott_percent_and_nominal_alpha_are_those_of_nltk(ratings):
    coders = task(ratings)
    np.testing.assert_allclose(scott_pi(ratings), coders.pi(), atol=1e-12)
    np.testing.assert_allclose(percent_agreement(ratings), coders.avg_Ao(), atol=1e-12)
    np.testing.assert_allclose(krippendorff_alpha(ratings), coders.alpha(), atol=1e-9)


@given(tables.filter(differing))
def test_interval_alpha_of_many_coders_is_that_of_nltk(ratings):
    expected = task(ratings, distance=interval_distance).alpha()
    np.testing.assert_allclose(krippendorff_alpha(ratings, scale="interval"), expected, atol=1e-9)


@given(arrays(np.int64, st.tuples(st.integers(3, 12), st.integers(2, 4)), elements=st.integers(0, 3)))
def test_missing_ratings_are_left_out_as_in_nltk(ratings):
    rated = np.where(ratings == 0, np.nan, ratings)
    used = ratings[(ratings > 0).sum(axis=1) >= 2]
    if len(np.unique(used[used > 0])) > 1:
        np.testing.assert_allclose(krippendorff_alpha(rated), task(used).alpha(), atol=1e-9)
    else:
        assert np.isnan(krippendorff_alpha(rated))


@given(tables.filter(differing))
def test_fleiss_is_the_corrected_share_of_agreeing_pairs(ratings):
    m = ratings.shape[1]
    counted = np.stack([(ratings == value).sum(axis=1) for value in np.unique(ratings)], axis=1)
    observed = ((counted * (counted - 1)).sum(axis=1) / (m * (m - 1))).mean()
    expected = ((counted.sum(axis=0) / ratings.size) ** 2).sum()
    np.testing.assert_allclose(fleiss_kappa(ratings), (observed - expected) / (1 - expected), atol=1e-12)
    np.testing.assert_allclose(percent_agreement(ratings), observed, atol=1e-12)


@given(pairs.filter(differing))
def test_fleiss_of_two_coders_is_scott_and_alpha_lies_a_little_above(ratings):
    np.testing.assert_array_equal(fleiss_kappa(ratings), scott_pi(ratings))
    alpha = 1 - (1 - scott_pi(ratings)) * (ratings.size - 1) / ratings.size
    np.testing.assert_allclose(krippendorff_alpha(ratings), alpha, atol=1e-12)


@given(pairs)
def test_with_two_values_every_scale_but_ratio_is_the_nominal_one(ratings):
    two = np.minimum(ratings, 2)
    nominal = krippendorff_alpha(two)
    for scale in ("ordinal", "interval"):
        np.testing.assert_allclose(krippendorff_alpha(two, scale=scale), nominal, atol=1e-9)


@given(tables, st.integers(2, 9))
def test_scales_keep_what_they_measure(ratings, factor):
    for scale, changed in [
        ("nominal", 5 - ratings),
        ("ordinal", ratings**3),
        ("interval", factor * ratings - 7),
        ("ratio", factor * ratings),
    ]:
        there, back = krippendorff_alpha(ratings, scale=scale), krippendorff_alpha(changed, scale=scale)
        np.testing.assert_allclose(there, back, atol=1e-9)


@pytest.mark.parametrize("coefficient", [*TWO, *MANY])
@given(ratings=pairs, random=st.randoms(use_true_random=False))
def test_the_order_of_units_and_of_coders_changes_nothing(coefficient, ratings, random):
    order = random.sample(range(len(ratings)), len(ratings))
    np.testing.assert_allclose(coefficient(ratings[order][:, ::-1]), coefficient(ratings), atol=1e-12)


@pytest.mark.parametrize("coefficient", [*TWO, *MANY])
def test_full_agreement_is_one(coefficient):
    np.testing.assert_allclose(coefficient([[1, 1], [2, 2], [3, 3], [1, 1]]), 1)


@pytest.mark.parametrize("coefficient", [*TWO, *MANY[1:]])
def test_one_value_alone_and_no_pair_of_ratings_are_undefined(coefficient):
    assert np.isnan(coefficient([[1, 1], [1, 1]]))
    assert np.isnan(coefficient([[1, np.nan], [np.nan, 2]]))
    assert np.isnan(coefficient(np.empty((0, 2))))


@pytest.mark.parametrize("missing", [np.nan, None, ""])
def test_words_and_missing_ones_in_any_form(missing):
    ratings = [["a", "a", missing], ["b", "a", "b"], [missing, missing, "b"], ["b", "b", "b"]]
    numbers = [[1, 1, np.nan], [2, 1, 2], [np.nan, np.nan, 2], [2, 2, 2]]
    for coefficient in (percent_agreement, fleiss_kappa, krippendorff_alpha):
        assert coefficient(ratings) == coefficient(numbers) == coefficient(pd.DataFrame(ratings))


def test_ratings_that_are_given_stay_as_they_are():
    ratings = np.array([["a", ""], ["b", "b"], ["a", None]], dtype=object)
    percent_agreement(ratings)
    assert ratings.tolist() == [["a", ""], ["b", "b"], ["a", None]]


def test_percent_agreement_counts_units_not_pairs():
    # Three of three pairs, none of one: units count alike.
    assert percent_agreement([[1, 1, 1], [1, 2, np.nan]]) == 0.5


@pytest.mark.parametrize(
    ("coefficient", "scale"),
    [
        ("percent_agreement", None),
        ("cohen_kappa", None),
        ("cohen_kappa", "quadratic"),
        ("scott_pi", None),
        ("fleiss_kappa", None),
        *[("krippendorff_alpha", scale) for scale in SCALES],
    ],
)
def test_the_interval_is_that_of_units_drawn_one_by_one(coefficient, scale):
    rng = np.random.default_rng(3)
    truth = rng.integers(1, 4, 60)
    ratings = np.stack([np.where(rng.random(60) < 0.7, truth, rng.integers(1, 4, 60)) for _ in range(2)], axis=1)
    functions = {"cohen_kappa": cohen_kappa, "scott_pi": scott_pi, "fleiss_kappa": fleiss_kappa}
    functions |= {"percent_agreement": percent_agreement, "krippendorff_alpha": krippendorff_alpha}
    option = {} if scale is None else {"weights" if coefficient == "cohen_kappa" else "scale": scale}
    drawn = [functions[coefficient](ratings[rng.integers(0, 60, 60)], **option) for _ in range(400)]
    low, high = agreement_interval(ratings, coefficient, scale=scale, draws=4_000, seed=5)
    assert low < functions[coefficient](ratings, **option) < high
    np.testing.assert_allclose([low, high], np.quantile(drawn, [0.025, 0.975]), atol=0.07)


def test_ratings_on_a_continuous_scale_have_as_many_values_as_ratings():
    rng = np.random.default_rng(2)
    ratings = rng.normal(size=(1_000, 1)) + rng.normal(size=(1_000, 3)) / 2
    within = ratings.var(axis=1, ddof=1)
    np.testing.assert_allclose(
        krippendorff_alpha(ratings, scale="interval"), 1 - within.mean() / ratings.var(ddof=1), rtol=1e-9
    )
    # The same draws at once, by variances: sums of squares of the units drawn, less those of their mean.
    order = np.lexsort(ratings.T[::-1])
    drawn = np.random.default_rng(7).multinomial(1_000, np.full(1_000, 1 / 1_000), size=999)
    mean, squares = ratings[order].mean(axis=1), (ratings[order] ** 2).sum(axis=1)
    spread = (drawn @ squares - 3 * (drawn @ mean) ** 2 / 1_000) / 2_999
    expected = np.quantile(1 - drawn @ within[order] / 1_000 / spread, [0.025, 0.975], method="weibull")
    np.testing.assert_allclose(agreement_interval(ratings, scale="interval", seed=7), expected, rtol=1e-9)


def test_the_same_seed_draws_the_same_and_a_higher_level_is_wider():
    ratings = [["y", "y"]] * 20 + [["y", "n"]] * 5 + [["n", "y"]] * 10 + [["n", "n"]] * 15
    once, again = (agreement_interval(ratings, seed=4) for _ in range(2))
    assert once == again != agreement_interval(ratings, seed=5)
    wide, narrow = (agreement_interval(ratings, level=level, seed=4) for level in (0.99, 0.5))
    assert wide[0] < once[0] < narrow[0] < narrow[1] < once[1] < wide[1]


def test_draws_without_a_second_value_are_left_out_unless_they_are_many():
    # Some draws in a hundred have one value alone, and no coefficient.
    low, high = agreement_interval([[1, 1]] * 47 + [[2, 2], [2, 2], [2, 1]], seed=1)
    assert low < 0.5 < high == 1
    # One unit of ten differs: a third of the draws has one value alone.
    assert np.isnan(agreement_interval([[1, 1]] * 8 + [[2, 2], [1, 2]], seed=1)).all()
    assert np.isnan(agreement_interval([[1, 1]] * 10)).all()


@pytest.mark.parametrize("coefficient", list(COEFFICIENTS))
def test_units_that_all_agree_have_no_limits(coefficient):
    assert np.isnan(agreement_interval([[1, 1]] * 20 + [[2, 2]] * 20, coefficient)).all()


def test_ranks_are_of_values_in_units_that_count():
    # The 2 stands in a unit that is left out: between 1 and 3 there is nothing.
    assert cohen_kappa([[1, 3], [4, 4], [2, None]], weights="linear") == cohen_kappa([[1, 3], [4, 4]], weights="linear")


def test_what_makes_no_sense_is_named():
    with pytest.raises(ValueError, match=r"ratings must be units × 2 coders; got shape \(1, 3\)\. Pass one"):
        cohen_kappa([[1, 2, 3]])
    with pytest.raises(ValueError, match=r"ratings must be units × two coders or more; got shape \(2,\)"):
        fleiss_kappa([1, 2])
    with pytest.raises(ValueError, match="ratings must be numbers for the interval scale; got words"):
        krippendorff_alpha([["a", "b"], ["a", "a"]], scale="interval")
    with pytest.raises(ValueError, match="weights must be one of 'none', 'linear', 'quadratic'; got 'equal'"):
        cohen_kappa([[1, 2]], weights="equal")
    with pytest.raises(ValueError, match="scale must be one of 'nominal', 'ordinal', 'interval', 'ratio'; got 'x'"):
        krippendorff_alpha([[1, 2]], scale="x")


def test_an_interval_of_nothing_is_named():
    with pytest.raises(ValueError, match=r"coefficient must be one of 'percent_agreement', .*; got 'kappa'"):
        agreement_interval([[1, 2]], "kappa")
    with pytest.raises(ValueError, match=r"scale must be None for scott_pi; got 'ordinal'\. Leave it out"):
        agreement_interval([[1, 2]], "scott_pi", scale="ordinal")
    with pytest.raises(ValueError, match=r"draws must be 1 or more; got 0\. The usual number is 999"):
        agreement_interval([[1, 2]], draws=0)
    with pytest.raises(ValueError, match="level must lie between 0 and 1; got 95"):
        agreement_interval([[1, 2]], level=95)
