"""What it says: tables of rates, shares, contrasts and contexts, each with its counts, totals and flags."""

from discourse.tables.actors import frame_actor_hits, frame_actors
from discourse.tables.claims import headlines, multiverse, robustness, specification_summary
from discourse.tables.coders import agreement
from discourse.tables.coding import coding_sheet
from discourse.tables.contrasts import keyness
from discourse.tables.designs import comparison_design
from discourse.tables.flags import FLAGS
from discourse.tables.focus import pattern_frequencies, spotlight
from discourse.tables.frequencies import frame_frequencies, term_frequencies
from discourse.tables.likeness import similarity
from discourse.tables.lines import concordance
from discourse.tables.names import name_shares
from discourse.tables.naming import ambiguous_names, name_habits, naming_distance
from discourse.tables.overview import corpus_overview, frame_positions, voice_shares
from discourse.tables.permutations import permutation_test
from discourse.tables.sheets import read_codes, write_coding_sheet
from discourse.tables.speakers import speaker_cues, speech_hits, voice_passages
from discourse.tables.specifications import Choices
from discourse.tables.spread import dispersion
from discourse.tables.statements import findings
from discourse.tables.stopping import without_stop_words
from discourse.tables.uncertainty import bootstrap_intervals
from discourse.tables.validation import codebook_overview, codebook_precision
from discourse.tables.validity import codebook_validity, corrected_frequencies
from discourse.tables.variety import lexical_diversity
from discourse.tables.voicing import voice_sheet, voice_validity
from discourse.tables.windows import collocates

__all__ = [
    "FLAGS",
    "Choices",
    "agreement",
    "ambiguous_names",
    "bootstrap_intervals",
    "codebook_overview",
    "codebook_precision",
    "codebook_validity",
    "coding_sheet",
    "collocates",
    "comparison_design",
    "concordance",
    "corpus_overview",
    "corrected_frequencies",
    "dispersion",
    "findings",
    "frame_actor_hits",
    "frame_actors",
    "frame_frequencies",
    "frame_positions",
    "headlines",
    "keyness",
    "lexical_diversity",
    "multiverse",
    "name_habits",
    "name_shares",
    "naming_distance",
    "pattern_frequencies",
    "permutation_test",
    "read_codes",
    "robustness",
    "similarity",
    "speaker_cues",
    "specification_summary",
    "speech_hits",
    "spotlight",
    "term_frequencies",
    "voice_passages",
    "voice_shares",
    "voice_sheet",
    "voice_validity",
    "without_stop_words",
    "write_coding_sheet",
]
