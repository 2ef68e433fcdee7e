"""Where: every hit with its offsets, voice and sentence, and the hits behind a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from discourse._errors import listed
from discourse.codebook import Codebook, Found, parse_pattern, search, search_patterns
from discourse.tokens import Tokens

from .frequencies import qualifying, term_places
from .selection import Index, Labels, Mask, Where, labels, select

KEYS = ("kind", "frame", "actor", "referent", "name", "pattern", "term")
AT_FIRST_WORD = ("voice", "marking", "speaker", "zone", "section", "sentence")
COLUMNS = ["hit_id", "doc_id", "start", "end", "text", *KEYS, "agent", "target", "negated"]
COLUMNS += [*AT_FIRST_WORD, "sentence_start", "sentence_text"]
# Columns that hits and tables share, and that do not say which row is meant.
NOT_KEYS = frozenset("hit_id start end text kind negated sentence_start sentence_text count total documents".split())

NEGATORS = frozenset("not no never nor neither without cannot hardly barely scarcely nothing nobody none".split())
RESTRICTORS = frozenset({"only", "just", "merely", "simply"})  # *not only* affirms
NEGATION_REACH = 3  # words in front of a hit that may negate it: "no longer a sphere of influence"
NEGATABLE = ("frame", "pattern", "term")


def hits(tokens: Tokens, patterns: Codebook | Sequence[str] | str, *, where: Where | None = None) -> pd.DataFrame:
    """Every hit of a codebook, or of patterns, with the sentence it stands in.

    Args:
        tokens: the corpus.
        patterns: a codebook, a pattern, or a list of patterns; each pattern competes with itself only.
        where: which tokens count; a hit counts when all its words do.

    Returns:
        One row per hit in the order of the text: `hit_id, doc_id, start, end` (characters of `corpus.text(doc_id)`),
        `text, kind, frame, actor, referent, name, pattern, term, agent, target, negated, voice, marking, speaker,
        zone, section, sentence, sentence_start, sentence_text`, layers of one's own and the document columns. Voice
        and the other layers are those of the first word. `negated`: a negator stands at most three words before the
        hit in its sentence (*not only* is none); the hit is flagged and kept, and the flag is a hint to look, not a
        reading. Actors and names are never flagged: to negate a sentence does not unname anyone in it.

    Raises:
        ValueError: a pattern cannot be read, or `where` names an unknown column or value.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A sphere of Russian influence. No more."]})))
    >>> hits(tokens, "sphere* of ~3 influence")[["text", "voice", "sentence_text"]].values.tolist()
    [['sphere of Russian influence', 'author', 'A sphere of Russian influence.']]
    """
    return _rows(tokens, *_found(tokens, patterns, where))


def hit_spans(
    tokens: Tokens, patterns: Codebook | Sequence[str] | str, *, where: Where | None = None
) -> tuple[Index, Index]:
    """First and last token of every hit: `hits` without its table, for what only needs to know where.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A sphere of Russian influence."]})))
    >>> [edge.tolist() for edge in hit_spans(tokens, "sphere* of ~3 influence")]
    [[1], [4]]
    """
    first, last, _ = _found(tokens, patterns, where)
    return first, last


def _found(
    tokens: Tokens, patterns: Codebook | Sequence[str] | str, where: Where | None
) -> tuple[Index, Index, dict[str, Labels]]:
    """First and last token of the hits that qualify, and what each stands for."""
    chosen = select(tokens, where)
    if isinstance(patterns, Codebook):
        found = search(tokens, patterns)
        keys = _codebook_keys(patterns, found)
    else:
        texts = list(dict.fromkeys([patterns] if isinstance(patterns, str) else patterns))
        found = search_patterns(tokens, [parse_pattern(text) for text in texts])
        keys = {"kind": _repeated("pattern", len(found.entry)), "pattern": _picked(texts, found.entry)}
    kept = np.flatnonzero(qualifying(tokens, found.spans.first, found.spans.last, chosen))
    return found.spans.first[kept], found.spans.last[kept], {name: key[kept] for name, key in keys.items()}


def term_hits(tokens: Tokens, terms: Iterable[str], *, where: Where | None = None) -> pd.DataFrame:
    """Every occurrence of terms as `term_counts` counts them (blanks between the words of a sequence).

    Args:
        tokens: the corpus.
        terms: as they stand in the column `term` of a table; sequences of up to five words.
        where: which tokens count.

    Returns:
        The columns of `hits`, with kind `term` and the term in `term`, in the order of the text; occurrences of a
        sequence may overlap. A term that does not occur has no row.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["Pro-war or war."]})))
    >>> term_hits(tokens, ["war"])["start"].tolist()
    [11]
    """
    wanted = list(dict.fromkeys([terms] if isinstance(terms, str) else terms))
    chosen = select(tokens, where) & tokens.is_word
    sizes = sorted({term.count(" ") + 1 for term in wanted})
    spans = np.hstack([np.empty((3, 0), np.int64), *(_term_spans(tokens, chosen, wanted, size) for size in sizes)])
    first, last, which = spans[:, np.lexsort([spans[1], spans[0]])]
    return _rows(tokens, first, last, {"kind": _repeated("term", len(first)), "term": _picked(wanted, which)})


def _term_spans(tokens: Tokens, chosen: Mask, wanted: list[str], ngram: int) -> Index:
    """Three rows: first and last token of each wanted term of one length, and which of the terms it is."""
    places = term_places(tokens, chosen, ngram)
    which = pd.Index(wanted).get_indexer(places.spelled)[places.code]
    return np.stack([places.first, places.last, which])[:, which >= 0]


def evidence(hits: pd.DataFrame, row: Mapping[str, object] | pd.Series) -> pd.DataFrame:
    """The hits behind a row of a table: as many as the count of the row.

    Args:
        hits: made by `hits`, `term_hits` or `frame_actor_hits` from the same tokens and with the same `where` as the
            table.
        row: a row of the table. The columns that it shares with the hits as keys (groups, frame, actor, role,
            referent, name, pattern, term) must agree; a missing value agrees with the empty group.

    Returns:
        The rows of `hits` that belong to the row of the table.

    Raises:
        ValueError: the row has no key in common with the hits.

    >>> table = pd.DataFrame({"outlet": ["A", "B"], "frame": "war", "hit_id": ["1", "2"]})
    >>> evidence(table, {"outlet": "B", "frame": "war", "count": 1})["hit_id"].tolist()
    ['2']
    """
    given = dict(row)
    keys = [name for name in given if name in hits.columns and name not in NOT_KEYS]
    if not keys:
        raise ValueError(
            f"row must have a column that says which hits are meant; got {listed(given)}. "
            "Give a row of a table that was made from the same tokens as the hits."
        )
    mask = np.ones(len(hits), bool)
    for name in keys:
        mask &= labels(hits[name]) == labels([given[name]])[0]
    return hits[mask]


def _codebook_keys(codebook: Codebook, found: Found) -> dict[str, Labels]:
    """What each hit stands for, and the actors bound in it."""
    entries, actors = codebook.entries, [*codebook.actors, ""]  # -1 is no actor
    keys = {"kind": _picked([entry.kind for entry in entries], found.entry)}
    for kind, column in (("frame", "frame"), ("actor", "actor"), ("name", "referent")):
        keys[column] = _picked([entry.key if entry.kind == kind else "" for entry in entries], found.entry)
    keys["name"] = _picked([entry.name for entry in entries], found.entry)
    keys["pattern"] = _picked([pattern.text for pattern in found.patterns], found.spans.key)
    return keys | {"agent": _picked(actors, found.spans.agent), "target": _picked(actors, found.spans.target)}


def _picked(values: Sequence[str], which: Index) -> Labels:
    return np.array(values, object)[which]


def _repeated(value: str, size: int) -> Labels:
    return np.full(size, value, object)


def _rows(tokens: Tokens, first: Index, last: Index, keys: Mapping[str, Labels]) -> pd.DataFrame:
    """The table of hits: places, keys, layers, sentences, document columns."""
    document, sentence = tokens.documents_of(first), tokens.layer("sentence")
    run = sentence.runs(first)
    start, end = tokens.char_starts[first], tokens.char_ends[last]
    opening, closing = tokens.char_starts[sentence.starts[run]], tokens.char_ends[sentence.ends()[run] - 1]
    kind = keys["kind"]
    table = pd.DataFrame(
        {
            "doc_id": tokens.corpus.documents.index.to_numpy(object)[document],
            "start": start,
            "end": end,
            "text": slices(tokens, document, start, end),
            **{name: keys.get(name, _repeated("", len(first))) for name in (*KEYS, "agent", "target")},
            "negated": _negated(tokens, first) & np.isin(kind, NEGATABLE),
            **{name: tokens.layer(name).at(first) for name in (*AT_FIRST_WORD, *tokens.extra)},
            "sentence_start": opening,
            "sentence_text": slices(tokens, document, opening, closing),
        }
    )
    table["hit_id"] = _ids(table)
    about = tokens.corpus.documents.iloc[document].reset_index(drop=True)
    return table[[*COLUMNS, *tokens.extra]].join(about[[name for name in about if name not in COLUMNS]])


def slices(tokens: Tokens, document: Index, start: Index, end: Index) -> list[str]:
    """The characters of documents, given by their numbers, from `start` to `end`.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["Türkiye", "Iran"]})))
    >>> slices(tokens, np.array([0, 1]), np.array([0, 1]), np.array([3, 4]))
    ['Tür', 'ran']
    """
    texts = {int(number): tokens.corpus.texts[int(number)].as_py() for number in np.unique(document)}
    places = zip(document.tolist(), start.tolist(), end.tolist(), strict=True)
    return [texts[number][a:b] for number, a, b in places]


def _ids(table: pd.DataFrame) -> list[str]:
    """`doc:start-end:kind:key`; the key is what was looked for."""
    key = table["frame"] + table["actor"] + table["referent"] + table["term"]
    key = key.where(key != "", table["pattern"]) + ("/" + table["name"]).where(table["name"] != "", "")
    parts = zip(table["doc_id"], table["start"], table["end"], table["kind"], key, strict=True)
    return [f"{doc_id}:{start}-{end}:{kind}:{what}" for doc_id, start, end, kind, what in parts]


def _negated(tokens: Tokens, first: Index) -> Mask:
    """Whether a negator stands within a few words in front of each token, in its sentence."""
    words = np.flatnonzero(tokens.is_word)
    if not len(first) or not len(words):
        return np.zeros(len(first), bool)
    terms = tokens.types["term"]
    negates = (terms.isin(NEGATORS) | terms.str.endswith("n't")).to_numpy()[tokens.ids[words]]
    restricts = terms.isin(RESTRICTORS).to_numpy()[tokens.ids[words]]
    negates[:-1] &= ~restricts[1:]
    sentence = tokens.layer("sentence").runs
    before = np.searchsorted(words, first)[:, None] - np.arange(1, NEGATION_REACH + 1)
    near = sentence(words[np.maximum(before, 0)].ravel()).reshape(before.shape) == sentence(first)[:, None]
    return np.asarray((near & negates[np.maximum(before, 0)] & (before >= 0)).any(axis=1))
