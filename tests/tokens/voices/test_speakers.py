"""Whose words a quotation is that leans on what stands around it: sentences made up after constructions of news."""

import pytest

from discourse.tokens import voice_spans
from discourse.tokens.voices.mentions import is_part

TOLD = "Ada Lind said that it rained in the port. "

# text; then words, voice and speaker of its last passage
CASES = {
    "part of a sentence": (f"{TOLD}The crew would wait “as long as it takes”.", ("as long as it takes", "quoted", "")),
    "part of a sentence, in a text that quotes nobody": (
        "The crew would wait “as long as it takes”.", ("as long as it takes", "marked", ""),
    ),
    "a compound": (f"{TOLD}The “loyal old wingman” came.", ("loyal old wingman", "marked", "")),
    "what of joins": (f"{TOLD}A “sphere of influence” is wanted.", ("sphere of influence", "marked", "")),
    "two words": (f"{TOLD}They spoke of “our barns”.", ("our barns", "marked", "")),
    "a sentence behind a title": (
        "“It is late,” Ada Lind said on “The Long Way Home” (1998). “I will not wait for hay that never comes”",
        ("I will not wait for hay that never comes", "quoted", "Ada Lind"),
    ),
    "a sentence in the next paragraph": (
        "“It is late,” Ada Lind said.\n\nThere was hay. The sign was “no hay for a barn that leaks”",
        ("no hay for a barn that leaks", "quoted", ""),
    ),
    "a sentence without a stop": (
        "“It is late,” Ada Lind said. “No hay will be sold to them”",
        ("No hay will be sold to them", "quoted", "Ada Lind"),
    ),
    "said without a comma": (
        "It rained. “No hay will be sold to them” the ferryman Ole Ek said.",
        ("No hay will be sold to them", "quoted", "Ole Ek"),
    ),
    "closing marks of two kinds": (
        "“It is ‘hay,’” the ferryman Ole Ek recalled.", ("hay,", "quoted", "Ole Ek"),
    ),
    "single marks hide a name": (
        "Ada Lind sold hay. ‘Ole Ek met Eva Holm.’ It rained. She said: ‘It is late.’",
        ("It is late.", "quoted", "Ada Lind"),
    ),
    "a sentence that ends in marks ends": (
        "Ole Ek said he was “glad of the hay.” Jan Beck, who was there, left. “It is late,” he said.",
        ("It is late,", "quoted", "Jan Beck"),
    ),
    "Mr is no she": ("Ms. Lind met Mr. Beck in the port. “It is late,” she said.", ("It is late,", "quoted", "Lind")),
    "Ms is no he": ("Ms. Lind met Mr. Beck in the port. “It is late,” he said.", ("It is late,", "quoted", "Beck")),
    "a title that two of one name share": (
        "Ms. Lind came. Mr. Lind came. Mr. Lind sold hay. “It is late,” she said.", ("It is late,", "quoted", "Lind"),
    ),
    "her part": (
        "Ada Lind came. For her part, Lind sold the hay in May. “It is late,” she said.",
        ("It is late,", "quoted", "Ada Lind"),
    ),
    "when she left": (
        "Ada Lind came. When she left, Lind sold the hay. “It is late,” she said.",
        ("It is late,", "quoted", "Ada Lind"),
    ),
    "somebody before": ("She wrote to Ada Lind. “It is late,” she said.", ("It is late,", "quoted", "")),
    "the subject of the sentence": (
        "Jan Beck sold hay to Ole Ek. Wang did not greet Beck or Ek, but he said it was “late”.",
        ("late", "quoted", "Wang"),
    ),
    "the governor": (
        "Ada Lind said that it rained. “It is late,” the governor said.", ("It is late,", "quoted", "Ada Lind"),
    ),
    "the governor behind he": (
        "Jan Beck said that it rained. He said the hay of Ole Ek was wet. “It is late,” the governor said.",
        ("It is late,", "quoted", "Jan Beck"),
    ),
    "a trade": ("Ada Lind said that it rained. “It is late,” the engineer said.", ("It is late,", "quoted", "")),
    "an office that the text gives somebody else": (
        "Governor Ole Ek met Governor Eva Holm. Ada Lind said that it rained. “It is late,” the governor said.",
        ("It is late,", "quoted", ""),
    ),
    "the governor after somebody without a name": (
        "Ada Lind came. A farmer said that it rained. “It is late,” the governor said.", ("It is late,", "quoted", ""),
    ),
    "the governor after two": (
        "Ada Lind said it rained and Ole Ek said it did not. “It is late,” the governor said.",
        ("It is late,", "quoted", ""),
    ),
    "a town": (
        "Mayor Ada Lind came. At a fair in Norham, the mayor said it was “late”.", ("late", "quoted", "Ada Lind"),
    ),
    "in a town": (
        "Mayor Ada Lind came. In Norham, the mayor said it was “late”.", ("late", "quoted", "Ada Lind"),
    ),
    "told by somebody": ("Ada Lind told Ek that the port had called it “late”.", ("late", "quoted", "Ada Lind")),
    "told by nobody with a name": ("A farmer said that the port had called it “late”.", ("late", "quoted", "")),
    "a report of hers": ("Ada Lind came. “It is late,” Lind’s report said.", ("It is late,", "quoted", "Ada Lind")),
    "no document": ("Ada Lind came. “It is late,” Lind’s brother said.", ("It is late,", "quoted", "")),
    "a report by": (
        "“It is late,” said a report by the Norham Trade Council in May.",
        ("It is late,", "quoted", "Norham Trade Council"),
    ),
    "a statement from": (
        "The statement from the Norham Trade Council said that it was “late”.",
        ("late", "quoted", "Norham Trade Council"),
    ),
    "the president-elect": (
        "Eva Holm won. President-elect Holm said that it was “late”.", ("late", "quoted", "Eva Holm"),
    ),
}


@pytest.mark.parametrize(("text", "last"), CASES.values(), ids=CASES)
def test_whose_words_the_last_passage_is(text, last):
    rows = [row for row in voice_spans(text).itertuples() if row.voice != "reported"]
    assert [(text[row.start : row.end], row.voice, row.speaker) for row in rows][-1] == last


PARTS = ("might be called off", "the worst of all winters, as we know")
COMPOUNDS = ("the hay", "rock and roll", "hay, straw, wood")


@pytest.mark.parametrize("words", [*PARTS, *COMPOUNDS])
def test_scare_quotes_hold_a_word_or_a_compound(words):
    assert is_part(words) == (words in PARTS)
