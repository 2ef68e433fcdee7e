"""Whose words a quotation inside a quotation is."""

import pytest

from discourse.tokens import voice_spans

CASES = {
    "nobody's name": ("“The guard said, ‘Nobody leaves,’ and left,” said Ada Lind.", ["", "cue before"]),
    "a name": ("“Then Colonel Ek told us, ‘Go,’ and we went,” said Ada Lind.", ["Ek", "cue before"]),
    "the full name of the document": (
        "Karl Ek left. “Then Ek told us, ‘Go,’ and we went,” said Ada Lind.",
        ["Karl Ek", "cue before"],
    ),
    "the speaker himself": (
        "“I told them, ‘Go home,’ and they went,” Ada Lind said.",
        ["Ada Lind", "inside a quotation"],
    ),
    "the speaker himself, at once": ("“I said, ‘Go home,’ and they went,” Ada Lind said.", ["Ada Lind", "cue before"]),
    "a pronoun for somebody outside": ("Karl Ek left. “He said, ‘Go,’” said Ada Lind.", ["", "cue before"]),
    "a pronoun for somebody inside": (
        "“We met Karl Ek. He said, ‘Go,’” said Ada Lind.",
        ["Karl Ek", "cue before"],
    ),
    "scare quotes": ("“Their ‘reform’ is dead,” said Ada Lind.", ["Ada Lind", "inside a quotation"]),
    "a title": ("“I love ‘The Dry River’ and own it,” said Ada Lind.", ["Ada Lind", "inside a quotation"]),
    "double in single": ("‘She said, “Go home,” and I went,’ said Ada Lind.", ["", "cue before"]),
    "straight": ('"He said, \'I was hungry,\' and left," Ada Lind said.', ["", "cue before"]),
    "typewriter": ("``The clerk said, `No,' and left,'' Ada Lind said.", ["", "cue before"]),
    "in a second paragraph": (
        "“They came.\n\n“My brother Nils said, ‘Go,’ and we went,” said Ada Lind.",
        ["Nils", "cue before"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "told"), CASES.values(), ids=CASES)
def test_the_words_are_those_of_whom_the_quotation_names_or_of_its_speaker(text, told):
    found = voice_spans(text).query("voice != 'reported'")
    assert found["depth"].tolist() == [0, 1]
    outer, own = found.iloc[0], found.iloc[1]
    assert outer["start"] <= own["start"]
    assert own["end"] <= outer["end"]
    assert (outer["speaker"], own["voice"], own["marking"]) == ("Ada Lind", "quoted", "")
    assert [own["speaker"], own["rule"]] == told


def test_what_stands_in_a_title_is_the_titles():
    found = voice_spans("A paper on “The ‘Silk Road’ in Asia” came.")
    assert found[["voice", "marking", "depth"]].values.tolist() == [["author", "title", 0], ["author", "title", 1]]


NOTHING_INSIDE = ["“It’s the workers’ ’70s,” he said.", '"It\'s the workers\' \'70s," he said.', "“‘I go,” he said."]


@pytest.mark.parametrize("text", NOTHING_INSIDE)
def test_apostrophes_and_lost_marks_open_nothing_inside(text):
    assert voice_spans(text)["depth"].tolist() == [0]


def test_quotations_stand_in_quotations_in_quotations():
    text = "“Ek said, ‘She said, «No,» and left,’ and that was all,” said Ada Lind."
    found = voice_spans(text)
    assert found[["speaker", "depth"]].values.tolist() == [["Ada Lind", 0], ["Ek", 1], ["", 2]]
