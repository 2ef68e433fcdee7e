"""What every measure promises: scalars and arrays, nothing changed, a docstring that states its convention."""

from __future__ import annotations

import inspect

import numpy as np
import pandas as pd
import pytest

from discourse import measures

SIDES = {
    "count_target": [3, 0],
    "total_target": [90, 80],
    "count_reference": [5, 2],
    "total_reference": [70, 60],
}
PAIR = {"observed": [3, 1], "node_count": [9, 8], "collocate_count": [5, 4]}
DOCUMENTS = {
    "documents_target": [3, 0],
    "n_documents_target": [9, 8],
    "documents_reference": [5, 2],
    "n_documents_reference": [7, 6],
}
SIDE_MEASURES = """
    chi_squared difference_coefficient ell exact_log_ratio_interval fisher_exact log_likelihood log_ratio
    log_ratio_interval odds_ratio percent_diff relative_risk simple_maths
""".split()
ELEMENTWISE = dict.fromkeys(SIDE_MEASURES, SIDES) | {
    "text_dispersion_keyness": DOCUMENTS,
    "presence_p": DOCUMENTS | {"words_target": [90, 80], "words_reference": [70, 60]},
    "bic": {"log_likelihood": [3.0, -20.0], "total": [900, 800]},
    "conservative_log_ratio": {"low": [1.0, -2.0], "high": [2.0, 1.0]},
    "log_odds_prior": SIDES | {"prior": [1, 2], "prior_total": [50, 50]},
    "p_value": {"log_likelihood": [3.0, -2.0]},
    "log10_p": {"log_likelihood": [3.0, -2.0]},
    "garwood": {"count": [3, 0], "total": [90, 80]},
    "wilson": {"count": [3, 0], "total": [90, 80]},
    "clopper_pearson": {"count": [3, 0], "total": [90, 80]},
    "expected_count": {"node_count": [9, 8], "collocate_count": [5, 4], "total": [900, 800]},
    "mutual_information": PAIR | {"total": [900, 800]},
    "mi3": PAIR | {"total": [900, 800]},
    "z_score": PAIR | {"total": [900, 800]},
    "delta_p": PAIR | {"total": [900, 800]},
    "dice": PAIR,
    "t_score": PAIR | {"total": [900, 800]},
    "collocate_log_likelihood": PAIR | {"total": [900, 800]},
    "log_dice": PAIR,
}
COUNTS = [[3, 0, 1], [1, 2, 0]]
SIZES = [20, 30]
PARTS = {"counts": COUNTS, "sizes": SIZES}
GROUPS = {"counts": COUNTS, "totals": [90, 80, 70]}
RATINGS = {"ratings": [[1, 1], [1, 2], [2, 2], [3, 3]]}
WORDS = {"ids": [1, 2, 1, 3, 1, 2], "offsets": [0, 4, 6]}
WHOLE = {
    **dict.fromkeys(("burch_da", "carroll_d2", "juilland_d", "kl_divergence", "rosengren_s"), PARTS),
    **dict.fromkeys(("group_log_likelihood", "group_log_ratios"), GROUPS),
    **dict.fromkeys(("agreement_interval", "cohen_kappa", "fleiss_kappa", "krippendorff_alpha"), RATINGS),
    **dict.fromkeys(("percent_agreement", "scott_pi"), RATINGS),
    **dict.fromkeys(("hdd", "mattr", "mtld", "type_token_ratio", "yule_k"), WORDS),
    "average_reduced_frequency": {"positions": [3, 0, 9], "items": [0, 1, 1], "total": 10},
    "background_prior": {"counts": [3, 0], "total": 90, "mass": 5},
    "goodman": {"counts": COUNTS},
    "pooled_log_odds": GROUPS | {"prior": [0.5, 500]},
    "weighted_log_odds": SIDES | {"prior": [0.5, 500]},
    "benjamini_hochberg": {"p": [0.2, np.nan, 0.01]},
    "dp": {"counts": COUNTS, "sizes": [20, 30]},
    "dp_interval": {"counts": COUNTS, "sizes": [20, 30]},
    "dp_norm": {"counts": COUNTS, "sizes": [20, 30]},
    "part_range": {"counts": COUNTS},
    "cosine_similarity": {"counts": COUNTS},
    "jaccard_similarity": {"counts": COUNTS},
    "burrows_delta": {"counts": COUNTS, "totals": [20, 30]},
    "percentile_limits": {"drawn": COUNTS},
    "bca_limits": {"drawn": COUNTS, "estimate": [2, 1, 0.5], "acceleration": [0, 0, 0]},
    "bootstrap_t_limits": {"drawn": COUNTS, "errors": COUNTS, "estimate": [2, 1, 0.5], "error": [1, 1, 1]},
    "contrast_interval": {"target": [[3], [30], [5], [40], [500]], "reference": [[4], [30], [10], [50], [500]]},
    "contrast_p": {"target": [[3], [30], [5], [40], [500]], "reference": [[4], [30], [10], [50], [500]]},
    "contrast_test": {"target": [[3], [30], [5], [40], [500]], "reference": [[4], [30], [10], [50], [500]]},
    "shared_moments": {
        "counts_target": COUNTS, "sizes_target": SIZES, "counts_reference": COUNTS, "sizes_reference": SIZES
    },
    "ratio_interval": {"moments": [[3], [30], [5], [40], [500]]},
    "ratio_moments": PARTS,
    "permutation_p": PARTS | {"target": [1, 0]},
    "poisson_weights": {"hashes": np.array([7, 8], np.uint64), "seed": 1},
    "resampled_sums": {"counts": COUNTS, "hashes": np.array([7, 8], np.uint64), "seed": 1},
}
# Of settings alone, or of several groups at once: their doctests and their own tests say what they give.
SETTINGS = """
    bootstrap_interval flat_prior group_pairs replacement_weights simultaneous_quantile smallest_p
""".split()
ALL = ELEMENTWISE | WHOLE


def test_every_public_measure_is_held_to_this_contract():
    assert sorted([*ALL, *SETTINGS]) == sorted(measures.__all__) == measures.__all__


def arguments(name: str) -> dict[str, object]:
    """What a measure is given, as arrays; hashes stay whole numbers."""
    given = ALL[name].items()
    return {k: v if isinstance(v, int) else np.array(v, getattr(v, "dtype", float)) for k, v in given}


@pytest.mark.parametrize("name", sorted(ALL))
def test_nothing_that_is_given_is_changed(name):
    given = arguments(name)
    before = arguments(name)
    getattr(measures, name)(**given)
    for key, value in given.items():
        np.testing.assert_array_equal(value, before[key])


@pytest.mark.parametrize("name", sorted(ALL))
def test_results_share_no_memory_with_the_input(name):
    given = arguments(name)
    results = np.atleast_1d(getattr(measures, name)(**given))
    assert not any(np.shares_memory(results, value) for value in given.values())


@pytest.mark.parametrize("name", sorted(ELEMENTWISE))
def test_numbers_give_the_numbers_that_arrays_give(name):
    measure = getattr(measures, name)
    together = np.array(measure(**{key: np.array(value) for key, value in ELEMENTWISE[name].items()}))
    for row in range(2):
        alone = measure(**{key: value[row] for key, value in ELEMENTWISE[name].items()})
        assert all(np.ndim(number) == 0 for number in (alone if isinstance(alone, tuple) else (alone,)))
        np.testing.assert_array_equal(np.array(alone), together[..., row])


@pytest.mark.parametrize("name", sorted(ELEMENTWISE))
def test_columns_of_a_table_go_in_and_arrays_come_out(name):
    columns = {key: pd.Series(value, index=[7, 8]) for key, value in ELEMENTWISE[name].items()}
    results = getattr(measures, name)(**columns)
    for result in results if isinstance(results, tuple) else (results,):
        assert type(result) is np.ndarray
        assert result.shape == (2,)


@pytest.mark.parametrize("name", sorted([*ALL, *SETTINGS]))
def test_the_docstring_states_direction_undefined_and_source_and_shows_an_example(name):
    text = inspect.getdoc(getattr(measures, name))
    assert text is not None
    for part in ("Args:", "Returns:", "Source:", ">>> "):
        assert part in text, part
    assert "Raises:" in text
    assert "nan" in text or name == "part_range"
    assert len(inspect.signature(getattr(measures, name)).parameters) <= 6


def test_no_public_name_hides_a_module():
    assert not {name for name in measures.__all__ if inspect.ismodule(getattr(measures, name))}
