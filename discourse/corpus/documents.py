"""Documents: what was written, word for word, with what is known about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from discourse._errors import choose, listed, nearest
from discourse.corpus.zones import COLUMNS, ZONES, partition_defect, plain_zones

DOC_ID = "doc_id"
TEXT = "text"
TAKEN = (DOC_ID, TEXT, "zone", "section", "voice", "marking", "speaker", "sentence", "paragraph")
ORIGIN = ("source", "lines", "sha256")


class UnknownDocument(KeyError):
    """No document of the corpus has this id."""

    def __str__(self) -> str:
        """Show the message as it is, not as a quoted key."""
        return str(self.args[0])


@dataclass(frozen=True, eq=False, repr=False)
class Corpus:
    """Texts as they were written, a table of documents and a table of zones.

    Attributes:
        documents: index `doc_id` (unique strings); any columns, and `source`, `lines` and `sha256` of the
            file, empty where unknown.
        zones: `doc_id, start, end, zone, section, rule`, one row per stretch: characters of the text,
            sorted, each document covered once and without a gap.
        texts: one text per document, in the order of `documents`.

    Raises:
        ValueError: the three do not fit together.

    >>> corpus = Corpus.from_frame(pd.DataFrame({"text": ["One.", "Two."], "outlet": ["A", "B"]}))
    >>> corpus
    Corpus(2 documents, 8 characters)
    >>> corpus.text("1")
    'Two.'
    """

    documents: pd.DataFrame
    zones: pd.DataFrame
    texts: pa.LargeStringArray

    def __post_init__(self) -> None:
        """Check that documents, zones and texts fit together."""
        _check_documents(self.documents, len(self.texts))
        for name in COLUMNS:
            choose("a column of zones", name, list(self.zones.columns))
        for zone in self.zones["zone"].unique():
            choose("zone", zone, ZONES)
        defect = partition_defect(self.zones, self.documents.index, lengths(self.texts))
        if defect:
            raise ValueError(f"zones must cover every document in order, once and without a gap; {defect}.")

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.documents)

    def __repr__(self) -> str:
        """Say how much there is."""
        noun = "document" if len(self) == 1 else "documents"
        return f"Corpus({len(self):,} {noun}, {int(lengths(self.texts).sum()):,} characters)"

    def text(self, doc_id: str) -> str:
        """Return the source text of a document, nothing changed; spans of all tables index it.

        Raises:
            UnknownDocument: (a KeyError) names the nearest id.
        """
        return str(self.texts[int(self._positions([doc_id])[0])].as_py())

    def subset(self, doc_ids: Iterable[str]) -> Corpus:
        """Return a corpus of some documents, in the order of this corpus.

        Raises:
            UnknownDocument: (a KeyError) names the nearest id.

        >>> frame = pd.DataFrame({"text": ["One.", "Two.", "Three."]})
        >>> list(Corpus.from_frame(frame).subset(["2", "0"]).documents.index)
        ['0', '2']
        """
        kept = np.unique(self._positions(doc_ids))
        documents = self.documents.iloc[kept]
        zones = self.zones[self.zones["doc_id"].isin(documents.index)].reset_index(drop=True)
        return Corpus(documents, zones, self.texts.take(pa.array(kept)))

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, *, text: str = TEXT, id: str | None = None) -> Self:
        """Make a corpus of a table with one document per row; every text is body throughout.

        Args:
            frame: one row per document. Its other columns describe the documents: dates become ISO
                strings, categories strings, and a missing string is empty. Categories that are ordered stay so:
                tables and figures show groups in their order.
            text: the column that holds the text.
            id: the column that holds the ids; by default `doc_id`, else the index of the table.

        Raises:
            ValueError: an unknown column, a text that is missing, an id that is empty or taken.
        """
        choose("text", text, list(frame.columns))
        _check_names(frame)
        key = DOC_ID if id is None and DOC_ID in frame else id
        ids = frame.index if key is None else frame[choose("id", key, list(frame.columns))]
        used = [column for column in dict.fromkeys((text, key)) if column is not None]
        documents = describe(frame.drop(columns=used), ids)
        texts = to_texts(frame[text])
        return cls(documents, plain_zones(documents.index, lengths(texts)), texts)

    def _positions(self, doc_ids: Iterable[str]) -> np.ndarray:
        """Return the row of each document."""
        wanted = [doc_ids] if isinstance(doc_ids, str) else list(doc_ids)
        rows = np.asarray(self.documents.index.get_indexer(pd.Index(wanted, dtype=object)), dtype=np.int64)
        if (rows < 0).any():
            raise unknown_document(wanted[int(np.argmin(rows))], self.documents.index)
        return rows


def unknown_document(doc_id: object, known: pd.Index) -> UnknownDocument:
    """The error that says that a document is none of the known ones, and which comes nearest.

    >>> str(unknown_document("lind-1", pd.Index(["lind-2"])))
    "There is no document 'lind-1' in this corpus of 1. Did you mean 'lind-2'?"
    """
    return UnknownDocument(f"There is no document {doc_id!r} in this corpus of {len(known)}.{nearest(doc_id, known)}")


def lengths(texts: pa.LargeStringArray) -> np.ndarray:
    """Return the number of characters of each text.

    >>> lengths(pa.array(["Türkiye", ""], pa.large_string())).tolist()
    [7, 0]
    """
    return np.asarray(pc.utf8_length(texts).to_numpy(zero_copy_only=False), dtype=np.int64)


def to_texts(values: Iterable[str]) -> pa.LargeStringArray:
    """Store texts in one Arrow array.

    Raises:
        ValueError: a text is missing or is not a string.
    """
    try:
        stored = pa.array(values, type=pa.large_string())
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise ValueError(
            f"Every text must be a string. What was given is not: {error}. Name the column with the texts as `text`."
        ) from None
    except UnicodeEncodeError as error:
        raise _no_character("A text", error) from None
    if isinstance(stored, pa.ChunkedArray):
        # Chunks of a pandas string column may differ in type (seen with pyarrow 26 and an empty column).
        chunks = [chunk.cast(pa.large_string()) for chunk in stored.chunks]
        stored = pa.chunked_array(chunks, type=pa.large_string()).combine_chunks()
    if stored.null_count:
        row = int(np.argmax(stored.is_null().to_numpy(zero_copy_only=False)))
        others = f", and of {stored.null_count - 1:,} more" if stored.null_count > 1 else ""
        raise ValueError(
            f"Every text must be a string; that of row {row} is missing{others}. "
            "Drop these rows, or fill them with an empty string."
        )
    return stored


def string_array(values: pa.Array | pa.ChunkedArray) -> pd.api.extensions.ExtensionArray:
    """Return strings of Arrow as what pandas keeps in a column; nothing is copied."""
    stored: pd.api.extensions.ExtensionArray = pd.array(values, dtype="str")
    return stored


def describe(columns: pd.DataFrame, ids: Iterable[object]) -> pd.DataFrame:
    """Return the table of documents: plain columns, the columns of origin last, ids as the index."""
    try:
        plain = {str(name): _plain(columns[name]) for name in columns.columns}
        index = pd.Index(_written_ids(ids), dtype="str", name=DOC_ID)
    except UnicodeEncodeError as error:
        raise _no_character("An id or a column", error) from None
    origin = {name: plain.pop(name).astype("str").array if name in plain else "" for name in ORIGIN}
    table = pd.DataFrame({**{name: column.array for name, column in plain.items()}, **origin}, index=index)
    return table.astype(dict.fromkeys(ORIGIN, "str"))


def iso_dates(column: pd.Series, *, whole_days: bool) -> pd.Series:
    """Write dates as ISO strings, with the time of day unless all are whole days; a missing one is empty.

    >>> iso_dates(pd.Series(pd.to_datetime(["2025-11-03 08:30", None])), whole_days=False).tolist()
    ['2025-11-03T08:30:00', '']
    """
    local = column.dt.tz_localize(None).astype("datetime64[s]")
    moments = pa.array(local.to_numpy())
    written = pc.cast(moments.cast(pa.date32()) if whole_days else moments, pa.large_string())
    iso = pc.fill_null(pc.replace_substring(written, " ", "T"), "")
    return pd.Series(string_array(iso), index=column.index)


def are_whole_days(column: pd.Series) -> bool:
    """Tell whether no date of a column has a time of day."""
    known = column.dropna()
    return bool((known == known.dt.normalize()).all())


def _written_ids(ids: Iterable[object]) -> pd.api.extensions.ExtensionArray:
    """Write ids as strings, as fast as their type allows; a missing one is empty."""
    dtype = getattr(ids, "dtype", None)
    if isinstance(dtype, np.dtype) and dtype.kind in "iu":
        return string_array(pc.cast(pa.array(np.asarray(ids)), pa.large_string()))
    kept = ids if isinstance(dtype, pd.StringDtype) else list(ids)
    written: pd.api.extensions.ExtensionArray = _written(pd.Series(kept, dtype=dtype if kept is ids else object)).array
    return written


def _plain(column: pd.Series) -> pd.Series:
    """Write dates as ISO strings and categories as strings, which keep their order; a missing string is empty."""
    order, plain = order_of(column), _unordered(column)
    numbers = pd.api.types.is_numeric_dtype(plain.dtype)
    if not order or (numbers and column.cat.categories.is_monotonic_increasing):
        return plain
    names = _written(plain.astype(object), written)
    return pd.Series(pd.Categorical(names, [*([""] if "" in set(names) else []), *order], ordered=True), names.index)


def order_of(column: pd.Series) -> list[str]:
    """Return the categories of a column in their order, as they are written; none where there is no order.

    >>> order_of(pd.Series(pd.Categorical(["low"], ["low", "high"], ordered=True))), order_of(pd.Series(["low"]))
    (['low', 'high'], [])
    """
    kind = column.dtype
    if not (isinstance(kind, pd.CategoricalDtype) and kind.ordered):
        return []
    return list(dict.fromkeys(_written(_unordered(pd.Series(kind.categories)).astype(object), written)))


def _unordered(column: pd.Series) -> pd.Series:
    """Write dates as ISO strings and categories as strings; a missing string is empty."""
    column = _spread_out(column)
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        column = iso_dates(column, whole_days=are_whole_days(column))
    if pd.api.types.is_string_dtype(column.dtype) or column.dtype == object:
        column = _written(column, written)
    return column


def _spread_out(column: pd.Series) -> pd.Series:
    """Return the values themselves of what is kept as categories, as lists of Arrow, or without its zeros."""
    kind = column.dtype
    if isinstance(kind, pd.CategoricalDtype):
        return column.astype(_type_of(kind.categories.dtype, has_gaps=bool(column.isna().any())))
    if isinstance(kind, pd.SparseDtype):
        return column.astype(kind.subtype)
    if isinstance(kind, pd.ArrowDtype) and _in_parts(kind.pyarrow_dtype):
        return column.astype(object)
    return column


def _type_of(values: Any, *, has_gaps: bool) -> Any:
    """The type of a column with the values of categories: whole numbers and truth values of NumPy know no gaps."""
    kind = getattr(values, "kind", "") if has_gaps else ""
    return {"i": np.dtype(np.float64), "u": np.dtype(np.float64), "b": np.dtype(object)}.get(kind, values)


def _in_parts(kind: pa.DataType) -> bool:
    return bool(pa.types.is_nested(kind) or pa.types.is_dictionary(kind))


def written(value: object) -> str:
    """Write a value as the name of a group: whole numbers without a decimal point.

    >>> written(2020.0), written(1.5), written("2020.0")
    ('2020', '1.5', '2020.0')
    """
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _written(column: pd.Series, show: Callable[[object], str] = str) -> pd.Series:
    """Write values as strings; what is missing is empty."""
    if column.dtype != object or pd.api.types.infer_dtype(column, skipna=True) == "string":
        return column.astype("str").fillna("")
    shown = np.array([show(value) for value in column], dtype=object)
    return pd.Series(np.where(column.isna(), "", shown), index=column.index, dtype="str")


def _check_names(frame: pd.DataFrame) -> None:
    """Check that columns can be told apart by their names, written as strings."""
    names = pd.Index([str(name) for name in frame.columns])
    if names.has_duplicates:
        twice = names[names.duplicated()][0]
        raise ValueError(f"Every column needs a name of its own; {twice!r} occurs more than once. Rename or drop one.")


def _no_character(what: str, error: UnicodeEncodeError) -> ValueError:
    """Say which half of a surrogate pair, as faulty decoding leaves it, is no character."""
    around = error.object[max(error.start - 10, 0) : error.end + 10]
    return ValueError(
        f"{what} holds half of a surrogate pair, which is no character: {around!r}. "
        "Read it anew, or replace it: text.encode('utf-8', 'replace').decode()."
    )


def _check_documents(documents: pd.DataFrame, n_texts: int) -> None:
    """Check ids and columns."""
    if len(documents) != n_texts:
        raise ValueError(f"documents has {len(documents)} rows and texts {n_texts}. Give one text per document.")
    if (documents.index == "").any():
        row = int(np.argmax(documents.index == ""))
        raise ValueError(f"Every document needs an id; row {row} has none. Fill it, or leave `id` out.")
    if _repeats(documents.index):
        twice = documents.index[documents.index.duplicated()].unique()
        raise ValueError(
            f"Every document needs an id of its own; {listed(twice[:3])} occurs more than once. "
            "Name another column as `id`, or leave it out; frame.reset_index(drop=True) numbers rows anew."
        )
    taken = [name for name in documents.columns if name in TAKEN]
    if taken:
        raise ValueError(
            f"A column of documents is called {taken[0]!r}, a name that every table uses itself. "
            f"Rename it (to 'page_{taken[0]}', say), so that `by` and `where` know which one is meant."
        )


def _repeats(ids: pd.Index) -> bool:
    """Tell whether an id occurs twice; strings are counted in Arrow, which makes no object of each."""
    if not isinstance(ids.dtype, pd.StringDtype):
        return bool(ids.has_duplicates)
    return len(pc.unique(pa.array(ids.array, type=pa.large_string()))) < len(ids)
