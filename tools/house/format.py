#!/usr/bin/env python3
# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
# Every C and C++ file is in the house format.

import house

house.require("clang-format")
sources = house.files(".cc", ".h", ".c")
result = house.run(["clang-format", "--dry-run", "-Werror", *sources])
faults = [line for line in result.stderr.splitlines() if "error:" in line]
house.finish(faults, "Mend them with: clang-format -i FILE")
