"""What follows from the results: where each method starts, which one wins, and the tables of the pages."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from . import spread
from .reading import PAGE as PAGE_OF_READING
from .reading import reading_results, reading_tables
from .simulate import HERE, RESULTS, SETTINGS
from .size import NULL, by_setting, sizes_of_p

PAGE = HERE.parent.parent / "docs" / "uncertainty.md"
RULE = SETTINGS["rule"]
SIZES = {"size": "p", "later": "later"}  # marks in the page, and which p stand there


def results() -> pd.DataFrame:
    """The results as they are committed."""
    return pd.read_csv(RESULTS)


def spread_results() -> pd.DataFrame:
    """The results for limits of DP as they are committed."""
    return pd.read_csv(spread.RESULTS)


def asked(table: pd.DataFrame) -> pd.DataFrame:
    """The settings that the rule asks for."""
    return table[table["item"].isin(RULE["asked"])]


def starts(table: pd.DataFrame) -> pd.Series:
    """The number of documents from which on each method covers enough in every setting asked; `nan` if never."""
    worst = asked(table).pivot_table(index="documents", columns="method", values="coverage", aggfunc="min")
    enough = (worst >= RULE["enough"])[::-1].cummin()
    return enough.apply(lambda own: own.index[own].min() if own.any() else np.nan)


def distances(table: pd.DataFrame) -> pd.Series:
    """How far from the level each method's coverage lies on average, from its start on."""
    first = starts(table)
    own = asked(table)
    own = own[own["documents"] >= own["method"].map(first)]
    return (own["coverage"] - SETTINGS["level"]).abs().groupby(own["method"]).mean()


def winner(table: pd.DataFrame, without_draws: list[str] = SETTINGS["without_draws"]) -> tuple[str, int]:
    """The method of the tables and the number of documents it needs, by the rule of the settings."""
    first, distance = starts(table), distances(table)
    early = distance[first[first == first.min()].index].sort_values(kind="stable")
    near = early[early < early.iloc[0] + RULE["close"]]
    calm = [name for name in near.index if name in without_draws]
    return str([*calm, near.index[0]][0]), int(first.min())


# ── tables of the page ───────────────────────────────────────────────────────────────────────────────────────────


def tables(table: pd.DataFrame) -> dict[str, str]:
    """The tables by name, as Markdown."""
    own = asked(table)
    by = {"index": "documents", "columns": "method"}
    order = SETTINGS["methods"]
    lowest = own.pivot_table(**by, values="coverage", aggfunc="min")[order]
    mean = own.pivot_table(**by, values="coverage", aggfunc="mean")[order]
    name, _ = winner(table)
    chosen = table[table["method"] == name]
    return {
        "start": _starts(table, order),
        "lowest": _markdown(lowest.map("{:.3f}".format)),
        "mean": _markdown(mean.map("{:.3f}".format)),
        "winner": _winner(chosen),
        "rare": _markdown(_rare(table)[order]),
        "width": _markdown(_widths(own)[order]),
    }


def tables_of_spread(table: pd.DataFrame) -> dict[str, str]:
    """The tables on limits of DP by name, as Markdown."""
    by, order = {"index": "documents", "columns": "method"}, spread.SETTINGS["methods"]
    lowest = asked(table).pivot_table(**by, values="coverage", aggfunc="min")[order]
    ordinary = table[table["item"] == RULE["asked"][0]]
    wide = ordinary.pivot_table(**by, values="mean_width", aggfunc="mean")[order]
    name, _ = winner(table, spread.SETTINGS["without_draws"])
    return {
        "dp start": _starts(table, order),
        "dp lowest": _markdown(lowest.map("{:.3f}".format)),
        "dp winner": _winner(table[table["method"] == name].assign(statistic="DP")),
        "dp width": _markdown(wide.map("{:.2g}".format).replace("nan", "")),
    }


def _starts(table: pd.DataFrame, methods: list[str]) -> str:
    found = pd.DataFrame({"documents needed": starts(table), "mean distance from .95": distances(table)})
    found = found.loc[methods]
    found["documents needed"] = found["documents needed"].map(lambda n: "never" if np.isnan(n) else f"{n:.0f}")
    found["mean distance from .95"] = found["mean distance from .95"].map("{:.4f}".format)
    return _markdown(found)


def _winner(chosen: pd.DataFrame) -> str:
    """Coverage of the winner in each setting, with the misses on each side."""
    told = [f"{c:.3f} ({a:.3f}, {b:.3f})" for c, a, b in chosen[["coverage", "above", "below"]].to_numpy()]
    shown = chosen.assign(told=told, setting=chosen["statistic"] + ", " + chosen["item"])
    blocks = []
    for model, own in shown.groupby("model", sort=False):
        wide = own.pivot_table(index="documents", columns="setting", values="told", aggfunc="first", sort=False)
        blocks.append(f"Model `{model}`:\n\n{_markdown(wide)}")
    return "\n\n".join(blocks)


def _rare(table: pd.DataFrame) -> pd.DataFrame:
    rare = table[~table["item"].isin(RULE["asked"])]
    by = {"index": "documents", "columns": "method"}
    lowest = rare.pivot_table(**by, values="coverage", aggfunc="min")
    undefined = rare.pivot_table(**by, values="undefined", aggfunc="max")
    return lowest.map("{:.2f}".format) + " (" + undefined.map("{:.2f}".format) + ")"


def _widths(own: pd.DataFrame) -> pd.DataFrame:
    """Mean widths for the log ratio, the one statistic whose unit is the same for all items."""
    ratios = own[(own["statistic"] == "log_ratio") & (own["item"] == RULE["asked"][0])]
    wide = ratios.pivot_table(index="documents", columns="method", values="mean_width", aggfunc="mean")
    return wide.map("{:.3g}".format).replace("nan", "")


def _markdown(table: pd.DataFrame) -> str:
    head = [str(table.index.name or "method"), *map(str, table.columns)]
    rows = [[str(index), *map(str, row)] for index, row in zip(table.index, table.to_numpy(), strict=True)]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def page_with(tables: dict[str, str], text: str) -> str:
    """The page with these tables between its marks."""
    for name, table in tables.items():
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        text = re.sub(f"{begin}.*?{end}", f"{begin}\n\n{table}\n\n{end}", text, flags=re.DOTALL)
    return text


def every_table() -> dict[str, str]:
    """All tables of the page."""
    of_size = {mark: _markdown(by_setting(sizes_of_p(), NULL[own])) for mark, own in SIZES.items()}
    return tables(results()) | tables_of_spread(spread_results()) | of_size


def tables_of_reading() -> dict[str, str]:
    """The tables of the page on how right a codebook is."""
    return {name: _markdown(table) for name, table in reading_tables(reading_results()).items()}


def write_pages() -> None:
    """Put the tables into the pages."""
    for page, own in ((PAGE, every_table()), (PAGE_OF_READING, tables_of_reading())):
        page.write_text(page_with(own, page.read_text(encoding="utf-8")), encoding="utf-8")
