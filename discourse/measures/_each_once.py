"""Costly functions of a few columns are computed for the different rows only: tables of counts repeat themselves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from discourse.measures._inputs import Floats


def each_once(function: Callable[..., Floats], *columns: Floats) -> Floats:
    """Call a function of columns for their different rows; a row with `nan` in any column gives `nan`."""
    known = ~np.isnan(np.sum(columns, axis=0))
    result = np.full(known.shape, np.nan)
    if known.any():
        filled = [column[known] for column in columns]
        code = np.zeros(filled[0].size, dtype=np.int64)
        for column in filled:
            values, inverse = np.unique(column, return_inverse=True)
            # Compressed after each column, the code stays below the square of the number of rows.
            code = np.unique(code * values.size + inverse, return_inverse=True)[1]
        first = np.unique(code, return_index=True)[1]
        result[known] = function(*(column[first] for column in filled))[code]
    return result
