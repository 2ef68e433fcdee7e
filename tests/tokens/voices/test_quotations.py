"""Which marks belong together, also when one is missing."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens.voices.quotations import quotations

TWO_PARAGRAPHS = "He said: “One.\n\n{}Two.” Then he left."

CASES = {
    "typographic": ("He said “yes” twice.", ["yes"]),
    "straight": ('He said "yes" and "no".', ["yes", "no"]),
    "guillemets": ("Il dit « oui » et «non».", ["oui", "non"]),
    "guillemets turned inwards": ("Er sagte »ja« und »nein«.", ["ja", "nein"]),
    "low and high": ("Er sagte „ja“ und „nein”.", ["ja", "nein"]),
    "the same mark on both sides": ("Han sa ”ja” och ”nej”.", ["ja", "nej"]),
    "typewriter": ("He said ``yes'' twice.", ["yes"]),
    "opened low, closed straight": ('Er sagte „ja" und ging.', ["ja"]),
    "single": ("A ‘loyal wingman’ drone.", ["loyal wingman"]),
    "nested single": ("He said “an ‘evil’ thing” twice.", ["an ‘evil’ thing"]),
    "nested double, read as a lost closing mark": ("He said “an “evil” thing” twice.", ["an", "evil"]),
    "double inside single": ("The ‘list of “best” firms’ is out.", ["list of “best” firms"]),
    "two paragraphs": (TWO_PARAGRAPHS.format(""), ["One.\n\nTwo."]),
    "two paragraphs, opened again": (TWO_PARAGRAPHS.format("“"), ["One.\n\n“Two."]),
    "two straight paragraphs, opened again": ('He said: "One.\n\n"Two." Then he left.', ['One.\n\n"Two.']),
    "lost closing mark": ("He said “yes. Then “no” came.", ["yes.", "no"]),
    "lost closing mark at the end": ("It ends. He said “yes", ["yes"]),
    "lost opening mark": ("The “New Deal” came. The USNew Deal” went.", ["New Deal", "New Deal"]),
    "lost opening mark, words unknown": ("The New Deal” went.", []),
    "lost opening mark right after other marks": ("“`«»”", ["`«»"]),
    "lost closing mark at the head of a paragraph": ("“We left. It rained.\n\nThey came.", ["We left. It rained."]),
    "lost closing mark within a paragraph": ("So “we left. It rained.\n\nThey came.", ["we left."]),
    "lost opening mark, spoken": ("It rained. We left,” said Ada Lind. “No.”", ["We left,", "No."]),
    "lost opening mark, spoken, verb last": ("We left,” Ada Lind said.", ["We left,"]),
    "lost opening mark, not spoken": ("We left,” and then it rained.", []),
    "plural possessive": ("Calm their neighbours’ fears and friends’ too.", []),
    "possessive before a mark": ("Reverse the US’ planned “Pivot” now.", ["Pivot"]),
    "straight apostrophes": ("It's the states' own right, and the owners'.", []),
    "straight single": ("It's the states' own 'rights'.", ["rights"]),
    "straight single with apostrophes": ("'It's the workers' fault,' he said.", ["It's the workers' fault,"]),
    "rock 'n' roll": ("The 'rock 'n' roll' years of the '60s.", ["rock 'n' roll"]),
    "blanks before clitics": ("Russia 's army did n't say 's or 't.", []),
    "British with possessives": ("‘It’s the farmers’ money now,’ he said.", ["It’s the farmers’ money now,"]),
    "plural before the closing mark": ("The ‘alternatives’ would cost three.", ["alternatives"]),
    "single over paragraphs, opened again": ("‘One.\n\n‘Two.\n\n‘Three,’ he said.", ["One.\n\n‘Two.\n\n‘Three,"]),
    "single over paragraphs, not opened again": ("‘One.\n\nTwo,’ he said.", []),
    "singles and possessives": ("The ‘reforms’ and the owners’ ‘gifts’ cost workers’ lives.", ["reforms", "gifts"]),
    "low single": ("‚Nein‘, sagte er, ‚nie’.", ["Nein", "nie"]),
    "guillemets of one line": ("‹Nein›, sagte er ‹so›.", ["Nein", "so"]),
    "a low comma": ("One‚ two‚three ‘four’.", ["four"]),
    "double inside guillemets": ("« He wrote “no” here. » «a «b»", ["He wrote “no” here.", "a", "b"]),
    "guillemets inside double": ("“He wrote «no» here.” “a «b» “c”", ["He wrote «no» here.", "a", "b", "c"]),
    "double inside British": ("‘She said, “Go home,” and I went,’ he said.", ["She said, “Go home,” and I went,"]),
    "left out digits": ("In the ‘70s the states’ rights.", []),
    "inches": ('A 6\'2" guard and a 5" gun. He said "yes".', ["yes"]),
    "brackets": ("A (“sphere”) and [“zone”]—“orbit”.", ["sphere", "zone", "orbit"]),
    "nothing inside": ("An empty “” and “ ”.", []),
    "no marks": ("Nothing here.", []),
    "empty": ("", []),
}


@pytest.mark.parametrize(("text", "words"), CASES.values(), ids=CASES)
def test_these_words_stand_in_quotation_marks(text, words):
    assert [text[found.start : found.end] for found in quotations(text)] == words


@pytest.mark.parametrize(
    ("case", "lost"), [("lost opening mark", ["", "opening"]), ("lost closing mark", ["closing", ""])]
)
def test_the_mark_that_a_text_lost_is_named(case, lost):
    assert [found.lost for found in quotations(CASES[case][0])] == lost


@given(st.text("ab“”„«»\"'’‘` .\n", max_size=60) | st.text(max_size=60))
def test_passages_stand_in_order_never_overlap_and_are_never_blank(text):
    end = 0
    for found in quotations(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end].strip()
        end = found.end


def test_a_long_text_with_many_marks_takes_time_in_proportion():
    started = time.process_time()
    assert len(quotations('He said “yes” and ‘no’ and "so".\n\n' * 5_000)) == 15_000
    assert time.process_time() - started < 3
