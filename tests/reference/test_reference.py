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


def log10_normal_tail(x: float) -> float:
    """The logarithm of one tail of the normal distribution is that of G2 = x² less the doubling."""
    return float(measures.log10_p(x**2)) - float(np.log10(2))


def log10_of(name: str) -> Any:
    return lambda **given: np.log10(getattr(measures, name)(**given))


def in_base_10(name: str) -> Any:
    return lambda **given: getattr(measures, name)(**given) * np.log10(2)


def one_term(name: str) -> Any:
    return lambda counts, **given: getattr(measures, name)(np.array(counts)[:, None], **given)[0]


def limit(name: str, side: int) -> Any:
    return lambda **given: getattr(measures, name)(**given)[side]


def one_kind(side: int) -> Any:
    return lambda counts, kind: measures.goodman(counts)[side][kind]


def one_group(which: int) -> Any:
    return lambda item, group, **given: measures.pooled_log_odds(**given)[which][item, group]


def usage(spread: str) -> Any:
    """Adjusted frequencies are hits times evenness."""
    return lambda counts, **given: sum(counts) * one_term(spread)(counts, **given)


def two_cell_bic(**sides: Any) -> float:
    evidence = measures.log_likelihood(**sides, formula="two_cell")
    return float(measures.bic(evidence, sides["total_target"] + sides["total_reference"]))


def studentized_range(n_groups: int, level: float) -> float:
    quantile = measures.simultaneous_quantile(n_groups, against="pairs", level=level, adjustment="tukey")
    return float(np.sqrt(2) * quantile)


def conservative(interval: str) -> Any:
    return lambda **given: measures.conservative_log_ratio(*getattr(measures, interval)(**given))


SPREADS = "burch_da carroll_d2 dp dp_norm juilland_d kl_divergence part_range rosengren_s".split()
ADAPTERS = {
    "relative_risk_low": lambda **given: 2 ** measures.log_ratio_interval(**given)[0],
    "relative_risk_high": lambda **given: 2 ** measures.log_ratio_interval(**given)[1],
    "conservative_wald": conservative("log_ratio_interval"),
    "conservative_exact": conservative("exact_log_ratio_interval"),
    "log10_relative_risk": log10_of("relative_risk"),
    "log10_odds_ratio": log10_of("odds_ratio"),
    "log10_mutual_information": in_base_10("mutual_information"),
    "log10_mi3": in_base_10("mi3"),
    "log10_normal_tail": log10_normal_tail,
    "p_of_chi_squared": lambda **given: measures.p_value(measures.chi_squared(**given)),
    "fisher_greater_log10": lambda **given: -np.log10(measures.fisher_exact(**given, alternative="greater")),
    "log_odds_z": limit("log_odds_prior", 1),
    "pooled_delta": one_group(0),
    "pooled_z": one_group(2),
    "unsigned_collocate_log_likelihood": lambda **given: abs(measures.collocate_log_likelihood(**given)),
    **{name: one_term(name) for name in SPREADS},
    "relative_range": lambda counts, sizes: one_term("part_range")(counts) / len(sizes),
    "juilland_usage": usage("juilland_d"),
    "rosengren_usage": usage("rosengren_s"),
    "one_reduced_frequency": lambda positions, total: measures.average_reduced_frequency(
        positions, [0] * len(positions), total=total
    )[0],
    "studentized_range": studentized_range,
    "two_cell_bic": two_cell_bic,
    "delta_p_forward": limit("delta_p", 0),
    "delta_p_backward": limit("delta_p", 1),
    "garwood_low": limit("garwood", 0),
    "garwood_high": limit("garwood", 1),
    "wilson_low": limit("wilson", 0),
    "wilson_high": limit("wilson", 1),
    "clopper_pearson_low": limit("clopper_pearson", 0),
    "clopper_pearson_high": limit("clopper_pearson", 1),
    "goodman_low": one_kind(0),
    "goodman_high": one_kind(1),
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


def test_there_are_values_for_every_family_and_no_row_stands_twice():
    seen = [tuple(row.values[0].values()) for row in ROWS]
    assert len(set(seen)) == len(seen) > 200
    families = {row.id.split("-")[0] for row in ROWS}
    assert families == {path.stem for path in Path(__file__).parent.glob("*.csv")}
