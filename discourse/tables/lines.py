"""In what surroundings: the lines in which a pattern occurs, one below the other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from discourse._errors import choose, whole
from discourse.codebook import Codebook
from discourse.counts import Where, conditions
from discourse.counts.matches import characters_of, hit_ids, layer_column, sentence_of
from discourse.counts.rows import Rows, stacked
from discourse.counts.selection import Conditions
from discourse.counts.spans import Marked, Strings, marked, wanted
from discourse.counts.spellings import united
from discourse.tokens import Encoded, Tokens
from discourse.tokens.neighbours import MOST_PLACES, word_at, words_beside

from .flags import Index, Mask

_PLACE = re.compile(r"([1-9])([LR])|C")
ABOUT = ("voice", "marking", "speaker", "zone", "sentence")
COLUMNS = ("hit_id", "doc_id", "left", "node", "right", *ABOUT)


def concordance(
    tokens: Encoded,
    pattern: str,
    *,
    width: int = 10,
    sort: str = "1R2R3R",
    context: str = "tokens",
    sample: int | None = None,
    seed: int | None = None,
    where: Where | None = None,
) -> pd.DataFrame:
    """The lines in which a pattern occurs, one below the other (KWIC).

    Args:
        tokens: the corpus.
        pattern: see docs/codebook.md.
        width: words on either side; for `context="sentence"` it has no effect and the whole sentence is shown.
        sort: what the lines are ordered by, such as `1R2R3R` (first word to the right, then the second, …),
            `1L1R`, `C` (the node itself), or empty for the order of the texts.
        context: `tokens` or `sentence`.
        sample: how many lines, drawn at random without replacement; all if there are no more.
        seed: for the sample; needed with `sample`.
        where: which tokens count.

    Returns:
        One row per hit: `hit_id, doc_id, left, node, right, voice, marking, speaker, zone, sentence` and the document
        columns (with `_document` behind the name of one that the table has itself: `left_document`). `left`, `node`
        and `right` are the source text, unchanged but for line breaks.

    Raises:
        ValueError: the pattern or `sort` cannot be read; a negative width; `sample` without a seed, or below 1.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A war of words. No war today."]})))
    >>> concordance(tokens, "war", width=2)[["left", "node", "right"]].values.tolist()
    [['A', 'war', 'of words.'], ['words. No', 'war', 'today.']]
    """
    choose("context", context, ["tokens", "sentence"])
    if not isinstance(width, int | np.integer) or width < 0:
        raise ValueError(f"width must be a number of words, 0 or more; got {width!r}. Give 10 for ten words a side.")
    sample = _checked(sample, seed)
    wish = Wish(wanted(pattern), conditions(tokens, where), -1 if context == "sentence" else int(width), _places(sort))
    drawn = None if sample is None else _drawn(tokens, wish, sample, seed)
    lines = tokens.reduce(partial(_lines, wish=wish, drawn=drawn), _joined)
    return lines.rows.frame(COLUMNS, tokens.documents, _order(lines) if wish.places else None)


class Wish(NamedTuple):
    """What lines are asked for.

    Attributes:
        patterns: what is looked for.
        where: which tokens count.
        width: words on either side; -1 for the sentence.
        places: what the lines are ordered by: -1 is the first word to the left, 1 the first to the right, 0 the node.
    """

    patterns: Codebook | tuple[str, ...]
    where: Conditions
    width: int
    places: list[int]


@dataclass(frozen=True, eq=False)
class Lines:
    """Lines of some parts of a corpus, in the order of the texts.

    Attributes:
        rows: the lines.
        keys: one row per line and one column per place: the index of its word in `terms`, -1 where there is none.
        terms: the words at these places, sorted.
    """

    rows: Rows
    keys: Index
    terms: pd.Index


def _places(sort: str) -> list[int]:
    found = list(_PLACE.finditer(str(sort)))
    if "".join(match.group() for match in found) != sort:
        raise ValueError(f"sort must be places such as '1R2R3R', '1L1R' or 'C'; got {sort!r}. Digits go from 1 to 9.")
    return [0 if match.group() == "C" else int(match[1]) * (1 if match[2] == "R" else -1) for match in found]


# ── the sample ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _checked(sample: int | None, seed: int | None) -> int | None:
    if sample is None:
        return None
    if seed is None:
        raise ValueError("seed must be given with sample, so that the lines can be drawn again. Give a whole number.")
    whole("seed", seed, 0, "The same one draws the same lines.")
    return whole("sample", sample, 1, "Leave it out for all lines.")


def _drawn(tokens: Encoded, wish: Wish, sample: int, seed: int | None) -> Mapping[str, Index]:
    """Which hits of each part are drawn from all of them; a part goes by its first document."""
    counts = tokens.reduce(partial(_counted, wish=wish), _listed)
    chosen = np.sort(np.random.default_rng(seed).permutation(sum(count for _, count in counts))[:sample])
    before = np.cumsum([0, *(count for _, count in counts)])
    edges = np.searchsorted(chosen, before)
    return {name: chosen[edges[i] : edges[i + 1]] - before[i] for i, (name, _) in enumerate(counts)}


def _counted(tokens: Tokens, *, wish: Wish) -> list[tuple[str, int]]:
    return [(_name(tokens), len(marked(tokens, wish.patterns, wish.where)))]


def _listed(counts: Sequence[list[tuple[str, int]]]) -> list[tuple[str, int]]:
    return [pair for own in counts for pair in own]


def _name(tokens: Tokens) -> str:
    return str(tokens.documents.index[0]) if len(tokens.documents) else ""


# ── the lines of one part ────────────────────────────────────────────────────────────────────────────────────────────


def _lines(tokens: Tokens, *, wish: Wish, drawn: Mapping[str, Index] | None) -> Lines:
    found = marked(tokens, wish.patterns, wish.where)
    if drawn is not None:
        found = found.take(drawn[_name(tokens)])
    document = tokens.documents_of(found.first)
    is_wide = wish.width * len(found) > MOST_PLACES
    near = 0 if is_wide else wish.width
    before = words_beside(tokens, found.first, max(near, *(-place for place in wish.places), 0), -1)
    after = words_beside(tokens, found.last, max(near + 1, *wish.places, 0), 1)
    keys, terms = _keys(tokens, _at_places(tokens, found, wish.places, before, after), document)
    if wish.width < 0:
        low, high = sentence_of(tokens, found.first)
    elif is_wide:
        low, high = (word_at(tokens, *end) for end in ((found.first, wish.width, -1), (found.last, wish.width + 1, 1)))
        low, high = _within(tokens, document, low, high)
    else:
        low = before[:, wish.width - 1] if wish.width else found.first
        low, high = _within(tokens, document, low, after[:, wish.width])
    rows = Rows.of(_columns(tokens, found, document, low, high), document, tokens.documents)
    return Lines(rows, keys, terms)


def _within(tokens: Tokens, document: Index, low: Index, after: Index) -> tuple[Index, Index]:
    """The first and the last token of each line, within the document, of its first word and the one behind its last."""
    # Up to the token before the word after the last one shown, so that its punctuation is kept.
    high = np.minimum(after, tokens.doc_offsets[document + 1])
    return np.maximum(low, tokens.doc_offsets[document]), high - 1


def _columns(tokens: Tokens, found: Marked, document: Index, low: Index, high: Index) -> dict[str, pa.Array | Index]:
    begin, end = tokens.starts_at(found.first), tokens.ends_at(found.last)
    edges = [tokens.starts_at(low), begin, end, tokens.ends_at(high)]
    texts = one_line(tokens.slices(np.tile(document, 3), np.concatenate(edges[:3]), np.concatenate(edges[1:])))
    return {
        "hit_id": hit_ids(tokens, document, *characters_of(tokens, document, found), found.keys),
        **{name: texts.slice(i * len(found), len(found)) for i, name in enumerate(("left", "node", "right"))},
        **{name: layer_column(tokens, name, found.first) for name in ABOUT},
    }


def _at_places(tokens: Tokens, found: Marked, places: Sequence[int], before: Index, after: Index) -> Index:
    """The word at each place asked for, one column a place; outside the corpus where there is none."""
    columns = [np.empty((len(found), 0), np.int64)]
    for place in places:
        if place > 0:
            columns.append(after[:, place - 1 : place])
        elif place < 0:
            columns.append(before[:, -place - 1 : -place])
        else:  # the first word of the node, or after it
            columns.append(words_beside(tokens, found.first - 1, 1, 1))
    return np.hstack(columns)


def _keys(tokens: Tokens, words: Index, document: Index) -> tuple[Index, pd.Index]:
    """What lines are ordered by, and the words that it counts; a word of another document is none."""
    own = (words >= tokens.doc_offsets[document][:, None]) & (words < tokens.doc_offsets[document + 1][:, None])
    code = np.where(own, tokens.term_codes[tokens.ids_at(np.where(own, words, 0))], -1)
    used = np.zeros(len(tokens.terms) + 1, bool)
    used[code] = True
    used[-1] = False
    return np.where(code < 0, -1, (np.cumsum(used) - 1)[code]), tokens.terms.take(np.flatnonzero(used))


def _joined(parts: Sequence[Lines]) -> Lines:
    """The lines of neighbouring parts, one after the other; their words are numbered anew."""
    if len(parts) == 1:
        return parts[0]
    terms, places = united([part.terms for part in parts])
    number = [np.append(place, -1) for place in places]
    keys = np.concatenate([own[part.keys] for own, part in zip(number, parts, strict=True)])
    return Lines(stacked([part.rows for part in parts]), keys, terms)


def _order(lines: Lines) -> Index:
    """The order of lines by their words, the first one first; no word comes before all others.

    Those with equal words stay in the order of the texts.
    """
    width = len(lines.terms) + 1
    if width ** lines.keys.shape[1] >= 2**63:
        return np.lexsort(lines.keys.T[::-1])
    packed = np.zeros(len(lines.keys), np.int64)
    for key in lines.keys.T:
        packed = packed * width + key
    return np.argsort(packed, kind="stable")


# ── one line each ────────────────────────────────────────────────────────────────────────────────────────────────────

# White space beyond ASCII, by its bytes in UTF-8 as one number of three bytes.
_WIDE = np.array([int.from_bytes(c.encode().ljust(3, b"\0")) for c in "\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"])
_WIDE = np.append(_WIDE, [int.from_bytes(chr(code).encode()) for code in range(0x2000, 0x200B)])


BLANK = np.uint8(0x20)
_SPACE = np.array([chr(code).isspace() and code < 0x80 for code in range(256)])


def one_line(texts: Strings) -> Strings:
    """Each text on one line: white space of any kind is one blank, and there is none at the ends.

    >>> one_line(pa.array(["a\\n\\n b", " c"], pa.large_string())).to_pylist()
    ['a b', 'c']
    """
    trimmed = pc.ascii_trim(texts, characters=" ")
    rows, wide = _broken(trimmed)
    if not len(rows):
        return trimmed
    folded = _folded(trimmed.take(pa.array(rows)))
    if wide.any():
        split = [" ".join(text.split()) for text in folded.filter(pa.array(wide)).to_pylist()]
        folded = pc.replace_with_mask(folded, pa.array(wide), pa.array(split, pa.large_string()))
    mask = np.zeros(len(texts), bool)
    mask[rows] = True
    return pc.replace_with_mask(trimmed, pa.array(mask), folded)


def _bytes_of(texts: Strings) -> tuple[Index, NDArray[np.uint8]]:
    """The bytes of all texts, and where each begins."""
    _, offsets, data = texts.buffers()
    begin = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return begin - begin[0], np.frombuffer(data or b"", np.uint8)[begin[0] : begin[-1]]


def _broken(texts: Strings) -> tuple[Index, Mask]:
    """Which texts hold white space other than single blanks, and which of these hold some that is not ASCII."""
    if not len(texts):
        return np.empty(0, np.int64), np.empty(0, bool)
    begin, raw = _bytes_of(texts)
    low = raw <= BLANK
    odd = low & (raw != BLANK)
    odd[1:] |= low[1:] & low[:-1]
    near = np.flatnonzero(odd)
    lead = np.flatnonzero((raw == 0xC2) | (raw - np.uint8(0xE1) < 3))
    after = [np.where(lead + k < len(raw), raw[np.minimum(lead + k, len(raw) - 1)], 0).astype(np.int64) for k in (1, 2)]
    code = (raw[lead].astype(np.int64) << 16) | (after[0] << 8) | np.where(raw[lead] == 0xC2, 0, after[1])
    far = lead[np.isin(code, _WIDE)]
    rows = np.unique(np.searchsorted(begin, np.append(near, far), side="right") - 1)
    return rows, np.isin(rows, np.searchsorted(begin, far, side="right") - 1)


def _folded(texts: Strings) -> Strings:
    """Texts in which every run of ASCII white space is one blank, and none stands at the ends."""
    begin, raw = _bytes_of(texts)
    space = _SPACE[raw]
    kept = ~space
    kept[1:] |= ~space[:-1]
    data = np.where(space, BLANK, raw)[kept]
    offsets = np.append(0, np.cumsum(kept))[begin]
    joined = pa.LargeStringArray.from_buffers(len(texts), pa.py_buffer(offsets), pa.py_buffer(data))
    return pc.ascii_trim(joined, characters=" ")
