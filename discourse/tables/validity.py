"""How right a codebook is: precision, recall and F from sentences that somebody has read, and rates put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse._errors import choose, demand, listed
from discourse.counts import By
from discourse.counts.selection import labels, names_of

from .coding import KEYS, STRATA
from .flags import FEW_READ, flag_column
from .sheets import codes_of, refuse_another

Floats = NDArray[np.float64]

DRAWS = 1999  # the limits at 95 % are the 50th smallest and the 50th largest draw
LEVEL = 0.95
MELDED = "melded confidence limits, 95 %"


def codebook_validity(
    sheet: pd.DataFrame,
    codes: str | Path | pd.DataFrame,
    *,
    each: str = "frame",
    by: By = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Precision, recall and F of a codebook, weighted by the design of the sample, with limits.

    Units are sentences. Precision: of the sentences in which the codebook finds the frame, the share that use it, as
    the coder says. Recall: of those that use it, the share in which the codebook finds it. Each stratum counts as many
    sentences as it has, not as many as were drawn. Units without a code are taken to be like the others of their
    stratum.

    Limits: for each stratum, draws from the lower and from the upper confidence distribution of the number of sentences
    that use the frame (beta-binomial: exact for the share, with what was read known for certain); a limit of a measure
    takes the side of each stratum that is worst for it. They hold what they promise or more.

    Args:
        sheet: made by `coding_sheet`.
        codes: what one coder, or all after talking, filled in: a file, or what `read_codes` made of it.
        each: `frame` or `pattern`.
        by: groups of the sheet to tell apart; it must have been drawn by them.
        seed: of the draws.

    Returns:
        For each group and frame (in the order of the sheet)`: [by…], frame, sentences` (looked at)`, found` (with a
        hit)`, coded, precision, precision_low, precision_high, recall, recall_low, recall_high, f1, f1_low, f1_high,
        true` (sentences that use the frame, estimated)`, true_low, true_high, share_found, share, share_low,
        share_high` (of sentences: found, and put right)`, interval, hurting` (patterns without which F would be
        higher)`, flags`.
        For each pattern: `[by…], frame, pattern, found` (sentences whose first hit it is)`, coded, right, precision,
        precision_low, precision_high, interval, f1, f1_without, hurts, flags`.
        `nan` where a stratum that matters was not coded.

    Raises:
        ValueError: an unknown `each` or `by`, no sheet or one without its design, codes of another sheet, a code of no
            unit or that is none.

    Source: Fay, Proschan and Brittain (2015), Biometrics 71(1), for melding; Cochran (1977), chapter 5, for strata.

    >>> sheet = pd.DataFrame({"unit": list("abcd"), "frame": "war", "stratum": ["hit", "hit", "near_miss", "non_hit"],
    ...     "pattern": ["war", "war", "", ""], "population": [10, 10, 5, 100]})
    >>> codes = pd.DataFrame({"unit": list("abcd"), "code": ["yes", "no", "yes", "no"]})
    >>> codebook_validity(sheet, codes)[["precision", "recall", "f1", "true"]].round(2).values.tolist()
    [[0.5, 0.5, 0.5, 10.0]]
    """
    choose("each", each, tuple(_COLUMNS))
    if not isinstance(sheet, pd.DataFrame):
        raise ValueError(f"sheet must be the table that coding_sheet made; got {sheet!r}. The codes come after it.")
    names = list(names_of(by))
    strata = _strata(sheet, _codes(sheet, codes), names)
    rows = [
        dict(zip([*names, "frame"], keys, strict=True)) | row
        for keys, own in strata.groupby([*names, "frame"], sort=False)
        for row in _rows(own, each, _Draws.of(own, seed))
    ]
    return pd.DataFrame(rows, columns=[*names, "frame", *_COLUMNS[each]])


_FRAME_COLUMNS = ["sentences", "found", "coded"]
_FRAME_COLUMNS += [name + end for name in ("precision", "recall", "f1", "true") for end in ("", "_low", "_high")]
_FRAME_COLUMNS += "share_found share share_low share_high interval hurting flags".split()
_PATTERN_COLUMNS = "pattern found coded right precision precision_low precision_high interval".split()
_PATTERN_COLUMNS += "f1 f1_without hurts flags".split()
_COLUMNS = {"frame": _FRAME_COLUMNS, "pattern": _PATTERN_COLUMNS}


def _rows(strata: pd.DataFrame, each: str, draws: _Draws) -> list[dict[str, object]]:
    """What is told of one frame: one row, or one for each of its patterns."""
    patterns = _patterns(strata, draws)
    if each == "pattern":
        return [{str(name): value for name, value in row.items()} for row in patterns.to_dict("records")]
    hurting = "; ".join(sorted(patterns["pattern"][patterns["hurts"]]))
    kinds = strata.groupby("stratum", sort=False)[["population", "coded"]].sum()
    unread = (strata["coded"] == 0).any()  # of a pattern that nobody read, nothing is known
    masks = {name: np.array([mask.any()]) for name, mask in _read(kinds).items()}
    masks["not_read"] |= unread
    told = {"interval": MELDED, "hurting": hurting, "flags": flag_column(masks, 1)[0]}
    return [_measures(strata, draws) | told]


def _read(strata: pd.DataFrame) -> dict[str, NDArray[np.bool_]]:
    """Flags: of which strata too little was read. What was read in full is known, however little it is."""
    coded, size = strata["coded"].to_numpy(), strata["population"].to_numpy()
    return {"few_read": (coded > 0) & (coded < np.minimum(size, FEW_READ)), "not_read": (coded == 0) & (size > 0)}


def corrected_frequencies(table: pd.DataFrame, validity: pd.DataFrame) -> pd.DataFrame:
    """Rates of frames put right for what a codebook finds wrongly and does not find.

    Each rate is multiplied by sentences that use the frame over sentences in which it was found. Where the validity was
    not measured group by group, one factor serves all groups: then differences between groups in how right the codebook
    is stay hidden, and their ratio is what it was.

    Args:
        table: made by `frame_frequencies`.
        validity: made by `codebook_validity`, each frame or each group and frame.

    Returns:
        The table with `factor, corrected_per_1k, corrected_low, corrected_high`; the limits are those of the reading
        alone, the counts taken as they are. `nan` where nothing was found or coded. `flags` get `one_factor` where
        groups were not measured one by one, be they voices of an outlet that was.

    Raises:
        ValueError: the two have no frame in common, or the table lacks groups of the validity.

    >>> table = pd.DataFrame({"frame": ["war"], "count": [8], "per_1k": [4.0]})
    >>> validity = pd.DataFrame({"frame": ["war"], "found": [8], "true": [6.0], "true_low": [4.0], "true_high": [8.0]})
    >>> corrected_frequencies(table, validity)[["corrected_per_1k", "corrected_low", "corrected_high"]].values.tolist()
    [[3.0, 2.0, 4.0]]
    """
    demand(table, ("frame", "per_1k"), "frame_frequencies")
    demand(validity, ("frame", "found", "true", "true_low", "true_high"), "codebook_validity", name="validity")
    own = validity.columns[: validity.columns.tolist().index("frame")].tolist()
    keys = [*own, "frame"]
    apart = [name for name in own if name not in table]
    if apart:
        raise ValueError(f"table must have the groups of the validity; {apart[0]!r} is missing. Count by={own!r}.")
    measured, counted = (pd.DataFrame({name: labels(given[name]) for name in keys}) for given in (validity, table))
    if not set(counted["frame"]) & set(measured["frame"]):
        raise ValueError(
            f"validity must be of the frames of the table; got {listed(sorted(set(validity['frame'])))}. "
            "Measure it with the same codebook."
        )
    found = validity["found"].where(validity["found"] > 0)
    ratios = {end: (validity[f"true{end}"] / found).to_numpy() for end in ("", "_low", "_high")}
    matched = counted.merge(measured.assign(**ratios), on=keys, how="left")
    rates = {f"corrected{end or '_per_1k'}": table["per_1k"].to_numpy() * matched[end] for end in ("", "_low", "_high")}
    put_right = table.assign(factor=matched[""].to_numpy(), **{name: rate.to_numpy() for name, rate in rates.items()})
    if "flags" not in table:
        return put_right
    shared = zip(table["flags"], counted.duplicated(keep=False), strict=True)
    told = [" ".join(sorted({*flags.split(), "one_factor"})) if others else flags for flags, others in shared]
    return put_right.assign(flags=told)


# ── the strata ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _codes(sheet: pd.DataFrame, codes: str | Path | pd.DataFrame) -> pd.Series:
    """The code of each unit: 1, 0 or nan."""
    demand(sheet, ["unit"], "coding_sheet", name="sheet")
    table = codes_of(codes, "code", "codes")
    refuse_another(sheet, table, "codes")
    known = set(sheet["unit"])
    strange = [unit for unit in table["unit"] if unit not in known]
    if strange:
        raise ValueError(f"codes must be of the units of the sheet; got {strange[0]!r}. Give the sheet they are from.")
    return sheet["unit"].map(dict(zip(table["unit"], table["code"], strict=True))).map({"yes": 1.0, "no": 0.0})


def _strata(sheet: pd.DataFrame, codes: pd.Series, by: list[str]) -> pd.DataFrame:
    """One row per stratum: how many units it has, how many were coded, and how many of them use the frame."""
    missing = [name for name in ("frame", "stratum", "pattern", "population", *by) if name not in sheet]
    if missing:
        raise ValueError(
            f"sheet must have the columns that coding_sheet made; {missing[0]!r} is missing. Keep them all."
        )
    for stratum in sheet["stratum"].unique():
        choose("stratum", stratum, STRATA)
    every = [name for name in sheet.columns if name not in (*KEYS, *_SEEN)]
    # A CSV file makes numbers of some names, and nan of empty ones.
    names = {name: labels(sheet[name]) for name in (*every, "frame", "pattern")}
    own = sheet.assign(**names, code=codes)
    own = own.sort_values(every, kind="stable") if every else own
    keys = [*every, "frame", "stratum", "pattern"]
    if "sampled" in own and (own.groupby(keys)["unit"].transform("size") != own["sampled"]).any():
        raise ValueError("sheet must have all rows that coding_sheet made, and no further columns. Give it whole.")
    return own.groupby(keys, sort=False, as_index=False).agg(
        population=("population", "first"), coded=("code", "count"), right=("code", "sum")
    )


_SEEN = ("unit", "frame", "definition", "before", "sentence", "after", "code", "stance", "note")


@dataclass(frozen=True, eq=False)
class _Draws:
    """How many units of each stratum use the frame: estimates, and draws of what they might be.

    Attributes:
        point: one a stratum; nan where none was coded.
        low, high: draws × strata.
    """

    point: Floats
    low: Floats
    high: Floats

    @classmethod
    def of(cls, strata: pd.DataFrame, seed: int) -> _Draws:
        """Draw them."""
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


def _limits(low: Floats, high: Floats) -> tuple[float, float]:
    tail = (1 - LEVEL) / 2
    return float(np.quantile(low, tail)), float(np.quantile(high, 1 - tail))


def _ratio(above: Floats | float, below: Floats | float, empty: float = np.nan) -> Floats:
    """A share; where there is nothing to share, what that means for the limit."""
    below = np.asarray(below, np.float64)
    share = np.asarray(above) / np.where(below > 0, below, 1)
    return np.where(below > 0, share, np.where(np.isnan(below), np.nan, empty))


def _measures(strata: pd.DataFrame, draws: _Draws) -> dict[str, object]:
    hit = (strata["stratum"] == "hit").to_numpy()
    found, size = float(strata["population"][hit].sum()), float(strata["population"].sum())
    right, missed = draws.point[hit].sum(), draws.point[~hit].sum()
    sides = [(side[:, hit].sum(axis=1), side[:, ~hit].sum(axis=1)) for side in (draws.low, draws.high)]
    (right_low, missed_low), (right_high, missed_high) = sides
    true = right + missed
    out: dict[str, object] = {"sentences": int(size), "found": int(found), "coded": int(strata["coded"].sum())}
    out |= _named("precision", _ratio(right, found), _ratio(right_low, found), _ratio(right_high, found))
    worst, best = (right_low, missed_high), (right_high, missed_low)
    out |= _named("recall", _ratio(right, true), *(_ratio(r, r + m, e) for (r, m), e in ((worst, 0.0), (best, 1.0))))
    out |= _named("f1", _f1(right, found, true), *(_f1(r, found, r + m) for r, m in (worst, best)))
    low, high = _limits(right_low + missed_low, right_high + missed_high)
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
    below, above = _limits(low, high)
    return {name: float(point), f"{name}_low": below, f"{name}_high": above}


def _f1(right: Floats | float, found: float, true: Floats | float) -> Floats:
    """The harmonic mean of precision and recall: 2 right / (found + true)."""
    return _ratio(2 * np.asarray(right), found + np.asarray(true))


def _patterns(strata: pd.DataFrame, draws: _Draws) -> pd.DataFrame:
    """One row per pattern: how right it is, and what F would be without it."""
    hit = (strata["stratum"] == "hit").to_numpy()
    found, right, true = strata["population"][hit].sum(), draws.point[hit].sum(), draws.point.sum()
    own, point = strata[hit], draws.point[hit]
    size = own["population"].to_numpy(np.float64)
    f1, without = _f1(right, found, true), _ratio(2 * (right - point), found - size + true)
    rows = {
        "pattern": own["pattern"],
        "found": own["population"],
        "coded": own["coded"],
        "right": own["right"].astype(np.int64),
        "precision": point / size,
    }
    sides = zip(draws.low[:, hit].T, draws.high[:, hit].T, size, strict=True)
    limits = [_limits(low / n, high / n) for low, high, n in sides]
    table = pd.DataFrame(rows).reset_index(drop=True)
    table["precision_low"], table["precision_high"] = np.array(limits).reshape(-1, 2).T
    table.loc[table["coded"] == 0, ["precision_low", "precision_high"]] = np.nan
    table = table.assign(interval=MELDED, f1=float(f1), f1_without=without, flags=flag_column(_read(own), len(own)))
    # What is gained in the last digits is no gain.
    return table.assign(hurts=table["f1_without"] > table["f1"] + 1e-12)
