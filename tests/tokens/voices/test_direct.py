"""Whose words stand in quotation marks: the rules on made-up sentences."""

import pytest

from discourse.tokens import voice_spans

# text; then voice, marking, speaker and rule of each passage
CASES = {
    "cue before": (
        "Sergey Lavrov warned that “this is so”.",
        [("quoted", "", "Sergey Lavrov", "cue before")],
    ),
    "office before the name": (
        "Foreign Minister Sergey Lavrov said: “No.”",
        [("quoted", "", "Sergey Lavrov", "cue before")],
    ),
    "last name after full name": (
        "Sergey Lavrov said “one”.\n\nThen Lavrov added “two”.",
        [("quoted", "", "Sergey Lavrov", "cue before"), ("quoted", "", "Sergey Lavrov", "cue before")],
    ),
    "pronoun": (
        "Sergey Lavrov said “one”. He then claimed that “two”.",
        [("quoted", "", "Sergey Lavrov", "cue before"), ("quoted", "", "Sergey Lavrov", "cue before")],
    ),
    "according to": (
        "According to Conor Gallagher, the plan is “a clear return of the past”.",
        [("quoted", "", "Conor Gallagher", "cue before")],
    ),
    "cue in the sentence before a colon": (
        "Then Timofei Bordachev wrote this:\n\n“Russia knows.”",
        [("quoted", "", "Timofei Bordachev", "cue before")],
    ),
    "cue after": ("“It is over,” Sergey Lavrov said.", [("quoted", "", "Sergey Lavrov", "cue after")]),
    "cue in another sentence": ("“Burn it,” the sign. He said nothing.", [("marked", "scare", "", "no source")]),
    "speaker after the cue": ("“It is over,” said Sergey Lavrov.", [("quoted", "", "Sergey Lavrov", "cue after")]),
    "a title with a stop": (
        "“It is over,” naval commander Gen. Ole Ek said on Friday.",
        [("quoted", "", "Ole Ek", "cue after")],
    ),
    "a participle": (
        "Last week, Ada Lind rejected the plan of Ole Ek, calling it “a sham”.",
        [("quoted", "", "Ada Lind", "cue before")],
    ),
    "a participle behind a quotation": (
        "Ada Lind said it was “over” in the port, adding:\n\n“We are leaving.”",
        [("quoted", "", "Ada Lind", "cue before"), ("quoted", "", "Ada Lind", "cue before")],
    ),
    "a colon behind a quotation": (
        "Ada Lind asked for “a last push” in the ports of the coast:\n\n“We are leaving.”",
        [("quoted", "", "Ada Lind", "cue before"), ("quoted", "", "Ada Lind", "colon")],
    ),
    "called, with a long object": (
        "Ada Lind called the ten years it took to build the port “a sham”.",
        [("quoted", "", "Ada Lind", "cue before")],
    ),
    "who is cited": (
        "It quotes Ada Lind, a pilot, as saying: “It is over.”",
        [("quoted", "", "Ada Lind", "cue before")],
    ),
    "who is cited behind": (
        "“It is over,” it cited Norwegian minister Ada Lind as saying.",
        [("quoted", "", "Ada Lind", "cue after")],
    ),
    "who says that another says so": (
        "The court confirmed that “it is over,” Ada Lind said in a letter.",
        [("quoted", "", "Ada Lind", "cue after")],
    ),
    "whose claim": (
        "He took up Norway’s claim that it was “over” by then.",
        [("quoted", "", "Norway", "cue before")],
    ),
    "in indirect speech": (
        "Ole Ek will carry on with a “calm and open” way of talking to the pilots of the port and the boats of the "
        "whole coast, spokeswoman Ada Lind said.",
        [("quoted", "", "Ada Lind", "in indirect speech")],
    ),
    "what it called": (
        "They left after what the navy called the pilots’ “ghost port”.",
        [("marked", "term", "", "what it is called")],
    ),
    "often described as": (
        "They met in Ek, which is often described as “the last harbour”.",
        [("marked", "term", "", "what it is called")],
    ),
    "a movement by name": (
        "Ada Lind said that the “Harbour” Movement was over.",
        [("author", "name", "", "capitalised name")],
    ),
    "a paragraph later": (
        "“It is over,” Minister Ada Lind said.\n\n“We are leaving the port.”",
        [("quoted", "", "Ada Lind", "cue after"), ("quoted", "", "Ada Lind", "block quotation")],
    ),
    "a paragraph after indirect speech": (
        "Minister Ada Lind said the port was closed. Nobody knew why.\n\n“We are leaving the port.”",
        [("quoted", "", "Ada Lind", "block quotation")],
    ),
    "a paragraph of dialogue": (
        "“It is over,” Lind said.\n\n“We are leaving the port.”",
        [("quoted", "", "Lind", "cue after"), ("quoted", "", "", "block quotation")],
    ),
    "a paragraph later, of somebody with a full name": (
        "Ada Lind left the port.\n\n“It is over,” Lind said.\n\n“We are leaving the port.”\n\n“Nobody will come back.”",
        [("quoted", "", "Ada Lind", "cue after")] + [("quoted", "", "Ada Lind", "block quotation")] * 2,
    ),
    "a paragraph that answers": (
        "Ada Lind left the port.\n\n“Is it over?” Lind said.\n\n“We are leaving the port.”",
        [("quoted", "", "Ada Lind", "cue after"), ("quoted", "", "", "block quotation")],
    ),
    "a paragraph that says yes": (
        "Ada Lind left the port.\n\n“It is over,” Lind said.\n\n“Yes, we are leaving it.”",
        [("quoted", "", "Ada Lind", "cue after"), ("quoted", "", "", "block quotation")],
    ),
    "a paragraph in a novel": (
        "“It is late!” cried Ole Ek.\n\n“It is over,” Ek said.\n\n“We are leaving the port.”",
        [("quoted", "", "Ole Ek", "cue after")] * 2 + [("quoted", "", "", "block quotation")],
    ),
    "two things somebody was": (
        "“It is over,” said former mayor and harbour candidate Ada Lind.", [("quoted", "", "Ada Lind", "cue after")],
    ),
    "who is quoted as having said": (
        "“It is over,” the Ministry of Ports quoted Secretary Ada Lind as having said.",
        [("quoted", "", "Ada Lind", "cue after")],
    ),
    "a full stop for a comma": (
        "“It is over.” Ada Lind said, adding little.", [("quoted", "", "Ada Lind", "cue after")],
    ),
    "blamed for revealing": (
        "Ada Lind tore into Ole Ek for revealing “private and late” words.", [("quoted", "", "Ada Lind", "cue before")],
    ),
    "what somebody calls the": (
        "What Norway calls the “near abroad” is a sphere.", [("marked", "term", "Norway", "what it is called")],
    ),
    "alleged": ("His alleged “friend” came late.", [("marked", "scare", "", "no source")]),
    "the other apostrophe": (
        "It broke, according to James O’Neal. “It is over,” said O'Neal.",
        [("quoted", "", "James O’Neal", "cue after")],
    ),
    "the other apostrophe, turned": (
        "It broke, according to James O'Neal. “It is over,” said O’Neal.",
        [("quoted", "", "James O'Neal", "cue after")],
    ),
    "a house and its camp": (
        "Stravo has tools. Stravo ran Camp Stravo. Then Camp Stravo closed, and Stravo called it “late”.",
        [("quoted", "", "Stravo", "cue before")],
    ),
    "titles of the church": (
        "“It is over,” said Father James Martinez. “We know,” Sister Sharon Holl said.",
        [("quoted", "", "James Martinez", "cue after"), ("quoted", "", "Sharon Holl", "cue after")],
    ),
    "who is quoted by newspapers": (
        "“It is over,” local newspapers quote Salina as saying.", [("quoted", "", "Salina", "cue after")],
    ),
    "a chief with the police": (
        "“It is over,” Patrol Chief James Hall with the Norland Police said Wednesday.",
        [("quoted", "", "James Hall", "cue after")],
    ),
    "a first name": (
        "The customers of Aisha Mohamud came. “It is over,” says Aisha as she left.",
        [("quoted", "", "Aisha Mohamud", "cue after")],
    ),
    "shared": ("“It is over,” Ole Ek shared.", [("quoted", "", "Ole Ek", "cue after")]),
    "what is shared": ("They shared a “common vision” of it.", [("marked", "scare", "", "no source")]),
    "a charity": (
        "“It is late,” said homelessness charity Shelta.", [("quoted", "", "Shelta", "cue after")],
    ),
    "thanks": (
        "Ada Lind thanked the council for its “thorough and fair review”.", [("quoted", "", "Ada Lind", "cue before")],
    ),
    "concern": (
        "Ada Lind expressed concern that the “closing of the port” was near.",
        [("quoted", "", "Ada Lind", "cue before")],
    ),
    "question": ("“Why?” he asked.", [("quoted", "", "", "cue after")]),
    "noun as cue": ("We know Russia’s rhetoric about “protecting people”.", [("quoted", "", "Russia", "cue noun")]),
    "two in a sentence": (
        "Lavrov said “one”, and the rest was “two”.",
        [("quoted", "", "Lavrov", "cue before"), ("quoted", "", "Lavrov", "same sentence")],
    ),
    "broken by he said": (
        "“Containment,” he said, “is no war.”",
        [("quoted", "", "", "cue after"), ("quoted", "", "", "same sentence")],
    ),
    "broken by said and a name": (
        "“Containment,” said Ole Brandt, “is no war.”",
        [("quoted", "", "Ole Brandt", "cue after"), ("quoted", "", "Ole Brandt", "same sentence")],
    ),
    "two speakers in a sentence": (
        "“Yes,” said Ada Lind, and Ole Brandt warned that “no one knows”.",
        [("quoted", "", "Ada Lind", "cue after"), ("quoted", "", "Ole Brandt", "cue before")],
    ),
    "carried on": (
        "Lavrov said it was “one”. These include “a readiness to go”.",
        [("quoted", "", "Lavrov", "cue before"), ("quoted", "", "Lavrov", "quotation carried on")],
    ),
    "echo": (
        "Lavrov said “we hedge our positions”.\n\nAnyone can “hedge our positions” now.",
        [("quoted", "", "Lavrov", "cue before"), ("marked", "echo", "Lavrov", "earlier quotation taken up")],
    ),
    "part of a word is no echo": (
        "Lavrov said “the party is over”.\n\nIt is only “part” of it.",
        [("quoted", "", "Lavrov", "cue before"), ("marked", "scare", "", "no source")],
    ),
    "so-called": ("The so-called “three brothers” met.", [("marked", "term", "", "what it is called")]),
    "supposed": ('A supposed "stabilizer" came.', [("marked", "scare", "", "no source")]),
    "name": ("The “Organization of Turkic States” met.", [("author", "name", "", "capitalised name")]),
    "title": ("An article on “The Return of the Past” is out.", [("author", "title", "", "title of a work")]),
    "title before its kind": ("It is in the ‘Top 100 Companies’ list.", [("author", "title", "", "title of a work")]),
    "states are no speech": (
        "The five post-Soviet states became a “bridge”, and the state a “gate”.",
        [("marked", "scare", "", "no source")] * 2,
    ),
    "states that speak": ("Robert Cutler states that “it is so”.", [("quoted", "", "Robert Cutler", "cue before")]),
    "who states": ("“It is so,” Robert Cutler states.", [("quoted", "", "Robert Cutler", "cue after")]),
    "a new clause that speaks of something else": (
        "They built a “bridge”, and Lavrov said so.",
        [("marked", "scare", "", "no source")],
    ),
    "a demand is no speech": ("The demand for “green” goods grew.", [("marked", "scare", "", "no source")]),
    "to answer is speech": ("Robert Cutler tried to answer it: “So.”", [("quoted", "", "Robert Cutler", "cue before")]),
    "a cue too far away": (
        f"He said so, and {'then ' * 20}came the “bridge”.",
        [("marked", "scare", "", "no source")],
    ),
    "called by someone": ("Dana Whitlow called the plan “a sham”.", [("quoted", "", "Dana Whitlow", "cue before")]),
    "what somebody calls": (
        "What Ada Lind calls “voluntary return” is none.",
        [("marked", "term", "Ada Lind", "what it is called")],
    ),
    "passive without a speaker": ("The border was declared “sealed”.", [("quoted", "", "", "passive cue")]),
    "passive by somebody": (
        "The plan was described as “a sham” by Senator Dana Whitlow.",
        [("quoted", "", "Dana Whitlow", "passive cue")],
    ),
    "this is described": (
        "Ole Brandt said “one”. This is described as “two”.",
        [("quoted", "", "Ole Brandt", "cue before"), ("quoted", "", "Ole Brandt", "passive cue")],
    ),
    "apposition": ("Mara Quist, who chaired the panel, said: “No.”", [("quoted", "", "Mara Quist", "cue before")]),
    "office in front, name behind": ("The mayor, Hugo Pell, said: “No.”", [("quoted", "", "Hugo Pell", "cue before")]),
    "said the minister": ("“No,” said the minister.", [("quoted", "", "", "cue after")]),
    "pronoun with two to stand for": (
        "Ada Lind met Ole Brandt. “Never,” she said.",
        [("quoted", "", "", "cue after")],
    ),
    "pronoun before its name": (
        "He wrote to General Karl Brandt that he was “done”.",
        [("quoted", "", "", "cue before")],
    ),
    "the next sentence goes on": (
        "“I count,” Hugo Pell says. “Then I count again.”",
        [("quoted", "", "Hugo Pell", "cue after"), ("quoted", "", "Hugo Pell", "quotation carried on")],
    ),
    "sentence before": ("Ada Lind told him to go. “I am ready.”", [("quoted", "", "Ada Lind", "sentence before")]),
    "person before a colon": (
        "Mara Quist was blunt about the pier:\n\n“Close it down.”",
        [("quoted", "", "Mara Quist", "colon")],
    ),
    "block": ("It was read.\n\n“No one will be paid.”\n\nThey left.", [("quoted", "", "", "block quotation")]),
    "reference": ("“He hath showed thee” (Micah 6:8).", [("quoted", "", "Micah", "reference")]),
    "seen as": ("China’s formal recognition of it as a “hub” came.", [("quoted", "", "China", "cue noun")]),
    "message": ("Their message: “Nobody is going home.”", [("quoted", "", "", "cue noun")]),
    "word mentioned": ("The word “union” is not there.", [("marked", "term", "", "what it is called")]),
    "list of terms": (
        "Words like “one,” “two” and “three”.",
        [("marked", "term", "", "what it is called"), *[("marked", "term", "", "list of terms")] * 2],
    ),
    "entitled": ("An act entitled “An act to amend”.", [("author", "title", "", "title of a work")]),
    "kind of work far before": (
        "A piece asking whether they move “Towards Genuine Multi-Vector Alignment?” came.",
        [("author", "title", "", "title of a work")],
    ),
    "code name": ("The plan, code-named “Quiet Harvest”, began.", [("author", "name", "", "capitalised name")]),
    "duty of a treaty": (
        "The treaty obliges each side to “refrain from any act of war”.",
        [("quoted", "", "", "law")],
    ),
    "shall, under a charter": ("Under the charter no member “shall hold an office”.", [("quoted", "", "", "law")]),
    "few words beside a law": ("The act requires “trust”.", [("marked", "scare", "", "no source")]),
    "a law without a duty": ("The treaty brought a “peace dividend for all”.", [("marked", "scare", "", "no source")]),
    "one of its kind": (
        "The “Grand Bargain” is near. A “Grand Bargain” would cost us.",
        [("marked", "term", "", "one of its kind")] * 2,
    ),
    "the article of a noun behind": ("A “Blue Whale” boat sank.", [("author", "name", "", "capitalised name")]),
    "a name in a clause that some say": (
        "The “Harbour Council” is rich, dockers say.",
        [("author", "name", "", "capitalised name")],
    ),
    "no letters": ("The “6+1” format.", [("marked", "scare", "", "no source")]),
    "a book behind": ("In “The Dry River”, a book, Lind argues.", [("author", "title", "", "title of a work")]),
    "called so by somebody": ("It was called “a ditch” by Otto Lind.", [("quoted", "", "Otto Lind", "passive cue")]),
    "nobody says": ("Nobody had asked about “ownership”.", [("marked", "scare", "", "no source")]),
    "introducing herself": ("“I, Ida Berg, built it,” she said.", [("quoted", "", "Ida Berg", "cue after")]),
    "person before": ("Ada Lind was blunt. “Burn it.”", [("quoted", "", "Ada Lind", "person before")]),
    "two persons before": ("Ada Lind met Otto Berg. “Burn it.”", [("marked", "scare", "", "no source")]),
    "person before, no sentence": ("Ada Lind was blunt. “Big reforms” came.", [("marked", "scare", "", "no source")]),
    "brackets behind the name": ("Ada Lind (Norway) said: “No.”", [("quoted", "", "Ada Lind", "cue before")]),
    "a month for a first name": ("“No,” June Avery said.", [("quoted", "", "June Avery", "cue after")]),
    "an office that one person has": (
        "President Ada Lind came. The president called it “dull”.",
        [("quoted", "", "Ada Lind", "cue before")],
    ),
    "an office that two persons have": (
        "President Ada Lind met President Ole Berg. The president called it “dull”.",
        [("quoted", "", "", "cue before")],
    ),
    "the writer's own words": ("I can announce that a “scholarship” is there.", [("marked", "scare", "", "no source")]),
    "a decision": ("The court ruled that they “must leave at once”.", [("quoted", "", "", "cue before")]),
    "provided by a law": (
        "It is provided by the second article, in its first clause, that “in case of his death it shall pass on”.",
        [("quoted", "", "", "law")],
    ),
    "the writer said that the": ("Last year I warned that the “ills we suffer will stay”.", [
        ("quoted", "", "", "cue before")]),
    "in a whisper": ("Then Lydia cried in a half whisper, “I am glad.”", [("quoted", "", "Lydia", "cue before")]),
    "claims to be": ("Ole Ek claims to be a “realist”.", [("quoted", "", "Ole Ek", "cue before")]),
    "in his words": ("Ole Ek left. In his words, “it is over”. In Lind’s words, “it is not”.", [
        ("quoted", "", "Ole Ek", "cue noun"), ("quoted", "", "Lind", "cue noun")]),
    "a name behind a verb of speech": ("Ole Ek said that the “Treaty of the Nine Rivers” had lapsed.", [
        ("author", "name", "", "capitalised name")]),
    "a year behind": ("In “The Ferryman” (1998) she came back.", [("author", "title", "", "title of a work")]),
    "echo of one far away": (
        "Ada Lind said “we hedge our positions”. " + "Ole Ek said “no war here”. " * 40 + "They “hedge our positions”.",
        [("quoted", "", "Ada Lind", "cue before"), *[("quoted", "", "Ole Ek", "cue before")] * 40,
         ("marked", "echo", "Ada Lind", "earlier quotation taken up")],
    ),
    "time before the verb": (
        "Ane Lauridsen on Friday dismissed it as “pure fantasy”.",
        [("quoted", "", "Ane Lauridsen", "cue before")],
    ),
    "called by somebody": ("It was called a mere “ditch” by Otto Lind.", [("quoted", "", "Otto Lind", "passive cue")]),
    "described behind the verb": (
        "“I never signed it,” insisted former minister Rashid Qureshi.",
        [("quoted", "", "Rashid Qureshi", "cue after")],
    ),
    "family name first": (
        "Li Wenhao said it was “late”. “They will learn,” Li said.",
        [("quoted", "", "Li Wenhao", "cue before"), ("quoted", "", "Li Wenhao", "cue after")],
    ),
    "the writer said then": ("I said last year that “this will pass”.", [("quoted", "", "", "cue before")]),
    "shall we say to": ("Shall we say to them, “We have no more to give you.”", [("quoted", "", "", "cue before")]),
    "answer behind": (
        "Ada Lind came in. “Nothing at all” was her answer.",
        [("quoted", "", "Ada Lind", "cue noun")],
    ),
    "slogan behind": ("“Growth, growth” was the minister’s slogan.", [("quoted", "", "", "cue noun")]),
    "cites": ("Ada Lind cited “people close to the talks”.", [("quoted", "", "Ada Lind", "cue before")]),
    "newspaper in marks": (
        "He told the newspaper “Bild” that “it is over”.",
        [("author", "name", "", "capitalised name"), ("quoted", "", "", "cue before")],
    ),
    "newspaper in marks speaks": (
        "“Kommersant” wrote that “it is over”.",
        [("author", "name", "", "capitalised name"), ("quoted", "", "Kommersant", "cue before")],
    ),
    "colon after one who is named before": (
        "Tove Ahlin gave three reasons. The last was short:\n\n“The ice is thin.”",
        [("quoted", "", "Tove Ahlin", "colon")],
    ),
    "colon after another subject": (
        "Tove Ahlin gave three reasons. The treaty was short:\n\n“The ice is thin.”",
        [("quoted", "", "", "colon")],
    ),
    "explained": ("They want an end to the “Ice Trap”, the idea that ships must stay.", [
        ("marked", "term", "", "what it is called")]),
    "a phrase": ("They speak of a “rules-based order”, a phrase that nobody defines.", [
        ("marked", "term", "", "what it is called")]),
    "terms after a colon": ("Two concepts recur: “ice” and “thaw”.", [
        ("marked", "term", "", "list of terms"), ("marked", "term", "", "list of terms")]),
    "a state of affairs": (
        "Their “New Détente” and the “Grand Bargain with the East” are none, but the “New Harbour” is.",
        [("marked", "term", "", "one of its kind")] * 2 + [("author", "name", "", "capitalised name")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "judged"), CASES.values(), ids=CASES)
def test_passages_are_judged_by_cue_and_source(text, judged):
    found = voice_spans(text).query("voice != 'reported'")
    assert list(found[["voice", "marking", "speaker", "rule"]].itertuples(index=False, name=None)) == judged
