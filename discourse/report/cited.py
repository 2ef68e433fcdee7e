"""Which hits stand behind which count of a table: as many as the count says, or an error."""

from __future__ import annotations

import pandas as pd

# One hit may stand in several rows (a frame with two actors), so its place and not its id says which row is meant.
POSITION = "position in hits"
COUNTS = ("count", "count_target", "count_reference")


def cited(table: pd.DataFrame, hits: pd.DataFrame) -> dict[str, list[list[int]]]:
    """Return for each count column the positions in `hits` behind every row of the table.

    A row of a keyness table has two counts: `count_target` cites the hits of its group,
    `count_reference` those of the group named in `reference`, or of all other groups.

    Raises:
        ValueError: the hits have no `hit_id`, the table has no count, or a count differs from the
            number of its hits.
    """
    if "hit_id" not in hits.columns:
        raise ValueError("evidence must be hits with a column 'hit_id'. Give what hits() returned.")
    columns = [column for column in COUNTS if column in table.columns]
    if not columns:
        raise ValueError(
            f"evidence needs a table with a column {' or '.join(COUNTS)}; got {', '.join(table.columns)}."
        )
    placed = hits.assign(**{POSITION: range(len(hits))})
    rows = [row for _, row in table.iterrows()]
    return {column: [_behind(row, column, placed) for row in rows] for column in columns}


def _behind(row: pd.Series, column: str, hits: pd.DataFrame) -> list[int]:
    from discourse.counts.matches import agreeing

    found = agreeing(*_reference(row, hits)) if column == "count_reference" else agreeing(hits, row)
    if len(found) != int(row[column]):
        raise ValueError(
            f"row {row.name} ({_name(row)}): {column} is {int(row[column])}, its evidence has {len(found)} rows. "
            "Give the hits that were counted, selected with the same `where`."
        )
    return [int(position) for position in found[POSITION]]


def _reference(row: pd.Series, hits: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Return the hits of the reference and the row without its group, which names the target."""
    from discourse.counts import labels

    columns = [str(column) for column in row.index]
    groups = [column for column in columns[: columns.index("reference")] if column in hits.columns]
    side = pd.Series([" ".join(key) for key in zip(*(labels(hits[name]) for name in groups), strict=True)], dtype="str")
    target = " ".join(str(value) for value in labels([row[name] for name in groups]))
    named = side.isin([str(row["reference"]), *str(row["reference"]).split(", ")])
    chosen = named if named.any() else side != target
    return hits[chosen.to_numpy()], row.drop(groups)


def _name(row: pd.Series) -> str:
    """Name a row by the cells that come before its first count."""
    names = []
    for column, value in row.items():
        if column in COUNTS:
            break
        names.append(f"{column}={value!r}")
    return ", ".join(names)
