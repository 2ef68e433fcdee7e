"""How often and where: selection, counts that add up, and hits with their sentences."""

from discourse.counts.cluster import Distributed, encode, on_cluster
from discourse.counts.frequencies import counted, frame_counts, name_counts, term_counts
from discourse.counts.groups import Grouped, added, adder, cells_at
from discourse.counts.matches import evidence, hit_spans, hits, term_hits
from discourse.counts.selection import By, Where, cell_codes, conditions, labels, names_of, select
from discourse.counts.store import Counts

__all__ = [
    "By",
    "Counts",
    "Distributed",
    "Grouped",
    "Where",
    "added",
    "adder",
    "cell_codes",
    "cells_at",
    "conditions",
    "counted",
    "encode",
    "evidence",
    "frame_counts",
    "hit_spans",
    "hits",
    "labels",
    "name_counts",
    "names_of",
    "on_cluster",
    "select",
    "term_counts",
    "term_hits",
]
