"""Which tokens count (`where`), and how they are grouped (`by`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse._errors import choose, listed, nearest
from discourse.corpus import PROSE, ZONES
from discourse.tokens import LAYERS, Tokens

Where = Mapping[str, Any]
By = str | Sequence[str] | None
Index = NDArray[np.int64]
Mask = NDArray[np.bool_]
Labels = NDArray[np.object_]

# Values that may be absent from a corpus without being mistyped.
CLOSED: Mapping[str, frozenset[str]] = {
    "voice": frozenset({"author", "quoted", "reported", "marked"}),
    "zone": frozenset(ZONES),
}


def names_of(by: By) -> tuple[str, ...]:
    """The columns named by `by`, as a tuple.

    Raises:
        ValueError: a column is named twice.

    >>> names_of("outlet"), names_of(["outlet", "voice"]), names_of(None)
    (('outlet',), ('outlet', 'voice'), ())
    """
    names = (by,) if isinstance(by, str) else tuple(by or ())
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
    if pd.isna(value):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def columns_of(tokens: Tokens) -> list[str]:
    """Everything that `by` and `where` may name: `doc_id`, document columns and layers."""
    return ["doc_id", *tokens.corpus.documents.columns, *LAYERS, *tokens.extra]


def is_layer(tokens: Tokens, name: str) -> bool:
    """Whether a name is that of a layer, and not of a document column."""
    return name in LAYERS or name in tokens.extra


def select(tokens: Tokens, where: Where | None = None) -> Mask:
    """The tokens that qualify, as a mask.

    Args:
        tokens: n tokens.
        where: column → value or values, compared as they are written (2020 is "2020"). Zones not named: prose
            (standfirst, heading, body, list); `{"zone": "all"}` counts every zone.

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
    mask = np.repeat(select_documents(tokens, where), np.diff(tokens.doc_offsets))
    for name, wanted in _conditions(tokens, where).items():
        if is_layer(tokens, name):
            layer = tokens.layer(name)
            mask &= np.repeat(np.isin(labels(layer.decode(layer.codes)), wanted), layer.lengths())
    return mask


def select_documents(tokens: Tokens, where: Where | None = None) -> Mask:
    """The documents that `where` leaves in by their columns, as a mask; layers do not matter here.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["One", ""], "year": [2020, 2021]})))
    >>> select_documents(tokens, {"year": 2021, "voice": "quoted"}).tolist()
    [False, True]
    """
    mask = np.ones(len(tokens.corpus), bool)
    for name, wanted in _conditions(tokens, where).items():
        if not is_layer(tokens, name):
            mask &= np.isin(_document_labels(tokens, name), wanted)
    return mask


def _document_labels(tokens: Tokens, name: str) -> Labels:
    documents = tokens.corpus.documents
    return labels(documents.index.to_series() if name == "doc_id" else documents[name])


def _conditions(tokens: Tokens, where: Where | None) -> dict[str, list[str]]:
    """The values that qualify in each column; zones are prose unless they are named."""
    if not isinstance(where, Mapping | None):
        raise ValueError(f"where must say which column has which values; got {where!r}. Write {{'voice': 'author'}}.")
    wanted = {str(choose("a key of where", name, columns_of(tokens))): _wanted(v) for name, v in (where or {}).items()}
    if "all" in wanted.get("zone", ()):
        del wanted["zone"]
        return {name: _known(tokens, name, values) for name, values in wanted.items()}
    return {"zone": list(PROSE)} | {name: _known(tokens, name, values) for name, values in wanted.items()}


def _wanted(value: Any) -> list[str]:
    return sorted(set(labels(list(value) if pd.api.types.is_list_like(value) else [value])))


def _known(tokens: Tokens, name: str, wanted: list[str]) -> list[str]:
    """The values, if each occurs somewhere: one that does not is most likely mistyped."""
    unknown = set(wanted) - CLOSED.get(name, frozenset())
    if not unknown:
        return wanted
    layer = tokens.layer(name) if is_layer(tokens, name) else None
    known = sorted(set(_document_labels(tokens, name) if layer is None else labels(layer.decode(layer.codes))))
    for value in sorted(unknown.difference(known)):
        some = listed(known[:12]) + (", …" if len(known) > 12 else "")
        raise ValueError(
            f"where[{name!r}] must name values that occur; got {value!r}, and there are {some}.{nearest(value, known)}"
        )
    return wanted


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
    layers = [str(name) for name in names_of(by) if is_layer(tokens, choose("by", name, columns_of(tokens)))]
    documents = tokens.corpus.documents.index.to_numpy(object)
    codes = np.repeat(np.arange(len(documents)), np.diff(tokens.doc_offsets))
    if not layers:
        return codes, pd.DataFrame({"doc_id": documents})
    widths = [int(np.max(tokens.layer(name).codes, initial=0)) + 1 for name in layers]
    for name, width in zip(layers, widths, strict=True):
        codes = codes * width + tokens.layer(name).expand()
    used, compact = np.unique(codes, return_inverse=True)
    columns: dict[str, NDArray[Any]] = {}
    for name, width in zip(reversed(layers), reversed(widths), strict=True):
        columns[name] = tokens.layer(name).decode((used % width).astype(np.int32))
        used = used // width
    return compact, pd.DataFrame({"doc_id": documents[used], **{name: columns[name] for name in layers}})
