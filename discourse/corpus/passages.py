"""Passages that occur more than once."""

from __future__ import annotations

import pandas as pd

from discourse.corpus.documents import Corpus


def repeated_passages(corpus: Corpus, *, min_words: int = 8) -> pd.DataFrame:
    """Pair passages that repeat."""
    raise NotImplementedError


def later_copies(passages: pd.DataFrame) -> pd.DataFrame:
    """Return the spans of later copies."""
    raise NotImplementedError
