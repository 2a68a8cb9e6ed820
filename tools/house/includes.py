#!/usr/bin/env python3
# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
# Folders include only what the table of docs/ARCHITECTURE.md allows.

import os
import re

import house

# Who may include whom. A new arrow is a design decision: docs/ARCHITECTURE.md says it first.
ALLOWED = {
    "kernels": {"kernels"},
    "runtime": {"kernels", "runtime"},
    "base": {"base"},
    "boards": {"base", "boards", "runtime"},
    "codegen": {"base", "boards", "codegen", "kernels", "runtime"},
    "sim": {"base", "boards", "kernels", "runtime", "sim"},
    "apps": {"apps", "base", "boards", "codegen", "kernels", "runtime", "sim"},
}
FREESTANDING = {"stdint.h", "stddef.h", "stdbool.h"}
BARE = ("kernels/", "runtime/", "apps/firmware/", "boards/firmware/")  # No C library under them.
HOSTED = {"runtime/port/clock_host.cc"}  # Ports to systems that have a C library.

KERNEL_HEADERS = {path.split("/")[-1]
                  for path in house.files(".h", ".def", below=("kernels/include/",))}


def folder_of(path, include):
    """The top-level folder that an #include with quotes leads to; None for a neighbour."""
    if include.startswith("../"):
        return os.path.normpath(f"{os.path.dirname(path)}/{include}").split("/")[0]
    if (house.ROOT / "kernels/arch" / include).exists():
        return "kernels"  # What a test of a variant may replace.
    if include.startswith("ingot/"):
        return "kernels" if include.split("/")[-1] in KERNEL_HEADERS else "runtime"
    return include.split("/")[0] if "/" in include else None


def faults_of(path):
    top = path.split("/")[0]
    for number, line in enumerate(house.read(path).splitlines(), 1):
        match = re.match(r'\s*#include\s+(["<])([^">]+)[">]', line)
        if not match:
            continue
        kind, include = match.groups()
        if kind == '"' and (folder_of(path, include) or top) not in ALLOWED[top]:
            yield f"{path}:{number}: {top} may not include {include}"
        is_bare = path.startswith(BARE) and path not in HOSTED
        if kind == "<" and is_bare and include not in FREESTANDING:
            yield f"{path}:{number}: <{include}> is not freestanding"


sources = house.files(".cc", ".h", ".def", below=tuple(f"{folder}/" for folder in ALLOWED))
faults = [fault for path in sources for fault in faults_of(path)]
house.finish(faults, "The table is in docs/ARCHITECTURE.md and in this check.")
