"""Measures: pure functions from numbers to numbers, vectorised, that know nothing of texts.

Arguments are numbers or arrays that broadcast, results are numpy; what is undefined is `nan`, what is
infinite `inf`, and an impossible table (a negative count, a count larger than its total) is a ValueError.
Each docstring states formula, direction, base of the logarithm, what is undefined, and the source it
follows.
"""

from discourse.measures.association import (
    collocate_log_likelihood,
    expected_count,
    log_dice,
    mutual_information,
    t_score,
)
from discourse.measures.dispersion import dp, dp_norm, part_range
from discourse.measures.distance import burrows_delta, cosine_similarity, jaccard_similarity
from discourse.measures.intervals import garwood, wilson
from discourse.measures.keyness import (
    log10_p,
    log_likelihood,
    log_odds_prior,
    log_ratio,
    log_ratio_interval,
    p_value,
)
from discourse.measures.multiplicity import benjamini_hochberg
from discourse.measures.resampling import percentile_limits, poisson_weights, resampled_sums

__all__ = [
    "benjamini_hochberg",
    "burrows_delta",
    "collocate_log_likelihood",
    "cosine_similarity",
    "dp",
    "dp_norm",
    "expected_count",
    "garwood",
    "jaccard_similarity",
    "log10_p",
    "log_dice",
    "log_likelihood",
    "log_odds_prior",
    "log_ratio",
    "log_ratio_interval",
    "mutual_information",
    "p_value",
    "part_range",
    "percentile_limits",
    "poisson_weights",
    "resampled_sums",
    "t_score",
    "wilson",
]
