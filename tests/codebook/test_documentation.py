"""The table of patterns in docs/codebook.md is true."""

import re
from pathlib import Path

import pandas as pd
import pytest

from discourse.codebook import Codebook, Entry, parse_pattern, search
from discourse.corpus import Corpus
from discourse.tokens import tokenize

PAGE = (Path(__file__).parents[2] / "docs/codebook.md").read_text("utf-8")
CELLS = [re.split(r"(?<!\\)\|", line)[1:4] for line in PAGE.splitlines() if line.startswith("| `")]
ACTORS = {"Russia": Entry("actor", "Russia", tuple(map(parse_pattern, ("Russia*", "Moscow", "Kremlin"))))}


def found(pattern, text):
    book = Codebook({"f": Entry("frame", "f", (parse_pattern(pattern),))}, ACTORS)
    tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": [text]})))
    return len(search(tokens, book, kinds=("frame",)).entry) > 0


@pytest.mark.parametrize("cells", CELLS, ids=lambda cells: cells[0].strip())
def test_a_pattern_finds_what_the_page_says_and_not_what_it_excludes(cells):
    pattern, finds, misses = (cell.strip().replace("\\|", "|") for cell in cells)
    for text in re.sub(r"\(.*?\)|, with .*", "", finds).split(","):
        assert found(pattern.strip("`"), text), text
    assert not found(pattern.strip("`"), misses), misses


def test_the_page_has_a_row_for_every_part_of_the_language():
    assert len(CELLS) == 11
