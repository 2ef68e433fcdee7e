"""A figure as SVG and PNG whose bytes depend on what is drawn and on nothing else."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Two pixels for each of a page's, as fine screens have them.
DPI = 192
HASHSALT = "discourse"
# Dates, versions and addresses would change from build to build.
SVG_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
PNG_METADATA = {"Software": None}

PLACES = re.compile(r' (?:d|x|y)="[^"]*"')
LONG = re.compile(r"-?\d+\.\d{3,}")


def figure_of(item: Any) -> Any:
    """Return the figure of axes, of an array of axes, of a seaborn grid, or the figure itself.

    Raises:
        TypeError: the item is neither a table, nor sentences, nor something drawn.
    """
    first = item.flat[0] if hasattr(item, "flat") else item
    figure = first if hasattr(first, "savefig") and hasattr(first, "axes") else getattr(first, "figure", None)
    if figure is None or not hasattr(figure, "savefig"):
        raise TypeError(
            f"item must be a table (DataFrame), axes, or a list of sentences; got {type(item).__name__}. "
            "Give the result of a function of discourse.tables, discourse.plots or findings()."
        )
    return figure


def drawn(figure: Figure) -> tuple[str, bytes]:
    """Draw a figure as SVG text and PNG bytes, and close it so that Jupyter does not show it twice."""
    import matplotlib as mpl
    from matplotlib import pyplot as plt

    with mpl.rc_context({"svg.hashsalt": HASHSALT, "svg.fonttype": "path"}):
        svg = _saved(figure, "svg", SVG_METADATA)
        png = _saved(figure, "png", PNG_METADATA)
    plt.close(figure)
    return _rounded(svg.decode("utf-8").replace("\r\n", "\n")), png


def _rounded(svg: str) -> str:
    """Write places to a hundredth of a point, which nobody can see, instead of a millionth."""
    return PLACES.sub(lambda places: LONG.sub(lambda number: f"{float(number[0]):.2f}", places[0]), svg)


def _saved(figure: Figure, format: str, metadata: dict[str, None]) -> bytes:
    page = io.BytesIO()
    figure.savefig(
        page, format=format, dpi=DPI, bbox_inches="tight", facecolor="white", metadata=metadata
    )
    return page.getvalue()
