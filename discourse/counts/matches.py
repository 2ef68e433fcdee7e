"""Where: every hit with its offsets, voice and sentence, and the hits behind a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.codebook import Codebook, Found, parse_pattern, search, search_patterns
from discourse.codebook.patterns import Element, Pattern
from discourse.tokens import Tokens

from .frequencies import qualifying
from .selection import Where, select

Index = NDArray[np.int64]

KEYS = ("kind", "frame", "actor", "referent", "name", "pattern", "term")
_AT_FIRST_WORD = ("voice", "marking", "speaker", "zone", "section", "sentence")
NEGATORS = frozenset("not no never nor neither without cannot hardly barely scarcely nothing nobody none".split())
NEGATION_REACH = 3  # words in front of a hit that may negate it


def hits(tokens: Tokens, patterns: Codebook | Sequence[str] | str, *, where: Where | None = None) -> pd.DataFrame:
    """Every hit of a codebook, or of patterns, with the sentence it stands in.

    Args:
        tokens: the corpus.
        patterns: a codebook, a pattern, or a list of patterns.
        where: which tokens count; a hit counts when all its words do.

    Returns:
        One row per hit in the order of the text: `hit_id, doc_id, start, end` (characters of `corpus.text(doc_id)`),
        `text, kind, frame, actor, referent, name, pattern, term, agent, target, negated, voice, marking, speaker,
        zone, section, sentence, sentence_start, sentence_text` and the document columns. A hit may be negated; it
        is flagged and kept.

    Raises:
        ValueError: a pattern cannot be read.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A sphere of Russian influence. No more."]})))
    >>> hits(tokens, "sphere* of ~3 influence")[["text", "voice", "sentence_text"]].values.tolist()
    [['sphere of Russian influence', 'author', 'A sphere of Russian influence.']]
    """
    if isinstance(patterns, Codebook):
        found = search(tokens, patterns)
        keys = _codebook_keys(patterns, found)
        actors = np.array([*patterns.actors, ""], object)
    else:
        texts = [patterns] if isinstance(patterns, str) else list(patterns)
        found = search_patterns(tokens, [parse_pattern(text) for text in texts])
        keys = _pattern_keys(texts, found)
        actors = np.array([""], object)
    keys |= {"agent": actors[found.spans.agent], "target": actors[found.spans.target]}
    return _rows(tokens, found, keys, where)


def term_hits(tokens: Tokens, terms: Iterable[str], *, where: Where | None = None) -> pd.DataFrame:
    """Every occurrence of terms as `term_counts` counts them (blanks between the words of a sequence).

    Returns:
        The columns of `hits`, with kind `term` and the term in `term`.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["Pro-war or war."]})))
    >>> term_hits(tokens, ["war"])["start"].tolist()
    [11]
    """
    terms = list(dict.fromkeys(terms))
    # A word of a term stands for exactly itself: not for parts of hyphenated words, nor for other spellings.
    patterns = [Pattern(term, (tuple(Element((word,)) for word in term.split(" ")),)) for term in terms]
    found = search_patterns(tokens, patterns, parts=False)
    keys = {"kind": np.full(len(found.entry), "term", object), "term": np.array(terms, object)[found.entry]}
    return _rows(tokens, found, keys, where)


def evidence(hits: pd.DataFrame, row: Mapping[str, object] | pd.Series) -> pd.DataFrame:
    """The hits behind a row of a table: as many as the count of the row.

    Args:
        hits: made by `hits` or `term_hits` from the same tokens and with the same `where` as the table.
        row: a row of the table; columns it shares with the hits as a key (group columns, frame, actor, referent,
            name, pattern, term) must agree.

    >>> table = pd.DataFrame({"outlet": ["A", "B"], "frame": "war", "hit_id": ["1", "2"]})
    >>> evidence(table, {"outlet": "B", "frame": "war", "count": 1})["hit_id"].tolist()
    ['2']
    """
    given = dict(row)
    mask = np.ones(len(hits), bool)
    for name in [name for name in given if name in hits.columns and name not in _NOT_KEYS]:
        mask &= (hits[name].astype(str) == str(given[name])).to_numpy()
    return hits[mask]


_NOT_KEYS = frozenset({"hit_id", "start", "end", "text", "negated", "sentence_text", "sentence_start", "kind"})


def _codebook_keys(codebook: Codebook, found: Found) -> dict[str, NDArray]:
    entries = codebook.entries
    column = {"frame": "frame", "actor": "actor", "name": "referent"}
    keys: dict[str, NDArray] = {"kind": np.array([entry.kind for entry in entries], object)[found.entry]}
    for kind, name in column.items():
        keys[name] = np.array([entry.key if entry.kind == kind else "" for entry in entries], object)[found.entry]
    keys["name"] = np.array([entry.name for entry in entries], object)[found.entry]
    keys["pattern"] = np.array([pattern.text for pattern in found.patterns], object)[found.spans.key]
    return keys


def _pattern_keys(texts: list[str], found: Found) -> dict[str, NDArray]:
    return {
        "kind": np.full(len(found.entry), "pattern", object),
        "pattern": np.array(texts, object)[found.entry] if texts else np.empty(0, object),
    }


def _rows(tokens: Tokens, found: Found, keys: Mapping[str, NDArray], where: Where | None) -> pd.DataFrame:
    """The table of hits: keys, places, layers, sentences, document columns."""
    kept = np.flatnonzero(qualifying(tokens, found.spans.first, found.spans.last, select(tokens, where)))
    first, last = found.spans.first[kept], found.spans.last[kept]
    document = tokens.documents_of(first)
    table = pd.DataFrame(
        {
            "doc_id": tokens.corpus.documents.index.to_numpy(object)[document],
            "start": tokens.char_starts[first],
            "end": tokens.char_ends[last],
        }
    )
    for name in (*KEYS, "agent", "target"):
        table[name] = keys[name][kept] if name in keys else ""
    table["negated"] = _negated(tokens, first)
    for name in (*_AT_FIRST_WORD, *tokens.extra):
        table[name] = tokens.layer(name).at(first)
    low, high = _sentences(tokens, first)
    table["sentence_start"] = low
    texts = {number: tokens.corpus.text(tokens.corpus.documents.index[number]) for number in np.unique(document)}
    table["text"] = [texts[d][a:b] for d, a, b in zip(document, table["start"], table["end"], strict=True)]
    table["sentence_text"] = [texts[d][a:b] for d, a, b in zip(document, low, high, strict=True)]
    table.insert(0, "hit_id", _ids(table))
    about = tokens.corpus.documents.iloc[document].reset_index(drop=True)
    return table[[*COLUMNS, *tokens.extra]].join(about[[name for name in about if name not in COLUMNS]])


COLUMNS = ["hit_id", "doc_id", "start", "end", "text", *KEYS, "agent", "target", "negated"]
COLUMNS += [*_AT_FIRST_WORD, "sentence_start", "sentence_text"]


def _ids(table: pd.DataFrame) -> list[str]:
    """`doc:start-end:kind:key`; the key is what was looked for."""
    key = table["frame"] + table["actor"] + table["referent"] + table["term"]
    key = key.where(key != "", table["pattern"]) + ("/" + table["name"]).where(table["name"] != "", "")
    parts = zip(table["doc_id"], table["start"], table["end"], table["kind"], key, strict=True)
    return [f"{doc_id}:{start}-{end}:{kind}:{what}" for doc_id, start, end, kind, what in parts]


def _negated(tokens: Tokens, first: Index) -> NDArray[np.bool_]:
    """Whether a negator stands within a few words in front, in the same sentence; *not only* is none."""
    terms = tokens.types["term"]
    negator = (terms.isin(NEGATORS) | terms.str.endswith("n't")).to_numpy()[tokens.ids]
    only = (terms == "only").to_numpy()[tokens.ids]
    words = np.flatnonzero(tokens.is_word)
    rank = np.searchsorted(words, first)
    sentence = tokens.layer("sentence").runs
    out = np.zeros(len(first), bool)
    for back in range(1, NEGATION_REACH + 1):
        at = words[np.maximum(rank - back, 0)]
        following = words[np.minimum(np.maximum(rank - back, 0) + 1, len(words) - 1)] if len(words) else at
        out |= (rank >= back) & negator[at] & ~only[following] & (sentence(at) == sentence(first))
    return out


def _sentences(tokens: Tokens, first: Index) -> tuple[Index, Index]:
    """First and last character of the sentence in which each token stands."""
    layer = tokens.layer("sentence")
    run = layer.runs(first)
    return tokens.char_starts[layer.starts[run]], tokens.char_ends[layer.ends()[run] - 1]
