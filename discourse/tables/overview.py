"""What there is: documents and words, voices, and where in a document frames stand."""

from __future__ import annotations

import numpy as np
import pandas as pd

from discourse.codebook import Codebook
from discourse.counts import By, Counts, Where, counted, hits, select
from discourse.tokens import Tokens

from .rows import counted_rows, distinct

VOICES = ("author", "quoted", "reported", "marked")

MEASURED = ["words", "prose_words", "sentences", "paragraphs", "types", "quoted_share"]


def corpus_overview(tokens: Tokens) -> pd.DataFrame:
    """How much each document holds.

    Returns:
        One row per document in the order of the corpus: `doc_id`, the document columns, `words` (all zones)`,
        prose_words, sentences, paragraphs` (of prose)`, types` (distinct terms of prose)`, quoted_share` (words of
        prose in somebody else's voice).

    Raises:
        ValueError: a document column has the name of one of these.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["One two. Three."], "outlet": ["A"]})))
    >>> corpus_overview(tokens)[["doc_id", "words", "sentences"]].values.tolist()
    [['0', 3, 2]]
    """
    documents = tokens.corpus.documents
    for name in documents.columns.intersection(MEASURED):
        raise ValueError(f"the document column {name!r} has the name of a column of this table. Rename it.")
    prose = np.flatnonzero(select(tokens) & tokens.is_word)
    owner = tokens.documents_of(prose)
    size = len(documents)
    table = documents.reset_index()
    table["words"] = np.bincount(tokens.documents_of(np.flatnonzero(tokens.is_word)), minlength=size)
    table["prose_words"] = np.bincount(owner, minlength=size)
    table["sentences"] = distinct(owner, tokens.layer("sentence").runs(prose), size)
    table["paragraphs"] = distinct(owner, tokens.layer("paragraph").runs(prose), size)
    table["types"] = distinct(owner, tokens.term_codes[tokens.ids[prose]], size)
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
    grouped = _voice_counts(tokens, by, where).grouped(by)
    order = [grouped.items.get_loc(voice) for voice in VOICES if voice in grouped.items]
    group = np.repeat(np.arange(len(grouped.keys)), len(order))
    table = counted_rows(grouped, group, np.tile(np.array(order, np.int64), len(grouped.keys)))
    table["share"] = table["count"] / table["total"].where(table["total"] > 0)
    return table[[*grouped.keys, *_VOICE_COLUMNS]]


_VOICE_COLUMNS = ["voice", "count", "total", "share", "documents", "n_documents", "flags"]


def _voice_counts(tokens: Tokens, by: By, where: Where | None) -> Counts:
    """Words per voice as counts, so that they group and flag like any others."""
    words, layer = np.flatnonzero(select(tokens, where) & tokens.is_word), tokens.layer("voice")
    items = pd.Index(np.array(layer.values, object), name="voice")
    return counted(tokens, words, layer.codes_at(words).astype(np.int64), items, by=by, where=where)


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
