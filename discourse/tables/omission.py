"""Omission: what leaving out one document turns, asked of the parts of a corpus once the sums of all are known."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd
import scipy.sparse as sp

from discourse.counts import Grouped
from discourse.counts.excess import among
from discourse.counts.groups import Units
from discourse.counts.strata import numbered_rows
from discourse.counts.tallies import Hits, Terms

from .flags import Index, Mask
from .sampling import turned_by_one


def turned_terms(terms: Terms, grouped: Grouped) -> Mask:
    """As `turned_by_one`, of the terms of many parts: groups × items.

    Args:
        terms: what the parts say.
        grouped: all of it.
    """
    turned = np.zeros(len(grouped.keys) * len(grouped.items), bool)
    turned[terms.hits.reduce(partial(_turned, whole=grouped), _united)] = True
    return turned.reshape(grouped.matrix.shape)


def _turned(hits: Hits, *, whole: Grouped) -> Index:
    """The pairs of a group and an item, as one number, that a document of a part turns; also of items it never has."""
    place = numbered_rows([whole.keys, hits.groups.keys])[0][1]
    column = np.flatnonzero(among(whole.items, hits.items))  # both are sorted
    entries = hits.count.astype(np.int64), column[hits.item], hits.bounds
    rows = sp.csr_array(entries, (len(hits.group), len(whole.items)))
    ids, totals = pd.Index(hits.document), hits.totals.astype(np.int64)
    units = Units(whole.keys, whole.items, rows, place[hits.group], ids, totals, pd.DataFrame(index=ids[:0]))
    return np.flatnonzero(turned_by_one(units, [], whole))


def _united(several: Sequence[Index]) -> Index:
    return np.unique(np.concatenate(several))
