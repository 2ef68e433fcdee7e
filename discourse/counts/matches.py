"""Where: every hit with its offsets, voice and sentence, and the hits behind a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from discourse._errors import demand, listed
from discourse.codebook import Codebook, Negation
from discourse.tokens import LAYERS, Encoded, Tokens
from discourse.tokens.types import check_terms

from .negation import negated
from .rows import Rows, Sentences, stacked
from .selection import Conditions, Index, Where, conditions, labels
from .spans import Marked, Patterns, Strings, marked, marked_terms, repeated, wanted
from .spellings import strings

KEYS = ("kind", "frame", "actor", "referent", "name", "pattern", "term")
AT_FIRST_WORD = ("voice", "marking", "speaker", "zone", "section", "sentence")
COLUMNS = ["hit_id", "doc_id", "start", "end", "text", *KEYS, "agent", "target", "negated"]
COLUMNS += [*AT_FIRST_WORD, "sentence_start", "sentence_text"]
# Columns that hits and tables share, and that do not say which row is meant.
NOT_KEYS = frozenset("hit_id start end text kind negated sentence_start sentence_text count total documents".split())

NEGATABLE = ("frame", "pattern", "term")
LONGEST_TERM = 5  # words
NUMBERED = ("sentence", "paragraph")  # layers whose values are numbers


def hits(tokens: Encoded, patterns: Patterns, *, where: Where | None = None) -> pd.DataFrame:
    """Every hit of a codebook, or of patterns, with the sentence it stands in.

    Args:
        tokens: the corpus.
        patterns: a codebook, a pattern, or a list of patterns; each pattern competes with itself only.
        where: which tokens count; a hit counts when all its words do.

    Returns:
        One row per hit in the order of the text: `hit_id, doc_id, start, end` (characters of `corpus.text(doc_id)`),
        `text, kind, frame, actor, referent, name, pattern, term, agent, target, negated, voice, marking, speaker,
        zone, section, sentence, sentence_start, sentence_text`, layers of one's own and the document columns (with
        `_document` behind the name of one that the table has itself: `name_document`). Voice and the other layers are
        those of the first word. `negated`: a negator stands at most three words before the
        hit in its sentence (*not only* is none, *but* ends its reach; a codebook may say otherwise); the hit is
        flagged and kept, and the flag is a hint to look, not a reading. Actors and names are never flagged: to negate
        a sentence does not unname anyone in it. `sentence_text` is a column of objects where thousands of hits share
        sentences too long to be written out for each, as in a transcript without full stops.

    Raises:
        ValueError: a pattern cannot be read, or `where` names an unknown column or value.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A sphere of Russian influence. No more."]})))
    >>> hits(tokens, "sphere* of ~3 influence")[["text", "voice", "sentence_text"]].values.tolist()
    [['sphere of Russian influence', 'author', 'A sphere of Russian influence.']]
    """
    return table_of_hits(tokens, partial(hits_of_part, patterns=wanted(patterns), where=conditions(tokens, where)))


def hit_spans(tokens: Encoded, patterns: Patterns, *, where: Where | None = None) -> tuple[Index, Index]:
    """First and last token of every hit: `hits` without its table, for what only needs to know where.

    Tokens are counted through all parts of a corpus.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A sphere of Russian influence."]})))
    >>> [edge.tolist() for edge in hit_spans(tokens, "sphere* of ~3 influence")]
    [[1], [4]]
    """
    part = partial(_spans, patterns=wanted(patterns), where=conditions(tokens, where))
    first, last, _ = tokens.reduce(part, _one_after_the_other)
    return first, last


def _spans(tokens: Tokens, *, patterns: Codebook | tuple[str, ...], where: Conditions) -> tuple[Index, Index, int]:
    """First and last token of each hit, and how many tokens there are."""
    found = marked(tokens, patterns, where)
    return found.first, found.last, len(tokens)


def _one_after_the_other(parts: Sequence[tuple[Index, Index, int]]) -> tuple[Index, Index, int]:
    before = np.cumsum([0, *(size for _, _, size in parts)]).tolist()
    edges = [(first + own, last + own) for (first, last, _), own in zip(parts, before[:-1], strict=True)]
    first, last = (np.concatenate(edge) for edge in zip(*edges, strict=True))
    return first, last, before[-1]


def term_hits(tokens: Encoded, terms: Iterable[str], *, where: Where | None = None) -> pd.DataFrame:
    """Every occurrence of terms as `term_counts` counts them (blanks between the words of a sequence).

    Args:
        tokens: the corpus.
        terms: as they stand in the column `term` of a table; sequences of up to five words.
        where: which tokens count.

    Returns:
        The columns of `hits`, with kind `term` and the term in `term`, in the order of the text; occurrences of a
        sequence may overlap. A term that does not occur has no row.

    Raises:
        ValueError: a term in capitals, a sequence that is too long, or `where` names an unknown column or value.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["Pro-war or war."]})))
    >>> term_hits(tokens, ["war"])["start"].tolist()
    [11]
    """
    sought = tuple(dict.fromkeys([terms] if isinstance(terms, str) else terms))
    check_terms(sought)
    for term in sought:
        if term.count(" ") >= LONGEST_TERM:
            raise ValueError(
                f"terms must have up to {LONGEST_TERM} words with one blank in between; got {term!r}. "
                "Look for longer ones with hits."
            )
    return table_of_hits(tokens, partial(_term_hits, terms=sought, where=conditions(tokens, where)))


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
        ValueError: the hits are no table, the row is none, it has no key in common with the hits, or counts more or
            fewer than there are.

    >>> table = pd.DataFrame({"outlet": ["A", "B"], "frame": "war", "hit_id": ["1", "2"]})
    >>> evidence(table, {"outlet": "B", "frame": "war", "count": 1})["hit_id"].tolist()
    ['2']
    """
    demand(hits, ["hit_id"], "hits", name="hits")
    given: object = row
    if not isinstance(given, Mapping | pd.Series):
        got = f"a table of {len(given)}" if isinstance(given, pd.DataFrame) else f"a {type(given).__name__}"
        raise ValueError(f"row must be one row of a table; got {got}. Choose one: table.iloc[0].")
    found = agreeing(hits, row)
    if row.get("count", len(found)) != len(found):
        raise ValueError(
            f"the hits must be those that the row counts, {row['count']}; {len(found)} of them belong to it. "
            "Make them from the same tokens, with the same patterns and the same `where`."
        )
    return found


def agreeing(hits: pd.DataFrame, row: Mapping[str, object] | pd.Series) -> pd.DataFrame:
    """The hits that agree with a row in the keys that both have, however many it counts.

    >>> agreeing(pd.DataFrame({"frame": ["war", "peace"]}), {"frame": "war", "count": 7})["frame"].tolist()
    ['war']
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


# ── the table of hits ────────────────────────────────────────────────────────────────────────────────────────────────


def table_of_hits(encoded: Encoded, part: partial[Rows], *more: str) -> pd.DataFrame:
    """What all parts find, as one table; `part` is also called with one's own layers, and may add more columns."""
    own = tuple(name for name in encoded.layers if name not in LAYERS)
    rows = encoded.reduce(partial(part, own=own), stacked)
    return rows.frame([*COLUMNS, *own, *more], encoded.documents)


def hits_of_part(
    tokens: Tokens, *, patterns: Codebook | tuple[str, ...], where: Conditions, own: Sequence[str]
) -> Rows:
    """The rows of `hits` in one part, with columns for one's own layers."""
    negation = patterns.negation if isinstance(patterns, Codebook) else Negation()
    return rows_of(tokens, marked(tokens, patterns, where), own, negation)


def _term_hits(tokens: Tokens, *, terms: tuple[str, ...], where: Conditions, own: Sequence[str]) -> Rows:
    return rows_of(tokens, marked_terms(tokens, terms, where), own, Negation())


def rows_of(tokens: Tokens, found: Marked, own: Sequence[str], negation: Negation) -> Rows:
    """The rows of hits: places, keys, layers (also those of one's own), sentences.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["No war."]})))
    >>> rows_of(tokens, marked(tokens, ("war",), Conditions()), [], Negation()).table["text"].to_pylist()
    ['war']
    """
    document = tokens.documents_of(found.first)
    opening, closing = sentence_of(tokens, found.first)
    begin, end, sentence = tokens.starts_at(found.first), tokens.ends_at(found.last), tokens.starts_at(opening)
    places = tokens.characters(np.tile(document, 3), np.concatenate([begin, end, sentence]))
    start, stop, sentence_start = np.split(places, 3)
    keys = {name: found.keys.get(name, repeated("", len(found))) for name in (*KEYS, "agent", "target")}
    negatable = np.isin(keys["kind"].to_numpy(zero_copy_only=False), NEGATABLE)
    columns = {
        "hit_id": hit_ids(tokens, document, start, stop, found.keys),
        "start": start,
        "end": stop,
        "text": tokens.slices(document, begin, end),
        **keys,
        "negated": negated(tokens, found.first, negation) & negatable,
        **layer_columns(tokens, [*AT_FIRST_WORD, *own], found.first),
        "sentence_start": sentence_start,
    }
    return Rows.of(columns, document, tokens.documents, _sentences(tokens, document, sentence, tokens.ends_at(closing)))


def _sentences(tokens: Tokens, document: Index, begin: Index, end: Index) -> Sentences:
    """The sentences of hits in the order of the text, given by their first bytes and those after their last."""
    new = np.ones(len(document), bool)
    new[1:] = (np.diff(document) != 0) | (np.diff(begin) != 0)
    return Sentences(tokens.slices(document[new], begin[new], end[new]), np.cumsum(new) - 1)


def sentence_of(tokens: Tokens, at: Index) -> tuple[Index, Index]:
    """The first and the last token of the sentence of each token.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War. No war."]})))
    >>> [edge.tolist() for edge in sentence_of(tokens, np.array([0, 3]))]
    [[0, 2], [1, 4]]
    """
    return tokens.layer("sentence").edges(at) if len(at) else (at, at)


def layer_column(tokens: Tokens, name: str, at: Index) -> Strings | NDArray[np.int32]:
    """The value of a layer at tokens, see `layer_columns`.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["No “war”"]})))
    >>> layer_column(tokens, "voice", np.array([0, 2])).to_pylist()
    ['author', 'marked']
    """
    return layer_columns(tokens, [name], at)[name]


def layer_columns(
    tokens: Tokens, names: Sequence[str], at: Index, order: Index | None = None
) -> dict[str, Strings | NDArray[np.int32]]:
    """The values of layers at tokens; where there are none no layer is computed.

    Args:
        tokens: the corpus.
        names: which layers.
        at: the tokens.
        order: in which the values are given; by default that of the tokens.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["No war. No."]})))
    >>> layer_columns(tokens, ["sentence"], np.array([0, 3]), np.array([1, 0]))["sentence"].tolist()
    [1, 0]
    """
    if not len(at):
        return {name: np.empty(0, np.int32) if name in NUMBERED else pa.array([], pa.large_string()) for name in names}
    own = slice(None) if order is None else order
    unknown = [name for name in names if not tokens.knows(name)]
    found: dict[str, Strings | NDArray[np.int32]] = {}
    if unknown:
        said, place = tokens.said_at(at)
        found = {name: said.values(name).take(pa.array(place[own])) for name in unknown}
    for name in (name for name in names if name not in found):
        codes, values = tokens.layer(name).codes_at(at)[own], tokens.layer(name).values  # noqa: PD011
        found[name] = codes if values is None else pa.array(values, pa.large_string()).take(pa.array(codes))
    return found


def characters_of(tokens: Tokens, document: Index, found: Marked) -> tuple[Index, Index]:
    """The first character of each hit in its document, and the one after its last.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["Türkiye’s war"]})))
    >>> characters_of(tokens, np.array([0]), Marked(np.array([1]), np.array([1]), {}))
    (array([10]), array([13]))
    """
    edges = np.concatenate([tokens.starts_at(found.first), tokens.ends_at(found.last)])
    start, stop = np.split(tokens.characters(np.tile(document, 2), edges), 2)
    return start, stop


def hit_ids(tokens: Tokens, document: Index, start: Index, end: Index, keys: Mapping[str, Strings]) -> Strings:
    """`doc:start-end:kind:key`; the key is what was looked for."""
    doc_id = strings(tokens.documents.index).take(pa.array(document))
    place = (doc_id, _text(":"), _written(start), _text("-"), _written(end))
    return pc.binary_join_element_wise(*place, _text(":"), keys["kind"], _text(":"), *_key(keys), _text(""))


def _key(keys: Mapping[str, Strings]) -> list[Strings]:
    """What was looked for: a frame, an actor, a referent and its name, or a term; else the pattern."""
    named = [keys[name] for name in ("frame", "actor", "referent", "term") if name in keys]
    if not named:
        return [keys["pattern"]]
    what = pc.binary_join_element_wise(*named, _text(""))
    if "name" not in keys:
        return [what]
    way = pc.binary_join_element_wise(_text("/"), keys["name"], _text(""))
    return [what, pc.if_else(pc.equal(keys["name"], ""), _text(""), way)]


def _text(value: str) -> pa.Scalar:
    return pa.scalar(value, pa.large_string())


def _written(numbers: Index) -> Strings:
    return pa.array(numbers).cast(pa.large_string())
