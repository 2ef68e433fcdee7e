"""Pictures of tables: one function per table, table → Axes.

A function draws on the axes it is given (`ax=`), or on a new figure of a fitting size; it shows nothing, saves
nothing, changes no table and no setting of matplotlib. Groups keep their colour and shape in all figures of a study if
each is given the study's `order`.
"""

from .articles import frame_frequencies
from .curve import robustness
from .dots import dispersion, term_frequencies
from .heatmap import similarity
from .lanes import frame_positions
from .margins import keyness
from .sizes import corpus_overview
from .stacks import name_shares, voice_shares

__all__ = [
    "corpus_overview",
    "dispersion",
    "frame_frequencies",
    "frame_positions",
    "keyness",
    "name_shares",
    "robustness",
    "similarity",
    "term_frequencies",
    "voice_shares",
]
