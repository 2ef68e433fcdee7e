"""`show`: the last line of a notebook's cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

from discourse.report.bundle import make_bundle

# More rows than anybody reads on a page; a table of a large study stays complete in its CSV.
ROWS = 200


def show(
    item: pd.DataFrame | Axes | Sequence[str] | Any, *, id: str, caption: str, alt: str | None = None,
    evidence: pd.DataFrame | None = None, rows: int = ROWS,
) -> None:
    """Show a table, a figure or findings in the notebook, and hand them to the report.

    Jupyter shows static HTML. Beside it the output carries a bundle of plain data (`bundle.MIMETYPE`), and
    the report is made of these bundles. Nothing given is changed; numbers are rounded for reading only.

    Args:
        item: A table; axes (or a figure, an array of axes, a seaborn grid); or a list of sentences, as
            `findings` returns.
        id: Lower-case words joined by hyphens, unique in the study; it names the files of the report.
        caption: What is shown, in words: unit, denominator, selection. No results.
        alt: For a figure, what somebody reads who cannot see it; needed there.
        evidence: For a table, the hits that were counted: every count on the page then opens its sentences
            (columns `count`, or `count_target` and `count_reference`). For a figure or findings, the table
            they were made from, which brings its flags and numbers along, or the hits.
        rows: How many rows of a table the page shows; the CSV file always has all.

    Raises:
        ValueError: the id is no file name, the caption or the figure's alt text is empty, or a count
            differs from the number of its hits.
        TypeError: the item is none of the three kinds.

    >>> frames = pd.DataFrame({"frame": ["spheres", "corridors"], "count": [4, 11]})
    >>> show(frames, id="frames", caption="Hits per frame.")
    table frames: Hits per frame.
    """
    from IPython.display import display

    display(make_bundle(item, id=id, caption=caption, alt=alt, evidence=evidence, rows=rows))
