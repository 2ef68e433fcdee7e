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
