"""Whose words passages are, as somebody else found: a model, or a reader. Checked, completed and put in order."""

from __future__ import annotations

import pandas as pd
import pyarrow.compute as pc

from discourse._errors import demand, listed, nearest
from discourse.corpus import Corpus

from .layers import Index
from .runs import document_numbers
from .voices.spans import COLUMNS, NUMBERS, VOICES

NEEDED = ("doc_id", "start", "end", "voice")
_TEXTS = [name for name in COLUMNS if name not in (*NUMBERS, "voice")]


def supplied_voices(corpus: Corpus, spans: pd.DataFrame) -> pd.DataFrame:
    """Passages as `Tokens.voice_spans` has them, from those that somebody else found.

    Args:
        corpus: the texts.
        spans: see `Tokens.with_voices`.

    Raises:
        ValueError: see `Tokens.with_voices`; names the row.

    >>> corpus = Corpus.from_frame(pd.DataFrame({"text": ["He said “no ‘war’”."]}))
    >>> spans = pd.DataFrame({"doc_id": "0", "start": [13, 9], "end": [16, 17], "voice": ["marked", "quoted"]})
    >>> supplied_voices(corpus, spans)[["start", "end", "voice", "rule", "depth"]].values.tolist()
    [[9, 17, 'quoted', 'given', 0], [13, 16, 'marked', 'given', 1]]
    """
    demand(spans, NEEDED, "voice_passages", name="spans")
    rows = pd.DataFrame({name: _number(spans, name) for name in ("start", "end")}, index=range(len(spans)))
    rows["doc_id"] = spans["doc_id"].astype(str).to_numpy(object)
    rows["voice"] = _plain(spans["voice"]).str.strip().str.lower()
    for name in _TEXTS:
        rows[name] = _plain(spans[name]) if name in spans else ("given" if name == "rule" else "")
    document = document_numbers(corpus, rows["doc_id"])
    _check(corpus, rows, document)
    if "text" in spans:
        _check_texts(corpus, rows, _plain(spans["text"]))
    order = rows.assign(document=document).sort_values(["document", "start", "end"], ascending=[True, True, False])
    rows = rows.loc[order.index].reset_index(drop=True)
    types = NUMBERS | dict.fromkeys(["doc_id", "voice", *_TEXTS], "str")
    return rows.assign(depth=_depths(rows))[["doc_id", *COLUMNS]].astype(types)


def _plain(column: pd.Series) -> pd.Series:
    """Strings, empty where there is nothing."""
    values = column.astype(object)
    return values.where(values.notna(), "").astype(str).reset_index(drop=True)


def _number(spans: pd.DataFrame, name: str) -> Index:
    """A column of characters as whole numbers."""
    numbers = pd.to_numeric(spans[name], errors="coerce").to_numpy(float)
    wrong = ~(numbers == numbers.round())  # also what is no number
    if wrong.any():
        first = int(wrong.argmax())
        value = spans[name].astype(object).iloc[first]  # a number as Python writes it
        raise ValueError(f"{_row(first)}: {name} must be a whole number; got {value!r}. Count characters.")
    return numbers.astype("int64")


def _row(number: int) -> str:
    return f"spans, row {number + 1}"


def _check(corpus: Corpus, rows: pd.DataFrame, document: Index) -> None:
    """Check that each row lies in a document and has a voice."""
    sizes = pc.utf8_length(corpus.texts).to_numpy(zero_copy_only=False)
    columns = (rows[name].tolist() for name in NEEDED)
    for number, (doc_id, start, end, voice) in enumerate(zip(*columns, strict=True)):
        where = _row(number)
        if document[number] < 0:
            near = nearest(doc_id, corpus.documents.index[:10_000])
            raise ValueError(f"{where}: doc_id must be that of a document of the corpus; got {doc_id!r}.{near}")
        if voice not in VOICES:
            raise ValueError(f"{where}: voice must be one of {listed(VOICES)}; got {voice!r}.{nearest(voice, VOICES)}")
        size = int(sizes[document[number]])
        if not 0 <= start < end <= size:
            raise ValueError(
                f"{where}: start and end must be characters of {doc_id!r}, which has {size:,}, in this order; got "
                f"{start} and {end}. Count from 0; the end is the character after the last."
            )


def texts_of(corpus: Corpus, rows: pd.DataFrame) -> list[str]:
    """What stands in passages; those of a document stand together, so that its text is read once.

    >>> corpus = Corpus.from_frame(pd.DataFrame({"text": ["No war."]}))
    >>> texts_of(corpus, pd.DataFrame({"doc_id": ["0"], "start": [3], "end": [6]}))
    ['war']
    """
    columns = (rows[name].tolist() for name in ("doc_id", "start", "end"))
    found, before, text = [], None, ""
    for doc_id, start, end in zip(*columns, strict=True):
        text = text if doc_id == before else corpus.text(doc_id)
        found.append(text[start:end])
        before = doc_id
    return found


def _check_texts(corpus: Corpus, rows: pd.DataFrame, texts: pd.Series) -> None:
    """Check that the words of each row stand where it says."""
    there = zip(rows["doc_id"], rows["start"], texts_of(corpus, rows), texts, strict=True)
    for number, (doc_id, start, found, text) in enumerate(there):
        if found.split() != str(text).split():
            raise ValueError(
                f"{_row(number)}: text must be what stands in {doc_id!r} from {start} on, {found[:40]!r}; got "
                f"{text[:40]!r}. Mend start and end, or leave out the column text."
            )


def _depths(rows: pd.DataFrame) -> list[int]:
    """In how many others each row stands; rows come by document, then from the outermost.

    Raises:
        ValueError: two overlap, and neither stands in the other.
    """
    depths, around, before = [], list[int](), ""
    columns = (rows[name].tolist() for name in ("doc_id", "start", "end"))
    for doc_id, start, end in zip(*columns, strict=True):
        around = around if doc_id == before else []
        while around and around[-1] <= start:
            around.pop()
        if around and end > around[-1]:
            raise ValueError(
                f"spans must stand beside or inside one another; in {doc_id!r} one ends at {around[-1]} and another "
                f"goes from {start} to {end}. Cut them apart."
            )
        depths.append(len(around))
        around.append(end)
        before = doc_id
    return depths
