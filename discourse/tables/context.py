"""In what surroundings: lines of a concordance, and the words around a node."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse import measures
from discourse._errors import choose
from discourse.counts import Where, hit_spans, hits, select, slices
from discourse.tokens import Tokens

from .flags import FEW_DOCUMENTS, LOW_EXPECTED, Index, Mask, flag_column
from .rows import distinct, order_by

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
        ValueError: the pattern or `sort` cannot be read; a negative width; `sample` without a seed, or below 1.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A war of words. No war today."]})))
    >>> concordance(tokens, "war", width=2)[["left", "node", "right"]].values.tolist()
    [['A', 'war', 'of words.'], ['words. No', 'war', 'today.']]
    """
    choose("context", context, ["tokens", "sentence"])
    places = _places(sort)
    if width < 0:
        raise ValueError(f"width must be a number of words, 0 or more; got {width!r}. Give 10 for ten words a side.")
    found = _sampled(hits(tokens, pattern, where=where), sample, seed)
    first, last = _token_spans(tokens, found)
    low, high = _sentence(tokens, first) if context == "sentence" else _borders(tokens, first, last, width)
    document, begin, end = tokens.documents_of(first), found["start"].to_numpy(), found["end"].to_numpy()
    table = found[["hit_id", "doc_id"]].assign(
        left=_lines(slices(tokens, document, tokens.char_starts[low], begin)),
        node=_lines(slices(tokens, document, begin, end)),
        right=_lines(slices(tokens, document, end, tokens.char_ends[high])),
    )
    about = ["voice", "marking", "speaker", "zone", "sentence", *tokens.corpus.documents.columns]
    return table.join(found[about]).iloc[_order(tokens, first, last, places)].reset_index(drop=True)


def _sampled(found: pd.DataFrame, sample: int | None, seed: int | None) -> pd.DataFrame:
    """Some of the hits, drawn at random; lines are put in order afterwards."""
    if sample is None:
        return found
    if seed is None:
        raise ValueError("seed must be given with sample, so that the lines can be drawn again. Give a whole number.")
    if sample < 1:
        raise ValueError(f"sample must be a number of lines, 1 or more; got {sample!r}. Leave it out for all lines.")
    drawn = np.random.default_rng(seed).permutation(len(found))[:sample]
    return found.iloc[drawn].reset_index(drop=True)


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


def _sentence(tokens: Tokens, first: Index) -> tuple[Index, Index]:
    """The first and the last token of the sentence of each token."""
    layer = tokens.layer("sentence")
    runs = layer.runs(first)
    return layer.starts[runs], layer.ends()[runs] - 1


def _borders(tokens: Tokens, first: Index, last: Index, width: int) -> tuple[Index, Index]:
    """The first and the last token of each line: so many words on either side, within the document."""
    words = np.append(np.flatnonzero(tokens.is_word), len(tokens))
    document = tokens.documents_of(first)
    low = np.maximum(np.searchsorted(words, first) - width, 0)
    high = np.minimum(np.searchsorted(words, last, side="right") + width, len(words) - 1)
    left = np.maximum(np.minimum(words[low], first), tokens.doc_offsets[document])
    # Up to the token before the word after the last one shown, so that its punctuation is kept.
    return left, np.minimum(words[high], tokens.doc_offsets[document + 1]) - 1


def _lines(texts: list[str]) -> list[str]:
    """Each text on one line."""
    return [re.sub(r"\s+", " ", text).strip() for text in texts]


def _order(tokens: Tokens, first: Index, last: Index, places: list[int]) -> Index:
    """Sort lines by the terms at the places asked for, then by the order of the texts; no word sorts first."""
    # One end beyond each side stands for what lies outside the corpus.
    words = np.flatnonzero(tokens.is_word)
    code = np.append(tokens.term_codes[tokens.ids[words]], -1)
    owner = np.append(tokens.documents_of(words), -1)
    own = tokens.documents_of(first)
    keys: list[Index] = []
    for place in places:
        edge = np.searchsorted(words, first) if place <= 0 else np.searchsorted(words, last, side="right") - 1
        at = np.where((edge + place >= 0) & (edge + place < len(words)), edge + place, len(words))
        keys.append(np.where(owner[at] == own, code[at], -1))
    return order_by(*keys, first)


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
        raise ValueError(
            f"window must be words to the left and to the right, not both 0; got {tuple(window)!r}. Give (5, 5)."
        )
    chosen = select(tokens, where) & tokens.is_word
    first, last = hit_spans(tokens, node, where=where)
    near = _near(tokens, chosen, first, last, window)
    code, size = tokens.term_codes[tokens.ids], len(tokens.terms)
    count, every = (np.bincount(code[at], minlength=size) for at in (near, np.flatnonzero(chosen)))
    shown = np.flatnonzero(count >= max(min_count, 1))
    table = _scored(count[shown], every[shown], len(first), total=int(chosen.sum()), positions=len(near))
    table["term"] = tokens.terms.to_numpy(object)[shown]
    table["documents"] = distinct(code[near], tokens.documents_of(near), size)[shown]
    table["n_documents"] = len(np.unique(tokens.documents_of(np.flatnonzero(chosen))))
    table["flags"] = _flags(table)
    order = order_by(-table["log_likelihood"], table["term"])
    return table.loc[order, _COLLOCATE_COLUMNS].reset_index(drop=True)


_COLLOCATE_COLUMNS = ["term", "count", "expected", "log_likelihood", "mi", "t_score", "log_dice", "documents"]
_COLLOCATE_COLUMNS += ["n_documents", "node_count", "term_count", "total", "flags"]


def _near(tokens: Tokens, chosen: Mask, first: Index, last: Index, window: Sequence[int]) -> Index:
    """Chosen words within the window of any node, each once."""
    words = np.flatnonzero(tokens.is_word)
    document = tokens.documents_of(first)
    begin, stop = (np.searchsorted(words, tokens.doc_offsets[document + k]) for k in (0, 1))
    low, high = np.searchsorted(words, first), np.searchsorted(words, last, side="right")
    around = _covered(np.maximum(low - window[0], begin), np.minimum(high + window[1], stop), len(words))
    return words[around & ~_covered(low, high, len(words)) & chosen[words]]


def _covered(start: Index, stop: Index, size: int) -> Mask:
    """Which places lie in any of the stretches."""
    edges = np.bincount(start, minlength=size + 1) - np.bincount(stop, minlength=size + 1)
    return np.cumsum(edges)[:-1] > 0


def _scored(count: Index, term_count: Index, node_count: int, *, total: int, positions: int) -> pd.DataFrame:
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


def _flags(table: pd.DataFrame) -> NDArray[np.object_]:
    few = (table["n_documents"] < FEW_DOCUMENTS).to_numpy()
    low = (table["expected"] < LOW_EXPECTED).to_numpy()
    return flag_column({"descriptive": few, "few_documents": few, "low_expected": low}, len(table))
