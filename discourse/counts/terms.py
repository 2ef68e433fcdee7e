"""Terms: words and sequences of words of one part of a corpus, as matrices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial, reduce
from itertools import pairwise
from operator import add
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse._threads import both, in_order
from discourse.tokens import Tokens

from .groups import added, canonical, in_rows, run_lengths, sort_large, tally
from .selection import Index, Mask, Stretches
from .sequences import BITS, bits_of, moved, numbered, running_over, spelled, stream_of, unpacked
from .spellings import stacked, united

BLOCK = 2**18  # tokens that are worked on at once: what is made of them stays in the processor's cache
LARGE = 2**25  # tokens whose sequences are sorted at once: bounds the memory, about thirty bytes a token
NONE = np.iinfo(np.int64).max
Span = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Found:
    """Terms of one part of a corpus.

    Attributes:
        matrix: cells × items.
        items: the terms, sorted.
        totals: words per cell.
    """

    matrix: sp.csr_array
    items: pd.Index
    totals: Index


def word_matrix(tokens: Tokens, cut: Stretches) -> Found:
    """Count the words of each cell.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> from discourse.counts.selection import stretches
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War and war.", "Peace."]})))
    >>> word_matrix(tokens, stretches(tokens)).matrix.toarray().tolist()
    [[1, 0, 2], [0, 1, 0]]
    """
    shape = (len(cut.cells), len(tokens.terms))
    column = np.where(tokens.term_codes < 0, shape[1], tokens.term_codes).astype(np.int32)
    spans = blocks(tokens.doc_offsets, BLOCK)
    sizes, totals = np.zeros(shape[0], np.int64), np.zeros(shape[0], np.int64)
    terms, counts = [], []
    for found in in_order(partial(_words_between, tokens, cut, column), spans, None if len(spans) > 1 else 1):
        own = slice(found.first, found.first + len(found.sizes))
        sizes[own], totals[own] = found.sizes, found.totals
        terms.append(found.term)
        counts.append(found.times)
    return Found(in_rows(sizes, np.concatenate(terms), np.concatenate(counts), shape), tokens.terms, totals)


class _Words(NamedTuple):
    """The words of a span of tokens: the first of its cells, then per cell how many terms and words, then the cells."""

    first: int
    sizes: Index
    totals: Index
    term: Index
    times: Index


def _words_between(tokens: Tokens, cut: Stretches, column: NDArray[np.int32], span: Span) -> _Words:
    """Count in a span of whole documents; `column` is the term of each type, after the last for what is none."""
    low, high = np.searchsorted(cut.bounds, span)
    sizes, cell, chosen = np.diff(cut.bounds[low : high + 1]), cut.cell[low:high], cut.chosen[low:high]
    ids = tokens.ids[span[0] : span[1]]
    if not chosen.all():
        ids, sizes, cell = ids[np.repeat(chosen, sizes)], sizes[chosen], cell[chosen]
    first = int(np.min(cell, initial=len(cut.cells)))
    height = int(np.max(cell, initial=first - 1)) - first + 1
    shape = (height, len(tokens.terms))
    row, term, count = tally(np.repeat((cell - first).astype(np.int32), sizes), column.take(ids), shape)
    return _Words(first, np.bincount(row, minlength=height), added(row, count, height), term, count)


def sequence_matrix(tokens: Tokens, cut: Stretches, ngram: int) -> Found:
    """Count the sequences of so many words of each cell.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> from discourse.counts.selection import stretches
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War and peace, war and war."]})))
    >>> found = sequence_matrix(tokens, stretches(tokens), 2)
    >>> found.items.tolist(), found.matrix.toarray().tolist()
    (['and peace', 'and war', 'war and'], [[1, 1, 2]])
    """
    chosen = cut.mask()
    found = [_sequences_between(tokens, cut, chosen, span, ngram) for span in blocks(tokens.doc_offsets, LARGE)]
    if len(found) == 1:
        return found[0]
    items, places = united([own.items for own in found])
    widened = [stacked([own.matrix], [place], len(items)) for own, place in zip(found, places, strict=True)]
    return Found(canonical(reduce(add, widened)), items, np.sum([own.totals for own in found], axis=0))


def _sequences_between(tokens: Tokens, cut: Stretches, chosen: Mask, span: Span, ngram: int) -> Found:
    # Sentences may have to be looked for, which is done while one other thread puts words together.
    threads = None if tokens.computed("sentence") else 1
    pack = partial(_packed_spans, tokens, cut, chosen, span, ngram, threads=threads)
    begins, made = both(lambda: tokens.breaks, pack, span[1] - span[0])
    for own in made:
        _part(own, begins, ngram)
    width, room = bits_of(len(tokens.terms) + 1), bits_of(len(cut.cells))
    packed, words, cells = (np.concatenate([own[i] for own in made]) for i in range(3))
    sort_large(packed)
    packed, count = run_lengths(packed[: np.searchsorted(packed, NONE)])
    distinct, sizes = run_lengths(packed >> room)
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    cell = (packed & ((1 << room) - 1)).astype(np.int32)
    columns = sp.csc_array((count, cell, starts), (len(cut.cells), len(distinct)))
    spell = partial(spelled, tokens.terms, unpacked(distinct, width, made[0].replaced))
    matrix, items = both(columns.tocsr, spell, len(distinct))
    return Found(matrix, items, added(cells, words, len(cut.cells)))


class _Packed(NamedTuple):
    """The sequences of a span of tokens.

    Attributes:
        number: sequence and cell in one number for each token; sorted, they stand by sequence and cell. What begins
            no sequence is last, which is quicker than to pick.
        words, cell: of the stretches.
        replaced: see `unpacked`.
        span: which tokens.
        left_out: see `Stream`.
    """

    number: Index
    words: Index
    cell: Index
    replaced: list[Index | None]
    span: Span
    left_out: Index


def _packed_spans(
    tokens: Tokens, cut: Stretches, chosen: Mask, span: Span, ngram: int, *, threads: int | None
) -> list[_Packed]:
    """Sequences that run on wherever words do; see `_part`."""
    # Numbers that must be made smaller on the way are those of the whole span.
    fit = ngram * bits_of(len(tokens.terms) + 1) + bits_of(len(cut.cells)) <= BITS
    spans = blocks(within(tokens.doc_offsets, span), BLOCK) if fit else [span]
    return list(in_order(partial(_packed, tokens, cut, chosen, ngram=ngram), spans, threads if len(spans) > 1 else 1))


def _packed(tokens: Tokens, cut: Stretches, chosen: Mask, span: Span, *, ngram: int) -> _Packed:
    low, high = np.searchsorted(cut.bounds, span)
    stream, cell = stream_of(tokens, chosen, span, cut.bounds[low : high + 1]), cut.cell[low:high]
    end, room = len(tokens.terms), bits_of(len(cut.cells))
    number, replaced = numbered(stream.code, ngram, bits_of(end + 1), room)
    number <<= room
    number |= np.repeat(cell, np.diff(stream.bounds))[: len(number)]
    np.maximum(number, stream.broken(ngram, end) * NONE, out=number)  # a mask would take three times as long
    return _Packed(number, stream.words(end), cell, replaced, span, stream.left_out)


def _part(packed: _Packed, begins: Sequence[Index], ngram: int) -> None:
    """Have no sequence run over where something begins."""
    first, number = packed.span[0], packed.number
    for starts in begins:
        own = starts[slice(*np.searchsorted(starts, packed.span))]
        number[running_over(moved(own - first, packed.left_out), ngram, len(number))] = NONE


def blocks(doc_offsets: Index, size: int) -> list[Span]:
    """Spans of whole documents with about so many tokens each, one at least.

    >>> blocks(np.array([0, 3, 4, 4, 9]), 4)
    [(0, 4), (4, 9)]
    """
    first, last = int(doc_offsets[0]), int(doc_offsets[-1])
    ends = doc_offsets[np.searchsorted(doc_offsets, np.arange(first + size, last, size))]
    return list(pairwise(sorted({first, last, *ends.tolist()}))) or [(first, last)]


def within(doc_offsets: Index, span: Span) -> Index:
    """The offsets of the documents in a span.

    >>> within(np.array([0, 3, 4, 4, 9]), (0, 4)).tolist()
    [0, 3, 4, 4]
    """
    return doc_offsets[np.searchsorted(doc_offsets, span[0]) : np.searchsorted(doc_offsets, span[1], side="right")]
