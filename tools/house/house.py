# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
"""What the house checks share: which files there are, and how a check reports."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SKIPPED = 77  # ctest's SKIP_RETURN_CODE.


def files(*suffixes, below=("",)):
    """Paths, relative to the root, of the project's files with one of the suffixes."""
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"],
                            cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    return sorted(path for path in listed
                  if path.endswith(suffixes) and path.startswith(tuple(below))
                  and (ROOT / path).is_file())


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def operators():
    """The names of ops.def, in its order."""
    return re.findall(r"^INGOT_OP\((\w+),", read("kernels/include/ingot/ops.def"), re.MULTILINE)


def run(command, **options):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **options)


def require(*programs):
    """Ends the check as skipped when a program that it calls is not installed."""
    missing = [program for program in programs if not shutil.which(program)]
    if missing:
        print("skipped: not installed:", *missing)
        sys.exit(SKIPPED)


def finish(faults, mend):
    """Prints the faults and how to mend them; the process's exit status is the verdict."""
    for fault in faults:
        print(fault)
    if faults:
        print(f"\n{len(faults)} found. {mend}")
    sys.exit(1 if faults else 0)


def jobs():
    return os.cpu_count() or 1
