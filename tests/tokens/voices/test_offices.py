"""Whom *the president* and *the minister* mean."""

import pytest

from discourse.tokens.voices.names import Names
from discourse.tokens.voices.namings import following
from discourse.tokens.voices.subjects import Source, subject

CASES = {
    "before the name": ("Foreign Minister Jonas Beck left.", "The foreign minister", "Jonas Beck"),
    "the last word alone": ("Foreign Minister Jonas Beck left.", "the minister", "Jonas Beck"),
    "a letter of two in lower case": ("İİ left. Foreign Minister Jonas Beck too.", "the minister", "Jonas Beck"),
    "another ministry": ("Foreign Minister Jonas Beck left.", "the defence minister", ""),
    "behind the name": ("Rita Sol, the mayor of Ede, left.", "the mayor", "Rita Sol"),
    "in front, with commas": ("The mayor, Rita Sol, left.", "the mayor", "Rita Sol"),
    "a country that tells two apart": (
        "Russian President Ilya Orlov met Georgian President Nino Abe.",
        "the Georgian president",
        "Nino Abe",
    ),
    "two of one office": ("Russian President Ilya Orlov met Georgian President Nino Abe.", "the president", ""),
    "one person named twice": ("President Ilya Orlov left. President Orlov came.", "the president", "Ilya Orlov"),
    "a deputy": ("Vice President Dan Holt left.", "the president", ""),
    "the deputy": ("Vice President Dan Holt left.", "but the vice president", "Dan Holt"),
    "one who was it": ("Former President Hugo Sand left.", "the president", ""),
    "one who was it, in small letters": ("The former president, Hugo Sand, left.", "the president", ""),
    "with a hyphen": ("UN Secretary-General Amara Sall left.", "The Secretary-General", "Amara Sall"),
    "an institution": ("President Union Bank left.", "the president", ""),
    "any president": ("President Ilya Orlov left.", "a president", ""),
    "a relative": ("President Ilya Orlov left.", "the president of Chad", ""),
}


@pytest.mark.parametrize(("text", "words", "name"), CASES.values(), ids=CASES)
def test_an_office_stands_for_the_one_person_whom_the_text_has_given_it(text, words, name):
    assert Names(text).of(Source(words, "other"), len(text)) == name


def test_who_is_named_later_is_not_meant():
    assert Names("The mayor left. Mayor Rita Sol came.").of(Source("The mayor", "other"), 10) == ""


NAMINGS = {
    " the deputy head of the agency for roads and bridges. It": "the deputy head of the agency for roads and bridges",
    " the minister in a letter": "the minister",
    " the minister and the mayor of Ede": "the minister",
    " a trader who fled": "a trader",
}


@pytest.mark.parametrize(("after", "words"), NAMINGS.items())
def test_who_is_named_behind_a_verb_is_not_clipped(after, words):
    assert following(after).words == words


LONG = "The deputy head of the state agency for the roads and the bridges "
SUBJECTS = {
    "The head of the agency for roads and bridges ": "The head of the agency for roads and bridges",
    "He paid and the head of the port ": "the head of the port",
    "It rained, but the vice president ": "the vice president",
    LONG: LONG.strip(),
}


@pytest.mark.parametrize(("before", "words"), SUBJECTS.items())
def test_the_subject_before_a_verb_is_not_clipped(before, words):
    assert subject(before).words == words
