"""One pattern under the lens: each hit with its voice, the actors bound to it and those beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import pyarrow as pa

from discourse.codebook import Codebook, Entry, known, parse_pattern
from discourse.counts import By, Where, conditions, hits
from discourse.counts.matches import COLUMNS, hits_of_part, table_of_hits
from discourse.counts.rows import Rows
from discourse.counts.selection import Conditions, names_of
from discourse.counts.spans import Patterns, wanted
from discourse.tokens import Encoded, Tokens

from .frequencies import frame_frequencies
from .rows import refuse_clash


def spotlight(tokens: Encoded, pattern: str, codebook: Codebook, *, where: Where | None = None) -> pd.DataFrame:
    """Every hit of a pattern with the actors that have to do with it.

    Args:
        tokens: the corpus.
        pattern: what to look at.
        codebook: its frames bind actors by their slots, its actors are looked for in the sentence.
        where: which tokens count.

    Returns:
        The columns of `hits`, one row per hit in the order of the text. `agent` and `target` are the actors that
        a frame pattern binds where it overlaps the hit, `mentioned` the actors of the sentence; several are
        separated by commas, and all three are empty where there is none.

    >>> from discourse.codebook import Entry, parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> book = Codebook(
    ...     frames={"hold": Entry("frame", "hold", (parse_pattern("{target} containment"),))},
    ...     actors={"Russia": Entry("actor", "Russia", (parse_pattern("Russia*"),))})
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["Russian containment works."]})))
    >>> spotlight(tokens, "containment", book)[["text", "target", "mentioned"]].values.tolist()
    [['containment', 'Russia', 'Russia']]
    """
    sought = wanted(pattern)
    if isinstance(sought, Codebook):
        raise ValueError("pattern must be a pattern; got a codebook. Give the pattern first, then the codebook.")
    part = partial(_seen, pattern=sought, codebook=known(codebook), where=conditions(tokens, where))
    table = table_of_hits(tokens, part, "mentioned")
    table["mentioned"] = table.pop("mentioned")  # last, after what is known of the documents
    return table


def _seen(
    tokens: Tokens, *, pattern: Codebook | tuple[str, ...], codebook: Codebook, where: Conditions, own: Sequence[str]
) -> Rows:
    """The hits in one part with their actors; what else the codebook finds there stays there."""
    rows = hits_of_part(tokens, patterns=pattern, where=where, own=own)
    # What is known of documents is left out: its columns may have the names that merging gives.
    tables = rows.frame(COLUMNS, tokens.documents), hits(tokens, codebook, where=where)
    found, coded = (table[COLUMNS] for table in tables)
    frames = found[["hit_id", "doc_id", "start", "end"]].merge(
        coded[coded["kind"] == "frame"], on="doc_id", suffixes=("", "_frame")
    )
    frames = frames[(frames["start_frame"] < frames["end"]) & (frames["start"] < frames["end_frame"])]
    beside = found[["hit_id", "doc_id", "sentence"]].merge(coded[coded["kind"] == "actor"], on=["doc_id", "sentence"])
    beside = beside.rename(columns={"hit_id_x": "hit_id"})
    given = (("agent", frames, "agent"), ("target", frames, "target"), ("mentioned", beside, "actor"))
    return rows.with_columns({name: _joined(found, table, column) for name, table, column in given})


def _joined(found: pd.DataFrame, table: pd.DataFrame, column: str) -> pa.Array:
    """For each hit the distinct values that rows of another table give for it, with commas in between."""
    given = table[table[column] != ""].groupby("hit_id")[column]
    values = {hit_id: ", ".join(sorted(set(own))) for hit_id, own in given}
    return pa.array([values.get(hit_id, "") for hit_id in found["hit_id"]], pa.large_string())


def pattern_frequencies(
    tokens: Encoded, patterns: Patterns, *, by: By = None, where: Where | None = None
) -> pd.DataFrame:
    """How often each pattern occurs in each group: `frame_frequencies` for patterns of their own.

    Args:
        tokens: the corpus.
        patterns: a pattern, several, or a codebook, whose patterns are counted each by itself: those of one entry do
            not compete, so that a pattern with 0 hits is one that finds nothing, not one that another covers.
        by: document columns or layers.
        where: which tokens count.

    Returns:
        The columns of `frame_frequencies`, with `pattern` in the place of `frame`; of a codebook `kind, item` (frame,
        actor or referent)`, name, pattern`, in its order. Its hits are those of `hits(tokens, pattern)` under the
        conditions of the entry; in `hits(tokens, codebook)`, where patterns compete, there may be fewer.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War and war.", "Peace."]})))
    >>> pattern_frequencies(tokens, "war|peace")[["pattern", "count", "documents"]].values.tolist()
    [['war|peace', 3, 2]]
    """
    patterns = wanted(patterns)
    if isinstance(patterns, Codebook):
        return _of_codebook(tokens, patterns, by, where)
    book = Codebook(frames={text: Entry("frame", text, (parse_pattern(text),)) for text in patterns})
    return frame_frequencies(tokens, book, by=by, where=where).rename(columns={"frame": "pattern"})


def _of_codebook(tokens: Encoded, codebook: Codebook, by: By, where: Where | None) -> pd.DataFrame:
    """How often each pattern of a codebook occurs, under the conditions of its entry."""
    refuse_clash(names_of(by), ["item"])
    listed = [(entry, pattern) for entry in codebook.entries for pattern in entry.include]
    keys = [f"{i:09d}" for i in range(len(listed))]  # in the order of the codebook
    frames = {
        key: Entry("frame", key, (pattern,), exclude=entry.exclude, conditions=entry.conditions)
        for key, (entry, pattern) in zip(keys, listed, strict=True)
    }
    book = Codebook(frames, codebook.actors, negation=codebook.negation)
    table = frame_frequencies(tokens, book, by=by, where=where)
    rows = [(entry.kind, entry.key, entry.name, pattern.text) for entry, pattern in listed]
    about = pd.DataFrame(rows, columns=["kind", "item", "name", "pattern"], dtype="str")
    own = about.iloc[table["frame"].astype("int64").to_numpy()].reset_index(drop=True)
    place = table.columns.tolist().index("frame")
    return pd.concat([table.iloc[:, :place], own, table.iloc[:, place + 1 :]], axis=1)
