"""Weights: what the hits of a frame add up to where its patterns weigh differently; counts stay counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy.sparse as sp

from .groups import adder, canonical
from .selection import Index
from .spellings import stacked, united


@dataclass(frozen=True, eq=False)
class Weighed:
    """Hits counted by item and weight: whole numbers, so that parts add up to the last one.

    Attributes:
        matrix: int64, cells × kinds.
        kinds: an item and a weight each, with a tab in between; sorted.
    """

    matrix: sp.csr_array
    kinds: pd.Index

    def at(self, rows: Index) -> Weighed:
        """Those of some cells."""
        return Weighed(self.matrix[rows], self.kinds)

    def added(self, row: Index, size: int) -> Weighed:
        """Cells put together, given the new row of each."""
        return Weighed(canonical(adder(row, size) @ self.matrix), self.kinds)

    def weights(self, items: pd.Index) -> sp.csr_array:
        """What one hit of each kind adds to each item: kinds × items.

        >>> weighed = Weighed(sp.csr_array([[3, 2]]), pd.Index(["war\\t0.5", "war\\t1.0"], name="frame"))
        >>> (weighed.matrix @ weighed.weights(pd.Index(["peace", "war"]))).toarray().tolist()
        [[0.0, 3.5]]
        """
        parts = [str(kind).rpartition("\t") for kind in self.kinds]
        column = items.get_indexer(pd.Index([item for item, _, _ in parts], dtype=items.dtype))
        shape = (len(self.kinds), len(items))
        return sp.csr_array(([float(weight) for _, _, weight in parts], (np.arange(len(parts)), column)), shape)


def kind_of(item: str, weight: float) -> str:
    """The name of what is counted: an item's hits of one weight.

    >>> kind_of("war", 0.5)
    'war\\t0.5'
    """
    return f"{item}\t{float(weight)!r}"


def of_weight_one(matrix: sp.csr_array, items: pd.Index) -> Weighed:
    """Counts whose hits all weigh 1.

    >>> of_weight_one(sp.csr_array([[3]]), pd.Index(["war"], name="frame")).kinds.tolist()
    ['war\\t1.0']
    """
    kinds = pd.Index([kind_of(item, 1) for item in items], dtype="str", name=items.name)
    order = np.argsort(kinds.to_numpy(object), kind="stable")
    return Weighed(canonical(matrix[:, order]), kinds[order])


def one_after_the_other(several: Sequence[Weighed]) -> Weighed:
    """The cells of all.

    >>> one = Weighed(sp.csr_array([[3]]), pd.Index(["war\\t1.0"], name="frame"))
    >>> two = Weighed(sp.csr_array([[2]]), pd.Index(["war\\t0.5"], name="frame"))
    >>> one_after_the_other([one, two]).matrix.toarray().tolist()
    [[0, 3], [2, 0]]
    """
    kinds, places = united([weighed.kinds for weighed in several])
    return Weighed(stacked([weighed.matrix for weighed in several], places, len(kinds)), kinds)
