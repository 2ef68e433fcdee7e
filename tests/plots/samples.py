"""A small table for each function, with labels that an innocent drawing would trip over."""

from __future__ import annotations

import itertools

import pandas as pd

HOSTILE = r"$\frac$ <b>_"
PAPER = "_$x$ & co"


def overview() -> pd.DataFrame:
    return pd.DataFrame({"doc_id": ["a1", HOSTILE, "b1"], "paper": [PAPER, PAPER, "B"], "prose_words": [1200, 300, 50]})


def terms() -> pd.DataFrame:
    rows = [(PAPER, HOSTILE, 3, 3.0), (PAPER, "peace", 1, 1.0), ("B", "peace", 4, 8.0), ("B", "lake", 1, 2.0)]
    return pd.DataFrame(rows, columns=["paper", "term", "count", "per_1k"])


def frames() -> pd.DataFrame:
    cells = itertools.product([(PAPER, "a1"), (PAPER, "a2"), ("B", "b1")], [HOSTILE, "war"])
    rows = [(group, doc, frame, i % 4, 500) for i, ((group, doc), frame) in enumerate(cells)]
    return pd.DataFrame(rows, columns=["paper", "doc_id", "frame", "count", "total"])


def keys() -> pd.DataFrame:
    names = [HOSTILE, *(f"term {i}" for i in range(60))]
    ratio = [(i - 30) / 7 for i in range(61)]
    return pd.DataFrame(
        {"paper": PAPER, "reference": "B", "term": names, "count_target": range(61), "count_reference": 3,
         "log_ratio": ratio, "log_odds_z": [value * 1.5 for value in ratio]}
    )


def names() -> pd.DataFrame:
    rows = [(PAPER, "war", 3, 4), (PAPER, HOSTILE, 1, 4), ("B", "war", 0, 0), ("B", HOSTILE, 0, 0)]
    table = pd.DataFrame(rows, columns=["paper", "name", "count", "total"])
    table.insert(1, "referent", "the war")
    return table


def voices() -> pd.DataFrame:
    rows = [(PAPER, HOSTILE, "author", 75, 100), (PAPER, HOSTILE, "quoted", 25, 100), ("B", "b1", "author", 10, 10)]
    return pd.DataFrame(rows, columns=["paper", "doc_id", "voice", "count", "total"])


def positions() -> pd.DataFrame:
    rows = [("a1", HOSTILE, 0.0, "author"), ("a1", HOSTILE, 0.5, "quoted"), (HOSTILE, "war", 1.0, "author")]
    return pd.DataFrame(rows, columns=["doc_id", "frame", "position", "voice"])


def pairs() -> pd.DataFrame:
    return pd.DataFrame({"a": [HOSTILE, HOSTILE, "b"], "b": ["b", "c", "c"], "similarity": [0.5, 0.25, 1.0]})


def specifications() -> pd.DataFrame:
    grid = itertools.product(["all", "author"], ["", HOSTILE])
    table = pd.DataFrame(list(grid), columns=["voices", "left_out"])
    table.insert(0, "specification", range(4))
    holds = pd.array([True, None, True, False], "boolean")
    return table.assign(count_target=5, estimate=[1.5, float("nan"), 0.5, -0.25], holds=holds)


def spread() -> pd.DataFrame:
    return pd.DataFrame(
        {"term": [HOSTILE, "war"], "count": [3, 9], "range": [1, 2], "n_parts": 2, "dp": [0.5, 0.1]}
    )
