"""How far coders agree who filled in the same sheet."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from pathlib import Path

import pandas as pd

from discourse import measures
from discourse._errors import choose
from discourse.measures.agreement import COEFFICIENTS

from .sheets import codes_of, refuse_another

_OF_TWO = ("cohen_kappa", "scott_pi")
NONE = "none: units drawn again do not differ, or are often undefined"


def agreement(
    coders: Mapping[str, str | Path | pd.DataFrame], *, column: str = "code", draws: int = 999, seed: int = 0
) -> pd.DataFrame:
    """How far two or more coders agree, frame by frame and over all frames.

    Args:
        coders: by name, the file that a coder filled in, or what `read_codes` made of it.
        column: `code` or `stance`; `voice` of sheets that `voice_sheet` made.
        draws: how often the units are drawn again for the limits.
        seed: of these draws.

    Returns:
        One row per frame (empty: all) and coefficient: `frame, coefficient, value, low, high, interval, units` (coded
        by two or more)`, coders`. Cohen's kappa and Scott's pi are for two coders only. `nan` where nothing is defined:
        coders who gave all units one and the same code agree, but nothing can be told from chance. Limits are
        `nan`, and `interval` says so, also where all units agree, or those drawn often have one code alone.

    Raises:
        ValueError: coders without names, fewer than two, of different sheets, or an unknown column.
        StudyError: a file is not what `read_codes` wants.

    >>> codes = [pd.DataFrame({"unit": list("abcd"), "frame": "war", "code": c.split()})
    ...     for c in ("yes yes no no", "yes no no no")]
    >>> table = agreement(dict(zip("AB", codes))).set_index(["frame", "coefficient"])["value"]
    >>> float(table["war", "percent_agreement"]), float(table["war", "cohen_kappa"])
    (0.75, 0.5)
    """
    choose("column", column, ("code", "stance", "voice"))
    if not isinstance(coders, Mapping):
        raise ValueError(
            f"coders must have names; got a {type(coders).__name__}. "
            "Name each, as in {'A': 'first.csv', 'B': 'second.csv'}."
        )
    if len(coders) < 2:
        raise ValueError(f"coders must be two or more; got {len(coders)}. Name each with the sheet of their codes.")
    tables = {name: codes_of(given, column, f"coders[{name!r}]") for name, given in coders.items()}
    first = next(iter(tables.values()))
    for name, table in tables.items():
        refuse_another(first, table, f"coders[{name!r}]")
    if not pd.concat([table["unit"] for table in tables.values()]).duplicated().any():
        raise ValueError("coders must be of the same sheet; no unit is in two of them. Give those drawn together.")
    ratings = pd.concat([table.set_index("unit")[column].rename(name) for name, table in tables.items()], axis=1)
    known = [table.set_index("unit")["frame"] for table in tables.values() if "frame" in table]
    frames = pd.concat([pd.Series([], dtype="str"), *known])
    frame = frames[~frames.index.duplicated()].reindex(ratings.index).fillna("")
    parts = [("", ratings), *((key, ratings[frame == key]) for key in dict.fromkeys(frame) if key)]
    rows = [row for key, part in parts for row in _rows(key, part.fillna(""), draws, seed)]
    return pd.DataFrame(rows, columns=["frame", "coefficient", "value", "low", "high", "interval", "units", "coders"])


def _rows(frame: str, ratings: pd.DataFrame, draws: int, seed: int) -> list[tuple[object, ...]]:
    values = ratings.to_numpy(object)
    units = int(((values != "").sum(axis=1) > 1).sum())
    rows: list[tuple[object, ...]] = []
    for name in COEFFICIENTS:
        if name in _OF_TWO and values.shape[1] > 2:
            continue
        value = getattr(measures, name)(values)
        low, high = measures.agreement_interval(values, name, draws=draws, seed=seed)
        told = NONE if isnan(low) else f"percentile, units drawn {draws} times, 95 %"
        rows.append((frame, name, float(value), float(low), float(high), told, units, values.shape[1]))
    return rows
