"""Passages that occur more than once, within a document or between documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
import pandas as pd
from scipy import sparse

from discourse._errors import demand
from discourse.corpus.documents import Corpus
from discourse.corpus.zones import PROSE

COLUMNS = (
    "a", "b", "doc_id_a", "start_a", "end_a", "doc_id_b", "start_b", "end_b",
    "words", "similarity", "text_a", "text_b",
)  # fmt: skip

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")  # as tokens are cut, near enough to compare
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’»)\]]*\s+(?=[^\w\s]*[^\W_a-z])|[\r\n]+")
_GRAM = 3
# A word sequence in more passages than this is a formula of the language rather than a trace of copying; it
# links neighbours only, which keeps the number of pairs proportional to the text.
_FORMULA = 32
_MIN_SHARED = 2
_BELOW_VERBATIM = 0.999

Passage = tuple[int, int, int, list[str]]


def repeated_passages(corpus: Corpus, *, min_words: int = 8, min_similarity: float = 0.5) -> pd.DataFrame:
    """Find sentences of the prose that occur again, word for word or nearly so.

    Each later passage is paired once, with the earlier one that is most like it (the first of equals); earlier
    and later follow the order of the corpus. So n copies of a sentence make n - 1 rows.

    Args:
        corpus: the texts; prose zones only are searched.
        min_words: passages with fewer words are left out.
        min_similarity: pairs below are left out, from 0 (nothing shared) to 1 (verbatim).

    Returns:
        One row per later passage: `a` and `b` name the earlier and the later one as `doc:start-end`;
        `words` counts those of the later one; `similarity` is 1 for the same words in the same order
        (case and punctuation aside), else the Dice coefficient of the sets of three-word sequences
        (Dice 1945), below 1. Sorted by the place of the later passage.

    Raises:
        ValueError: `min_words` is under 3, or `min_similarity` outside 0 to 1.

    >>> texts = ["The corridor shall open in spring. Why?", "They said: The corridor shall open in spring!"]
    >>> frame = pd.DataFrame({"text": texts})
    >>> found = repeated_passages(Corpus.from_frame(frame), min_words=5)
    >>> found[["a", "b", "words", "similarity"]].round(2)
            a       b  words  similarity
    0  0:0-34  1:0-45      8         0.8
    """
    if not isinstance(corpus, Corpus):
        raise ValueError(f"corpus must be a Corpus; got a {type(corpus).__name__}. Make one: read_corpus(…).")
    if min_words < _GRAM:
        raise ValueError(f"min_words must be {_GRAM} or more, or nothing can be compared; got {min_words}.")
    if not 0 < min_similarity <= 1:
        raise ValueError(f"min_similarity must lie above 0 and not above 1; got {min_similarity}.")
    passages = [passage for passage in _passages(corpus) if len(passage[3]) >= min_words]
    words = _encode([passage[3] for passage in passages])
    verbatim = _first_of_equals(words)
    pairs = [(first, later, 1.0) for later, first in enumerate(verbatim) if first < later]
    distinct = [number for number, first in enumerate(verbatim) if first == number]
    if min_similarity < 1:
        near = _near_pairs([words[number] for number in distinct], min_similarity)
        pairs += [(distinct[a], distinct[b], value) for a, b, value in near]
    return _table(corpus, passages, sorted(pairs, key=lambda pair: pair[1]))


def later_copies(passages: pd.DataFrame) -> pd.DataFrame:
    """Return the spans of all later copies, to switch repeated text out of a count.

    Args:
        passages: what `repeated_passages` found.

    Returns:
        `doc_id, start, end`, each span once, sorted as the corpus is.

    >>> later_copies(pd.DataFrame({"doc_id_b": ["x"], "start_b": [5], "end_b": [9]}))
      doc_id  start  end
    0      x      5    9
    """
    demand(passages, ("doc_id_b", "start_b", "end_b"), "repeated_passages", name="passages")
    spans = passages[["doc_id_b", "start_b", "end_b"]].drop_duplicates(ignore_index=True)
    return spans.set_axis(["doc_id", "start", "end"], axis="columns")


def _passages(corpus: Corpus) -> Iterator[Passage]:
    """Yield every sentence of the prose: document number, start, end, words."""
    numbers = corpus.documents.index.get_indexer(pd.Index(corpus.zones["doc_id"]))
    prose = np.asarray(corpus.zones["zone"].isin(PROSE))
    starts, ends = corpus.zones["start"].to_numpy()[prose], corpus.zones["end"].to_numpy()[prose]
    for number, start, end in zip(numbers[prose].tolist(), starts.tolist(), ends.tolist(), strict=True):
        text = corpus.texts[number].as_py()
        for low, high in _sentences(text, start, end):
            yield number, low, high, _WORD.findall(text[low:high].casefold())


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of sentences, roughly: an abbreviation may end one, in each copy alike."""
    for found in _SENTENCE_END.finditer(text, start, end):
        yield from _trimmed(text, start, found.end())
        start = found.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a span without the blanks around it, if anything is left."""
    inner = text[start:end].strip()
    if inner:
        start += text[start:end].index(inner)
        yield start, start + len(inner)


def _encode(passages: Sequence[list[str]]) -> list[np.ndarray]:
    """Return the words of each passage as integers."""
    lengths = [len(words) for words in passages]
    codes, _ = pd.factorize(np.array(list(chain.from_iterable(passages)), dtype=object))
    return np.split(codes.astype(np.int64), np.cumsum(lengths)[:-1]) if lengths else []


def _first_of_equals(words: Sequence[np.ndarray]) -> list[int]:
    """Return for each passage the first one with the same words."""
    first: dict[bytes, int] = {}
    return [first.setdefault(codes.tobytes(), number) for number, codes in enumerate(words)]


def _near_pairs(words: Sequence[np.ndarray], min_similarity: float) -> list[tuple[int, int, float]]:
    """Return (earlier, later, similarity) for each passage that is like an earlier one."""
    if len(words) < 2:
        return []
    grams = _grams(words)
    earlier, later = _candidates(grams)
    sizes = np.diff(grams.indptr)
    shared = np.asarray(grams[earlier].multiply(grams[later]).sum(axis=1)).ravel()
    dice = np.minimum(2 * shared / (sizes[earlier] + sizes[later]), _BELOW_VERBATIM)
    kept = np.flatnonzero(dice >= min_similarity)
    best = kept[np.lexsort((earlier[kept], -dice[kept], later[kept]))]
    _, firsts = np.unique(later[best], return_index=True)
    return [(int(earlier[row]), int(later[row]), float(dice[row])) for row in best[firsts]]


def _grams(words: Sequence[np.ndarray]) -> sparse.csr_array:
    """Return which passage (row) contains which three-word sequence (column)."""
    stream = np.concatenate(words)
    rows = np.repeat(np.arange(len(words)), [len(codes) for codes in words])
    gram = stream
    for step in range(1, _GRAM):
        # Ids are made dense after each word, so that two of them always fit into 64 bits.
        gram = np.unique(gram[:-1] * (stream.max() + 1) + stream[step:], return_inverse=True)[1]
    inside = rows[: len(gram)] == rows[_GRAM - 1 :]
    cells = np.unique(np.column_stack([rows[: len(gram)][inside], gram[inside]]), axis=0)
    shape = (len(words), int(gram.max()) + 1)
    return sparse.csr_array((np.ones(len(cells), dtype=np.int64), (cells[:, 0], cells[:, 1])), shape=shape)


def _candidates(grams: sparse.csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs (earlier, later) of passages that share word sequences."""
    by_gram = grams.tocsc()
    sizes = np.diff(by_gram.indptr)
    column = np.repeat(np.arange(len(sizes)), sizes)
    usual = sizes[column] <= _FORMULA
    pairs = [np.empty(0, dtype=np.int64)]
    # The passages of one sequence lie side by side, in order: shifting pairs each with its neighbours.
    for distance in range(1, _FORMULA):
        near = (column[:-distance] == column[distance:]) & (usual[distance:] | (distance == 1))
        low, high = by_gram.indices[:-distance][near], by_gram.indices[distance:][near]
        pairs.append(low.astype(np.int64) * grams.shape[0] + high)
    coded, counts = np.unique(np.concatenate(pairs), return_counts=True)
    return np.divmod(coded[counts >= _MIN_SHARED], grams.shape[0])


def _table(corpus: Corpus, passages: Sequence[Passage], pairs: Sequence[tuple[int, int, float]]) -> pd.DataFrame:
    """Lay the pairs out."""
    ids = corpus.documents.index
    rows = []
    for first, later, similarity in pairs:
        (doc_a, start_a, end_a, _), (doc_b, start_b, end_b, words) = passages[first], passages[later]
        rows.append(
            (
                f"{ids[doc_a]}:{start_a}-{end_a}", f"{ids[doc_b]}:{start_b}-{end_b}",
                ids[doc_a], start_a, end_a, ids[doc_b], start_b, end_b,
                len(words), similarity,
                corpus.texts[doc_a].as_py()[start_a:end_a], corpus.texts[doc_b].as_py()[start_b:end_b],
            )
        )  # fmt: skip
    kinds = {"words": np.int64, "similarity": np.float64}
    kinds |= {name: np.int64 for name in COLUMNS if name.startswith(("start", "end"))}
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({n: kinds.get(n, "str") for n in COLUMNS})
