"""Small corpora for the tests of counts and tables, and a codebook that finds something in them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from hypothesis import strategies as st

from discourse.codebook import Codebook, Entry, parse_pattern
from discourse.corpus import Corpus
from discourse.tokens import Tokens, tokenize

PIECES = """war war war peace Russia Russian NATO US us no not only said sphere of influence spheres containment
multi-vector Turkish-Russian Türkiye Turkey special operation “ ” “war” , . . ; 3.74""".split()
PIECES += ["sphere of influence", "containment of Russia", "\n\n", "\nTITLE war and peace\n"]
COLUMNS = ("text", "outlet", "author", "year")


def entry(kind: str, key: str, *patterns: str, name: str = "") -> Entry:
    return Entry(kind, key, tuple(parse_pattern(pattern) for pattern in patterns), name)


BOOK = Codebook(
    frames={
        "spheres": entry("frame", "spheres", "sphere* of ~2 influence", "{agent} sphere* of influence"),
        "containment": entry("frame", "containment", "containment", "containment of {target}", "{target} containment"),
        "war": entry("frame", "war", "war", "no war"),
    },
    actors={
        "Russia": entry("actor", "Russia", "Russia*"),
        "NATO": entry("actor", "NATO", "NATO"),
        "United States": entry("actor", "United States", "US"),
    },
    names={
        "Türkiye": {n: entry("name", "Türkiye", n, name=n) for n in ("Türkiye", "Turkey")},
        "the war": {n: entry("name", "the war", n, name=n) for n in ("war", "special operation")},
    },
)


def corpus_of(rows: list[tuple[object, ...]]) -> Corpus:
    """Documents d0, d1, … of (text, outlet, author, year); a line that begins with TITLE is a title."""
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"text": "str", "outlet": "str", "author": "str"})
    plain = Corpus.from_frame(frame.assign(doc_id=[f"d{i}" for i in range(len(frame))]), id="doc_id")
    zones = [zone for doc_id, row in zip(plain.documents.index, rows, strict=True) for zone in _zones(doc_id, row[0])]
    return replace(plain, zones=pd.DataFrame(zones, columns=plain.zones.columns).astype(plain.zones.dtypes))


def _zones(doc_id: str, text: str) -> list[tuple[object, ...]]:
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        zone = "title" if line.startswith("TITLE") else "body"
        if found and found[-1][3] == zone:
            found[-1] = (doc_id, found[-1][1], at + len(line), zone, "", "")
        else:
            found.append((doc_id, at, at + len(line), zone, "", ""))
        at += len(line)
    return found


def tokens_of(*texts: str, outlet: str = "A") -> Tokens:
    return tokenize(corpus_of([(text, outlet, "x", 2020) for text in texts]))


TEXTS = st.lists(st.sampled_from(PIECES), max_size=24).map(" ".join)
ROWS = st.tuples(
    TEXTS, st.sampled_from(["A", "B", ""]), st.sampled_from(["x", "y", ""]), st.sampled_from([9, 10, None])
)
CORPORA = st.lists(ROWS, min_size=1, max_size=5).map(corpus_of)

STUDY = tokenize(
    corpus_of(
        [
            (
                "TITLE war\nRussia fears a sphere of influence. “War is near,” Putin said. No war, not only war.",
                "A",
                "x",
                9,
            ),
            (
                "Russian spheres of influence and containment of Russia: NATO and the US want war, war, war.",
                "A",
                "x",
                10,
            ),
            ("Türkiye is “multi-vector”. Turkey, Turkey and the special operation; Turkish-Russian war.", "B", "y", 9),
            ("", "B", "y", None),
            ("A war of words, said NATO. “It is no war,” he said. Sphere of US influence.", "", "", None),
        ]
    )
)
WHERES = [
    None,
    {"zone": "all"},
    {"voice": "author"},
    {"voice": ["quoted", "marked"], "zone": "all"},
    {"doc_id": "d0"},
    {"zone": "title"},
]
BYS: list[str | list[str] | None] = [
    None,
    "outlet",
    ["outlet", "voice"],
    "author",
    "zone",
    "year",
    "doc_id",
    "sentence",
    ["year", "speaker"],
]
