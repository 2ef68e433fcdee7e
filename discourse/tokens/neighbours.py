"""What stands beside some tokens: found by looking around them, never by going through the corpus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .layers import Index

if TYPE_CHECKING:
    from .store import Tokens

Mask = NDArray[np.bool_]

CELLS = 1 << 20  # tokens looked at together
MOST_PLACES = 1 << 24  # of words beside others that are worth writing down: half as much memory again as texts take
# Where so many tokens beside one do not hold what is looked for, all tokens are looked at once instead.
FAR = 1 << 12


def words_beside(tokens: Tokens, at: Index, n: int, step: int) -> Index:
    """The next words after some tokens, or the last words before them, across sentences and documents.

    Args:
        tokens: the corpus.
        at: the tokens.
        n: how many words.
        step: 1 for the words after, -1 for those before.

    Returns:
        Positions, shape (len(at), n), the nearest word first; -1, or the number of tokens, where there is none.

    >>> import pandas as pd
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War, (no) peace"]})))
    >>> words_beside(tokens, np.array([1]), 2, 1).tolist(), words_beside(tokens, np.array([1]), 2, -1).tolist()
    ([[3, 5]], [[0, -1]])
    """
    return _beside(tokens, at, n, step, tokens.type_is_word)


def word_at(tokens: Tokens, at: Index, n: int, step: int) -> Index:
    """The n-th of the words that `words_beside` finds, at the cost of all tokens, however far it is.

    >>> import pandas as pd
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War, (no) peace"]})))
    >>> word_at(tokens, np.array([1]), 2, 1).tolist(), word_at(tokens, np.array([1]), 2, -1).tolist()
    ([5], [-1])
    """
    number = np.array([min(n, len(tokens) + 1) - 1])
    return _in_all(np.flatnonzero(tokens.is_word), at, number, step, len(tokens))[:, 0]


def token_beside(tokens: Tokens, at: Index, step: int) -> Index:
    """The next token after each, or the one before it, seen through quotation marks.

    >>> import pandas as pd
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A “sphere”"]})))
    >>> token_beside(tokens, np.array([0]), 1).tolist(), token_beside(tokens, np.array([2]), 1).tolist()
    ([2], [4])
    """
    found = at + step
    inside = np.minimum(np.maximum(found, 0), len(tokens) - 1)
    marked = np.flatnonzero(tokens.type_is_mark.take(tokens.ids_at(inside)))
    if len(marked):
        found[marked] = _beside(tokens, found[marked], 1, step, ~tokens.type_is_mark)[:, 0]
    return found


def ids_beside(tokens: Tokens, at: Index, n: int, step: int) -> Iterator[NDArray[np.int32]]:
    """The types of the tokens after some, or of those before them: as many as mostly have n words among them.

    Yields:
        The types of the nearest tokens, then those of the next; beyond the corpus its last token's again.

    >>> import pandas as pd
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War, (no) peace"]})))
    >>> [str(tokens.types["token"][ids[0]]) for ids in ids_beside(tokens, np.array([0]), 2, 1)]
    [',', '(', 'no', ')', 'peace']
    """
    for away in range(1, _width(n) + 1):
        yield tokens.ids_at(np.clip(at + step * away, 0, len(tokens) - 1))


def _width(n: int) -> int:
    """How many tokens beside one are looked at first where n words are looked for."""
    return n + n // 2 + 2


def _beside(tokens: Tokens, at: Index, n: int, step: int, wanted: Mask) -> Index:
    """The next n tokens of wanted types."""
    found = np.empty((len(at), n), np.int64)
    rows, width = np.arange(len(at)), _width(n)
    while len(rows) and width <= FAR:
        left = [np.empty(0, np.int64)]
        for some in _blocks(rows, width):
            found[some], enough = _look(tokens, at[some], n, step, wanted, width)
            left.append(some[~enough])
        rows, width = np.concatenate(left), width * 4
    if len(rows):
        found[rows] = _in_all(np.flatnonzero(wanted[tokens.ids]), at[rows], np.arange(n), step, len(tokens))
    return found


def _blocks(rows: Index, width: int) -> Iterator[Index]:
    size = max(CELLS // width, 1)
    return (rows[i : i + size] for i in range(0, len(rows), size))


def _look(tokens: Tokens, at: Index, n: int, step: int, wanted: Mask, width: int) -> tuple[Index, Mask]:
    """What is found within so many tokens, and in which rows there can be no more of it."""
    window = at[:, None] + step * np.arange(1, width + 1)
    beyond = (window[:, -1] < 0) | (window[:, -1] >= len(tokens))
    good = wanted.take(tokens.ids_at(np.clip(window, 0, len(tokens) - 1) if beyond.any() else window))
    if beyond.any():
        good &= (window >= 0) & (window < len(tokens))
    # The places of what is found, row after row: the k-th of a row stands k places behind its first.
    place, times = np.append(np.flatnonzero(good), -1), np.count_nonzero(good, axis=1)
    nth = (np.cumsum(times) - times)[:, None] + np.arange(n)
    found = window.take(place.take(np.minimum(nth, len(place) - 1)))
    found[np.arange(n) >= times[:, None]] = len(tokens) if step > 0 else -1
    return found, beyond | (times >= n)


def _in_all(places: Index, at: Index, number: Index, step: int, size: int) -> Index:
    """The wanted tokens of these numbers, from 0, where the places of all are known."""
    edge = np.searchsorted(places, at, side="right") if step > 0 else np.searchsorted(places, at) - 1
    nth = edge[:, None] + step * number
    found: Index = np.concatenate([[-1], places, [size]])[np.clip(nth, -1, len(places)) + 1]
    return found
