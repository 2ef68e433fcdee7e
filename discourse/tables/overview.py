"""What there is: documents and words, voices, and where in a document frames stand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from discourse.codebook import Codebook, known
from discourse.counts import By, Counts, Where, conditions, counted, select
from discourse.counts.frequencies import counted_in_parts
from discourse.counts.matches import characters_of, hit_ids, layer_column
from discourse.counts.rows import Rows, names_beside, stacked
from discourse.counts.selection import Conditions
from discourse.counts.spans import marked
from discourse.tokens import Encoded, Tokens, check_encoded
from discourse.tokens.voices.spans import VOICES

from .rows import counted_rows, distinct
from .sampling import NONE, limit_names, over_documents, turned_by_one, with_limits

MEASURED = ["words", "prose_words", "sentences", "paragraphs", "types", "quoted_share"]


def corpus_overview(tokens: Encoded) -> pd.DataFrame:
    """How much each document holds.

    Returns:
        One row per document in the order of the corpus: `doc_id`, the document columns (with `_document` behind the
        name of one that the table has itself: `words_document`), `words` (all zones)`, prose_words, sentences,
        paragraphs` (of prose)`, types` (distinct terms of prose)`, quoted_share` (of these words, those in quotation
        marks with a source; indirect speech is not among them).

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["One two. Three."], "outlet": ["A"]})))
    >>> corpus_overview(tokens)[["doc_id", "words", "sentences"]].values.tolist()
    [['0', 3, 2]]
    """
    check_encoded(tokens)
    numbers = tokens.reduce(_measured, _stacked)
    words, quoted = numbers["prose_words"], numbers.pop("quoted")
    numbers["quoted_share"] = quoted / words.where(words > 0)
    documents = tokens.documents.rename(columns=names_beside(tokens.documents, MEASURED))
    return documents.loc[numbers.index].reset_index().join(numbers.reset_index(drop=True))


def _measured(tokens: Tokens) -> pd.DataFrame:
    """What each document of one part holds, as whole numbers."""
    prose = np.flatnonzero(select(tokens) & tokens.is_word)
    owner, size = tokens.documents_of(prose), len(tokens.documents)
    numbers = {
        "words": np.bincount(tokens.documents_of(np.flatnonzero(tokens.is_word)), minlength=size),
        "prose_words": np.bincount(owner, minlength=size),
        "sentences": distinct(owner, tokens.layer("sentence").runs(prose), size),
        "paragraphs": distinct(owner, tokens.layer("paragraph").runs(prose), size),
        "types": distinct(owner, tokens.term_codes[tokens.ids[prose]], size),
        "quoted": np.bincount(owner[tokens.layer("voice").at(prose) == "quoted"], minlength=size),
    }
    return pd.DataFrame(numbers, index=tokens.documents.index)


def _stacked(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(tables)


def voice_shares(tokens: Encoded, *, by: By = None, where: Where | None = None) -> pd.DataFrame:
    """How many of the words are the author's, quoted, or held at arm's length.

    Returns:
        One row per group and voice, by group, then author, quoted, reported, marked: `[by…], voice, count` (words)`,
        total, share, low, high, interval, documents` (with words in that voice)`, n_documents, flags`. `low, high`:
        limits over documents, or over authors where they wrote several, in groups of at least 15; else `nan`, since
        words of a quotation come together and cannot be counted one by one.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["Smith said “war is near”."]})))
    >>> voice_shares(tokens)[["voice", "count", "total"]].values.tolist()
    [['author', 2, 5], ['quoted', 3, 5]]
    """
    grouped = counted_in_parts(tokens, _voice_counts, by=by, where=where).grouped(by)
    order = [grouped.items.get_loc(voice) for voice in VOICES if voice in grouped.items]
    group = np.repeat(np.arange(len(grouped.keys)), len(order))
    item = np.tile(np.array(order, np.int64), len(grouped.keys))
    compared = {"sign_flips_without": turned_by_one(grouped, [])[group, item]}
    table = counted_rows(grouped, group, item, compared=compared)
    table["share"] = table["count"] / table["total"].where(table["total"] > 0)
    limits, names = over_documents(grouped, [], "logit")[:, group, item], (limit_names(grouped, "logit"), group)
    # Words of a quotation come together: counting them one by one would promise too much.
    table = with_limits(table, limits, names, (np.nan, np.nan), NONE)
    return table[[*grouped.keys, *_VOICE_COLUMNS]]


_VOICE_COLUMNS = ["voice", "count", "total", "share", "low", "high", "interval"]
_VOICE_COLUMNS += ["documents", "n_documents", "flags"]


def _voice_counts(tokens: Tokens, *, by: By, where: Where) -> Counts:
    """Words per voice in one part as counts, so that they group and flag like any others."""
    words, layer = np.flatnonzero(select(tokens, where) & tokens.is_word), tokens.layer("voice")
    items = pd.Index(list(layer.values or ()), dtype="str", name="voice")  # noqa: PD011
    return counted(tokens, words, layer.codes_at(words).astype(np.int64), items, by=by, where=where)


def frame_positions(tokens: Encoded, codebook: Codebook, *, where: Where | None = None) -> pd.DataFrame:
    """Where in each document the frames stand: an x-ray of its course.

    Returns:
        One row per frame hit in the order of the text: `doc_id, frame, position` (0 = first word of the document's
        counted words, 1 = last)`, words` (counted words of the document)`, voice, hit_id` and the document columns,
        named as in `hits`.

    >>> from discourse.codebook import Entry, parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> book = Codebook(frames={"force": Entry("frame", "force", (parse_pattern("war"),))})
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War and peace and war"]})))
    >>> frame_positions(tokens, book)["position"].tolist()
    [0.0, 1.0]
    """
    part = partial(_positions, codebook=known(codebook), where=conditions(tokens, where))
    return tokens.reduce(part, stacked).frame(_PLACED, tokens.documents)


_PLACED = ["doc_id", "frame", "position", "words", "voice", "hit_id"]


def _positions(tokens: Tokens, *, codebook: Codebook, where: Conditions) -> Rows:
    """Where the frame hits of one part stand among the counted words of their documents."""
    found = marked(tokens, codebook, where)
    found = found.take(np.flatnonzero(found.keys["kind"].to_numpy(zero_copy_only=False) == "frame"))
    document = tokens.documents_of(found.first)
    words = np.flatnonzero(select(tokens, where) & tokens.is_word)
    begin = np.searchsorted(words, tokens.doc_offsets)
    size = np.diff(begin)[document]
    place = np.searchsorted(words, found.first) - begin[document]
    columns = {
        "frame": found.keys["frame"],
        "position": place / np.maximum(size - 1, 1),
        "words": size,
        "voice": layer_column(tokens, "voice", found.first),
        "hit_id": hit_ids(tokens, document, *characters_of(tokens, document, found), found.keys),
    }
    return Rows.of(columns, document, tokens.documents)
