#!/usr/bin/env python3
# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
# clang-tidy's subset of .clang-tidy. Checks the freestanding code and what differs from the
# upstream branch; with --all, everything.
#
# usage: tidy.py BUILD_FOLDER [--all]

import concurrent.futures
import re
import sys

import house

house.require("clang-tidy")
build = sys.argv[1]


def changed():
    base = house.run(["git", "merge-base", "HEAD", "@{upstream}"])
    if base.returncode:
        return set()
    return set(house.run(["git", "diff", "--name-only", base.stdout.strip()]).stdout.split())


def faults_of(path):
    result = house.run(["clang-tidy", "--quiet", "-p", build, path])
    return [line for line in result.stdout.splitlines() if re.search(": (warning|error):", line)]


# Tests may be untidy, and start-up code names registers that this machine's compiler lacks.
LEFT_OUT = ("tests/", "bench/", "apps/firmware/", "boards/firmware/")
sources = [path for path in house.files(".cc") if not path.startswith(LEFT_OUT)]
if "--all" not in sys.argv:
    recent = changed()
    sources = [path for path in sources
               if path.startswith(("kernels/src/", "runtime/src/")) or path in recent]
with concurrent.futures.ThreadPoolExecutor(house.jobs()) as pool:
    faults = sorted({fault for found in pool.map(faults_of, sources) for fault in found})
house.finish(faults, "The subset is in .clang-tidy.")
