"""Quantiles of Student's t for many degrees of freedom at once are those of each alone."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special

from discourse.measures._student import HIGHEST_LEVEL, MANY, student_quantile

FREEDOM = np.concatenate([np.geomspace(0.2, 1e6, 2 * MANY), [1, np.inf, np.nan]])


@pytest.mark.parametrize("level", [0.01, 0.5, 0.9, 0.95, 0.99, HIGHEST_LEVEL])
def test_of_many_they_are_those_of_each_to_thirteen_digits(level):
    found = student_quantile(FREEDOM, level)
    np.testing.assert_allclose(found, special.stdtrit(FREEDOM, (1 + level) / 2), rtol=3e-13)


def test_at_a_level_that_no_polynomial_reaches_each_is_computed():
    level = 1 - 1e-8
    np.testing.assert_array_equal(student_quantile(FREEDOM, level), special.stdtrit(FREEDOM, 1 - (1 - level) / 2))


def test_of_few_each_is_computed():
    few = FREEDOM[: MANY - 1]
    np.testing.assert_array_equal(student_quantile(few, 0.95), special.stdtrit(few, 1 - (1 - 0.95) / 2))


def test_shapes_are_kept():
    table = np.full((MANY, 2), 30.0)
    assert student_quantile(table, 0.95).shape == table.shape
