"""What a run was made on: ratios travel from machine to machine, seconds do not."""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
from importlib import metadata
from pathlib import Path
from shutil import which

import psutil

PACKAGES = ("discourse-contrast", "numpy", "pandas", "pyarrow", "scipy", "numba", "scikit-learn", "nltk")


def described() -> dict[str, str]:
    """Processor, memory, system, day, and how busy it was."""
    return {
        "processor": processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GB",
        "system": platform.system(),
        "day": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "load before": f"{psutil.getloadavg()[0]:.1f}",
    }


def processor() -> str:
    """The name of the processor as the system gives it."""
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


def versions() -> dict[str, str]:
    """Python, the packages that take part, and the compiler."""
    found = {"Python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    if which("gcc"):
        asked = subprocess.run(["gcc", "-dumpfullversion"], capture_output=True, text=True, check=True)
        found["gcc"] = asked.stdout.strip()
    return found
