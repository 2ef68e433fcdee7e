"""How evenly: the dispersion of terms over the parts of a corpus."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy.sparse as sp

from discourse import measures
from discourse._errors import choose
from discourse.counts import Where, select
from discourse.counts.groups import tallied
from discourse.tokens import Tokens

from .flags import Index
from .rows import order_by


def dispersion(tokens: Tokens, *, parts: str = "document", where: Where | None = None) -> pd.DataFrame:
    """How evenly each term is spread.

    Args:
        tokens: the corpus.
        parts: `document`, `paragraph` or `sentence`.
        where: which tokens count.

    Returns:
        One row per term, by count (descending), then term: `term, count, total, range` (parts with the term)`,
        n_parts, dp, dp_norm`. DP: 0 = spread like the sizes of the parts, towards 1 = all in one small part;
        `dp_norm` is scaled so that 1 can be reached, `nan` with one part.

    Source: Gries (2008); Lijffijt and Gries (2012).

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["war war", "peace war"]})))
    >>> dispersion(tokens)[["term", "count", "range", "dp"]].round(2).values.tolist()
    [['war', 3, 2, 0.17], ['peace', 1, 1, 0.5]]
    """
    choose("parts", parts, ["document", "paragraph", "sentence"])
    words = np.flatnonzero(select(tokens, where) & tokens.is_word)
    counts, sizes = _cross_table(tokens, words, parts)
    total = np.asarray(counts.sum(axis=0))
    present = np.flatnonzero(total)
    kept = counts[:, present]
    table = pd.DataFrame(
        {
            "term": tokens.terms.to_numpy(object)[present],
            "count": total[present],
            "total": len(words),
            "range": measures.part_range(kept),
            "n_parts": len(sizes),
            "dp": measures.dp(kept, sizes),
            "dp_norm": measures.dp_norm(kept, sizes),
        }
    )
    return table.loc[order_by(-table["count"], table["term"])].reset_index(drop=True)


def _cross_table(tokens: Tokens, words: Index, parts: str) -> tuple[sp.csr_array, Index]:
    """Hits, parts × terms, and the words of each part; parts without words are none."""
    owner = tokens.documents_of(words) if parts == "document" else tokens.layer(parts).runs(words)
    used, part = np.unique(owner, return_inverse=True)
    codes = tokens.term_codes[tokens.ids[words]]
    counts = tallied(part, codes.astype(np.int64), (len(used), len(tokens.terms)))
    return counts, np.bincount(part, minlength=len(used))
