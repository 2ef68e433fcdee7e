"""The tasks as this package does them."""

from __future__ import annotations

from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

import discourse as ds

from .answering import LINE, NEAR, OFTEN, WORD, Offer, Way, answer, rows


class Ours:
    """A table of texts, and the corpus made of it."""

    def __init__(self, folder: Path) -> None:
        self.frame = pd.read_csv(folder / "all.csv")

    @cached_property
    def tokens(self) -> ds.Tokens:
        """The corpus that later tasks ask."""
        return ds.tokenize(ds.read_corpus(self.frame))

    @cached_property
    def counts(self) -> ds.Counts:
        """Its words, counted in each document."""
        return ds.term_counts(self.tokens)

    def encoded(self, kernel: str) -> ds.Tokens:
        """The corpus anew, from the table."""
        return ds.tokenize(ds.read_corpus(self.frame), kernel=kernel)


def counted(table: pd.DataFrame) -> dict[str, int]:
    """Of a table of frequencies."""
    return {"counted": int(table["count"].sum()), "distinct": len(table)}


def in_matrix(counts: ds.Counts) -> dict[str, int]:
    """Of counts for each document."""
    return {"counted": int(counts.matrix.sum()), "distinct": len(counts.items)}


def offer(folder: Path) -> Offer:
    """All tasks."""
    own = Ours(folder)
    kernels = ["numpy", "numba"] if find_spec("numba") else ["numpy"]
    asked = {"by": "half", "target": "early", "min_count": 1, "min_documents": 1}
    return {
        "words": {
            **{f"{k}, frequencies": Way(lambda k=k: ds.term_frequencies(own.encoded(k)), counted) for k in kernels},
            **{f"{k}, counts": Way(lambda k=k: ds.term_counts(own.encoded(k)), in_matrix) for k in kernels},
        },
        "lines": {"": Way(lambda: ds.concordance(own.tokens, WORD, width=LINE), rows("lines"))},
        "collocates": {
            "": Way(lambda: ds.collocates(own.tokens, WORD, window=(NEAR, NEAR), min_count=OFTEN), rows("words"))
        },
        "keyness": {
            "from the corpus": Way(lambda: ds.keyness(own.tokens, **asked), rows("words")),
            "from counts": Way(lambda: ds.keyness(own.counts, **asked), rows("words")),
        },
        "pairs": {
            "frequencies": Way(lambda: ds.term_frequencies(own.tokens, ngram=2), counted),
            "counts": Way(lambda: ds.term_counts(own.tokens, ngram=2), in_matrix),
        },
    }


if __name__ == "__main__":
    answer(offer, ["discourse-contrast", "numpy", "pandas"])
