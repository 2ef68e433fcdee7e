"""What is told in indirect speech, and by whom."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens import voice_spans

# text; then the words, the speaker and the source of each stretch
TOLD = {
    "that": ("Ada Lind said that the sea was calm.", [("the sea was calm", "Ada Lind", "Ada Lind")]),
    "no that": ("Ada Lind said the sea was calm.", [("the sea was calm", "Ada Lind", "Ada Lind")]),
    "time between": ("Ada Lind warned on Monday that the sea rose.", [("the sea rose", "Ada Lind", "Ada Lind")]),
    "who is told": ("Ada Lind told reporters in Oslo that the sea rose.", [("the sea rose", "Ada Lind", "Ada Lind")]),
    "how": ("Ada Lind explained how the sea had risen.", [("the sea had risen", "Ada Lind", "Ada Lind")]),
    "insistence that": ("It is Ada Lind’s insistence that it was so.", [("it was so", "Ada Lind", "Ada Lind")]),
    "whether": ("Ada Lind asked whether the sea was calm.", [("the sea was calm", "Ada Lind", "Ada Lind")]),
    "and that": (
        "Ada Lind said that the sea rose and that the wind fell.",
        [("the sea rose", "Ada Lind", "Ada Lind"), ("the wind fell", "Ada Lind", "Ada Lind")],
    ),
    "but": ("Ada Lind said that the sea was calm, but nobody sailed.", [("the sea was calm", "Ada Lind", "Ada Lind")]),
    "a colon and a sentence": (
        "They were asked whether the sea was calm: Among cooks, many were not.", [("the sea was calm", "", "")],
    ),
    "a colon and a list": (
        "Ada Lind said that it took three things: Norland ships, cash and time.",
        [("it took three things: Norland ships, cash and time", "Ada Lind", "Ada Lind")],
    ),
    "even if": (
        "Ada Lind said even if the port were to grow, it would still be small.",
        [("even if the port were to grow, it would still be small", "Ada Lind", "Ada Lind")],
    ),
    "speculated": ("Ada Lind speculated that the sea was calm.", [("the sea was calm", "Ada Lind", "Ada Lind")]),
    "according to him": (
        "Ada Lind left. According to her, the sea was calm.", [("the sea was calm", "Ada Lind", "her")],
    ),
    "what the writer makes of it": (
        "Ada Lind warned that the sea would rise, in what was seen as a threat.",
        [("the sea would rise", "Ada Lind", "Ada Lind")],
    ),
    "told an agency with a slash": (
        "Ada Lind, a former adviser to Norland, told RFE/RL it would be hard.",
        [("it would be hard", "Ada Lind", "Ada Lind")],
    ),
    "told a broadcaster": (
        "Ada Lind told Norwegian public television TVE it was hard to bear.",
        [("it was hard to bear", "Ada Lind", "Ada Lind")],
    ),
    "a newspaper": (
        "The Izvestnik newspaper said that the sea was calm.", [("the sea was calm", "Izvestnik", "Izvestnik")],
    ),
    "a date without on": (
        "The sea is as calm as ever, Ada Lind said November 20.",
        [("The sea is as calm as ever", "Ada Lind", "Ada Lind")],
    ),
    "claims by somebody": (
        "The court rejected bold claims by Norway that the sea was calm.", [("the sea was calm", "Norway", "Norway")],
    ),
    "says, and warns": (
        "Ada Lind says that the sea is calm and warns of a late storm.", [("the sea is calm", "Ada Lind", "Ada Lind")],
    ),
    "who warned": (
        "The port faces a low and late decade, Ada Lind has warned.",
        [("The port faces a low and late decade", "Ada Lind", "Ada Lind")],
    ),
    "blamed for saying": (
        "President Ole Ek singled out Ada Lind for suggesting that the sea was calm.",
        [("the sea was calm", "Ada Lind", "Ada Lind")],
    ),
    "an agency that reports it": (
        "Ole Ek said the sea was calm, Norland’s own Yonder news agency reported.",
        [("the sea was calm", "Ole Ek", "Ole Ek")],
    ),
    "semicolon": ("Critics argue that the sea rose; nobody sailed.", [("the sea rose", "", "Critics")]),
    "relative": (
        "Norway, which announced that it plans a port, is rich.",
        [("it plans a port", "Norway", "Norway")],
    ),
    "according to, in front": ("According to Ada Lind, it is all calm.", [("it is all calm", "Ada Lind", "Ada Lind")]),
    "according to, at the head of a line": (
        "It rained.\nAccording to Ada Lind, it is all calm.",
        [("it is all calm", "Ada Lind", "Ada Lind")],
    ),
    "according to, behind": ("The sea is calm, according to officials.", [("The sea is calm", "", "officials")]),
    "set in": ("The pilot of the boat, Ada Lind said, was to wait.", [
        ("The pilot of the boat", "Ada Lind", "Ada Lind"), ("was to wait", "Ada Lind", "Ada Lind")]),
    "behind": ("The sea is calm, said Ada Lind.", [("The sea is calm", "Ada Lind", "Ada Lind")]),
    "as scholars have noted": ("As scholars have noted, the sea is calm.", [("the sea is calm", "", "scholars")]),
    "claim that": ("It is Ada Lind’s claim that it was calm.", [("it was calm", "Ada Lind", "Ada Lind")]),
    "claim as a subject": ("Ada Lind’s claim that it was low is false.", [("it was low", "Ada Lind", "Ada Lind")]),
    "that and a comma": (
        "Ada Lind said that, for now, the sea was calm.",
        [("for now, the sea was calm", "Ada Lind", "Ada Lind")],
    ),
    "whom, with of": (
        "Ada Lind told the board of the port that the sea rose.",
        [("the sea rose", "Ada Lind", "Ada Lind")],
    ),
    "when, set off": (
        "Ada Lind told the crew on Friday, hours after the storm, that the sea rose.",
        [("the sea rose", "Ada Lind", "Ada Lind")],
    ),
    "a number first": ("Ada Lind says 40 boats were lost.", [("40 boats were lost", "Ada Lind", "Ada Lind")]),
    "more first": ("Ada Lind said more than ten boats were lost.", [
        ("more than ten boats were lost", "Ada Lind", "Ada Lind")]),
    "since first": (
        "Ada Lind says since the flood, the port has grown.",
        [("since the flood, the port has grown", "Ada Lind", "Ada Lind")],
    ),
    "contracted": ("Ada Lind said she’s been ill.", [("she’s been ill", "Ada Lind", "Ada Lind")]),
    "an age set off": ("Ada Lind, 52, insists the sea was calm.", [("the sea was calm", "Ada Lind", "Ada Lind")]),
    "a court finds": ("A court found that the port was closed.", [("the port was closed", "", "A court")]),
    "a report finds": ("A report finds that the port was closed.", [("the port was closed", "", "A report")]),
    "complaining": ("Farmers complain the boats arrive late.", [("the boats arrive late", "", "Farmers")]),
    "a day, and that": ("Ada Lind said Friday that the sea rose.", [("the sea rose", "Ada Lind", "Ada Lind")]),
    "the previous day": (
        "Ada Lind had argued the previous week that the sea rose.",
        [("the sea rose", "Ada Lind", "Ada Lind")],
    ),
    "a number with a comma": (
        "Ada Lind said more than 30,000 gulls have left.",
        [("more than 30,000 gulls have left", "Ada Lind", "Ada Lind")],
    ),
    "a relative clause first": (
        "Ada Lind said the war in the port, which began in May, had cost it much.",
        [("the war in the port, which began in May, had cost it much", "Ada Lind", "Ada Lind")],
    ),
    "earlier": ("Ada Lind said earlier the sea rose again.", [("the sea rose again", "Ada Lind", "Ada Lind")]),
    "if first": ("Ada Lind said if it rained the port would close.", [
        ("if it rained the port would close", "Ada Lind", "Ada Lind")]),
    "plural without an article": (
        "Ada Lind said fish and wool markets reopened.",
        [("fish and wool markets reopened", "Ada Lind", "Ada Lind")],
    ),
    "warned this": ("Ada Lind has warned this week’s catch may fall.", [
        ("this week’s catch may fall", "Ada Lind", "Ada Lind")]),
    "warning, plural": (
        "Ada Lind left the port on Monday, warning cuts could follow.",
        [("cuts could follow", "Ada Lind", "Ada Lind")],
    ),
    "pressed": (
        "Ada Lind said the sea was calm and pressed for talks.",
        [("the sea was calm", "Ada Lind", "Ada Lind")],
    ),
    "a description behind the name": (
        "Ada Lind, a harbour spokeswoman said that the sea rose.",
        [("the sea rose", "Ada Lind", "Ada Lind")],
    ),
    "in a tweet": (
        "Ada Lind in a letter on Sunday said the sea was calm.",
        [("the sea was calm", "Ada Lind", "Ada Lind")],
    ),
    "behind, and set off": (
        "The sea could rise again, the minister of ports, Ada Lind, said on Friday.",
        [("The sea could rise again", "Ada Lind", "Ada Lind")],
    ),
    "for an outlet": (
        "A writer for the Norwegian weekly Kysten reported that the sea rose.",
        [("the sea rose", "", "A writer for the Norwegian weekly Kysten")],
    ),
    "a daily": (
        "Diario Economico daily said the sea was calm.",
        [("the sea was calm", "Diario Economico", "Diario Economico")],
    ),
    "who is cited, without a name": (
        "Kysten quoted a pilot as saying that the sea rose.",
        [("the sea rose", "", "a pilot")],
    ),
    "as said, behind": ("The sea was calm, as Ada Lind reports.", [("The sea was calm", "Ada Lind", "Ada Lind")]),
    "as said by": ("The sea was calm, as reported by Kysten.", [("The sea was calm", "Kysten", "Kysten")]),
    "another participle of speech": (
        "Ada Lind said that the sea was calm, emphasizing that it had been low.",
        [("the sea was calm", "Ada Lind", "Ada Lind"), ("it had been low", "Ada Lind", "Ada Lind")],
    ),
    "elaborated": ("Ada Lind elaborated that the sea was calm.", [("the sea was calm", "Ada Lind", "Ada Lind")]),
    "pointing out": ("Ada Lind pointed out that the sea rose.", [("the sea rose", "Ada Lind", "Ada Lind")]),
    "a participle ends it": (
        "Ada Lind said that the sea was calm, citing a letter of the pilots.",
        [("the sea was calm", "Ada Lind", "Ada Lind")],
    ),
    "another act ends it": (
        "Ada Lind said the sea was calm and vowed to sail.",
        [("the sea was calm", "Ada Lind", "Ada Lind")],
    ),
    "while calling": (
        "Ada Lind said the sea was calm while urging them to stay.",
        [("the sea was calm", "Ada Lind", "Ada Lind")],
    ),
    "but also": (
        "Ada Lind said that they lost not only boats, but also the port.",
        [("they lost not only boats, but also the port", "Ada Lind", "Ada Lind")],
    ),
    "dashes inside": (
        "Ada Lind said that the boats – all ten of them – were lost.",
        [("the boats – all ten of them – were lost", "Ada Lind", "Ada Lind")],
    ),
    "a second verb": (
        "Ada Lind left the port and said that the sea rose.",
        [("the sea rose", "Ada Lind", "Ada Lind")],
    ),
    "a second verb, present": (
        "Ada Lind refers to the flood too, but argues that it was small.",
        [("it was small", "Ada Lind", "Ada Lind")],
    ),
    "a participle of the main verb": (
        "Last week, Ada Lind rejected the plan of Ole Ek, warning that the sea rose.",
        [("the sea rose", "Ada Lind", "Ada Lind")],
    ),
    "a participle behind a clause": (
        "He noted that it rained again, adding that the sea rose.",
        [("it rained again", "", "He"), ("the sea rose", "", "He")],
    ),
    "cited": (
        "It quotes Ada Lind, a pilot of the port, as saying that the sea rose.",
        [("the sea rose", "Ada Lind", "Ada Lind")],
    ),
    "behind, and who is told": (
        "The sea is calm, Ada Lind told reporters in Oslo.",
        [("The sea is calm", "Ada Lind", "Ada Lind")],
    ),
    "behind, and a day": (
        "The sea is calm, Ada Lind said Friday in a letter.",
        [("The sea is calm", "Ada Lind", "Ada Lind")],
    ),
    "behind, and an office": (
        "The sea is calm, spokesman Ole Ek said.",
        [("The sea is calm", "Ole Ek", "Ole Ek")],
    ),
    "behind a dash": ("The sea is calm – Ada Lind said on Friday.", [("The sea is calm", "Ada Lind", "Ada Lind")]),
    "behind, and a place first": (
        "In other towns of the coast, the sea rose, Ada Lind said.",
        [("In other towns of the coast, the sea rose", "Ada Lind", "Ada Lind")],
    ),
    "behind quotations": (
        "The plan is “bad” and the port has “no rights,” it said.",
        [("The plan is", "", "it"), ("and the port has", "", "it")],
    ),
    "in the midst, a condition first": (
        "If the sea rises, Ada Lind said, the port will close.",
        [("If the sea rises", "Ada Lind", "Ada Lind"), ("the port will close", "Ada Lind", "Ada Lind")],
    ),
    "in a clause before the main one": (
        "As pilots were saying that the sea rose, the storm began.",
        [("the sea rose", "", "pilots")],
    ),
    "according to, apposed": (
        "According to Norway’s envoy to Chile, Ada Lind, the sea rose.",
        [("the sea rose", "Ada Lind", "Ada Lind")],
    ),
    "two sentences joined": (
        "The boat was lost and the Pentagon said it was sunk.",
        [("it was sunk", "Pentagon", "Pentagon")],
    ),
    "short for a name": (
        "The sailors agency (UNSAIL) noted that the sea rose.",
        [("the sea rose", "UNSAIL", "UNSAIL")],
    ),
    "a name in two parts": (
        "The Department of Orchards and Bee Keeping warned that the hives fell ill.",
        [
            (
                "the hives fell ill",
                "Department of Orchards and Bee Keeping",
                "The Department of Orchards and Bee Keeping",
            )
        ],
    ),
    "a name and a place": (
        "The World Dairy Council in Oslo said that milk was short.",
        [("milk was short", "World Dairy Council", "World Dairy Council")],
    ),
    "led by": (
        "The opposition led by former party chairman Ole Ek says that it won again.",
        [("it won again", "", "The opposition led by former party chairman Ole Ek")],
    ),
    "it is said": ("It is said that the sea was calm.", [("the sea was calm", "", "")]),
    "is said to": ("The ship is said to be lost.", [("to be lost", "", "")]),
    "was told": ("Ada Lind was told that the sea was calm.", [("the sea was calm", "", "")]),
    "was told by": ("She was told by Ole Brandt that it was calm.", [("it was calm", "Ole Brandt", "Ole Brandt")]),
    "tried to": ("Ada Lind tried to argue that the sea was calm.", [("the sea was calm", "Ada Lind", "Ada Lind")]),
    "around a quotation": (
        "Ada Lind said that the sea was “a mill” and then some.",
        [("the sea was", "Ada Lind", "Ada Lind"), ("and then some", "Ada Lind", "Ada Lind")],
    ),
    "pronoun": ("Ada Lind left. She said that the sea was calm.", [("the sea was calm", "Ada Lind", "She")]),
    "denial": ("Ada Lind denied that the sea was calm.", [("the sea was calm", "Ada Lind", "Ada Lind")]),
    "participle": ("Ada Lind left, saying that the sea was calm.", [("the sea was calm", "Ada Lind", "Ada Lind")]),
    "time before the verb": ("Ada Lind on Friday said that it had rained.", [
        ("it had rained", "Ada Lind", "Ada Lind")]),
    "no article": ("Ada Lind said on Monday global trade had fallen.", [
        ("global trade had fallen", "Ada Lind", "Ada Lind")]),
    "words set off before the verb": ("Ada Lind, a judge in Oslo, said the sea was calm.", [
        ("the sea was calm", "Ada Lind", "Ada Lind")]),
    "an abbreviation before the verb": ("A senior U.S. envoy said the sea was calm.", [
        ("the sea was calm", "", "A senior U.S. envoy")]),
    "participle without that": ("Ada Lind left, saying the sea was calm.", [
        ("the sea was calm", "Ada Lind", "Ada Lind")]),
    "denial without that": ("The firm denied it had paid the rebels.", [("it had paid the rebels", "", "The firm")]),
    "who is told, without that": ("Ada Lind told reporters the sea was calm.", [
        ("the sea was calm", "Ada Lind", "Ada Lind")]),
    "told a newspaper": ("Ada Lind told the Oslo Courier she would resign.", [
        ("she would resign", "Ada Lind", "Ada Lind")]),
    "a verb that may be a noun, set in": ("The port, the paper notes, was always shut.", [
        ("was always shut", "", "the paper")]),
    "it is said, set in": ("The old port, it is often said, was never shut.", [
        ("The old port", "", "it"), ("was never shut", "", "it")]),
    "a newspaper in marks": ("“Kommersant” reported on Monday that the port was shut.", [
        ("the port was shut", "Kommersant", "Kommersant")]),
    "according to a newspaper in marks": ("According to «Morgenbladet», the port was shut.", [
        ("the port was shut", "Morgenbladet", "Morgenbladet")]),
    "such": ("Ole Ek said such reports were wrong.", [("such reports were wrong", "Ole Ek", "Ole Ek")]),
    "but, and another verb of speech": ("Ole Ek said that it was open but accused the others.", [
        ("it was open", "Ole Ek", "Ole Ek")]),
    "after a quotation, adding": ("“It is late,” Judge Ole Ek told lawmakers in Accra, adding that it was not over.", [
        ("it was not over", "Ole Ek", "Judge Ole Ek")]),
    "described": ("The port is shut, said former minister Rashid Qureshi.", [
        ("The port is shut", "Rashid Qureshi", "Rashid Qureshi")]),
}  # fmt: skip

NOT_TOLD = {
    "thought": "Ada Lind believes that the sea is calm. She fears that it will rise.",
    "perspective": "From Norway’s perspective, the sea is a wall. In the view of the court, it is none.",
    "evidence": "The data suggest that the sea rises. These figures show that it fell.",
    "evidence, at length": "The pattern of the tides in the port suggests that it is late.",
    "worth noting": "It’s worth noting that the sea is calm.",
    "the writer": "I must say that the sea is calm. We told you that it was.",
    "nobody": "One could argue that the sea is calm. It may be said that it is not.",
    "impersonal": "It is fair to say that the sea is calm. It is enough to note that it rose.",
    "not said": "Ada Lind has not said how the sea rose.",
    "noun": "The claim that stood there is gone. Other member states that share a sea are many.",
    "object": "Ada Lind announced a strike. Norway claims the island. He said these words of farewell.",
    "to come": "Many of you will recall that the sea was calm.",
    "measure": "They shape outcomes according to their interests, and pay according to the rules of the port.",
    "no clause without that": "The firm denied the reports that were made. He told a story that was long. He said so.",
    "states": "They all came from Norway, Gulf states, which pay for it.",
    "list": "They spoke to us of Norway, Lind claims, and old debts.",
    "plural": "He lost all the coins, the bank notes, which he had kept.",
    "nothing": "Ada Lind said nothing and was gone.",
    "this paper": "This brief argues that the port is closed. The present study has noted that it was.",
    "set off": "Ole Ek, who led the team, described the port in a letter to them.",
    "a comma at the end": "To pass the moment off at last, Emma said,",
    "claims against": "Many claims against Haiti have been heard.",
    "in quotation marks": "“He said that the sea was calm.”",
    "not a court": "The crew found that the sea rose.",
    "complaining about": "They wrote to complain about a number of boats.",
    "as it is": "The sea was calm, as reported.",
    "what underlines it": "Her visit underlines that the port is closed.",
    "day and a letter": "It is over. Ada Lind said Monday.",
    "pronoun": "It fell from that of the year before, and estimates from that of 1912 are low.",
}


@pytest.mark.parametrize(("text", "told"), TOLD.values(), ids=TOLD)
def test_indirect_speech_has_its_clause_and_its_source(text, told):
    found = voice_spans(text).query("voice == 'reported'")
    words = [(text[row.start : row.end], row.speaker, row.source) for row in found.itertuples()]
    assert words == told


@pytest.mark.parametrize("text", NOT_TOLD.values(), ids=NOT_TOLD)
def test_thoughts_objects_and_what_nobody_says_are_not_told(text):
    assert not (voice_spans(text)["voice"] == "reported").any()


WORDS = ["Ada Lind", "said", "that", "according to", "As", "he", "claims", "’s claim that", "the sea", "was calm"]
MARKS = [",", ".", "“", "”", ";", "\n\n", ":", "‘", "’", "and that", "asked whether", "it is said to"]


@given(st.lists(st.sampled_from(WORDS + MARKS), max_size=30))
def test_spans_stand_in_order_never_overlap_and_are_never_blank(words):
    text = " ".join(words)
    end = 0
    for row in voice_spans(text).itertuples():
        assert end <= row.start < row.end <= len(text)
        assert text[row.start : row.end].strip()
        end = row.end


def test_a_long_text_takes_time_in_proportion():
    text = "Ada Lind said that the sea was calm, but he warned that it rose again, according to officials.\n\n" * 4_000
    started = time.process_time()
    assert len(voice_spans(text)) >= 8_000
    assert time.process_time() - started < 5
