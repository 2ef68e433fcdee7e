"""Files that are complete or not there, and messages that say where there is no room."""

import errno
import os

import pandas as pd
import pytest

import discourse
from discourse._writing import write_whole, writing_to
from discourse.report.folder import replacing


@pytest.mark.parametrize(
    ("kind", "number"), [(OSError, errno.ENOSPC), (PermissionError, errno.EACCES), (OSError, errno.EROFS)]
)
def test_what_cannot_be_written_is_named_with_what_to_do(tmp_path, kind, number):
    said = rf"report cannot be written: {os.strerror(number)}\. Make room, or name a place"
    with pytest.raises(kind, match=said), writing_to(tmp_path / "report"):
        raise kind(number, os.strerror(number), "some/other/file")


@pytest.mark.parametrize("error", [FileNotFoundError(errno.ENOENT, "No such file"), OSError("said already")])
def test_other_errors_are_left_as_they_are(tmp_path, error):
    with pytest.raises(type(error)) as raised, writing_to(tmp_path):
        raise error
    assert raised.value is error


def test_what_was_there_stays_when_a_file_cannot_be_written(tmp_path, monkeypatch):
    file = tmp_path / "codes.csv"
    write_whole(file, b"coded")

    def fill(path, data):
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", fill)
    sheet = pd.DataFrame([dict.fromkeys("unit frame definition before sentence after code stance note".split(), "")])
    for write in (lambda: write_whole(file, b"more"), lambda: discourse.write_coding_sheet(sheet, file)):
        with pytest.raises(OSError, match=r"codes\.csv cannot be written: No space left"):
            write()
    assert [path.name for path in tmp_path.iterdir()] == ["codes.csv"]
    assert file.read_bytes() == b"coded"


def test_a_report_on_a_disk_without_room_says_which(tmp_path):
    said = r"report cannot be written: No space left on device\. Make room"
    with pytest.raises(OSError, match=said), replacing(tmp_path / "report"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert not list(tmp_path.iterdir())
