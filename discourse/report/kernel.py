"""Notebooks run in fresh kernels of this interpreter, untouched by configuration, locale or clock."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

log = logging.getLogger("discourse")

AT_ONCE = 2
WAKING = 0.2  # seconds
KERNEL = "discourse"
# What would otherwise differ between machines and users; the manifest lists it.
SETTINGS = {
    "LC_ALL": "C.UTF-8",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "agg",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
}
# Folders of configuration and caches: each build has its own, empty ones.
FOLDERS = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR")
DROPPED = ("LANG", "LANGUAGE", "COLUMNS", "LINES", "MATPLOTLIBRC")
DROPPED_STARTS = ("LC_", "JUPYTER", "IPYTHON", "PYTHON")
KEPT = ("PYTHONPATH", "PYTHONHOME", "PYTHONNOUSERSITE")

Result = TypeVar("Result")


class NotebookError(RuntimeError):
    """A cell of a notebook failed: the message names notebook, cell and the last line of the error."""


def run_notebooks(notebooks: Sequence[Path], study_folder: Path) -> dict[str, Any]:
    """Execute notebooks, two at a time, each in a kernel of its own, and return them by file name.

    Raises:
        NotebookError: a cell failed, or a kernel died; the other notebooks are stopped.
    """
    with tempfile.TemporaryDirectory(prefix="discourse-", ignore_cleanup_errors=True) as work:
        env = kernel_environment(os.environ, Path(work), study_folder)
        _write_kernel(Path(work))
        return _complete(_run_all(notebooks, Path(work), env))


def kernel_environment(given: Mapping[str, str], work: Path, study_folder: Path) -> dict[str, str]:
    """Return the environment of a kernel: the given one without what could change a result."""
    env = {
        name: value
        for name, value in given.items()
        if name in KEPT or (name not in DROPPED and not name.startswith(DROPPED_STARTS))
    }
    for name in FOLDERS:
        (work / name.lower()).mkdir(exist_ok=True)
        env[name] = str(work / name.lower())
    return env | SETTINGS | {"DISCOURSE_STUDY": str(study_folder), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def _write_kernel(work: Path) -> None:
    """Describe a kernel of this very interpreter, so that none needs to be installed."""
    folder = work / "kernels" / KERNEL
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=ERROR"]
    text = json.dumps({"argv": command, "display_name": KERNEL, "language": "python"})
    (folder / "kernel.json").write_text(text, encoding="utf-8")


def _complete(work: Coroutine[Any, Any, Result]) -> Result:
    """Run to the end in a thread of its own.

    In the main thread of Jupyter a loop is running already, and elsewhere nbclient would take Ctrl-C from us.
    """
    stop: Future[Callable[[], object]] = Future()
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(asyncio.run, _stoppable(work, stop))
        try:
            # A signal that comes while waiting begins does not end the wait: look up now and then.
            while wait([done], WAKING).not_done:
                continue
            return done.result()
        except KeyboardInterrupt:
            with suppress(RuntimeError):  # the loop has come to its end by itself
                stop.result()()
            raise


async def _stoppable(work: Coroutine[Any, Any, Result], stop: Future[Callable[[], object]]) -> Result:
    """Do the work, and hand over what another thread calls to end it."""
    loop, task = asyncio.get_running_loop(), asyncio.ensure_future(work)
    stop.set_result(lambda: loop.call_soon_threadsafe(task.cancel))
    return await task


async def _run_all(notebooks: Sequence[Path], work: Path, env: dict[str, str]) -> dict[str, Any]:
    free = asyncio.Semaphore(AT_ONCE)
    runs = [
        asyncio.create_task(_run_one(path, _manager(work / f"{number}.json"), env, free))
        for number, path in enumerate(notebooks)
    ]
    try:
        executed = await asyncio.gather(*runs)
    finally:
        for run in runs:
            # A second cancellation would interrupt the end of a kernel that the first one began.
            if not run.cancelling():
                run.cancel()
        await asyncio.gather(*runs, return_exceptions=True)
    return {path.name: notebook for path, notebook in zip(notebooks, executed, strict=True)}


async def _run_one(path: Path, manager: Any, env: dict[str, str], free: asyncio.Semaphore) -> Any:
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    async with free:
        notebook = nbformat.read(path, as_version=4)
        client = NotebookClient(
            notebook, km=manager, timeout=None, record_timing=False, coalesce_streams=True
        )
        log.info("running %s", path.name)
        said = Path(manager.connection_file).with_suffix(".log")
        try:
            with said.open("wb") as stderr:
                await client.async_execute(env=env, cwd=said.parent, stderr=stderr, cleanup_kc=True)
        except CellExecutionError as error:
            raise NotebookError(_failure(path, notebook, error.ename, error.evalue)) from None
        except (DeadKernelError, RuntimeError):
            last = said.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
            raise NotebookError(
                f"{path.name}: its Python stopped{f' and said: {last[0]}' if last else ''}. Was it short of memory?"
            ) from None
        finally:
            if manager.has_kernel:  # interrupted while it was starting: nbclient ends only kernels that are ready
                await manager.shutdown_kernel(now=True)
        return notebook


def _manager(connection: Path) -> Any:
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    specs = KernelSpecManager(kernel_dirs=[str(connection.parent / "kernels")], ensure_native_kernel=False)
    # Sockets in a folder that only this user can open; Windows has none, and uses ports of this machine.
    return AsyncKernelManager(
        kernel_name=KERNEL, kernel_spec_manager=specs, connection_file=str(connection),
        transport="tcp" if os.name == "nt" else "ipc",
    )


def _failure(path: Path, notebook: Any, name: str, value: str) -> str:
    """Name notebook and cell (counted from 1, prose cells too), and end with the last line of the error."""
    failed = [
        i for i, cell in enumerate(notebook.cells, start=1)
        if any(output.get("output_type") == "error" for output in cell.get("outputs", []))
    ]
    lines = value.strip().splitlines() or [""]
    return f"{path.name}, cell {failed[0] if failed else '?'}: {name}: {lines[-1]}"
