"""From counts to a table: keyness of a vocabulary as large as that of a newspaper archive."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy.sparse as sp

from discourse import Counts, keyness

from .contenders import Contender, size_in
from .texts import Text

TERMS = 300_000
DOCUMENTS = 20  # ten a group
WORDS = 10_000_000
SEED = 1935


def key_terms(text: Text) -> list[Contender]:
    """All terms of one group compared with the other; the text plays no part."""
    counts = zipf_counts()
    return [
        Contender(
            "keyness, 300,000 terms",
            lambda: keyness(counts, by="group", target="A", min_count=1, min_documents=1),
            True,
            found=size_in("rows"),
            warm=True,
        )
    ]


def zipf_counts(terms: int = TERMS, words: int = WORDS) -> Counts:
    """Counts by rank as Zipf's law has them, every term at least once, drawn for each document; seeded."""
    generator = np.random.default_rng(SEED)
    share = 1 / np.arange(1, terms + 1)
    drawn = generator.poisson(words / DOCUMENTS * share / share.sum(), (DOCUMENTS, terms))
    drawn[generator.integers(0, DOCUMENTS, terms), np.arange(terms)] += 1
    documents = pd.DataFrame({"group": ["A", "B"] * (DOCUMENTS // 2)}, index=[f"d{i}" for i in range(DOCUMENTS)])
    return Counts.from_matrix(sp.csr_array(drawn), [f"term{i:06}" for i in range(terms)], documents)
