"""Simulate all settings (`make coverage`): writes results.csv, spread.csv and the tables of docs/uncertainty.md."""

from __future__ import annotations

import pandas as pd
from tqdm import tqdm

from . import simulate, size, spread, verdict


def main() -> None:
    """Write what came out."""
    for kind in (simulate, spread, size):
        table = pd.concat([kind.simulated(cell) for cell in tqdm(list(kind.cells()))], ignore_index=True)
        kind.RESULTS.write_text(simulate.written(table), encoding="utf-8")
    verdict.write_page()


if __name__ == "__main__":
    main()
