"""How often limits from sentences that somebody has read contain the truth of planted corpora, a setting at a time."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from discourse.codebook import Codebook, Entry, parse_pattern
from discourse.corpus import Corpus
from discourse.tables import codebook_validity, coding_sheet, corrected_frequencies, frame_frequencies
from discourse.tokens import Tokens, tokenize

from .simulate import HERE, PER, judged

RESULTS = HERE / "reading.csv"
PAGE = HERE.parent.parent / "docs" / "validity.md"
READING: dict[str, Any] = tomllib.loads((HERE / "reading.toml").read_text(encoding="utf-8"))
RATES = READING["rates"]
BOOK = Codebook({"spheres": Entry("frame", "spheres", (parse_pattern("orbit"),))})
# One sentence of five words of each kind; whoever codes them rightly looks for the word power.
KINDS = ("Power keeps all in orbit.", "Planets keep to their orbit.", "Power has an orbital weapon.",
         "Planets have an orbital period.", "Power decides what small do.", "Rain fell on all five.")
WORDS = 5
Stratum = tuple[str, str, int, int, int]


class Setting(NamedTuple):
    """A planted corpus, and by what sheets are drawn from it where rates are asked for; some sheets of it."""

    corpus: str
    drawn_by: str
    part: int


def cells() -> Iterator[Setting]:
    """All settings, in the order of the table."""
    parts = range(READING["sheets"] // READING["together"])
    yield from (Setting(name, "", part) for name in READING["planted"] for part in parts)
    yield from (Setting(name, by, part) for name in RATES["outlets"] for by in RATES["drawn_by"] for part in parts)


def simulated(setting: Setting) -> pd.DataFrame:
    """How often limits contain the truth, a row a measure; shares are of the sheets that give an estimate."""
    rates, first = setting.corpus in RATES["outlets"], setting.part * READING["together"]
    seeds = range(first, first + READING["together"])
    found = pd.DataFrame([(_corrected if rates else _estimated)(setting, seed) for seed in seeds])
    truth = rates_of(setting.corpus) if rates else truth_of(READING["planted"][setting.corpus])
    return pd.DataFrame([{**setting._asdict(), "measure": name, **_of(found, name, truth[name])} for name in truth])


def _of(found: pd.DataFrame, name: str, truth: float) -> dict[str, float]:
    """What became of one measure; limits that are undefined are no misses, but are counted."""
    rounding = 1e-9
    told = judged(np.stack([found[f"{name}_low"] - rounding, found[f"{name}_high"] + rounding]), truth)
    defined = 1 - told["undefined"]
    shares = {key: told[key] / defined for key in ("coverage", "above", "below")} if defined else {}
    return {**shares, "undefined": told["undefined"], "mean_estimate": found[name].mean(), "truth": truth}


# ── sheets of planted strata ─────────────────────────────────────────────────────────────────────────────────────────


def _estimated(setting: Setting, seed: int) -> dict[str, Any]:
    row = codebook_validity(*sheet_of(READING["planted"][setting.corpus], seed + READING["seed"]), seed=seed).iloc[0]
    return {str(name): value for name, value in row.items()}


def sheet_of(planted: Sequence[Stratum], seed: int, **columns: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A sheet drawn from planted strata, and the right codes of its units."""
    rng, rows, codes = np.random.default_rng(seed), [], []
    for stratum, pattern, size, right, read in planted:
        yes = rng.hypergeometric(right, size - right, read) if read else 0
        codes += ["yes"] * int(yes) + ["no"] * int(read - yes)
        rows += [{"stratum": stratum, "pattern": pattern, "population": size, "sampled": read} | columns] * read
    sheet = pd.DataFrame(rows).assign(frame="spheres")
    sheet["unit"] = [f"u{i}{columns.get('outlet', '')}" for i in range(len(sheet))]
    return sheet, sheet[["unit"]].assign(code=codes)


def truth_of(planted: Sequence[Stratum]) -> Mapping[str, float]:
    """What is estimated, by its name in the table of `codebook_validity`."""
    found = sum(size for kind, _, size, _, _ in planted if kind == "hit")
    right = sum(own for kind, _, _, own, _ in planted if kind == "hit")
    true = sum(own for _, _, _, own, _ in planted)
    return {"precision": right / found, "recall": right / true, "f1": 2 * right / (found + true), "true": true}


# ── sheets of texts, and rates put right ─────────────────────────────────────────────────────────────────────────────


def _corrected(setting: Setting, seed: int) -> dict[str, float]:
    """Rates of both outlets, put right by one sheet."""
    sizes = {name: RATES[name] for name in ("hits", "near_misses", "non_hits")}
    tokens, rates = texts_of(setting.corpus)
    sheet = coding_sheet(tokens, BOOK, **sizes, by=setting.drawn_by or None, seed=seed + READING["seed"])
    codes = sheet[["unit"]].assign(code=sheet["sentence"].str.startswith("Power").map({True: "yes", False: "no"}))
    validity = codebook_validity(sheet, codes, by=setting.drawn_by or None, seed=seed)
    ends = {"": "corrected_per_1k", "_low": "corrected_low", "_high": "corrected_high"}
    table = corrected_frequencies(rates, validity).set_index("outlet")
    return {f"rate in {name}{end}": float(row[own]) for name, row in table.iterrows() for end, own in ends.items()}


@cache
def texts_of(corpus: str) -> tuple[Tokens, pd.DataFrame]:
    """The texts of both outlets, a sentence a document, and the rates that the codebook finds."""
    rows = [
        {"outlet": outlet, "text": kind}
        for outlet, numbers in RATES["outlets"][corpus].items()
        for kind, number in zip(KINDS, numbers, strict=True)
        for _ in range(number)
    ]
    tokens = tokenize(Corpus.from_frame(pd.DataFrame(rows)))
    return tokens, frame_frequencies(tokens, BOOK, by="outlet")


def rates_of(corpus: str) -> Mapping[str, float]:
    """Sentences that use the frame per 1,000 words of each outlet."""
    return {
        f"rate in {outlet}": PER * sum(numbers[::2]) / (WORDS * sum(numbers))
        for outlet, numbers in RATES["outlets"][corpus].items()
    }


# ── the tables of the page ───────────────────────────────────────────────────────────────────────────────────────────


def reading_results() -> pd.DataFrame:
    """The results as they are committed."""
    return pd.read_csv(RESULTS, keep_default_na=False, na_values=[""]).fillna({"drawn_by": ""})


def coverage(table: pd.DataFrame) -> pd.DataFrame:
    """Coverage of each setting and measure over all its sheets, and the share of sheets without an estimate."""
    own = table.assign(defined=1 - table["undefined"], covered=table["coverage"] * (1 - table["undefined"]))
    keys = ["corpus", "drawn_by", "measure"]
    means = own.groupby(keys, sort=False)[["defined", "covered"]].mean()
    return pd.DataFrame({"coverage": means["covered"] / means["defined"], "undefined": 1 - means["defined"]})


def reading_tables(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables of the page: settings × measures; in brackets how often there is no estimate, if ever."""
    shares = coverage(table)
    bracketed = shares["undefined"].map(lambda share: f" ({share:.3f})" if share >= 0.0005 else "")
    told = (shares["coverage"].map("{:.3f}".format) + bracketed).rename("told").reset_index()
    rates = told["corpus"].isin(list(RATES["outlets"]))
    drawn = told["drawn_by"].map({"": "one factor of both", "outlet": "a factor of each"})
    told["setting"] = told["corpus"].where(~rates, told["corpus"] + "; " + drawn)
    return {
        name: own.pivot_table(index="setting", columns="measure", values="told", aggfunc="first", sort=False)
        for name, own in (("validity", told[~rates]), ("rates", told[rates]))
    }
