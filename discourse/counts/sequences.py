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
THROUGH = -1  # a quotation mark, which sequences are read over


def check_ngram(ngram: int) -> None:
    """Refuse lengths of sequences that are not counted.

    >>> check_ngram(6)
    Traceback (most recent call last):
    ValueError: ngram must be a whole number from 1 to 5; got 6. Give 2 for pairs.
    """
    if isinstance(ngram, bool) or not isinstance(ngram, int | np.integer) or not 1 <= ngram <= LONGEST_NGRAM:
        raise ValueError(f"ngram must be a whole number from 1 to {LONGEST_NGRAM}; got {ngram!r}. Give 2 for pairs.")


@dataclass(frozen=True, eq=False)
class Stream:
    """A span of tokens without those that sequences are read over: quotation marks.

    Attributes:
        code: int32; the term of each token, after the last term for what ends a sequence.
        bounds: where in the stream the stretches of the span begin, and where the last one ends.
        left_out: which tokens of the span are not in the stream.
    """

    code: NDArray[np.int32]
    bounds: Index
    left_out: Index

    def broken(self, ngram: int, end: int) -> Mask:
        """Where a sequence of so many would have what is no word, a code of `end`; the last places are not asked."""
        size = max(len(self.code) - ngram + 1, 0)
        none: Mask = self.code == end
        broken = none[:size]
        for k in range(1, ngram):
            broken = broken | none[k : k + size]
        return broken

    def words(self, end: int) -> Index:
        """How many words each stretch has."""
        words = np.zeros(len(self.bounds) - 1, np.int64)
        some = np.flatnonzero(np.diff(self.bounds))
        if len(some):
            words[some] = np.add.reduceat(self.code != end, self.bounds[some], dtype=np.int64)
        return words


def stream_of(tokens: Tokens, chosen: Mask, span: tuple[int, int], bounds: Index) -> Stream:
    """The chosen words of a span of tokens, and where something else stands between them.

    Args:
        tokens: the corpus.
        chosen: which of all tokens count.
        span: the first token, and the one after the last.
        bounds: tokens at which stretches begin and end; all within the span.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A “war” of words, and peace"]})))
    >>> stream_of(tokens, tokens.is_word, (0, len(tokens)), np.array([0, 1, 9])).code.tolist()
    [0, 4, 2, 5, 6, 1, 3]
    """
    first, last = span
    end = len(tokens.terms)
    role = np.where(tokens.type_is_mark, THROUGH, end)
    code = np.where(tokens.type_is_word, tokens.term_codes, role).astype(np.int32).take(tokens.ids[first:last])
    own = chosen[first:last]
    if not own.all():
        code[~own & (code >= 0)] = end
    through = np.flatnonzero(code == THROUGH)
    code = np.delete(code, through) if len(through) else code
    return Stream(code, moved(bounds - first, through), through)


def moved(places: Index, left_out: Index) -> Index:
    """Where places are once some are left out; one that is left out itself becomes the next.

    >>> moved(np.array([0, 1, 2, 3]), np.array([1, 2])).tolist()
    [0, 1, 1, 1]
    """
    return places - np.searchsorted(left_out, places)


def running_over(places: Index, ngram: int, size: int) -> Index:
    """Where the sequences begin that places lie in which are not their first.

    Args:
        places: in a stream, ascending.
        ngram: words of a sequence.
        size: how many sequences there are, one at each place of the stream but the last.

    >>> running_over(np.array([0, 3, 9]), 3, 8).tolist()
    [2, 1, 7]
    """
    over = np.concatenate([places - k for k in range(1, ngram)])
    return over[(over >= 0) & (over < size)]


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
    last = code.astype(np.int64)
    number, bits = last, width
    replaced: list[Index | None] = []
    for k in range(1, ngram):
        number = number[:-1] << width
        number |= last[k:]
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
