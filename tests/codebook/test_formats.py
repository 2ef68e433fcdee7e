"""Dictionaries of other programs: told apart by what is in them, in every encoding that these programs write."""

import re

import pytest

from discourse._errors import StudyError
from discourse.codebook import read_codebook, write_codebook

DIC = "%\n1\tAffekt\n\t2\tFreude\n3\tÄrger\n%\nglück*\t1\t2\nzu hause 2\n:)\t2\nwütend 1 3\n"
DICX = 'DicTerm,Affekt,Ärger\nglück*,X,\n"zu hause",1,0\nwütend,0.5,x\n:),x,\n'
YKD = """<?xml version="1.0" encoding="{}"?>
<dictionary style="050805" patternengine="substring">
<cnode name="Wörterbuch"><cnode name="Affekt" desc="Gefühle"><pnode name="glück*"/>
<cnode name="Ärger"><pnode name="wütend"/></cnode></cnode></cnode></dictionary>
"""
CAT = "AFFEKT\n\tGLÜCK* (1)\n\tZU_HAUSE (2)\n\tÄRGER\n\t\tWÜTEND (0.5)\nREST\n\t=) (1)\n"
LC3 = "+Affekt\nglück*\nzu hause\n\n+Ärger\nwütend\nwütend\n"
YML = "Affekt:\n  - glück*\n  - zu hause\n  - Ärger: [wütend, no, 1917]\nRest: {a: {b: ja}}\n"

DICTIONARIES = {
    "a.dic": (DIC, "Affekt=glück*/wütend Affekt > Freude=glück*/zu hause/:) Ärger=wütend"),
    "a.dicx": (DICX, "Affekt=glück*/zu hause/wütend/:) Ärger=wütend"),
    "a.ykd": (YKD.format("UTF-8"), "Affekt=glück* Affekt > Ärger=wütend"),
    "a.cat": (CAT, r"AFFEKT=GLÜCK*/ZU HAUSE AFFEKT > ÄRGER=WÜTEND REST=\=)"),
    "a.lc3": (LC3, "Affekt=glück*/zu hause Ärger=wütend"),
    "a.yml": (YML, "Affekt=glück*/zu hause Affekt > Ärger=wütend/no/1917 Rest > a > b=ja"),
}


def read(folder, name, data, **options):
    path = folder / name
    path.write_bytes(data)
    return read_codebook(path, **options)


def listed(codebook):
    frames = codebook.frames.items()
    return " ".join(f"{key}={'/'.join(pattern.text for pattern in entry.include)}" for key, entry in frames)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
@pytest.mark.parametrize("name", DICTIONARIES)
def test_a_dictionary_is_read_in_any_encoding_with_any_line_ends(tmp_path, name, encoding, end):
    text, content = DICTIONARIES[name]
    declared = encoding if encoding in ("cp1252", "latin-1") else "UTF-8"
    data = text.replace('encoding="UTF-8"', f'encoding="{declared}"').replace("\n", end).encode(encoding)
    assert listed(read(tmp_path, name, data)) == content


@pytest.mark.parametrize("name", DICTIONARIES)
def test_what_is_in_a_file_says_what_it_is(tmp_path, name):
    text, content = DICTIONARIES[name]
    assert listed(read(tmp_path, "dictionary.txt", text.encode())) == content


def test_an_encoding_can_be_given(tmp_path):
    assert listed(read(tmp_path, "a.lc3", "+Ł\nŹdźbło\n".encode("cp1250"), encoding="cp1250")) == "Ł=Źdźbło"


def test_weights_come_with_their_words(tmp_path):
    cat = read(tmp_path, "a.cat", CAT.encode())
    assert [p.weight for p in cat.frames["AFFEKT"].include] == [1, 2]
    dicx = read(tmp_path, "a.dicx", DICX.encode())
    assert [p.weight for p in dicx.frames["Affekt"].include] == [1, 1, 0.5, 1]


@pytest.mark.parametrize(("mark", "half"), [(",", "0.5"), (";", "0.5"), (";", "0,5"), ("\t", "0.5")])
def test_a_table_of_words_is_read_as_spreadsheet_programs_save_it(tmp_path, mark, half):
    table = "DicTerm,joy,calm\nhapp*,X,\nat ease,,HALF\n".replace(",", mark).replace("HALF", half)
    frames = read(tmp_path, "a.dicx", table.encode()).frames
    found = {key: [(pattern.text, pattern.weight) for pattern in entry.include] for key, entry in frames.items()}
    assert found == {"joy": [("happ*", 1.0)], "calm": [("at ease", 0.5)]}


def test_descriptions_become_definitions(tmp_path):
    assert read(tmp_path, "a.ykd", YKD.format("UTF-8").encode()).frames["Affekt"].definition == "Gefühle"


def test_signs_of_our_language_stand_for_themselves(tmp_path):
    book = read(tmp_path, "a.lc3", b"+f\n=D\na|b\n~3\n{agent}\n")
    assert [p.sequences for p in book.frames["f"].include][1][0][1].words == ("|",)
    assert not any(p.cased or p.slotted for p in book.frames["f"].include)


@pytest.mark.parametrize("line", ["like (02 134)125/464\t1", "kind <of>125/464\t1", "like\t125/464 1"])
def test_conditions_of_liwc_are_known_where_categories_follow(tmp_path, line):
    with pytest.warns(UserWarning, match=r"a.dic, line 5: '(like|kind)' counts on conditions"):
        book = read(tmp_path, "a.dic", f"%\n1 a\n%\nopen 24/7\t1\n{line}\n".encode())
    assert [pattern.text for pattern in book.frames["a"].include] == ["open 24/7"]


def test_columns_of_blanks_and_tabs_and_empty_lines_mean_nothing(tmp_path):
    words = "calm*\t\t\t01\nease            \t01\n\nfoul* \t\t\t02 01\nill-*\t\t02\n"
    book = read(tmp_path, "a.dic", f"%\n01                    Good\n02                    Bad\n%\n{words}".encode())
    listed = {key: [pattern.text for pattern in entry.include] for key, entry in book.frames.items()}
    assert listed == {"Good": ["calm*", "ease", "foul*"], "Bad": ["foul*", "ill-*"]}


def test_words_that_depend_on_others_are_left_out_with_a_warning(tmp_path):
    with pytest.warns(UserWarning, match=r"a.dic, line 6: 'like' counts on conditions that only LIWC knows"):
        book = read(tmp_path, "a.dic", b"%\n1 a\n2 b\n%\nx 1 2\nlike\t(02 134)1/2 (2)3\n")
    assert listed(book) == "a=x b=x"


@pytest.mark.parametrize(
    ("name", "data", "warning"),
    [
        ("a.dic", b"%\n1 a\n2 b\n%\nx 1\n", "a.dic, line 3: the category 'b' lists no word. It is left out."),
        ("a.cat", b"A\n\tX (1)\n\tY\n\tZ (heavy)\n", "a.cat, line 3: the category 'Y' lists no word. .* and so are 1"),
        ("a.ykd", b'<dictionary><cnode name="a"><pnode name="x"/></cnode>\n<cnode name="b"/></dictionary>', "line 2"),
    ],
)
def test_a_category_without_words_is_told(tmp_path, name, data, warning):
    with pytest.warns(UserWarning, match=warning):
        book = read(tmp_path, name, data)
    assert len(book.frames) == 1


def test_a_word_that_would_find_all_is_refused_with_its_line(tmp_path):
    with pytest.raises(StudyError, match=r"a.dic, line 5: '\*' would find every word there is. Add a word to it, or"):
        read(tmp_path, "a.dic", b"%\n1 a\n%\nx 1\n* 1\n")


def test_a_category_that_the_legend_does_not_have_is_said_once(tmp_path):
    with pytest.warns(UserWarning, match="a.dic, line 5: there is no category 7; no word is counted in it.") as warned:
        book = read(tmp_path, "a.dic", b"%\n1 a\n%\n\nx 1 7\ny 7\nz 1\n")
    assert listed(book) == "a=x/z"
    assert len(warned) == 1


def test_a_meaning_with_a_number_is_read_as_the_word_with_a_warning(tmp_path):
    with pytest.warns(UserWarning, match=r"a.dic, line 4: 'kind#1' is one meaning .* so are all 3 of the file"):
        book = read(tmp_path, "a.dic", b"%\n1 a\n%\nkind#1 1\nkind#2 1\nwell-to-do#1 1\n#1 1\n")
    assert listed(book) == "a=kind/well-to-do/#1"


def test_one_character_is_one_character_where_the_program_reads_it_so(tmp_path):
    assert listed(read(tmp_path, "a.yml", b"a: ['wom?n', '*tax?']\nb:\n- ag??\n")) == "a=wom?n/*tax? b=ag??"
    assert listed(read(tmp_path, "a.cat", b"A\n\tWOM?N (1)\n")) == "A=WOM?N"
    assert listed(read(tmp_path, "a.lc3", b"+a\nreally ?!\n")) == r"a=really \?!"


def test_capitals_of_wordstat_say_nothing_where_every_word_has_them(tmp_path):
    text = "A\n\tSALT* (1)\n\tMADE_IT (1)\n\tNATO (1)\n"
    assert listed(read(tmp_path, "a.cat", text.encode())) == "A=salt*|SALT*/MADE it|IT/NATO"
    assert listed(read(tmp_path, "a.cat", f"{text}\tPeace (1)\n".encode())) == "A=SALT*/MADE IT/NATO/Peace"
    words = "\n".join(f"B{i}" for i in range(98))
    assert listed(read(tmp_path, "a.lc3", f"+A\nSALT*\n{words}\n".encode())).startswith("A=SALT*/B0")
    assert listed(read(tmp_path, "a.lc3", f"+A\nSALT*\n{words}\nC\n".encode())).startswith("A=salt*|SALT*/B0")


def test_the_colour_of_a_category_of_lexicoder_is_not_its_name(tmp_path):
    book = read(tmp_path, "a.lc3", b"+bad#FF0000\n a bad deal\n spoil**\n+rank#1\n first\n")
    assert listed(book) == "bad=a bad deal/spoil** rank#1=first"


def test_a_hyphen_at_the_edge_of_a_word_is_the_sign(tmp_path):
    book = read(tmp_path, "a.lc3", b"+a\nfame-\n-like it\nfair-*\n- x\n")
    assert listed(book) == "a=fame -/- like it/fair-*/- x"


def test_words_beside_keys_are_those_of_their_key(tmp_path):
    text = "a:\n  b: [x]\n  __: [y, z]\n__:\n  c: [w]\n"
    assert listed(read(tmp_path, "a.yml", text.encode())) == "a=y/z a > b=x __ > c=w"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("negative: [grim]\npositive: [fair]\n", ["negative", "positive"]),
        ("Negative: {fear: [dread*]}\n", ["Negative > fear"]),
        ("Actors: [minister*]\nParties: [labour]\n", ["Actors", "Parties"]),
        ("names: [john]\nplaces: [rome]\n", ["names", "places"]),
        ("factors: {a: [x]}\nresults: {b: [y]}\n", ["factors > a", "results > b"]),
    ],
)
def test_categories_whose_names_are_like_our_own_keys_make_no_codebook_of_a_dictionary(tmp_path, text, keys):
    assert list(read(tmp_path, "a.yml", text.encode()).frames) == keys


MISTYPED = ["frmaes: {a: [x]}\n", "Actor: {a: [x]}\n", "frames: [x]\n", "actors: {a: [x]}\nb: [y]\n"]


@pytest.mark.parametrize("text", MISTYPED)
def test_a_mistyped_codebook_is_no_dictionary(tmp_path, text):
    with pytest.raises(StudyError, match=r"unknown key|must be a mapping"):
        read(tmp_path, "a.yml", text.encode())


OLD = """<dictionary style="041204"><category><name>All</name><category><name>Tax</name><comment>Levies</comment>
<pattern><name>lev*</name><score>2</score></pattern><pattern><name>toll</name></pattern></category></category></dictionary>"""


def test_a_dictionary_of_the_first_yoshikoder_is_read(tmp_path):
    book = read(tmp_path, "a.ykd", OLD.encode())
    assert listed(book) == "Tax=lev*/toll"
    assert book.frames["Tax"].definition == "Levies"
    assert [pattern.weight for pattern in book.frames["Tax"].include] == [2, 1]


def test_elements_that_are_not_known_are_named_with_their_line_and_left_out_with_what_they_hold(tmp_path):
    tree = """<dictionary><cnode name="a"><pnode name="x"/>
<cnod name="b"><pnode name="y"/><cnode name="c"><pnode name="z"/></cnode></cnod>
<note>w</note><pnode name="v"/></cnode></dictionary>"""
    message = (
        r"^a.ykd, line 2: <cnod> is no element of such a dictionary\. It is left out with all that it holds, "
        r"and so are 1 more\. Did you mean 'cnode'\?$"
    )
    with pytest.warns(UserWarning, match=message):
        assert listed(read(tmp_path, "a.ykd", tree.encode())) == "a=x/v"
    old = OLD.replace("<comment>", "<category><name>b</name><remark><pattern><name>y</name></pattern></remark>"
                      "<pattern><name>u</name></pattern></category><comment>")
    with pytest.warns(UserWarning, match=r"^a.ykd, line 1: <remark> is no element .* it holds\.$"):
        assert listed(read(tmp_path, "a.ykd", old.encode())) == "Tax=lev*/toll Tax > b=u"


def nodes(*names, **attributes):
    given = "".join(f' {key}="{value}"' for key, value in attributes.items())
    inside = "\n".join(f"<pnode {name}/>" for name in names)
    return f'<dictionary{given}><cnode name="a">{inside}</cnode></dictionary>'.encode()


def test_a_score_of_yoshikoder_is_a_weight(tmp_path):
    book = read(tmp_path, "a.ykd", nodes('name="x" score="0.5"', 'name="y" score="none"', 'name="z" score="nan"'))
    assert [pattern.weight for pattern in book.frames["a"].include] == [0.5, 1, 1]


@pytest.mark.parametrize("engine", ["substring", "wildcard", "other"])
def test_whatever_the_engine_is_called_only_the_star_means_something(tmp_path, engine):
    book = read(tmp_path, "a.ykd", nodes('name="lev*"', 'name="a+b."', patternengine=engine))
    assert listed(book) == "a=lev*/a+b."


def test_regular_expressions_of_yoshikoder_are_read_where_wildcards_say_the_same(tmp_path):
    words = r"arm.* \w+ism ^levy$ \btoll\b wom.n war|wars u\.n\. [a-z]*tax".split()
    book = read(tmp_path, "a.ykd", nodes(*(f'name="{word}"' for word in words), patternengine="regexp"))
    assert listed(book) == "a=arm*/?*ism/levy/toll/wom?n/war/wars/u.n./*tax"


@pytest.mark.parametrize("expression", ["colou?r", "(a|b)s", "x{2}", "ab*", "a+", ".?x", "[^a]", r"\d", r"a\*", "a||b"])
def test_other_regular_expressions_are_refused_with_their_line(tmp_path, expression):
    message = re.escape(f"a.ykd, line 2: the regular expression {expression!r} cannot be read. Write it as words")
    with pytest.raises(StudyError, match=message):
        read(tmp_path, "a.ykd", nodes('name="x"', f'name="{expression}"', patternengine="regexp"))


def test_blanks_of_lexicoder_say_where_words_begin_and_end(tmp_path):
    names = ["name=' levy '", "name=' levi'", "name='toll '", "name='road tax'", "name='$ 5'", "name=' VAT-'"]
    book = read(tmp_path, "a.lcd", nodes(*names, style="Lexicoder"))
    assert listed(book) == "a=levy/levi*/*toll/*road tax*/$ 5*/VAT-*"
    assert listed(read(tmp_path, "a.ykd", nodes(*names[:2]))) == "a=levy/levi"


LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha">\n<!ENTITY b "&a;&a;">]><dictionary><cnode name="&b;"/></dictionary>'
MISTAKES = {
    "no legend": ("a.dic", "a 1\n", "a.dic, line 1: a LIWC dictionary begins with categories between two lines"),
    "an open legend": ("a.dic", "\n%\n1 a\nx 1\n", "a.dic, line 2: a LIWC dictionary begins with categories"),
    "a category without a name": ("a.dic", "%\n1 a\n2\n%\nx 1\n", "a.dic, line 3: a category is a number and a name"),
    "a number twice": ("a.dic", "%\n1 a\n1 b\n%\nx 1\n", "a.dic, line 3: the category 1 stands twice."),
    "a name twice": ("a.dic", "%\n1 a\n2 a\n%\nx 1\n", "a.dic, line 3: the category 'a' stands twice."),
    "a word alone": ("a.dic", "%\n1 a\n%\nx 1\ny\n", "a.dic, line 5: a word is followed by the numbers"),
    "an empty dictionary": ("a.dic", "%\n1 a\n%\n", "a.dic: no category lists a word. Write at least one."),
    "a strange cell": ("a.dicx", "DicTerm,a\nx,X\ny,Y\n", "a.dicx, line 3: a cell must be X, a number or empty; got"),
    "no number": ("a.dicx", "DicTerm,a\nx,nan\n", "a.dicx, line 2: a cell must be X, a number or empty; got 'nan'"),
    "a long row": ("a.dicx", "DicTerm,a\nx,X,X\n", "a.dicx, line 2: a row has a word and up to 1 cells"),
    "an open quotation": ("a.dicx", 'DicTerm,a\n"x,X\n', "a.dicx, line"),
    "a column twice": ("a.dicx", "DicTerm,a,a\nx,X,X\n", "a.dicx, line 1: the category 'a' stands twice."),
    "two weights": ("a.dicx", "DicTerm,a\nx,1\nx,2\n", "a.dicx, line 3: 'x' has the weight 2 here and 1 in line 2."),
    "no XML": ("a.ykd", "<dictionary>\n<cnode name='a'>", "a.ykd, line 2: this is not XML: no element found"),
    "other XML": ("a.ykd", "<html/>", "a.ykd, line 1: the file must hold a <dictionary>; got <html>."),
    "no name": ("a.ykd", "<dictionary>\n<cnode/></dictionary>", "a.ykd, line 2: a cnode must have a name."),
    "a pattern outside": ("a.ykd", "<dictionary>\n<pnode name='a'/></dictionary>", "a.ykd, line 2: 'a' stands in no"),
    "a name that is missing": (
        "a.ykd",
        "<dictionary><category>\n<pattern><name>x</name></pattern></category></dictionary>",
        "a.ykd, line 2: a category must have a name",
    ),
    "an old pattern": ("a.ykd", "<dictionary><pattern><name>x</name></pattern></dictionary>", "line 1: 'x' stands"),
    "a pattern without a name": (
        "a.ykd",
        "<dictionary><category><name>a</name>\n<pattern><score>1</score></pattern></category></dictionary>",
        "a.ykd, line 2: a pattern must have a name.",
    ),
    "laughs": ("a.ykd", LAUGHS, "a.ykd, line 1: this is not XML: it declares an entity."),
    "a word in no category": ("a.cat", "x (1)\n", "a.cat, line 1: 'x' stands in no category."),
    "a rule": ("a.cat", "A\n\t@BANK [BANK NEAR CASH] (1)\n", "a.cat, line 2: '@BANK [BANK NEAR CASH] (1)' is a rule"),
    "a word too early": ("a.lc3", "x\n+a\ny\n", "a.lc3, line 1: 'x' stands in no category."),
    "no joker": ("a.lc3", "+a\ncolo?r\n", "a.lc3, line 2: 'colo?r': '?' here is no wildcard of this format."),
    "any word": ("a.yml", "a: [x, 'y ??']\n", "a.yml, line 1: 'y ??': '?' here is any word of so many letters."),
    "no word": ("a.lc3", "+a\n''\n", "a.lc3, line 2: Every word of a pattern needs a letter"),
    "a name like a path": ("a.lc3", "+a > b\nx\n", "a.lc3, line 1: a category must have a name without '>'"),
    "words without a key": ("a.yml", "a: [x]\n? [b]\n: [y]\n", "a.yml, line 3: 'y' stands under no key."),
    "aliases": ("a.yml", "a: &a [x, x]\nb: &b [*a, *a]\n", "a.yml, line 1: what was written before is repeated by an"),
    "an alias of itself": ("a.yml", "a: &a [x, *a]\n", "a.yml, line 1: what was written before is repeated"),
}


@pytest.mark.parametrize(("name", "text", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_names_file_and_line(tmp_path, name, text, message):
    with pytest.raises(StudyError, match=re.escape(message)):
        read(tmp_path, name, text.encode())


def test_question_marks_read_from_a_dictionary_are_written_as_they_were_meant(tmp_path):
    for name, data in (("a.yml", b"a: ['wom?n', 'really !']\n"), ("a.lc3", b"+a\nreally ?!\n")):
        book = read(tmp_path, name, data)
        write_codebook(book, tmp_path / "ours.yaml")
        assert read_codebook(tmp_path / "ours.yaml") == book
