"""Who speaks, and by what name."""

import pytest

from discourse.tokens.voices.fullnames import FullNames, cleaned
from discourse.tokens.voices.names import Names
from discourse.tokens.voices.namings import following
from discourse.tokens.voices.subjects import Source, subject, without_auxiliaries

SUBJECTS = {
    "name": ("Foreign Minister Sergey Lavrov ", ("Foreign Minister Sergey Lavrov", "name")),
    "name with a capital inside": ("Ida McKay ", ("Ida McKay", "name")),
    "auxiliaries": ("Sergey Lavrov has also repeatedly ", ("Sergey Lavrov", "name")),
    "tried to": ("Sergey Lavrov tried to ", ("Sergey Lavrov", "name")),
    "pronoun": ("and then she ", ("she", "pronoun")),
    "first person": ("what we ", ("we", "first")),
    "relative": ("Norway, which ", ("Norway", "name")),
    "apposition": ("Mara Quist, who chaired the panel, ", ("Mara Quist", "name")),
    "name behind an office": ("The mayor, Hugo Pell, ", ("Hugo Pell", "name")),
    "spokesman for a firm": ("A spokesman for Siemens ", ("A spokesman for Siemens", "other")),
    "people at the head": ("Analysts ", ("Analysts", "other")),
    "day before the name": ("On Tuesday Lavrov ", ("On Tuesday Lavrov", "name")),
    "particles": ("Ursula von der Leyen ", ("Ursula von der Leyen", "name")),
    "institution": ("the Ministry of Defence ", ("Ministry of Defence", "name")),
    "date behind": ("Lavrov late on January 12 ", ("Lavrov", "name")),
    "ambassador to": ("Ambassador to the US Ada Lind ", ("Ambassador to the US Ada Lind", "name")),
    "children": ("the UN Children’s Fund ", ("UN Children’s Fund", "name")),
    "slash": ("RFE/RL ", ("RFE/RL", "name")),
    "plural of initials": ("one of the MPs ", ("one of the MPs", "other")),
    "the chair of": ("The chair of the 7-village Council ", ("The chair of the 7-village Council", "other")),
    "and a verb": ("left and ", ("", "none")),
    "no adverb": ("The family ", ("The family", "other")),
    "an adverb": ("The crew repeatedly ", ("The crew", "other")),
    "it, behind a verb of speech": ("The board said it had long ", ("it", "other")),
    "nobody": ("", ("", "none")),
}


@pytest.mark.parametrize(("before", "found"), SUBJECTS.values(), ids=SUBJECTS)
def test_the_subject_stands_before_its_verb(before, found):
    assert subject(before)[:2] == found


def test_a_name_loses_offices_days_and_first_words():
    assert cleaned("Physicist Ada Lind") == cleaned("Singer Ada Lind") == "Ada Lind"
    assert cleaned("Singer") == "Singer"
    assert cleaned("Beyond Norland") == "Norland"
    assert cleaned("Communist Party of Norland") == "Communist Party of Norland"
    assert FullNames("Director of National Intelligence Tulla Gabb left.").of("Gabb") == "Tulla Gabb"
    assert cleaned("Russian Foreign Minister Sergey Lavrov") == "Sergey Lavrov"
    assert cleaned("Secretary of State Marco Rubio") == "Marco Rubio"
    assert cleaned("Nearby Norway") == "Norway"
    assert cleaned("Secretariat for Defense Industries") == "Secretariat for Defense Industries"
    assert cleaned("Prime Minister") == cleaned("On Monday") == ""


def test_a_last_name_is_told_in_full_unless_two_people_bear_it():
    assert Names("Ada Lind left. Then Lind spoke.").full("Lind") == "Ada Lind"
    assert Names("Ada Lind met Ole Lind. Then Lind spoke.").full("Lind") == "Lind"
    assert Names("Soviet Russia fell. Russia rose.").full("Russia") == "Russia"


def test_a_pronoun_is_the_one_person_of_the_nearest_sentence_or_nobody():
    text = "Ada Lind came to Oslo. It rained. "
    assert Names(text).of(Source("she", "pronoun"), len(text)) == "Ada Lind"
    text = "Ada Lind met Eva Holm. "
    assert Names(text).of(Source("she", "pronoun"), len(text)) == ""
    text = "He wrote to Ole Holm. "
    assert Names(text).of(Source("he", "pronoun"), len(text)) == ""
    assert Names("Nobody came. ").of(Source("he", "pronoun"), 13) == ""
    assert Names("“Ada Lind left.” ").of(Source("she", "pronoun"), 17) == ""


def test_headings_are_no_persons():
    text = "A Title\nBACKGROUND: "
    assert Names(text).of(Source("he", "pronoun"), len(text)) == ""


def test_who_is_named_behind_the_verb():
    assert following(" Ole Brandt, head of")[:2] == ("Ole Brandt", "name")
    assert following(" her lawyer, Ivo Kant.")[:2] == ("Ivo Kant", "name")
    assert following(" the plain sense of the Constitution")[1] == "other"
    assert following(" she")[:2] == ("she", "pronoun")
    assert following(" to nobody")[1] == "none"


def test_auxiliaries_are_told_from_the_subject():
    assert without_auxiliaries("The ship is also ") == ("The ship", "is also")
    assert without_auxiliaries("didn’t ") == ("", "didn’t")


def test_a_full_name_is_found_however_many_names_were_asked_for_before():
    text = "Ada Lind met O’Brien and Ole Ek. " + "".join(f"Sub-L{i}x came. " for i in range(99))
    asked, fresh = FullNames(text), FullNames(text)
    assert {asked.of(f"L{i}x") for i in range(99)} == {f"L{i}x" for i in range(99)}
    for name in ("Lind", "Ek", "O’Brien", "Nobody"):
        assert asked.of(name) == fresh.of(name)


def test_a_speaker_inside_a_quotation_is_none_outside_it():
    names = Names("Li came. “Wu said.”")
    names.heard("Li Wenhao")
    inside = names.inside("Wu said.")
    inside.heard("Wu Ling")
    assert [names.full("Li"), names.full("Wu")] == ["Li Wenhao", "Wu"]
    assert [inside.full("Li"), inside.full("Wu")] == ["Li Wenhao", "Wu Ling"]


FULL = {
    "secretary of state": ("Secretary of State Ada Lind came.", "Lind", "Ada Lind"),
    "for human rights": ("Commissioner for Human Rights Ada Lind came.", "Lind", "Ada Lind"),
    "country before": ("It met the U.S. Lind came.", "Lind", "Lind"),
    "first name": ("Minister Retno Marsudi came.", "Retno", "Retno Marsudi"),
    "first name, described": ("Luo Tongyang, a pilot, came.", "Luo", "Luo Tongyang"),
    "no first name": ("China Daily came.", "China", "China"),
    "two words": ("Jose Pedro Aguiar Branco came.", "Aguiar Branco", "Jose Pedro Aguiar Branco"),
    "particle": ("Envoy Staffan de Mistura came.", "de Mistura", "Staffan de Mistura"),
    "short form": ("The World Dairy Council (WDC) met.", "WDC", "World Dairy Council"),
    "office without a stop": ("Prime Minister Hun Sen came.", "Hun Sen", "Hun Sen"),
}


@pytest.mark.parametrize(("text", "name", "full"), FULL.values(), ids=FULL)
def test_a_name_is_told_in_full(text, name, full):
    assert Names(text).of(Source(name, "name"), len(text)) == full


MEANT = {
    "who spoke, of two": ("Ada Lind told Ida Ek that it was late. ", "she", "Ada Lind"),
    "who spoke last": ("Ole Ek had no time, Ada Lind said. ", "she", "Ada Lind"),
    "of two, nobody spoke": ("Ada Lind met Ida Ek. ", "she", ""),
    "a single name that speaks": ("Guterres said that it was late. ", "he", "Guterres"),
    "initials": ("Ada Lind left. She came with R.Y. Mendy and ", "she", "Ada Lind"),
    "another spoke": ("An official said that it had reached Ole Ek. ", "he", ""),
    "no person": ("Moscow said that it was late. ", "he", ""),
    "a pronoun at the head": ("Ole Lind left. He wrote to Ole Ek, ", "he", "Ole Lind"),
    "it, a council": ("The World Dairy Council said no. ", "it", "World Dairy Council"),
    "it, a place": ("Moscow said that it was late. ", "it", "Moscow"),
    "it, after a person": ("Ada Lind said that it was late. ", "it", ""),
    "who said so behind the verb": ("“It is late,” said Ada Lind, an engineer for Bo Energy. ", "she", "Ada Lind"),
    "a man and a woman": ("Gordon Ek met Ida Lind. ", "she", "Ida Lind"),
    "a man and a woman, after according to": ("Gordon Ek met Ida Lind. ", "her", "Ida Lind"),
    "a pronoun behind dashes": ("Gordon Ek left. Ida Lind came. ", "message--he", "Gordon Ek"),
    "a man before her": ("He met Minister Ida Lind, who left. ", "she", "Ida Lind"),
    "who does something in the same sentence": ("Ole Ek left. Lund did not answer it, but ", "he", "Lund"),
    "a council in the same sentence": ("Ole Ek left. Congress did not answer it, but ", "he", "Ole Ek"),
    "a sea": ("Ole Ek left. It flew over Bristol Channel. ", "he", "Ole Ek"),
    "a man and no woman": ("Ida Lind left. Gordon Ek came. ", "she", "Ida Lind"),
    "somebody without a name in between": ("Ole Ek left. A spokesman said that it was late. ", "he", ""),
    "it, after nobody by name": ("Moscow said no. An agency said yes. ", "it", ""),
}


@pytest.mark.parametrize(("text", "words", "name"), MEANT.values(), ids=MEANT)
def test_a_pronoun_is_who_spoke(text, words, name):
    source = Source(words, "other" if words == "it" else "pronoun")
    assert Names(text).of(source, len(text)) == name
