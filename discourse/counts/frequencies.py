"""How often: terms, frames and names counted per cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from discourse.codebook import Codebook, known, search
from discourse.tokens import Encoded, Tokens
from discourse.tokens.layers import located

from .groups import added, tallied
from .origins import Origin
from .selection import (
    By,
    Conditions,
    Index,
    Where,
    conditions,
    layers_of,
    names_of,
    select_documents,
    stretches,
)
from .sequences import check_ngram
from .spans import qualifying
from .store import Counts, merged
from .terms import sequence_matrix, word_matrix
from .weights import Weighed, kind_of


def term_counts(tokens: Encoded, *, by: By = None, ngram: int = 1, where: Where | None = None) -> Counts:
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
    check_ngram(ngram)
    return counted_in_parts(tokens, partial(_term_part, ngram=ngram), by=by, where=where, origin=Origin(int(ngram)))


def counted_in_parts(
    encoded: Encoded,
    part: Callable[..., Counts],
    *,
    by: By = None,
    where: Where | None = None,
    origin: Origin | None = None,
) -> Counts:
    """What each part of a corpus counts, added up; `by` and `where` are checked on the whole.

    Args:
        encoded: the corpus.
        part: counts in one part, called with it and, as keywords, `by` and `where`; can be pickled.
        by: see `term_counts`.
        where: see `select`.
        origin: what is counted; the layers that `where` names are added to it.

    Raises:
        ValueError: an unknown column or value.
    """
    layers_of(encoded, by)
    wanted, names = conditions(encoded, where), names_of(by)
    counts = encoded.reduce(partial(_answer, part=part, by=names, where=wanted), merged)
    documents = encoded.documents[select_documents(encoded, wanted)]
    return replace(counts, documents=documents, by=names, origin=origin and origin.where(encoded.layers, wanted))


def _answer(tokens: Tokens, *, part: Callable[..., Counts], by: By, where: Where) -> Counts:
    """What one part counts; what is known of its documents need not travel."""
    counts = part(tokens, by=by, where=where)
    return replace(counts, documents=pd.DataFrame(index=counts.documents.index))


def _term_part(tokens: Tokens, *, ngram: int, by: By, where: Where) -> Counts:
    cut = stretches(tokens, by, where)
    found = word_matrix(tokens, cut) if ngram == 1 else sequence_matrix(tokens, cut, ngram)
    return _left_in(tokens, Counts(found.matrix, cut.cells, found.items, found.totals, tokens.documents), where)


def _left_in(tokens: Tokens, counts: Counts, where: Where | None) -> Counts:
    """The cells of documents that `where` leaves in by their columns."""
    inside = select_documents(tokens, where)
    if inside.all():
        return counts
    kept = np.flatnonzero(inside[tokens.documents.index.get_indexer(pd.Index(counts.cells["doc_id"]))])
    matrix, cells = counts.matrix[kept], counts.cells.iloc[kept].reset_index(drop=True)
    weighed = counts.weighed and counts.weighed.at(kept)
    cut = replace(counts, matrix=matrix, cells=cells, totals=counts.totals[kept], weighed=weighed)
    return replace(cut, documents=counts.documents[inside])


def frame_counts(tokens: Encoded, codebook: Codebook, *, by: By = None, where: Where | None = None) -> Counts:
    """Count the frames of a codebook per document and layer; frames without a hit are kept.

    A hit counts when all its words qualify; it belongs to the cell of its first word.

    >>> from discourse.codebook import Entry, parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War and war.", "Peace."]})))
    >>> frame_counts(tokens, Codebook(frames={"force": Entry("frame", "force", (parse_pattern("war"),))}))
    Counts(2 cells × 1 frames, 2 hits)
    """
    part = partial(_entry_part, codebook=codebook, kind="frame", named=[entry.key for entry in known(codebook).entries])
    return counted_in_parts(tokens, part, by=by, where=where, origin=Origin.of_codebook(codebook, "frame"))


def name_counts(tokens: Encoded, codebook: Codebook, *, by: By = None, where: Where | None = None) -> Counts:
    """Count the names of a codebook; an item is the referent and the name with a tab in between.

    >>> from discourse.codebook import Entry, parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War and war.", "Peace."]})))
    >>> name = Entry("name", "the war", (parse_pattern("war"),), name="war")
    >>> name_counts(tokens, Codebook(names={"the war": {"war": name}})).items.tolist()
    ['the war\\twar']
    """
    named = [f"{entry.key}\t{entry.name}" for entry in known(codebook).entries]
    part = partial(_entry_part, codebook=codebook, kind="name", named=named)
    return counted_in_parts(tokens, part, by=by, where=where, origin=Origin.of_codebook(codebook, "name"))


def _entry_part(
    tokens: Tokens, *, codebook: Codebook, kind: str, named: list[str], by: By, where: Conditions
) -> Counts:
    """Count the entries of one kind; `named` says what each entry of the codebook is counted as."""
    found = search(tokens, codebook, kinds=(kind,), ordered=False)
    spans = found.spans
    kept = qualifying(tokens, spans.first, spans.last, where)
    some = slice(None) if len(kept) == len(spans) else kept  # all of them need not be copied
    first, key = spans.first[some], spans.key[some]
    own = {name for name, entry in zip(named, codebook.entries, strict=True) if entry.kind == kind}
    items = pd.Index(sorted(own), dtype="str", name=kind)
    column = items.get_indexer(pd.Index(named, dtype="str")).take(found.owner).take(key)
    counts = counted(tokens, first, column, items, by=by, where=where)
    if kind != "frame" or not codebook.weighted:
        return counts
    named = [entry.key for entry in codebook.frames.values() for _ in entry.include]
    weights = [kind_of(frame, pattern.weight) for frame, pattern in zip(named, found.patterns, strict=True)]
    kinds = pd.Index(sorted(set(weights)), dtype="str", name=kind)
    code = kinds.get_indexer(pd.Index(weights, dtype="str")).take(key)
    weighed = counted(tokens, first, code, kinds, by=by, where=where)
    return replace(counts, weighed=Weighed(weighed.matrix, kinds))


def counted(
    tokens: Tokens, first: Index, code: Index, items: pd.Index, *, by: By, where: Where | None
) -> Counts:
    """Count items that begin at tokens; totals are the words that qualify.

    Args:
        tokens: the corpus.
        first: the first token of each hit.
        code: the index of each hit's item in `items`.
        items: what is counted.
        by: see `term_counts`.
        where: documents that it leaves out get no cell.
    """
    cut = stretches(tokens, by, where)
    shape = (len(cut.cells), len(items))
    cell = cut.cell[located(cut.bounds, first)]
    totals = added(cut.cell, np.where(cut.chosen, tokens.words_between(cut.bounds), 0), shape[0])
    counts = Counts(tallied(cell, code, shape), cut.cells, items, totals, tokens.documents, names_of(by))
    return _left_in(tokens, counts, where)
