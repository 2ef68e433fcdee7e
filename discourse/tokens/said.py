"""Said: whose words stand in the documents that were looked at so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from .layers import Index

OUTSIDE = {"voice": "author", "marking": "", "speaker": ""}  # what holds outside


@dataclass(frozen=True, eq=False)
class Said:
    """Passages in which somebody else speaks, in the order of the text.

    Attributes:
        heard: one a document: whether it was looked at.
        first, after: the first token of each passage, and the one after its last.
        columns: voice, marking and speaker: in front what holds outside, then one string a passage.

    >>> spans = pd.DataFrame({"voice": ["quoted"], "marking": [""], "speaker": ["Lavrov"]})
    >>> said = Said.nothing(2).with_spans(np.array([1]), np.array([5]), np.array([7]), spans)
    >>> said.values("voice").to_pylist(), said.heard.tolist()
    (['author', 'quoted'], [False, True])
    """

    heard: NDArray[np.bool_]
    first: Index
    after: Index
    columns: Mapping[str, pa.LargeStringArray]

    @classmethod
    def nothing(cls, documents: int) -> Said:
        """Before any of so many documents was looked at."""
        none = np.empty(0, np.int64)
        outside = {name: pa.array([value], pa.large_string()) for name, value in OUTSIDE.items()}
        return cls(np.zeros(documents, bool), none, none, outside)

    def values(self, name: str) -> pa.LargeStringArray:
        """What holds outside, and in each passage."""
        return self.columns[name]

    def with_spans(self, documents: Index, first: Index, after: Index, spans: pd.DataFrame) -> Said:
        """With what is said in some more documents."""
        heard = self.heard.copy()
        heard[documents] = True
        every = np.concatenate([self.first, first])
        order = np.argsort(every, kind="stable")
        place = pa.array(np.append(0, order + 1))
        columns = {
            name: pa.concat_arrays([own, pa.array(spans[name].to_numpy(object), pa.large_string())]).take(place)
            for name, own in self.columns.items()
        }
        return Said(heard, every[order], np.concatenate([self.after, after])[order], columns)


def innermost(spans: pd.DataFrame) -> pd.DataFrame:
    """Passages cut around those inside them, so that every character has one voice: the innermost.

    Args:
        spans: the columns of `Tokens.voice_spans`, in its order.

    >>> spans = pd.DataFrame({"doc_id": "d", "start": [1, 4], "end": [9, 6], "speaker": ["Ek", ""], "depth": [0, 1]})
    >>> innermost(spans)[["start", "end", "speaker"]].values.tolist()
    [[1, 4, 'Ek'], [4, 6, ''], [6, 9, 'Ek']]
    """
    depth = spans["depth"].to_numpy(np.int64)
    if not depth.any():
        return spans
    row = np.arange(len(spans))
    place = np.tile(pd.factorize(spans["doc_id"])[0], 2)
    character = np.concatenate([spans["start"], spans["end"]])
    holds = np.concatenate([row, _around(depth)])
    # At one character an inner passage ends before the outer one, and both before another begins.
    order = np.lexsort([np.concatenate([depth, -1 - depth]), character, place])
    first, holds = character[order], holds[order]
    after = np.append(first[1:], 0)
    kept = (holds >= 0) & (after > first)
    return spans.iloc[holds[kept]].assign(start=first[kept], end=after[kept]).reset_index(drop=True)


def _around(depth: Index) -> Index:
    """The row of the passage around each, -1 where there is none."""
    row, around = np.arange(len(depth)), np.full(len(depth), -1)
    for own in range(1, int(depth.max()) + 1):
        outer = np.maximum.accumulate(np.where(depth == own - 1, row, -1))
        around[depth == own] = outer[depth == own]
    return around
