"""Where the layers of a corpus begin: paragraphs and sentences, zones and sections, voices.

Takes a corpus, gives bytes and values; it never sees tokens. Bytes are counted through all texts, as if they stood one
behind the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from discourse.corpus import Corpus

from .layers import Index
from .places import Texts
from .said import innermost
from .sentences.boundaries import boundaries, offsets_of
from .sentences.kinds import BLANKS, Kind, Mask
from .voices.silence import may_speak
from .voices.spans import COLUMNS, NUMBERS, voice_rows

_LINE_FEED = ord("\n")
_BLANK_IN_LINE = Kind(blank for blank in BLANKS if blank != "\n")
_DOCUMENTS = 1 << 9  # whose voices are looked for at once


class Beginnings(NamedTuple):
    """Where something begins: the number of a document and a character of its text."""

    document: Index
    character: Index


def document_numbers(corpus: Corpus, doc_ids: pd.Series) -> Index:
    """The place of each document in the corpus, -1 where there is none.

    >>> document_numbers(Corpus.from_frame(pd.DataFrame({"text": ["A.", "B."]})), pd.Series(["1", "2"])).tolist()
    [1, -1]
    """
    return np.asarray(corpus.documents.index.get_indexer(pd.Index(doc_ids)), np.int64)


def bytes_of(corpus: Corpus, at: Beginnings) -> Index:
    """The byte of all texts at which each stands.

    >>> corpus = Corpus.from_frame(pd.DataFrame({"text": ["é a", "b"]}))
    >>> bytes_of(corpus, Beginnings(np.array([0, 0, 1]), np.array([0, 2, 0]))).tolist()
    [0, 3, 4]
    """
    base = offsets_of(corpus.texts)
    found: Index = base[at.document] - base[0]
    # Most zones begin with their document, and then no character need be counted.
    inner = np.flatnonzero(at.character)
    if len(inner):
        found[inner] += Texts(corpus.texts).bytes_before(at.document[inner], at.character[inner])
    return found


def text_runs(corpus: Corpus, *, sentences: bool, marks: Index | None = None) -> Index:
    """The bytes of all texts at which paragraphs, or sentences, begin: in the text and at zones’ heads; ascending.

    Args:
        corpus: the texts.
        sentences: look for sentences, else for paragraphs only.
        marks: the bytes of the marks that may end a sentence; by default all.

    >>> text_runs(Corpus.from_frame(pd.DataFrame({"text": ["A. B.", "C."]})), sentences=True).tolist()
    [0, 5]
    >>> text_runs(Corpus.from_frame(pd.DataFrame({"text": ["Ah. B.", "C."]})), sentences=True).tolist()
    [0, 4, 6]
    """
    found = np.concatenate([boundaries(corpus.texts, sentences=sentences, marks=marks), _zone_heads(corpus)])
    found.sort(kind="stable")  # two ascending parts: nothing but a merge
    return found


def zone_runs(corpus: Corpus) -> Index:
    """The bytes of all texts at which zones begin, in the order of `corpus.zones`."""
    zones = corpus.zones
    return bytes_of(corpus, Beginnings(document_numbers(corpus, zones["doc_id"]), zones["start"].to_numpy()))


def _zone_heads(corpus: Corpus) -> Index:
    """Zones that begin a sentence: those at the head of a line and after a label; a note in a sentence does not."""
    inner = np.flatnonzero(corpus.zones["start"].to_numpy() > 0)
    if not len(inner):
        return inner
    zones = corpus.zones.iloc[inner]
    document = document_numbers(corpus, zones["doc_id"])
    at = bytes_of(corpus, Beginnings(document, zones["start"].to_numpy()))
    labelled = (corpus.zones["zone"].iloc[inner - 1] == "label").to_numpy()
    return at[labelled | _heads_line(corpus.texts, document, at)]


def _heads_line(texts: pa.LargeStringArray, document: Index, at: Index) -> Mask:
    """Whether only blanks stand between each byte and the line end before it."""
    base = offsets_of(texts)
    text = np.frombuffer(texts.buffers()[2], np.uint8)
    start = base[document]
    content = _BLANK_IN_LINE.before(text, base[0] + at, start)
    heads: Mask = (content == start) | (text[content - 1] == _LINE_FEED)
    return heads


# ── voices ───────────────────────────────────────────────────────────────────────────────────────────────────────


def voices(texts: pa.LargeStringArray, doc_ids: pd.Index) -> pd.DataFrame:
    """One row per passage: `doc_id` and the columns of `voice_spans`.

    >>> voices(pa.array(["A “b” c."], pa.large_string()), pd.Index(["d"]))[["doc_id", "start", "end"]].values.tolist()
    [['d', 3, 4]]
    """
    found = [(number, *row) for number, rows in _voice_rows(texts) for row in rows]
    table = pd.DataFrame(found, columns=["doc_id", *COLUMNS]).astype(NUMBERS)
    return table.assign(doc_id=doc_ids.take(table["doc_id"].to_numpy(np.int64)))


def _voice_rows(texts: pa.LargeStringArray) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    """Yield the number and the rows of each document that may have some."""
    numbers = np.flatnonzero(may_speak(texts))
    for own in (numbers[i : i + _DOCUMENTS] for i in range(0, len(numbers), _DOCUMENTS)):
        some = texts.take(pa.array(own))
        sentences, paragraphs = (_starts(some, sentences=kind) for kind in (True, False))
        for row in zip(own.tolist(), some.to_pylist(), sentences, paragraphs, strict=True):
            number, text, sentence, paragraph = row
            yield number, voice_rows(text, sentence.copy, paragraph.copy)


def _starts(texts: pa.LargeStringArray, *, sentences: bool) -> list[list[int]]:
    """The characters at which sentences or paragraphs begin, one list a document."""
    base = offsets_of(texts) - offsets_of(texts)[0]
    at = boundaries(texts, sentences=sentences)
    edges = np.searchsorted(at, base).tolist()
    document = np.repeat(np.arange(len(texts)), np.diff(edges))
    characters = Texts(texts).characters(document, at[: len(document)] - base[document]).tolist()
    return [characters[first:last] for first, last in pairwise(edges)]


def voice_runs(corpus: Corpus, spans: pd.DataFrame, name: str, outside: str) -> tuple[Beginnings, NDArray[Any]]:
    """Where the value of a column of `voices` changes, in the order of the text, and to what.

    >>> corpus = Corpus.from_frame(pd.DataFrame({"text": ["A “b” c."]}))
    >>> at, values = voice_runs(corpus, voices(corpus.texts, corpus.documents.index), "voice", "author")
    >>> at.character.tolist(), values.tolist()
    ([0, 3, 4], ['author', 'marked', 'author'])
    """
    spans = innermost(spans)
    size, document = len(corpus), document_numbers(corpus, spans["doc_id"])
    place = np.concatenate([np.arange(size), document, document])
    # At one character the end stands before the start, which holds: a passage may follow another at once.
    character = np.concatenate([np.zeros(size, np.int64), spans["end"], spans["start"]])
    values = np.concatenate([[outside] * size, [outside] * len(spans), spans[name]]).astype(object)
    order = np.lexsort([character, place])
    return Beginnings(place[order], character[order]), values[order]
