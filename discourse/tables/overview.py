"""What there is: documents and words, voices, and how alike documents or groups are."""

from __future__ import annotations

import numpy as np
import pandas as pd

from discourse import measures
from discourse._errors import choose
from discourse.codebook import Codebook
from discourse.counts import By, Counts, Where, cell_codes, hits, names_of, select, term_counts
from discourse.tokens import Tokens

from .flags import FEW_DOCUMENTS, flag_column, group_masks, row_flags

MEASURES = {"cosine": measures.cosine_similarity, "jaccard": measures.jaccard_similarity}


def corpus_overview(tokens: Tokens) -> pd.DataFrame:
    """How much each document holds.

    Returns:
        One row per document in the order of the corpus: `doc_id`, the document columns, `words` (all zones)`,
        prose_words, sentences, paragraphs` (of prose)`, types` (distinct terms of prose)`, quoted_share` (words of
        prose in somebody else's voice).

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["One two. Three."], "outlet": ["A"]})))
    >>> corpus_overview(tokens)[["doc_id", "words", "sentences"]].values.tolist()
    [['0', 3, 2]]
    """
    documents = tokens.corpus.documents
    prose = np.flatnonzero(select(tokens) & tokens.is_word)
    owner = tokens.documents_of(prose)
    size = len(documents)

    def distinct(values: np.ndarray) -> np.ndarray:
        pairs = np.unique(np.stack([owner, values.astype(np.int64)]), axis=1)[0]
        return np.bincount(pairs, minlength=size)

    table = documents.reset_index()
    table["words"] = np.bincount(tokens.documents_of(np.flatnonzero(tokens.is_word)), minlength=size)
    table["prose_words"] = np.bincount(owner, minlength=size)
    table["sentences"] = distinct(tokens.layer("sentence").runs(prose))
    table["paragraphs"] = distinct(tokens.layer("paragraph").runs(prose))
    table["types"] = distinct(tokens.term_codes[tokens.ids[prose]])
    quoted = np.bincount(owner, tokens.layer("voice").at(prose) == "quoted", minlength=size)
    table["quoted_share"] = quoted / table["prose_words"].where(table["prose_words"] > 0)
    return table


def voice_shares(tokens: Tokens, *, by: By = None, where: Where | None = None) -> pd.DataFrame:
    """How many of the words are the author's, quoted, or held at arm's length.

    Returns:
        One row per group and voice, by group, then author, quoted, reported, marked: `[by…], voice, count` (words)`,
        total, share, documents` (with words in that voice)`, n_documents, flags`.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["Smith said “war is near”."]})))
    >>> voice_shares(tokens)[["voice", "count", "total"]].values.tolist()
    [['author', 2, 5], ['quoted', 3, 5]]
    """
    names = names_of(by)
    counts = _voice_counts(tokens, by, where)
    grouped = counts.grouped(names)
    voices = [voice for voice in ("author", "quoted", "reported", "marked") if voice in counts.items]
    item = np.tile([counts.items.get_loc(voice) for voice in voices], len(grouped.keys)).astype(np.int64)
    group = np.repeat(np.arange(len(grouped.keys)), len(voices))
    table = grouped.keys.iloc[group].reset_index(drop=True)
    table["voice"] = np.tile(voices, len(grouped.keys))
    table["count"] = np.asarray(grouped.matrix[group, item]).ravel()
    table["total"] = grouped.totals[group]
    table["share"] = table["count"] / table["total"].where(table["total"] > 0)
    table["documents"] = np.asarray(grouped.documents[group, item]).ravel()
    table["n_documents"] = grouped.n_documents[group]
    top = np.asarray(grouped.top_document[group, item]).ravel()
    table["flags"] = row_flags(grouped, names, group, table["count"], top)
    return table


def _voice_counts(tokens: Tokens, by: By, where: Where | None) -> Counts:
    """Words per voice as counts, so that they group and flag like any others."""
    import scipy.sparse as sp

    words = np.flatnonzero(select(tokens, where) & tokens.is_word)
    cell, cells = cell_codes(tokens, by)
    layer = tokens.layer("voice")
    items = pd.Index(layer.values, dtype=object, name="voice")
    shape = (len(cells), len(items))
    matrix = sp.coo_array((np.ones(len(words), np.int64), (cell[words], layer.codes_at(words))), shape).tocsr()
    totals = np.bincount(cell[words], minlength=len(cells)).astype(np.int64)
    return Counts(matrix, cells, items, totals, tokens.corpus.documents, names_of(by))


def frame_positions(tokens: Tokens, codebook: Codebook, *, where: Where | None = None) -> pd.DataFrame:
    """Where in each document the frames stand: an x-ray of its course.

    Returns:
        One row per frame hit in the order of the text: `doc_id, frame, position` (0 = first word of the document's
        counted words, 1 = last)`, words` (counted words of the document)`, voice, hit_id` and the document columns.

    >>> from discourse.codebook import Entry, parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> book = Codebook(frames={"force": Entry("frame", "force", (parse_pattern("war"),))})
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War and peace and war"]})))
    >>> frame_positions(tokens, book)["position"].tolist()
    [0.0, 1.0]
    """
    found = hits(tokens, codebook, where=where)
    found = found[found["kind"] == "frame"].reset_index(drop=True)
    words = np.flatnonzero(select(tokens, where) & tokens.is_word)
    document = tokens.corpus.documents.index.get_indexer(pd.Index(found["doc_id"]))
    begin = np.searchsorted(words, tokens.doc_offsets)
    size = np.diff(begin)[document]
    first = tokens.first_token(document, found["start"].to_numpy())
    place = np.searchsorted(words, first) - begin[document]
    table = found[["doc_id", "frame"]].copy()
    table["position"] = place / np.maximum(size - 1, 1)
    table["words"] = size
    return table.join(found[["voice", "hit_id", *tokens.corpus.documents.columns]])


def similarity(tokens: Tokens | Counts, *, measure: str = "cosine", by: By = None) -> pd.DataFrame:
    """How alike groups or documents are in the words they use.

    Args:
        tokens: counts, or a corpus whose terms without stop words are counted.
        measure: `cosine` (of counts, 0 to 1), `jaccard` (of the sets of items, 0 to 1), or `burrows_delta` (a
            distance, 0 = alike, of the z-scores of the items' rates).
        by: what is compared; by default documents, or what the counts were made by.

    Returns:
        One row per unordered pair, `a` before `b` in the alphabet, by `a`, `b`: `a, b, similarity, n_documents_a,
        n_documents_b, flags`.

    >>> frame = pd.DataFrame({"term": ["war", "war", "peace"], "side": ["A", "B", "B"], "count": [8, 1, 7]})
    >>> similarity(Counts.from_frame(frame, by="side"), by="side")[["a", "b", "similarity"]].round(3).values.tolist()
    [['A', 'B', 0.141]]
    """
    choose("measure", measure, [*MEASURES, "burrows_delta"])
    counts = tokens if isinstance(tokens, Counts) else _content_words(tokens, by)
    grouped = counts.grouped(names_of(by) or counts.by or ("doc_id",))
    if measure == "burrows_delta":
        scores = measures.burrows_delta(grouped.matrix, grouped.totals)
    else:
        scores = MEASURES[measure](grouped.matrix)
    names = grouped.keys.astype(str).agg(" · ".join, axis=1).to_numpy(object)
    a, b = np.triu_indices(len(names), 1)
    masks = {name: mask[a] | mask[b] for name, mask in group_masks(grouped, tuple(grouped.keys.columns)).items()}
    masks["descriptive"] = np.minimum(grouped.n_documents[a], grouped.n_documents[b]) < FEW_DOCUMENTS
    columns = {
        "a": names[a],
        "b": names[b],
        "similarity": scores[a, b],
        "n_documents_a": grouped.n_documents[a],
        "n_documents_b": grouped.n_documents[b],
        "flags": flag_column(masks, len(a)).to_numpy(),
    }
    return pd.DataFrame(columns).sort_values(["a", "b"], ignore_index=True)


def _content_words(tokens: Tokens, by: By) -> Counts:
    from dataclasses import replace

    counts = term_counts(tokens, by=by)
    stop = tokens.types.loc[tokens.types["is_stop"], "term"].unique()
    kept = ~counts.items.isin(stop)
    return replace(counts, matrix=counts.matrix[:, np.flatnonzero(kept)], items=counts.items[kept])
