"""Sequences: words that stand side by side, numbered as they would be sorted and spelled at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from discourse.tokens import Tokens

from .selection import Index, Mask
from .spellings import index_of, strings

LONGEST_NGRAM = 5
BITS = 62  # of a number that packs several
BREAK, THROUGH = -1, -2  # what is no term: it ends a sequence, or it is read over


def check_ngram(ngram: int) -> None:
    """Refuse lengths of sequences that are not counted.

    >>> check_ngram(6)
    Traceback (most recent call last):
    ValueError: ngram must be a whole number from 1 to 5; got 6. Give 2 for pairs.
    """
    if isinstance(ngram, bool) or not isinstance(ngram, int) or not 1 <= ngram <= LONGEST_NGRAM:
        raise ValueError(f"ngram must be a whole number from 1 to {LONGEST_NGRAM}; got {ngram!r}. Give 2 for pairs.")


@dataclass(frozen=True, eq=False)
class Words:
    """The words that count in a span of tokens, without all else.

    Attributes:
        place: int64; where in the span each stands.
        code: int32; the term of each.
        fresh: one more than words; whether no sequence reaches each from the word before it.
    """

    place: Index
    code: NDArray[np.int32]
    fresh: Mask

    def broken(self, ngram: int) -> Mask:
        """Which words begin no sequence of so many; the last words, which have too few after them, are not asked."""
        size = max(len(self.code) - ngram + 1, 0)
        broken = np.zeros(size, bool)
        for k in range(1, ngram):
            broken |= self.fresh[k : k + size]
        return broken


def words_of(tokens: Tokens, chosen: Mask, span: tuple[int, int]) -> Words:
    """The chosen words of a span of tokens.

    Where a sentence, a zone or a document begins, and at every other token but a quotation mark, sequences end.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A “war” of words, and peace"]})))
    >>> words_of(tokens, tokens.is_word, (0, len(tokens))).fresh.tolist()
    [True, False, False, False, True, False, True]
    """
    first, last = span
    role = np.where(tokens.type_is_mark, THROUGH, BREAK)
    code = np.where(tokens.type_is_word, tokens.term_codes, role).astype(np.int32).take(tokens.ids[first:last])
    own = chosen[first:last]
    if not own.all():
        code[~own & (code >= 0)] = BREAK
    place = np.flatnonzero(code >= 0)
    return Words(place, code.take(place), _fresh(tokens, code, place, first))


def _fresh(tokens: Tokens, code: NDArray[np.int32], place: Index, first: int) -> Mask:
    """Which words no sequence reaches from the word before, for the roles of tokens from the first one on."""
    fresh = np.ones(len(place) + 1, bool)
    if not len(place):
        return fresh
    apart = np.diff(place)
    # What is read over does not part the words around it.
    before = np.searchsorted(place, np.flatnonzero(code == THROUGH))
    np.subtract.at(apart, before[(before > 0) & (before < len(place))] - 1, 1)
    np.greater(apart, 1, out=fresh[1:-1])
    begins = np.zeros(len(code), bool)
    for starts in (tokens.doc_offsets, tokens.layer("zone").starts, tokens.layer("sentence").starts):
        low, high = np.searchsorted(starts, [first, first + len(code)])
        begins[starts[low:high] - first] = True
    fresh[:-1] |= begins.take(place)
    fresh[np.searchsorted(place, np.flatnonzero(begins & (code == THROUGH)))] = True
    return fresh


def numbered(code: NDArray[np.int32], ngram: int, width: int, spare: int) -> tuple[Index, list[Index | None]]:
    """Number the sequences of so many words that begin at each word.

    The terms are packed into one integer, that of the first word in front. Terms are sorted, and no letter sorts
    before the blank: the numbers ascend with the spelling.

    Args:
        code: the terms.
        ngram: words of a sequence.
        width: bits of a term.
        spare: bits that must stay free beside a number.

    Returns:
        The numbers, and what `unpacked` needs to know: after each further word, the numbers that were replaced by
        their places to make room.

    >>> number, replaced = numbered(np.array([5, 7, 5, 7], np.int32), 3, width=30, spare=0)
    >>> [words.tolist() for words in unpacked(number, 30, replaced)]
    [[5, 7], [7, 5], [5, 7]]
    """
    number, bits = code.astype(np.int64), width
    replaced: list[Index | None] = []
    for k in range(1, ngram):
        number = (number[:-1] << width) | code[k:]
        bits += width
        distinct = None
        if bits + (ngram - 1 - k) * width + spare > BITS:
            number, distinct = placed(number)
            bits = bits_of(len(distinct))
        replaced.append(distinct)
    return number, replaced


def placed(number: Index) -> tuple[Index, Index]:
    """The place of each number among the distinct ones, and these, sorted.

    >>> place, distinct = placed(np.array([7, 5, 7]))
    >>> place.tolist(), distinct.tolist()
    ([1, 0, 1], [5, 7])
    """
    room = bits_of(len(number))
    if bits_of(int(np.max(number, initial=0)) + 1) + room > BITS:
        place, distinct = pd.factorize(number, sort=True)
        return place.astype(np.int64), distinct
    # Sorting numbers that carry where they stood is several times as fast as sorting by index or hashing.
    order = (number << room) | np.arange(len(number))
    order.sort()
    at = order & ((1 << room) - 1)
    order >>= room
    new = np.ones(len(order), bool)
    np.not_equal(order[1:], order[:-1], out=new[1:])
    place = np.empty_like(order)
    place[at] = np.cumsum(new) - 1
    return place, order[new]


def unpacked(number: Index, width: int, replaced: Sequence[Index | None]) -> list[Index]:
    """The terms of sequences given by their numbers: for the first word, the second, and so on."""
    words: list[Index] = []
    for distinct in reversed(replaced):
        number = number if distinct is None else distinct[number]
        words.append(number & ((1 << width) - 1))
        number = number >> width
    return [number, *reversed(words)]


def bits_of(size: int) -> int:
    """How many bits tell so many numbers apart.

    >>> bits_of(1), bits_of(256), bits_of(257)
    (0, 8, 9)
    """
    return max(size - 1, 0).bit_length()


def spelled(terms: pd.Index, words: Sequence[Index]) -> pd.Index:
    """The spelling of sequences: their terms with a blank in between.

    >>> spelled(pd.Index(["of", "war"], dtype="str"), [np.array([1, 0]), np.array([0, 1])]).tolist()
    ['war of', 'of war']
    """
    last = strings(terms)
    if len(words) == 1:
        return index_of(last.take(pa.array(words[0])), str(terms.name))
    blank = pa.scalar(" ", last.type)
    inner = pc.binary_join_element_wise(last, pa.scalar("", last.type), blank)
    # Terms stand one after the other in one buffer, those inside a sequence with their blank: only the offsets change.
    places = np.stack([*words[:-1], words[-1] + len(terms)], axis=1).ravel()
    run = pa.concat_arrays([inner, last]).take(pa.array(places))
    offsets = np.frombuffer(run.buffers()[1], np.int64)[: len(run) + 1 : len(words)]
    joined = pa.LargeStringArray.from_buffers(len(offsets) - 1, pa.py_buffer(offsets.copy()), run.buffers()[2])
    return index_of(joined, str(terms.name))
