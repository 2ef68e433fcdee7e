"""Codebooks from files: what is read, and every mistake with its line and what to do."""

from importlib.resources import files
from pathlib import Path

import pytest

from discourse._errors import StudyError
from discourse.codebook import Codebook, Negation, read_codebook

ROOT = Path(__file__).parents[2]

WHOLE = """\
frames:
  spheres:
    definition: Space that answers to another.
    include: ["sphere* of ~3 influence", "{agent} orbit"]
    exclude: ["into orbit"]
    examples: ["a sphere of Russian influence"]
    counterexamples: ["the sphere is made of steel"]
actors:
  Russia: ["Russia*", Moscow]
  NATO:
    include: [NATO]
    exclude: [non-NATO]
names:
  war:
    operation: [special operation]
    44-day war:
      include: [44-day war]
"""


def write(folder, text):
    path = folder / "codebook.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_whole_codebook_is_read(tmp_path):
    codebook = read_codebook(write(tmp_path, WHOLE))
    assert repr(codebook) == "Codebook(1 frames, 2 actors, 1 referents)"
    assert [(e.kind, e.key, e.name, len(e.include), len(e.exclude)) for e in codebook.entries] == [
        ("frame", "spheres", "", 2, 1),
        ("actor", "Russia", "", 2, 0),
        ("actor", "NATO", "", 1, 1),
        ("name", "war", "operation", 1, 0),
        ("name", "war", "44-day war", 1, 0),
    ]
    spheres = codebook.frames["spheres"]
    assert spheres.definition == "Space that answers to another."
    assert spheres.examples == ("a sphere of Russian influence",)
    assert codebook.names["war"]["44-day war"].include[0].text == "44-day war"


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b"# a comment\r\n"])
def test_a_byte_order_mark_and_other_line_ends_are_fine(tmp_path, start):
    text = start + WHOLE.replace("\n", "\r\n").encode()
    assert len(read_codebook(write(tmp_path, text)).entries) == 5


FULL = """\
frames:
  power:
    definition: Who answers to whom.
    include: [hegemon*]
    frames:
      spheres:
        include:
        - orbit
        - {pattern: backyard, weight: 0.5, not_near: [garden]}
        near: {patterns: [Russia*, "=US"], within: 5}
        not_near:
        - {patterns: [rocket], within: document}
        - patterns: [satellite]
  trade:
    frames:
      corridors: {include: [corridor]}
nested_scope: dictionary
negation: {words: ['no', not], within: 4, until: []}
"""


def test_levels_weights_conditions_and_settings_are_read(tmp_path):
    codebook = read_codebook(write(tmp_path, FULL))
    assert list(codebook.frames) == ["power", "power > spheres", "trade > corridors"]
    assert codebook.frames["power"].definition == "Who answers to whom."
    spheres = codebook.frames["power > spheres"]
    assert [(p.text, p.weight, len(p.conditions)) for p in spheres.include] == [("orbit", 1, 0), ("backyard", 0.5, 1)]
    assert [([p.text for p in c.patterns], c.within, c.wanted) for c in spheres.conditions] == [
        (["Russia*", "=US"], 5, True),
        (["rocket"], "document", False),
        (["satellite"], "sentence", False),
    ]
    assert codebook.nested_scope == "dictionary"
    assert codebook.weighted
    assert codebook.negation == Negation(("no", "not"), 4, ())


def test_the_template_and_the_shipped_codebook_are_read():
    template = files("discourse") / "templates" / "codebook.yaml"
    assert read_codebook(Path(str(template))).entries
    assert read_codebook(ROOT / "seeds/codebook.yaml").entries


def test_every_codebook_in_the_documentation_is_read(tmp_path):
    blocks = (ROOT / "docs/codebook.md").read_text("utf-8").split("```yaml\n")[1:]
    assert blocks
    for block in blocks:
        assert isinstance(read_codebook(write(tmp_path, block.partition("```")[0])), Codebook)


FRAME = "frames:\n  f:\n    include: [a]\n"
MISTAKES = {
    "empty": (
        "",
        "codebook.yaml: the file is empty. Write at least one frame, actor or name.",
    ),
    "comments only": (
        "# a\n",
        "codebook.yaml: the file is empty. Write at least one frame, actor or name.",
    ),
    "no entries": (
        "frames: {}\n",
        "codebook.yaml: the file lists nothing to look for. Write at least one frame, actor or name.",
    ),
    "not a mapping": (
        "- a\n",
        "codebook.yaml, line 1: the codebook must be a mapping of names to values. "
        "Indent them and end names with a colon.",
    ),
    "nothing under frames": (
        "actors:\nframes:\n",
        "codebook.yaml, line 1: actors must be a mapping of names to values. Indent them and end names with a colon.",
    ),
    "unknown part": (
        "frame:\n  f: [a]\n",
        "codebook.yaml, line 1: unknown key 'frame'; the keys here are 'frames', 'actors', 'names', 'nested_scope', "
        "'negation'. Did you mean 'frames'?",
    ),
    "unknown key": (
        FRAME + "    exlude: [b]\n",
        "codebook.yaml, line 4: "
        "unknown key 'exlude'; the keys here are 'definition', 'include', 'exclude', 'near', 'not_near', 'examples', "
        "'counterexamples', 'frames'. Did you mean 'exclude'?",
    ),
    "unknown key of an actor": (
        "actors:\n  A:\n    includes: [a]\n",
        "codebook.yaml, line 3: unknown key 'includes'; the keys here are 'include', 'exclude', 'near', 'not_near'. "
        "Did you mean 'include'?",
    ),
    "the same frame twice": (
        FRAME + "  f:\n    include: [b]\n",
        "codebook.yaml, line 4: the key 'f' stands twice. Join the two, or rename one.",
    ),
    "the same key twice": (
        FRAME + "    include: [b]\n",
        "codebook.yaml, line 4: the key 'include' stands twice. Join the two, or rename one.",
    ),
    "a truth value": (
        "actors:\n  A:\n  - yes\n",
        "codebook.yaml, line 3: 'yes' is read as a truth value. Put it in quotes: \"yes\".",
    ),
    "a truth value as a key": (
        "actors:\n  NO: [Norway]\n",
        "codebook.yaml, line 2: 'NO' is read as a truth value. Put it in quotes: \"NO\".",
    ),
    "a date": (
        "actors:\n  A: [2022-02-24]\n",
        "codebook.yaml, line 2: '2022-02-24' is read as a date. Put it in quotes: \"2022-02-24\".",
    ),
    "a number": (
        "actors:\n  A: [1917]\n",
        "codebook.yaml, line 2: '1917' is read as a number. Put it in quotes: \"1917\".",
    ),
    "a number with a dot": (
        "actors:\n  A: [3.5]\n",
        "codebook.yaml, line 2: '3.5' is read as a number. Put it in quotes: \"3.5\".",
    ),
    "nothing": (
        "actors:\n  A:\n  - a\n  -\n",
        'codebook.yaml, line 4: an empty value is read as nothing. Put it in quotes: "".',
    ),
    "a merge key": (
        FRAME.replace("f:\n", "f:\n    <<: {}\n"),
        "codebook.yaml, line 3: '<<' is read as something else than words. Put it in quotes: \"<<\".",
    ),
    "a mapping for a pattern": (
        "actors:\n  A: [{a: b}]\n",
        "codebook.yaml, line 2: unknown key 'a'; the keys here are 'pattern', 'weight', 'near', 'not_near'.",
    ),
    "a list for a pattern": (
        "actors:\n  A: [[a]]\n",
        "codebook.yaml, line 2: "
        "an item of include of the actor 'A' must be words, not a list or mapping. "
        "Put it on one line, in quotes.",
    ),
    "a weight without a pattern": (
        "frames:\n  f:\n    include: [{weight: 2}]\n",
        "codebook.yaml, line 3: an item of include of the frame 'f' has no pattern. "
        "Write pattern: in front of its words.",
    ),
    "a weight of an actor": (
        "actors:\n  A: [{pattern: a, weight: 2}]\n",
        "codebook.yaml, line 2: only patterns of frames have weights. Remove it.",
    ),
    "a weight in words": (
        "frames:\n  f:\n    include: [{pattern: a, weight: '2'}]\n",
        "codebook.yaml, line 3: a weight must be a number; got '2'. Write one without quotes.",
    ),
    "an endless weight": (
        "frames:\n  f:\n    include: [{pattern: a, weight: .inf}]\n",
        "codebook.yaml, line 3: a weight must be a number; got '.inf'. Write one without quotes.",
    ),
    "nothing to be near": (
        FRAME + "    near: {within: 3}\n",
        "codebook.yaml, line 4: near of the frame 'f' lists no pattern. Add one, or remove it.",
    ),
    "half a word away": (
        FRAME + "    near: {patterns: [b], within: -1}\n",
        "codebook.yaml, line 4: within of near of the frame 'f' must be a whole number from 0; got '-1'. Write one.",
    ),
    "an unknown distance": (
        FRAME + "    not_near: {patterns: [b], within: sentense}\n",
        "codebook.yaml, line 4: within of not_near of the frame 'f' must be one of 'sentence', 'paragraph', "
        "'document'; got 'sentense'. Did you mean 'sentence'?",
    ),
    "an unknown scope": (
        FRAME + "nested_scope: keys\n",
        "codebook.yaml, line 4: nested_scope must be one of 'key', 'dictionary'; got 'keys'. Did you mean 'key'?",
    ),
    "a frame named again below": (
        "frames:\n  a > b: {include: [x]}\n  a:\n    frames:\n      b: {include: [y]}\n",
        "codebook.yaml, line 5: the key 'a > b' stands twice. Join the two, or rename one.",
    ),
    "words for a list": (
        "frames:\n  f:\n    include: a\n",
        "codebook.yaml, line 3: include of the frame 'f' must be a list. "
        "Put each on a line of its own with '- ' in front.",
    ),
    "a list for a definition": (
        FRAME + "    definition: [a]\n",
        "codebook.yaml, line 4: a definition must be words, not a list or mapping. Put it on one line, in quotes.",
    ),
    "words for an actor": (
        "actors:\n  A: a\n",
        "codebook.yaml, line 2: the actor 'A' must be a mapping of names to values. "
        "Indent them and end names with a colon.",
    ),
    "no patterns": (
        "frames:\n  f:\n    definition: x\n",
        "codebook.yaml, line 3: the frame 'f' lists no pattern, so it could never be found. "
        "Add one, or remove the entry.",
    ),
    "an empty list": (
        "names:\n  war:\n    fight: []\n",
        "codebook.yaml, line 3: the name 'fight' lists no pattern, so it could never be found. "
        "Add one, or remove the entry.",
    ),
    "an empty pattern": (
        "actors:\n  A:\n  - ' '\n",
        "codebook.yaml, line 3: A pattern must have at least one word; got ' '. Write a word or leave the line out.",
    ),
    "a bad gap": (
        "actors:\n  A: [a]\nframes:\n  f:\n    include:\n    - a ~x b\n",
        "codebook.yaml, line 6: "
        "A gap is written ~N between two words, as in 'sphere* of ~3 influence'; got '~x' in 'a ~x b'.",
    ),
    "an unknown slot": (
        "frames:\n  f:\n    include: ['{who} a']\n",
        "codebook.yaml, line 3: A slot must be {agent} or {target}, as a word of its own; got '{who}' in '{who} a'.",
    ),
    "a slot of an actor": (
        "actors:\n  A: ['{agent} a']\n",
        "codebook.yaml, line 2: '{agent} a': only patterns of frames have slots. Name the actor itself.",
    ),
    "a slot without actors": (
        "frames:\n  f:\n    include: ['{agent} a']\n",
        "codebook.yaml, line 3: '{agent} a' has a slot, but the codebook lists no actors. Add some, or name one here.",
    ),
    "an example that does not match": (
        FRAME + "    examples:\n    - an a\n    - b\n",
        "codebook.yaml, line 6: the example 'b' does not match. Mend the patterns of 'f' or the example.",
    ),
    "a counterexample that matches": (
        FRAME + "    counterexamples:\n    - b\n    - an a\n",
        "codebook.yaml, line 6: the counterexample 'an a' matches. Mend the patterns of 'f' or the example.",
    ),
    "not UTF-8": (
        b"actors:\n  A: [caf\xe9]\n",
        "codebook.yaml, line 2: this is not UTF-8. Save the file as UTF-8.",
    ),
    "a tab": (
        "actors:\n\tA: [a]\n",
        "codebook.yaml, line 2: this is not YAML: found character '\\t' that cannot start any token. "
        "Check indentation, colons and quotes.",
    ),
    "an unquoted slot": (
        FRAME + "    exclude:\n    - {agent} orbit\n",
        "codebook.yaml, line 5: this is not YAML: expected <block end>, but found '<scalar>'. "
        "Check indentation, colons and quotes.",
    ),
    "a control character": (
        FRAME + "# \x07\n",
        "codebook.yaml, line 4: this is not YAML: special characters are not allowed. Remove the invisible character.",
    ),
    "two documents": (
        FRAME + "---\n" + FRAME,
        "codebook.yaml, line 4: this is not YAML: but found another document. Check indentation, colons and quotes.",
    ),
    "too deep": (
        "[" * 5000,
        "codebook.yaml: this is not YAML: it is nested too deeply. Check brackets.",
    ),
}


@pytest.mark.parametrize(
    ("include", "message"),
    [
        ('"*"', "'*' would find every word there is. Add a word to it."),
        ('"* ~2 *"', "'* ~2 *' would find every word there is. Add a word to it."),
        ('"a **"', "A lone * is one word; got '**' in 'a **'. Write '* *' for two, or ~N for up to N."),
        ('"(war|peace)s"', "'(war|peace)s' looks like a regular expression. Write * for letters, a|b for either."),
        (
            '"-led"',
            "A hyphen must stand between two parts of a word; got '-led' in '-led'. "
            "Write '*-led' for longer words, or '- led' for the sign by itself.",
        ),
        ('"a ~101 b"', "A gap has up to 100 words; got '~101' in 'a ~101 b'. Write a smaller number."),
        ('"a ~9999999 b"', "A gap has up to 100 words; got '~9999999' in 'a ~9999999 b'. Write a smaller number."),
        (
            "{pattern: a, near: {patterns: [b], within: 101}}",
            "within of near of include of the frame 'f' must be up to 100; got '101'. Write sentence instead.",
        ),
    ],
)
def test_patterns_that_nobody_can_mean_are_refused(tmp_path, include, message):
    file = tmp_path / "codebook.yaml"
    file.write_text(f"frames:\n  f:\n    include: [{include}]\n", "utf-8")
    with pytest.raises(StudyError) as error:
        read_codebook(file)
    assert str(error.value) == f"codebook.yaml, line 3: {message}"


def test_keys_that_look_alike_are_the_same_key(tmp_path):
    file = tmp_path / "codebook.yaml"
    file.write_text("frames:\n  \u00e9: {include: [a]}\n  e\u0301: {include: [b]}\n", "utf-8")
    with pytest.raises(StudyError, match="line 3: the key 'e\u0301' stands twice"):
        read_codebook(file)


@pytest.mark.parametrize(("text", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_names_file_and_line_and_what_to_do(tmp_path, text, message):
    with pytest.raises(StudyError) as caught:
        read_codebook(write(tmp_path, text))
    assert str(caught.value) == message


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(StudyError, match="there is no such file"):
        read_codebook(tmp_path / "codebook.yaml")
    with pytest.raises(StudyError, match="cannot be read"):
        read_codebook(tmp_path)


def test_examples_are_checked_frame_by_frame(tmp_path):
    text = FRAME + "    examples: [a b]\n    counterexamples: [b]\n  g:\n    include: [b]\n    examples: [a b]\n"
    assert list(read_codebook(write(tmp_path, text)).frames) == ["f", "g"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('frames:\n  " ": {include: [war]}\n', "line 2: a key must be words without a tab; got ' '. Name what"),
        ('names:\n  "a\\tb": {war: [war]}\n', "line 2: a key must be words without a tab; got 'a\\tb'. Name what"),
        ("frames:\n  f: {include: [war]}\nnames:\n  r: {}\n", "line 4: the referent 'r' has no names. Write"),
    ],
)
def test_keys_that_name_nothing_are_refused(tmp_path, text, message):
    (tmp_path / "codebook.yaml").write_text(text, "utf-8")
    with pytest.raises(StudyError) as error:
        read_codebook(tmp_path / "codebook.yaml")
    assert str(error.value).startswith(f"codebook.yaml, {message}")
