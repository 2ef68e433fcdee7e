"""How right the codebook is: hits that somebody has read and coded."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from discourse import measures
from discourse._errors import StudyError, demand, listed
from discourse.codebook import Codebook, Pattern, known

CODES = ("right", "wrong")


def codebook_overview(codebook: Codebook) -> pd.DataFrame:
    """What a codebook looks for.

    Returns:
        One row per entry in its order, frames, actors, names: `kind, item` (frame, actor or referent)`, name,
        definition, patterns, excluded`.

    >>> from discourse.codebook import Entry, parse_pattern
    >>> book = Codebook(frames={"force": Entry("frame", "force", (parse_pattern("war"),), definition="Violence.")})
    >>> codebook_overview(book).values.tolist()
    [['frame', 'force', '', 'Violence.', 'war', '']]
    """
    rows = [
        (entry.kind, entry.key, entry.name, entry.definition, _listed(entry.include), _listed(entry.exclude))
        for entry in known(codebook).entries
    ]
    return pd.DataFrame(rows, columns=["kind", "item", "name", "definition", "patterns", "excluded"])


def _listed(patterns: Iterable[Pattern]) -> str:
    return "; ".join(pattern.text for pattern in patterns)


def codebook_precision(hits: pd.DataFrame, coded: str | Path | pd.DataFrame | None) -> pd.DataFrame:
    """The share of hits that a reader found right.

    Args:
        hits: made by `hits(tokens, codebook)`.
        coded: a table (or CSV file) with `hit_id` and `code` (`right` or `wrong`); None: nothing was coded.

    Returns:
        One row per kind and what was looked for, by kind, then name: `kind, item, count, coded, right, precision,
        low, high, interval`. `precision` is `nan` where nothing was coded. `low, high` are Wilson limits.

    Raises:
        StudyError: the file has no such columns or another code; the message names the line.

    >>> found = pd.DataFrame({"hit_id": ["1", "2"], "kind": "frame", "frame": "force", "actor": "", "referent": ""})
    >>> coded = pd.DataFrame({"hit_id": ["1", "2"], "code": ["right", "wrong"]})
    >>> codebook_precision(found, coded)[["item", "count", "coded", "right", "precision"]].values.tolist()
    [['force', 2, 2, 1, 0.5]]
    """
    demand(hits, ("hit_id", "kind", "frame", "actor", "referent"), "hits", name="hits")
    codes = _codes(coded)
    item = hits["frame"] + hits["actor"].where(hits["kind"] == "actor", "") + hits["referent"]
    code = hits["hit_id"].map(codes).astype("str")
    read = pd.DataFrame({"kind": hits["kind"], "item": item, "code": code, "right": (code == "right").astype("int64")})
    table = read.groupby(["kind", "item"], as_index=False).agg(
        count=("code", "size"), coded=("code", "count"), right=("right", "sum")
    )
    table["precision"] = table["right"] / table["coded"].where(table["coded"] > 0)
    table["low"], table["high"] = measures.wilson(table["right"], table["coded"])
    return table.assign(interval="Wilson counting interval, 95 %")


def _codes(coded: str | Path | pd.DataFrame | None) -> dict[str, str]:
    given: object = coded
    if not isinstance(given, str | Path | pd.DataFrame | None):
        raise ValueError(
            f"coded must be a table or the path of one; got a {type(given).__name__}. Give hit_id and code."
        )
    if coded is None:
        return {}
    name = "coded" if isinstance(coded, pd.DataFrame) else Path(coded).name
    if not isinstance(coded, pd.DataFrame) and not Path(coded).is_file():
        raise StudyError(f"{coded}: there is no such file. Check the path, or leave coded None.")
    table = coded if isinstance(coded, pd.DataFrame) else pd.read_csv(coded, dtype=str, keep_default_na=False)
    for column in ("hit_id", "code"):
        if column not in table.columns:
            raise StudyError(f"{name}: there is no column {column!r}. Give one row per hit with hit_id and code.")
    for line, code in enumerate(table["code"], start=2):
        if code not in CODES:
            raise StudyError(f"{name}, line {line}: code must be {listed(CODES)}; got {code!r}.")
    twice = table[table["hit_id"].duplicated()]
    if len(twice):
        raise StudyError(f"{name}: the hit {twice['hit_id'].iloc[0]!r} is coded twice. Keep one row.")
    return dict(zip(table["hit_id"], table["code"], strict=True))
