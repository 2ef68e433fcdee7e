"""Documents whose truth is known, and what each method says of them: coverage in one cell of the settings at a time."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse import measures

HERE = Path(__file__).parent
RESULTS = HERE / "results.csv"
SETTINGS: dict[str, Any] = tomllib.loads((HERE / "settings.toml").read_text(encoding="utf-8"))
PER = 1000


class Cell(NamedTuple):
    """One setting: a model of documents, an item, what is estimated, and how many documents a group has."""

    model: str
    item: str
    statistic: str
    documents: int


class Group(NamedTuple):
    """Documents × replications."""

    counts: NDArray[np.int64]
    sizes: NDArray[np.int64]


def cells() -> Iterator[Cell]:
    """All settings, in the order of the table."""
    names = (SETTINGS["models"], SETTINGS["items"], SETTINGS["statistics"], SETTINGS["sizes"])
    return itertools.starmap(Cell, itertools.product(*names))


def simulated(cell: Cell, settings: dict[str, Any] = SETTINGS) -> pd.DataFrame:
    """What each method did in one cell, a row a method."""
    number = list(cells()).index(cell)
    rng = np.random.default_rng([settings["seed"], number])
    blocks = [_block(cell, rng, settings) for _ in range(settings["replications"] // settings["together"])]
    limits = {name: np.concatenate([block[name] for block in blocks], axis=1) for name in settings["methods"]}
    rows = [{**cell._asdict(), "method": name, **judged(own, truth_of(cell))} for name, own in limits.items()]
    return pd.DataFrame(rows)


def written(table: pd.DataFrame) -> str:
    """A table as results.csv has it, to four significant digits."""
    return table.to_csv(index=False, float_format="%.4g", lineterminator="\n")


def truth_of(cell: Cell) -> float:
    """What is estimated: hits per word, a share, or a log ratio."""
    rate = SETTINGS["items"][cell.item] / PER
    return {"rate": rate, "share": SETTINGS["models"][cell.model]["share"], "log_ratio": 1.0}[cell.statistic]


def judged(limits: NDArray[np.float64], truth: float) -> dict[str, float]:
    """Shares of the replications that hold or miss the truth; widths are of those that have limits, in its unit."""
    low, high = limits
    defined = ~np.isnan(low)
    return {
        "coverage": ((low <= truth) & (truth <= high)).mean(),
        "above": (low > truth).mean(),
        "below": (high < truth).mean(),
        "undefined": 1 - defined.mean(),
        "mean_width": float(np.mean((high - low)[defined])) if defined.any() else np.nan,
        "median_width": float(np.median((high - low)[defined])) if defined.any() else np.nan,
    }


# ── documents ────────────────────────────────────────────────────────────────────────────────────────────────────


def drawn(cell: Cell, rng: np.random.Generator, settings: dict[str, Any]) -> list[Group]:
    """The groups of one cell, for some replications: one, or two of which the second has half the rate."""
    model, rate = settings["models"][cell.model], settings["items"][cell.item] / PER
    shape = (cell.documents, settings["together"])
    if cell.statistic == "log_ratio":
        return [documents_of(model, own, shape, rng) for own in (rate, rate / 2)]
    group = documents_of(model, rate, shape, rng)
    return [_shares(model, group.counts, rng) if cell.statistic == "share" else group]


def documents_of(model: dict[str, float], rate: float, shape: tuple[int, int], rng: np.random.Generator) -> Group:
    """Documents of a model with an item of this rate, documents × replications."""
    sigma = model["sigma"]
    words = np.maximum(np.rint(model["words"] * rng.lognormal(-(sigma**2) / 2, sigma, shape)), 1).astype(np.int64)
    rates = rng.gamma(model["shape"], rate / model["shape"] / (1 - model["zeros"]), shape)
    rates *= rng.random(shape) >= model["zeros"]
    return Group(rng.poisson(rates * words), words)


def _shares(model: dict[str, float], mentions: NDArray[np.int64], rng: np.random.Generator) -> Group:
    share, weight = model["share"], model["concentration"]
    return Group(rng.binomial(mentions, rng.beta(share * weight, (1 - share) * weight, mentions.shape)), mentions)


# ── methods ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _block(cell: Cell, rng: np.random.Generator, settings: dict[str, Any]) -> dict[str, NDArray[np.float64]]:
    """The limits of each method, 2 × replications."""
    groups = drawn(cell, rng, settings)
    draws, seeds = settings["draws"], [int(seed) for seed in rng.integers(2**32, size=len(groups))]
    names = np.arange(cell.documents, dtype=np.uint64)
    taken = [measures.replacement_weights(cell.documents, draws=draws, seed=seed) for seed in seeds]
    weighted = [measures.poisson_weights(names, draws=draws, seed=seed).T for seed in seeds]
    found: dict[tuple[str, str], Any] = {}
    for name in settings["methods"]:
        key = (name.removesuffix("_log"), _scale(cell, name))
        # A log ratio is on its scale as it is: some methods are the same there.
        if key in found:
            continue
        if name in settings["without_draws"]:
            found[key] = _without_draws(groups, key[1], settings["level"])
        else:
            found[key] = _with_draws(groups, weighted if name.startswith("poisson") else taken, *key, settings["level"])
    return {name: np.stack(found[name.removesuffix("_log"), _scale(cell, name)]) for name in settings["methods"]}


def _scale(cell: Cell, name: str) -> str:
    if cell.statistic == "log_ratio":
        return "log"
    if name in ("ratio_t", "bootstrap_t"):
        return "identity"
    return "logit" if cell.statistic == "share" else "log"


def _with_draws(groups: list[Group], weights: list[Any], name: str, scale: str, level: float) -> Any:
    method = name.removeprefix("poisson_")
    given = [(*group, own) for group, own in zip(groups, weights, strict=True)]
    return measures.bootstrap_interval(*given, method=method, scale=scale, level=level)


def _without_draws(groups: list[Group], scale: str, level: float) -> Any:
    moments = [measures.ratio_moments(*group) for group in groups]
    interval = measures.ratio_interval if len(groups) == 1 else measures.contrast_interval
    return interval(*moments, scale=scale, level=level)
