"""What is seen of a passage at a glance."""

import pytest

from discourse.tokens import voice_spans
from discourse.tokens.voices import cues, direct, signs

LISTS = {
    "speaking": (cues.SPEAKING_HINTS, signs.SPEAKING),
    "called": (cues.CALLED_HINTS, signs.CALLED),
    "mentioned": (cues.MENTIONED_HINTS, signs.MENTIONED),
    "terms": (cues.TERMS_HINTS, signs.TERMS),
    "works": (cues.WORKS_HINTS, signs.WORKS),
    "nouns": (cues.NOUN_HINTS, signs.NOUNS),
    "norms": (cues.NORM_HINTS, signs.NORMS),
}
SIGNS = [value for name, value in vars(signs).items() if name.isupper() and isinstance(value, int) and name[0] != "_"]


@pytest.mark.parametrize(("hints", "sign"), LISTS.values(), ids=LISTS)
def test_each_word_of_a_list_gives_its_sign(hints, sign):
    assert all(signs.signs_of(signs.hints_in(word.upper())) & sign for word in hints)
    assert not signs.signs_of(signs.hints_in("The sea was calm.")) & sign


def test_no_two_signs_are_one():
    assert len(SIGNS) == len(set(SIGNS)) == 15
    assert sum(SIGNS) == 2 ** len(SIGNS) - 1


def test_a_rule_is_tried_where_one_of_its_signs_is_seen():
    every = direct._fitting(sum(SIGNS))
    assert len(every) == len(direct._RULES)
    assert set(direct._fitting(signs.ALWAYS)) < set(direct._fitting(signs.ALWAYS | signs.SPEAKING)) < set(every)
    for rule, needed in direct._RULES:
        for sign in SIGNS:
            assert (rule in direct._fitting(sign)) == bool(needed & sign)


# For each sign that more than one rule needs, a text that shows it and is judged by a rule that does.
SHOWN = {
    "to": ("They made the “To go home” list.", "title of a work"),
    "comma": ("He spoke of “drift”, a term that nobody defines.", "what it is called"),
    "bracket": ("“Burn it, and go” (Micah 6:8) is on the wall.", "reference"),
    "capitalised": ("They met the “Blue Whale” again.", "capitalised name"),
    "sentence": ("Lavrov said “one”, and the rest was “two”.", "same sentence"),
    "paragraph": ("Lavrov said “one”. “We shall have two,” and so forth.", "quotation carried on"),
    "in words": ("In her own words, “never”.", "cue noun"),
}


@pytest.mark.parametrize(("text", "rule"), SHOWN.values(), ids=SHOWN)
def test_each_sign_is_seen(text, rule):
    assert rule in voice_spans(text)["rule"].tolist()
