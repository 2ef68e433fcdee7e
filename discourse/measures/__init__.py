"""Measures: pure functions from numbers to numbers, vectorised, that know nothing of texts.

Arguments are numbers or arrays that broadcast, results are numpy; what is undefined is `nan`, what is
infinite `inf`, and an impossible table (a negative count, a count larger than its total) is a ValueError.
Each docstring states formula, direction, base of the logarithm, what is undefined, and the source it
follows.
"""

from discourse.measures.agreement import (
    agreement_interval,
    cohen_kappa,
    fleiss_kappa,
    krippendorff_alpha,
    percent_agreement,
    scott_pi,
)
from discourse.measures.association import (
    collocate_log_likelihood,
    expected_count,
    mi3,
    mutual_information,
    t_score,
    z_score,
)
from discourse.measures.attraction import delta_p, dice, log_dice
from discourse.measures.bootstrap import bca_limits, bootstrap_interval, bootstrap_t_limits, replacement_weights
from discourse.measures.dispersion import dp, dp_norm, kl_divergence, part_range
from discourse.measures.distance import burrows_delta, cosine_similarity, jaccard_similarity
from discourse.measures.diversity import hdd, mattr, mtld, type_token_ratio, yule_k
from discourse.measures.effects import (
    conservative_log_ratio,
    difference_coefficient,
    exact_log_ratio_interval,
    log_ratio,
    log_ratio_interval,
    percent_diff,
    relative_risk,
    simple_maths,
)
from discourse.measures.evenness import burch_da, carroll_d2, juilland_d, rosengren_s
from discourse.measures.gaps import average_reduced_frequency
from discourse.measures.groups import group_log_likelihood, group_log_ratios, group_pairs, simultaneous_quantile
from discourse.measures.intervals import clopper_pearson, garwood, goodman, wilson
from discourse.measures.keyness import bic, chi_squared, ell, log_likelihood, text_dispersion_keyness
from discourse.measures.multiplicity import benjamini_hochberg
from discourse.measures.odds import (
    background_prior,
    flat_prior,
    log_odds_prior,
    odds_ratio,
    pooled_log_odds,
    weighted_log_odds,
)
from discourse.measures.permutation import permutation_p, smallest_p
from discourse.measures.ratios import (
    contrast_interval,
    contrast_p,
    contrast_test,
    ratio_interval,
    ratio_moments,
    shared_moments,
)
from discourse.measures.resampling import percentile_limits, poisson_weights, resampled_sums
from discourse.measures.significance import fisher_exact, log10_p, p_value, presence_p
from discourse.measures.spread import dp_interval

__all__ = [
    "agreement_interval",
    "average_reduced_frequency",
    "background_prior",
    "bca_limits",
    "benjamini_hochberg",
    "bic",
    "bootstrap_interval",
    "bootstrap_t_limits",
    "burch_da",
    "burrows_delta",
    "carroll_d2",
    "chi_squared",
    "clopper_pearson",
    "cohen_kappa",
    "collocate_log_likelihood",
    "conservative_log_ratio",
    "contrast_interval",
    "contrast_p",
    "contrast_test",
    "cosine_similarity",
    "delta_p",
    "dice",
    "difference_coefficient",
    "dp",
    "dp_interval",
    "dp_norm",
    "ell",
    "exact_log_ratio_interval",
    "expected_count",
    "fisher_exact",
    "flat_prior",
    "fleiss_kappa",
    "garwood",
    "goodman",
    "group_log_likelihood",
    "group_log_ratios",
    "group_pairs",
    "hdd",
    "jaccard_similarity",
    "juilland_d",
    "kl_divergence",
    "krippendorff_alpha",
    "log10_p",
    "log_dice",
    "log_likelihood",
    "log_odds_prior",
    "log_ratio",
    "log_ratio_interval",
    "mattr",
    "mi3",
    "mtld",
    "mutual_information",
    "odds_ratio",
    "p_value",
    "part_range",
    "percent_agreement",
    "percent_diff",
    "percentile_limits",
    "permutation_p",
    "poisson_weights",
    "pooled_log_odds",
    "presence_p",
    "ratio_interval",
    "ratio_moments",
    "relative_risk",
    "replacement_weights",
    "resampled_sums",
    "rosengren_s",
    "scott_pi",
    "shared_moments",
    "simple_maths",
    "simultaneous_quantile",
    "smallest_p",
    "t_score",
    "text_dispersion_keyness",
    "type_token_ratio",
    "weighted_log_odds",
    "wilson",
    "yule_k",
    "z_score",
]
