#!/usr/bin/env python3
# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
# The freestanding libraries, cross-compiled: which symbols they need, what they write, and what
# each function costs in code, data and stack.
#
# usage: firmware.py BUILD_FOLDER [--refresh]
#
# Footprints are compared with tests/house/footprint.csv; --refresh writes it anew, and the diff is
# reviewed like code.

import csv
import os
import re
import sys
from pathlib import Path

import house

CORES = {  # Toolchain file -> prefix of its binutils.
    "cortex-m0plus": "arm-none-eabi-",
    "cortex-m4": "arm-none-eabi-",
    "cortex-m7": "arm-none-eabi-",
    "cortex-m33": "arm-none-eabi-",
    "cortex-m55": "arm-none-eabi-",
    "rv32": "riscv64-unknown-elf-",
}
# Cores with kernels of their own take them as fast as they were written, as their boards do.
FAST = {"cortex-m4", "cortex-m7", "cortex-m33"}
LEVELS = {True: ["-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS_RELEASE=-O2"],
          False: ["-DCMAKE_BUILD_TYPE=MinSizeRel"]}
TABLE = house.ROOT / "tests/house/footprint.csv"

# What a freestanding archive may leave to the linker: four functions that every bare-metal program
# has, and the compiler's own helpers for arithmetic that the core lacks.
ALLOWED = re.compile(
    r"^(memcpy|memset|memmove|memcmp|ingot_\w+"
    r"|__aeabi_\w+|__gnu_thumb1_case_\w+"               # Arm: division, 64-bit shifts, soft float
    r"|__(u?divdi3|u?moddi3|u?divsi3|u?modsi3|muldi3|ashldi3|ashrdi3|lshrdi3|clzsi2)"
    r"|__\w+(sf|df|si|di)\w*[23]?)$")                    # RISC-V: soft float
# Only the two edges of a network compute in float.
FLOAT = re.compile(r"__aeabi_[fd]|__\w+[sd]f[\w]*$")
FLOAT_SOURCES = {"quantize.cc", "dequantize.cc"}

# A port may keep what a timer's interrupt tells it.
WRITING_SOURCES = {"clock_systick.cc"}

STACK_MAX_BYTES = 400


def build(core, folder):
    toolchain = house.ROOT / f"cmake/toolchains/{core}.cmake"
    steps = [["cmake", "-S", ".", "-B", folder, "-G", "Ninja", "--toolchain", str(toolchain),
              *LEVELS[core in FAST]],
             ["cmake", "--build", folder]]
    for step in steps:
        result = house.run(step, env={**os.environ, "CXXFLAGS": "-fstack-usage"})
        if result.returncode:
            print(result.stdout, result.stderr)
            house.finish([f"{core}: {' '.join(step[:2])} failed"], "The output is above.")


def symbol_faults(core, prefix, library):
    """Undefined symbols outside the allow-list, and anything a program could write to."""
    member = ""
    for line in house.run([prefix + "nm", library]).stdout.splitlines():
        if line.endswith(":"):
            member = line[:-1].removesuffix(".obj").removesuffix(".o")
        if len(line.split()) < 2:
            continue
        kind, symbol = line.split()[-2:]
        if kind == "U" and not ALLOWED.match(symbol):
            yield f"{core}: {member} needs {symbol}"
        if kind == "U" and FLOAT.match(symbol) and member not in FLOAT_SOURCES:
            yield f"{core}: {member} computes in float: {symbol}"
        if kind in "dDbBcC" and member not in WRITING_SOURCES:
            yield f"{core}: {member} has a writable global: {symbol}"


def section_faults(core, prefix, library):
    for line in house.run([prefix + "objdump", "-h", library]).stdout.splitlines():
        if ".init_array" in line or ".ctors" in line:
            yield f"{core}: {Path(library).name} has static constructors"


def footprint(core, prefix, folder):
    """Rows {core, function, code, stack} of the kernels and the runtime."""
    stack = {}
    for report in Path(folder).rglob("*.su"):
        for line in report.read_text().splitlines():
            place, size, how = line.rsplit("\t", 2)
            name = place.split(":", 3)[-1]
            if how != "static":
                yield {"core": core, "function": name, "code": how, "stack": size}
            stack[name] = int(size)
    source_stack = {}
    for name, size in stack.items():
        key = re.search(r"ingot_\w+(?=\()|(?<=::)\w+(?=\()|\w+(?=\()", name)
        source_stack[key.group() if key else name] = size
    code = {}
    for library in Path(folder).rglob("*.a"):
        symbols = house.run([prefix + "nm", "-S", "--defined-only", str(library)]).stdout
        for fields in map(str.split, symbols.splitlines()):
            if len(fields) == 4 and fields[2] in "tT" and fields[3].startswith("ingot_"):
                code[fields[3]] = int(fields[1], 16)
    for name in sorted(code):
        yield {"core": core, "function": name, "code": code[name],
               "stack": source_stack.get(name, 0)}


def table_faults(found):
    """What differs from the committed table."""
    with open(TABLE, newline="", encoding="utf-8") as file:
        known = {(row["core"], row["function"]): row for row in csv.DictReader(file)}
    for row in found:
        before = known.get((row["core"], row["function"]))
        if before is None:
            print(f"note: {row['core']}: {row['function']} is new; --refresh adds it")
            continue
        for column in ("code", "stack"):
            if str(row[column]) != before[column]:
                yield (f"{row['core']}: {row['function']}: {column} was {before[column]} bytes, "
                       f"is {row[column]}")


house.require("cmake", "ninja", "arm-none-eabi-gcc", "riscv64-unknown-elf-gcc")
faults, rows = [], []
for core, prefix in CORES.items():
    folder = f"{sys.argv[1]}/firmware/{core}"
    build(core, folder)
    for library in sorted(Path(folder, "lib").glob("*.a")):
        faults += symbol_faults(core, prefix, str(library))
        faults += section_faults(core, prefix, str(library))
    rows += footprint(core, prefix, folder)
faults += [f"{row['core']}: {row['function']} has a stack of {row['code']} size"
           for row in rows if not isinstance(row["code"], int)]
faults += [f"{row['core']}: {row['function']} needs {row['stack']} bytes of stack"
           for row in rows if int(row["stack"]) > STACK_MAX_BYTES]
if "--refresh" in sys.argv:
    with open(TABLE, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["core", "function", "code", "stack"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
else:
    faults += table_faults(rows)
house.finish(faults, "If a size is meant to change: tools/house/firmware.py BUILD_FOLDER --refresh")
