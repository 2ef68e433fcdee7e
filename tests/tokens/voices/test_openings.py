"""Who goes on speaking without being named again."""

import pytest

from discourse.tokens.voices.openings import doing, opening

OPENINGS = {
    "a second verb": ("Ada Lind left the port and ", "Ada Lind"),
    "behind a time": ("Last week, Ada Lind urged them to stay, ", "Ada Lind"),
    "behind a clause": ("If that was not enough, Ada Lind closed the door, ", "Ada Lind"),
    "inverted": ("qqq, said Ada Lind, ", "Ada Lind"),
    "present": ("In his view, pilot Ada Lind refers to it, but ", "Ada Lind"),
    "a relative clause between": ("Ada Lind met Ole Ek, who left, ", ""),
    "nothing that goes on": ("Ada Lind left the port ", ""),
}


@pytest.mark.parametrize(("before", "words"), OPENINGS.values(), ids=OPENINGS)
def test_the_subject_of_the_sentence_goes_on(before, words):
    assert opening(before).words.removeprefix("pilot ") == words


def test_a_participle_is_the_subjects_of_the_sentence_and_not_of_the_noun_before_it():
    assert doing("Ada Lind rejected the plan of Ole Ek, ", "calling").words == "Ada Lind"
    assert doing("Ada Lind wrote an article ", "saying").words == "Ada Lind"
    assert doing("It quoted Ole Ek, a pilot, as ", "saying").words == "Ole Ek"
    assert doing("Ada Lind left when Ole Ek ", "said").words == "Ole Ek"
