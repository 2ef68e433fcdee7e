"""The cells of parts × terms that hold a hit: what every measure of dispersion sums over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from discourse.measures._inputs import Floats, canonical_rows, one_per_row


@dataclass(frozen=True)
class Cells:
    """Cells with a hit (part, term, hits), and the words of each part; parts without words are no parts."""

    part: NDArray[np.intp]
    term: NDArray[np.intp]
    hits: Floats
    words: Floats
    n_terms: int

    @property
    def n_parts(self) -> int:
        """Count the parts that have words."""
        return int(np.count_nonzero(self.words))

    @property
    def totals(self) -> Floats:
        """Return the hits of each term, `nan` where it is absent."""
        totals = self.sums(self.hits)
        return np.where(totals > 0, totals, np.nan)

    def sums(self, values: Floats) -> Floats:
        """Add values, one per cell, up for each term."""
        return np.bincount(self.term, weights=values, minlength=self.n_terms).astype(np.float64)

    def present(self) -> NDArray[np.intp]:
        """Count the parts that hold each term."""
        return np.bincount(self.term, minlength=self.n_terms)

    def rates(self, kind: str) -> Floats:
        """Return hits per word of the part (`relative`) or hits (`raw`), one per cell."""
        return self.hits / self.words[self.part] if kind == "relative" else self.hits


def cells_of(counts: ArrayLike | sparse.sparray, sizes: ArrayLike) -> Cells:
    """Take a matrix of counts apart, dense or sparse, with one size per row.

    Raises:
        ValueError: shapes do not fit, a number is negative, or a part without words holds hits.
    """
    matrix = canonical_rows("counts", counts)
    words = one_per_row("sizes", sizes, matrix.shape[0])
    filled = matrix.data > 0
    part = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))[filled]
    refuse_hits_without_words(part, words)
    term = matrix.indices[filled].astype(np.intp)
    return Cells(part, term, matrix.data[filled].astype(np.float64), words, matrix.shape[1])


def refuse_hits_without_words(part: NDArray[np.intp], words: Floats) -> None:
    """Refuse a part that has hits and no words.

    Args:
        part: of each cell with a hit.
        words: of each part.

    Raises:
        ValueError: names the first such row.
    """
    bad = words[part] == 0
    if bad.any():
        raise ValueError(
            f"sizes must not be 0 where counts has hits; got 0 for row {part[bad][0]}. Pass the words of each row."
        )
