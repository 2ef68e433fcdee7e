"""How often intervals contain the truth: simulated from settings that were written down before there were results."""
