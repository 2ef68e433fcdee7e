"""In what surroundings: lines of a concordance, and the words around a node."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse import measures
from discourse._errors import choose
from discourse.counts import Where, hits, select
from discourse.tokens import Tokens

Index = NDArray[np.int64]
_PLACE = re.compile(r"([1-9])([LR])|C")


def concordance(
    tokens: Tokens,
    pattern: str,
    *,
    width: int = 10,
    sort: str = "1R2R3R",
    context: str = "tokens",
    sample: int | None = None,
    seed: int | None = None,
    where: Where | None = None,
) -> pd.DataFrame:
    """The lines in which a pattern occurs, one below the other (KWIC).

    Args:
        tokens: the corpus.
        pattern: see docs/codebook.md.
        width: words on either side; for `context="sentence"` it has no effect and the whole sentence is shown.
        sort: what the lines are ordered by, such as `1R2R3R` (first word to the right, then the second, …),
            `1L1R`, `C` (the node itself), or empty for the order of the texts.
        context: `tokens` or `sentence`.
        sample: how many lines, drawn at random without replacement; all if there are no more.
        seed: for the sample; needed with `sample`.
        where: which tokens count.

    Returns:
        One row per hit: `hit_id, doc_id, left, node, right, voice, marking, speaker, zone, sentence` and the document
        columns. `left`, `node` and `right` are the source text, unchanged but for line breaks.

    Raises:
        ValueError: the pattern or `sort` cannot be read; `sample` without a seed.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A war of words. No war today."]})))
    >>> concordance(tokens, "war", width=2)[["left", "node", "right"]].values.tolist()
    [['A', 'war', 'of words.'], ['words. No', 'war', 'today.']]
    """
    choose("context", context, ["tokens", "sentence"])
    places = _places(sort)
    if sample is not None and seed is None:
        raise ValueError("seed must be given with sample, so that the lines can be drawn again. Give a whole number.")
    found = hits(tokens, pattern, where=where)
    if sample is not None and sample < len(found):
        chosen = np.sort(np.random.default_rng(seed).choice(len(found), sample, replace=False))
        found = found.iloc[chosen].reset_index(drop=True)
    first, last = _token_spans(tokens, found)
    low, high = _borders(tokens, first, last, width, context)
    table = found[["hit_id", "doc_id"]].copy()
    table["left"], table["node"], table["right"] = _texts(tokens, found, low, high)
    about = ["voice", "marking", "speaker", "zone", "sentence", *tokens.corpus.documents.columns]
    table = table.join(found[about])
    order = _order(tokens, first, last, places)
    return table.iloc[order].reset_index(drop=True)


def _places(sort: str) -> list[int]:
    """Positions to sort by: -1 is the first word to the left, 1 the first to the right, 0 the node."""
    found = list(_PLACE.finditer(sort))
    if "".join(match.group() for match in found) != sort:
        raise ValueError(f"sort must be places such as '1R2R3R', '1L1R' or 'C'; got {sort!r}. Digits go from 1 to 9.")
    return [0 if match.group() == "C" else int(match[1]) * (1 if match[2] == "R" else -1) for match in found]


def _token_spans(tokens: Tokens, found: pd.DataFrame) -> tuple[Index, Index]:
    """First and last token of each hit."""
    document = tokens.corpus.documents.index.get_indexer(pd.Index(found["doc_id"]))
    first = tokens.first_token(document, found["start"].to_numpy())
    return first, tokens.first_token(document, found["end"].to_numpy()) - 1


def _borders(tokens: Tokens, first: Index, last: Index, width: int, context: str) -> tuple[Index, Index]:
    """The first and the last token of each line."""
    if context == "sentence":
        layer = tokens.layer("sentence")
        runs = layer.runs(first)
        return layer.starts[runs], layer.ends()[runs] - 1
    words = np.flatnonzero(tokens.is_word)
    document = tokens.documents_of(first)
    begin, stop = tokens.doc_offsets[document], tokens.doc_offsets[document + 1] - 1
    low = np.searchsorted(words, first) - width
    high = np.searchsorted(words, last, side="right") + width
    left = np.where(low < 0, 0, words[np.maximum(low, 0)]) if len(words) else first
    # Up to the token before the word after the last one shown, so that its punctuation is kept.
    right = np.where(high < len(words), words[np.minimum(high, len(words) - 1)] - 1, len(tokens) - 1)
    return np.maximum(left, begin), np.minimum(right, stop)


def _texts(tokens: Tokens, found: pd.DataFrame, low: Index, high: Index) -> tuple[list[str], list[str], list[str]]:
    texts = {doc_id: tokens.corpus.text(doc_id) for doc_id in found["doc_id"].unique()}
    start, end = tokens.char_starts[low], tokens.char_ends[high]
    left, node, right = [], [], []
    for doc_id, a, b, c, d in zip(found["doc_id"], start, found["start"], found["end"], end, strict=True):
        text = texts[doc_id]
        left.append(_line(text[a:b]))
        node.append(_line(text[b:c]))
        right.append(_line(text[c:d]))
    return left, node, right


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _order(tokens: Tokens, first: Index, last: Index, places: list[int]) -> Index:
    """Sort lines by the terms at the places asked for, then by the order of the texts."""
    if not places or not len(first):
        return np.arange(len(first))
    words = np.flatnonzero(tokens.is_word)
    document = tokens.documents_of(first)
    keys: list[NDArray] = [first]
    for place in reversed(places):
        rank = np.searchsorted(words, first) if place <= 0 else np.searchsorted(words, last, side="right") - 1
        rank = rank + place
        inside = (rank >= 0) & (rank < len(words))
        at = words[np.clip(rank, 0, len(words) - 1)]
        inside &= tokens.documents_of(at) == document
        keys.append(np.where(inside, tokens.term_codes[tokens.ids[at]], -1))
    return np.lexsort(keys)


def collocates(
    tokens: Tokens,
    node: str,
    *,
    window: Sequence[int] = (5, 5),
    min_count: int = 3,
    where: Where | None = None,
) -> pd.DataFrame:
    """The words that stand near a node, and how strongly they are bound to it.

    Args:
        tokens: the corpus.
        node: a pattern.
        window: words to the left and to the right; the node itself is left out, the document's end ends it.
        min_count: how often a collocate must stand near.
        where: which tokens count, as node and as collocate; a gap is not bridged: words left out still take up room.

    Returns:
        One row per collocate, by log-likelihood (descending), then term: `term, count` (near the node)`, expected,
        log_likelihood` (signed)`, mi` (bits)`, t_score, log_dice, documents, n_documents, node_count, term_count,
        total, flags`. A word in the window of two nodes is counted once.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["cold war and cold war and peace"]})))
    >>> collocates(tokens, "war", window=(1, 0), min_count=1)[["term", "count", "term_count"]].values.tolist()
    [['cold', 2, 2]]
    """
    if len(window) != 2 or min(window) < 0 or sum(window) == 0:
        raise ValueError(f"window must be words to the left and to the right, such as (5, 5); got {tuple(window)!r}.")
    chosen = select(tokens, where) & tokens.is_word
    found = hits(tokens, node, where=where)
    first, last = _token_spans(tokens, found)
    near, positions = _near(tokens, chosen, first, last, window)
    codes = tokens.term_codes[tokens.ids[near]]
    size = len(tokens.terms)
    count = np.bincount(codes, minlength=size)
    term_count = np.bincount(tokens.term_codes[tokens.ids[chosen]], minlength=size)
    pairs = np.unique(codes.astype(np.int64) * len(tokens.corpus) + tokens.documents_of(near))
    documents = np.bincount(pairs // max(len(tokens.corpus), 1), minlength=size)
    shown = np.flatnonzero(count >= max(min_count, 1))
    table = _scored(count[shown], term_count[shown], len(found), int(chosen.sum()), positions)
    table.insert(0, "term", tokens.terms.to_numpy(object)[shown])
    table["documents"] = documents[shown]
    table["n_documents"] = len(np.unique(tokens.documents_of(np.flatnonzero(chosen))))
    table["flags"] = _flags(table)
    order = np.lexsort([table["term"], -table["log_likelihood"]])
    return table[_COLLOCATE_COLUMNS].iloc[order].reset_index(drop=True)


_COLLOCATE_COLUMNS = ["term", "count", "expected", "log_likelihood", "mi", "t_score", "log_dice", "documents"]
_COLLOCATE_COLUMNS += ["n_documents", "node_count", "term_count", "total", "flags"]


def _near(
    tokens: Tokens, chosen: NDArray[np.bool_], first: Index, last: Index, window: Sequence[int]
) -> tuple[Index, int]:
    """Chosen words within the window of any node, each once, and how many there are."""
    words = np.flatnonzero(tokens.is_word)
    document = tokens.documents_of(words)
    near = np.zeros(len(words) + 1, np.int64)
    inside = np.zeros(len(words) + 1, np.int64)
    low, high = np.searchsorted(words, first), np.searchsorted(words, last, side="right")
    own = tokens.documents_of(first)
    begin, stop = np.searchsorted(document, own), np.searchsorted(document, own, side="right")
    np.add.at(near, np.maximum(low - window[0], begin), 1)
    np.add.at(near, np.minimum(high + window[1], stop), -1)
    np.add.at(inside, low, 1)
    np.add.at(inside, high, -1)
    kept = (np.cumsum(near)[:-1] > 0) & (np.cumsum(inside)[:-1] == 0) & chosen[words]
    return words[kept], int(kept.sum())


def _scored(count: Index, term_count: Index, node_count: int, total: int, positions: int) -> pd.DataFrame:
    """Association of each collocate; the window size is the mean number of words near a node."""
    size = positions / node_count if node_count else np.nan
    arguments = (count, node_count, term_count, total)
    return pd.DataFrame(
        {
            "count": count,
            "expected": measures.expected_count(node_count, term_count, total, window_size=size),
            "log_likelihood": measures.collocate_log_likelihood(*arguments, window_size=size),
            "mi": measures.mutual_information(*arguments, window_size=size),
            "t_score": measures.t_score(*arguments, window_size=size),
            "log_dice": measures.log_dice(count, node_count, term_count),
            "node_count": node_count,
            "term_count": term_count,
            "total": total,
        }
    )


def _flags(table: pd.DataFrame) -> NDArray:
    from .flags import FEW_DOCUMENTS, LOW_EXPECTED, flag_column

    few = np.full(len(table), bool(len(table)) and int(table["n_documents"].iloc[0]) < FEW_DOCUMENTS)
    low = (table["expected"] < LOW_EXPECTED).to_numpy()
    return flag_column({"descriptive": few, "few_documents": few, "low_expected": low}, len(table)).to_numpy()
