"""Simulate all settings (`make coverage`): writes the results, and the tables of the pages that show them."""

from __future__ import annotations

import pandas as pd
from tqdm import tqdm

from . import reading, simulate, size, spread, verdict


def main() -> None:
    """Write what came out."""
    for kind in (simulate, spread, size, reading):
        table = pd.concat([kind.simulated(cell) for cell in tqdm(list(kind.cells()))], ignore_index=True)
        kind.RESULTS.write_text(simulate.written(table), encoding="utf-8")
    verdict.write_pages()


if __name__ == "__main__":
    main()
