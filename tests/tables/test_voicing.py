"""How right voices are: what is drawn, what a coder sees, and what the codes say of all words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from counts.parts import singles
from tokens.voices.gold import COLUMNS, tables

from discourse._errors import StudyError
from discourse.codebook import Codebook, Entry, parse_pattern
from discourse.corpus import Corpus
from discourse.tables import (
    agreement,
    codebook_validity,
    read_codes,
    term_frequencies,
    voice_sheet,
    voice_validity,
    write_coding_sheet,
)
from discourse.tables.sheets import HEARD
from discourse.tokens import tokenize

PIECES = [
    "The port is open.",
    "“The war is near,” said Ada Lind.",
    "Ole Ek warned that no war was near.",
    "Critics said that a war was near.",
    "A “war” of words.\n\nIt went on.",
]
TEXTS = [" ".join(PIECES[(i + k) % 5] for k in range(4)) for i in range(40)]
FRAME = pd.DataFrame({"doc_id": [f"d{i}" for i in range(40)], "text": TEXTS, "outlet": ["A", "A", "B", "A"] * 10})
TOKENS = tokenize(Corpus.from_frame(FRAME, id="doc_id"))
BOOK = Codebook({"force": Entry("frame", "force", (parse_pattern("war"), parse_pattern("war is near")))})
SHEET = voice_sheet(TOKENS, each=12, seed=3)


def test_strata_are_voices_with_and_without_a_speaker():
    own = SHEET.groupby("stratum")[["sampled", "population"]].first()
    assert own["sampled"].tolist() == own["population"].clip(upper=12).tolist()
    counted = term_frequencies(TOKENS, by=["voice", "speaker"]).groupby(["voice", "speaker"])["count"].sum()
    counted.index = [voice + (" with a speaker" if speaker else "") for voice, speaker in counted.index]
    assert own["population"].to_dict() == counted[counted > 0].groupby(level=0).sum().to_dict()
    assert SHEET.groupby("stratum")["unit"].size().to_dict() == own["sampled"].to_dict()


def test_every_unit_is_shown_where_it_stands_with_the_text_around():
    for row in SHEET.to_dict("records"):
        text = TOKENS.corpus.text(row["doc_id"])
        assert f">>{text[row['start'] : row['end']]}<<" in row["sentence"]
        plain = " ".join([row["before"], row["sentence"], row["after"]]).replace(">>", "").replace("<<", "")
        assert plain.replace("¶", " ").split() == text.split()  # short documents are shown whole
    assert SHEET["after"].str.contains("¶").any()


def test_far_words_are_not_shown():
    tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["one " * 300 + ". The war. Two " + "two " * 300]})))
    row = voice_sheet(tokens, BOOK).iloc[0]
    assert (row["before"].split(), row["after"].split()) == (["one"] * 149 + ["."], ["Two", *["two"] * 59])


def test_no_coder_sees_what_was_found(tmp_path):
    coded = SHEET.assign(voice="Quoted", speaker="Ek", note="=1")
    for name in ("sheet.csv", "sheet.xlsx"):
        write_coding_sheet(coded, tmp_path / name)
        back = read_codes(tmp_path / name)
        assert back.columns.tolist() == ["unit", "sentence", "voice", "speaker", "note"]
        assert back["unit"].tolist() == SHEET["unit"].tolist()
        assert set(back["voice"]) == {"quoted"}
        assert set(back["note"]) == {"=1"}
    assert (tmp_path / "sheet.csv").read_text("utf-8-sig").splitlines()[0] == ",".join(HEARD)
    # The order tells nothing: strata come mixed.
    assert SHEET["stratum"].iloc[:12].nunique() > 2


def test_the_draw_hangs_on_the_seed_and_not_on_parts():
    pd.testing.assert_frame_equal(voice_sheet(singles(TOKENS.corpus), each=12, seed=3), SHEET)
    assert voice_sheet(TOKENS, each=12, seed=4)["sentence"].tolist() != SHEET["sentence"].tolist()
    seen = [voice_sheet(TOKENS, each=2, seed=seed) for seed in range(60)]
    drawn = pd.concat(seen).query("stratum == 'quoted with a speaker'").groupby(["doc_id", "start"]).size()
    population = int(SHEET.query("stratum == 'quoted with a speaker'")["population"].iloc[0])
    assert len(drawn) > 0.5 * population  # 120 draws of 128 words
    assert drawn.max() < 8


def test_hits_of_a_codebook_are_drawn_once_each_by_groups():
    book = Codebook({**BOOK.frames, "near": Entry("frame", "near", (parse_pattern("war is near"),))})
    sheet = voice_sheet(TOKENS, book, each=99, by="outlet", where={"voice": ["quoted", "marked"]})
    assert not sheet.duplicated(["doc_id", "start", "end"]).any()
    assert set(sheet["found"]) == {"quoted", "marked"}
    assert (sheet.groupby(["outlet", "stratum"])["unit"].transform("size") == sheet["population"]).all()
    assert sheet["sentence"].str.contains(">>war is near<<").any()


def coded(sheet, truth):
    """The codes of somebody who knows the true voices, which are those of other tokens of the same texts."""
    frame = truth.frame().set_index(["doc_id", "start"])
    rows = frame.loc[pd.MultiIndex.from_frame(sheet[["doc_id", "start"]])]
    return sheet.assign(voice=rows["voice"].to_numpy(), speaker=rows["speaker"].to_numpy())


def of_words(found, truth):
    """What is to be estimated, from all words."""
    table = pd.DataFrame({"found": found.frame()["voice"], "true": truth.frame()["voice"]})[found.is_word]
    out = {"": {"precision": float((table["found"] == table["true"]).mean())}}
    for voice in ("author", "quoted", "reported", "marked"):
        own, true = table["found"] == voice, table["true"] == voice
        out[voice] = {"precision": true[own].mean(), "true": true.sum(), "share": true.mean()}
        if true.any():
            out[voice]["recall"] = own[true].mean()
    return out


def test_where_all_is_read_the_numbers_are_those_of_all_words():
    spans = pd.DataFrame({"doc_id": FRAME["doc_id"], "start": 0, "end": 9, "voice": "reported", "speaker": "Lind"})
    truth = TOKENS.with_voices(spans)
    sheet = voice_sheet(TOKENS, each=10_000)
    table = voice_validity(sheet, coded(sheet, truth)).set_index("voice")
    for voice, values in of_words(TOKENS, truth).items():
        for name, value in values.items():
            assert table.loc[voice, [name, f"{name}_low", f"{name}_high"]].tolist() == pytest.approx([value] * 3)
    quoted = TOKENS.frame().query("voice == 'quoted' and is_word")
    speakers = truth.frame().loc[quoted.index, "speaker"]
    assert table.loc["quoted", "named"] == len(quoted)
    right = (quoted["speaker"] == "Ada Lind") & (speakers == "Lind")
    assert table.loc["quoted", "named_right"] == pytest.approx(right.mean())
    assert table.loc["", "flags"] == ""


@pytest.mark.parametrize("part", ["held-out", "second"])
def test_limits_from_some_words_contain_what_the_gold_says_of_all(part):
    coded_spans, _, texts = tables(part)
    corpus = Corpus.from_frame(pd.DataFrame({"doc_id": list(texts), "text": list(texts.values())}), id="doc_id")
    found = tokenize(corpus)
    truth = found.with_voices(coded_spans[COLUMNS])
    true = of_words(found, truth)
    inside = []
    for seed in range(25):
        sheet = voice_sheet(found, each=25, seed=seed)
        table = voice_validity(sheet, coded(sheet, truth), seed=seed).set_index("voice")
        for voice, values in true.items():
            for name, value in values.items():
                low, high = table.loc[voice, [f"{name}_low", f"{name}_high"]]
                inside.append({"measure": name, "held": low - 1e-9 <= value <= high + 1e-9})
    held = pd.DataFrame(inside).groupby("measure")["held"].mean()
    assert held.mean() >= 0.95
    assert held.min() >= 0.9


def test_what_was_not_coded_is_like_the_rest_of_its_stratum_and_nothing_is_made_of_nothing():
    codes = SHEET.assign(voice=SHEET["found"], speaker=SHEET["found_speaker"])
    some = codes.assign(voice=codes["voice"].where(codes.groupby("stratum").cumcount() < 6, ""))
    table = voice_validity(SHEET, some).set_index("voice")
    assert table.loc["quoted", ["precision", "recall", "share"]].tolist() == [1, 1, table.loc["quoted", "share_found"]]
    assert table.loc["quoted", "flags"] == "few_read"  # six of one stratum; of all voices enough were read
    assert table.loc["", "flags"] == ""
    none = codes.assign(voice=codes["voice"].where(codes["stratum"] != "marked", ""))
    table = voice_validity(SHEET, none).set_index("voice")
    assert np.isnan(table.loc["marked", ["precision", "precision_low", "share", "missed"]].astype(float)).all()
    assert table["flags"].str.contains("not_read").all()


def test_whom_the_rules_missed_is_told_of_the_units_that_were_coded():
    sheet = voice_sheet(TOKENS, each=10_000)
    critics = (sheet["stratum"] == "reported").to_numpy()
    codes = sheet.assign(voice=sheet["found"], speaker=np.where(critics, "Rit", sheet["found_speaker"]))
    some = critics & (np.arange(len(sheet)) % 3 == 0)
    table = voice_validity(sheet, codes.assign(speaker=np.where(some, "Rit", ""))).set_index("voice")
    assert table.loc["reported", "missed"] == pytest.approx(some.sum() / critics.sum())
    # Of those without a voice nothing is known, even where a speaker was filled in.
    table = voice_validity(sheet, codes.assign(voice=codes["voice"].mask(some, ""))).set_index("voice")
    assert table.loc["reported", ["unnamed", "missed"]].tolist() == [critics.sum(), 1.0]
    assert table.loc["reported", "missed_high"] == 1.0


def test_without_speakers_in_the_codes_nothing_is_told_of_them():
    codes = SHEET.assign(voice=SHEET["found"])
    for given in (codes, codes.drop(columns="speaker")):
        table = voice_validity(SHEET, given)
        assert table[["named_right", "missed"]].isna().all(axis=None)
        assert table["precision"].eq(1).all()


def test_groups_are_told_apart_and_a_sheet_drawn_by_them_serves_as_a_whole():
    sheet = voice_sheet(TOKENS, each=10, by="outlet", seed=1)
    wrong = np.where(sheet["outlet"] == "A", sheet["found"], "author")
    table = voice_validity(sheet, sheet.assign(voice=wrong), by="outlet").set_index(["outlet", "voice"])
    assert table.loc[("A", "quoted"), "precision"] == 1
    assert table.loc[("B", "quoted"), "precision"] == 0
    every = voice_validity(sheet, sheet.assign(voice=wrong)).set_index("voice")
    size = table.loc[[("A", "quoted"), ("B", "quoted")], "found"].tolist()
    assert every.loc["quoted", "precision"] == pytest.approx(size[0] / sum(size))


def test_two_coders_are_compared():
    one = SHEET.assign(voice=SHEET["found"])
    two = one.assign(voice=one["voice"].where(one.index > 9, "author"))
    table = agreement({"one": one, "two": two}, column="voice").set_index("coefficient")["value"]
    assert table["percent_agreement"] == pytest.approx((one["voice"] == two["voice"]).mean())
    assert table["krippendorff_alpha"] < 1


def test_sheets_are_not_taken_for_one_another(tmp_path):
    codes = SHEET.assign(voice=SHEET["found"])
    with pytest.raises(ValueError, match=r"sheet must have a column 'stratum'; .*\. Give it a result of voice_sheet"):
        voice_validity(SHEET.drop(columns="stratum"), codes)
    with pytest.raises(ValueError, match=r"codes must be of the same sheet"):
        voice_validity(voice_sheet(TOKENS, each=12, seed=9), codes)
    with pytest.raises(ValueError, match=r"codes must be of the units of the sheet; got 'v9999'"):
        voice_validity(SHEET, codes.assign(unit=["v9999", *codes["unit"][1:]]))
    with pytest.raises(ValueError, match=r"sheet must have all rows that voice_sheet made"):
        voice_validity(SHEET.iloc[1:], codes.iloc[1:])
    with pytest.raises(ValueError, match=r"codes must be 'author', 'quoted', 'reported', 'marked' or empty.*'qouted'"):
        voice_validity(SHEET, codes.assign(voice="qouted"))
    with pytest.raises(ValueError, match=r"a column .nowhere.; .* Give it a result of voice_sheet drawn"):
        voice_validity(SHEET, codes, by="nowhere")
    (tmp_path / "frames.csv").write_text("unit,code\nv0001,yes\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"codes must be of a sheet with voices; .*frames.csv has none"):
        voice_validity(SHEET, tmp_path / "frames.csv")
    (tmp_path / "voices.csv").write_text("unit,voice\nv0001,says\n", encoding="utf-8")
    with pytest.raises(StudyError, match=r"voices.csv, line 2: voice must be 'author', .* or empty; got 'says'"):
        read_codes(tmp_path / "voices.csv")
    with pytest.raises(ValueError, match=r"sheet must have the columns that coding_sheet made; .frame. is missing"):
        codebook_validity(SHEET, codes.assign(code="yes"))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"each": -1}, "each must be a whole number, 0 or more; got -1"),
        ({"codebook": Codebook()}, "codebook must have frames; got none"),
        ({"by": "voice"}, "by must name document columns; got 'voice'"),
    ],
)
def test_what_cannot_be_drawn_is_told(given, message):
    with pytest.raises(ValueError, match=message):
        voice_sheet(TOKENS, **given)


def test_where_there_is_nothing_the_sheet_is_empty():
    for sheet in (voice_sheet(TOKENS, each=0), voice_sheet(TOKENS, where={"zone": "title"})):
        assert len(sheet) == 0
        assert sheet.columns.tolist() == SHEET.columns.tolist()
