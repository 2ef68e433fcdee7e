"""What to look for: patterns, and the frames, actors and names of a codebook."""

from discourse.codebook.entries import KINDS, Codebook, Entry, Negation, known
from discourse.codebook.files.formats import read_codebook
from discourse.codebook.files.writing import write_codebook
from discourse.codebook.finds import Found, search, search_patterns
from discourse.codebook.patterns import Condition, Pattern, parse_pattern

__all__ = [
    "KINDS",
    "Codebook",
    "Condition",
    "Entry",
    "Found",
    "Negation",
    "Pattern",
    "known",
    "parse_pattern",
    "read_codebook",
    "search",
    "search_patterns",
    "write_codebook",
]
