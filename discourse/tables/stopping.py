"""Rows without function words: a view of a table, never a change of what was counted."""

from __future__ import annotations

import pandas as pd

from discourse._errors import demand
from discourse.tokens.types import STOP_WORDS


def without_stop_words(table: pd.DataFrame) -> pd.DataFrame:
    """The rows whose term neither begins nor ends with a stop word; ranks and totals stay those of all terms.

    Args:
        table: any table with a column `term`.

    >>> without_stop_words(pd.DataFrame({"term": ["the", "of war", "south caucasus"]}))["term"].tolist()
    ['south caucasus']
    """
    demand(table, ["term"], "term_frequencies")
    words = table["term"].str.split(" ")
    stopped = words.str[0].isin(STOP_WORDS) | words.str[-1].isin(STOP_WORDS)
    return table[~stopped].reset_index(drop=True)
