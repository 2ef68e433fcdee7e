"""Who is speaking in the ways of news: sentences made up after constructions that news use all the time."""

import pytest

from discourse.tokens import voice_spans

LATE = "It is late. "

# text; then words, voice and speaker of each passage
CASES = {
    "doubled apostrophes": (
        "''We build pipelines,'' Ada Lind told me. ''Nobody else does.''",
        [("We build pipelines,", "quoted", "Ada Lind"), ("Nobody else does.", "quoted", "Ada Lind")],
    ),
    "of a council": (
        "“It is late,” said Ole Brandt of the Council on Trade in Rome.",
        [("It is late,", "quoted", "Ole Brandt")],
    ),
    "what somebody is behind what it is of": (
        "“It is late,” said White House spokesman Jon Ek at the briefing.",
        [("It is late,", "quoted", "Jon Ek")],
    ),
    "the name behind what somebody is": (
        "“Any attack will be answered,” said a spokesman for the plotters, Col. Maj. Amadou Keita, on Monday.",
        [("Any attack will be answered,", "quoted", "Amadou Keita")],
    ),
    "Arabic particles": (
        "Port official Omar el-Sayed told AFP the clinic was full. El-Sayed said that more would come.",
        [("the clinic was full", "reported", "Omar el-Sayed"), ("more would come", "reported", "Omar el-Sayed")],
    ),
    "an initial without a dot": (
        "Last year George W Bell left. President Bell says it works. “It helps the poor,” he said.",
        [("It helps the poor,", "quoted", "George W Bell")],
    ),
    "parties before a full name": (
        "Democrat Hanna Klint met Hanna Klint. Klint said that it rained there.",
        [("it rained there", "reported", "Hanna Klint")],
    ),
    "whose words are cited": (
        "According to Yang, ten states have zones.\n\n“It is groundless,” he said.",
        [("ten states have zones", "reported", "Yang"), ("It is groundless,", "quoted", "Yang")],
    ),
    "an age": (
        "Bazun, 63, was detained in Niamey. He said in his first remarks that he was a hostage.",
        [("he was a hostage", "reported", "Bazun")],
    ),
    "the United States are no verb": (
        "Yang Jun left. “They began it,” he said, adding that the United States “should not take sides.”",
        [
            ("They began it,", "quoted", "Yang Jun"),
            ("the United States", "reported", "Yang Jun"),
            ("should not take sides.", "quoted", "Yang Jun"),
        ],
    ),
    "an institution set off behind its description": (
        "The brand's owner, the Bank of Norland Group, said in a statement that “these decisions are not easy.”",
        [("these decisions are not easy.", "quoted", "Bank of Norland Group")],
    ),
    "an institution in a town": (
        "The U.S. Central Command in Florida said aircraft used weapons “in response to recent acts.”",
        [("aircraft used weapons", "reported", "U.S. Central Command"),
         ("in response to recent acts.", "quoted", "U.S. Central Command")],
    ),
    "two descriptions behind a name": (
        "Jean Ayrel, the foreign minister of Norland, a member of the council, said it was “late.”",
        [("late.", "quoted", "Jean Ayrel")],
    ),
    "a long description before the verb": (
        "“Their aim is clear,” Mikael Falk, a fellow at the Holm Institution in Rome and a former envoy of Norland "
        "to the whole of the South, said of it.",
        [("Their aim is clear,", "quoted", "Mikael Falk")],
    ),
    "a description between dashes": (
        "It will not tell when, but Abdel Musa – a commissioner for peace – said on Friday the vote will come soon.",
        [("the vote will come soon", "reported", "Abdel Musa")],
    ),
    "called so at length": (
        "Norland's Ministry of Defense on Sunday called the remarks on the islands in the zone “quite groundless.”",
        [("quite groundless.", "quoted", "Ministry of Defense")],
    ),
    "a nickname": ("President Joko “Jokowi” Wirata ordered a review.", [("Jokowi", "author", "")]),
    "saying what highlights it": (
        "“We stand by it,” said Chris Mura, the defense chief. He called for more, saying the mutiny highlights "
        "“the fragility of our region.”",
        [
            ("We stand by it,", "quoted", "Chris Mura"),
            ("the mutiny highlights", "reported", "Chris Mura"),
            ("the fragility of our region.", "quoted", "Chris Mura"),
        ],
    ),
    "a participle without a comma": (
        "Emile Rahn posted on X claiming Li had not come because he was “placed under arrest”.",
        [("Li had not come because he was", "reported", "Emile Rahn"), ("placed under arrest", "quoted", "Emile Rahn")],
    ),
    "charged that": (
        "Greenpeace charged that the deal risked satisfying “corporate greed”.",
        [("the deal risked satisfying", "reported", "Greenpeace"), ("corporate greed", "quoted", "Greenpeace")],
    ),
    "a depiction as": (
        "She scoffed at her portrayal as Norland's “Captain Saw” and left.",
        [("Captain Saw", "marked", "")],
    ),
    "Mr. ends no sentence": (
        "The minister, Mr. Gual Villar, argues there is no need to heed Mr. Trent's threats. “No,” he told me.",
        [("there is no need to heed Mr. Trent's threats", "reported", "Gual Villar"), ("No,", "quoted", "Gual Villar")],
    ),
    "he said, again and again": (
        f"Ada Lind met nobody. Then Omar Beck left.\n\n“{LATE * 40}” he said.\n\n“{LATE * 50}” he said.",
        [((LATE * 40).strip(), "quoted", "Omar Beck"), ((LATE * 50).strip(), "quoted", "Omar Beck")],
    ),
    "a straight mark cut in two": (
        f'Ada Lind said: "{LATE * 70}"\n\nOmar Beck came. "No," he said.',
        [((LATE * 70).strip(), "quoted", "Ada Lind"), ("No,", "quoted", "Omar Beck")],
    ),
    "announced Tuesday that": (
        "The fund announced Tuesday that it is lowering its forecast, and the step is felt.",
        [("it is lowering its forecast", "reported", "")],
    ),
    "stated without that": (
        "Officials have stated they have not received it.",
        [("they have not received it", "reported", "")],
    ),
    "a subject with words set off": (
        "The State Department said John Kern, the minister, called the man over housing.",
        [("John Kern, the minister, called the man over housing", "reported", "State Department")],
    ),
    "two who are not named as one": (
        "Both Mr. Kern and Mr. Schulz say the board has never told them so.",
        [("the board has never told them so", "reported", "")],
    ),
    "a site": (
        "Nothing was sure, but IslamWeb.net said it had been received there.",
        [("it had been received there", "reported", "IslamWeb.net")],
    ),
    "according to without a comma": (
        "According to Rathbun the letter was returned by mail.",
        [("the letter was returned by mail", "reported", "Rathbun")],
    ),
    "according to what belongs to a state": (
        "Dozens have been killed, according to Norland's civil defence agency.",
        [("Dozens have been killed", "reported", "")],
    ),
    "which says": (
        "It came under fire from the United Nations, which says its model is deeply flawed.",
        [("its model is deeply flawed", "reported", "United Nations")],
    ),
    "a spokesman of what belongs to a state": (
        "A spokesman for Norland's Defence Ministry claims the man has fled to Sudland.",
        [("the man has fled to Sudland", "reported", "")],
    ),
    "while doing something": (
        "Sources told Al Jazeera that ten people died while waiting for food.",
        [("ten people died while waiting for food", "reported", "")],
    ),
}


@pytest.mark.parametrize(("text", "passages"), CASES.values(), ids=CASES)
def test_speech_in_news_has_its_speaker(text, passages):
    rows = voice_spans(text).itertuples()
    assert [(text[row.start : row.end], row.voice, row.speaker) for row in rows] == passages
