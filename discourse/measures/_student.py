"""Student's t: how many standard errors an interval reaches, for many degrees of freedom at once."""

from __future__ import annotations

import numpy as np
from numpy.polynomial import chebyshev
from scipy.special import stdtrit

from discourse.measures._inputs import Floats, floats, tail_of

# The logarithm of a quantile is a smooth function of 1 / freedom: from 1 on, a polynomial through so many points of it
# is off by less than 1e-13 up to this level. Under some hundred values it is no quicker.
POINTS, HIGHEST_LEVEL, MANY = 32, 0.999, 500


def student_quantile(freedom: Floats, level: float) -> Floats:
    """Return how many standard errors an interval reaches on each side.

    >>> student_quantile(np.array([1.0, np.nan]), 0.95).round(2).tolist()
    [12.71, nan]
    """
    (known,), share = floats(freedom), 1 - tail_of(level)
    if known.size < MANY or level > HIGHEST_LEVEL:
        return exact(known, share)
    nodes = chebyshev.chebpts1(POINTS)
    through = chebyshev.chebfit(nodes, np.log(exact(2 / (nodes + 1), share)), POINTS - 1)
    quantile: Floats = np.exp(chebyshev.chebval(2 / np.maximum(known, 1) - 1, through))
    few = np.flatnonzero(known < 1)
    quantile.flat[few] = exact(known.flat[few], share)
    return quantile


def exact(freedom: Floats, share: float) -> Floats:
    """Return the quantile below which this share of the distribution lies, one by one."""
    quantile: Floats = stdtrit(freedom, share)
    return quantile
