"""How evenly, by every measure: terms over parts, as one table of parts and terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from discourse import measures
from discourse.counts import Where
from discourse.tokens import Encoded

from .menu import Options
from .pieces import Stream, Table, equal_parts, table_of_parts, words_in_a_row
from .rows import order_by

BY_GAPS = "average_reduced_frequency"
USUAL = ("dp_norm", "juilland_d")  # in every table, asked for or not
MENU: Mapping[str, Callable[..., Any]] = {
    "dp_norm": measures.dp_norm,
    "juilland_d": measures.juilland_d,
    "carroll_d2": measures.carroll_d2,
    "rosengren_s": measures.rosengren_s,
    "burch_da": measures.burch_da,
    "kl_divergence": measures.kl_divergence,
    BY_GAPS: measures.average_reduced_frequency,
}


def measured(tokens: Encoded, parts: str | int, where: Where, asked: Options) -> pd.DataFrame:
    """The table of `dispersion` with measures asked for, each with its options.

    Raises:
        ValueError: fewer than two equal parts.
    """
    if isinstance(parts, int) and parts < 2:
        raise ValueError(f"parts must be 2 or more equal ones, or a name; got {parts}. Write 'document' for documents.")
    stream = words_in_a_row(tokens, where) if isinstance(parts, int) or BY_GAPS in asked else None
    found = equal_parts(stream, parts) if stream and isinstance(parts, int) else None
    terms, matrix = found or table_of_parts(tokens, str(parts), where)
    count, sizes = (np.asarray(matrix.sum(axis=axis)) for axis in (0, 1))
    order = order_by(-count, np.arange(len(terms)))
    values = {
        "count": count,
        "total": np.full(len(terms), sizes.sum()),
        "range": measures.part_range(matrix),
        "n_parts": np.full(len(terms), np.count_nonzero(sizes)),
        "dp": measures.dp(matrix, sizes),
        **{name: MENU[name](matrix, sizes, **asked.get(name, {})) for name in USUAL},
        **_others((terms, matrix), sizes, asked, stream),
    }
    return pd.DataFrame({"term": terms.take(order), **{name: value[order] for name, value in values.items()}})


def _others(table: Table, sizes: np.ndarray, asked: Options, stream: Stream | None) -> dict[str, np.ndarray]:
    out = {}
    for name, options in asked.items():
        if name == BY_GAPS and stream:
            code = stream[1]
            out[name] = measures.average_reduced_frequency(np.arange(len(code)), code, total=len(code))
        elif name not in USUAL:
            out[name] = MENU[name](table[1], sizes, **options)
    return out
