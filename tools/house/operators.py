#!/usr/bin/env python3
# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
# Every row of ops.def has its kernel, its codegen side, its test and its line in the documents;
# every variant has a row, a test, and its pack header a reader.

import house

PLACES = ["kernels/src/{}.cc", "codegen/ops/{}.cc", "tests/kernels/{}_test.cc"]

operators = house.operators()
faults = [f"ops.def: {name} stands out of alphabetical order"
          for name, after in zip(operators, sorted(operators)) if name != after]
for name in operators:
    faults += [f"{name}: {place.format(name)} is missing"
               for place in PLACES if not (house.ROOT / place.format(name)).exists()]
    if name not in house.read("docs/NUMERICS.md"):
        faults.append(f"{name}: docs/NUMERICS.md does not say what it computes")
    if f"ingot_{name}_params" not in house.read("kernels/include/ingot/params.h"):
        faults.append(f"{name}: params.h has no ingot_{name}_params")

for folder, suffix in (("kernels/src/", ".cc"), ("tests/kernels/", "_test.cc")):
    known = {f"{folder}{name}{suffix}" for name in operators} | {"tests/kernels/quant_test.cc"}
    faults += [f"{path}: no row of ops.def names it"
               for path in house.files(suffix, below=(folder,))
               if path not in known and not path.startswith("tests/kernels/arch/")]

packings = house.read("codegen/ops/packing.cc")
for path in house.files(".cc", ".pack.h", below=("kernels/arch/",)):
    name = path.split("/")[-1].split(".")[0]
    test = f"tests/{path.removesuffix('.cc')}_test.cc"
    if name not in operators:
        faults.append(f"{path}: no row of ops.def names it")
    elif path.endswith(".cc") and not (house.ROOT / test).exists():
        faults.append(f"{path}: {test} is missing")
    elif path.endswith(".pack.h") and path not in packings:
        faults.append(f"{path}: codegen/ops/packing.cc does not read it")
house.finish(faults, "docs/ADDING_AN_OPERATOR.md walks through the places.")
