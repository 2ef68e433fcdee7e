"""Costly functions of a few columns are computed for the different rows only: tables of counts repeat themselves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from discourse.measures._inputs import Floats

RANGE, MOST = 1 << 30, 1 << 62
LOOKED_UP = 1 << 21  # numbers in a table that the processor still looks up faster than it sorts


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
    """Return one row of each different kind, and for each row which of them it is."""
    code, size = np.zeros(columns[0].size, np.int64), 1
    for column in columns:
        own, number = _numbered(column)
        if size * number >= MOST:
            code, size = _numbered_again(code)
        # Either is below the number of rows if it had to be sorted, so that the product stays below the limit.
        code, size = code * number + own, size * number
    if size <= LOOKED_UP:
        return _looked_up(code, size)
    order = np.argsort(code)
    ordered = code[order]
    begins = np.append(True, ordered[1:] != ordered[:-1])
    which = np.empty(code.size, np.intp)
    which[order] = np.cumsum(begins) - 1
    return order[begins], which


def _looked_up(code: NDArray[np.int64], size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the same for numbers below a size: one row of each, and for each row which of them it is."""
    example = np.full(size, -1, np.intp)
    example[code] = np.arange(code.size)
    found = np.flatnonzero(example >= 0)
    place = np.empty(size, np.intp)
    place[found] = np.arange(found.size)
    return example[found], place.take(code)


def _numbered(column: Floats) -> tuple[NDArray[np.int64], int]:
    """Return a number for each value, and a bound of the numbers; counts of no great range are their own numbers."""
    low, high = column.min(), column.max()
    if high < low + RANGE and (column == np.floor(column)).all():
        return (column - low).astype(np.int64), int(high - low) + 1
    return _numbered_again(column)


def _numbered_again(values: NDArray[np.float64] | NDArray[np.int64]) -> tuple[NDArray[np.int64], int]:
    different, code = np.unique(values, return_inverse=True)
    return code.astype(np.int64), different.size
