"""How often p is below .05 where there is no difference: asked of `keyness` itself, one item a replication."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr

from discourse.counts import Counts
from discourse.tables import keyness

from .simulate import HERE, PER

RESULTS = HERE / "size.csv"
NULL: dict[str, Any] = tomllib.loads((HERE / "size.toml").read_text(encoding="utf-8"))
BOTH = "both_sides"


class Setting(NamedTuple):
    """A model of documents, an item, and how many units target and reference have."""

    model: str
    item: str
    target: int
    reference: int


def cells() -> Iterator[Setting]:
    """All settings, in the order of the table; units on both sides are as many on one as on the other."""
    for model, item, (target, reference) in itertools.product(NULL["models"], NULL["items"], NULL["sizes"]):
        if model != BOTH or target == reference:
            yield Setting(model, item, target, reference)


def simulated(setting: Setting) -> pd.DataFrame:
    """How often each p is below .05, and how often it is undefined, a row a p."""
    rng = np.random.default_rng([NULL["seed"], list(cells()).index(setting)])
    found = [_p_of(setting, rng) for _ in range(NULL["replications"] // NULL["together"])]
    p = pd.concat(found, ignore_index=True)
    rows = [
        {**setting._asdict(), "p": name, "below": (p[name] < NULL["below"]).mean(), "undefined": p[name].isna().mean()}
        for name in (*NULL["p"], *NULL["later"])
    ]
    return pd.DataFrame(rows)


def _p_of(setting: Setting, rng: np.random.Generator) -> pd.DataFrame:
    """The p values of some replications; an item that never occurs has no row in the table, and no p."""
    counts = drawn_counts(setting, rng)
    table = keyness(counts, by="side", target="A", min_count=1, min_documents=1, measures=["p_presence"])
    table = table.assign(log_odds_z=2 * ndtr(-np.abs(table["log_odds_z"]))).set_index("term")
    return table[[*NULL["p"], *NULL["later"]]].reindex(counts.items)


def drawn_counts(setting: Setting, rng: np.random.Generator) -> Counts:
    """Documents of both sides × replications."""
    model, rate = NULL["models"][setting.model], NULL["items"][setting.item] / PER
    numbers = setting.target, setting.reference
    several = [np.repeat(np.arange(number), model["texts"]) for number in numbers]
    rates = [_rates(model, rate, number, rng) for number in numbers]
    author = [several[0], several[1] if setting.model == BOTH else several[1] + setting.target]
    if setting.model == BOTH:
        rates[1] = rates[0]
    side = np.repeat(["A", "B"], [len(own) for own in several])
    words = _words(model["sigma"], len(side), rng) * np.where(side == "A", model.get("longer", 1), 1)
    hits = rng.poisson(np.concatenate([own[of] for own, of in zip(rates, several, strict=True)]) * words[:, None])
    about = pd.DataFrame({"side": side, "author": np.concatenate(author).astype(str)})
    return Counts.from_matrix(hits, [f"{i:03}" for i in range(NULL["together"])], about, totals=words)


def _rates(model: dict[str, float], rate: float, number: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Rates of units × replications, whose mean is the rate."""
    shape = (number, NULL["together"])
    if np.isinf(model["shape"]):
        return np.full(shape, rate)
    rates = rng.gamma(model["shape"], rate / model["shape"] / (1 - model["zeros"]), shape)
    return np.where(rng.random(shape) >= model["zeros"], rates, 0)


def _words(sigma: float, number: int, rng: np.random.Generator) -> NDArray[np.int64]:
    drawn = NULL["words"] * rng.lognormal(-(sigma**2) / 2, sigma, number)
    return np.maximum(np.rint(drawn), 1).astype(np.int64)


# ── the table of the page ────────────────────────────────────────────────────────────────────────────────────────────


def sizes_of_p() -> pd.DataFrame:
    """The results as they are committed."""
    return pd.read_csv(RESULTS)


def by_setting(table: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """How often p is below .05: settings × p and items; in brackets how often it is undefined, if it ever is."""
    table = table[table["p"].isin(names)]
    undefined = table["undefined"].map(lambda share: f" ({share:.2f})" if share >= 0.005 else "")
    shown = table.assign(
        told=table["below"].map("{:.3f}".format) + undefined,
        units=table["target"].astype(str) + " against " + table["reference"].astype(str),
        column=table["p"] + ", " + table["item"],
    )
    order = [f"{p}, {item}" for p in names for item in NULL["items"]]
    wide = shown.pivot_table(index=["model", "units"], columns="column", values="told", aggfunc="first", sort=False)
    return wide[order].reset_index().set_index("model")
