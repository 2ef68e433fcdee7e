"""What the report says of its own making."""

from pathlib import Path

from discourse import read_study
from discourse.report.methods import methods
from discourse.tables.flags import FEW_DOCUMENTS


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


def test_every_rule_ends_in_a_full_stop_and_holds_no_gap(study_folder: Path) -> None:
    for text in dict(methods(read_study(study_folder))).values():
        assert text.endswith(".")
        assert "  " not in text
        assert "None" not in text
