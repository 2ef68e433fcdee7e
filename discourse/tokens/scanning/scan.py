"""Text to ids: where tokens start, and which type each one is.

A token is a run of letters, marks and digits (Unicode categories L, M, N) with inner apostrophes, hyphens and
dots of numbers and initialisms (`multi-vector`, `Russia’s`, `U.S.`, `3.74`, `JF-17`). Every other visible character
is a token of its own. White space, control and format characters (NBSP, soft hyphen, zero width, BOM) stand between.

The text is cut into blocks between tokens, and blocks are scanned side by side by one of two kernels. Types are
numbered in the order in which the text has them, so that neither kernel, threads nor blocks show in the result.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from discourse._errors import choose
from discourse._threads import in_order, processors

from . import vectorized
from .assembly import assembled
from .blocks import Index, Piece, Text, cuts

KERNELS = ("auto", "numpy", "numba")
LONGEST = 2**32 - 1  # bytes of a document: offsets are uint32

# Bytes of text from which the compiled kernel makes up for being loaded: measured, 40 MB on one thread and 80 on two.
# Once it is loaded, it is the faster one for any text.
WORTH_LOADING = 50_000_000

_COMPILED = "discourse.tokens.scanning.compiled"
_LEAST_BLOCK, _MOST_BLOCK = 1 << 20, 1 << 23


class Scan(NamedTuple):
    """The tokens of many documents.

    Attributes:
        ids: int32, one a token; an index into `types`.
        starts: uint32, one a token; byte offset in its document (UTF-8).
        doc_offsets: int64, one more than documents; tokens of document i are `doc_offsets[i]:doc_offsets[i + 1]`.
        types: the distinct tokens as written, in the order in which the text has them.
    """

    ids: NDArray[np.int32]
    starts: NDArray[np.uint32]
    doc_offsets: Index
    types: pa.LargeStringArray

    def tokens(self) -> list[str]:
        """Every token as written: for few."""
        return list(self.types.take(pa.array(self.ids)).to_pylist())


def scan(
    texts: pa.LargeStringArray,
    *,
    kernel: str = "auto",
    threads: int | None = None,
    block_bytes: int | None = None,
    names: Sequence[object] | pd.Index | None = None,
) -> Scan:
    """Find every token of every text and number its type.

    Args:
        texts: one string a document; no nulls.
        kernel: `numpy`, `numba` (the extra `fast`), or `auto`: numba where it is installed and worth while. When a
            machine uses numba for the first time, it compiles for some seconds.
        threads: how many blocks are scanned at once; by default as many as there are processors.
        block_bytes: text that a thread takes at once, in bytes; by default 1 to 8 MB, or 16 where there is one thread.
        names: what errors call the documents; by default their numbers.

    Raises:
        ValueError: no such kernel, no thread, a text of 4 GiB or more, or more than 2,147,483,647 tokens.
        ModuleNotFoundError: numba is asked for and not installed.

    >>> scan(pa.array(["The U.S. and Russia’s “multi-vector” 3.74"], pa.large_string())).tokens()
    ['The', 'U.S.', 'and', 'Russia’s', '“', 'multi-vector', '”', '3.74']
    """
    text = Text.of(texts)
    _check_lengths(text.offsets, range(len(texts)) if names is None else names)
    first, last = int(text.offsets[0]), int(text.offsets[-1])
    scan_block = _kernel(kernel, last - first)
    threads = _positive("threads", threads, processors())
    # To put blocks together costs a fifth of scanning them: a thread alone takes all it may, several share.
    share, most = (1, 2 * _MOST_BLOCK) if threads == 1 else (4 * threads, _MOST_BLOCK)
    usual = min(max((last - first) // share, _LEAST_BLOCK), most)
    size = _positive("block_bytes", block_bytes, usual)
    edges = cuts(text, first, last, size)
    blocks = list(pairwise(edges.tolist()))
    pieces = in_order(lambda span: scan_block(text, *span), blocks, threads if len(blocks) > 1 else 1)
    found = assembled(pieces, np.diff(edges).tolist())
    # Documents that begin at the very end are empty.
    doc_offsets = np.full(len(texts) + 1, len(found.ids), np.int64)
    doc_offsets[: len(found.bounds)] = found.bounds
    return Scan(found.ids, found.starts, doc_offsets, found.types)


def _check_lengths(offsets: Index, names: Sequence[object] | pd.Index) -> None:
    """Refuse documents whose offsets do not fit into four bytes.

    Raises:
        ValueError: names the first of them.
    """
    sizes = np.diff(offsets)
    if (sizes > LONGEST).any():
        i = int(np.argmax(sizes > LONGEST))
        raise ValueError(
            f"Documents must be shorter than 4 GiB; document {names[i]!r} has {sizes[i]:,} bytes. Cut it into several."
        )


def _positive(name: str, value: int | None, default: int) -> int:
    if value is not None and value < 1:
        raise ValueError(f"{name} must be 1 or more; got {value}. Leave it out for {default:,}.")
    return default if value is None else value


def _kernel(name: str, size: int) -> Callable[[Text, int, int], Piece]:
    """The function that scans a block, for a text of some bytes."""
    choose("kernel", name, KERNELS)
    if name == "numpy" or (name == "auto" and not (_COMPILED in sys.modules or size >= WORTH_LOADING)):
        return vectorized.scan_block
    if find_spec("numba"):
        scan_block: Callable[[Text, int, int], Piece] = import_module(_COMPILED).scan_block
        return scan_block
    if name == "auto":
        return vectorized.scan_block
    raise ModuleNotFoundError(
        "kernel='numba' needs the package numba, which is not installed. "
        'Run: pip install "discourse-contrast[fast]", or leave the kernel to be chosen.'
    )
