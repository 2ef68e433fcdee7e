"""What was read of a sample from strata says of all: shares, with limits that hold what they promise or more.

For each stratum, draws from the lower and from the upper confidence distribution of the number of units that are so
(beta-binomial: exact for the share, with what was read known for certain); a limit of a measure takes the side of each
stratum that is worst for it (Fay, Proschan and Brittain 2015).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .flags import FEW_READ

Floats = NDArray[np.float64]

DRAWS = 1999  # the limits at 95 % are the 50th smallest and the 50th largest draw
LEVEL = 0.95
MELDED = "melded confidence limits, 95 %"
MEASURES = [name + end for name in ("precision", "recall", "f1", "true") for end in ("", "_low", "_high")]


def too_few(strata: pd.DataFrame) -> dict[str, NDArray[np.bool_]]:
    """Flags: of which strata too little was read. What was read in full is known, however little it is."""
    coded, size = strata["coded"].to_numpy(), strata["population"].to_numpy()
    return {"few_read": (coded > 0) & (coded < np.minimum(size, FEW_READ)), "not_read": (coded == 0) & (size > 0)}


@dataclass(frozen=True, eq=False)
class Draws:
    """How many units of each stratum are so (use a frame, have a voice): estimates, and draws of what they might be.

    Attributes:
        point: one a stratum; nan where none was coded.
        low, high: draws × strata.
    """

    point: Floats
    low: Floats
    high: Floats

    @classmethod
    def of(cls, strata: pd.DataFrame, seed: int) -> Draws:
        """Draw them.

        Args:
            strata: one row each: `population, coded` and how many of these are so, `right`.
            seed: of the draws.
        """
        n, x = strata["coded"].to_numpy(np.int64), strata["right"].to_numpy(np.int64)
        size = strata["population"].to_numpy(np.int64)
        rng = np.random.default_rng(seed)
        with np.errstate(invalid="ignore", divide="ignore"):
            point = size * (x / n)
        shares = [_shares(rng, x + more, n - x + 1 - more) for more in (0, 1)]
        low, high = ((x + rng.binomial(size - n, share)).astype(np.float64) for share in shares)
        return cls(point, low, high)


def _shares(rng: np.random.Generator, yes: NDArray[np.int64], no: NDArray[np.int64]) -> Floats:
    """Draws of a share from one of its two confidence distributions; certain where one side has no evidence at all."""
    drawn = rng.beta(np.maximum(yes, 1), np.maximum(no, 1), size=(DRAWS, len(yes)))
    return np.where(yes == 0, 0.0, np.where(no == 0, 1.0, drawn))


def limits_of(low: Floats, high: Floats) -> tuple[float, float]:
    """The lower limit of draws from below, and the upper limit of draws from above."""
    tail = (1 - LEVEL) / 2
    return float(np.quantile(low, tail)), float(np.quantile(high, 1 - tail))


def ratio(above: Floats | float, below: Floats | float, empty: float = np.nan) -> Floats:
    """A share; where there is nothing to share, what that means for the limit."""
    below = np.asarray(below, np.float64)
    share = np.asarray(above) / np.where(below > 0, below, 1)
    return np.where(below > 0, share, np.where(np.isnan(below), np.nan, empty))


def measures_of(strata: pd.DataFrame, draws: Draws) -> dict[str, object]:
    """Precision, recall and F of what was found, each stratum weighing as many units as it has.

    Args:
        strata: those that were found have the `stratum` hit.
        draws: of how many of each are so.
    """
    hit = (strata["stratum"] == "hit").to_numpy()
    found, size = float(strata["population"][hit].sum()), float(strata["population"].sum())
    right, missed = draws.point[hit].sum(), draws.point[~hit].sum()
    sides = [(side[:, hit].sum(axis=1), side[:, ~hit].sum(axis=1)) for side in (draws.low, draws.high)]
    (right_low, missed_low), (right_high, missed_high) = sides
    true = right + missed
    out: dict[str, object] = {"units": int(size), "found": int(found), "coded": int(strata["coded"].sum())}
    out |= _named("precision", ratio(right, found), ratio(right_low, found), ratio(right_high, found))
    worst, best = (right_low, missed_high), (right_high, missed_low)
    out |= _named("recall", ratio(right, true), *(ratio(r, r + m, e) for (r, m), e in ((worst, 0.0), (best, 1.0))))
    out |= _named("f1", f1_of(right, found, true), *(f1_of(r, found, r + m) for r, m in (worst, best)))
    low, high = limits_of(right_low + missed_low, right_high + missed_high)
    out |= {"true": float(true), "true_low": low, "true_high": high}
    shares = dict(zip(("share_found", "share", "share_low", "share_high"), (found, true, low, high), strict=True))
    out |= {name: float(value) / size for name, value in shares.items()}
    return _withheld(out)


def _withheld(row: dict[str, object]) -> dict[str, object]:
    """Without limits where there is no estimate."""
    for name in ("precision", "recall", "f1", "true", "share"):
        if np.isnan(row[name]):  # type: ignore[call-overload]
            row |= {f"{name}_low": np.nan, f"{name}_high": np.nan}
    return row


def _named(name: str, point: Floats, low: Floats, high: Floats) -> Mapping[str, float]:
    below, above = limits_of(low, high)
    return {name: float(point), f"{name}_low": below, f"{name}_high": above}


def f1_of(right: Floats | float, found: float, true: Floats | float) -> Floats:
    """The harmonic mean of precision and recall: 2 right / (found + true)."""
    return ratio(2 * np.asarray(right), found + np.asarray(true))
