"""XML is walked, and nothing that it points to is followed."""

import pytest

from discourse.codebook.files.markup import MarkupError, walk


class Seen:
    def __init__(self):
        self.events = []

    def start(self, tag, attributes, line):
        self.events.append((tag, attributes, line))

    def end(self, tag, text):
        self.events.append((tag, text))


def seen(text):
    handler = Seen()
    walk(text, handler)
    return handler.events


def test_elements_come_with_their_lines_and_without_their_prefixes():
    assert seen('<x:a xmlns:x="y">\n<b c="&lt;&#233;"/>t&amp;u</x:a>') == [
        ("a", {"xmlns:x": "y"}, 1),
        ("b", {"c": "<é"}, 2),
        ("b", ""),
        ("a", "t&u"),
    ]


LAUGHS = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]>\n<a>&y;</a>'
OUTSIDE = '<!DOCTYPE a [\n<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % x "<!ENTITY y \'z\'>"> %x;]><a/>'


@pytest.mark.parametrize(("text", "line"), [(LAUGHS, 1), (OUTSIDE, 2), (PARAMETER, 1)])
def test_entities_are_refused(text, line):
    with pytest.raises(MarkupError, match="it declares an entity") as caught:
        seen(text)
    assert caught.value.line == line


def test_a_type_without_entities_is_fine():
    assert seen('<!DOCTYPE a SYSTEM "nowhere.dtd"><a/>')[0] == ("a", {}, 1)


@pytest.mark.parametrize(("text", "line"), [("<a>\n<b></a>", 2), ("", 1), ("<a/>\n<b/>", 2), ("<a>\ud800</a>", 1)])
def test_what_is_no_xml_names_its_line(text, line):
    with pytest.raises(MarkupError) as caught:
        seen(text)
    assert caught.value.line == line
