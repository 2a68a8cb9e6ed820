#!/usr/bin/env python3
# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
# Files, functions, lines and parameter lists stay within their trip-wires.
#
# A trip-wire is a question, not a wall: tests/house/exceptions.txt answers it with a reason.

import re

import house

FILE_LINES, FUNCTION_LINES, COLUMNS, PARAMETERS = 600, 70, 100, 6
LICENCE = "SPDX-License-Identifier: MIT"


def exceptions():
    lines = house.read("tests/house/exceptions.txt").splitlines()
    return {line.split(":")[0].strip() for line in lines if line and not line.startswith("#")}


def functions(text):
    """Line, length and head of each function body: it begins at a line that ends in `) {` and ends
    at the brace in the column where that line begins."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        start = re.match(r"^( *)[\w:<>~*&].*\) (const )?(noexcept )?{$", line)
        is_other = re.match(r"^ *(if|for|while|switch|else|do|return|namespace)\b", line)
        if not start or is_other or "[" in line or line.count("(") != line.count(")"):
            continue
        closing = start.group(1) + "}"
        end = next((n for n in range(number, len(lines)) if lines[n] == closing), number)
        yield number + 1, end - number + 1, line


def faults_of(path):
    text = house.read(path)
    lines = text.splitlines()
    if len(lines) > FILE_LINES:
        yield f"{path}: {len(lines)} lines"
    if not any(LICENCE in line for line in lines[:3]):
        yield f"{path}: no licence tag"
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS and not path.endswith(".def"):
            yield f"{path}:{number}: {len(line)} columns"
    if not path.endswith((".cc", ".h", ".c")):
        return
    for number, length, head in functions(text):
        if length > FUNCTION_LINES:
            yield f"{path}:{number}: a function of {length} lines"
        if head.count(",") >= PARAMETERS:
            yield f"{path}:{number}: {head.count(',') + 1} parameters"


excused = exceptions()
sources = house.files(".cc", ".h", ".c", ".def", ".cmake", ".py", "CMakeLists.txt")
sources = [path for path in sources if "/golden/" not in path and path not in excused]
faults = [fault for path in sources for fault in faults_of(path)]
house.finish(faults, "Shorten it, or give the reason in tests/house/exceptions.txt.")
