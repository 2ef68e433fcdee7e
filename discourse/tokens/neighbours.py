"""What stands beside some tokens: found by looking around them, never by going through the corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .layers import Index

if TYPE_CHECKING:
    from .store import Tokens

Mask = NDArray[np.bool_]

CELLS = 1 << 20  # tokens looked at together
MOST_PLACES = 1 << 24  # of words beside others that are worth writing down: half as much memory again as texts take
# All tokens are looked at once where there are more such places, or so many tokens beside one do not hold enough.
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
    return _beside(tokens, at, np.arange(1, n + 1), step, tokens.type_is_word).T


def words_apart(tokens: Tokens, at: Index, numbers: Sequence[int]) -> Index:
    """Some of the words after and before tokens, given by their numbers: no others are written down.

    Args:
        tokens: the corpus.
        at: the tokens.
        numbers: 1 for the first word after, 2 for the second, -1 for the last before.

    Returns:
        Positions, shape (len(numbers), len(at)); -1, or the number of tokens, where there is none.

    >>> import pandas as pd
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War, (no) peace"]})))
    >>> words_apart(tokens, np.array([1]), [2, -1, -2]).tolist()
    [[5], [0], [-1]]
    """
    found = np.empty((len(numbers), len(at)), np.int64)
    for step in (1, -1):
        own = [i for i, number in enumerate(numbers) if number * step > 0]
        if own:
            found[own] = _beside(tokens, at, np.abs(np.array(numbers)[own]), step, tokens.type_is_word)
    return found


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
        found[marked] = _beside(tokens, found[marked], np.array([1]), step, ~tokens.type_is_mark)[0]
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


def _beside(tokens: Tokens, at: Index, numbers: Index, step: int, wanted: Mask) -> Index:
    """The next tokens of wanted types, those of these numbers, from 1: numbers × tokens."""
    found = np.empty((len(numbers), len(at)), np.int64)
    furthest = int(numbers.max(initial=0))
    rows, width = np.arange(len(at)), FAR + 1 if furthest * len(at) > MOST_PLACES else _width(furthest)
    while len(rows) and width <= FAR:
        left = [np.empty(0, np.int64)]
        for some in _blocks(rows, width):
            found[:, some], enough = _look(tokens, at[some], numbers, step, wanted, width)
            left.append(some[~enough])
        rows, width = np.concatenate(left), width * 4
    if len(rows):
        every = np.flatnonzero(wanted[tokens.ids])
        found[:, rows] = _in_all(every, at[rows], numbers - 1, step, len(tokens)).T
    return found


def _blocks(rows: Index, width: int) -> Iterator[Index]:
    size = max(CELLS // width, 1)
    return (rows[i : i + size] for i in range(0, len(rows), size))


def _look(tokens: Tokens, at: Index, numbers: Index, step: int, wanted: Mask, width: int) -> tuple[Index, Mask]:
    """What is found within so many tokens, and for which of them there can be no more of it."""
    window = at + step * np.arange(1, width + 1)[:, None]
    far = window[-1]
    beyond = (far < 0) | (far >= len(tokens))
    good = wanted.take(tokens.ids_at(np.clip(window, 0, len(tokens) - 1) if beyond.any() else window))
    if beyond.any():
        good &= (window >= 0) & (window < len(tokens))
    small = np.uint8 if width < 1 << 8 else np.int32
    seen = good.astype(small)
    for row, before in zip(seen[1:], seen[:-1], strict=True):  # `cumsum` goes down each column
        row += before
    found = np.empty((len(numbers), len(at)), np.int64)
    for own, number in zip(found, numbers.tolist(), strict=True):
        # Behind so many tokens that have fewer of it among them.
        before = np.add.reduce((seen < number).view(np.uint8), axis=0, dtype=small)
        np.add(at, step * (before.astype(np.int64) + 1), out=own)
        own[seen[-1] < number] = len(tokens) if step > 0 else -1
    return found, beyond | (seen[-1] >= numbers.max(initial=0))


def _in_all(places: Index, at: Index, number: Index, step: int, size: int) -> Index:
    """The wanted tokens of these numbers, from 0, where the places of all are known."""
    edge = np.searchsorted(places, at, side="right") if step > 0 else np.searchsorted(places, at) - 1
    nth = edge[:, None] + step * number
    found: Index = np.concatenate([[-1], places, [size]])[np.clip(nth, -1, len(places)) + 1]
    return found
