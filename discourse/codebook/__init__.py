"""What to look for: patterns, and the frames, actors and names of a codebook."""

from discourse.codebook.entries import KINDS, Codebook, Entry
from discourse.codebook.finds import Found, search, search_patterns
from discourse.codebook.patterns import Pattern, parse_pattern
from discourse.codebook.yaml import read_codebook

__all__ = [
    "KINDS",
    "Codebook",
    "Entry",
    "Found",
    "Pattern",
    "parse_pattern",
    "read_codebook",
    "search",
    "search_patterns",
]
