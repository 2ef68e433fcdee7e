"""CSV: records that end at a line end outside quotation marks; every column is text."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from discourse._errors import StudyError, at
from discourse.corpus.cuts import PIECE, Cut, Ends, Place, Request, Span, cut_records, is_like_ascii, line_ends, whole
from discourse.corpus.documents import ORIGIN
from discourse.corpus.files import File
from discourse.corpus.gathering import Gathered
from discourse.corpus.kinds import Kinds
from discourse.corpus.pages import count_lines

_QUOTE, _COMMA, _LINE_ENDS, _BLANKS = 34, 44, (10, 13), (9, 32)
_HEAD = 1 << 16
_LARGEST = (1 << 31) - 1


def cut(file: File, request: Request) -> Cut:
    """Cut a file between records; one in an encoding that does not hold ASCII as it is (UTF-16, say) stays whole."""
    if not is_like_ascii(request.encoding):
        return whole(file)
    names, start = _header(partial(file.read, 0), Place(file.name, request.encoding))
    first = Span(start, start, line=1 + count_lines(file.read(0, start)))
    found = cut_records(file, first, block_bytes=request.block_bytes, ends=record_ends, rows=count_rows)
    return Cut(found.spans, tuple((name, "str") for name in names), found.sha256)


def read(file: File, span: Span, kinds: Kinds, encoding: str) -> pd.DataFrame:
    """Read the rows of a span: columns of text, empty where a record is too short.

    Raises:
        StudyError: a record is too long, a quotation mark is not closed, or the encoding is another; names the line.
    """
    place = Place(file.name, encoding, span.start, span.line)
    data, names = place.utf8(file.read(span.start, span.stop)), [name for name, _ in kinds]
    if not names:
        place = Place(file.name, "utf-8", span.start, span.line)
        names, start = _header(lambda stop: data[:stop], place)
        place, data = place.behind(data[:start]), data[start:]
    if span.stop == file.size and is_open(data):
        raise _unclosed(data, place)
    return parse(data, names, place)


def parse(data: bytes, names: Sequence[str], place: Place) -> pd.DataFrame:
    """Parse complete records, without the header, in UTF-8."""
    if not data or data.isspace():
        return pd.DataFrame({name: pd.Series(dtype="str") for name in names})
    for block_size in (PIECE, min(len(data) + 1, _LARGEST)):
        try:
            return _with_arrow(data, names, block_size)
        except pa.ArrowInvalid:
            continue
    place.check(data)
    return _with_pandas(data, names, place)


def parted(name: str, columns: Iterable[object]) -> str:
    """What to do if the one column of a file has a name with signs that part columns in other programs; else nothing.

    >>> parted("a.csv", ["id,text"]), parted("a.csv", ["id;text"])[:33]
    ('', " Its columns are parted by ';', a")
    """
    names = [name for name in columns if name not in ORIGIN]
    sign = next((sign for sign in ";\t|" if len(names) == 1 and sign in str(names[0])), "")
    if not sign:
        return ""
    return (
        f" Its columns are parted by {sign!r}, and here commas part them. "
        f"Write it anew: pandas.read_csv({name!r}, sep={sign!r}).to_csv({name!r}, index=False)."
    )


def record_ends(data: bytes) -> Ends:
    r"""Return the offsets behind each record, given bytes from the start of a record on.

    A quotation mark opens a field only at its start and closes it when an odd number of them stand together; anywhere
    else it is text. So of each run of them only two things count: whether it is odd, and what stands before it.

    >>> record_ends(b'a,"b\nb"\n5" x,c\nd').tolist()
    [8, 15]
    """
    stops = line_ends(data)
    return np.asarray(stops[~_is_inside(data, stops - 1)])


def is_open(data: bytes) -> bool:
    """Tell whether complete records end in a quotation that is not closed."""
    return bool(_is_inside(data, np.array([len(data)]))[0])


def count_rows(data: bytes, stops: Ends) -> int:
    r"""Count the records that are not blank.

    >>> count_rows(b"a\n\n \t\nb\n", np.array([2, 3, 6, 8]))
    2
    """
    return len(stops) - int(_is_blank(data, stops).sum())


def _is_blank(data: bytes, stops: Ends) -> np.ndarray:
    """Mark records of nothing but blanks, which are no rows."""
    starts = np.append(0, stops[:-1])
    first = np.frombuffer(data, np.uint8)[starts]
    blank = np.isin(first, _LINE_ENDS)
    for number in np.flatnonzero(np.isin(first, _BLANKS)):
        blank[number] = not data[starts[number] : stops[number]].strip(b" \t\r\n")
    return blank


def _turns(data: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Return where odd runs of quotation marks start, and whether a quotation is open behind each."""
    signs = np.frombuffer(data, np.uint8)
    marks = np.flatnonzero(signs == _QUOTE)
    begins = np.flatnonzero(np.diff(marks, prepend=-2) > 1)
    odd = marks[begins[np.diff(begins, append=len(marks)) % 2 == 1]]
    opens = (odd == 0) | np.isin(signs[odd - 1], (_COMMA, *_LINE_ENDS))
    # A mark within a field closes what is open and opens nothing; the others take turns.
    turns = np.cumsum(opens)
    return odd, (turns - np.maximum.accumulate(np.where(opens, 0, turns))) % 2 == 1


def _is_inside(data: bytes, offsets: np.ndarray) -> np.ndarray:
    """Mark the offsets that stand in a quotation."""
    inside = np.zeros(len(offsets), dtype=bool)
    if b'"' in data:
        odd, is_open_behind = _turns(data)
        before = np.searchsorted(odd, offsets) - 1
        inside[before >= 0] = is_open_behind[before[before >= 0]]
    return inside


def _header(peek: Callable[[int], bytes], place: Place) -> tuple[list[str], int]:
    """Return the names of the columns, and where the records below them start.

    Args:
        peek: returns so many bytes from the start of the file.
        place: names the file in errors.
    """
    size = _HEAD
    while True:
        data = peek(size)
        start = place.after_mark(data)
        stops = record_ends(data[start:])
        stops = np.append(stops, len(data) - start) if len(data) < size else stops
        filled = np.flatnonzero(~_is_blank(data[start:] + b"\n", stops))
        if len(filled):
            stop = start + int(stops[filled[0]])
            return _names(place.decode(data[start:stop])), stop
        if len(data) < size:
            raise ValueError("it has no line with the names of the columns")
        size *= 2


def _names(header: str) -> list[str]:
    """Read the names of the columns; a name that is missing or stands twice gets one of its own."""
    return list(pd.read_csv(io.StringIO(header, newline=""), dtype=str, keep_default_na=False).columns)


def _with_arrow(data: bytes, names: Sequence[str], block_size: int) -> pd.DataFrame:
    """Parse records that Arrow and pandas read alike; of others Arrow refuses most, and here are the rest."""
    csv, gathered = pyarrow.csv, Gathered()
    batches = csv.open_csv(
        pa.BufferReader(data),
        read_options=csv.ReadOptions(column_names=names, block_size=block_size, use_threads=False),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, pa.large_string()), null_values=[]),
    )
    for batch in batches:
        if len(names) == 1 and _has_blank(batch.column(0)):
            raise pa.ArrowInvalid("a line of blanks")
        gathered.add(batch)
    return gathered.frame()


def _has_blank(values: pa.Array) -> bool:
    """Tell whether a value is made of blanks: with one column, its line is no row."""
    return bool(pc.any(pc.and_(pc.equal(pc.utf8_trim(values, " \t"), ""), pc.not_equal(values, ""))).as_py())


def _with_pandas(data: bytes, names: Sequence[str], place: Place) -> pd.DataFrame:
    """Parse records of which some are too short or blank, a little at a time."""
    gathered = Gathered()
    for start, stop in pairwise(_edges(record_ends(data), len(data))):
        frame = _some_with_pandas(data[start:stop], names, place.behind(data[:start]))
        gathered.add(pa.Table.from_pandas(frame, preserve_index=False))
    return gathered.frame()


def _edges(stops: Ends, end: int) -> list[int]:
    """Return where to part records into pieces; a longer record is a piece of its own."""
    last_of_piece = np.flatnonzero(np.diff(stops // PIECE, append=-1))
    return [0, *(int(stop) for stop in stops[last_of_piece] if stop < end), end]


def _some_with_pandas(data: bytes, names: Sequence[str], place: Place) -> pd.DataFrame:
    """Parse some records."""
    text = io.StringIO(data.decode("utf-8"), newline="")
    try:
        frame = pd.read_csv(text, names=list(names), header=None, dtype=str, keep_default_na=False)
    except pd.errors.EmptyDataError:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in names})
    except pd.errors.ParserError as error:
        raise _uneven(data, names, place) or error from None
    # Where the first record is too long, pandas takes its first field for a label.
    problem = None if isinstance(frame.index, pd.RangeIndex) else _uneven(data, names, place)
    if problem:
        raise problem
    return frame


def _uneven(data: bytes, names: Sequence[str], place: Place) -> StudyError | None:
    """Name the first record that has more fields than there are columns."""
    stops = np.append(record_ends(data), len(data))
    commas = np.flatnonzero(np.frombuffer(data, np.uint8) == _COMMA)
    commas = commas[~_is_inside(data, commas)]
    fields = 1 + np.bincount(np.searchsorted(stops, commas, side="right"), minlength=len(stops))
    long = np.flatnonzero(fields > len(names))
    if not len(long):
        return None
    line = place.line_of(data, int(stops[long[0] - 1]) if long[0] else 0)
    remedy = parted(place.name, names) or " Put a text that has commas in quotation marks, or mend the line."
    return StudyError(
        f"{at(place.name, line)}: this record has {fields[long[0]]} fields, and the header names {len(names)}.{remedy}"
    )


def _unclosed(data: bytes, place: Place) -> StudyError:
    """Name the line of the quotation mark that opens and is not closed."""
    odd, is_open_behind = _turns(data)
    last = int(odd[np.flatnonzero(is_open_behind)[-1]])
    return StudyError(
        f"{at(place.name, place.line_of(data, last))}: the quotation mark that opens here is never closed. "
        "Close it, or write it twice if it is part of a text."
    )
