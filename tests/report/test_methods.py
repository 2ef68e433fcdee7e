"""What the report says of its own making."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from discourse import read_study
from discourse.report.methods import methods
from discourse.report.references import REFERENCES
from discourse.tables.flags import FEW_DOCUMENTS

ROOT = Path(__file__).parent.parent.parent


def test_texts_and_words_are_counted(study_folder: Path) -> None:
    told = dict(methods(read_study(study_folder)))
    assert told["Texts"] == "1 document, compared by paper (North 1); 4 words of prose of 4 words in all."


def test_thresholds_and_defaults_are_those_of_the_package(study_folder: Path) -> None:
    told = dict(methods(read_study(study_folder)))
    assert f"fewer than {FEW_DOCUMENTS} documents" in told["p values"]
    assert "at least 3 hits in 2 documents" in told["Contrasts"]
    assert "weighing 10 % of their words" in told["Contrasts"]


def test_a_study_without_a_codebook_is_not_told_of_frames(study_folder: Path) -> None:
    assert "Frames and names" not in dict(methods(read_study(study_folder)))


def test_what_is_cited_is_listed_and_nothing_else(study_folder: Path) -> None:
    told = " ".join(text for _, text in methods(read_study(study_folder)))
    cited = set(re.findall(r"([A-Z][\w]+)(?:(?:,| and| et al\.| others)[^();.]*)? \(?((?:19|20)\d\d)", told))
    listed = {(reference.split(",")[0], re.findall(r"\((\d{4})\)", reference)[0]) for reference in REFERENCES}
    assert {(name, year) for name, year in cited if (name, year) in listed} == listed
    assert {year for _, year in cited} == {year for _, year in listed}


def test_who_coded_is_told_where_hits_were_coded() -> None:
    study = read_study(ROOT / "seeds")
    assert " The hits were coded by one coder, a language model " in dict(methods(study))["Frames and names"]
    assert " The study does not say who coded" in dict(methods(replace(study, coded_by="")))["Frames and names"]
    assert "coded" not in dict(methods(replace(study, coded_hits=None)))["Frames and names"]


def test_what_is_said_of_the_voices_is_what_was_measured_in_real_news(study_folder: Path) -> None:
    table = (ROOT / "docs" / "voices.md").read_text(encoding="utf-8").partition("### Real news")[2]
    rows = re.findall(r"^\| (words|reported: F|speaker) \|(.*)\|$", table, re.M)
    cells = {name: [cell.split(" of ") for cell in row.split("|")[-4:]] for name, row in rows}
    numbers = {name: [float(number) for _, number in four] for name, four in cells.items()}
    right = {name: sum(float(share) * float(number) for share, number in four) for name, four in cells.items()}
    share = {name: right[name] / sum(numbers[name]) for name in cells}
    told = dict(methods(read_study(study_folder)))["Voices"]
    assert "some nineteen words of twenty had the voice" in told
    assert "some five of six stretches of indirect speech and three of four named speakers" in told
    assert share["words"] == pytest.approx(19 / 20, abs=0.01)
    assert share["reported: F"] == pytest.approx(5 / 6, abs=0.03)
    assert share["speaker"] == pytest.approx(3 / 4, abs=0.03)
    prose = table.partition("So in news")[2]
    assert [name for name, value in share.items() if f"{value:.3f} of " not in prose] == []


def test_every_rule_ends_in_a_full_stop_and_holds_no_gap(study_folder: Path) -> None:
    for text in dict(methods(read_study(study_folder))).values():
        assert text.endswith(".")
        assert "  " not in text
        assert "None" not in text
