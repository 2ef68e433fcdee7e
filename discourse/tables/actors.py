"""About whom: the actors that frames are bound to, or only mentioned beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse.codebook import Codebook, known
from discourse.counts import By, Grouped, Where, cells_at, conditions, frame_counts, hits, labels
from discourse.counts.rows import names_beside
from discourse.counts.selection import Conditions, Stretches, stretches
from discourse.tokens import Encoded, Tokens

from .flags import LOW_EXPECTED, Index, Mask, row_flags
from .rows import order_by, refuse_clash
from .sampling import turned_shares

ROLES = ("agent", "target", "co_mention", "none")
RULES = {"agent": "slot of the pattern", "target": "slot of the pattern", "co_mention": "same sentence", "none": ""}


def frame_actor_hits(tokens: Encoded, codebook: Codebook, *, where: Where | None = None) -> pd.DataFrame:
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
    return _bound(tokens.documents.index, hits(tokens, known(codebook), where=where))


def _bound(documents: pd.Index, found: pd.DataFrame) -> pd.DataFrame:
    """Frame hits with each actor in a slot or in the same sentence, in the order of the documents."""
    found = found.rename(columns=names_beside(found, ["role"]))
    frames, actors = found[found["kind"] == "frame"], found[found["kind"] == "actor"]
    slots = [frames.assign(actor=frames[role], role=role)[frames[role] != ""] for role in ("agent", "target")]
    place = ["doc_id", "sentence"]
    beside = frames.drop(columns="actor").merge(actors[[*place, "actor"]].drop_duplicates(), on=place)
    beside = beside[(beside["actor"] != beside["agent"]) & (beside["actor"] != beside["target"])]
    bound = pd.concat([*slots, beside.assign(role="co_mention")])
    alone = frames[~frames["hit_id"].isin(bound["hit_id"])].assign(actor="", role="none")
    table = pd.concat([bound, alone])[[*found.columns, "role"]]
    order = order_by(_numbers(documents, table), table["start"], table["frame"], table["role"], table["actor"])
    return table.iloc[order].reset_index(drop=True)


def _numbers(documents: pd.Index, table: pd.DataFrame) -> Index:
    """The number of each row's document."""
    return documents.get_indexer(pd.Index(table["doc_id"]))


def frame_actors(tokens: Encoded, codebook: Codebook, *, by: By = None, where: Where | None = None) -> pd.DataFrame:
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
        `sign_flips_without` is of the share against that of all other groups.

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
    refuse_clash(grouped.keys, _COLUMNS)
    part = partial(_paired, codebook=codebook, keys=grouped.keys, where=conditions(tokens, where))
    pairs = tokens.reduce(part, _added)
    of_cell = pairs.hits.groupby(_KEYS, as_index=False)
    cells = _shares(of_cell.agg(count=("hits", "sum"), documents=("hits", "count"), top=("hits", "max")), grouped)
    group = cells["group"].to_numpy(np.int64)
    cells = cells.join(_association(cells, pairs, Places.of(codebook, grouped.keys)))
    # Of a co-mention hits are expected if frame and actor were independent; shares are compared with other groups.
    few = (cells["expected"] < LOW_EXPECTED).to_numpy()
    compared = {"low_expected": few, "sign_flips_without": _turned(cells, pairs.hits, grouped)}
    cells["flags"] = row_flags(grouped, group, cells["count"].to_numpy(), cells["top"].to_numpy(), compared=compared)
    table = grouped.keys.iloc[group].reset_index(drop=True).join(cells[_COLUMNS])
    role = cells["role"].map(ROLES.index)
    order = order_by(group, cells["frame"], role, -cells["count"], cells["actor"])
    return table.iloc[order].reset_index(drop=True)


_COLUMNS = ["frame", "actor", "role", "rule", "count", "total", "share", "expected", "log_odds"]
_COLUMNS += ["documents", "n_documents", "flags"]


def _turned(cells: pd.DataFrame, hits: pd.DataFrame, grouped: Grouped) -> Mask:
    """Whether leaving out one document turns the sign of the difference between the share and that of other groups."""
    wanted, found = (pd.MultiIndex.from_frame(table[_KEYS[1:]]) for table in (cells, hits))
    items = wanted.unique()
    rows = pd.MultiIndex.from_arrays([grouped.unit_group, grouped.unit_document])
    row = rows.get_indexer(pd.MultiIndex.from_frame(hits[["group", "doc_id"]]))
    shape = (len(rows), len(items))
    counts = sp.coo_array((hits["hits"].to_numpy(np.int64), (row, items.get_indexer(found))), shape).tocsc()
    frame, totals = grouped.items.get_indexer(items.get_level_values(0)), grouped.units.tocsc()
    parts = [np.flatnonzero(frame == number) for number in np.unique(frame)]
    wholes = [(own, counts[:, own], totals[:, [frame[own[0]]]].toarray()[:, 0]) for own in parts]
    turned: Mask = turned_shares(grouped, wholes, len(items))[cells["group"], items.get_indexer(wanted)]
    return turned


def _shares(cells: pd.DataFrame, grouped: Grouped) -> pd.DataFrame:
    """Put beside the hits of each group, frame, actor and role what they are a share of."""
    group, frame = cells["group"].to_numpy(np.int64), grouped.items.get_indexer(pd.Index(cells["frame"]))
    total = grouped.at(group, frame)["count"].to_numpy()
    rule, n_documents = cells["role"].map(RULES), grouped.n_documents[group]
    return cells.assign(total=total, share=cells["count"] / total, rule=rule, n_documents=n_documents)


def _association(cells: pd.DataFrame, pairs: Pairs, places: Places) -> pd.DataFrame:
    """Expected co-mentions and log odds ratio of frame and actor over the sentences of each group."""
    beside = np.flatnonzero(cells["role"] == "co_mention")
    some = cells.iloc[beside]
    group, actor = some["group"].to_numpy(np.int64), places.actor(some)
    row = places.row(some, group)
    both, with_actor = (cells_at(m, at, actor) for m, at in ((pairs.both, row), (pairs.named, group)))
    with_frame, n = pairs.framed[row], pairs.sentences[group]
    table = pd.DataFrame({"expected": np.nan, "log_odds": np.nan}, index=cells.index)
    table.iloc[beside, 0] = some["total"].to_numpy() * with_actor / n
    table.iloc[beside, 1] = _log_odds(both, with_frame - both, with_actor - both, n - with_frame - with_actor + both)
    return table


def _log_odds(both: Index, frame: Index, actor: Index, neither: Index) -> NDArray[np.float64]:
    """Natural log odds ratio of a 2 × 2 table with 0.5 added to each cell (Haldane 1956; Anscombe 1956)."""
    a, b, c, d = (cell + 0.5 for cell in (both, frame, actor, neither))
    return np.log(a * d / (b * c))


# ── one part after the other ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Places:
    """Where frames and actors stand in the tables that parts add up.

    Attributes:
        frames, actors: their names.
        groups: how many groups there are.
    """

    frames: pd.Index
    actors: pd.Index
    groups: int

    @classmethod
    def of(cls, codebook: Codebook, keys: pd.DataFrame) -> Places:
        """Those of a codebook."""
        frames, actors = (pd.Index(list(names), dtype="str") for names in (codebook.frames, codebook.actors))
        return cls(frames, actors, len(keys))

    def row(self, table: pd.DataFrame, group: Index) -> Index:
        """The row of each frame and group."""
        return self.frames.get_indexer(pd.Index(table["frame"])) * self.groups + group

    def actor(self, table: pd.DataFrame) -> Index:
        """The column of each actor."""
        return self.actors.get_indexer(pd.Index(table["actor"]))


@dataclass(frozen=True, eq=False)
class Pairs:
    """Frames and actors of some parts of a corpus: hits of documents and sums over sentences, of which each lies in one
    part.

    Attributes:
        hits: `group, frame, actor, role, doc_id`, and `hits` of the document.
        both: sentences with frame and actor: frames and groups × actors.
        named: sentences with the actor: groups × actors.
        framed: sentences with the frame: one a frame and group.
        sentences: with words, one a group.
    """

    hits: pd.DataFrame
    both: sp.csr_array
    named: sp.csr_array
    framed: Index
    sentences: Index


def _added(several: Sequence[Pairs]) -> Pairs:
    first, *others = several
    if not others:
        return first
    sums = (sum((getattr(pairs, name) for pairs in others), getattr(first, name)) for name in _SUMS)
    return Pairs(pd.concat([pairs.hits for pairs in several], ignore_index=True), *sums)


_KEYS = ["group", "frame", "actor", "role"]
_SUMS = ("both", "named", "framed", "sentences")


def _paired(tokens: Tokens, *, codebook: Codebook, keys: pd.DataFrame, where: Conditions) -> Pairs:
    """Frames and actors of one part, in the groups of the whole corpus."""
    cut = stretches(tokens, list(keys.columns), where)
    about = cut.cells.join(tokens.documents.drop(columns="doc_id", errors="ignore"), on="doc_id")
    group = _group_of(about, keys)[cut.cell]
    found = hits(tokens, codebook, where=where)
    first = tokens.first_token(_numbers(tokens.documents.index, found), found["start"].to_numpy())
    found["group"] = group[np.searchsorted(cut.bounds, first, side="right") - 1]
    found["within"] = tokens.layer("sentence").runs(first)
    bound, places = _bound(tokens.documents.index, found), Places.of(codebook, keys)
    words = _words(tokens, cut, group, len(keys))
    named, framed = _sentences(places, found[found["kind"] == "actor"], bound, words.shape[1])
    sums = (np.asarray(table.sum(axis=1)) for table in (framed, words))
    return Pairs(_hits(bound), sp.csr_array(framed @ named), sp.csr_array(words @ named), *sums)


def _sentences(places: Places, actors: pd.DataFrame, bound: pd.DataFrame, size: int) -> tuple[sp.csr_array, ...]:
    """The sentences with each actor, sentences × actors, and with each frame in each group, × sentences."""
    row = places.row(bound, bound["group"].to_numpy(np.int64))
    named = _presence(actors["within"].to_numpy(np.int64), places.actor(actors), (size, len(places.actors)))
    framed = _presence(row, bound["within"].to_numpy(np.int64), (len(places.frames) * places.groups, size))
    return named, framed


def _words(tokens: Tokens, cut: Stretches, group: Index, size: int) -> sp.csr_array:
    """Groups × sentences: 1 where the group has a word in the sentence; `group` is that of each stretch."""
    chosen = np.flatnonzero(cut.mask() & tokens.is_word)
    layer = tokens.layer("sentence")
    own = group[np.searchsorted(cut.bounds, chosen, side="right") - 1]
    return _presence(own, layer.runs(chosen), (size, len(layer.starts)))


def _group_of(table: pd.DataFrame, keys: pd.DataFrame) -> Index:
    """The row of `keys` that each row belongs to."""
    if keys.columns.empty:
        return np.zeros(len(table), np.int64)
    wanted, have = (pd.MultiIndex.from_arrays([labels(t[name]) for name in keys]) for t in (keys, table))
    return wanted.get_indexer(have)


def _hits(bound: pd.DataFrame) -> pd.DataFrame:
    """Count the hits of each group, frame, actor and role in each document."""
    return bound.groupby([*_KEYS, "doc_id"], as_index=False).agg(hits=("hit_id", "size"))


def _presence(row: Index, column: Index, shape: tuple[int, int]) -> sp.csr_array:
    """1 where a row and a column occur together at least once."""
    table = sp.csr_array((np.ones(len(row), np.int64), (row, column)), shape)
    table.data[:] = 1
    return table
