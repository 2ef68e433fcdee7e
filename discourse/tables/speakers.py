"""Who says it, and how: the verbs with which a text lets others speak."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa
import scipy.sparse as sp

from discourse.codebook import Negation
from discourse.counts import By, Counts, Grouped, Where, conditions, counted
from discourse.counts.frequencies import counted_in_parts
from discourse.counts.matches import COLUMNS as OF_HITS
from discourse.counts.matches import rows_of
from discourse.counts.rows import Rows, stacked
from discourse.counts.selection import Conditions, Index
from discourse.counts.spans import Marked, qualifying
from discourse.tokens import LAYERS, Encoded, Tokens, check_encoded
from discourse.tokens.encoded import stacked as stacked_tables
from discourse.tokens.hearing import texts_of
from discourse.tokens.runs import document_numbers

from .flags import Mask, low_expected
from .rows import counted_rows, order_by, refuse_clash
from .sampling import turned_by_one

SPEECH = ("quoted", "reported")
_SAID = ["said_by", "cue", "rule"]
_PASSAGES = "doc_id start end voice marking speaker text rule source cue lost depth".split()
_DETERMINERS = r"^(?:the|an?|his|her|its|their|some|many|several|that|what)\s+"


def voice_passages(tokens: Encoded) -> pd.DataFrame:
    """Every passage in other words than the author's, every name and title in marks, and the rule that decided.

    Returns:
        One row per passage in the order of the text, without its marks: `doc_id, start, end` (characters of
        `corpus.text(doc_id)`)`, voice` (quoted, reported, marked; author for names and titles)`, marking, speaker`
        (the name, empty where the text leaves it open)`, text, rule, source` (who is said to speak, as the text words
        it)`, cue, lost` (a mark that the text lacks)`, depth` (passages around it). What somebody has corrected in it
        goes to `Tokens.with_voices`, or into a study as its `voices`.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["Smith warned that “war is near”. Others agree."]})))
    >>> voice_passages(tokens)[["start", "end", "voice", "speaker", "text", "rule"]].values.tolist()
    [[19, 30, 'quoted', 'Smith', 'war is near', 'cue before']]
    """
    check_encoded(tokens)
    return tokens.reduce(_passages, stacked_tables).reset_index(drop=True)


def _passages(tokens: Tokens) -> pd.DataFrame:
    spans = tokens.voice_spans
    passages = spans.assign(text=texts_of(tokens.corpus, spans))[_PASSAGES]
    return passages.astype({name: "str" for name in _PASSAGES if name not in ("start", "end", "depth")})


def speech_hits(tokens: Encoded, *, where: Where | None = None) -> pd.DataFrame:
    """Every passage of direct and indirect speech that a cue introduces.

    Args:
        tokens: the corpus.
        where: which tokens count; a passage counts when all its words do.

    Returns:
        The columns of `hits` and `said_by, cue, rule`, one row per passage in the order of the text; a quotation inside
        a quotation has a row of its own. `speaker` is the name; where the text gives none, `said_by` says in its words
        who speaks (*critics*, *the ministry*), in lower case and without article. `cue` is the word that says so, as
        written, in lower case.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["Smith warned that “war is near”. Others agree."]})))
    >>> speech_hits(tokens)[["text", "voice", "speaker", "cue"]].values.tolist()
    [['war is near', 'quoted', 'Smith', 'warned']]
    """
    wanted = conditions(tokens, where)
    own = tuple(name for name in tokens.layers if name not in LAYERS)
    part = partial(_rows, where=wanted, own=own)
    return tokens.reduce(part, stacked).frame([*OF_HITS, *own, *_SAID], tokens.documents)


def speaker_cues(tokens: Encoded, *, by: By = None, where: Where | None = None) -> pd.DataFrame:
    """Who *warned*, *claims*, *admitted*: how often each speaker is given the word, and with which cue.

    Args:
        tokens: the corpus.
        by: document columns or layers; by voice it tells direct from indirect speech.
        where: which tokens count; a passage counts when all its words do.

    Returns:
        One row per group, speaker, said_by and cue, by group, then passages of the speaker (descending, nobody last),
        speaker, said_by, count (descending) and cue: `[by…], speaker, said_by, cue, count` (passages)`, total`
        (passages of this speaker in the group)`, share, documents, n_documents, flags`. `said_by` names those who
        have no name (*critics*), and both are empty where the text tells neither. Its evidence: `speech_hits`.

    Raises:
        ValueError: an unknown column or value in `by` or `where`, or `by` names the speaker, who has a column anyway.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> text = "Smith warned that it ends here. Critics said “no”."
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": [text]})))
    >>> speaker_cues(tokens)[["speaker", "said_by", "cue", "count", "total"]].values.tolist()
    [['', 'critics', 'said', 1, 1], ['Smith', '', 'warned', 1, 1]]
    """
    grouped = counted_in_parts(tokens, _counts, by=by, where=where).grouped(by)
    refuse_clash(grouped.keys, ["speaker", *_SAID])
    group, item = (np.asarray(edge, np.int64) for edge in grouped.matrix.nonzero())
    table = counted_rows(grouped, group, item, compared=_compared(grouped, group, item))
    parts = table.pop("cue").str.split("\t", expand=True)
    for place, name in enumerate(("speaker", "said_by", "cue")):
        table[name] = parts[place] if len(table) else pd.Series([], dtype="str")
    table["total"] = table.groupby([group, "speaker", "said_by"])["count"].transform("sum").astype(np.int64)
    table["share"] = table["count"] / table["total"]
    nobody = (table["speaker"] == "") & (table["said_by"] == "")
    order = order_by(group, nobody, -table["total"], table["speaker"], table["said_by"], -table["count"], table["cue"])
    return table.iloc[order][[*grouped.keys, *_COLUMNS]].reset_index(drop=True)


def _compared(grouped: Grouped, group: Index, item: Index) -> dict[str, Mask]:
    """The flags of each cue's share among the passages of its speaker, against all other groups."""
    code = pd.factorize(np.array([name.rpartition("\t")[0] for name in grouped.items], object))[0]
    parts = [np.flatnonzero(code == number) for number in range(int(np.max(code, initial=-1)) + 1)]
    every = np.asarray(grouped.matrix.sum(axis=0), np.int64)[item]
    of_speaker = sp.csr_array((np.ones(len(code), np.int64), (np.arange(len(code)), code)), (len(code), len(parts)))
    passages = np.asarray((grouped.matrix @ of_speaker).toarray(), np.int64)
    few = low_expected(passages[group, code[item]], every, passages.sum(axis=0)[code[item]])
    return {"low_expected": few, "sign_flips_without": turned_by_one(grouped, parts)[group, item]}


_COLUMNS = ["speaker", "said_by", "cue", "count", "total", "share", "documents", "n_documents", "flags"]


def _counts(tokens: Tokens, *, by: By, where: Conditions) -> Counts:
    """Passages per speaker, said_by and cue in one part."""
    first, _, said = _speech(tokens, where)
    names = said["speaker"] + "\t" + said["said_by"] + "\t" + said["cue"]
    items = pd.Index(sorted(names.unique()), dtype="str", name="cue")
    return counted(tokens, first, items.get_indexer(pd.Index(names, dtype="str")), items, by=by, where=where)


def _rows(tokens: Tokens, *, where: Conditions, own: Sequence[str]) -> Rows:
    """The passages of one part as rows."""
    first, last, said = _speech(tokens, where)
    kind = pa.array(["speech"] * len(said), pa.large_string())
    keys = {"kind": kind, "pattern": pa.array(said["cue"].tolist(), pa.large_string())}
    rows = rows_of(tokens, Marked(first, last, keys), own, Negation())
    return rows.with_columns({name: pa.array(said[name].tolist(), pa.large_string()) for name in _SAID})


def _speech(tokens: Tokens, where: Conditions) -> tuple[Index, Index, pd.DataFrame]:
    """First and last token of the passages that qualify, and what is said of them."""
    spans = tokens.voice_spans
    spans = spans[spans["voice"].isin(SPEECH) & (spans["cue"] != "")]
    document = document_numbers(tokens.corpus, spans["doc_id"])
    first = tokens.first_token(document, spans["start"].to_numpy())
    last = tokens.first_token(document, spans["end"].to_numpy()) - 1
    kept = np.flatnonzero(first <= last)
    kept = kept[qualifying(tokens, first[kept], last[kept], where)]
    said = spans.rename(columns={"source": "said_by"}).iloc[kept][["speaker", *_SAID]].reset_index(drop=True)
    plain = said["said_by"].str.lower().str.replace(_DETERMINERS, "", regex=True)
    pronoun = plain.isin(["he", "she", "it", "they", "we", "i", "who", "this", "these"])
    said["said_by"] = plain.where((said["speaker"] == "") & ~pronoun, "")
    return first[kept], last[kept], said
