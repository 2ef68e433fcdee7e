"""A million rows: no measure loops over them. Times are multiples of the time that sorting a million numbers takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from discourse import measures

ROWS = 1_000_000
# Most measures take as long as one to ten sorts, the exact ones up to fifty; a loop over rows would take a thousand.
AT_MOST = 200

rng = np.random.default_rng(11)
TARGET, REFERENCE = (np.minimum(rng.zipf(exponent, ROWS), 40_000) - 1.0 for exponent in (1.5, 1.4))
SIDES = (TARGET, 2e7, REFERENCE, 3e7)
PAIR = (np.minimum(TARGET, REFERENCE), TARGET + 1, REFERENCE + 1)
WORDS = np.minimum(rng.zipf(1.2, ROWS), 50_000)
TEXTS = np.arange(0, ROWS + 1, 500)

ON_SIDES = """
    chi_squared difference_coefficient ell exact_log_ratio_interval fisher_exact log_likelihood log_ratio
    log_ratio_interval odds_ratio percent_diff relative_risk simple_maths text_dispersion_keyness
""".split()
ON_PAIRS = "collocate_log_likelihood delta_p mi3 mutual_information t_score z_score".split()
ON_WORDS = "hdd mattr mtld type_token_ratio yule_k".split()
CALLS: dict[str, Callable[[], object]] = {
    **{name: partial(getattr(measures, name), *SIDES) for name in ON_SIDES},
    **{name: partial(getattr(measures, name), *PAIR, 5e7) for name in ON_PAIRS},
    **{name: partial(getattr(measures, name), WORDS, TEXTS) for name in ON_WORDS},
    "average_reduced_frequency": lambda: measures.average_reduced_frequency(np.arange(ROWS), WORDS, total=ROWS),
    "benjamini_hochberg": lambda: measures.benjamini_hochberg(rng.random(ROWS)),
    "bic": lambda: measures.bic(TARGET, 5e7),
    "clopper_pearson": lambda: measures.clopper_pearson(TARGET, 50_000),
    "conservative_log_ratio": lambda: measures.conservative_log_ratio(TARGET, TARGET + 1),
    "dice": lambda: measures.dice(*PAIR),
    "garwood": lambda: measures.garwood(TARGET, 2e7),
    "group_log_likelihood": lambda: measures.group_log_likelihood(np.stack([TARGET, REFERENCE], axis=1), [2e7, 3e7]),
    "group_log_ratios": lambda: measures.group_log_ratios(np.stack([TARGET, REFERENCE], axis=1), [2e7, 3e7]),
    "krippendorff_alpha": lambda: measures.krippendorff_alpha(WORDS[: ROWS // 10].reshape(-1, 2) % 5),
    "log10_p": lambda: measures.log10_p(TARGET),
    "log_dice": lambda: measures.log_dice(*PAIR),
    "p_value": lambda: measures.p_value(TARGET, df=3),
    "weighted_log_odds": lambda: measures.weighted_log_odds(*SIDES, prior=(0.01, 1e4)),
    "wilson": lambda: measures.wilson(TARGET, 50_000),
}


def best_of(times: int, call: Callable[[], object]) -> float:
    taken = []
    for _ in range(times):
        begin = time.process_time()
        call()
        taken.append(time.process_time() - begin)
    return min(taken)


@pytest.fixture(scope="module")
def sorting() -> float:
    numbers = rng.random(ROWS)
    return best_of(5, lambda: np.argsort(numbers))


@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_million_rows_take_no_longer_than_some_sorts(name, sorting):
    assert best_of(2, CALLS[name]) < AT_MOST * sorting
