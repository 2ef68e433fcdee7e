"""Simulate all settings (`make coverage`): writes results.csv and the tables of docs/uncertainty.md."""

from __future__ import annotations

import pandas as pd
from tqdm import tqdm

from .simulate import RESULTS, cells, simulated, written
from .verdict import results, write_page


def main() -> None:
    """Write what came out."""
    table = pd.concat([simulated(cell) for cell in tqdm(list(cells()))], ignore_index=True)
    RESULTS.write_text(written(table), encoding="utf-8")
    write_page(results())


if __name__ == "__main__":
    main()
