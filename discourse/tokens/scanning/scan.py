"""Text to ids: where tokens start, and which type each one is.

A token is a run of letters, marks and digits (Unicode categories L, M, N) with inner apostrophes, hyphens and
dots of numbers and initialisms (`multi-vector`, `Russia’s`, `U.S.`, `3.74`, `JF-17`). Every other visible character
is a token of its own. White space, control and format characters (NBSP, soft hyphen, zero width, BOM) stand between.

The text is cut into blocks between tokens, and blocks are scanned side by side by one of two kernels. Types are
numbered in the order in which the text has them, so that neither kernel, threads nor blocks show in the result.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from threading import local
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from discourse._errors import choose, whole
from discourse._threads import in_order, processors

from . import vectorized
from .assembly import assembled
from .blocks import Index, Piece, Text, cuts, spelled

KERNELS = ("auto", "numpy", "numba")
LONGEST = 2**32 - 1  # bytes of a document: offsets are uint32

# Bytes of text from which the compiled kernel makes up for being loaded: measured, 40 MB on one thread and 80 on two.
# Once it is loaded, it is the faster one for any text.
WORTH_LOADING = 50_000_000

_COMPILED = "discourse.tokens.scanning.compiled"
_SHARES = 12  # blocks that a text is cut into, if they are neither too small nor too large for the kernel

Scanner = Callable[[Text, int], Callable[[int, int], Piece]]


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
        block_bytes: text that a thread takes at once, in bytes; by default 1 to 8 MB, or half of one to one with numba.
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
    scanner, (least, most) = _kernel(kernel, last - first)
    threads = _positive("threads", threads, processors())
    usual = min(max((last - first) // _SHARES, least), most)
    edges = cuts(text, first, last, _positive("block_bytes", block_bytes, usual))
    sizes = np.diff(edges).tolist()
    found = assembled(text, _pieces(text, edges, scanner, min(threads, max(len(sizes), 1))), sizes, threads)
    types = spelled(text.data, found.types.first, found.types.size)
    # Documents that begin at the very end are empty.
    doc_offsets = np.full(len(texts) + 1, len(found.ids), np.int64)
    doc_offsets[: len(found.bounds)] = found.bounds
    return Scan(found.ids, found.starts, doc_offsets, types)


def _pieces(text: Text, edges: Index, scanner: Scanner, threads: int) -> Iterator[Piece]:
    """What is found in one block after the other, by a scanner for each thread."""
    # Made here and not by the threads, whose memory would not be used again for what comes later.
    scanners = [scanner(text, int(np.diff(edges).max(initial=0))) for _ in range(threads)]
    own = local()

    def scanned(block: tuple[int, int]) -> Piece:
        if not hasattr(own, "scan"):
            own.scan = scanners.pop()
        piece: Piece = own.scan(*block)
        return piece

    return in_order(scanned, pairwise(edges.tolist()), threads)


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
    return default if value is None else whole(name, value, 1, f"Leave it out for {default:,}.")


def _kernel(name: str, size: int) -> tuple[Scanner, tuple[int, int]]:
    """What makes scanners for a text of some bytes, and how many of these they take at least and at most at once."""
    choose("kernel", name, KERNELS)
    compiled = name == "numba" or (name == "auto" and (_COMPILED in sys.modules or size >= WORTH_LOADING))
    if compiled and find_spec("numba"):
        kernel = import_module(_COMPILED)
        return kernel.scanner, kernel.BLOCK_BYTES
    if name != "numba":
        return vectorized.scanner, vectorized.BLOCK_BYTES
    raise ModuleNotFoundError(
        "kernel='numba' needs the package numba, which is not installed. "
        'Run: pip install "discourse-contrast[fast]", or leave the kernel to be chosen.'
    )
