"""Run tools that cannot be installed beside the package on random tables, and write down what they say.

    python -m venv peers
    peers/bin/pip install association-measures==0.3.2 krippendorff==0.9.0 lexicalrichness==0.5.1
    peers/bin/python tests/reference/record.py

association-measures wants a pandas older than ours, krippendorff is under the GPL, lexicalrichness has no wheel and
would be built with whatever setuptools is newest. Nothing of the package is used here, so that none of it can leak in.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

RECORDED = Path(__file__).parent / "recorded.json"
DIGITS = 12
SEED = 20261123


def numbers(values: Any) -> list[float | str | None]:
    """Numbers as JSON has them: 12 significant digits, infinities by name, none for what is undefined."""
    told = [float(f"{value:.{DIGITS}g}") for value in values]
    return [value if np.isfinite(value) else None if np.isnan(value) else str(value) for value in told]


def of_lexicalrichness(rng: np.random.Generator) -> dict[str, Any]:
    from lexicalrichness import LexicalRichness

    texts = [(rng.zipf(a, size) % 1999).tolist() for a in (1.1, 1.3, 1.8) for size in (50, 101, 180, 321)]
    different = LexicalRichness([str(word) for word in range(60)], preprocessor=None, tokenizer=None)
    made = [LexicalRichness([str(word) for word in text], preprocessor=None, tokenizer=None) for text in texts]
    return {
        "texts": texts,
        "ttr": numbers(one.ttr for one in made),
        "mattr(window_size=25)": numbers(one.mattr(window_size=25) for one in made),
        "mtld()": numbers(one.mtld() for one in made),
        "mtld(threshold=0.6)": numbers(one.mtld(threshold=0.6) for one in made),
        "hdd()": numbers(one.hdd() for one in made),
        "hdd(draws=20)": numbers(one.hdd(draws=20) for one in made),
        "yulek": numbers(one.yulek for one in made),
        "mtld() of 60 different words": different.mtld(),
    }


def of_krippendorff(rng: np.random.Generator) -> dict[str, Any]:
    import krippendorff

    tables = []
    for coders, units in ((2, 12), (3, 20), (5, 9), (4, 40), (2, 60)):
        truth = rng.integers(1, 6, (units, 1))
        ratings = np.where(rng.random((units, coders)) < 0.6, truth, rng.integers(1, 6, (units, coders))).astype(float)
        ratings[rng.random((units, coders)) < 0.15] = np.nan
        tables.append(ratings)
    scales = {
        scale: numbers(
            krippendorff.alpha(reliability_data=table.T, level_of_measurement=scale, value_domain=[1, 2, 3, 4, 5])
            for table in tables
        )
        for scale in ("nominal", "ordinal", "interval", "ratio")
    }
    return {"ratings": [[numbers(row) for row in table] for table in tables], **scales}


def of_association_measures(rng: np.random.Generator) -> dict[str, Any]:
    import pandas as pd
    from association_measures.measures import score

    words = {"N1": 20_000, "N2": 90_000}
    rates = rng.gamma(0.4, 60, (60, 2)) * [0.3, 1]
    hits = rng.poisson(rates)
    hits[:3] = [[0, 7], [9, 0], [1, 1]]
    frame = pd.DataFrame(hits, columns=["f1", "f2"])
    told = {}
    for options in (
        {"measures": ["log_likelihood", "z_score", "t_score", "dice", "mutual_information"]},
        {"measures": ["log_ratio"], "discounting": "Walter1975", "disc": 0.5},
        {"measures": ["log_ratio"], "discounting": "Hardie2014", "disc": 0.5},
        {"measures": ["conservative_log_ratio"], "boundary": "poisson", "disc": 0.5, "vocab": 60},
        {"measures": ["conservative_log_ratio"], "boundary": "normal", "disc": 0.5, "vocab": 60},
        {"measures": ["conservative_log_ratio"], "boundary": "poisson", "correct": "Sidak", "vocab": 60},
    ):
        table = score(frame, **words, freq=False, digits=None, **options)
        named = [name for name in ("discounting", "boundary", "correct") if name in options]
        chosen = ", ".join(f"{name}={options[name]}" for name in named)
        told |= {f"{name}({chosen})": numbers(table[name]) for name in options["measures"]}
    return {"hits": hits.tolist(), "words": list(words.values()), **told}


def main() -> None:
    peers = {
        "association-measures": of_association_measures,
        "krippendorff": of_krippendorff,
        "lexicalrichness": of_lexicalrichness,
    }
    told = {f"{name} {version(name)}": peer(np.random.default_rng(SEED)) for name, peer in peers.items()}
    blocks = []
    for peer, answers in told.items():
        lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(answer)}" for name, answer in answers.items())
        blocks.append(f" {json.dumps(peer)}: {{\n{lines}\n }}")
    RECORDED.write_text("{\n" + ",\n".join(blocks) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
