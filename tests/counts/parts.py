"""A corpus in several parts whose answers are put together two at a time, in any tree."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from discourse.corpus import Corpus
from discourse.tokens import Encoded, Tokens, tokenize


class Parts(Encoded):
    """Parts of a corpus; `order` says which neighbours are put together first."""

    def __init__(self, parts: Sequence[Tokens], order: Sequence[int] = ()) -> None:
        self.parts, self.order = list(parts), list(order)

    @property
    def documents(self) -> pd.DataFrame:
        """The table of documents of all parts."""
        return pd.concat([part.documents for part in self.parts])

    def reduce(self, part: Callable[[Tokens], Any], merge: Callable[[Sequence[Any]], Any]) -> Any:
        """What all parts say together; what is sent to them can be pickled."""
        part, merge = pickle.loads(pickle.dumps((part, merge)))
        answers = [part(own) for own in self.parts]
        for place in [*self.order, *[0] * len(answers)]:
            if len(answers) > 1:
                at = place % (len(answers) - 1)
                answers[at : at + 2] = [merge(answers[at : at + 2])]
        return merge(answers)

    def values(self, name: str) -> list[str]:
        """The values that occur in a layer of any part."""
        return sorted(set().union(*(part.values(name) for part in self.parts)))


def cut(corpus: Corpus, bounds: Sequence[int], order: Sequence[int] = ()) -> Parts:
    """A corpus cut between its documents; every part has one document at least."""
    edges = sorted({0, len(corpus), *(bound % len(corpus) for bound in bounds)})
    ids = [corpus.documents.index[a:b] for a, b in pairwise(edges)]
    return Parts([tokenize(corpus.subset(own)) for own in ids], order)


NUMBERS = st.lists(st.integers(0, 99), max_size=4)


def singles(corpus: Corpus) -> Parts:
    """Every document a part of its own."""
    return cut(corpus, np.arange(len(corpus)).tolist(), [2, 0])
