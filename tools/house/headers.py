#!/usr/bin/env python3
# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
# Public headers compile alone, as C11 and as C++20, with both compilers and every warning.

import house

house.require("gcc", "g++", "clang", "clang++")
WARNINGS = ["-Wall", "-Wextra", "-Wconversion", "-pedantic", "-Werror", "-fsyntax-only"]
INCLUDES = ["-Ikernels/include", "-Iruntime/include"]
COMPILERS = [["gcc", "-std=c11", "-xc"], ["clang", "-std=c11", "-xc"],
             ["g++", "-std=c++20", "-xc++"], ["clang++", "-std=c++20", "-xc++"]]

faults = []
for header in house.files(".h", below=("kernels/include/", "runtime/include/")):
    for compiler in COMPILERS:
        text = f'#include "{house.ROOT / header}"\n'
        result = house.run([*compiler, *WARNINGS, *INCLUDES, "-"], input=text)
        if result.returncode:
            faults.append(f"{header}: {' '.join(compiler)}\n{result.stderr}")
house.finish(faults, "A public header includes what it uses.")
