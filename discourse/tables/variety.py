"""How varied: the diversity of the vocabulary, text by text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse import measures as scores
from discourse.counts import By, Counts, Where, cell_codes, conditions, names_of, select
from discourse.counts.selection import layers_of, select_documents
from discourse.counts.strata import groups_of
from discourse.tokens import Encoded, Tokens

from .flags import Index, flag_column, group_masks
from .menu import Asked, Options, asked_for

MENU: Mapping[str, Callable[..., Any]] = {
    "type_token_ratio": scores.type_token_ratio,
    "mattr": scores.mattr,
    "mtld": scores.mtld,
    "hdd": scores.hdd,
    "yule_k": scores.yule_k,
}
OWN = ("types", "total", "texts", "n_documents", "flags")


def lexical_diversity(
    tokens: Encoded, *, by: By = None, where: Where | None = None, measures: Asked = tuple(MENU)
) -> pd.DataFrame:
    """How varied the vocabulary of each group is: measured in every text by itself, then averaged over the texts.

    A text is what one document has in one group. The words that count stand one after the other: what `where` leaves
    out, and the end of a sentence, are passed over.

    Args:
        tokens: the corpus.
        by: document columns, `doc_id` or layers.
        where: which tokens count.
        measures: some of `type_token_ratio, mattr, mtld, hdd` (higher = more varied) and `yule_k` (higher = less); or
            name → options, as in `{"mattr": {"window": 100}}`.

    Returns:
        One row per group: `[by…], types` (different words, each text's own, added up)`, total` (words)`, n_documents`,
        the measures`, flags`. Each measure is the mean over the texts long enough for it (`mattr` 50 words, `hdd` 42),
        `nan` where none is. The type-token ratio falls with the length of a text: compare it at one length only.

    Raises:
        ValueError: an unknown measure, option, column or value, or a group column with the name of one of the table's.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["war and war", "war and peace"]})))
    >>> lexical_diversity(tokens, measures=["type_token_ratio"])[["types", "total", "type_token_ratio"]].round(2)
       types  total  type_token_ratio
    0      5      6              0.83
    """
    asked, names = asked_for(measures, MENU), names_of(by)
    _refuse([name for name in names if name in (*OWN, *MENU)])
    layers_of(tokens, by)
    part = partial(_texts, by=names, where=conditions(tokens, where), asked=asked)
    cells = tokens.reduce(part, _all_texts)
    documents = tokens.documents[select_documents(tokens, where)]
    return _table(cells, documents, names, list(asked))


def _refuse(taken: list[str]) -> None:
    if taken:
        raise ValueError(f"by must not name a column that the table has itself; got {taken[0]!r}. Rename yours.")


def _texts(tokens: Tokens, *, by: Sequence[str], where: Where, asked: Options) -> pd.DataFrame:
    """One row per text with words: its document and layers, types, words and measures."""
    words = np.flatnonzero(select(tokens, where) & tokens.is_word)
    code, cells = cell_codes(tokens, by)
    order = np.argsort(code[words], kind="stable")
    total = np.bincount(code[words], minlength=len(cells))
    ids, offsets = tokens.term_codes[tokens.ids[words[order]]], np.concatenate([[0], np.cumsum(total)])
    ratio: NDArray[np.float64] = scores.type_token_ratio(ids, offsets)
    values = {name: MENU[name](ids, offsets, **options) for name, options in asked.items()}
    types = np.round(np.nan_to_num(ratio * total)).astype(np.int64)
    return cells.assign(types=types, total=total, **values)[total > 0]


def _all_texts(several: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(several, ignore_index=True)


def _table(cells: pd.DataFrame, documents: pd.DataFrame, by: Sequence[str], names: list[str]) -> pd.DataFrame:
    own = cells.drop(columns=["types", "total", *names])
    items = pd.Index(["types"], dtype="str", name="item")
    types = sp.csr_array(cells[["types"]].to_numpy(np.int64).reshape(-1, 1))
    counts = Counts(types, own, items, cells["total"].to_numpy(np.int64), documents, tuple(by))
    group, groups = groups_of(counts, by)
    order = groups.order()
    means = pd.DataFrame({name: _means(group, cells[name].to_numpy(float), len(groups.keys)) for name in names})
    grouped = groups.grouped(items, [sp.csr_array((len(groups.keys), 1), dtype=np.int64)] * 3)
    masks = group_masks(grouped)
    table = groups.keys.assign(
        types=np.bincount(group, cells["types"], len(groups.keys)).astype(np.int64),
        total=groups.totals,
        n_documents=groups.n_documents,
        **means,
        flags=flag_column(masks | {"descriptive": masks["few_documents"]}, len(groups.keys)),
    )
    return table.iloc[order].reset_index(drop=True)


def _means(group: Index, values: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """The mean of the values of each group, of those that are known."""
    known = ~np.isnan(values)
    number = np.bincount(group[known], minlength=size)
    return np.bincount(group[known], values[known], size) / np.where(number > 0, number, np.nan)
