"""Pieces of a corpus, documents or smaller or equal ones, and the terms in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse.counts import Where, select
from discourse.counts.groups import canonical, in_rows, run_lengths, tallied, tally
from discourse.counts.spellings import stacked, united
from discourse.counts.terms import blocks
from discourse.tokens import Encoded, Tokens

from .flags import Index, Mask

BLOCK = 2**20  # tokens that are worked on at once

Stream = tuple[pd.Index, Index]
Table = tuple[pd.Index, sp.csr_array]


def cells(tokens: Tokens, parts: str, where: Where) -> Iterator[tuple[Index, Index, Index]]:
    """Part, term and hits of what occurs together, by part; a block of documents at a time."""
    chosen = select(tokens, where)
    size = len(tokens.terms)
    column = np.where(tokens.term_codes < 0, size, tokens.term_codes).astype(np.int32)
    starts = tokens.doc_offsets[:-1] if parts == "document" else tokens.layer(parts).starts
    for first, last in blocks(tokens.doc_offsets, BLOCK):
        yield _cells_between(column.take(tokens.ids[first:last]), chosen[first:last], starts, first, size)


def _cells_between(
    code: NDArray[np.int32], chosen: Mask, starts: Index, first: int, size: int
) -> tuple[Index, Index, Index]:
    own = starts[slice(*np.searchsorted(starts, [first, first + len(code)]))] - first
    part = np.repeat(np.arange(len(own), dtype=np.int32), np.diff(own, append=len(code)))
    code[~chosen] = size  # what is left out stands after the last term
    return tally(part, code, (len(own), size))


def table_of_parts(tokens: Encoded, parts: str, where: Where) -> Table:
    """The terms that occur, sorted, and their hits: parts with words × terms; all of it in memory.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["war war", "peace war", "?"]})))
    >>> table_of_parts(tokens, "document", {})[1].toarray().tolist()
    [[0, 2], [1, 1]]
    """
    return tokens.reduce(partial(_rows_of_parts, parts=parts, where=where), _one_below_the_other)


def _rows_of_parts(tokens: Tokens, *, parts: str, where: Where) -> Table:
    found = [own for own in cells(tokens, parts, where) if len(own[0])]
    sizes = np.concatenate([np.empty(0, np.int64), *(run_lengths(part)[1] for part, _, _ in found)])
    term, count = (np.concatenate([np.empty(0, np.int64), *(own[i] for own in found)]) for i in (1, 2))
    matrix = in_rows(sizes, term, count, (len(sizes), len(tokens.terms)))
    some = np.flatnonzero(np.bincount(term, minlength=len(tokens.terms)))
    return tokens.terms.take(some), canonical(matrix[:, some])


def _one_below_the_other(several: Sequence[Table]) -> Table:
    terms, places = united([own for own, _ in several])
    return terms, stacked([matrix for _, matrix in several], places, len(terms))


def words_in_a_row(tokens: Encoded, where: Where) -> Stream:
    """The terms that occur, sorted, and the term of each word that counts, through the whole corpus; 8 bytes a word.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["war and war.", "peace"]})))
    >>> [part.tolist() for part in words_in_a_row(tokens, {})]
    [['and', 'peace', 'war'], [2, 0, 2, 1]]
    """
    return tokens.reduce(partial(_words, where=where), _one_after_the_other)


def _words(tokens: Tokens, *, where: Where) -> Stream:
    code = tokens.term_codes[tokens.ids[select(tokens, where) & tokens.is_word]].astype(np.int64)
    some = np.flatnonzero(np.bincount(code, minlength=len(tokens.terms)))
    return tokens.terms.take(some), np.searchsorted(some, code)


def _one_after_the_other(several: Sequence[Stream]) -> Stream:
    terms, places = united([own for own, _ in several])
    return terms, np.concatenate([place[code] for place, (_, code) in zip(places, several, strict=True)])


def equal_parts(stream: Stream, number: int) -> Table:
    """Words in a row cut into so many parts, none more than a word longer than another: parts × terms.

    >>> equal_parts((pd.Index(["peace", "war"]), np.array([1, 0, 1, 1])), 2)[1].toarray().tolist()
    [[1, 1], [0, 2]]
    """
    terms, code = stream
    part = np.arange(len(code)) * number // max(len(code), 1)
    return terms, tallied(part, code, (number, len(terms)))
