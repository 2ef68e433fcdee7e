"""Which tokens count (`where`), and how they are grouped (`by`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse._errors import choose, listed, nearest
from discourse.corpus import PROSE
from discourse.tokens import LAYERS, Tokens

Where = Mapping[str, Any]
By = str | Sequence[str] | None
Index = NDArray[np.int64]


def names_of(by: By) -> tuple[str, ...]:
    """The columns named by `by`, as a tuple.

    >>> names_of("outlet"), names_of(["outlet", "voice"]), names_of(None)
    (('outlet',), ('outlet', 'voice'), ())
    """
    names = (by,) if isinstance(by, str) else tuple(by or ())
    if len(set(names)) < len(names):
        raise ValueError(f"by must name each column once; got {listed(names)}. Remove the one that repeats.")
    return names


def columns_of(tokens: Tokens) -> list[str]:
    """Everything that `by` and `where` may name: document columns, `doc_id` and layers."""
    return ["doc_id", *tokens.corpus.documents.columns, *LAYERS, *tokens.extra]


def is_layer(tokens: Tokens, name: str) -> bool:
    """Whether a name is that of a layer, and not of a document column."""
    return name in LAYERS or name in tokens.extra


def document_values(tokens: Tokens, name: str) -> pd.Series:
    """A document column as strings, one a document; a missing value is the empty string."""
    documents = tokens.corpus.documents
    column = documents.index.to_series() if name == "doc_id" else documents[name]
    return column.map(lambda value: "" if pd.isna(value) else str(value)).astype(object).reset_index(drop=True)


def select(tokens: Tokens, where: Where | None = None) -> NDArray[np.bool_]:
    """The tokens that qualify, as a mask.

    Args:
        tokens: n tokens.
        where: column → value or list of values. Zones not named: prose (standfirst, heading, body, list);
            `{"zone": "all"}` counts every zone.

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
    conditions = {"zone": list(PROSE)} | dict(where or {})
    mask = np.ones(len(tokens), bool)
    for name, wanted in conditions.items():
        choose("a key of where", name, columns_of(tokens))
        if not (name == "zone" and isinstance(wanted, str) and wanted == "all"):
            mask &= _fitting(tokens, name, wanted, given=name in (where or {}))
    return mask


def _fitting(tokens: Tokens, name: str, wanted: Any, *, given: bool) -> NDArray[np.bool_]:
    values = {str(v) for v in ([wanted] if np.isscalar(wanted) else list(wanted))}
    if is_layer(tokens, name):
        layer = tokens.layer(name)
        have, lengths = layer.decode(layer.codes), layer.lengths()
    else:
        have, lengths = document_values(tokens, name).to_numpy(), np.diff(tokens.doc_offsets)
    fits = np.isin(np.array([str(v) for v in have], object), list(values))
    if given:
        _check_values(name, values, {str(v) for v in have})
    return np.repeat(fits, lengths)


def _check_values(name: str, wanted: set[str], known: set[str]) -> None:
    """A value that occurs nowhere is most likely mistyped; voices and zones may be absent from a corpus."""
    closed = {"voice": {"author", "quoted", "reported", "marked"}, "zone": {*PROSE, "title", "byline", "caption", "label", "bio", "note", "furniture"}}  # fmt: skip
    for value in sorted(wanted - known - closed.get(name, set())):
        some = listed(sorted(known)[:12])
        raise ValueError(
            f"where[{name!r}] must name values that occur; got {value!r}, and there are {some}.{nearest(value, known)}"
        )


def cell_codes(tokens: Tokens, by: By) -> tuple[Index, pd.DataFrame]:
    """The cell of every token: its document and the value of each layer in `by`.

    Returns:
        int64 codes, one a token, and one row per code: `doc_id` and the layers. Codes ascend with the document.
    """
    layers = [name for name in names_of(by) if is_layer(tokens, name)]
    for name in names_of(by):
        choose("by", name, columns_of(tokens))
    codes = np.repeat(np.arange(len(tokens.corpus)), np.diff(tokens.doc_offsets))
    widths = []
    for name in layers:
        layer = tokens.layer(name)
        widths.append(len(layer.values) if layer.values is not None else int(layer.codes.max(initial=0)) + 1)
        codes = codes * widths[-1] + layer.expand()
    return _compressed(tokens, codes, layers, widths)


def _compressed(
    tokens: Tokens, codes: Index, layers: list[str], widths: list[int]
) -> tuple[Index, pd.DataFrame]:
    """Number only the cells that occur, and say what each stands for. A document without words keeps a cell."""
    if not layers:
        cells = pd.DataFrame({"doc_id": tokens.corpus.documents.index.to_numpy(object)})
        return codes, cells
    used, compact = np.unique(codes, return_inverse=True)
    columns: dict[str, Any] = {}
    rest = used
    for name, width in zip(reversed(layers), reversed(widths), strict=True):
        columns[name] = tokens.layer(name).decode((rest % width).astype(np.int32))
        rest = rest // width
    doc_id = tokens.corpus.documents.index.to_numpy(object)[rest]
    return compact.astype(np.int64), pd.DataFrame({"doc_id": doc_id, **{name: columns[name] for name in layers}})
