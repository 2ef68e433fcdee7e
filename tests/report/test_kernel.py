"""Notebooks in kernels that nothing of the user reaches."""

import asyncio
import sys
from pathlib import Path

import pytest
from tiny import write_notebook

from discourse.report import NotebookError, kernel
from discourse.report.kernel import SETTINGS, kernel_environment, run_notebooks


def test_what_could_change_a_result_is_taken_out_of_the_environment(tmp_path: Path) -> None:
    user = {
        "PYTHONSTARTUP": "x", "PYTHONHASHSEED": "7", "LC_NUMERIC": "de_DE", "LANG": "tr_TR", "MATPLOTLIBRC": "x",
        "JUPYTER_CONFIG_DIR": "x", "COLUMNS": "40", "PATH": "/bin", "PYTHONPATH": "/lib",
    }
    env = kernel_environment(user, tmp_path, Path("/study"))
    assert SETTINGS.items() <= env.items()
    assert (env["PATH"], env["PYTHONPATH"], env["DISCOURSE_STUDY"]) == ("/bin", "/lib", str(Path("/study")))
    assert not {"PYTHONSTARTUP", "LC_NUMERIC", "LANG", "MATPLOTLIBRC", "COLUMNS"} & env.keys()
    assert Path(env["JUPYTER_CONFIG_DIR"]).parent == tmp_path


def test_a_notebook_runs_in_this_interpreter_and_sees_the_study(tmp_path: Path) -> None:
    cell = "import os, sys\n'|'.join([os.environ['DISCOURSE_STUDY'], sys.prefix, os.environ['TZ']])"
    write_notebook(tmp_path / "01-a.ipynb", [cell])
    executed = run_notebooks([tmp_path / "01-a.ipynb"], tmp_path)
    shown = executed["01-a.ipynb"].cells[0].outputs[0]["data"]["text/plain"]
    assert shown == repr(f"{tmp_path}|{sys.prefix}|UTC")


def test_notebooks_run_from_inside_a_running_loop(tmp_path: Path) -> None:
    write_notebook(tmp_path / "01-a.ipynb", ["1 + 1"])

    async def from_jupyter() -> dict[str, object]:
        return run_notebooks([tmp_path / "01-a.ipynb"], tmp_path)

    assert list(asyncio.run(from_jupyter())) == ["01-a.ipynb"]


def test_a_kernel_that_is_interrupted_while_it_starts_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_notebook(tmp_path / "01-a.ipynb", ["1 + 1"])
    made, manager = [], kernel._manager

    def noted(connection: Path) -> object:
        made.append(manager(connection))
        return made[-1]

    async def interrupted(*args: object, **options: object) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr(kernel, "_manager", noted)
    monkeypatch.setattr("jupyter_client.asynchronous.client.AsyncKernelClient.wait_for_ready", interrupted)
    with pytest.raises(asyncio.CancelledError):
        run_notebooks([tmp_path / "01-a.ipynb"], tmp_path)
    assert [own.has_kernel for own in made] == [False]


def test_a_failing_cell_is_named_with_the_last_line_of_its_error(tmp_path: Path) -> None:
    write_notebook(tmp_path / "01-a.ipynb", ["# Title", "x = 1", "raise ValueError('first\\nlast')"])
    with pytest.raises(NotebookError, match=r"^01-a\.ipynb, cell 3: ValueError: last$"):
        run_notebooks([tmp_path / "01-a.ipynb"], tmp_path)


def test_a_kernel_that_dies_is_an_error_that_names_the_notebook(tmp_path: Path) -> None:
    write_notebook(tmp_path / "01-a.ipynb", ["import os\nos._exit(1)"])
    with pytest.raises(NotebookError, match=r"01-a\.ipynb: its Python stopped"):
        run_notebooks([tmp_path / "01-a.ipynb"], tmp_path)
