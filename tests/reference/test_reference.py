"""Every measure against values that nobody here computed: papers, textbooks, the documentation of other tools.

A row: measure, inputs, the value as printed, half a unit in its last printed digit, and the value of a rival formula,
which must be outside that tolerance. Sources that print more digits than two implementations share are
rounded, and say so.
"""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from discourse import measures

FLOATING_POINT = 1e-12


def relative_risk(**sides: float) -> float:
    return 2 ** float(measures.log_ratio(**sides))


def relative_risk_limit(side: int, **sides: float) -> float:
    return 2 ** float(measures.log_ratio_interval(**sides)[side])


def log10_normal_tail(x: float) -> float:
    """The logarithm of one tail of the normal distribution is that of G2 = x² less the doubling."""
    return float(measures.log10_p(x**2)) - float(np.log10(2))


def one_term(name: str, counts: list[float], **sizes: Any) -> float:
    return float(getattr(measures, name)(np.array(counts)[:, None], **sizes)[0])


ADAPTERS = {
    "relative_risk": relative_risk,
    "relative_risk_low": lambda **given: relative_risk_limit(0, **given),
    "relative_risk_high": lambda **given: relative_risk_limit(1, **given),
    "log10_normal_tail": log10_normal_tail,
    "log_odds_z": lambda **given: measures.log_odds_prior(**given)[1],
    "dice": lambda **given: 2 ** (measures.log_dice(**given) - 14),
    "dp": lambda **given: one_term("dp", **given),
    "dp_norm": lambda **given: one_term("dp_norm", **given),
    "part_range": lambda **given: one_term("part_range", **given),
    "garwood_low": lambda **given: measures.garwood(**given)[0],
    "garwood_high": lambda **given: measures.garwood(**given)[1],
    "wilson_low": lambda **given: measures.wilson(**given)[0],
    "wilson_high": lambda **given: measures.wilson(**given)[1],
    "benjamini_hochberg": lambda p, index: measures.benjamini_hochberg(p)[index],
    "cosine_distance": lambda counts: 1 - measures.cosine_similarity(counts)[0, 1],
    "jaccard_distance": lambda counts: 1 - measures.jaccard_similarity(counts)[0, 1],
}


def reference_rows() -> list[Any]:
    rows = []
    for file in sorted(Path(__file__).parent.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines), start=2):
                rows.append(pytest.param(row, id=f"{file.stem}-{number}-{row['measure']}"))
    return rows


ROWS = reference_rows()


@pytest.mark.parametrize("row", ROWS)
def test_measure_gives_the_published_value_to_its_last_printed_digit(row: dict[str, str]) -> None:
    measure = ADAPTERS.get(row["measure"]) or getattr(measures, row["measure"])
    computed = float(measure(**json.loads(row["inputs"])))
    assert abs(computed - float(row["expected"])) <= float(row["tolerance"]) + FLOATING_POINT, row["source"]


@pytest.mark.parametrize("row", [row for row in ROWS if row.values[0]["rival"]])
def test_a_rival_formula_would_be_noticed(row: dict[str, str]) -> None:
    assert row["rival_formula"]
    assert abs(float(row["rival"]) - float(row["expected"])) > float(row["tolerance"])


@pytest.mark.parametrize("row", ROWS)
def test_tolerance_is_half_a_unit_in_the_last_printed_digit(row: dict[str, str]) -> None:
    exponent = Decimal(row["expected"]).as_tuple().exponent
    assert Decimal(row["tolerance"]) == Decimal(5).scaleb(int(exponent) - 1)
    assert row["source"]
