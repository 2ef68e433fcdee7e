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
from discourse.codebook.spans import in_order
from discourse.counts import Where, conditions
from discourse.counts.matches import characters_of, hit_ids, layer_columns, sentence_of
from discourse.counts.rows import Rows, stacked
from discourse.counts.selection import Conditions
from discourse.counts.spans import Marked, Strings, marked, wanted
from discourse.counts.spellings import united
from discourse.tokens import Encoded, Tokens
from discourse.tokens.neighbours import words_apart

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
    return tokens.reduce(partial(_lines, wish=wish, drawn=drawn), _joined).rows.frame(COLUMNS, tokens.documents)


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
    """Lines of some parts of a corpus, in the order asked for.

    Attributes:
        rows: the lines.
        keys: one row per place and one column per line: the index of its word in `terms`, -1 where there is none.
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
    width = min(wish.width, len(tokens))
    words = _words_at(tokens, found, [*wish.places, -width, width + 1])
    keys, terms = _keys(tokens, words[: len(wish.places)], document)
    if wish.width < 0:
        low, high = sentence_of(tokens, found.first)
    else:
        low, high = _within(tokens, document, words[-2] if wish.width else found.first, words[-1])
    order = in_order(*(keys + 1)) if len(keys) else np.arange(len(found))
    rows = Rows.of(_columns(tokens, found, document, (low, high), order), document[order], tokens.documents)
    return Lines(rows, keys[:, order], terms)


def _within(tokens: Tokens, document: Index, low: Index, after: Index) -> tuple[Index, Index]:
    """The first and the last token of each line, within the document, of its first word and the one behind its last."""
    # Up to the token before the word after the last one shown, so that its punctuation is kept.
    high = np.minimum(after, tokens.doc_offsets[document + 1])
    return np.maximum(low, tokens.doc_offsets[document]), high - 1


def _columns(
    tokens: Tokens, found: Marked, document: Index, shown: tuple[Index, Index], order: Index
) -> dict[str, pa.Array | Index]:
    """The columns of lines in some order, given the first and the last token of what each shows."""
    edges = [tokens.starts_at(shown[0]), tokens.starts_at(found.first), tokens.ends_at(found.last)]
    edges = [edge[order] for edge in (*edges, tokens.ends_at(shown[1]))]
    start, stop = (edge[order] for edge in characters_of(tokens, document, found))
    about, own = layer_columns(tokens, ABOUT, found.first, order), document[order]
    texts = one_line(tokens.slices(np.tile(own, 3), np.concatenate(edges[:3]), np.concatenate(edges[1:])))
    return {
        "hit_id": hit_ids(tokens, own, start, stop, found.take(order).keys),
        **{name: texts.slice(i * len(found), len(found)) for i, name in enumerate(("left", "node", "right"))},
        **about,
    }


def _words_at(tokens: Tokens, found: Marked, places: Sequence[int]) -> Index:
    """The word at each place, one row a place; outside the corpus where there is none."""
    number, words = np.array(places, np.int64), np.empty((len(places), len(found)), np.int64)
    sides = [(number < 0, found.first), (number > 0, found.last)]
    for own, at in (*sides, (number == 0, found.first - 1)):  # 0 is the first word of the node, or after it
        words[own] = words_apart(tokens, at, np.where(number == 0, 1, number)[own].tolist())
    return words


def _keys(tokens: Tokens, words: Index, document: Index) -> tuple[Index, pd.Index]:
    """What lines are ordered by, and the words that it counts; a word of another document is none."""
    own = (words >= tokens.doc_offsets[document]) & (words < tokens.doc_offsets[document + 1])
    code = np.where(own, tokens.term_codes.take(tokens.ids_at(np.where(own, words, 0))), -1)
    used = np.zeros(len(tokens.terms) + 1, bool)
    used[code] = True
    used[-1] = False
    return np.where(code < 0, -1, (np.cumsum(used) - 1).take(code)), tokens.terms.take(np.flatnonzero(used))


def _joined(parts: Sequence[Lines]) -> Lines:
    """The lines of neighbouring parts in one order; their words are numbered anew.

    Those with equal words stay in the order of the texts, and no word comes before all others.
    """
    if len(parts) == 1:
        return parts[0]
    terms, places = united([part.terms for part in parts])
    number = [np.append(place, -1) for place in places]
    keys = np.concatenate([own[part.keys] for own, part in zip(number, parts, strict=True)], axis=1)
    rows = stacked([part.rows for part in parts])
    if not len(keys):
        return Lines(rows, keys, terms)
    order = in_order(*(keys + 1))
    return Lines(rows.take(order), keys[:, order], terms)


# ── one line each ────────────────────────────────────────────────────────────────────────────────────────────────────

# White space beyond ASCII, by its bytes in UTF-8 as one number of three bytes.
_WIDE = np.array([int.from_bytes(c.encode().ljust(3, b"\0")) for c in "\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"])
_WIDE = np.sort(np.append(_WIDE, [int.from_bytes(chr(code).encode()) for code in range(0x2000, 0x200B)]))

BLANK = np.uint8(0x20)
BLOCK = 1 << 17  # bytes looked at together: they stay in the processor's cache


def one_line(texts: Strings) -> Strings:
    """Each text on one line: white space of any kind is one blank, and there is none at the ends.

    >>> one_line(pa.array(["a\\n\\n b", " c"], pa.large_string())).to_pylist()
    ['a b', 'c']
    """
    trimmed = pc.ascii_trim(texts, characters=" ")
    broken, wide = _broken(trimmed)
    if not broken.any():
        return trimmed
    folded = _folded(trimmed.take(pa.array(np.flatnonzero(broken))))
    if wide.any():
        split = [" ".join(text.split()) for text in trimmed.filter(pa.array(wide)).to_pylist()]
        folded = pc.replace_with_mask(folded, pa.array(wide[broken]), pa.array(split, pa.large_string()))
    return pc.replace_with_mask(trimmed, pa.array(broken), folded)


def _bytes_of(texts: Strings) -> tuple[Index, NDArray[np.uint8]]:
    """The bytes of all texts, and where each begins."""
    _, offsets, data = texts.buffers()
    begin = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return begin - begin[0], np.frombuffer(data or b"", np.uint8)[begin[0] : begin[-1]]


def _broken(texts: Strings) -> tuple[Mask, Mask]:
    """Which texts hold white space other than single blanks, and which hold some that is not ASCII."""
    begin, raw = _bytes_of(texts)
    near, far = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for at in range(0, len(raw), BLOCK):
        part = raw[at : at + BLOCK]
        low = part <= BLANK
        odd = part != BLANK
        odd &= low
        odd[1:] |= low[1:] & low[:-1]
        odd[:1] |= low[:1] & (raw[max(at - 1, 0) : max(at, 1)] <= BLANK) & (at > 0)
        if part.max() > 0x7F:
            odd |= (part == 0xC2) | (part - np.uint8(0xE1) < 3)
        found = at + np.flatnonzero(odd)
        lead = raw[found] > 0x7F
        near.append(found[~lead])
        far.append(found[lead][_is_wide(raw, found[lead])])
    masks = np.zeros((2, len(texts)), bool)
    for mask, own in zip(masks, (near, far), strict=True):
        mask[np.searchsorted(begin, np.concatenate(own), side="right") - 1] = True
    return masks[0] | masks[1], masks[1]


def _is_wide(raw: NDArray[np.uint8], lead: Index) -> Mask:
    """Whether white space beyond ASCII begins at some bytes."""
    second, third = (np.where(lead + k < len(raw), raw.take(lead + k, mode="clip"), 0).astype(np.int64) for k in (1, 2))
    code = (raw[lead].astype(np.int64) << 16) | (second << 8) | np.where(raw[lead] == 0xC2, 0, third)
    found: Mask = _WIDE.take(np.searchsorted(_WIDE, code), mode="clip") == code
    return found


def _folded(texts: Strings) -> Strings:
    """Texts in which every run of ASCII white space is one blank, and none stands at the ends."""
    begin, raw = _bytes_of(texts)
    space = (raw - np.uint8(9) < 5) | (raw - np.uint8(28) < 5)  # what `str.isspace` calls so
    again = np.flatnonzero(space[1:] & space[:-1]) + 1
    data = np.delete(raw ^ ((raw ^ BLANK) & (0 - space.view(np.uint8))), again)
    offsets = begin - np.searchsorted(again, begin)
    joined = pa.LargeStringArray.from_buffers(len(texts), pa.py_buffer(offsets), pa.py_buffer(data))
    return pc.ascii_trim(joined, characters=" ")
