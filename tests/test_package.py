"""The front door: every public name is there, says what it is, and costs nothing until it is used."""

from __future__ import annotations

import inspect
import json
import logging
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import discourse

ROOT = Path(discourse.__file__).parent.parent
HEAVY = ("matplotlib", "seaborn", "nbconvert", "nbclient", "IPython", "sklearn", "scipy", "nltk", "dask", "pandas")
PROMISED = """
    read_study read_corpus Corpus tokenize read_codebook term_counts frame_counts term_frequencies hits
    frame_frequencies name_shares frame_actors keyness concordance collocates dispersion similarity
    repeated_passages evidence show findings build_report verify_report current_study
""".split()


def python(code: str) -> str:
    """Run code in a new interpreter in which every warning is an error; return what it printed."""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_the_package_imports_nothing_heavy():
    loaded = json.loads(python("import sys, json, discourse; print(json.dumps(sorted(sys.modules)))"))
    assert [name for name in HEAVY if name in loaded] == []


def test_reading_a_study_needs_no_plots_and_no_notebooks():
    code = f"import sys, discourse; discourse.read_study({str(ROOT / 'seeds')!r}).tokens; print(*sys.modules)"
    loaded = python(code).split()
    assert "pandas" in loaded
    assert [name for name in ("matplotlib", "seaborn", "nbconvert", "IPython", "sklearn") if name in loaded] == []


def test_every_public_name_is_imported_without_a_warning():
    assert python("from discourse import *; print(tokenize.__name__, show.__name__)") == "tokenize show\n"


def test_the_version_is_that_of_the_distribution():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert discourse.__version__ == metadata.version("discourse-contrast") == project["version"]


def test_the_names_that_are_promised_are_public():
    assert set(PROMISED) <= set(discourse.__all__)


@pytest.mark.parametrize("name", discourse.__all__)
def test_a_public_name_is_there_and_documented(name):
    value = getattr(discourse, name)
    if inspect.isclass(value) or callable(value):
        assert inspect.getdoc(value), name
        assert value.__module__.startswith("discourse.")


@pytest.mark.parametrize("name", [n for n in discourse.__all__ if inspect.isfunction(getattr(discourse, n))])
def test_a_public_function_spells_out_its_arguments(name):
    parameters = inspect.signature(getattr(discourse, name)).parameters.values()
    assert not [p for p in parameters if p.kind in (p.VAR_KEYWORD, p.VAR_POSITIONAL)]
    assert len([p for p in parameters if p.kind is not p.KEYWORD_ONLY]) <= 3
    # Keyness has one more than any other: which measures, by names with their options, in the place of twenty switches.
    assert len(parameters) <= (10 if name == "keyness" else 9)


def test_rooms_are_attributes_and_other_names_are_errors():
    assert discourse.measures.log_ratio is not None
    assert discourse.plots.keyness is not None
    with pytest.raises(AttributeError, match=r"has no attribute 'keynes'\. Did you mean 'keyness'\?$"):
        _ = discourse.keynes


def test_the_library_logs_without_handlers_of_its_own():
    assert logging.getLogger("discourse").handlers == []
