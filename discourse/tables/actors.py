"""About whom: the actors that frames are bound to, or only mentioned beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse.codebook import Codebook, known
from discourse.codebook.spans import in_order
from discourse.counts import By, Grouped, Where, cells_at, conditions, frame_counts, hits, labels
from discourse.counts.rows import names_beside
from discourse.counts.selection import Conditions, Stretches, stretches
from discourse.counts.spans import Strings, marked
from discourse.counts.spellings import strings
from discourse.tokens import Encoded, Tokens

from .flags import LOW_EXPECTED, Index, Mask, row_flags
from .rows import order_by, refuse_clash
from .sampling import turned_shares

ROLES = ("agent", "target", "co_mention", "none")
_LABELS = ("kind", "actor", "agent", "target")
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
    found = hits(tokens, known(codebook), where=where)
    found = found.rename(columns=names_beside(found, ["role"]))
    document, sentence = _numbers(tokens.documents.index, found), found["sentence"].to_numpy(np.int64)
    places = Places.of(codebook, found.iloc[:0])
    bound = _bound(places, {name: strings(found[name]) for name in _LABELS}, _one(document, sentence))
    table = found.iloc[bound.hit]
    actor, role = places.names(bound.actor), pd.array(list(ROLES), "str").take(bound.role)
    table = table.assign(actor=actor, role=role)
    order = order_by(document[bound.hit], table["start"], table["frame"], table["role"], table["actor"])
    return table.iloc[order].reset_index(drop=True)


class Bound(NamedTuple):
    """Frame hits with each actor in a slot or in the same sentence.

    Attributes:
        hit: the row of the hit.
        actor: its number, -1 for none.
        role: which of `ROLES`.
    """

    hit: Index
    actor: Index
    role: Index


def _bound(places: Places, keys: Mapping[str, Strings], sentence: Index) -> Bound:
    """Whom frame hits have to do with: hits of frames and actors, and the sentence each stands in."""
    is_frame, is_actor = (pc.equal(keys["kind"], kind).to_numpy(zero_copy_only=False) for kind in ("frame", "actor"))
    frames, (actor, agent, target) = np.flatnonzero(is_frame), (places.numbers(keys[name]) for name in _LABELS[1:])
    slots = [(frames[own[frames] >= 0], own) for own in (agent, target)]
    row, other = _beside(sentence[frames], sentence[is_actor], actor[is_actor])
    hit = frames[row]
    apart = (other != agent[hit]) & (other != target[hit])
    hit, other = hit[apart], other[apart]
    alone = np.zeros(len(sentence), bool)
    alone[frames] = True
    alone[np.concatenate([hit, *(some for some, _ in slots)])] = False
    none = np.flatnonzero(alone)
    hits = [*(some for some, _ in slots), hit, none]
    actors = [*(own[some] for some, own in slots), other, np.full(len(none), -1)]
    return Bound(np.concatenate(hits), np.concatenate(actors), np.repeat(np.arange(len(ROLES)), list(map(len, hits))))


def _beside(sentence: Index, beside: Index, actor: Index) -> tuple[Index, Index]:
    """Each distinct actor that stands in a sentence: the row of the sentence, and which actor."""
    order = in_order(beside, actor)
    beside, actor = beside[order], actor[order]
    new = np.append(True, (beside[1:] != beside[:-1]) | (actor[1:] != actor[:-1]))[: len(order)]
    beside, actor = beside[new], actor[new]
    begin, end = np.searchsorted(beside, sentence), np.searchsorted(beside, sentence, side="right")
    row = np.repeat(np.arange(len(sentence)), end - begin)
    return row, actor[np.arange(len(row)) + (begin - (np.cumsum(end - begin) - (end - begin)))[row]]


def _one(document: Index, sentence: Index) -> Index:
    """One number for each sentence of each document."""
    return document * (int(sentence.max(initial=0)) + 1) + sentence


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
        `expected` is how many hits would have the actor in their sentence, bound or not, if frame and actor were
        independent over the group's sentences (compare it with the sum of the actor's rows), and `log_odds` the
        natural log odds ratio of the actor's presence in sentences with and without the frame, bound or not (0.5 added
        to each cell); `nan` for the other roles. A sentence belongs to every group that has a counted word in it.
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

    def numbers(self, actors: Strings) -> Index:
        """The number of each actor, -1 for none."""
        return _numbers_of(actors, self.actors)

    def names(self, actors: Index) -> Any:
        """The names of actors, empty for none."""
        return pd.array(["", *self.actors], "str").take(actors + 1)


def _numbers_of(names: Strings, among: pd.Index) -> Index:
    """The place of each name among others, -1 where it is none of them."""
    found = pc.index_in(names, value_set=strings(among)).fill_null(-1)
    return np.asarray(found.to_numpy(zero_copy_only=False), np.int64)


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
    found, places, layer = marked(tokens, codebook, where), Places.of(codebook, keys), tokens.layer("sentence")
    owner = group[np.searchsorted(cut.bounds, found.first, side="right") - 1]
    sentence = layer.runs(found.first) if len(found) else found.first
    bound = _bound(places, found.keys, sentence)
    words = _words(tokens, cut, group, len(keys))
    actor, frame = places.numbers(found.keys["actor"]), _numbers_of(found.keys["frame"], places.frames)
    some = np.flatnonzero(actor >= 0)
    named = _presence(sentence[some], actor[some], (words.shape[1], len(places.actors)))
    row = frame[bound.hit] * places.groups + owner[bound.hit]
    framed = _presence(row, sentence[bound.hit], (len(places.frames) * places.groups, words.shape[1]))
    sums = (np.asarray(table.sum(axis=1)) for table in (framed, words))
    document = tokens.documents_of(found.first[bound.hit])
    cells = _counted(owner[bound.hit], frame[bound.hit], bound.actor, bound.role, document)
    return Pairs(_hits(tokens, places, cells), sp.csr_array(framed @ named), sp.csr_array(words @ named), *sums)


def _counted(*columns: Index) -> tuple[Index, ...]:
    """Distinct rows of numbers from -1 on, and how often each occurs."""
    order = in_order(*(column + 1 for column in columns))
    columns = tuple(column[order] for column in columns)
    new = np.zeros(len(order), bool)
    new[:1] = True
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    first = np.flatnonzero(new)
    return *(column[first] for column in columns), np.diff(np.append(first, len(order)))


def _hits(tokens: Tokens, places: Places, cells: tuple[Index, ...]) -> pd.DataFrame:
    """The hits of each group, frame, actor and role in each document."""
    group, frame, actor, role, document, times = cells
    return pd.DataFrame(
        {
            "group": group,
            "frame": places.frames.array.take(frame),
            "actor": places.names(actor),
            "role": pd.array(list(ROLES), "str").take(role),
            "doc_id": tokens.documents.index.array.take(document),
            "hits": times,
        }
    )


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


def _presence(row: Index, column: Index, shape: tuple[int, int]) -> sp.csr_array:
    """1 where a row and a column occur together at least once."""
    table = sp.csr_array((np.ones(len(row), np.int64), (row, column)), shape)
    table.data[:] = 1
    return table
