"""Which stretches of tokens leave a sentence; no more of the text is read for it than it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from .layers import Index
from .sentences.boundaries import boundaries, offsets_of
from .sentences.marks import MARK_BYTES

if TYPE_CHECKING:
    from .store import Tokens

FEW = 1 << 6  # tokens of the corpus to a stretch, from which on stretches are looked at one by one
BEHIND = 16  # tokens: closing marks and notes that stand between the end of a sentence and a token
_MAY_END = r"[.!?…\n\v\f\r]"  # without one of these neither a sentence nor a paragraph ends


def unbroken(tokens: Tokens, first: Index, last: Index) -> NDArray[np.bool_]:
    """Whether stretches of tokens lie in one sentence and one zone each.

    Where nobody has asked for sentences yet, they are looked for only in the documents of stretches that have a mark
    or the end of a line in them, and only after these marks: for some thousand phrases in a large corpus, which are
    nearly all of plain words, that is a small part of the work.

    Args:
        tokens: the corpus.
        first: the first token of each stretch.
        last: the last one, in the same document.

    >>> import pandas as pd
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["No war. No peace."]})))
    >>> unbroken(tokens, np.array([0, 1]), np.array([1, 3])).tolist()
    [True, False]
    """
    inside: NDArray[np.bool_] = last <= tokens.layer("zone").edges(first)[1]
    if tokens.computed("sentence") or len(first) * FEW > len(tokens):
        return inside & (last <= tokens.layer("sentence").edges(first)[1])
    document, begin, end = tokens.documents_of(first), tokens.starts_at(first), tokens.starts_at(last)
    before = tokens.starts_at(_opening(tokens, first, tokens.doc_offsets[document]))
    stretches = tokens.slices(document, before, end)
    rows = np.flatnonzero(pc.match_substring_regex(stretches, _MAY_END).to_numpy(zero_copy_only=False))
    if len(rows):
        stretches = stretches.take(pa.array(rows))
        inside[rows] &= ~_crossing(tokens, document[rows], begin[rows], end[rows], (stretches, before[rows]))
    return inside


def _opening(tokens: Tokens, first: Index, earliest: Index) -> Index:
    """From where on marks may end a sentence right behind tokens: before themselves where nothing parts them from it.

    In *war.” Peace* the sentence goes on up to the closing mark, in *war.[3] Peace* up to the bracket.
    """
    before = np.maximum(first - 1, earliest)
    word = tokens.type_is_word.take(tokens.ids_at(first))
    glued = ~word | (tokens.ends_at(before) == tokens.starts_at(first))
    return np.where(glued, np.maximum(first - BEHIND, earliest), first)


def _crossing(
    tokens: Tokens, document: Index, begin: Index, end: Index, read: tuple[pa.Array, Index]
) -> NDArray[np.bool_]:
    """Whether a sentence begins within stretches, given by bytes of their documents; of what was read marks count."""
    used, place = np.unique(document, return_inverse=True)
    size = np.diff(offsets_of(tokens.corpus.texts))[used]
    text = (np.cumsum(size) - size)[place]
    texts = tokens.slices(used, np.zeros(len(used), np.int64), size)
    stretches, before = read
    starts = boundaries(texts, marks=np.unique(_marks(stretches, text + before)))
    return np.searchsorted(starts, text + end, side="right") > np.searchsorted(starts, text + begin, side="right")


def _marks(strings: pa.Array, begin: Index) -> Index:
    """The bytes of marks in strings, of which each begins at a byte."""
    offsets = offsets_of(strings)
    text = np.frombuffer(strings.buffers()[2], np.uint8)[: offsets[-1]]
    at = np.flatnonzero(np.isin(text, MARK_BYTES))
    row = np.searchsorted(offsets, at, side="right") - 1
    found: Index = at - offsets[row] + begin[row]
    return found
