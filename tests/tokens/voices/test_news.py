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
    "doubled apostrophes over two paragraphs": (
        "Ada Lind said: ''It is late.\n\n''Nobody knows.''",
        [("It is late.\n\n''Nobody knows.", "quoted", "Ada Lind")],
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
        "“Any wolf will be chased,” said a spokesman for shepherds, Col. Maj. Amadou Keita, on Monday.",
        [("Any wolf will be chased,", "quoted", "Amadou Keita")],
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
        "Bazun, 63, was kept in Holm. He said on the radio that he was their guest.",
        [("he was their guest", "reported", "Bazun")],
    ),
    "the United States are no verb": (
        "Yang Jun left. “They began it,” he told us, adding that the United States “must keep out.”",
        [
            ("They began it,", "quoted", "Yang Jun"),
            ("the United States", "reported", "Yang Jun"),
            ("must keep out.", "quoted", "Yang Jun"),
        ],
    ),
    "an institution set off behind its description": (
        "The brand's owner, the Bank of Norland Group, said in a letter that “no choice is easy.”",
        [("no choice is easy.", "quoted", "Bank of Norland Group")],
    ),
    "an institution in a town": (
        "The Northern Command in Holm said sailors used nets “to answer earlier acts.”",
        [("sailors used nets", "reported", "Northern Command"),
         ("to answer earlier acts.", "quoted", "Northern Command")],
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
        "“We stand by it,” said Chris Mura, the coach. He asked for more, saying the storm highlights "
        "“how weak our dykes are.”",
        [
            ("We stand by it,", "quoted", "Chris Mura"),
            ("the storm highlights", "reported", "Chris Mura"),
            ("how weak our dykes are.", "quoted", "Chris Mura"),
        ],
    ),
    "a participle without a comma": (
        "Emile Rahn wrote on a wall claiming Li had not come because he was “locked in a shed”.",
        [("Li had not come because he was", "reported", "Emile Rahn"), ("locked in a shed", "quoted", "Emile Rahn")],
    ),
    "charged that": (
        "Greenpeace charged that the dam would only feed “plain greed”.",
        [("the dam would only feed", "reported", "Greenpeace"), ("plain greed", "quoted", "Greenpeace")],
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
        "The fund announced Tuesday that it will close its doors, but the step is felt.",
        [("it will close its doors", "reported", "")],
    ),
    "stated without that": (
        "Sailors have stated they have never seen it.",
        [("they have never seen it", "reported", "")],
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
        "Nothing was sure, but HarbourWeb.net said it had come from there.",
        [("it had come from there", "reported", "HarbourWeb.net")],
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
        "It had praise from the World Dairy Council, which says the cheese is rather good.",
        [("the cheese is rather good", "reported", "World Dairy Council")],
    ),
    "a spokesman of what belongs to a state": (
        "A spokesman for Norland's Defence Ministry claims the man has fled to Sudland.",
        [("the man has fled to Sudland", "reported", "")],
    ),
    "while doing something": (
        "Sailors told the Morning Mail that ten cows fled while waiting for hay baled in May.",
        [("ten cows fled while waiting for hay baled in May", "reported", "")],
    ),
    "an office in capitals": (
        "Firms met longtime Holm Games CEO Bob Kern. “It will help,” Kern said in a statement.",
        [("It will help,", "quoted", "Bob Kern")],
    ),
    "a member of a board": (
        "The host, Holm Council board member Nina Lederer, has said the bridge “does us no good.”",
        [("does us no good.", "quoted", "Nina Lederer")],
    ),
    "two together": (
        "When goats are let out at night, Owen and Klint call them “poor kids” and go.",
        [("poor kids", "quoted", "")],
    ),
    "a programme": ("He was there on NBC’s “See the Town.”", [("See the Town.", "author", "")]),
    "his remarks": (
        "Omar Munir came. His remarks that “disorder spreads” followed a report.",
        [("disorder spreads", "quoted", "Omar Munir")],
    ),
    "a participle before the verb": (
        "At a dinner for the choir, held in Rome, Ambassador Andri Melnik denied it, calling it a “silly tale”.",
        [("silly tale", "quoted", "Andri Melnik")],
    ),
    "rejected as": (
        "Norland, in a letter, rejected the plans for the lake as “wholly mad”.",
        [("wholly mad", "quoted", "Norland")],
    ),
    "it is the subject of the sentence before": (
        "Norland did not send a boat. It argued that no storm was near it.",
        [("no storm was near it", "reported", "Norland")],
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
        "Farmers claim the smell of it helps keep the wolves off.",
        [("the smell of it helps keep the wolves off", "reported", "")],
    ),
    "an object and a verb": ("Omar Azza denied the tales and was soon let go.", []),
    "who that is, behind the name": (
        "The costs are high, said Ada Nall, senior fellow at the Holm Institute, which was built on sand.",
        [("The costs are high", "reported", "Ada Nall")],
    ),
    "disputed whether": (
        "Norland's harbour board disputed on Tuesday whether the ferry had struck the pier.",
        [("the ferry had struck the pier", "reported", "")],
    ),
    "has suggested": (
        "The envoy Kirill Dmitri has suggested the guests were hoping for cake.",
        [("the guests were hoping for cake", "reported", "Kirill Dmitri")],
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
        "Ada Lind called the song “dull” and words suggesting a second verse “absurd.”",
        [("dull", "quoted", "Ada Lind"), ("absurd.", "quoted", "Ada Lind")],
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
        "Cora Nolan wondered aloud when she would meet President Donald Tram.\n\n“If it is late, I will,” she said.",
        [("If it is late, I will,", "quoted", "Cora Nolan")],
    ),
    "she goes on": (
        "Virginia Gill said she was young. Then she withdrew her claims against Al Dersh. She “was wrong,” she said.",
        [("she was young", "reported", "Virginia Gill"), ("was wrong,", "quoted", "Virginia Gill")],
    ),
    "brackets before who": (
        "He met Sen. Ron Jons (R-Wis.), who told farmers Tuesday that it was “a bad harvest”.",
        [("a bad harvest", "quoted", "Ron Jons")],
    ),
    "an office by another word": (
        "Texas Rep. Mike Call said nothing.\n\n“It will go on,” the Republican lawmaker told Radio Holm.",
        [("It will go on,", "quoted", "Mike Call")],
    ),
    "compared to": (
        "Louise Brun, director of the choir, compared the noise to “hungry geese”.",
        [("hungry geese", "quoted", "Louise Brun")],
    ),
    "requested": (
        "Mike Gall, the chairman, requested “additional information”.",
        [("additional information", "quoted", "Mike Gall")],
    ),
    "an institution in a state, which": (
        "He heads the Garden Group in Turkey, which says that it hopes to “plant a lot.”",
        [("it hopes to", "reported", "Garden Group"), ("plant a lot.", "quoted", "Garden Group")],
    ),
    "short for a name without brackets": (
        "The Coastal News Service met. CNS reported Monday that the boats had come home.",
        [("the boats had come home", "reported", "Coastal News Service")],
    ),
    "an irregular verb": (
        "At last, Omar Beck said Morales tore up the map.",
        [("Morales tore up the map", "reported", "Omar Beck")],
    ),
    "a verb far from its subject": (
        "She said the long winter in the hills and the lack of hay for all the goats of the valley will bring trouble.",
        [("the long winter in the hills and the lack of hay for all the goats of the valley will bring trouble",
          "reported", "")],
    ),
    "a day before the office": (
        "On Tuesday, Norland's chief spokesperson, Admiral Daniel Hagar, said the appointment would not stop it.",
        [("the appointment would not stop it", "reported", "Daniel Hagar")],
    ),
    "a paragraph goes on with who spoke, she said": (
        "Ada Lind sells hay. “It was wet,” she told the Mail.\n\n“Nobody will buy it from us now.”",
        [("It was wet,", "quoted", "Ada Lind"), ("Nobody will buy it from us now.", "quoted", "Ada Lind")],
    ),
    "who it is for, and then the name": (
        "“We wait,” said a tired spokesman for Ada Lind, Omar Beck.\n\n“It is wet,” said spokesman for farms, Jon Ek.",
        [("We wait,", "quoted", "Omar Beck"), ("It is wet,", "quoted", "Jon Ek")],
    ),
    "a long description before the name": (
        "“We will wait,” said former deputy mayor and unlucky farm owner Omar Beck.",
        [("We will wait,", "quoted", "Omar Beck")],
    ),
    "a name with a particle": (
        "Envoy Jan de Witte left. “It is wet,” said de Witte, adding that hay was dear.",
        [("It is wet,", "quoted", "Jan de Witte"), ("hay was dear", "reported", "Jan de Witte")],
    ),
    "pretty much": (
        "If it rains, Omar Beck then pretty much stayed in, calling it “goose weather”.",
        [("goose weather", "quoted", "Omar Beck")],
    ),
    "to condemn": (
        "After supper, Ada Lind walked to the new town hall in Holm to condemn the “endless noise” of geese.",
        [("endless noise", "quoted", "Ada Lind")],
    ),
    "it is who says so": (
        "The Harbour Ministry said it had long criticised the “noisy geese” of Holm.",
        [("it had long criticised the", "reported", "Harbour Ministry"), ("noisy geese", "quoted", "Harbour Ministry")],
    ),
    "the rest of a sentence after a quotation": (
        "“I was amazed,” said Ada Lind. The hay, which is sold at Holm, is “as dry as I have ever seen it.”",
        [("I was amazed,", "quoted", "Ada Lind"), ("as dry as I have ever seen it.", "quoted", "Ada Lind")],
    ),
    "blamed": ("Ada Lind blamed the “idle” board for it.", [("idle", "quoted", "Ada Lind")]),
    "short for a name with of": (
        "The League of Eastern Farm States (LOEFS) met. LOEFS said that it would buy hay.",
        [("it would buy hay", "reported", "League of Eastern Farm States")],
    ),
    "a name with and": (
        "Hay is dear, according to the World Hay and Straw Council.",
        [("Hay is dear", "reported", "World Hay and Straw Council")],
    ),
    "a source at a hospital with an article": (
        "A guard at al-Noor Hospital said that it was dark.",
        [("it was dark", "reported", "")],
    ),
}


@pytest.mark.parametrize(("text", "passages"), CASES.values(), ids=CASES)
def test_speech_in_news_has_its_speaker(text, passages):
    rows = voice_spans(text).itertuples()
    assert [(text[row.start : row.end], row.voice, row.speaker) for row in rows] == passages


# text; then the stretches of indirect speech, and whose each is
TOLD = {
    "and, a comma, and a subject of its own": (
        "Ada Lind said the ferry was late, and two boats had sunk.",
        ["the ferry was late", "two boats had sunk"],
        "Ada Lind",
    ),
    "and, and a subject of its own": (
        "Ada Lind said the ferry sank near the pier and it was being raised.",
        ["the ferry sank near the pier", "it was being raised"],
        "Ada Lind",
    ),
    "and between two things": (
        "Ada Lind said the ferry and the pier were old.",
        ["the ferry and the pier were old"],
        "Ada Lind",
    ),
    "and at the end of a list of names": (
        "Ada Lind said the ferry stopped at Holm, Visk and Tarn would be next.",
        ["the ferry stopped at Holm, Visk and Tarn would be next"],
        "Ada Lind",
    ),
    "and with an adverb": (
        "Ada Lind said the crew left the pier, and quietly sailed the ferry home.",
        ["the crew left the pier, and quietly sailed the ferry home"],
        "Ada Lind",
    ),
    "and another who speaks": (
        "Ada Lind said the ferry was late, and the harbour board denied that it was.",
        ["the ferry was late"],
        "Ada Lind",
    ),
    "and what she did": (
        "Ada Lind said the ferry was safe and levied a fine on its owner.",
        ["the ferry was safe"],
        "Ada Lind",
    ),
    "and what she also stressed": (
        "Ada Lind said the ferry was safe, and also emphasised her trust in the crew.",
        ["the ferry was safe"],
        "Ada Lind",
    ),
    "while, and a subject of its own": (
        "Ada Lind said the crew would stay, while the guests could walk to the next pier.",
        ["the crew would stay", "the guests could walk to the next pier"],
        "Ada Lind",
    ),
    "while another speaks": (
        "Ada Lind said the crew would stay, while its captain spoke of leaving.",
        ["the crew would stay"],
        "Ada Lind",
    ),
    "but": ("Ada Lind said the ferry was late, but nobody was hurt.", ["the ferry was late"], "Ada Lind"),
    "playing down": (
        "Ada Lind said the ferry would be late, playing down talk of a storm.",
        ["the ferry would be late"],
        "Ada Lind",
    ),
    "hence": (
        "Ada Lind said the ferry was never built for such waves, hence the long wait.",
        ["the ferry was never built for such waves"],
        "Ada Lind",
    ),
    "who says so behind a quotation": (
        "The board confirmed the ferry was “late as ever,” Ada Lind wrote in reply to us.",
        ["the ferry was"],
        "",
    ),
    "two nouns without an article": (
        "Ada Lind said fresh doubts around ferries and piers were no help.",
        ["fresh doubts around ferries and piers were no help"],
        "Ada Lind",
    ),
    "a list without an article": (
        "The report says goods like hay, wool and cheeses offer good returns.",
        ["goods like hay, wool and cheeses offer good returns"],
        "",
    ),
    "an abbreviation with dots": (
        "Ada Lind said the U.N. board was asleep.",
        ["the U.N. board was asleep"],
        "Ada Lind",
    ),
    "a quotation for a verb": (
        "One sailor said waiters in town “gave us the cold shoulder”.",
        ["waiters in town"],
        "",
    ),
    "say yes": ("They say “yes” to all of it and smile.", [], ""),
    "without that, reported": (
        "The gazette reported the ferry had sunk off Holm.",
        ["the ferry had sunk off Holm"],
        "",
    ),
    "two dashes": (
        "The ferry was old – as was the pier – Ada Lind said on Friday.",
        ["The ferry was old – as was the pier"],
        "Ada Lind",
    ),
    "before a quotation, without a verb": (
        "Sailors of her age “will remember the storm,” Ada Lind said.",
        ["Sailors of her age"],
        "Ada Lind",
    ),
    "words that begin the sentence before a quotation": (
        "After the first storm, “the crew slept,” Ada Lind said.",
        [],
        "",
    ),
    "despite, behind who says so": (
        "The ferry will sail, sailors say, despite the high waves.",
        ["The ferry will sail"],
        "",
    ),
    "reports that": ("There are reports that the pier has sunk.", ["the pier has sunk"], ""),
    "accusations have mounted": (
        "Then accusations have surfaced that the board took gifts.",
        ["the board took gifts"],
        "",
    ),
    "her vow on a day": (
        "Ada Lind left. Few recall her vow on Sunday that the ferry would sail.",
        ["the ferry would sail"],
        "Ada Lind",
    ),
    "a statement of one's own kind": ("The new pier is a plain statement that the town will grow.", [], ""),
    "accusations of": ("The crew, who sailed in May, have denied the accusations of theft.", [], ""),
    "made clear that": (
        "Ada Lind has made clear that the ferry will not sail.",
        ["the ferry will not sail"],
        "Ada Lind",
    ),
    "the fact that": ("Ada Lind writes in reply to the fact that the ferry was late.", [], ""),
    "questioned how": (
        "Ada Lind questioned how the board could sail the ferry.",
        ["the board could sail the ferry"],
        "Ada Lind",
    ),
    "just as they say": (
        "Just as the crew slept and sailors were saying that Holm was safe, rain fell on the town.",
        ["Holm was safe"],
        "",
    ),
    "indeed, according to": (
        "Indeed, according to Ada Lind, the pier was shut.",
        ["the pier was shut"],
        "Ada Lind",
    ),
    "that according to": (
        "We have heard that according to a sailor, the pier is shut.",
        ["the pier is shut"],
        "",
    ),
    "which, according to": (
        "The board bought boats which, according to Ada Lind, nobody can sail.",
        ["nobody can sail"],
        "Ada Lind",
    ),
    "a participle that begins a sentence": (
        "Pointing out that the pier was shut, Ada Lind asked for more boats.",
        ["the pier was shut"],
        "Ada Lind",
    ),
    "and maintains that": (
        "Omar Beck has said the ferry sank and maintains that he saw it.",
        ["the ferry sank", "he saw it"],
        "Omar Beck",
    ),
    "it said, underlining that": (
        "“It is wet,” it said, underlining that the hay was spoilt.",
        ["the hay was spoilt"],
        "",
    ),
    "making good": (
        "Ada Lind said that she would sail, making good on a promise to her crew.",
        ["she would sail"],
        "Ada Lind",
    ),
    "a dash, and who else says so": (
        "Ada Lind argued that the ferry was old — she said it was built in May.",
        ["the ferry was old", "it was built in May"],
        "Ada Lind",
    ),
    "and with a long subject": (
        "Ada Lind said the ferry was old, and the wish of the whole crew to sail it home was mad.",
        ["the ferry was old", "the wish of the whole crew to sail it home was mad"],
        "Ada Lind",
    ),
    "and in a list before the verb": (
        "Ada Lind said Holm, Visk, and the island had too few ferries.",
        ["Holm, Visk, and the island had too few ferries"],
        "Ada Lind",
    ),
    "reports suggest": (
        "New reports from the port suggest that the ferry is old.",
        ["the ferry is old"],
        "",
    ),
    "two descriptions between commas": (
        "Ada Lind, the mayor of Holm, a member of the board, said the ferry was old.",
        ["the ferry was old"],
        "Ada Lind",
    ),
    "according to another, behind it": (
        "Ada Lind said the ferry was old, according to the Mail.",
        ["the ferry was old"],
        "Ada Lind",
    ),
    "said, at length": (
        "The ferry was old, said the harbour (and ferry) club founded by sailors.",
        ["The ferry was old"],
        "",
    ),
    "two who say so": (
        "The ferry was near the pier, a guard and three men in long coats told the Mail.",
        ["The ferry was near the pier"],
        "",
    ),
    "a name in -ly": ("Kelly added that the ferry was old.", ["the ferry was old"], "Kelly"),
    "a family": ("The family said the ferry was old.", ["the ferry was old"], ""),
    "while, and no comma": (
        "Ada Lind said the crew still slept while hired cooks had baked bread.",
        ["the crew still slept", "hired cooks had baked bread"],
        "Ada Lind",
    ),
    "while, in a condition": (
        "Ada Lind said if the crew slept while the ferry was at sea, it would sink.",
        ["if the crew slept while the ferry was at sea, it would sink"],
        "Ada Lind",
    ),
    "but would": (
        "Ada Lind said that she would not wait but would sail in May.",
        ["she would not wait", "would sail in May"],
        "Ada Lind",
    ),
    "and whether": (
        "Ada Lind was asked whether the ferry was old and whether it could sail.",
        ["the ferry was old", "it could sail"],
        "",
    ),
    "a dash, and whether": (
        "Ada Lind was asked how the ferry sank — and whether it could sail again.",
        ["the ferry sank", "it could sail again"],
        "",
    ),
    "without giving, behind a quotation": (
        "Ada Lind said the ferry was “old,” without giving its age.",
        ["the ferry was"],
        "Ada Lind",
    ),
    "a dash, and but": (
        "Ada Lind said the ferry was old - but the crew is still on it.",
        ["the ferry was old"],
        "Ada Lind",
    ),
    "announced in a year": (
        "The board announced in 2016 it would sell no more hay.",
        ["it would sell no more hay"],
        "",
    ),
    "in a letter on a day": (
        "Ada Lind said in a letter on Thursday she would sell no hay.",
        ["she would sell no hay"],
        "Ada Lind",
    ),
    "told a conference": (
        "Ada Lind told a news conference the ferry would sail.",
        ["the ferry would sail"],
        "Ada Lind",
    ),
    "told a broadcaster by name": (
        "Ada Lind told the broadcaster HRK she would sail.",
        ["she would sail"],
        "Ada Lind",
    ),
    "warned villagers": (
        "Ada Lind warned villagers the dam would break.",
        ["the dam would break"],
        "Ada Lind",
    ),
    "was told, without that": ("He was told the dam had broken.", ["the dam had broken"], ""),
    "however, and a description": (
        "However, Ada Lind, an old sailor who knew the port and had sailed for years, said it was still unclear.",
        ["it was still unclear"],
        "Ada Lind",
    ),
    "an age and a description": (
        "Lind, 56, who has sailed for years, told the Mail it was all in order.",
        ["it was all in order"],
        "Lind",
    ),
    "a quotation for a subject": (
        "Ada Lind admitted “harbour life” meant there was little hay.",
        ["meant there was little hay"],
        "Ada Lind",
    ),
    "a complaint saying": (
        "In May, one of the cooks, Ada Lind, filed a complaint saying it was cold at sea.",
        ["it was cold at sea"],
        "Ada Lind",
    ),
    "according to somebody described at length": (
        "According to Sail the North, a club made up of old sailors that opposes new ferries, prizes were offered.",
        ["prizes were offered"],
        "Sail",
    ),
    "but, according to": (
        "The ferry is new, but, according to Ada Lind, the crew is tired.",
        ["the crew is tired"],
        "Ada Lind",
    ),
    "according to, before the verb": (
        "Two hundred hungry goats, according to Ada Lind, will need hay.",
        ["Two hundred hungry goats", "will need hay"],
        "Ada Lind",
    ),
    "reports our correspondent": (
        "The ferry was seen near Holm, reports Mail correspondent Ada Lind.",
        ["The ferry was seen near Holm"],
        "Ada Lind",
    ),
    "divulged": ("Sailors divulged Thursday that the ferry was old.", ["the ferry was old"], ""),
    "rose": ("The board said hay rose to nine crowns.", ["hay rose to nine crowns"], ""),
    "nothing": ("Ada Lind said nothing had been sold. She said nothing to those who had sold it.",
                ["nothing had been sold"], "Ada Lind"),
    "up to": ("Ada Lind said up to 20 goats were ill.", ["up to 20 goats were ill"], "Ada Lind"),
    "promised, without that": ("Ada Lind promised the goats would get hay.", ["the goats would get hay"], "Ada Lind"),
    "a report found": ("The audit found the goats had no hay. The cook found the goats had no hay.",
                       ["the goats had no hay"], ""),
    "after the storm": (
        "Ada Lind said after the storm, the ferry would sail.",
        ["after the storm, the ferry would sail"],
        "Ada Lind",
    ),
    "said on a day, announcing": (
        "The ferry is old, the board said on Monday, warning it could sink.",
        ["The ferry is old", "it could sink"],
        "",
    ),
    "a letter announcing": (
        "The board said in a letter announcing it had sold the ferry.",
        [],
        "",
    ),
    "a newspaper of one name": (
        "The Bugle newspaper reported that the ferry was old. The Moscow newspaper reported that it was new.",
        ["the ferry was old", "it was new"],
        "Bugle",
    ),
    "without giving details, behind who says so": (
        "The ferry was old, the board said, without giving its age.", ["The ferry was old"], "",
    ),
    "alleges, without that": ("The complaint alleges the ferry was old.", ["the ferry was old"], ""),
    "amid reports that": (
        "Amid new reports that the ferry was lost, sailors went to Holm.", ["the ferry was lost"], "",
    ),
    "a warning that": ("He issued a warning that the dam could burst.", ["the dam could burst"], ""),
    "her aides": ("She told her aides the dam was safe.", ["the dam was safe"], ""),
    "hours after somebody said": (
        "The letter came hours after Ada Lind said the dams were full.", ["the dams were full"], "Ada Lind",
    ),
    "adding, without that": (
        "Ada Lind said she would sail to Holm, adding she hoped to meet sailors there.",
        ["she would sail to Holm", "she hoped to meet sailors there"],
        "Ada Lind",
    ),
    "a number with a comma": (
        "The firm, which has 4,000 goats, said it would sell two barns.", ["it would sell two barns"], "",
    ),
    "a subject with its description": (
        "The firm said its cook, Ada Lind, would leave. It said “hay,” its food, would be dear.",
        ["its cook, Ada Lind, would leave"],
        "",
    ),
    "anyone": ("The firm said anyone who had bought hay could bring it.",
               ["anyone who had bought hay could bring it"], ""),
    "a few words": ("The minister said a few words to the crew of the ferry.", [], ""),
    "a plural verb": ("The firm says its new barns meet needs.", ["its new barns meet needs"], ""),
    "the court heard": ("The court heard that he had bought hay. The crew heard that he had bought a cow.",
                        ["he had bought hay"], ""),
    "ruled a country": ("The president ruled Norland for ten years before he was sent to the islands.", [], ""),
    "maintains, without that": ("The firm maintains its hay is dry.", ["its hay is dry"], ""),
    "a colon": (
        "Ada Lind explained: the ferry would be sold. She said: hay.", ["the ferry would be sold"], "Ada Lind",
    ),
    "told police": ("The sailor told police he slept on deck.", ["he slept on deck"], ""),
    "the minister revealed": (
        "The ferry was sold in May, the minister revealed.", ["The ferry was sold in May"], "",
    ),
    "joined by somebody who said": (
        "The cook was joined by Ada Lind, who said that hay was dear.", ["hay was dear"], "Ada Lind",
    ),
    "words set off before a quotation": ("One thing more, “the crew slept,” Ada Lind said.", [], ""),
    "saying, before a quotation": (
        "If it rains, Ada Lind locked the old door, saying Norland’s plea “should wait”.", [], "",
    ),
}


@pytest.mark.parametrize(("text", "stretches", "speaker"), TOLD.values(), ids=TOLD)
def test_indirect_speech_in_news_begins_and_ends(text, stretches, speaker):
    told = [row for row in voice_spans(text).itertuples() if row.voice == "reported"]
    assert [text[row.start : row.end] for row in told] == stretches
    assert {row.speaker for row in told} <= {speaker, ""}
    assert not told or told[0].speaker == speaker
