"""Which documents have nothing that a rule could begin with: no quotation mark and no word of speech.

Most short ones have none, and to look at them one by one takes far longer than to read them.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from .cues import SPEECH, SPEECH_AT_HEAD

# Looser than `quotations` and `indirect`, which decide: a sign more costs time, a sign less would cost passages. There
# is nothing to look behind in these expressions, and their borders of words are those of ASCII.
_MARKS = r"[“”„«»\"‚‹‘]|``|''|(?:^|[^\pL\pN])'\S"
_WORDS = f"{SPEECH.pattern}|{SPEECH_AT_HEAD.pattern}|^{SPEECH_AT_HEAD.pattern.partition(']')[2]}"
_SIGNS = f"{_MARKS}|{_WORDS}".replace("?P<cue>", "?:")


def may_speak(texts: pa.LargeStringArray) -> NDArray[np.bool_]:
    """Whether each text has something that a passage in other words than the author's could begin with.

    >>> may_speak(pa.array(["It is so.", "He said so.", "A “so”.", "The writers' own."], pa.large_string())).tolist()
    [False, True, True, False]
    """
    found: NDArray[np.bool_] = pc.match_substring_regex(texts, _SIGNS).to_numpy(zero_copy_only=False)
    return found
