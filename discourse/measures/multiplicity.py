"""Many comparisons at once: p-values adjusted over the family that is shown."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from discourse.measures._inputs import Floats


def benjamini_hochberg(p: ArrayLike, *, times: ArrayLike = 1) -> Floats:
    """Adjust p-values so that a cut at q keeps the expected share of false discoveries below q.

    With the m p-values in ascending order, adjusted p(i) = min over j ≥ i of m p(j) / j, at most 1.

    Args:
        p: p-values in any shape; all of them together are the family. `nan` is no test and does not count
            in m.
        times: how many tests have each p; a number or an array.

    Returns:
        Adjusted p-values in the shape and order given, each at least as large as its p; `nan` where p is
        `nan`.

    Raises:
        ValueError: a p lies outside [0, 1], or a number of tests is below 1.

    Source: Benjamini and Hochberg (1995), JRSS B 57(1); independent tests or positive dependence.

    >>> benjamini_hochberg([0.01, float("nan"), 0.04, 0.03]).tolist()
    [0.03, nan, 0.04, 0.04]
    >>> benjamini_hochberg([0.01, 0.04], times=[1, 2]).tolist()
    [0.03, 0.04]
    """
    values, tests = np.broadcast_arrays(np.asarray(p, dtype=np.float64), np.asarray(times, dtype=np.float64))
    known = ~np.isnan(values)
    family, sizes = values[known], tests[known]
    _check(family, sizes)
    order = np.argsort(family)
    # Among equal p the last one has the largest j, and the smallest m / j holds for all.
    j = np.cumsum(sizes[order])
    raised = family[order] * (j[-1:] / j)
    adjusted = np.full(values.shape, np.nan)
    back = np.empty(family.size)
    back[order] = np.minimum.accumulate(raised[::-1])[::-1]
    adjusted[known] = np.minimum(back, 1)
    return adjusted[()]


def _check(family: Floats, sizes: Floats) -> None:
    outside = (family < 0) | (family > 1)
    if outside.any():
        raise ValueError(
            f"p must lie between 0 and 1; got {family[outside][0]:g}. Pass p-values, not their logarithms."
        )
    if not (sizes >= 1).all():
        raise ValueError(f"times must be at least 1; got {sizes[~(sizes >= 1)][0]:g}. Leave out what was not tested.")
