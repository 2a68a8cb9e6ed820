#!/usr/bin/env python3
# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
#
# The freestanding code under the address and undefined-behaviour sanitizers. The whole test-suite
# runs under them with: cmake --preset host-asan
#
# usage: sanitizers.py BUILD_FOLDER

import sys

import house

PROGRAMS = ["kernels_test", "runtime_test"]
folder = f"{sys.argv[1]}/sanitized"

steps = [["cmake", "-S", ".", "-B", folder, "-G", "Ninja", "-DINGOT_SANITIZE=ON",
          "-DCMAKE_BUILD_TYPE=RelWithDebInfo"],
         ["cmake", "--build", folder, "--target", *PROGRAMS],
         *([f"{folder}/bin/{program}", "--gtest_brief=1"] for program in PROGRAMS)]
faults = []
for step in steps:
    result = house.run(step)
    if result.returncode:
        faults.append(f"{' '.join(step)}\n{result.stdout[-4000:]}{result.stderr[-4000:]}")
        break
house.finish(faults, "A sanitizer's first report names the line.")
