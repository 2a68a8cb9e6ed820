#!/usr/bin/env python3
# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
# Every diagnostic is raised somewhere, tested somewhere, and explained in a sentence.

import re

import house

ROW = re.compile(r'^INGOT_DIAGNOSTIC\((E\d{4}), *(\w+), *(k\w+), *"(.*)"\)', re.MULTILINE)

rows = ROW.findall(house.read("base/diagnostics.def"))


def text_below(*folders):
    paths = house.files(".cc", ".h", ".def", below=folders)
    return "".join(house.read(path) for path in paths if path != "base/diagnostics.def")


product = text_below("base/", "boards/", "codegen/", "sim/", "apps/")
tests = text_below("tests/")

faults = []
numbers = [number for number, *_ in rows]
if numbers != sorted(set(numbers)):
    faults.append("diagnostics.def: numbers must be unique and ascend")
for number, name, _, explanation in rows:
    if f"Code::k{name}" not in product:
        faults.append(f"{number} {name}: nothing raises it")
    if f"Code::k{name}" not in tests and number not in tests:
        faults.append(f"{number} {name}: no test expects it")
    if not explanation.endswith("."):
        faults.append(f"{number} {name}: its explanation is not a sentence")
house.finish(faults, "A diagnostic without a test is a guess.")
