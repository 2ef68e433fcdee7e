"""About whom: the actors that frames are bound to, or only mentioned beside."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy.sparse as sp

from discourse.codebook import Codebook
from discourse.counts import By, Grouped, Where, cell_codes, frame_counts, hits, names_of, select
from discourse.tokens import Tokens

from .flags import row_flags

ROLES = ("agent", "target", "co_mention", "none")
RULES = {"agent": "slot of the pattern", "target": "slot of the pattern", "co_mention": "same sentence", "none": ""}


def frame_actor_hits(tokens: Tokens, codebook: Codebook, *, where: Where | None = None) -> pd.DataFrame:
    """Every frame hit with each actor it has to do with, and in which role.

    Only a pattern's own slot makes an agent or a target. An actor that is merely mentioned in the same sentence is a
    co-mention, and a hit without any actor stays unbound (role `none`); nothing is bound by nearness.

    Returns:
        The columns of `hits`, with `actor` and `role`; one row per hit, actor and role.
    """
    found = hits(tokens, codebook, where=where)
    frames, actors = found[found["kind"] == "frame"], found[found["kind"] == "actor"]
    slots = [frames.assign(actor=frames[role], role=role)[frames[role] != ""] for role in ("agent", "target")]
    place = ["doc_id", "sentence"]
    beside = frames.drop(columns="actor").merge(actors[[*place, "actor"]].drop_duplicates(), on=place)
    beside = beside[(beside["actor"] != beside["agent"]) & (beside["actor"] != beside["target"])]
    bound = pd.concat([*slots, beside.assign(role="co_mention")])
    alone = frames[~frames["hit_id"].isin(bound["hit_id"])].assign(actor="", role="none")
    table = pd.concat([bound, alone])
    order = np.lexsort([table["actor"], table["role"], table["frame"], table["start"], _rank(tokens, table)])
    return table.iloc[order].reset_index(drop=True)[[*found.columns, "role"]]


def _rank(tokens: Tokens, table: pd.DataFrame) -> np.ndarray:
    return np.asarray(tokens.corpus.documents.index.get_indexer(pd.Index(table["doc_id"])))


def frame_actors(
    tokens: Tokens, codebook: Codebook, *, by: By = None, where: Where | None = None
) -> pd.DataFrame:
    """Whom each frame is about: who acts, on whom, and who is only mentioned beside it.

    Args:
        tokens: the corpus.
        codebook: frames and actors; slots `{agent}` and `{target}` in frame patterns bind.
        by: document columns or layers.
        where: which tokens count.

    Returns:
        One row per group, frame, actor and role that occurs, by group, frame, role, count (descending), actor:
        `[by…], frame, actor, role, rule, count` (hits of the frame with this actor in this role)`, total` (hits
        of the frame in the group)`, share, expected, log_odds, documents, n_documents, flags`. For co-mentions,
        `expected` is what independence of frame and actor over the group's sentences would give, and `log_odds`
        the natural log odds ratio of the actor's presence in sentences with and without the frame (0.5 added to
        each cell); `nan` for the other roles.

    >>> from discourse.codebook import Entry, parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> book = Codebook(
    ...     frames={"hold": Entry("frame", "hold", tuple(map(parse_pattern, ["containment", "{target} containment"])))},
    ...     actors={"Russia": Entry("actor", "Russia", (parse_pattern("Russia*"),))})
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["Russian containment. Containment!"]})))
    >>> frame_actors(tokens, book)[["frame", "actor", "role", "count", "total"]].values.tolist()
    [['hold', 'Russia', 'target', 1, 2], ['hold', '', 'none', 1, 2]]
    """
    names = names_of(by)
    grouped = frame_counts(tokens, codebook, by=by, where=where).grouped(names)
    found = hits(tokens, codebook, where=where)
    bound = frame_actor_hits(tokens, codebook, where=where)
    bound["group"] = _group_of(bound, grouped.keys, names)
    cells = _cells(bound, grouped)
    words = _words(tokens, grouped.keys, names, where)
    cells = cells.join(_association(tokens, bound, found[found["kind"] == "actor"], words, cells))
    group = cells["group"].to_numpy(np.int64)
    cells["flags"] = row_flags(grouped, names, group, cells["count"], cells["top"])
    table = grouped.keys.iloc[group].reset_index(drop=True).join(cells[COLUMNS])
    order = np.lexsort([cells["actor"], -cells["count"], cells["role"].map(ROLES.index), cells["frame"], group])
    return table.iloc[order].reset_index(drop=True)


COLUMNS = ["frame", "actor", "role", "rule", "count", "total", "share", "expected", "log_odds"]
COLUMNS += ["documents", "n_documents", "flags"]


def _cells(bound: pd.DataFrame, grouped: Grouped) -> pd.DataFrame:
    """Count the hits of each group, frame, actor and role."""
    keys = ["group", "frame", "actor", "role"]
    cells = bound.groupby(keys, as_index=False).agg(count=("hit_id", "nunique"), documents=("doc_id", "nunique"))
    per_document = bound.groupby([*keys, "doc_id"])["hit_id"].nunique().reset_index()
    cells["top"] = per_document.groupby(keys)["hit_id"].max().to_numpy() if len(cells) else np.empty(0, np.int64)
    group = cells["group"].to_numpy(np.int64)
    frame = grouped.items.get_indexer(pd.Index(cells["frame"]))
    cells["total"] = np.asarray(grouped.matrix[group, frame]).ravel()
    cells["share"] = cells["count"] / cells["total"]
    cells["rule"] = cells["role"].map(RULES)
    cells["n_documents"] = grouped.n_documents[group]
    return cells


def _group_of(table: pd.DataFrame, keys: pd.DataFrame, names: tuple[str, ...]) -> np.ndarray:
    """The row of `keys` that each row belongs to."""
    if not names:
        return np.zeros(len(table), np.int64)
    wanted = pd.MultiIndex.from_frame(keys[list(names)].astype(str))
    have = pd.MultiIndex.from_frame(table[list(names)].fillna("").astype(str))
    return np.asarray(wanted.get_indexer(have), np.int64)


def _association(
    tokens: Tokens, bound: pd.DataFrame, actors: pd.DataFrame, words: sp.csr_array, cells: pd.DataFrame
) -> pd.DataFrame:
    """Expected co-mentions and log odds ratio of frame and actor over the sentences of each group.

    Args:
        tokens: gives the sentences.
        bound: frame hits with their `group`.
        actors: actor hits.
        words: groups × sentences, 1 where the group has words in the sentence.
        cells: one row per group, frame, actor and role, with `total`.
    """
    who, names = pd.factorize(actors["actor"], sort=True)
    what, frames = pd.factorize(bound["frame"], sort=True)
    n_sentences = words.shape[1]
    named = _presence(_sentence_runs(tokens, actors), who, (n_sentences, len(names)))
    row = bound["group"].to_numpy(np.int64) * max(len(frames), 1) + what
    framed = _presence(row, _sentence_runs(tokens, bound), (words.shape[0] * len(frames), n_sentences))
    group, actor = cells["group"].to_numpy(np.int64), names.get_indexer(pd.Index(cells["actor"]))
    pair = group * len(frames) + frames.get_indexer(pd.Index(cells["frame"]))
    both = np.asarray((framed @ named)[pair, actor]).ravel()
    with_frame = np.asarray(framed.sum(axis=1))[pair] - both
    with_actor = np.asarray((words @ named)[group, actor]).ravel() - both
    n = np.asarray(words.sum(axis=1))[group]
    neither = np.maximum(n - both - with_frame - with_actor, 0)
    beside = (cells["role"] == "co_mention").to_numpy()
    odds = np.log((both + 0.5) * (neither + 0.5) / ((with_frame + 0.5) * (np.maximum(with_actor, 0) + 0.5)))
    expected = cells["total"].to_numpy() * (with_actor + both) / n
    return pd.DataFrame({"expected": np.where(beside, expected, np.nan), "log_odds": np.where(beside, odds, np.nan)})


def _presence(row: np.ndarray, column: np.ndarray, shape: tuple[int, int]) -> sp.csr_array:
    """1 where a row and a column occur together at least once."""
    table = sp.csr_array(sp.coo_array((np.ones(len(row), np.int64), (row, column)), shape))
    table.data[:] = 1
    return table


def _sentence_runs(tokens: Tokens, table: pd.DataFrame) -> np.ndarray:
    """The number, in the whole corpus, of the sentence in which each hit stands."""
    first = np.searchsorted(tokens.layer("sentence").starts, tokens.doc_offsets[:-1])
    return np.asarray(first[_rank(tokens, table)] + table["sentence"].to_numpy(np.int64))


def _words(tokens: Tokens, keys: pd.DataFrame, names: tuple[str, ...], where: Where | None) -> sp.csr_array:
    """Groups × sentences: 1 where the group has a word in the sentence."""
    cell, cells = cell_codes(tokens, names)
    about = cells.join(tokens.corpus.documents[[n for n in names if n in tokens.corpus.documents]], on="doc_id")
    chosen = np.flatnonzero(select(tokens, where) & tokens.is_word)
    layer = tokens.layer("sentence")
    group = _group_of(about, keys, names)[cell[chosen]]
    return _presence(group, layer.runs(chosen), (len(keys), len(layer.starts)))
