"""Every flag in every table that compares groups: shown where the texts call for it, and nowhere else."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from inspect import signature

import pandas as pd
import pytest
from counts.samples import BOOK

import discourse
from discourse import tables
from discourse.corpus import Corpus
from discourse.tables.flags import FEW_DOCUMENTS
from discourse.tokens import Tokens, tokenize

A = """Containment of Russia is war and war. Containment. Smith warned that war is near. Smith said that trade is open.
NATO fears war. Türkiye, Türkiye and Turkey."""
B = """Peace is containment here. Smith said that peace is near and war is far and trade is open and all of it is well.
NATO fears war. Turkey is near Türkiye. US."""
REST = "A sphere of influence beside NATO, a special operation near war. Miller claimed: “Trade is good.”"
ONE = "Containment of Russia is war. War war war war. War near NATO. Türkiye. Smith warned that war is near. " * 90

DESIGN = {"aliased", "few_documents", "period_differs", "single_author", "single_document", "topic_differs"}
HITS = {"low_expected", "one_document_drives", "sign_flips_without"}
ALL = DESIGN | HITS | {"descriptive"}
# What compares groups, and which flags it shows. Tables without hits of their own (a distance, a mean, a design) cannot
# say what hangs on one document.
SHOWN: dict[str, tuple[set[str], Callable[[Tokens], pd.DataFrame]]] = {
    "bootstrap_intervals": (ALL, lambda t: tables.bootstrap_intervals(t, codebook=BOOK, by="paper", draws=9, seed=1)),
    "comparison_design": (DESIGN | {"descriptive"}, lambda t: tables.comparison_design(t, by="paper")),
    "frame_actors": (ALL, lambda t: tables.frame_actors(t, BOOK, by="paper")),
    "frame_frequencies": (ALL, lambda t: tables.frame_frequencies(t, BOOK, by="paper")),
    "keyness": (ALL | {"no_variation"}, lambda t: tables.keyness(t, by="paper", min_count=1, min_documents=1)),
    "lexical_diversity": (DESIGN | {"descriptive"}, lambda t: tables.lexical_diversity(t, by="paper")),
    "name_habits": (DESIGN | {"descriptive"}, lambda t: tables.name_habits(t, BOOK, by="paper")),
    "name_shares": (ALL, lambda t: tables.name_shares(t, BOOK, by="paper")),
    "naming_distance": (DESIGN | {"descriptive"}, lambda t: tables.naming_distance(t, BOOK, by="paper")),
    "pattern_frequencies": (ALL, lambda t: tables.pattern_frequencies(t, ["war", "sphere*"], by="paper")),
    "permutation_test": (ALL, lambda t: tables.permutation_test(t, BOOK, by="paper")),
    "similarity": (DESIGN | {"descriptive"}, lambda t: tables.similarity(t, by="paper")),
    "speaker_cues": (ALL, lambda t: tables.speaker_cues(t, by="paper")),
    "term_frequencies": (ALL, lambda t: tables.term_frequencies(t, by="paper", leave_one_out=True)),
    "voice_shares": (ALL, lambda t: tables.voice_shares(t, by="paper")),
}


def world(
    texts: tuple[str, str] = (f"{A} {REST}", f"{B} {REST} {REST}"),
    more: tuple[tuple[str, str], ...] = (),
    *,
    number: int = FEW_DOCUMENTS + 9,
    elsewhere: bool = False,
    **columns: str,
) -> Tokens:
    """Documents of two papers, all of a paper alike.

    Args:
        texts: of every document of the first and the second paper.
        more: documents that are different, with their paper.
        number: documents of each.
        elsewhere: whether the author of the last document is that of the first one.
        columns: what is known of the documents of the first paper.
    """
    rows = [(text, name) for text, name in zip(texts, "AB", strict=True) for _ in range(number)]
    frame = pd.DataFrame([*rows, *more], columns=["text", "paper"])
    frame = frame.assign(topic="war", date="2025-03-01", author=[f"a{i}" for i in range(len(frame))])
    for name, value in columns.items():
        frame.loc[frame["paper"] == "A", name] = value
    if elsewhere:
        frame.loc[len(frame) - 1, "author"] = frame.loc[0, "author"]
    return tokenize(Corpus.from_frame(frame))


WORLDS = {
    "few_documents": world(number=FEW_DOCUMENTS - 2),
    "descriptive": world(number=2),
    "single_document": world(number=1),
    "single_author": world(author="x", elsewhere=True),
    "aliased": world(author="x"),
    "topic_differs": world(topic="trade"),
    "period_differs": world(date="2019-03-01"),
    "low_expected": world((A, B), ((f"{A} {REST}", "A"), (f"{B} {REST}", "B"))),
    "no_variation": world(),
    "one_document_drives": world(more=((ONE, "B"),)),
    "sign_flips_without": world(more=((ONE, "B"),)),
}


def flags(table: pd.DataFrame) -> set[str]:
    return set(" ".join(table["flags"]).split())


# What takes groups and compares none of them.
OTHERS = {"codebook_validity", "coding_sheet", "findings", "frame_counts", "term_counts"}
OTHERS |= {"voice_sheet", "voice_validity"}


def test_no_public_function_that_takes_groups_is_forgotten():
    functions = {name: getattr(discourse, name) for name in discourse.__all__}
    taking = {name for name, own in functions.items() if inspect.isfunction(own) and "by" in signature(own).parameters}
    assert taking == set(SHOWN) | OTHERS


@pytest.mark.parametrize("name", SHOWN)
def test_where_nothing_calls_for_a_flag_there_is_none(name):
    table = SHOWN[name][1](world())
    assert len(table)
    assert flags(table) <= {"no_variation"}  # as documents of a paper are all alike


@pytest.mark.parametrize("flag", WORLDS)
@pytest.mark.parametrize("name", SHOWN)
def test_a_flag_stands_where_the_texts_call_for_it(name, flag):
    wanted, ask = SHOWN[name]
    assert (flag in flags(ask(WORLDS[flag]))) == (flag in wanted)
    assert flags(ask(WORLDS[flag])) <= wanted
