"""The `discourse` command: reports and tables from the shell.

An error that a user can mend is one message on standard error and exit code 2, never a traceback.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from discourse.study import Study

DONE, DIFFERENT, FAILED, INTERRUPTED = 0, 1, 2, 130
STUDY_HELP = (
    "folder with study.toml; default: what DISCOURSE_STUDY names, else the nearest study.toml above this folder, "
    "else the study of the checkout"
)
OUTPUT_HELP = "folder of the report; default: reports/ for the study of the checkout, else STUDY/report"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 done, 1 a report differs, 2 an error, 130 interrupted."""
    options = parser().parse_args(arguments)
    with _progress(), _ended_as_interrupted():
        try:
            return int(options.run(options))
        except BrokenPipeError:
            # The reader (head, less) has seen enough; closing standard output again would complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return DONE
        except KeyboardInterrupt:
            return _complain("interrupted; nothing was changed.", INTERRUPTED)
        except OSError as error:
            return _complain(_of_file(error), FAILED)
        except (ValueError, RuntimeError) as error:
            return _complain(str(error), FAILED)


@contextmanager
def _ended_as_interrupted() -> Iterator[None]:
    """Let a scheduler that ends the command (SIGTERM) do what Ctrl-C does, so that nothing half-done is left."""
    if threading.current_thread() is not threading.main_thread():  # only there can signals be heard
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(
        prog="discourse", description="Who frames what, in whose words, and how sure can we be?"
    )
    top.add_argument("--version", action="version", version=f"discourse {metadata.version('discourse-contrast')}")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_report(commands.add_parser("report", help="run the notebooks on a study and write the report"))
    _add_verify(commands.add_parser("verify", help="rebuild a report elsewhere and compare every byte"))
    _add_frames(commands.add_parser("frames", help="table of frames by group, as CSV"))
    _add_concordance(commands.add_parser("concordance", help="every line in which a pattern stands, as CSV"))
    return top


def _add_report(command: argparse.ArgumentParser) -> None:
    command.add_argument("study", nargs="?", type=Path, metavar="STUDY", help=STUDY_HELP)
    command.add_argument("-o", "--output", type=Path, metavar="FOLDER", help=OUTPUT_HELP)
    command.set_defaults(run=_report)


def _add_verify(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help=OUTPUT_HELP)
    command.add_argument("--study", type=Path, help="the study, where the report does not name it")
    command.set_defaults(run=_verify)


def _add_frames(command: argparse.ArgumentParser) -> None:
    command.add_argument("study", nargs="?", type=Path, metavar="STUDY", help=STUDY_HELP)
    command.add_argument("--by", metavar="COLUMN", help="what is compared; default: the group of the study")
    _add_file(command)
    command.set_defaults(run=_frames)


def _add_concordance(command: argparse.ArgumentParser) -> None:
    command.add_argument("pattern", metavar="PATTERN", help="as in a codebook: 'sphere* of ~3 influence'")
    command.add_argument("study", nargs="?", type=Path, metavar="STUDY", help=STUDY_HELP)
    command.add_argument("--width", type=int, default=10, help="words left and right; default: 10")
    _add_file(command)
    command.set_defaults(run=_concordance)


def _add_file(command: argparse.ArgumentParser) -> None:
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")


def _report(options: argparse.Namespace) -> int:
    from discourse.report import build_report
    from discourse.report.build import default_output

    folder = _study_folder(options.study)
    page = build_report(folder, options.output or default_output(folder))
    sys.stdout.write(f"{page}\n")
    return DONE


def _verify(options: argparse.Namespace) -> int:
    from discourse.report import verify_report
    from discourse.report.build import default_output

    folder = options.folder or default_output(_study_folder(options.study))
    files = verify_report(folder, study=options.study)
    other = files[files["status"] != "same"]
    for name, status in zip(other["file"], other["status"], strict=True):
        sys.stdout.write(f"{status}: {name}\n")
    if other.empty:
        sys.stdout.write(f"identical: all {len(files)} files, byte for byte.\n")
    else:
        sys.stdout.write(f"{len(files) - len(other)} of {len(files)} files are the same.\n")
    return DIFFERENT if len(other) else DONE


def _frames(options: argparse.Namespace) -> int:
    from discourse.tables import frame_frequencies

    study = _study(options.study)
    if not study.codebook.frames:
        raise ValueError(
            f"The study in {study.folder} has no frames to count. "
            'List them in codebook.yaml, and write codebook = "codebook.yaml" into study.toml.'
        )
    return _write(frame_frequencies(study.tokens, study.codebook, by=options.by or study.group), options.output)


def _concordance(options: argparse.Namespace) -> int:
    from discourse.tables import concordance

    study = _study(options.study)
    return _write(concordance(study.tokens, options.pattern, width=options.width), options.output)


def _study(folder: Path | None) -> Study:
    from discourse.study import current_study, read_study

    return read_study(folder) if folder else current_study()


def _study_folder(folder: Path | None) -> Path:
    if folder is None:
        return _study(None).folder
    return folder.parent if folder.is_file() else folder


def _write(table: pd.DataFrame, file: Path | None) -> int:
    """Write a table as CSV to standard output, or to a file that appears when it is complete."""
    from discourse._writing import write_whole
    from discourse.report.cells import table_csv

    data = table_csv(table).encode("utf-8")
    if file is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return DONE
    if not file.parent.is_dir():
        raise FileNotFoundError(f"{file.parent} is no folder. Make it, or name another file.")
    write_whole(file, data)
    return DONE


class _progress:
    """Send the library's log to standard error while a command runs."""

    def __init__(self) -> None:
        self.log = logging.getLogger("discourse")
        self.level = self.log.level
        self.handler = logging.StreamHandler()
        self.handler.setFormatter(logging.Formatter("discourse: %(message)s"))

    def __enter__(self) -> None:
        self.log.addHandler(self.handler)
        self.log.setLevel(logging.INFO)

    def __exit__(self, *error: object) -> None:
        self.log.removeHandler(self.handler)
        self.log.setLevel(self.level)


def _of_file(error: OSError) -> str:
    """Say what went wrong with which file, without the number of the error."""
    return f"{error.filename}: {error.strerror}." if error.filename and error.strerror else str(error)


def _complain(message: str, code: int) -> int:
    sys.stderr.write(f"discourse: {message}\n")
    return code
