"""Tags: texts of a table that are markup, whose tags would be counted as words."""

from __future__ import annotations

import warnings

import pyarrow as pa
import pyarrow.compute as pc

LOOKED_AT = 1000  # texts; a table holds markup from its first rows on
_CLOSING = r"(?i)</(a|b|div|em|h[1-6]|i|li|p|span|strong|td)>|<br ?/?>"


def warn_of_tags(texts: pa.LargeStringArray, name: str) -> None:
    """Warn where more than half of the first texts hold tags of HTML: one text may well speak of them.

    >>> warn_of_tags(pa.array(["War </p> is near.", "Peace."], pa.large_string()), "a.csv")
    """
    first = texts[:LOOKED_AT]
    tagged = pc.sum(pc.match_substring_regex(first, _CLOSING)).as_py() or 0
    if tagged > len(first) / 2:
        warnings.warn(
            f"{name}: {tagged} of {len(first)} texts hold tags of HTML such as </p>, which are counted as words. "
            "Take the tags out before you read the table.",
            stacklevel=3,
        )
