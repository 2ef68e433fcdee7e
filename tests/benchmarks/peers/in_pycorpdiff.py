"""The tasks as pycorpdiff does them: a table of texts, cut into words each time it is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .answering import LINE, NEAR, OFTEN, WORD, Offer, Way, answer, rows


def counted(totals: Any) -> dict[str, int]:
    """Of counts by term."""
    return {"counted": int(totals.sum()), "distinct": len(totals)}


def offer(folder: Path) -> Offer:
    """All tasks, each in the quickest way that it documents."""
    import pandas as pd
    import pycorpdiff as pcd

    frame = pd.read_csv(folder / "all.csv")
    corpus = pcd.from_dataframe(frame, text_col="text")
    halves = pcd.compare(corpus.slice(half="early"), corpus.slice(half="late"))
    paired = corpus.with_tokenizer(pcd.NgramTokenizer(n=2))

    def in_pairs() -> Any:
        # Its table of all documents and pairs would take gigabytes; the sparse one is what it advises then.
        matrix, terms = paired.doc_term_counts_sparse()
        return pd.Series(matrix.sum(axis=0).A1, index=terms)

    return {
        "words": {"": Way(lambda: pcd.from_dataframe(frame, text_col="text").vocab(), counted)},
        "lines": {"": Way(lambda: pcd.kwic(corpus, WORD, window=LINE).table, rows("lines"))},
        "collocates": {
            "of two halves": Way(
                lambda: halves.collocation_shift(WORD, window=NEAR, min_count=OFTEN).table, rows("words")
            )
        },
        "keyness": {"": Way(lambda: halves.keyness(min_count=1).table, rows("words"))},
        "pairs": {"": Way(in_pairs, counted)},
    }


if __name__ == "__main__":
    answer(offer, ["pycorpdiff", "pandas", "numpy"])
