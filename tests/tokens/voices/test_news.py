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
    "an office in capitals": (
        "Firms met longtime Holm Games CEO Bob Kern. “It will help,” Kern said in a statement.",
        [("It will help,", "quoted", "Bob Kern")],
    ),
    "a member of a board": (
        "The host, Holm Council board member Nina Lederer, has said the pipeline “is against our interest.”",
        [("is against our interest.", "quoted", "Nina Lederer")],
    ),
    "two together": (
        "When rebels are revealed as such, Owen and Klint call them “lone wolves” and go.",
        [("lone wolves", "quoted", "")],
    ),
    "a programme": ("He was there on NBC’s “Meet the Town.”", [("Meet the Town.", "author", "")]),
    "his remarks": (
        "Omar Munir came. His remarks that “disorder spreads” followed a report.",
        [("disorder spreads", "quoted", "Omar Munir")],
    ),
    "a participle before the verb": (
        "At a meeting on the strike, held in Rome, Ambassador Andri Melnik denied it, calling it a “pure show”.",
        [("pure show", "quoted", "Andri Melnik")],
    ),
    "rejected as": (
        "Norland, in a letter, rejected the questions raised by it as “patently biased”.",
        [("patently biased", "quoted", "Norland")],
    ),
    "it is the subject of the sentence before": (
        "Norland did not appear at the hearings. It argued that no duty exists on it.",
        [("no duty exists on it", "reported", "Norland")],
    ),
    "called, with a comma": (
        "Ada Lind called the plans for the whole of the dam, “misguided advocacy.”",
        [("misguided advocacy.", "quoted", "Ada Lind")],
    ),
    "brackets behind": (
        "“It is cheap,” Ada Lind writes. “It is wrong too.” (Some say that the air will warm less.)",
        [("It is cheap,", "quoted", "Ada Lind"), ("It is wrong too.", "quoted", "Ada Lind"),
         ("the air will warm less", "reported", "")],
    ),
    "a verb in the present": (
        "Officials claim the rollout of it helps keep the peace.",
        [("the rollout of it helps keep the peace", "reported", "")],
    ),
    "an object and a verb": ("Omar Azza denied the allegations and was found to be innocent.", []),
    "who that is, behind the name": (
        "The costs are high, said Ada Nall, senior fellow at the Holm Institute, which was founded in 1985.",
        [("The costs are high", "reported", "Ada Nall")],
    ),
    "disputed whether": (
        "Norland's aviation authority disputed on Tuesday whether a plane had been hit by a bird.",
        [("a plane had been hit by a bird", "reported", "")],
    ),
    "has suggested": (
        "The envoy Kirill Dmitri has suggested the two sides were eyeing joint projects.",
        [("the two sides were eyeing joint projects", "reported", "Kirill Dmitri")],
    ),
    "an office of two things": (
        "The chair for Transport and Local Affairs, Jacob Mabo, said the centre briefed the weekly meeting.",
        [("the centre briefed the weekly meeting", "reported", "Jacob Mabo")],
    ),
    "three words with a modal verb": (
        "Hanna Skold said Norland may not, as a power, “unilaterally declare” a body is not impartial.",
        [("Norland may not, as a power", "reported", "Hanna Skold"), ("unilaterally declare", "quoted", "Hanna Skold"),
         ("a body is not impartial", "reported", "Hanna Skold")],
    ),
    "comments suggesting": (
        "Ada Lind called the plans “fatuous” and her comments suggesting a parallel “absurd.”",
        [("fatuous", "quoted", "Ada Lind"), ("absurd.", "quoted", "Ada Lind")],
    ),
    "a statement reads": (
        "“We condemn the attack,” the statement read. “We will act.”",
        [("We condemn the attack,", "quoted", ""), ("We will act.", "quoted", "")],
    ),
    "put it": ("As Ada Lind put it, “the port is shut.”", [("the port is shut.", "quoted", "Ada Lind")]),
    "has long argued": (
        "Ada Lind has long argued that the port should be shut.",
        [("the port should be shut", "reported", "Ada Lind")],
    ),
    "went on": (
        "Ada Lind said: “The port is shut.” She went on: “It stays so.”",
        [("The port is shut.", "quoted", "Ada Lind"), ("It stays so.", "quoted", "Ada Lind")],
    ),
    "a spokesman of somebody": (
        "Lind's spokesman, Omar Beck, said the port was shut. Omar Beck, Lind's spokesman, said the town was dark.",
        [("the port was shut", "reported", "Omar Beck"), ("the town was dark", "reported", "Omar Beck")],
    ),
    "in her words": ("In Ada Lind's words, the port is “a shame”.", [("a shame", "quoted", "Ada Lind")]),
    "who reported it, at the end": (
        "President Omar Beck said Norland would not “bow to threats” at all, the agency reported.",
        [("Norland would not", "reported", "Omar Beck"), ("bow to threats", "quoted", "Omar Beck")],
    ),
    "set in": ("It was, said Ada Lind, “the worst year ever”.", [("the worst year ever", "quoted", "Ada Lind")]),
    "he is who the sentence is about": (
        "Arthur Engel came. Then Engel took on a role in policing Alan Tram's words. He told me it was late.",
        [("it was late", "reported", "Arthur Engel")],
    ),
    "how she would treat him": (
        "Cora Nolan was asked how she would meet President Donald Tram.\n\n“If it is late, I will,” she said.",
        [("she would meet President Donald Tram", "reported", ""), ("If it is late, I will,", "quoted", "Cora Nolan")],
    ),
    "she goes on": (
        "Virginia Gill said she was young. Then she withdrew her claims against Al Dersh. She “was wrong,” she said.",
        [("she was young", "reported", "Virginia Gill"), ("was wrong,", "quoted", "Virginia Gill")],
    ),
    "brackets before who": (
        "He met Sen. Ron Jons (R-Wis.), who told a paper Tuesday that it was “wilful concealment”.",
        [("wilful concealment", "quoted", "Ron Jons")],
    ),
    "an office by another word": (
        "Texas Rep. Mike Call said nothing.\n\n“It will go on,” the Republican lawmaker told Fox News.",
        [("It will go on,", "quoted", "Mike Call")],
    ),
    "compared to": (
        "Louise Brun, director of the agency, compared the tactics to “mafia methods”.",
        [("mafia methods", "quoted", "Louise Brun")],
    ),
    "requested": (
        "Mike Gall, the chairman, requested “additional information”.",
        [("additional information", "quoted", "Mike Gall")],
    ),
    "an institution in a state, which": (
        "He heads the Dialogue Group in Turkey, which says that it aims to “protect the people.”",
        [("it aims to", "reported", "Dialogue Group"), ("protect the people.", "quoted", "Dialogue Group")],
    ),
    "short for a name without brackets": (
        "The Christian News Service met. CNS reported Monday that the country had accepted ten.",
        [("the country had accepted ten", "reported", "Christian News Service")],
    ),
    "an irregular verb": (
        "At last, Omar Beck said Morales tore open his shirt.",
        [("Morales tore open his shirt", "reported", "Omar Beck")],
    ),
    "a verb far from its subject": (
        "She said the strong rebound in employment and the fall in the rate of those without work will provide relief.",
        [("the strong rebound in employment and the fall in the rate of those without work will provide relief",
          "reported", "")],
    ),
    "a day before the office": (
        "On Tuesday, Norland's chief spokesperson, Admiral Daniel Hagar, said the appointment would not stop it.",
        [("the appointment would not stop it", "reported", "Daniel Hagar")],
    ),
}


@pytest.mark.parametrize(("text", "passages"), CASES.values(), ids=CASES)
def test_speech_in_news_has_its_speaker(text, passages):
    rows = voice_spans(text).itertuples()
    assert [(text[row.start : row.end], row.voice, row.speaker) for row in rows] == passages
