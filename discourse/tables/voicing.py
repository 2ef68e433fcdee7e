"""How right voices are in a corpus: words to be read, whose voice and speaker a coder tells, and what follows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from discourse._errors import demand, whole
from discourse.codebook import Codebook, known, search
from discourse.counts import By, Where, conditions, labels
from discourse.counts.matches import sentence_of
from discourse.counts.selection import Conditions, Index, names_of, select
from discourse.counts.spans import qualifying
from discourse.tokens import Encoded, Tokens, check_encoded
from discourse.tokens.voices.spans import VOICES

from .drawing import (
    Drawn,
    check_groups,
    first_of_each,
    groups_of,
    hashed,
    in_order,
    mixed,
    strata_of,
    together,
    with_orders,
)
from .estimates import MEASURES, MELDED, Draws, limits_of, measures_of, too_few
from .flags import flag_column
from .sheets import HEARD, codes_of, refuse_another, refuse_strangers

NAMED = " with a speaker"  # strata: of each voice, words with a speaker and words without one
STRATA = tuple(voice + end for voice in VOICES for end in ("", NAMED))
KEYS = ["stratum", "found", "found_speaker", "doc_id", "start", "end", "sampled", "population"]
BEFORE, AFTER = 150, 60  # words that a coder sees on each side of the sentence; a speaker is mostly named before


def voice_sheet(
    tokens: Encoded,
    codebook: Codebook | None = None,
    *,
    each: int = 30,
    by: By = None,
    where: Where | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Draw the words that somebody reads to say how right the voices of a corpus are.

    A unit is a word, or a hit of a frame, shown as `>>word<<` in its sentence: whose voice is it in, and who speaks?
    Units are drawn at random from strata: the voices as found, each with and without a speaker. The draw hangs on the
    seed and the documents alone, not on how the corpus is cut into parts.

    Args:
        tokens: the corpus.
        codebook: draw hits of its frames; by default all words.
        each: how many units of each stratum to draw.
        by: document columns each of whose groups is sampled by itself; no coder sees them.
        where: which words count, see `discourse.counts.select`.
        seed: of the draw.

    Returns:
        One row per unit in random order. What a coder may see: `unit, before, sentence, after` (¶: a new paragraph)
        and, empty, `voice, speaker, note`. What tells where it comes from: `[by…], stratum, found` (the voice as
        found)`, found_speaker, doc_id, start, end` (characters)`, sampled, population` (units of the stratum).
        `write_coding_sheet` writes the first part only.

    Raises:
        ValueError: no number or one below 0, a codebook without frames, or `by` names no document column.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["No “war,” said Ek."]})))
    >>> sheet = voice_sheet(tokens, each=2).sort_values("start")
    >>> sheet[["sentence", "found", "found_speaker", "sampled", "population"]].values.tolist()
    [['>>No<< “war,” said Ek.', 'author', '', 2, 3], ['No “>>war<<,” said Ek.', 'quoted', 'Ek', 1, 1], \
['No “war,” said >>Ek<<.', 'author', '', 2, 3]]
    """
    asked = {"each": each, "seed": seed}
    each, seed = (whole(name, value, 0, "Give one, such as 30.") for name, value in asked.items())
    check_encoded(tokens)
    if codebook is not None and not known(codebook).frames:
        raise ValueError("codebook must have frames; got none. Add some, or leave it out to draw from all words.")
    check_groups(tokens, by, (*HEARD, *KEYS))
    most = dict.fromkeys(STRATA, each)
    part = partial(_draw, codebook=codebook, most=most, by=names_of(by), where=conditions(tokens, where), seed=seed)
    drawn = tokens.reduce(part, partial(together, most=most))
    return with_orders(_sheet(drawn, names_of(by)), tokens.documents, names_of(by))


def voice_validity(
    sheet: pd.DataFrame, codes: str | Path | pd.DataFrame, *, by: By = None, seed: int = 0
) -> pd.DataFrame:
    """How often words have the voice and the speaker that a coder gives them, weighted by the design, with limits.

    Args:
        sheet: made by `voice_sheet`.
        codes: what one coder, or all after talking, filled in: a file, or what `read_codes` made of it. Units without
            a voice are taken to be like the others of their stratum.
        by: groups of the sheet to tell apart; it must have been drawn by them.
        seed: of the draws for the limits, which are those of `codebook_validity`.

    Returns:
        For each group and voice: `[by…], voice` (empty: all)`, units` (words, or hits, looked at)`, found` (in this
        voice)`, coded, precision` (of these, the share that the coder gives this voice; of all voices: the share with
        the right one)`, recall, f1, true` (units of this voice, estimated)`, share_found, share` (of units in this
        voice: found, and put right)`, named` (found in this voice with a speaker)`, named_right` (the share of these
        to whom the coder gives the same speaker)`, unnamed` (found in it without a speaker)`, missed` (the share of
        these for which the coder knows one); with `_low` and `_high`; `interval, flags`. Speakers are the same where
        all words of one name are in the other (*Putin*, *Vladimir Putin*). `nan` where too little was coded, and of
        speakers where the codes tell none.

    Raises:
        ValueError: an unknown `by`, no sheet or one without its design, codes of another sheet, of no unit, or none.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["No “war,” said Ada Ek."]})))
    >>> sheet = voice_sheet(tokens)
    >>> voices = ["quoted" if ">>war" in text else "author" for text in sheet["sentence"]]
    >>> codes = sheet.assign(voice=voices, speaker="Ek")
    >>> table = voice_validity(sheet, codes).set_index("voice")
    >>> table.loc["quoted", ["units", "found", "precision", "recall", "share", "named_right"]].tolist()
    [5.0, 1.0, 1.0, 1.0, 0.2, 1.0]
    """
    demand(sheet, ["unit", "sentence", *KEYS], "voice_sheet", name="sheet")
    names = list(names_of(by))
    demand(sheet, names, "voice_sheet drawn with the same by", name="sheet")
    coded = _coded(in_order(sheet, [*names, *(name for name in _drawn_by(sheet) if name not in names)]), codes)
    groups = coded.groupby(names, sort=False) if names else [((), coded)]
    rows = [
        dict(zip(names, keys if isinstance(keys, tuple) else (keys,), strict=True)) | row
        for keys, own in groups
        for row in _rows(own, seed)
    ]
    return pd.DataFrame(rows, columns=[*names, "voice", *_COLUMNS])


# ── the draw ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _draw(
    tokens: Tokens,
    *,
    codebook: Codebook | None,
    most: Mapping[str, int],
    by: tuple[str, ...],
    where: Conditions,
    seed: int,
) -> Drawn:
    first, last = _words(tokens, where) if codebook is None else _hits(tokens, codebook, where)
    document = tokens.documents_of(first)
    columns = {f"by:{name}": labels(tokens.documents[name]) for name in by}
    group, groups = groups_of(columns, len(tokens.documents))
    ids = tokens.documents.index.to_numpy(object).astype(str)
    random = mixed(hashed(ids, seed)[document], tokens.starts_at(first).astype(np.uint64))
    cell = group[document] * len(STRATA) + _strata(tokens, first)
    row = first_of_each(cell, random, np.tile([most[name] for name in STRATA], len(groups)))
    there = np.flatnonzero(np.bincount(cell))
    population = _named(there, groups).assign(population=np.bincount(cell)[there])
    units = _named(cell[row], groups).assign(random=random[row], doc_id=ids[document[row]])
    shown = _shown(tokens, first[row], last[row], document[row])
    return Drawn(units.assign(**shown), population.set_index(strata_of(population))["population"])


def _words(tokens: Tokens, where: Conditions) -> tuple[Index, Index]:
    for name in ("voice", "speaker"):
        tokens.layer(name)  # of every word: not looked for hit by hit
    found = np.flatnonzero(select(tokens, where) & tokens.is_word)
    return found, found


def _hits(tokens: Tokens, codebook: Codebook, where: Conditions) -> tuple[Index, Index]:
    """First and last token of the hits of frames; what is a hit of two is there once."""
    spans = search(tokens, codebook, kinds=("frame",)).spans
    kept = qualifying(tokens, spans.first, spans.last, where)
    places = pd.DataFrame({"first": spans.first[kept], "last": spans.last[kept]}).drop_duplicates()
    return places["first"].to_numpy(np.int64), places["last"].to_numpy(np.int64)


def _layer(tokens: Tokens, name: str, at: Index) -> tuple[Index, list[str]]:
    """The values of a layer at tokens: codes, and what they stand for."""
    if tokens.knows(name):
        layer = tokens.layer(name)
        return layer.codes_at(at).astype(np.int64), list(layer.values or ())  # noqa: PD011
    found = tokens.voices_at(name, at).dictionary_encode()
    return found.indices.to_numpy(zero_copy_only=False).astype(np.int64), found.dictionary.to_pylist()


def _strata(tokens: Tokens, at: Index) -> Index:
    """The number of the stratum of each token."""
    if not len(at):
        return at
    voice, voices = _layer(tokens, "voice", at)
    speaker, speakers = _layer(tokens, "speaker", at)
    named = np.array([name != "" for name in speakers])[speaker]
    number: Index = np.array([2 * VOICES.index(name) for name in voices], np.int64)[voice] + named
    return number


def _named(cell: Index, groups: pd.DataFrame) -> pd.DataFrame:
    """What cells are: their groups and the stratum."""
    group, code = np.divmod(cell, len(STRATA))
    own = {str(name): groups[name].to_numpy(object)[group] for name in groups}
    return pd.DataFrame({**own, "stratum": np.array(STRATA, object)[code]}, index=range(len(cell)))


def _shown(tokens: Tokens, first: Index, last: Index, document: Index) -> dict[str, Index | list[str]]:
    """Where units stand, what a coder sees of them, and whose they were found to be."""
    opening, closing = tokens.doc_offsets[document], tokens.doc_offsets[document + 1] - 1
    head, tail = sentence_of(tokens, first)[0], np.maximum(sentence_of(tokens, last)[1], last)
    far, near = np.maximum(head - BEFORE, opening), np.minimum(tail + AFTER, closing)
    edges = [*(tokens.starts_at(at) for at in (far, head, first)), *(tokens.ends_at(at) for at in (last, tail, near))]
    before, begin, unit, rest, after = (
        _lines(tokens.slices(document, a, b)) for a, b in pairwise(edges)
    )
    start, end = np.split(tokens.characters(np.tile(document, 2), np.concatenate(edges[2:4])), 2)
    found = {name: [values[code] for code in codes] for name, (codes, values) in _found(tokens, first).items()}
    sentence = [f"{a}>>{b}<<{c}".strip() for a, b, c in zip(begin, unit, rest, strict=True)]
    outer = {"before": [text.strip() for text in before], "after": [text.strip() for text in after]}
    return {**outer, "sentence": sentence, "start": start, "end": end, **found}


def _found(tokens: Tokens, at: Index) -> dict[str, tuple[Index, list[str]]]:
    if not len(at):
        return {"found": (at, []), "found_speaker": (at, [])}
    return {"found": _layer(tokens, "voice", at), "found_speaker": _layer(tokens, "speaker", at)}


def _lines(texts: pa.LargeStringArray) -> list[str]:
    """Texts in one line, with a sign where a paragraph begins."""
    return [re.sub(r"\s+", " ", re.sub(r"\s*\n\s*\n\s*", " ¶ ", text)) for text in texts.to_pylist()]


def _sheet(drawn: Drawn, by: tuple[str, ...]) -> pd.DataFrame:
    strata = [*(f"by:{name}" for name in by), "stratum"]
    units = drawn.units.merge(drawn.population.rename("population").reset_index(), on=strata)
    units = units.sort_values(["random", "doc_id", "start"], kind="stable", ignore_index=True)
    units["sampled"] = units.groupby(strata)["start"].transform("size")
    units["unit"] = [f"v{i:04}" for i in range(1, len(units) + 1)]
    units[["voice", "speaker", "note"]] = ""
    units = units.rename(columns={f"by:{name}": name for name in by})
    texts = dict.fromkeys([*HEARD, *by, "stratum", "found", "found_speaker", "doc_id"], "str")
    return units[[*HEARD, *by, *KEYS]].astype(texts)


# ── what was read ────────────────────────────────────────────────────────────────────────────────────────────────────

_SHARES = ("named_right", "missed")
_COLUMNS = ["units", "found", "coded", *MEASURES, *"share_found share share_low share_high".split()]
_COLUMNS += "named named_right named_right_low named_right_high unnamed missed missed_low missed_high".split()
_COLUMNS += ["interval", "flags"]


def _coded(sheet: pd.DataFrame, codes: str | Path | pd.DataFrame) -> pd.DataFrame:
    """The sheet with the `voice` and `speaker` of the coder, empty where there is none; no speakers at all: None."""
    if (sheet.groupby(_drawn_by(sheet))["unit"].transform("size") != sheet["sampled"]).any():
        raise ValueError("sheet must have all rows that voice_sheet made, and no further columns. Give it whole.")
    table = codes_of(codes, "voice", "codes")
    refuse_another(sheet, table, "codes")
    refuse_strangers(sheet, table)
    by_unit = table.set_index("unit")
    speaker = by_unit["speaker"] if "speaker" in by_unit else pd.Series("", by_unit.index)
    said = {"voice": by_unit["voice"], "speaker": speaker}
    own = {name: sheet["unit"].map(column).fillna("").astype(str) for name, column in said.items()}
    found = {name: labels(sheet[name]) for name in ("stratum", "found", "found_speaker")}
    # A coder who names nobody anywhere was not asked for speakers.
    return sheet.assign(**own, **found, told=bool((own["speaker"] != "").any()))


def _rows(own: pd.DataFrame, seed: int) -> list[dict[str, object]]:
    """The rows of one group: all voices, then each that was found or coded."""
    present = [voice for voice in VOICES if voice in {*own["found"], *own["voice"]}]
    return [_row(own, voice, seed) for voice in ("", *present)]


def _row(own: pd.DataFrame, voice: str, seed: int) -> dict[str, object]:
    """What is told of one voice, or of all."""
    right = own["voice"] == (voice or own["found"])
    strata = _read(own, right)
    strata["stratum"] = np.where(strata["found"].isin([voice] if voice else VOICES), "hit", "non_hit")
    row = measures_of(strata, Draws.of(strata, seed))
    if not voice:  # every unit is found in some voice: there is nothing to recall
        row |= dict.fromkeys([*MEASURES[3:], "share_found", "share", "share_low", "share_high"], np.nan)
    mine = own[own["found"] == voice] if voice else own
    same = [_same(*names) for names in zip(mine["found_speaker"], mine["speaker"], strict=True)]
    has = mine["found_speaker"] != ""
    row |= _share("named", "named_right", _read(mine[has], pd.Series(same, mine.index)[has]), mine, seed)
    row |= _share("unnamed", "missed", _read(mine[~has], mine["speaker"][~has] != ""), mine, seed)
    kinds = strata.groupby("stratum")[["population", "coded"]].sum()
    masks = {name: np.array([mask.any()]) for name, mask in too_few(kinds).items()}
    masks["not_read"] |= bool((strata["coded"] == 0).any())
    return {"voice": voice, **row, "interval": MELDED, "flags": flag_column(masks, 1)[0]}


def _read(own: pd.DataFrame, right: pd.Series) -> pd.DataFrame:
    """Strata: how many units there are, how many were coded, and of how many what is asked is so."""
    coded = own["voice"] != ""
    table = own.assign(coded=coded, right=coded & right.astype(bool))
    return table.groupby(_drawn_by(own), sort=True, as_index=False).agg(
        found=("found", "first"), population=("population", "first"), coded=("coded", "sum"), right=("right", "sum")
    )


def _drawn_by(sheet: pd.DataFrame) -> list[str]:
    """The columns that tell its strata apart: the groups by which it was drawn come before."""
    return [*(name for name in sheet.columns if name not in (*HEARD, *KEYS, "told")), "stratum"]


def _share(size: str, name: str, strata: pd.DataFrame, own: pd.DataFrame, seed: int) -> dict[str, object]:
    """How many units there are of some strata, and of what share of them something is so."""
    total = int(strata["population"].sum())
    nothing = dict.fromkeys([name, f"{name}_low", f"{name}_high"], np.nan)
    if not total or not own["told"].any() or (strata["coded"] == 0).any():
        return {size: total, **nothing}
    draws = Draws.of(strata, seed)
    low, high = limits_of(draws.low.sum(axis=1) / total, draws.high.sum(axis=1) / total)
    return {size: total, name: float(draws.point.sum() / total), f"{name}_low": low, f"{name}_high": high}


def _same(found: str, coded: str) -> bool:
    """Whether two names are one: all words of one are in the other.

    >>> _same("Vladimir Putin", "putin"), _same("Ada Lind", "Ada Ek"), _same("", "")
    (True, False, False)
    """
    one, other = (frozenset(re.findall(r"\w+", name.casefold())) for name in (found, coded))
    return bool(one and other) and (one <= other or other <= one)
