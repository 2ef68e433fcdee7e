"""How sure: limits of dispersion from how documents, or authors, differ."""

from __future__ import annotations

import numpy as np
import pandas as pd

from discourse import measures
from discourse.counts import Where, term_counts
from discourse.tokens import Encoded

from .flags import FEW_DOCUMENTS, Index
from .sampling import SCALES

# Limits of DP do with fewer documents (docs/uncertainty.md), but no table speaks of other texts below this number.
NONE = f"none: fewer than {FEW_DOCUMENTS} documents, or authors"
NO_ERROR = "none: no document moves DP"


def with_spread_limits(table: pd.DataFrame, tokens: Encoded, where: Where) -> pd.DataFrame:
    """Put limits of DP over documents, or authors where they wrote several, behind it: `low, high, interval`.

    Args:
        table: of terms over documents, with `term` and `dp`.
        tokens: the corpus it was made of.
        where: which tokens count, checked.
    """
    units = term_counts(tokens, where=where).units(())
    filled, code = units.drawn_together()
    number = int(code.max(initial=-1)) + 1
    low, high = np.full((2, len(units.items)), np.nan)
    if number >= FEW_DOCUMENTS:
        low, high = measures.dp_interval(units.units[filled], units.unit_totals[filled], units=code)
    name = f"t over {'authors' if number < len(filled) else 'documents'}, {SCALES['logit']}, 95 %"
    place: Index = units.items.get_indexer(pd.Index(table["term"]))
    told = np.where(np.isnan(low), NONE if number < FEW_DOCUMENTS else NO_ERROR, name)
    columns = {"low": low[place], "high": high[place], "interval": pd.array(told[place], dtype="str")}
    at = list(table.columns).index("dp") + 1
    return pd.concat([table.iloc[:, :at], pd.DataFrame(columns, index=table.index), table.iloc[:, at:]], axis=1)
