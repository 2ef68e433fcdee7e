"""About whom: the actors that frames are bound to, or only mentioned beside."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse.codebook import Codebook
from discourse.counts import By, Grouped, Where, cell_codes, cells_at, frame_counts, hits, labels, select
from discourse.tokens import Tokens

from .flags import Index, row_flags
from .rows import order_by, refuse_clash

ROLES = ("agent", "target", "co_mention", "none")
RULES = {"agent": "slot of the pattern", "target": "slot of the pattern", "co_mention": "same sentence", "none": ""}


def frame_actor_hits(tokens: Tokens, codebook: Codebook, *, where: Where | None = None) -> pd.DataFrame:
    """Every frame hit with each actor it has to do with, and in which role.

    Only a pattern's own slot makes an agent or a target. An actor that is merely mentioned in the same sentence is a
    co-mention, and a hit without any actor stays unbound (role `none`); nothing is bound by nearness.

    Returns:
        The columns of `hits`, with `actor` and `role`; one row per hit, actor and role, in the order of the text.

    >>> from discourse.codebook import Entry, parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> book = Codebook(
    ...     frames={"hold": Entry("frame", "hold", (parse_pattern("containment of {target}"),))},
    ...     actors={name: Entry("actor", name, (parse_pattern(name),)) for name in ("China", "Russia")})
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["China, too, fears containment of Russia."]})))
    >>> frame_actor_hits(tokens, book)[["actor", "role"]].values.tolist()
    [['China', 'co_mention'], ['Russia', 'target']]
    """
    return _bound(tokens, hits(tokens, codebook, where=where))


def _bound(tokens: Tokens, found: pd.DataFrame) -> pd.DataFrame:
    """Frame hits with each actor in a slot or in the same sentence."""
    frames, actors = found[found["kind"] == "frame"], found[found["kind"] == "actor"]
    slots = [frames.assign(actor=frames[role], role=role)[frames[role] != ""] for role in ("agent", "target")]
    place = ["doc_id", "sentence"]
    beside = frames.drop(columns="actor").merge(actors[[*place, "actor"]].drop_duplicates(), on=place)
    beside = beside[(beside["actor"] != beside["agent"]) & (beside["actor"] != beside["target"])]
    bound = pd.concat([*slots, beside.assign(role="co_mention")])
    alone = frames[~frames["hit_id"].isin(bound["hit_id"])].assign(actor="", role="none")
    table = pd.concat([bound, alone])[[*found.columns, "role"]]
    order = order_by(_document(tokens, table), table["start"], table["frame"], table["role"], table["actor"])
    return table.iloc[order].reset_index(drop=True)


def _document(tokens: Tokens, table: pd.DataFrame) -> Index:
    """The number of each row's document."""
    return tokens.corpus.documents.index.get_indexer(pd.Index(table["doc_id"]))


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
        each cell); `nan` for the other roles. A sentence belongs to every group that has a counted word in it.

    Raises:
        ValueError: an unknown column or value in `by` or `where`.

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
    grouped = frame_counts(tokens, codebook, by=by, where=where).grouped(by)
    refuse_clash(grouped, _COLUMNS)
    found = hits(tokens, codebook, where=where)
    bound = _bound(tokens, found)
    bound["group"] = _group_of(bound, grouped.keys)
    cells = _cells(bound, grouped)
    group = cells["group"].to_numpy(np.int64)
    words = _words(tokens, grouped.keys, where)
    cells = cells.join(_association(tokens, bound, found[found["kind"] == "actor"], words, cells))
    cells["flags"] = row_flags(grouped, group, cells["count"].to_numpy(), cells["top"].to_numpy())
    table = grouped.keys.iloc[group].reset_index(drop=True).join(cells[_COLUMNS])
    role = cells["role"].map(ROLES.index)
    order = order_by(group, cells["frame"], role, -cells["count"], cells["actor"])
    return table.iloc[order].reset_index(drop=True)


_COLUMNS = ["frame", "actor", "role", "rule", "count", "total", "share", "expected", "log_odds"]
_COLUMNS += ["documents", "n_documents", "flags"]


def _cells(bound: pd.DataFrame, grouped: Grouped) -> pd.DataFrame:
    """Count the hits of each group, frame, actor and role."""
    keys = ["group", "frame", "actor", "role"]
    per_document = bound.groupby([*keys, "doc_id"], as_index=False).agg(hits=("hit_id", "size"))
    of_cell = per_document.groupby(keys, as_index=False)
    cells = of_cell.agg(count=("hits", "sum"), documents=("hits", "count"), top=("hits", "max"))
    group, frame = cells["group"].to_numpy(np.int64), grouped.items.get_indexer(pd.Index(cells["frame"]))
    cells["total"] = grouped.at(group, frame)["count"]
    cells["share"] = cells["count"] / cells["total"]
    cells["rule"] = cells["role"].map(RULES)
    cells["n_documents"] = grouped.n_documents[group]
    return cells


def _group_of(table: pd.DataFrame, keys: pd.DataFrame) -> Index:
    """The row of `keys` that each row belongs to."""
    if keys.columns.empty:
        return np.zeros(len(table), np.int64)
    wanted, have = (pd.MultiIndex.from_arrays([labels(t[name]) for name in keys]) for t in (keys, table))
    return wanted.get_indexer(have)


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
    who, actor_names = pd.factorize(actors["actor"])
    what, frames = pd.factorize(bound["frame"])
    n_groups, n_sentences = words.shape
    named = _presence(_sentence(tokens, actors), who, (n_sentences, len(actor_names)))
    row = what * n_groups + bound["group"].to_numpy(np.int64)
    framed = _presence(row, _sentence(tokens, bound), (len(frames) * n_groups, n_sentences))
    beside = np.flatnonzero(cells["role"] == "co_mention")
    group = cells["group"].to_numpy(np.int64)[beside]
    actor = actor_names.get_indexer(pd.Index(cells["actor"].iloc[beside]))
    pair = frames.get_indexer(pd.Index(cells["frame"].iloc[beside])) * n_groups + group
    both, with_actor = (cells_at(sp.csr_array(m @ named), at, actor) for m, at in ((framed, pair), (words, group)))
    with_frame, n = np.asarray(framed.sum(axis=1))[pair], np.asarray(words.sum(axis=1))[group]
    table = pd.DataFrame({"expected": np.nan, "log_odds": np.nan}, index=cells.index)
    table.iloc[beside, 0] = cells["total"].to_numpy()[beside] * with_actor / n
    table.iloc[beside, 1] = _log_odds(both, with_frame - both, with_actor - both, n - with_frame - with_actor + both)
    return table


def _log_odds(both: Index, frame: Index, actor: Index, neither: Index) -> NDArray[np.float64]:
    """Natural log odds ratio of a 2 × 2 table with 0.5 added to each cell (Haldane 1956; Anscombe 1956)."""
    a, b, c, d = (cell + 0.5 for cell in (both, frame, actor, neither))
    return np.log(a * d / (b * c))


def _presence(row: Index, column: Index, shape: tuple[int, int]) -> sp.csr_array:
    """1 where a row and a column occur together at least once."""
    table = sp.csr_array((np.ones(len(row), np.int64), (row, column)), shape)
    table.data[:] = 1
    return table


def _sentence(tokens: Tokens, table: pd.DataFrame) -> Index:
    """The number, in the whole corpus, of the sentence in which each hit stands."""
    first = np.searchsorted(tokens.layer("sentence").starts, tokens.doc_offsets[:-1])
    return np.asarray(first[_document(tokens, table)] + table["sentence"], np.int64)


def _words(tokens: Tokens, keys: pd.DataFrame, where: Where | None) -> sp.csr_array:
    """Groups × sentences: 1 where the group has a word in the sentence."""
    cell, cells = cell_codes(tokens, list(keys.columns))
    about = cells.join(tokens.corpus.documents.drop(columns="doc_id", errors="ignore"), on="doc_id")
    chosen = np.flatnonzero(select(tokens, where) & tokens.is_word)
    layer = tokens.layer("sentence")
    group = _group_of(about, keys)[cell[chosen]]
    return _presence(group, layer.runs(chosen), (len(keys), len(layer.starts)))
