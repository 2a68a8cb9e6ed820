#!/usr/bin/env python3
# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
# Nothing in the repository depends on one machine or on the network, and no todo lacks a reason.

import re

import house

FORBIDDEN = {
    r"(?<![\w.])/(home|root|work|Users)/": "a path of one machine",
    # Git LFS and JSON Schema name their formats by addresses that nothing fetches.
    r"https?://(?!git-lfs\.|json-schema\.org/draft/)": "an address on the network",
    r"\b(TODO|FIXME|XXX)\b(?!: .{20})": "a todo without its action and reason",
    r"[ \t]+$": "white space at the end of a line",
}

faults = []
SUFFIXES = (".cc", ".h", ".c", ".def", ".cmake", ".py", ".md", ".txt", ".toml", ".json", "ingot")
for path in house.files(*SUFFIXES):
    if path == "tools/house/clean.py":
        continue
    for number, line in enumerate(house.read(path).splitlines(), 1):
        faults += [f"{path}:{number}: {what}" for pattern, what in FORBIDDEN.items()
                   if re.search(pattern, line)]
house.finish(faults, "The repository is the same everywhere.")
