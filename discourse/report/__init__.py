"""What is shown, and the page made of it: `show` in a notebook, `build_report`, `verify_report`.

    show(item) → Bundle (plain data) → cell output → page.html, tables/, figures/, evidence.csv

A bundle carries all that the report needs; of a notebook it reads nothing else but prose and code.
"""

from discourse.report.build import build_report
from discourse.report.display import show
from discourse.report.kernel import NotebookError
from discourse.report.verify import verify_report

__all__ = ["NotebookError", "build_report", "show", "verify_report"]
