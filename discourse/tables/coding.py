"""Which sentences to read: a seeded, stratified sample of what a codebook finds, nearly finds and does not find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse._errors import whole
from discourse.codebook import Codebook, Entry, Pattern, known, search
from discourse.codebook.matcher import Matcher
from discourse.codebook.patterns import Element
from discourse.counts import By, Where, conditions, labels
from discourse.counts.selection import Conditions, Index, Mask, names_of, select
from discourse.counts.spans import qualifying
from discourse.tokens import Encoded, Tokens, check_encoded
from discourse.tokens.types import STOP_WORDS

from .drawing import Drawn, check_groups, first_of_each, groups_of, hashed, mixed, strata_of, together, with_orders

STRATA = ("hit", "near_miss", "non_hit")
LEAST = 3  # sentences of each pattern, where there are as many: fewer say nothing about a pattern
SEEN = ["unit", "frame", "definition", "before", "sentence", "after", "code", "stance", "note"]
KEYS = ["stratum", "pattern", "doc_id", "start", "end", "sampled", "population"]


def coding_sheet(
    tokens: Encoded,
    codebook: Codebook,
    *,
    hits: int = 30,
    near_misses: int = 20,
    non_hits: int = 20,
    by: By = None,
    where: Where | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Draw the sentences that somebody reads to say how right a codebook is.

    A unit is a sentence and a frame: does the sentence use the frame? Sentences are drawn at random from strata: those
    with a hit of the frame, by the pattern of the first one; near misses, in which only a word of its patterns stands,
    or one that begins alike; and all others. The draw hangs on the seed, the documents and the frames alone, not on how
    the corpus is cut into parts.

    Args:
        tokens: the corpus.
        codebook: its frames.
        hits: how many sentences with a hit to draw for each frame, in proportion to the sentences of its patterns; at
            least three of each pattern, so that there may be more.
        near_misses: how many near misses of each frame.
        non_hits: how many other sentences for each frame.
        by: document columns each of whose groups is sampled by itself; no coder sees them.
        where: which words count, see `discourse.counts.select`; a sentence counts that has such a word.
        seed: of the draw.

    Returns:
        One row per unit, by frame, then in random order. What a coder may see: `unit, frame, definition, before,
        sentence, after` and, empty, `code, stance, note`. What tells where it comes from: `[by…], stratum, pattern,
        doc_id, start, end` (characters)`, sampled, population` (units of the stratum). `write_coding_sheet` writes
        the first part only.

    Raises:
        ValueError: no number or one below 0, a codebook without frames, or `by` names no document column.

    >>> from discourse.codebook import parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A world war. Warm rain. Peace at last."]})))
    >>> book = Codebook({"force": Entry("frame", "force", (parse_pattern("war"),))})
    >>> coding_sheet(tokens, book).sort_values("start")[["sentence", "stratum", "population"]].values.tolist()
    [['A world war.', 'hit', 1], ['Warm rain.', 'near_miss', 1], ['Peace at last.', 'non_hit', 1]]
    """
    asked = {"hits": hits, "near_misses": near_misses, "non_hits": non_hits, "seed": seed}
    *numbers, seed = (whole(name, value, 0, "Give one, such as 20.") for name, value in asked.items())
    sizes = dict(zip(STRATA, numbers, strict=True))
    _check(tokens, codebook, by)
    part = partial(_draw, codebook=codebook, sizes=sizes, by=names_of(by), where=conditions(tokens, where), seed=seed)
    drawn = tokens.reduce(part, partial(together, most=_most(sizes)))
    return with_orders(_sheet(drawn, codebook, sizes, names_of(by)), tokens.documents, names_of(by))


def _check(tokens: Encoded, codebook: Codebook, by: By) -> None:
    check_encoded(tokens)
    if not known(codebook).frames:
        raise ValueError("codebook must have frames; got none. Add what is to be judged.")
    check_groups(tokens, by, (*SEEN, *KEYS))


def _most(sizes: Mapping[str, int]) -> dict[str, int]:
    """How many units of each stratum may be drawn; how many there are of the other patterns is not known yet."""
    return {**sizes, "hit": max(sizes["hit"], LEAST) if sizes["hit"] else 0}


# ── one part ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class Sentences:
    """The sentences of one part that have a word that qualifies.

    Attributes:
        first, last: their tokens.
        document: the document of each.
        whole: the first tokens of all sentences, also of others.
    """

    first: Index
    last: Index
    document: Index
    whole: Index

    @classmethod
    def of(cls, tokens: Tokens, where: Conditions) -> Sentences:
        """Find them."""
        layer = tokens.layer("sentence")
        starts = layer.starts.astype(np.int64)
        words = np.add.reduceat(select(tokens, where) & tokens.is_word, starts) if len(starts) else starts
        kept = np.flatnonzero(words)
        first = starts[kept]
        return cls(first, layer.ends()[kept] - 1, tokens.documents_of(first), starts)

    def at(self, token: Index) -> Index:
        """The number of the sentence of each token; -1 for those of sentences that are not looked at."""
        if not len(self.first):
            return np.full(len(token), -1)
        number = np.searchsorted(self.first, token, side="right") - 1
        return np.where((number >= 0) & (token <= self.last[number]), number, -1)


def _draw(
    tokens: Tokens, *, codebook: Codebook, sizes: dict[str, int], by: tuple[str, ...], where: Conditions, seed: int
) -> Drawn:
    sentences = Sentences.of(tokens, where)
    columns = {f"by:{name}": labels(tokens.documents[name]) for name in by}
    group, groups = groups_of(columns, len(tokens.documents))
    ids = tokens.documents.index.to_numpy(object).astype(str)
    numbers = mixed(hashed(ids, seed)[sentences.document], tokens.starts_at(sentences.first).astype(np.uint64))
    hit, near = _first_hits(tokens, codebook, sentences, where), _near(tokens, codebook, sentences)
    units, populations, most = [], [], _most(sizes)
    for i, (key, entry) in enumerate(codebook.frames.items()):
        names = [*(("hit", pattern.text) for pattern in entry.include), ("near_miss", ""), ("non_hit", "")]
        code = np.where(hit[i] >= 0, hit[i], np.where(near[i], len(names) - 2, len(names) - 1))
        cell = group[sentences.document] * len(names) + code
        random = mixed(numbers, hashed(np.array([key], object), seed))
        row = first_of_each(cell, random, np.tile([most[name] for name, _ in names], len(groups)))
        there = np.flatnonzero(np.bincount(cell))
        populations.append(_named(there, groups, names, key).assign(population=np.bincount(cell)[there]))
        own = _named(cell[row], groups, names, key)
        units.append(own.assign(random=random[row], row=row, doc_id=ids[sentences.document[row]]))
    drawn = _with_texts(tokens, sentences, pd.concat(units, ignore_index=True))
    population = pd.concat(populations)
    return Drawn(drawn, population.set_index(strata_of(population))["population"])


def _named(
    cell: Index, groups: pd.DataFrame, names: list[tuple[str, str]], frame: str
) -> pd.DataFrame:
    """What cells are: their groups, and the stratum and pattern of a frame."""
    group, code = np.divmod(cell, len(names))
    own = {str(name): groups[name].to_numpy(object)[group] for name in groups}
    stratum, pattern = (np.array(part, object)[code] for part in zip(*names, strict=True))
    return pd.DataFrame({**own, "frame": frame, "stratum": stratum, "pattern": pattern}, index=range(len(cell)))


def _first_hits(tokens: Tokens, codebook: Codebook, sentences: Sentences, where: Conditions) -> NDArray[np.int64]:
    """Frames × sentences: which pattern of the frame the first hit of the sentence is of; -1: there is none."""
    found = search(tokens, codebook, kinds=("frame",))
    kept = qualifying(tokens, found.spans.first, found.spans.last, where)
    frame, key, sentence = found.entry[kept], found.spans.key[kept], sentences.at(found.spans.first[kept])
    own = np.cumsum([0, *(len(entry.include) for entry in codebook.frames.values())])
    out = np.full((len(codebook.frames), len(sentences.first)), -1)
    inside = np.flatnonzero(sentence >= 0)[::-1]  # the first of each is written last
    out[frame[inside], sentence[inside]] = key[inside] - own[frame[inside]]
    return out


def _near(tokens: Tokens, codebook: Codebook, sentences: Sentences) -> Mask:
    """Frames × sentences: whether a word stands there that begins like one of the frame's patterns."""
    looser = [(i, pattern) for i, entry in enumerate(codebook.frames.values()) for pattern in loosened(entry)]
    out = np.zeros((len(codebook.frames), len(sentences.first)), bool)
    if looser:
        found = Matcher(tokens).find([pattern for _, pattern in looser])
        sentence = sentences.at(found.first)
        inside = sentence >= 0
        out[np.array([i for i, _ in looser])[found.key[inside]], sentence[inside]] = True
    return out


def loosened(entry: Entry) -> list[Pattern]:
    """Words that begin like those of an entry's patterns: two thirds of their letters, at least four.

    >>> from discourse.codebook import parse_pattern
    >>> [p.text for p in loosened(Entry("frame", "f", (parse_pattern("sphere* of influence"), parse_pattern("war"))))]
    ['influe*', 'sphe*', 'war*']
    """
    words = {
        word
        for pattern in entry.include
        for sequence in pattern.sequences
        for element in sequence
        for word in element.words
    }
    heads = sorted({_head(word) for word in words if word.lower() not in STOP_WORDS} - {"*", ""})
    return [Pattern(head, ((Element((head,)),),)) for head in heads]


def _head(word: str) -> str:
    letters = word.lower().partition("*")[0]
    return f"{letters[: max(4, len(letters) * 2 // 3)]}*" if letters else ""


def _with_texts(tokens: Tokens, sentences: Sentences, units: pd.DataFrame) -> pd.DataFrame:
    """Where each unit stands, in characters, what it says, and the sentences beside it."""
    row = units["row"].to_numpy(np.int64)
    first, last, document = sentences.first[row], sentences.last[row], sentences.document[row]
    begin, end = tokens.starts_at(first), tokens.ends_at(last)
    start, stop = np.split(tokens.characters(np.tile(document, 2), np.concatenate([begin, end])), 2)
    opening, closing = tokens.doc_offsets[document], tokens.doc_offsets[document + 1] - 1
    before = np.searchsorted(sentences.whole, first) - 1
    after = before + 2
    earlier = np.where(first > opening, sentences.whole[np.maximum(before, 0)], first)
    ends = np.append(sentences.whole, len(tokens))
    later = np.where(last < closing, ends[np.minimum(after + 1, len(ends) - 1)], last + 1) - 1
    texts = {
        "before": tokens.slices(document, tokens.starts_at(earlier), begin),
        "sentence": tokens.slices(document, begin, end),
        "after": tokens.slices(document, end, tokens.ends_at(np.maximum(later, last))),
    }
    plain = {name: [" ".join(text.split()) for text in column.to_pylist()] for name, column in texts.items()}
    return units.drop(columns="row").assign(start=start, end=stop, **plain)


# ── the sheet ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sheet(drawn: Drawn, codebook: Codebook, sizes: dict[str, int], by: tuple[str, ...]) -> pd.DataFrame:
    strata = [*(f"by:{name}" for name in by), "frame", "stratum", "pattern"]
    units = drawn.units.merge(drawn.population.rename("population").reset_index(), on=strata)
    hits = units["stratum"] == "hit"
    own = units[hits].drop_duplicates(strata).groupby([*strata[:-2]])["population"].sum().rename("of_frame")
    units = units.merge(own.reset_index(), on=strata[:-2], how="left")
    share = np.ceil(sizes["hit"] * units["population"] / units["of_frame"])
    wanted = np.where(hits, np.maximum(share, LEAST) * (sizes["hit"] > 0), units["stratum"].map(sizes))
    units = units.sort_values(["random", "doc_id", "start"], kind="stable")
    units = units[units.groupby(strata, sort=False).cumcount() < wanted[units.index]]
    order = {key: i for i, key in enumerate(codebook.frames)}
    units = units.sort_values("frame", key=lambda column: column.map(order), kind="stable", ignore_index=True)
    units["sampled"] = units.groupby(strata)["start"].transform("size")
    units["unit"] = [f"u{i:04}" for i in range(1, len(units) + 1)]
    units["definition"] = units["frame"].map({key: entry.definition for key, entry in codebook.frames.items()})
    units[["code", "stance", "note"]] = ""
    units = units.rename(columns={f"by:{name}": name for name in by})
    texts = dict.fromkeys([*SEEN, *by, "stratum", "pattern", "doc_id"], "str")
    return units[[*SEEN, *by, *KEYS]].astype(texts)
