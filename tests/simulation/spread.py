"""Limits of DP: how often they contain the DP of the documents' model, one setting at a time, and the tables of it."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtr
from scipy.stats import nbinom, t

from discourse import measures

from .simulate import HERE, PER, Group, documents_of, judged
from .simulate import SETTINGS as SHARED

RESULTS = HERE / "spread.csv"
SETTINGS: dict[str, Any] = tomllib.loads((HERE / "spread.toml").read_text(encoding="utf-8"))
LENGTHS = 20_000  # at which the lengths of documents are cut off when the truth is counted out
Values = NDArray[np.float64]


class Cell(NamedTuple):
    """One setting: a model of documents, an item, and how many documents there are."""

    model: str
    item: str
    documents: int


def cells() -> Iterator[Cell]:
    """All settings, in the order of the table."""
    return itertools.starmap(Cell, itertools.product(SHARED["models"], SHARED["items"], SETTINGS["sizes"]))


def simulated(cell: Cell, settings: dict[str, Any] = SETTINGS) -> pd.DataFrame:
    """What each method did in one cell, a row a method."""
    rng = np.random.default_rng([settings["seed"], list(cells()).index(cell)])
    blocks = [_block(drawn(cell, rng, settings), rng, settings) for _ in
              range(settings["replications"] // settings["together"])]
    limits = {name: np.concatenate([block[name] for block in blocks], axis=1) for name in settings["methods"]}
    rows = [{**cell._asdict(), "method": name, **judged(own, truth_of(cell))} for name, own in limits.items()]
    return pd.DataFrame(rows)


def drawn(cell: Cell, rng: np.random.Generator, settings: dict[str, Any] = SETTINGS) -> Group:
    """The documents of one cell, for some replications."""
    shape = (cell.documents, settings["together"])
    return documents_of(SHARED["models"][cell.model], SHARED["items"][cell.item] / PER, shape, rng)


def truth_of(cell: Cell) -> float:
    """½ E|y / E y - x / E x|: hits are negative binomial given the length, and the lengths are log-normal, rounded."""
    model, rate = SHARED["models"][cell.model], SHARED["items"][cell.item] / PER
    sigma, shape, some = model["sigma"], model["shape"], 1 - model["zeros"]
    words = np.arange(1, LENGTHS + 1) if sigma else np.array([model["words"]])
    likely = np.ones(1)
    if sigma:
        edges = np.log(np.append(words[:-1] + 0.5, np.inf) / model["words"])
        likely = np.diff(ndtr((edges + sigma**2 / 2) / sigma), prepend=0)
    mean = rate * words / some
    middle = words * (likely @ (mean * some)) / (likely @ words)
    # E|y - c| = E y - c + 2 (c P(y ≤ c) - E y [y ≤ c]), and k P(k; r) = m P(k - 1; r + 1) for mean m.
    below = np.floor(middle)
    chance = shape / (shape + mean)
    within = middle * nbinom.cdf(below, shape, chance) - mean * nbinom.cdf(below - 1, shape + 1, chance)
    apart = some * (mean - middle + 2 * within) + (1 - some) * middle
    return float(likely @ apart / 2 / (likely @ (mean * some)))


# ── methods ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _block(group: Group, rng: np.random.Generator, settings: dict[str, Any]) -> dict[str, Values]:
    """The limits of each method, 2 × replications."""
    level, n = settings["level"], len(group.counts)
    weights = measures.replacement_weights(n, draws=settings["draws"], seed=int(rng.integers(2**32)))
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate, error = (own[0] for own in deviations(group, np.ones((1, n))))
        values, errors = deviations(group, weights)
        left, _ = deviations(group, 1 - np.eye(n))
        tail = (1 - level) / 2
        scaled = logit(values), errors / (values * (1 - values)), logit(estimate), error / (estimate * (1 - estimate))
        moved = (left.mean(axis=0) - left) * (n - 1)
        skewness = (moved**3).sum(axis=0) / (6 * (moved**2).sum(axis=0) ** 1.5)
        sizes = group.sizes.astype(float)
        return {
            "percentile": np.quantile(values, [tail, 1 - tail], axis=0, method="weibull"),
            "bca": np.stack(measures.bca_limits(values, estimate, skewness, level=level)),
            "bootstrap_t_logit": expit(np.stack(measures.bootstrap_t_limits(*scaled, level=level))),
            "jackknife_t": _jackknife(left, estimate, level),
            "jackknife_t_logit": expit(_jackknife(logit(left), logit(estimate), level)),
            "linear_t": np.stack(measures.dp_interval(group.counts, sizes, scale="identity", level=level)),
            "linear_t_logit": np.stack(measures.dp_interval(group.counts, sizes, level=level)),
        }


def _jackknife(left: Values, estimate: Values, level: float) -> Values:
    n = len(left)
    error = np.sqrt((n - 1) / n * ((left - left.mean(axis=0)) ** 2).sum(axis=0))
    middle = n * estimate - (n - 1) * left.mean(axis=0)
    margin = t.ppf((1 + level) / 2, n - 1) * np.where(error > 0, error, np.nan)
    return np.stack([middle - margin, middle + margin])


def deviations(group: Group, weights: NDArray[Any]) -> tuple[Values, Values]:
    """DP and its error where each document stands as often as its weight: draws × replications."""
    y, x = (own.astype(float) for own in group)
    weights = weights.astype(float)
    totals, words = weights @ y, weights @ x
    above = np.zeros((5, *totals.shape))
    for document, times in enumerate(weights.T):
        own, size = y[document], x[document]
        more = times[:, None] * (own * words > size * totals)
        for to, value in zip(above, (own, size, own * own, own * size, size * size), strict=True):
            to += more * value
    squares = [weights @ value for value in (y * y, y * x, x * x)]
    return _error((totals, words), above, squares)


def _error(sums: tuple[Values, Values], above: Values, squares: list[Values]) -> tuple[Values, Values]:
    """DP and its error from sums over the documents that have more than their share, and over all."""
    totals, words = sums
    units = totals**2, totals * words, words**2
    yy, yx, xx = (own / unit for own, unit in zip(above[2:], units, strict=True))
    other = [own / unit - part for own, unit, part in zip(squares, units, (yy, yx, xx), strict=True)]
    a, b = 2 * above[0] / totals - 1, 2 * above[1] / words - 1
    over = (1 - a) ** 2 * yy - 2 * (1 - a) * (1 - b) * yx + (1 - b) ** 2 * xx
    under = (1 + a) ** 2 * other[0] - 2 * (1 + a) * (1 + b) * other[1] + (1 + b) ** 2 * other[2]
    effective = 1 / (squares[2] / units[2])
    return (a - b) / 2, np.sqrt(np.maximum(over + under, 0) / 4 * effective / (effective - 1))
