"""What the measures accept: arrays that broadcast, counts that fit their totals, levels, matrices."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.special import ndtri

Floats = NDArray[np.float64]


def floats(*values: ArrayLike) -> tuple[Floats, ...]:
    """Return the values as float arrays of one common shape (a view where that is possible)."""
    return tuple(np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in values)))


def first_where(bad: NDArray[np.bool_]) -> tuple[int, ...]:
    """Return the index of the first row that is bad, to be named in an error."""
    return tuple(int(axis[0]) for axis in np.nonzero(np.atleast_1d(bad)))


def counts_of(name: str, value: ArrayLike) -> Floats:
    """Return non-negative numbers as floats; `nan` passes.

    Raises:
        ValueError: names the argument and the first negative value.
    """
    array = np.asarray(value, dtype=np.float64)
    bad = array < 0
    if bad.any():
        worst = np.atleast_1d(array)[first_where(bad)]
        raise ValueError(f"{name} must not be negative; got {worst:g}. Pass counts, not differences.")
    return array


def shares_of(count_name: str, count: ArrayLike, total_name: str, total: ArrayLike) -> tuple[Floats, Floats]:
    """Return counts and totals of one shape, no count larger than its total; `nan` passes.

    Raises:
        ValueError: names both arguments and the first pair that cannot be.
    """
    counts, totals = floats(counts_of(count_name, count), counts_of(total_name, total))
    bad = counts > totals
    if bad.any():
        row = first_where(bad)
        given = f"{np.atleast_1d(counts)[row]:g} of {np.atleast_1d(totals)[row]:g}"
        raise ValueError(
            f"{count_name} must not be larger than {total_name}; got {given}. "
            f"Pass the words that the counts were taken from as {total_name}."
        )
    return counts, totals


def tail_of(level: float) -> float:
    """Return the probability that a two-sided interval of this level leaves on each side.

    Raises:
        ValueError: the level is not between 0 and 1.

    >>> tail_of(95)
    Traceback (most recent call last):
    ValueError: level must lie between 0 and 1; got 95. For a 95 % interval pass 0.95.
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1; got {level:g}. For a 95 % interval pass 0.95.")
    return (1 - level) / 2


def normal_quantile(level: float) -> float:
    """Return the number of standard errors on each side of a two-sided interval of this level.

    >>> round(normal_quantile(0.95), 6)
    1.959964
    """
    return float(-ndtri(tail_of(level)))


def canonical_rows(name: str, matrix: ArrayLike | sparse.sparray) -> sparse.csr_array:
    """Return a matrix of counts as CSR without duplicates; a sparse one is never made dense.

    Raises:
        ValueError: names the argument that has not two dimensions or holds a negative count.
    """
    if np.ndim(matrix) != 2:
        raise ValueError(f"{name} must have two dimensions; got {np.ndim(matrix)}. Pass one row per part.")
    rows = sparse.csr_array(matrix)
    if not rows.has_canonical_format:
        # sum_duplicates sorts the index array in place: that array belongs to the caller.
        rows = rows.copy()
        rows.sum_duplicates()
    counts_of(name, rows.data)
    return rows


def one_per_row(name: str, values: ArrayLike, n_rows: int) -> Floats:
    """Return non-negative numbers, one for each row of a matrix of counts.

    Raises:
        ValueError: names the argument whose shape does not fit or that holds a negative number.
    """
    numbers = counts_of(name, values)
    if numbers.shape != (n_rows,):
        raise ValueError(
            f"{name} must hold one number per row of counts; got shape {numbers.shape} for {n_rows} rows. "
            "Pass the words of each row, in the order of the rows."
        )
    return numbers
