"""How often and where: selection, counts that add up, and hits with their sentences."""

from discourse.counts.frequencies import frame_counts, name_counts, term_counts
from discourse.counts.matches import evidence, hits, term_hits
from discourse.counts.selection import By, Where, cell_codes, columns_of, names_of, select
from discourse.counts.store import Counts, Grouped

__all__ = [
    "By",
    "Counts",
    "Grouped",
    "Where",
    "cell_codes",
    "columns_of",
    "evidence",
    "frame_counts",
    "hits",
    "name_counts",
    "names_of",
    "select",
    "term_counts",
    "term_hits",
]
