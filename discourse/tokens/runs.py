"""Where the layers of a corpus begin: paragraphs and sentences, zones and sections, voices.

Takes a corpus, gives documents, characters and values; it never sees tokens.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.corpus import Corpus

from .layers import Index
from .voice import COLUMNS, voice_spans


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


def text_runs(corpus: Corpus, split: Callable[[str], list[int]]) -> Beginnings:
    """Where stretches begin that a function finds in the text, and that zones set apart.

    >>> text_runs(Corpus.from_frame(pd.DataFrame({"text": ["A. B."]})), lambda text: [0, 3]).character.tolist()
    [0, 3]
    """
    found = [split(text.as_py()) for text in corpus.texts]
    document = np.repeat(np.arange(len(found)), [len(starts) for starts in found])
    heads = _zone_heads(corpus)
    return Beginnings(
        np.concatenate([document, heads.document]).astype(np.int64),
        np.concatenate([np.array([start for starts in found for start in starts], np.int64), heads.character]),
    )


def _zone_heads(corpus: Corpus) -> Beginnings:
    """Zones that begin a sentence: those at the head of a line and after a label; a note in a sentence does not."""
    zones = corpus.zones
    document, start = document_numbers(corpus, zones["doc_id"]), zones["start"].to_numpy()
    labelled = zones["zone"].shift().eq("label").to_numpy()
    kept = [row for row in np.flatnonzero(start > 0) if labelled[row] or _heads_line(corpus, document[row], start[row])]
    return Beginnings(document[kept], start[kept])


def _heads_line(corpus: Corpus, document: np.int64, start: np.int64) -> bool:
    text = str(corpus.texts[int(document)].as_py())
    return not text[text.rfind("\n", 0, start) + 1 : start].strip()


def voices(corpus: Corpus) -> pd.DataFrame:
    """One row per passage in quotation marks: `doc_id` and the columns of `voice_spans`.

    >>> voices(Corpus.from_frame(pd.DataFrame({"text": ["A “b” c."]})))[["doc_id", "start", "end"]].values.tolist()
    [['0', 3, 4]]
    """
    found = [
        voice_spans(text.as_py()).assign(doc_id=doc_id)
        for doc_id, text in zip(corpus.documents.index, corpus.texts, strict=True)
    ]
    table = pd.concat(found, ignore_index=True) if found else voice_spans("").assign(doc_id="")
    return table[["doc_id", *COLUMNS]]


def voice_runs(corpus: Corpus, spans: pd.DataFrame, name: str, outside: str) -> tuple[Beginnings, NDArray[Any]]:
    """Where the value of a column of `voices` changes, in the order of the text, and to what.

    >>> corpus = Corpus.from_frame(pd.DataFrame({"text": ["A “b” c."]}))
    >>> at, values = voice_runs(corpus, voices(corpus), "voice", "author")
    >>> at.character.tolist(), values.tolist()
    ([0, 3, 4], ['author', 'marked', 'author'])
    """
    size, document = len(corpus), document_numbers(corpus, spans["doc_id"])
    place = np.concatenate([np.arange(size), document, document])
    character = np.concatenate([np.zeros(size, np.int64), spans["start"], spans["end"]])
    values = np.concatenate([[outside] * size, spans[name], [outside] * len(spans)]).astype(object)
    order = np.lexsort([character, place])
    return Beginnings(place[order], character[order]), values[order]
