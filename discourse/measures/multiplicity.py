"""Many comparisons at once: p-values adjusted over the family that is shown."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from discourse.measures._inputs import Floats


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Adjust p-values so that a cut at q keeps the expected share of false discoveries below q.

    With the m p-values in ascending order, adjusted p(i) = min over j ≥ i of m p(j) / j, at most 1.

    Args:
        p: p-values in any shape; all of them together are the family. `nan` is no test and does not count
            in m.

    Returns:
        Adjusted p-values in the shape and order given, each at least as large as its p; `nan` where p is
        `nan`.

    Raises:
        ValueError: a p lies outside [0, 1].

    Source: Benjamini and Hochberg (1995), JRSS B 57(1); independent tests or positive dependence.

    >>> benjamini_hochberg([0.01, float("nan"), 0.04, 0.03]).tolist()
    [0.03, nan, 0.04, 0.04]
    """
    from scipy import stats  # takes longer to import than all the rest here

    adjusted = np.array(p, dtype=np.float64)
    known = ~np.isnan(adjusted)
    family = adjusted[known]
    outside = (family < 0) | (family > 1)
    if outside.any():
        raise ValueError(
            f"p must lie between 0 and 1; got {family[outside][0]:g}. Pass p-values, not their logarithms."
        )
    if family.size:
        adjusted[known] = stats.false_discovery_control(family, method="bh")
    return adjusted[()]
