"""How often: terms and frames counted per cell."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse.codebook import Codebook, search
from discourse.tokens import Tokens

from .selection import By, Where, cell_codes, names_of, select
from .store import Counts

Index = NDArray[np.int64]
LONGEST_NGRAM = 5


def term_counts(tokens: Tokens, *, by: By = None, ngram: int = 1, where: Where | None = None) -> Counts:
    """Count terms, or sequences of terms, per document and layer.

    Args:
        tokens: the corpus.
        by: document columns or layers; cells are kept apart by document and by the layers named here.
        ngram: words a term has, 1 to 5. A sequence never crosses a sentence, a zone or punctuation (quotation marks
            apart), nor a word that `where` leaves out.
        where: which tokens count, see `select`.

    Returns:
        Counts of terms; `totals` are words.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War and war.", "Peace."]})))
    >>> term_counts(tokens).to_frame().loc["0", "war"].item()
    2
    """
    if not (isinstance(ngram, int) and 1 <= ngram <= LONGEST_NGRAM):
        raise ValueError(f"ngram must be a whole number from 1 to {LONGEST_NGRAM}; got {ngram!r}. Give 2 for pairs.")
    chosen = select(tokens, where) & tokens.is_word
    if ngram == 1:
        positions = np.flatnonzero(chosen)
        codes, items = tokens.term_codes[tokens.ids[positions]].astype(np.int64), tokens.terms
    else:
        positions, codes, items = _sequences(tokens, chosen, ngram)
    return _counted(tokens, chosen, positions, codes, items, by)


def frame_counts(tokens: Tokens, codebook: Codebook, *, by: By = None, where: Where | None = None) -> Counts:
    """Count the frames of a codebook per document and layer; frames without a hit are kept.

    A hit counts when all its words qualify; it belongs to the cell of its first word.
    """
    labels = [entry.key for entry in codebook.entries]
    return _entry_counts(tokens, codebook, "frame", labels, by=by, where=where)


def name_counts(tokens: Tokens, codebook: Codebook, *, by: By = None, where: Where | None = None) -> Counts:
    """Count the names of a codebook; an item is the referent and the name with a tab in between."""
    labels = [f"{entry.key}\t{entry.name}" for entry in codebook.entries]
    return _entry_counts(tokens, codebook, "name", labels, by=by, where=where)


def _entry_counts(
    tokens: Tokens, codebook: Codebook, kind: str, labels: list[str], *, by: By, where: Where | None
) -> Counts:
    chosen = select(tokens, where)
    found = search(tokens, codebook, kinds=(kind,))
    whole = qualifying(tokens, found.spans.first, found.spans.last, chosen)
    own = sorted({label for label, entry in zip(labels, codebook.entries, strict=True) if entry.kind == kind})
    items = pd.Index(own, dtype=object, name=kind)
    column = items.get_indexer(np.array(labels, object))
    return _counted(tokens, chosen & tokens.is_word, found.spans.first[whole], column[found.entry[whole]], items, by)


def qualifying(tokens: Tokens, first: Index, last: Index, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which spans have only words that are chosen (what is no word does not matter)."""
    barred = np.concatenate([[0], np.cumsum(~chosen & tokens.is_word)])
    return (barred[last + 1] == barred[first]) & chosen[first]


def _sequences(tokens: Tokens, chosen: NDArray[np.bool_], n: int) -> tuple[Index, Index, pd.Index]:
    """Sequences of n words that stand side by side: first position, code and spelling of each."""
    stream = tokens.stream
    terms = tokens.term_codes[tokens.ids[stream]].astype(np.int64)
    good = chosen[stream]
    run = tokens.layer("sentence").runs(stream) + tokens.layer("zone").runs(stream)  # both ascend
    size = max(len(stream) - n + 1, 0)
    whole = good[:size] & (run[:size] == run[n - 1 :])
    for k in range(1, n):
        whole &= good[k : k + size]
    at = np.flatnonzero(whole)
    codes, spelled = terms[at], tokens.terms.to_numpy(object)
    for k in range(1, n):
        # Pairs of codes are packed into one integer and numbered again, so that they stay small.
        packed, codes = np.unique(codes * len(tokens.terms) + terms[at + k], return_inverse=True)
        spelled = spelled[packed // len(tokens.terms)] + " " + tokens.terms.to_numpy(object)[packed % len(tokens.terms)]
    order = np.argsort(spelled, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return stream[at], rank[codes], pd.Index(spelled[order], name="term")


def _counted(
    tokens: Tokens, words: NDArray[np.bool_], positions: Index, codes: Index, items: pd.Index, by: By
) -> Counts:
    """Counts of items that begin at positions; `words` are the tokens that make the totals."""
    cell, cells = cell_codes(tokens, by)
    ones = np.ones(len(positions), np.int64)
    matrix = sp.coo_array((ones, (cell[positions], codes)), (len(cells), len(items))).tocsr()
    totals = np.bincount(cell[words], minlength=len(cells)).astype(np.int64)
    return Counts(matrix, cells, items, totals, tokens.corpus.documents, names_of(by))
