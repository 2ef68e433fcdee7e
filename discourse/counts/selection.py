"""Which tokens count (`where`), and how they are grouped (`by`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse._errors import choose, listed, nearest
from discourse.corpus import PROSE, ZONES
from discourse.corpus.documents import written
from discourse.tokens import Encoded, Layer, Tokens, check_encoded

Where = Mapping[str, Any]
By = str | Sequence[str] | None
Index = NDArray[np.int64]
Mask = NDArray[np.bool_]
Labels = NDArray[np.object_]

# A column itself is no name of one, and sets have another order in every run.
_NO_LISTS: tuple[type, ...] = (pd.Series, pd.DataFrame, set, frozenset)

# Values that may be absent from a corpus without being mistyped.
CLOSED: Mapping[str, frozenset[str]] = {
    "voice": frozenset({"author", "quoted", "reported", "marked"}),
    "zone": frozenset(ZONES),
}


def names_of(by: By) -> tuple[str, ...]:
    """The columns named by `by`, as a tuple.

    Raises:
        ValueError: something that is no name, or a column that is named twice.

    >>> names_of("outlet"), names_of(["outlet", "voice"]), names_of(None)
    (('outlet',), ('outlet', 'voice'), ())
    """
    if isinstance(by, _NO_LISTS) or not isinstance(by, str | Iterable | None):
        got = f"a {type(by).__name__}" if isinstance(by, _NO_LISTS) else repr(by)
        raise ValueError(f"by must be a column or a list of columns; got {got}. Write by='outlet'.")
    names = (by,) if isinstance(by, str) else () if by is None else tuple(by)
    if len(set(names)) < len(names):
        raise ValueError(f"by must name each column once; got {listed(names)}. Remove the one that repeats.")
    return names


def labels(values: pd.Series | NDArray[Any] | Sequence[Any]) -> Labels:
    """Values as names of groups: strings, whole numbers without a decimal point, missing ones empty.

    >>> labels([2020.0, None, "A", 1.5]).tolist()
    ['2020', '', 'A', '1.5']
    """
    column = pd.Series(values)
    if isinstance(column.dtype, pd.StringDtype):
        return np.asarray(column.fillna(""), object)
    codes, distinct = pd.factorize(column.astype(object), use_na_sentinel=False)
    return np.array([*map(_label, distinct), ""], object)[codes]


def _label(value: Any) -> str:
    return "" if pd.isna(value) else written(value)


def as_groups(given: Any) -> list[str]:
    """One group or several, as tables write their names.

    >>> as_groups(2020), as_groups(["A", None])
    (['2020'], ['A', ''])
    """
    return list(labels(list(given) if pd.api.types.is_list_like(given) else [given]))


def among(names: Labels, wanted: Iterable[str]) -> Mask:
    """Which names are wanted ones, by hashing: NumPy compares strings each with each.

    >>> among(labels(["A", "B", "A"]), ["A", "C"]).tolist()
    [True, False, True]
    """
    return np.asarray(pd.Index(names, dtype=object).isin(list(wanted)), bool)


class Conditions(dict[str, list[str]]):
    """The values that qualify in each column, checked: they occur in the corpus, if not in every part of it."""


def conditions(encoded: Encoded, where: Where | None) -> Conditions:
    """Check `where` against a whole corpus, so that its parts can select by it without asking again.

    Args:
        encoded: the corpus, all of it.
        where: column → value or values, or conditions checked before, which are handed back as they are.

    Returns:
        The values that qualify in each column, as they are written; zones are prose unless they are named.

    Raises:
        ValueError: an unknown column, or a value that no document or token has.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> conditions(tokenize(Corpus.from_frame(pd.DataFrame({"text": ["One"], "year": [2020]}))), {"year": 2020})
    {'zone': ['standfirst', 'heading', 'body', 'list'], 'year': ['2020']}
    """
    check_encoded(encoded)
    if isinstance(where, Conditions):
        return where
    if not isinstance(where, Mapping | None):
        raise ValueError(f"where must say which column has which values; got {where!r}. Write {{'voice': 'author'}}.")
    wanted = {str(choose("a key of where", name, encoded.columns)): _wanted(v) for name, v in (where or {}).items()}
    for name in (name for name, values in wanted.items() if not values):
        raise ValueError(f"where[{name!r}] must name at least one value; got none. Leave {name} out to count them all.")
    lifted = "all" in wanted.get("zone", ())
    named = {name: _known(encoded, name, v) for name, v in wanted.items() if not (lifted and name == "zone")}
    return Conditions(named if lifted else {"zone": list(PROSE)} | named)


def _wanted(value: Any) -> list[str]:
    return sorted(set(as_groups(value)))


def _known(encoded: Encoded, name: str, wanted: list[str]) -> list[str]:
    """The values, if each occurs somewhere: one that does not is most likely mistyped."""
    unknown = set(wanted) - CLOSED.get(name, frozenset())
    if not unknown:
        return wanted
    known = encoded.values(name) if name in encoded.layers else sorted(set(_document_labels(encoded, name)))
    for value in sorted(unknown.difference(known)):
        some = listed(known[:12]) + (", …" if len(known) > 12 else "")
        raise ValueError(
            f"where[{name!r}] must name values that occur; got {value!r}, and there are {some}.{nearest(value, known)}"
        )
    return wanted


def select(tokens: Tokens, where: Where | None = None) -> Mask:
    """The tokens that qualify, as a mask.

    Args:
        tokens: n tokens.
        where: column → value or values, compared as they are written (2020 is "2020"). Zones not named: prose
            (standfirst, heading, body, list); `{"zone": "all"}` counts every zone. `conditions` checked against the
            whole corpus may name values that these tokens do not have.

    Returns:
        bool, shape (n,).

    Raises:
        ValueError: an unknown column, or a value that no document or token has.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["One two", "Three"], "outlet": ["A", "B"]})))
    >>> select(tokens, {"outlet": "A"}).tolist()
    [True, True, False]
    """
    return stretches(tokens, where=where).mask()


def select_documents(encoded: Encoded, where: Where | None = None) -> Mask:
    """The documents that `where` leaves in by their columns, as a mask; layers do not matter here.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["One", ""], "year": [2020, 2021]})))
    >>> select_documents(tokens, {"year": 2021, "voice": "quoted"}).tolist()
    [False, True]
    """
    mask = np.ones(len(encoded.documents), bool)
    for name, wanted in conditions(encoded, where).items():
        if name not in encoded.layers:
            mask &= among(_document_labels(encoded, name), wanted)
    return mask


def _document_labels(encoded: Encoded, name: str) -> Labels:
    documents = encoded.documents
    return labels(documents.index.to_series() if name == "doc_id" else documents[name])


@dataclass(frozen=True, eq=False)
class Stretches:
    """Stretches of tokens that lie in one cell and of which either all tokens qualify or none.

    Attributes:
        bounds: the first token of each, ascending, and at the end the number of tokens.
        cell: the cell of each, ascending with the document.
        cells: one row per cell: `doc_id` and the layers counted by.
        chosen: whether each stretch qualifies.
    """

    bounds: Index
    cell: Index
    cells: pd.DataFrame
    chosen: Mask

    def mask(self) -> Mask:
        """Whether each token qualifies."""
        return np.repeat(self.chosen, np.diff(self.bounds))


def stretches(tokens: Tokens, by: By = None, where: Where | None = None) -> Stretches:
    """Cut a corpus where a document or a value of a layer ends that `by` or `where` names.

    Without layers in `by` every document is a cell, also one without tokens.

    Raises:
        ValueError: an unknown column or value.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["One “two” three"], "outlet": ["A"]})))
    >>> cut = stretches(tokens, "outlet", {"voice": "author"})
    >>> cut.bounds.tolist(), cut.cell.tolist(), cut.chosen.tolist()
    ([0, 2, 3, 5], [0, 0, 0], [True, False, True])
    """
    wanted, layers = conditions(tokens, where), layers_of(tokens, by)
    named = [tokens.layer(name).starts for name in {**wanted, **dict.fromkeys(layers)} if name in tokens.layers]
    bounds = np.unique(np.concatenate([tokens.doc_offsets, *named]))
    first = bounds[:-1]
    document = tokens.documents_of(first)
    chosen = select_documents(tokens, wanted)[document]
    for name, values in wanted.items():
        if name in tokens.layers:
            chosen &= _qualifying(tokens.layer(name), values)[tokens.layer(name).runs(first)]
    return Stretches(bounds, *_cells(tokens, first, document, layers), chosen)


def layers_of(encoded: Encoded, by: By) -> list[str]:
    """The layers named by `by`.

    Raises:
        ValueError: an unknown column, or one that is named twice.
    """
    check_encoded(encoded)
    known = encoded.columns
    return [str(name) for name in names_of(by) if choose("by", name, known) in encoded.layers]


def _qualifying(layer: Layer, wanted: list[str]) -> Mask:
    """Whether each run of a layer has one of the values."""
    times = np.bincount(layer.codes)
    found = np.flatnonzero(times).astype(np.int32)
    good = np.zeros(len(times), bool)
    good[found] = among(labels(layer.decode(found)), wanted)
    return good[layer.codes]


def _cells(tokens: Tokens, first: Index, document: Index, layers: list[str]) -> tuple[Index, pd.DataFrame]:
    """The cell of each stretch, and the table of cells."""
    ids = tokens.documents.index.astype("str")
    if not layers:
        return document, pd.DataFrame({"doc_id": ids})
    codes = [tokens.layer(name).codes_at(first).astype(np.int64) for name in layers]
    widths = [int(np.max(own, initial=0)) + 1 for own in codes]
    packed = document
    for own, width in zip(codes, widths, strict=True):
        packed = packed * width + own
    used, cell = np.unique(packed, return_inverse=True)
    columns: dict[str, Any] = {}
    for name, width in zip(reversed(layers), reversed(widths), strict=True):
        columns[name] = _decoded(tokens.layer(name), (used % width).astype(np.int32))
        used = used // width
    return cell, pd.DataFrame({"doc_id": ids.take(used), **{name: columns[name] for name in layers}})


def _decoded(layer: Layer, codes: NDArray[np.int32]) -> Any:
    """The values that codes stand for, as strings also where there are none."""
    values = layer.decode(codes)
    return pd.array(values, dtype="str") if values.dtype == object else values


def cell_codes(tokens: Tokens, by: By) -> tuple[Index, pd.DataFrame]:
    """The cell of every token: its document and the value of each layer in `by`.

    Returns:
        int64 codes, one a token, and one row per code: `doc_id` and the layers. Codes ascend with the document.
        Without layers every document is a cell, also one without tokens.

    Raises:
        ValueError: an unknown column.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["One “two”"], "outlet": ["A"]})))
    >>> codes, cells = cell_codes(tokens, ["outlet", "voice"])
    >>> codes[tokens.is_word].tolist(), cells.to_numpy().tolist()
    ([0, 1], [['0', 'author'], ['0', 'marked']])
    """
    cut = stretches(tokens, by, Conditions())
    return np.repeat(cut.cell, np.diff(cut.bounds)), cut.cells
