"""The report in the checkout is what the notebooks build, on a machine with other habits too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_the_shipped_report_rebuilds_to_the_byte_under_another_seed_zone_locale_and_place(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("figure.dpi: 37\nfont.size: 30\n", encoding="utf-8")
    environment = os.environ | {
        "PYTHONHASHSEED": "42", "TZ": "Asia/Baku", "LC_ALL": "C", "COLUMNS": "20", "MATPLOTLIBRC": str(tmp_path),
        "OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2",
    }
    command = [sys.executable, "-m", "discourse", "verify", str(ROOT / "reports")]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("identical: ")
