"""How often: terms, frames and names counted per cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from discourse.codebook import Codebook, search
from discourse.tokens import Tokens

from .groups import tallied
from .selection import By, Index, Mask, Where, cell_codes, names_of, select, select_documents
from .store import Counts

LONGEST_NGRAM = 5


@dataclass(frozen=True, eq=False)
class Terms:
    """Every place at which a term stands, in the order of the text.

    Attributes:
        first, last: the first and the last token of each.
        code: the index of the term in `spelled`.
        spelled: the distinct terms, sorted.
    """

    first: Index
    last: Index
    code: Index
    spelled: pd.Index


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

    Raises:
        ValueError: an `ngram` out of range, an unknown column or value.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War and war.", "Peace."]})))
    >>> term_counts(tokens).to_frame().loc["0", "war"].item()
    2
    """
    chosen = select(tokens, where) & tokens.is_word
    terms = term_places(tokens, chosen, ngram)
    return counted(tokens, chosen, terms.first, terms.code, terms.spelled, by=by, where=where)


def term_places(tokens: Tokens, chosen: Mask, ngram: int = 1) -> Terms:
    """Where the terms of one length stand that have chosen words only.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A “war of” words, and peace"]})))
    >>> term_places(tokens, tokens.is_word, 3).spelled.tolist()
    ['a war of', 'war of words']
    """
    if isinstance(ngram, bool) or not isinstance(ngram, int) or not 1 <= ngram <= LONGEST_NGRAM:
        raise ValueError(f"ngram must be a whole number from 1 to {LONGEST_NGRAM}; got {ngram!r}. Give 2 for pairs.")
    if ngram == 1:
        at = np.flatnonzero(chosen)
        return Terms(at, at, tokens.term_codes[tokens.ids[at]].astype(np.int64), tokens.terms)
    begin = _unbroken(tokens, chosen, ngram)
    codes = tokens.term_codes[tokens.ids[tokens.stream]].astype(np.int64)
    packed, example = codes[begin], begin
    for k in range(1, ngram):
        # Pairs of codes are packed into one integer and numbered again, so that they stay small. Terms are sorted and
        # no letter sorts before the blank: the numbers ascend with the spelling.
        pairs = packed * len(tokens.terms) + codes[begin + k]
        _, example, packed = np.unique(pairs, return_index=True, return_inverse=True)
    words = [tokens.terms.to_numpy(object)[codes[begin[example] + k]] for k in range(ngram)]
    spelled = [" ".join(sequence) for sequence in zip(*words, strict=True)]
    index = pd.Index(np.array(spelled, object), name="term")
    return Terms(tokens.stream[begin], tokens.stream[begin + ngram - 1], packed, index)


def _unbroken(tokens: Tokens, chosen: Mask, n: int) -> Index:
    """Where, in the stream, n chosen words begin that stand side by side in one sentence and zone."""
    stream = tokens.stream
    good = chosen[stream]
    run = tokens.layer("sentence").runs(stream) + tokens.layer("zone").runs(stream)  # both ascend
    size = max(len(stream) - n + 1, 0)
    whole = run[:size] == run[n - 1 :]
    for k in range(n):
        whole &= good[k : k + size]
    return np.flatnonzero(whole)


def frame_counts(tokens: Tokens, codebook: Codebook, *, by: By = None, where: Where | None = None) -> Counts:
    """Count the frames of a codebook per document and layer; frames without a hit are kept.

    A hit counts when all its words qualify; it belongs to the cell of its first word.

    >>> from discourse.codebook import Entry, parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War and war.", "Peace."]})))
    >>> frame_counts(tokens, Codebook(frames={"force": Entry("frame", "force", (parse_pattern("war"),))}))
    Counts(2 cells × 1 frames, 2 hits)
    """
    labels = [entry.key for entry in codebook.entries]
    return _entry_counts(tokens, codebook, "frame", labels, by=by, where=where)


def name_counts(tokens: Tokens, codebook: Codebook, *, by: By = None, where: Where | None = None) -> Counts:
    """Count the names of a codebook; an item is the referent and the name with a tab in between.

    >>> from discourse.codebook import Entry, parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War and war.", "Peace."]})))
    >>> name = Entry("name", "the war", (parse_pattern("war"),), name="war")
    >>> name_counts(tokens, Codebook(names={"the war": {"war": name}})).items.tolist()
    ['the war\\twar']
    """
    labels = [f"{entry.key}\t{entry.name}" for entry in codebook.entries]
    return _entry_counts(tokens, codebook, "name", labels, by=by, where=where)


def _entry_counts(
    tokens: Tokens, codebook: Codebook, kind: str, labels: list[str], *, by: By, where: Where | None
) -> Counts:
    chosen = select(tokens, where)
    found = search(tokens, codebook, kinds=(kind,))
    whole = qualifying(tokens, found.spans.first, found.spans.last, chosen)
    own = {label for label, entry in zip(labels, codebook.entries, strict=True) if entry.kind == kind}
    items = pd.Index(np.array(sorted(own), object), name=kind)
    column = items.get_indexer(pd.Index(labels, dtype="str"))[found.entry[whole]]
    return counted(tokens, chosen & tokens.is_word, found.spans.first[whole], column, items, by=by, where=where)


def qualifying(tokens: Tokens, first: Index, last: Index, chosen: Mask) -> Mask:
    """Which spans have only words that are chosen (what is no word does not matter)."""
    barred = np.concatenate([[0], np.cumsum(~chosen & tokens.is_word)])
    whole: Mask = (barred[last + 1] == barred[first]) & chosen[first]
    return whole


def counted(
    tokens: Tokens, words: Mask, first: Index, code: Index, items: pd.Index, *, by: By, where: Where | None
) -> Counts:
    """Count items that begin at tokens.

    Args:
        tokens: the corpus.
        words: the tokens that make the totals.
        first: the first token of each hit.
        code: the index of each hit's item in `items`.
        items: what is counted.
        by: see `term_counts`.
        where: documents that it leaves out get no cell.
    """
    cell, cells = cell_codes(tokens, by)
    matrix = tallied(cell[first], code, (len(cells), len(items)))
    totals = np.bincount(cell[words], minlength=len(cells))
    inside = select_documents(tokens, where)
    kept = np.flatnonzero(inside[tokens.corpus.documents.index.get_indexer(pd.Index(cells["doc_id"]))])
    documents = tokens.corpus.documents[inside]
    return Counts(matrix[kept], cells.iloc[kept].reset_index(drop=True), items, totals[kept], documents, names_of(by))
