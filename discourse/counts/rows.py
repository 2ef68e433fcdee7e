"""Rows of hits from many parts of a corpus, and the documents that they stand in."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from .selection import Index

Columns = Mapping[str, pa.Array | NDArray[Any]]

# Sentences are written out for every row up to so many bytes, or up to so many times what they have themselves. Beyond,
# as in a transcript without full stops, whose one sentence has thousands of hits, rows share them.
COPIED = 1 << 26
COPIES = 8
_STRINGS = pd.array([], "str").dtype  # looked up once: for a short table that takes longer than its columns

OF_DOCUMENTS = "_document"  # at the end of the name of a column of documents, where a table has one of that name itself


class Sentences(NamedTuple):
    """The sentences that hits stand in, each once, and the one of every hit."""

    texts: pa.LargeStringArray
    row: Index


@dataclass(frozen=True, eq=False)
class Rows:
    """What some parts of a corpus say about their hits, in the order of the text.

    Attributes:
        table: one row per hit.
        document: the row of `documents` that each is in.
        documents: what is known of documents that have hits; index `doc_id`.
        sentences: the column `sentence_text`, if there is one.
    """

    table: pa.Table
    document: Index
    documents: pd.DataFrame
    sentences: Sentences | None = None

    @classmethod
    def of(
        cls, columns: Columns, document: Index, documents: pd.DataFrame, sentences: Sentences | None = None
    ) -> Rows:
        """Rows of one part, given the number of each one's document among all documents of the part."""
        used = np.zeros(len(documents), bool)
        used[document] = True
        own = documents.iloc[np.flatnonzero(used)]
        return cls(pa.table(dict(columns)), (np.cumsum(used) - 1)[document], own, sentences)

    def with_columns(self, columns: Columns) -> Rows:
        """The rows with more columns, or with others of the same names."""
        own = dict(zip(self.table.column_names, self.table.columns, strict=True))
        return replace(self, table=pa.table(own | dict(columns)))

    def take(self, chosen: Index) -> Rows:
        """Some of the rows."""
        sentences = self.sentences and Sentences(self.sentences.texts, self.sentences.row[chosen])
        return replace(
            self, table=self.table.take(pa.array(chosen)), document=self.document[chosen], sentences=sentences
        )

    def frame(self, order: Sequence[str], like: pd.DataFrame) -> pd.DataFrame:
        """The rows as a table.

        Args:
            order: its columns; those of documents follow, see `names_beside`.
            like: the table of all documents: columns get its types.
        """
        table, document = self.table, self.document
        columns = {name: _column(values) for name, values in zip(table.column_names, table.columns, strict=True)}
        columns["doc_id"] = self.documents.index.array.take(document)
        if self.sentences:
            columns["sentence_text"] = _written_out(*self.sentences)
        about, renamed = {}, names_beside(like, order)
        for name in map(str, like):
            # A column of numbers may be of another kind in a part where none is missing.
            own = self.documents[name]
            own = own if own.dtype == like[name].dtype else own.astype(like[name].dtype)
            taken = own.array.take(document)
            # Of objects only a series keeps that they are some.
            objects = own.dtype == object
            about[renamed.get(name, name)] = pd.Series(taken, dtype=object, copy=False) if objects else taken
        return pd.DataFrame({name: columns[name] for name in order} | about, copy=False)


def names_beside(columns: Iterable[Hashable], own: Iterable[str]) -> dict[str, str]:
    """New names for the columns of documents that a table has itself: nothing that is known of documents is lost.

    >>> names_beside(["outlet", "left", "left_document", "start"], ["start", "left"])
    {'left': 'left_document_document', 'start': 'start_document'}
    """
    names = [str(name) for name in columns]
    taken, renamed = {*names, *own}, {}
    for name in sorted(set(own).intersection(names)):
        new = name + OF_DOCUMENTS
        while new in taken:
            new += OF_DOCUMENTS
        renamed[name] = new
        taken.add(new)
    return renamed


def _column(values: pa.ChunkedArray) -> Any:
    """A column that whoever gets the table may write to."""
    return pd.array(values, _STRINGS) if pa.types.is_large_string(values.type) else values.to_numpy().copy()


def _written_out(texts: pa.LargeStringArray, row: Index) -> Any:
    """The sentence of each row: as a column of strings, or as one of objects where it would be far longer than they.

    >>> _written_out(pa.array(["No."], pa.large_string()), np.array([0, 0])).tolist()
    ['No.', 'No.']
    """
    size = pc.binary_length(texts).to_numpy()
    if size[row].sum() <= max(COPIED, COPIES * size.sum()):
        return pd.array(texts.take(pa.array(row)), _STRINGS)
    return pd.Series(np.array(texts.to_pylist(), object)[row], dtype=object, copy=False)


def stacked(parts: Sequence[Rows]) -> Rows:
    """The rows of neighbouring parts, one after the other.

    >>> documents = pd.DataFrame({"outlet": ["A", "B"]}, index=pd.Index(["a", "b"], name="doc_id"))
    >>> one = Rows.of({"start": np.array([4, 8])}, np.array([1, 1]), documents)
    >>> stacked([one, one]).frame(["doc_id", "start"], documents).values.tolist()
    [['b', 4, 'B'], ['b', 8, 'B'], ['b', 4, 'B'], ['b', 8, 'B']]
    """
    if len(parts) == 1:
        return parts[0]
    before = np.cumsum([0, *(len(part.documents) for part in parts)])
    document = np.concatenate([part.document + first for part, first in zip(parts, before[:-1], strict=True)])
    table = pa.concat_tables([part.table for part in parts]).combine_chunks()
    return Rows(table, document, pd.concat([part.documents for part in parts]), _joined(parts))


def _joined(parts: Sequence[Rows]) -> Sentences | None:
    """The sentences of all parts; None where they have none."""
    own = [part.sentences for part in parts if part.sentences]
    if not own:
        return None
    before = np.cumsum([0, *(len(sentences.texts) for sentences in own)])
    rows = [sentences.row + first for sentences, first in zip(own, before[:-1], strict=True)]
    return Sentences(pa.concat_arrays([sentences.texts for sentences in own]), np.concatenate(rows))
