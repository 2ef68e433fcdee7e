"""A study: a folder with the texts, what is known of them, and what is looked for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

import discourse
from discourse._errors import StudyError, listed, nearest
from discourse.codebook import Codebook, parse_pattern, read_codebook
from discourse.codebook.finds import refuse_slots
from discourse.corpus.documents import DOC_ID, TEXT, Corpus, order_of
from discourse.corpus.pages import decode
from discourse.corpus.rules import read_rules
from discourse.corpus.settings import Table, read_settings
from discourse.corpus.sources import read_sources
from discourse.corpus.zones import zones_by_rules

if TYPE_CHECKING:
    from discourse.tokens import Tokens

STUDY_FILE = "study.toml"
STUDY_VARIABLE = "DISCOURSE_STUDY"
KEYS = tuple("title group order codebook spotlight coded_hits coded_by voices voices_by columns sources zones".split())


@dataclass(frozen=True, eq=False)
class Study:
    """Everything that a report is made of.

    Attributes:
        folder: where `study.toml` lies.
        title: what the study is called.
        group: the column of the documents that is compared.
        order: the values of that column, in the order in which figures show them.
        corpus: the texts.
        codebook: the frames, actors and names; empty where the study names none.
        spotlight: patterns that get a section of their own in the report.
        coded_hits: a CSV of hits that were read and coded, or None.
        files: every file that was read, `study.toml` first.
        coded_by: who coded these hits, as the report is to say it; empty where the study does not say.
        columns: what columns of the documents hold, where their names do not say it.
        voices: passages and whose words they are, see `Tokens.with_voices`; None: the rules look for them.
        voices_by: who found these, as the report is to say it; empty where the study does not say.
    """

    folder: Path
    title: str
    group: str
    order: tuple[str, ...]
    corpus: Corpus
    codebook: Codebook
    spotlight: tuple[str, ...]
    coded_hits: Path | None
    files: tuple[Path, ...]
    coded_by: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    voices: pd.DataFrame | None = None
    voices_by: str = ""

    def __repr__(self) -> str:
        """Say what is compared, in how many documents."""
        groups = f"{len(self.order)} group{'' if len(self.order) == 1 else 's'}"
        return f"Study({self.title!r}: {len(self.corpus)} documents by {self.group}, {groups})"

    @cached_property
    def tokens(self) -> Tokens:
        """The tokens of the corpus, made at first use."""
        from discourse.tokens import tokenize

        tokens = tokenize(self.corpus)
        return tokens if self.voices is None else tokens.with_voices(self.voices)


def read_study(folder: str | Path) -> Study:
    """Read the study in a folder.

    Args:
        folder: the folder of a `study.toml`, or that file itself.

    Raises:
        StudyError: something in the folder is missing, has changed or contradicts itself; the message names
            file and line and says what to do.
    """
    if not isinstance(folder, str | os.PathLike):
        raise ValueError(f"folder must be the path of one; got a {type(folder).__name__}. Name that of study.toml.")
    path = Path(folder)
    path = path if path.name == STUDY_FILE and not path.is_dir() else path / STUDY_FILE
    table = read_settings(path)
    table.only(KEYS)
    group = table.required("group", "names the column of the documents that is compared")
    corpus, sources = _read_corpus(table, path.parent, group)
    codebook = _file(table, "codebook", path.parent)
    coded_hits = _file(table, "coded_hits", path.parent)
    voices = _file(table, "voices", path.parent)
    return Study(
        folder=path.parent,
        title=table.string("title", path.parent.resolve().name),
        group=group,
        order=_order(table, group, corpus.documents),
        corpus=corpus,
        codebook=read_codebook(codebook) if codebook else Codebook(),
        spotlight=_spotlight(table),
        coded_hits=coded_hits,
        files=tuple(file for file in (path, codebook, coded_hits, voices, *sources) if file),
        coded_by=table.string("coded_by").strip().rstrip("."),
        columns=_columns(table.table("columns"), corpus.documents),
        voices=_voices(voices, corpus) if voices else None,
        voices_by=table.string("voices_by").strip().rstrip("."),
    )


def current_study() -> Study:
    """Read the study at hand: the one that the environment variable `DISCOURSE_STUDY` names, else the
    nearest `study.toml` in or above the working directory (or in a folder `seeds` there), else the one that
    a checkout of the package ships.

    Raises:
        StudyError: there is none, or it cannot be read.
    """
    named = os.environ.get(STUDY_VARIABLE, "")
    if named:
        return read_study(named)
    here = Path.cwd()
    shipped = Path(discourse.__file__).resolve().parent.parent / "seeds"
    folders = [place for above in (here, *here.parents) for place in (above, above / "seeds")]
    for folder in (*folders, shipped):
        if (folder / STUDY_FILE).is_file():
            return read_study(folder)
    raise StudyError(
        f"There is no {STUDY_FILE} in {here} or above it, and the installed package holds no texts, because "
        f"their owners keep the rights. Go to the folder of a study, or set {STUDY_VARIABLE} to it."
    )


def _read_corpus(table: Table, folder: Path, group: str) -> tuple[Corpus, list[Path]]:
    """Read the sources and cut their documents into zones."""
    sources = table.tables("sources")
    if not sources:
        raise table.error("", 'there are no sources. Name a file under [[sources]] with path = "…".')
    frame, files = read_sources(sources, folder)
    if group in frame and not order_of(frame[group]):
        frame[group] = frame[group].astype("str")  # so that the order can name years and numbers too
    corpus = Corpus.from_frame(frame, text=TEXT, id=DOC_ID)
    rules = read_rules(table.tables("zones"), corpus.documents)
    if rules:
        zones = zones_by_rules(corpus.documents, corpus.texts, rules)
        corpus = Corpus(corpus.documents, zones, corpus.texts)
    return corpus, files


def _order(table: Table, group: str, documents: pd.DataFrame) -> tuple[str, ...]:
    """Return the groups: first those that the study orders, then the others in the order of the categories, or as they
    come, the unnamed last.
    """
    if group not in documents.columns:
        raise table.error(
            "group",
            f"the documents have no column {group!r}; they have {listed(documents.columns)}."
            f"{nearest(group, documents.columns)}",
        )
    found = [str(value) for value in documents[group].unique()]
    present = [value for value in order_of(documents[group]) if value in found] or found
    order = table.strings("order")
    for value in order:
        if value not in present:
            raise table.error(
                "order",
                f"no document has {group} = {value!r}; the values are {listed(present)}.{nearest(value, present)} "
                "Write each value as the documents do.",
            )
    return tuple(dict.fromkeys([*order, *sorted(present, key=lambda value: value == "")]))


def _columns(table: Table, documents: pd.DataFrame) -> dict[str, str]:
    """Return what columns of the documents hold; each must be there."""
    for name in table.entries:
        if name not in documents.columns:
            raise table.error(
                name,
                f"the documents have no column {name!r}; they have {listed(documents.columns)}."
                f"{nearest(name, documents.columns)}",
            )
    return {name: table.string(name).strip().rstrip(".") for name in table.entries}


def _file(table: Table, key: str, folder: Path) -> Path | None:
    """Return the path of a file that the study names, if it names one."""
    name = table.string(key)
    if name and not (folder / name).is_file():
        raise table.error(
            key, f"there is no file {name!r} in the folder of the study. Mend the path, or take {key} out."
        )
    return folder / name if name else None


def _voices(file: Path, corpus: Corpus) -> pd.DataFrame:
    """Return the passages of a file, checked against the texts.

    Raises:
        StudyError: it is no such table, or a passage stands in no document.
    """
    from discourse.tokens.hearing import supplied_voices

    text = decode(file.read_bytes(), name=file.name, encoding="utf-8-sig")
    mark = max(",;\t", key=text.partition("\n")[0].count)
    try:
        return supplied_voices(corpus, pd.read_csv(StringIO(text), sep=mark, dtype=str, keep_default_na=False))
    except ValueError as error:  # also what pandas cannot parse
        raise StudyError(f"{file.name}: {error}") from None


def _spotlight(table: Table) -> tuple[str, ...]:
    """Return the patterns of the spotlight, all of which must be patterns, and such as stand by themselves."""
    patterns = table.strings("spotlight")
    for pattern in patterns:
        try:
            refuse_slots([parse_pattern(pattern)])
        except ValueError as error:
            raise table.error("spotlight", str(error)) from None
    return patterns
