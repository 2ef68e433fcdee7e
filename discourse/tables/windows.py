"""In what company: the words that stand near a node."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from numpy.typing import NDArray

from discourse import measures as scores
from discourse._errors import whole
from discourse.codebook import Codebook
from discourse.counts import Where, added, conditions
from discourse.counts.selection import Conditions, Stretches, stretches
from discourse.counts.spans import marked, qualifying, wanted
from discourse.counts.spellings import strings, united
from discourse.tokens import Encoded, Tokens
from discourse.tokens.neighbours import MOST_PLACES, words_beside

from .flags import FEW_DOCUMENTS, LOW_EXPECTED, Index, flag_column
from .menu import Asked, Options, asked_for
from .rows import order_by

_SCORES = ["term", "count", "expected", "log_likelihood", "mi", "t_score", "log_dice"]
_COUNTS = ["documents", "n_documents", "node_count", "term_count", "total", "flags"]
_OWN = ("window_size",)


def _dice(count: Index, nodes: int, terms: Index, total: int, *, window_size: float) -> NDArray[np.float64]:
    return scores.dice(count, nodes, terms)


def _delta_p_term(count: Index, nodes: int, terms: Index, total: int, *, window_size: float) -> NDArray[np.float64]:
    return scores.delta_p(count, nodes, terms, total, window_size=window_size)[0]


def _delta_p_node(count: Index, nodes: int, terms: Index, total: int, *, window_size: float) -> NDArray[np.float64]:
    return scores.delta_p(count, nodes, terms, total, window_size=window_size)[1]


_MENU: dict[str, Callable[..., NDArray[np.float64]]] = {
    "mi3": scores.mi3,
    "z_score": scores.z_score,
    "dice": _dice,
    "delta_p_term": _delta_p_term,
    "delta_p_node": _delta_p_node,
}


def collocates(
    tokens: Encoded,
    node: str,
    *,
    window: Sequence[int] = (5, 5),
    min_count: int = 3,
    where: Where | None = None,
    measures: Asked = (),
) -> pd.DataFrame:
    """The words that stand near a node, and how strongly they are bound to it.

    Args:
        tokens: the corpus.
        node: a pattern.
        window: words to the left and to the right; the node itself is left out, the document's end ends it.
        min_count: how often a collocate must stand near.
        where: which tokens count, as node and as collocate; a gap is not bridged: words left out still take up room.
        measures: more of them by name: `mi3, z_score, dice, delta_p_term` (the term given the node)`, delta_p_node`
            (the node given the term); or name → options, as in `{"z_score": {"form": "yates"}}`.

    Returns:
        One row per collocate, by log-likelihood (descending), then term: `term, count` (near the node)`, expected,
        log_likelihood` (signed)`, mi` (bits)`, t_score, log_dice`, the measures asked for`, documents, n_documents,
        node_count, term_count, total, flags`. A word in the window of two nodes is counted once, and so it is expected
        once: `expected` is the words in any window times `term_count` / `total`.

    Raises:
        ValueError: a window, a pattern, a measure or an option that cannot be, or an unknown column or value.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["cold war and cold war and peace"]})))
    >>> collocates(tokens, "war", window=(1, 0), min_count=1)[["term", "count", "term_count"]].values.tolist()
    [['cold', 2, 2]]
    """
    left, right = _sides(window)
    least = whole("min_count", min_count, 0, "Give 1 for all.")
    sought, checked, asked = wanted(node), conditions(tokens, where), asked_for(measures, _MENU, own=_OWN)
    near = tokens.reduce(partial(_near, patterns=sought, window=(left, right), where=checked), _together)
    near = near.take(np.flatnonzero(near.count >= max(least, 1)))
    all_words = tokens.reduce(partial(_background, terms=near.terms, where=checked), _summed)
    table = _scored(near, all_words, asked)
    table["flags"] = _flags(table)
    # Terms are sorted, so rows with equal scores stay in the order of the alphabet.
    order = order_by(-table["log_likelihood"], np.arange(len(table)))
    return table.loc[order, [*_SCORES, *asked, *_COUNTS]].reset_index(drop=True)


def _sides(window: Sequence[int]) -> tuple[int, int]:
    """The words to the left and to the right, checked."""
    sides = list(window) if pd.api.types.is_list_like(window) else []
    if len(sides) != 2 or not all(isinstance(side, int | np.integer) and side >= 0 for side in sides) or not any(sides):
        raise ValueError(
            f"window must be words to the left and to the right, not both 0; got {window!r}. Give (5, 5)."
        )
    return int(sides[0]), int(sides[1])


@dataclass(frozen=True, eq=False)
class Near:
    """Words near a node in some parts of a corpus.

    Attributes:
        terms: what they are, sorted.
        count, documents: how often each is near, and in how many documents.
        nodes: how often the node occurs.
        positions: words near any of them.
    """

    terms: pd.Index
    count: Index
    documents: Index
    nodes: int
    positions: int

    def take(self, chosen: Index) -> Near:
        """Some of the words."""
        return Near(self.terms.take(chosen), self.count[chosen], self.documents[chosen], self.nodes, self.positions)


@dataclass(frozen=True)
class Background:
    """All words of some parts of a corpus.

    Attributes:
        count: how often each of some terms occurs.
        total: words.
        documents: how many have words.
    """

    count: Index
    total: int
    documents: int


# ── near a node ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _near(tokens: Tokens, *, patterns: Codebook | tuple[str, ...], window: tuple[int, int], where: Conditions) -> Near:
    found = marked(tokens, patterns, where)
    words = _around(tokens, found.first, found.last, window)
    words = words[qualifying(tokens, words, words, where)]
    code, size = tokens.term_codes[tokens.ids_at(words)], len(tokens.terms)
    count = np.bincount(code, minlength=size)
    used = np.flatnonzero(count)
    documents = _distinct(code, tokens.documents_of(words), size)[used]
    return Near(tokens.terms.take(used), count[used], documents, len(found), len(words))


def _distinct(code: NDArray[np.int32], document: Index, size: int) -> Index:
    """In how many documents each code occurs."""
    pairs = np.sort(code * np.int64(np.max(document, initial=0) + 1) + document)
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
    return np.bincount(pairs // (np.max(document, initial=0) + 1), minlength=size)


def _around(tokens: Tokens, first: Index, last: Index, window: tuple[int, int]) -> Index:
    """The words within the window of any node, each once, and none that is in a node."""
    near = (_in_reach if sum(window) * len(first) > MOST_PLACES else _beside)(tokens, first, last, window)
    # The furthest end among the nodes that begin before a word.
    reach = np.append(np.maximum.accumulate(last), -1)
    outside: Index = near[reach[np.searchsorted(first, near, side="right") - 1] < near]
    return outside


def _beside(tokens: Tokens, first: Index, last: Index, window: tuple[int, int]) -> Index:
    """The words within the window of any node, in order, where these are few: they are looked for around each."""
    sides = [words_beside(tokens, first, window[0], -1), words_beside(tokens, last, window[1], 1)]
    words, document = np.hstack(sides), tokens.documents_of(first)
    own = (words >= tokens.doc_offsets[document][:, None]) & (words < tokens.doc_offsets[document + 1][:, None])
    near: Index = np.sort(words[own])
    distinct: Index = near[np.append(True, near[1:] != near[:-1])[: len(near)]]
    return distinct


def _in_reach(tokens: Tokens, first: Index, last: Index, window: tuple[int, int]) -> Index:
    """The same, where windows are wide: of all words those that lie between the ends of a window."""
    words, document = np.flatnonzero(tokens.is_word), tokens.documents_of(first)
    edges = np.searchsorted(words, tokens.doc_offsets)
    left, right = (min(side, len(words)) for side in window)
    low = np.maximum(np.searchsorted(words, first) - left, edges[document])
    high = np.minimum(np.searchsorted(words, last, side="right") + right, edges[document + 1])
    depth = np.cumsum(np.bincount(low, minlength=len(words) + 1) - np.bincount(high, minlength=len(words) + 1))
    near: Index = words[depth[:-1] > 0]
    return near


def _together(parts: Sequence[Near]) -> Near:
    """Words of several parts: counts of the same are added."""
    if len(parts) == 1:
        return parts[0]
    terms, places = united([part.terms for part in parts])
    place = np.concatenate(places)
    count, documents = (
        added(place, np.concatenate(values), len(terms))
        for values in ([part.count for part in parts], [part.documents for part in parts])
    )
    nodes, positions = (sum(values) for values in zip(*((part.nodes, part.positions) for part in parts), strict=True))
    return Near(terms, count, documents, nodes, positions)


# ── everywhere ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _background(tokens: Tokens, *, terms: pd.Index, where: Conditions) -> Background:
    cut = stretches(tokens, where=where)
    words = np.flatnonzero(tokens.type_is_word)
    of_types = _counted(tokens, cut)[words]
    of_terms = added(tokens.term_codes[words].astype(np.int64), of_types, len(tokens.terms))
    place = pc.fill_null(pc.index_in(strings(terms), strings(tokens.terms)), -1).to_numpy().astype(np.int64)
    return Background(np.append(of_terms, 0)[place], int(of_types.sum()), _with_words(tokens, cut))


def _counted(tokens: Tokens, cut: Stretches) -> Index:
    """How often each type occurs where tokens qualify: only the smaller side is gone through."""
    size = np.diff(cut.bounds)
    if cut.chosen.all():
        return tokens.type_counts
    fewer = bool(size[cut.chosen].sum() * 2 < len(tokens))
    side = tokens.ids[np.repeat(cut.chosen if fewer else ~cut.chosen, size)]
    count = np.bincount(side, minlength=len(tokens.type_counts))
    return count if fewer else tokens.type_counts - count


def _with_words(tokens: Tokens, cut: Stretches) -> int:
    """How many documents have a word that qualifies."""
    begin, end = cut.bounds[:-1][cut.chosen], cut.bounds[1:][cut.chosen]
    word = words_beside(tokens, begin - 1, 1, 1)[:, 0] < end
    document = tokens.documents_of(begin[word])
    return int(np.count_nonzero(np.diff(document, prepend=-1)))


def _summed(parts: Sequence[Background]) -> Background:
    """The words of several parts."""
    count = np.sum([part.count for part in parts], axis=0)
    return Background(count, sum(part.total for part in parts), sum(part.documents for part in parts))


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _scored(near: Near, every: Background, asked: Options) -> pd.DataFrame:
    """Association of each collocate; the window size is the mean number of words near a node."""
    size = near.positions / near.nodes if near.nodes else np.nan
    arguments = (near.count, near.nodes, every.count, every.total)
    more = {name: _MENU[name](*arguments, window_size=size, **options) for name, options in asked.items()}
    return pd.DataFrame(
        {
            "term": near.terms.array,
            "count": near.count,
            "expected": scores.expected_count(near.nodes, every.count, every.total, window_size=size),
            "log_likelihood": scores.collocate_log_likelihood(*arguments, window_size=size),
            "mi": scores.mutual_information(*arguments, window_size=size),
            "t_score": scores.t_score(*arguments, window_size=size),
            "log_dice": scores.log_dice(near.count, near.nodes, every.count),
            **more,
            "documents": near.documents,
            "n_documents": every.documents,
            "node_count": near.nodes,
            "term_count": every.count,
            "total": every.total,
        }
    )


def _flags(table: pd.DataFrame) -> NDArray[np.object_]:
    few = (table["n_documents"] < FEW_DOCUMENTS).to_numpy()
    low = (table["expected"] < LOW_EXPECTED).to_numpy()
    return flag_column({"descriptive": few, "few_documents": few, "low_expected": low}, len(table))
