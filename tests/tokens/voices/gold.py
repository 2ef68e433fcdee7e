"""The passages coded by hand, and how often the rules agree with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from discourse.study import read_study
from discourse.tokens import voice_spans

ROOT = Path(__file__).parents[3]
CODES = {
    "q": ("quoted", ""),
    "r": ("reported", ""),
    "s": ("marked", "scare"),
    "e": ("marked", "echo"),
    "t": ("marked", "term"),
    "n": ("author", "name"),
    "w": ("author", "title"),
}
PARTS = ("shipped", "work", "held-out", "second", "third")
LATER = {"second": "unseen.txt", "third": "later.txt"}
KEYS = ["doc_id", "start", "end"]
COLUMNS = [*KEYS, "voice", "marking", "speaker"]
FEWEST = 3  # words of a stretch of indirect speech that is left between quotations
_OPENING = re.compile(r"⟦([a-z])\|([^|⟦⟧]*)\||⟧")
_EDGES = "\n\t .,;:!?…'\"“”‘’«»„`"


def documents(name: str = "voices.txt") -> list[tuple[str, str, list[tuple]]]:
    """The coded texts of a file: source, text, and the spans as start, end, voice, marking, speaker."""
    blocks = re.split(r"^== ", (ROOT / "tests/gold" / name).read_text("utf-8"), flags=re.M)[1:]
    found = []
    for block in blocks:
        source, _, coded = block.partition("\n")
        found.append((source, *_read(coded.strip())))
    return found


def _read(coded: str) -> tuple[str, list[tuple]]:
    """Take the codes out of a text."""
    text, spans, opened, at = "", [], [], 0
    for mark in _OPENING.finditer(coded):
        text += coded[at : mark.start()]
        at = mark.end()
        if mark.group() != "⟧":
            opened.append((len(text), mark[1], mark[2]))
        else:
            start, code, speaker = opened.pop()
            spans.append((start, len(text), *CODES[code], speaker))
    return text + coded[at:], sorted(_apart(text + coded[at:], spans))


def _apart(text: str, spans: list[tuple]) -> Iterator[tuple]:
    """Cut quotations out of the indirect speech around them."""
    for start, end, *said in spans:
        if said[0] != "reported":
            yield start, end, *said
            continue
        inner = sorted(span[:2] for span in spans if start <= span[0] and span[1] <= end and span[2] != "reported")
        edges = [start, *(edge for span in inner for edge in span), end]
        for first, last in zip(edges[::2], edges[1::2], strict=True):
            words = text[first:last]
            first += len(words) - len(words.lstrip(_EDGES))
            last -= len(words) - len(words.rstrip(_EDGES))
            if len(re.findall(r"\w+(?:[’'-]\w+)*", text[first:last])) >= FEWEST:
                yield first, last, *said


def tables(part: str) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, str]]:
    """What was coded and what is found in one of the `PARTS`, and the texts."""
    if part == "shipped":
        study = read_study(ROOT / "seeds")
        coded = pd.read_csv(ROOT / "tests/gold/voices.csv", keep_default_na=False)
        found = study.tokens.voice_spans
        prose = study.corpus.zones[study.corpus.zones["zone"].isin(["standfirst", "heading", "body", "list"])]
        inside = found.merge(prose[KEYS], on="doc_id", suffixes=("", "_zone"))
        inside = inside[(inside["start_zone"] <= inside["start"]) & (inside["start"] < inside["end_zone"])]
        return coded[COLUMNS], inside[COLUMNS], {i: study.corpus.text(i) for i in study.corpus.documents.index}
    chosen = documents(LATER[part]) if part in LATER else documents()[part == "held-out" :: 2]
    coded = [(str(i), *span) for i, (_, _, spans) in enumerate(chosen) for span in spans]
    found = [voice_spans(text).assign(doc_id=str(i)) for i, (_, text, _) in enumerate(chosen)]
    if part not in LATER:  # quotations inside quotations were not coded there
        found = [table[table["depth"] == 0] for table in found]
    texts = {str(i): text for i, (_, text, _) in enumerate(chosen)}
    return pd.DataFrame(coded, columns=COLUMNS), pd.concat(found, ignore_index=True)[COLUMNS], texts


def scores(part: str) -> dict[str, tuple[float, int]]:
    """Precision, recall and F of passages and voices, and the share of right answers; each with its denominator.

    `spans` are passages in quotation marks with the same first and last character. `voice` counts as right a passage in
    marks with its voice, and indirect speech of which at least four words in five are shared. `words` asks all words of
    the texts for their voice. `speaker` is asked of direct speech whose speaker the text names; `unnamed` of direct
    speech that must have none.
    """
    coded, found, texts = tables(part)
    marked = [table[table["voice"] != "reported"] for table in (coded, found)]
    pairs = marked[0].merge(marked[1], on=KEYS, suffixes=("", "_found"))
    told = _told(coded, found, texts)
    out = _measures("spans", len(pairs), len(marked[0]), len(marked[1]))
    same = int((pairs["voice"] == pairs["voice_found"]).sum()) + len(told)
    out |= _measures("voice", same, len(coded), len(found))
    for voice in ("quoted", "marked", "author"):
        right = int(((pairs["voice"] == voice) & (pairs["voice_found"] == voice)).sum())
        out |= _measures(voice, right, int((coded["voice"] == voice).sum()), int((found["voice"] == voice).sum()))
    counts = [int((table["voice"] == "reported").sum()) for table in (coded, found)]
    out |= _measures("reported", len(told), *counts)
    shared, *words = _words(coded, found, texts)
    out |= _measures("reported words", shared, *words)
    out["words"] = _share(_right_words(coded, found, texts))
    out["marking"] = _share(pairs["marking"] == pairs["marking_found"])
    direct = coded[coded["voice"] == "quoted"].merge(found[found["voice"] == "quoted"], on=KEYS, how="left")
    named = direct["speaker_x"] != ""
    out["speaker"] = _share((direct["speaker_x"] == direct["speaker_y"])[named])
    out["unnamed"] = _share((direct["speaker_y"].fillna("") == "")[~named])
    out["source of indirect speech"] = _share(told["speaker"] == told["speaker_found"])
    return out


def _share(right: pd.Series) -> tuple[float, int]:
    return (float(right.mean()) if len(right) else float("nan"), len(right))


def _measures(name: str, right: int, coded: int, found: int) -> dict[str, tuple[float, int]]:
    precision, recall = right / found if found else float("nan"), right / coded if coded else float("nan")
    both = 2 * right / (coded + found) if coded + found else float("nan")
    return {
        f"{name}: precision": (precision, found),
        f"{name}: recall": (recall, coded),
        f"{name}: F": (both, coded + found),
    }


def _told(coded: pd.DataFrame, found: pd.DataFrame, texts: dict[str, str]) -> pd.DataFrame:
    """Pairs of indirect speech that share four words in five of both together."""
    parts = [table[table["voice"] == "reported"] for table in (coded, found)]
    pairs = parts[0].merge(parts[1], on="doc_id", suffixes=("", "_found"))
    kept = []
    for row in pairs.itertuples():
        text = texts[row.doc_id]
        own, other = _places(text, row.start, row.end), _places(text, row.start_found, row.end_found)
        kept.append(5 * len(own & other) >= 4 * len(own | other))
    return pairs[pd.Series(kept, index=pairs.index, dtype=bool)]


def _places(text: str, start: int, end: int) -> set[int]:
    """Where the words of a stretch begin."""
    return {start + word.start() for word in re.finditer(r"\w+(?:[’'-]\w+)*", text[start:end])}


def _words(coded: pd.DataFrame, found: pd.DataFrame, texts: dict[str, str]) -> tuple[int, int, int]:
    """How many words of indirect speech are shared, were coded, are found."""
    both = [
        {(row.doc_id, at) for row in table[table["voice"] == "reported"].itertuples()
         for at in _places(texts[row.doc_id], row.start, row.end)}
        for table in (coded, found)
    ]  # fmt: skip
    return len(both[0] & both[1]), len(both[0]), len(both[1])


def _right_words(coded: pd.DataFrame, found: pd.DataFrame, texts: dict[str, str]) -> pd.Series:
    """Whether each word of the texts has the voice that was coded."""
    right = []
    for doc_id, text in texts.items():
        own, other = (_voices_of_words(table[table["doc_id"] == doc_id], text) for table in (coded, found))
        right += [own.get(at, "author") == other.get(at, "author") for at in _places(text, 0, len(text))]
    return pd.Series(right, dtype=bool)


def _voices_of_words(table: pd.DataFrame, text: str) -> dict[int, str]:
    """The voice of the words in passages: that of the innermost."""
    rows = sorted(table.itertuples(), key=lambda row: row.start - row.end)
    return {at: row.voice for row in rows for at in _places(text, row.start, row.end)}


def accuracy() -> pd.DataFrame:
    """The scores of the parts side by side, with denominators."""
    parts = {part: scores(part) for part in PARTS}
    table = pd.DataFrame({part: {name: share for name, (share, _) in own.items()} for part, own in parts.items()})
    sizes = {f"of ({part})": {name: size for name, (_, size) in own.items()} for part, own in parts.items()}
    return table.join(pd.DataFrame(sizes))


def hard() -> pd.DataFrame:
    """Passages of adversarial.txt, by kind: how many spans, voices and speakers of those coded are right, and found.

    `spans` and `voices` are right with the same first and last character; `speakers` are those of direct and indirect
    speech, also where there must be none.
    """
    rows = []
    for source, text, coded in documents("adversarial.txt"):
        kind, found = source.split(",")[0], {(row.start, row.end): row for row in voice_spans(text).itertuples()}
        for start, end, voice, _, speaker in coded:
            own = found.pop((start, end), None)
            right = own is not None and own.voice == voice
            speech = voice in ("quoted", "reported")
            rows.append((kind, own is not None, right, right and speech and own.speaker == speaker, speech))
        rows += [(kind, None, None, None, None) for _ in found]
    table = pd.DataFrame(rows, columns=["kind", "spans", "voices", "speakers", "speech"]).set_index("kind")
    sums = table.astype("float").groupby("kind", sort=False).sum().astype(int)
    coded = table["spans"].notna().groupby("kind").sum()
    return sums.assign(coded=coded, extra=table["spans"].isna().groupby("kind").sum())
