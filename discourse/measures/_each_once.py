"""Costly functions of a few columns are computed for the different rows only: tables of counts repeat themselves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from discourse.measures._inputs import Floats


def each_once(function: Callable[..., Floats], *columns: Floats) -> Floats:
    """Call a function of columns for their different rows; a row with `nan` in any column gives `nan`."""
    known = ~np.isnan(np.sum(columns, axis=0))
    result = np.full(known.shape, np.nan)
    if known.any():
        filled = [column[known] for column in columns]
        first, code = _different(filled)
        result[known] = function(*(column[first] for column in filled))[code]
    return result


def _different(columns: list[Floats]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the first of each different row, and for each row which of them it is."""
    code = np.zeros(columns[0].size, dtype=np.intp)
    first = np.zeros(1, dtype=np.intp)
    for column in columns:
        if column.min() < column.max():
            values, inverse = np.unique(column, return_inverse=True)
            # Compressed after each column, the code stays below the square of the number of rows.
            _, first, code = np.unique(code * values.size + inverse, return_index=True, return_inverse=True)
    return first, code
