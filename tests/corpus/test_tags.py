"""Tables whose texts are markup are said to be, wherever they are read."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.corpus import read_corpus
from discourse.study import read_study

TAGGED = pd.DataFrame({"text": ["<p>War.</p>", "One<BR/>two", "Peace."], "paper": "A"})


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_a_table_of_markup_warns_with_its_name(tmp_path, ending):
    path = tmp_path / f"a.{ending}"
    TAGGED.to_csv(path, index=False) if ending == "csv" else TAGGED.to_json(path, orient="records", lines=True)
    with pytest.warns(UserWarning, match=rf"a\.{ending}: 2 of 3 texts hold tags of HTML such as </p>"):
        read_corpus(str(path))
    (tmp_path / "study.toml").write_text(f'group = "paper"\n[[sources]]\npath = "a.{ending}"\n')
    with pytest.warns(UserWarning, match=rf"^a\.{ending}: 2 of 3 texts hold tags"):
        read_study(tmp_path)


def test_a_table_in_memory_warns_too():
    with pytest.warns(UserWarning, match=r"^The corpus: 2 of 3 texts hold tags of HTML"):
        read_corpus(TAGGED)


def test_a_few_texts_that_speak_of_tags_do_not():
    assert len(read_corpus(TAGGED.iloc[[0, 2]])) == 2  # warnings are errors here
    assert len(read_corpus(pd.DataFrame({"text": ["a < b and c > d", "1 <2> 3"]}))) == 2
