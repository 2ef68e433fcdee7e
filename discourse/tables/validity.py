"""How right a codebook is: precision, recall and F from sentences that somebody has read, and rates put right."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse._errors import choose, demand, listed
from discourse.counts import By
from discourse.counts.selection import labels, names_of

from .coding import KEYS, STRATA
from .drawing import in_order
from .estimates import MEASURES, MELDED, Draws, f1_of, limits_of, measures_of, ratio, too_few
from .flags import flag_column
from .rows import order_by
from .sheets import codes_of, refuse_another, refuse_strangers


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
        For each pattern, those that find most first: `[by…], frame, pattern, found` (sentences whose first hit it is)`,
        coded, right, precision, precision_low, precision_high, interval, f1, f1_without, hurts, flags`.
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
        for row in _rows(own, each, Draws.of(own, seed))
    ]
    return pd.DataFrame(rows, columns=[*names, "frame", *_COLUMNS[each]])


_FRAME_COLUMNS = ["sentences", "found", "coded", *MEASURES]
_FRAME_COLUMNS += "share_found share share_low share_high interval hurting flags".split()
_PATTERN_COLUMNS = "pattern found coded right precision precision_low precision_high interval".split()
_PATTERN_COLUMNS += "f1 f1_without hurts flags".split()
_COLUMNS = {"frame": _FRAME_COLUMNS, "pattern": _PATTERN_COLUMNS}


def _rows(strata: pd.DataFrame, each: str, draws: Draws) -> list[dict[str, object]]:
    """What is told of one frame: one row, or one for each of its patterns."""
    patterns = _patterns(strata, draws)
    if each == "pattern":
        return [{str(name): value for name, value in row.items()} for row in patterns.to_dict("records")]
    hurting = "; ".join(sorted(patterns["pattern"][patterns["hurts"]]))
    kinds = strata.groupby("stratum", sort=False)[["population", "coded"]].sum()
    unread = (strata["coded"] == 0).any()  # of a pattern that nobody read, nothing is known
    masks = {name: np.array([mask.any()]) for name, mask in too_few(kinds).items()}
    masks["not_read"] |= unread
    told = {"interval": MELDED, "hurting": hurting, "flags": flag_column(masks, 1)[0]}
    measures = measures_of(strata, draws)
    return [{"sentences": measures.pop("units")} | measures | told]


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
    refuse_strangers(sheet, table)
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
    own = sheet.assign(code=codes, **{name: labels(sheet[name]) for name in ("frame", "pattern")})
    own = in_order(own, [*by, *(name for name in every if name not in by)])
    keys = [*every, "frame", "stratum", "pattern"]
    if "sampled" in own and (own.groupby(keys)["unit"].transform("size") != own["sampled"]).any():
        raise ValueError("sheet must have all rows that coding_sheet made, and no further columns. Give it whole.")
    return own.groupby(keys, sort=False, as_index=False).agg(
        population=("population", "first"), coded=("code", "count"), right=("code", "sum")
    )


_SEEN = ("unit", "frame", "definition", "before", "sentence", "after", "code", "stance", "note")


def _patterns(strata: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """One row per pattern: how right it is, and what F would be without it."""
    hit = (strata["stratum"] == "hit").to_numpy()
    found, right, true = strata["population"][hit].sum(), draws.point[hit].sum(), draws.point.sum()
    own = strata[hit].groupby("pattern", sort=False)[["population", "coded", "right"]].sum().reset_index()
    # A sheet that was drawn by groups has a stratum of each pattern in each.
    point, lows, highs = (_by_pattern(strata, side) for side in (draws.point, draws.low, draws.high))
    size = own["population"].to_numpy(np.float64)
    f1, without = f1_of(right, found, true), ratio(2 * (right - point), found - size + true)
    table = own[["pattern"]].assign(
        found=own["population"], coded=own["coded"], right=own["right"].astype(np.int64), precision=point / size
    )
    limits = [limits_of(low / n, high / n) for low, high, n in zip(lows.T, highs.T, size, strict=True)]
    table["precision_low"], table["precision_high"] = np.array(limits).reshape(-1, 2).T
    table.loc[np.isnan(point), ["precision_low", "precision_high"]] = np.nan
    masks = too_few(own)
    masks["not_read"] |= np.isnan(point)
    table = table.assign(interval=MELDED, f1=float(f1), f1_without=without, flags=flag_column(masks, len(own)))
    # What is gained in the last digits is no gain.
    table = table.assign(hurts=table["f1_without"] > table["f1"] + 1e-12)
    return table.iloc[order_by(-table["found"], table["pattern"])].reset_index(drop=True)


def _by_pattern(strata: pd.DataFrame, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """What strata of hits have (…, strata), summed for each pattern in the order in which they come."""
    hit = np.flatnonzero(strata["stratum"] == "hit")
    number = pd.factorize(strata["pattern"].iloc[hit])[0]
    order = np.argsort(number, kind="stable")
    begin = np.searchsorted(number[order], np.arange(number.max(initial=-1) + 1))
    own = values[..., hit[order]]
    return np.add.reduceat(own, begin, axis=-1) if len(begin) else own
