"""Writing files: complete or not at all, and what to do where it cannot be done."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

# What the system says where there is no room, no right to write, or no such name can be.
_NAMES = "ENOSPC EDQUOT EFBIG EROFS EACCES EPERM ENAMETOOLONG ENOTDIR".split()
_UNWRITABLE = {getattr(errno, name) for name in _NAMES if hasattr(errno, name)}


@contextmanager
def writing_to(target: PurePath) -> Iterator[None]:
    """Say what cannot be written, and what to do, where the system says only that there is no room or no right.

    Raises:
        OSError: of the kind that was raised, in two sentences.

    >>> with writing_to(PurePath("news.tokens")):
    ...     raise OSError(errno.ENOSPC, "No space left on device")
    Traceback (most recent call last):
    OSError: news.tokens cannot be written: No space left on device. Make room, or name a place where you may write.
    """
    try:
        yield
    except OSError as error:
        if error.errno is None or error.errno not in _UNWRITABLE:
            raise
        raise type(error)(
            f"{target} cannot be written: {os.strerror(error.errno)}. Make room, or name a place where you may write."
        ) from None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that appears when it is complete; what was there stays until then.

    Raises:
        OSError: it cannot be written.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "codes.csv"
    >>> write_whole(file, b"unit,code")
    >>> file.read_bytes(), len(list(file.parent.iterdir()))
    (b'unit,code', 1)
    """
    new = path.with_name(f".{path.name}.unfinished")
    with writing_to(path):
        try:
            new.write_bytes(data)
            os.replace(new, path)
        finally:
            new.unlink(missing_ok=True)
