"""Spellings: the items of counts as Arrow strings, and vocabularies made one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from .selection import Index


def strings(index: pd.Index | pd.Series) -> pa.Array:
    """An index or a column of strings as an Arrow array.

    >>> strings(pd.Index(["war"])).to_pylist()
    ['war']
    """
    array = pa.array(index.array, pa.large_string())
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def index_of(array: pa.Array, name: str) -> pd.Index:
    """An Arrow array of strings as an index.

    >>> index_of(pa.array(["war"], pa.large_string()), "term").dtype
    <StringDtype(na_value=nan)>
    """
    index: pd.Index = pd.Index(pd.array(array, dtype="str"), name=name)
    return index


def united(vocabularies: Sequence[pd.Index]) -> tuple[pd.Index, list[Index]]:
    """Make one sorted vocabulary of several.

    Args:
        vocabularies: distinct strings each, sorted.

    Returns:
        The vocabulary of all, and for each of those given where its words are in it (ascending).

    >>> every, places = united([pd.Index(["a", "c"]), pd.Index(["b", "c"])])
    >>> every.tolist(), [place.tolist() for place in places]
    (['a', 'b', 'c'], [[0, 2], [1, 2]])
    """
    first, *others = vocabularies
    if all(first is other or first.equals(other) for other in others):
        return first, [np.arange(len(first))] * len(vocabularies)
    words = pa.concat_arrays([strings(vocabulary) for vocabulary in vocabularies])
    # A dense rank is the place among the distinct words: one sort does what hashing, sorting and looking up would.
    place = pc.rank(words, tiebreaker="dense").to_numpy(zero_copy_only=False).astype(np.int64) - 1
    example = np.empty(int(place.max()) + 1, np.int64)
    example[place] = np.arange(len(place))
    bounds = np.cumsum([len(vocabulary) for vocabulary in vocabularies])[:-1]
    return index_of(words.take(pa.array(example)), str(first.name)), np.split(place, bounds)


def stacked(matrices: Sequence[sp.csr_array], places: Sequence[Index], size: int) -> sp.csr_array:
    """The rows of all, one after the other, with each column moved to its place among more.

    >>> one = sp.csr_array([[1, 2]])
    >>> stacked([one, one], [np.array([0, 2]), np.array([1, 2])], 3).toarray().tolist()
    [[1, 0, 2], [0, 1, 2]]
    """
    starts = np.cumsum([0, *(matrix.nnz for matrix in matrices)])
    small = np.int32 if max(starts[-1], size) < 2**31 else np.int64
    pairs = zip(matrices, places, strict=True)
    columns = np.concatenate([place.astype(small)[matrix.indices] for matrix, place in pairs])
    ends = [matrix.indptr[1:].astype(small) + small(start) for matrix, start in zip(matrices, starts[:-1], strict=True)]
    rows = np.concatenate([np.zeros(1, small), *ends])
    data = np.concatenate([matrix.data for matrix in matrices])
    stacked = sp.csr_array((data, columns, rows), (len(rows) - 1, size))
    # Places ascend, so sorted rows stay sorted.
    stacked.has_canonical_format = all(matrix.has_canonical_format for matrix in matrices)
    return stacked
