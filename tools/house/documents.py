#!/usr/bin/env python3
# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
# Code in the README and in docs is compiled, commands in them are understood, links lead somewhere.
#
# usage: documents.py BUILD_FOLDER

import re
import sys
import tempfile
from pathlib import Path

import house

build = Path(sys.argv[1]).resolve()
ingot = str(build / "bin/ingot")
INCLUDES = ["-Ikernels/include", "-Iruntime/include"]
WARNINGS = ["-Wall", "-Wextra", "-pedantic", "-Werror", "-fsyntax-only"]
VERBS = set(re.findall(r"^  (\w+) ", house.run([ingot, "--help"]).stdout, re.MULTILINE)) | {"test"}


def blocks(path):
    """Line, language and text of each fenced block."""
    text = house.read(path)
    for match in re.finditer(r"^```(\w+)\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield text.count("\n", 0, match.start()) + 1, match.group(1), match.group(2)


def compile_block(language, code, folder):
    standard = ["gcc", "-std=c11", "-xc"] if language == "c" else ["g++", "-std=c++20", "-xc++"]
    return house.run([*standard, *WARNINGS, *INCLUDES, "-I.", f"-I{folder}", "-"], input=code)


def check_board(code, folder):
    path = Path(folder, "board.toml")
    path.write_text(code, encoding="utf-8")
    return house.run([ingot, "boards", str(path)])


def faults_of(path, folder):
    for line, language, code in blocks(path):
        where = f"{path}:{line}"
        result = None
        if language in ("c", "cpp"):
            result = compile_block(language, code, folder)
        elif language == "toml":
            result = check_board(code, folder)
        if result and result.returncode:
            yield f"{where}: {result.stderr}"
        if language in ("sh", "console"):
            for verb in re.findall(r"^\$? ?\./ingot (\w+)", code, re.MULTILINE):
                if verb not in VERBS:
                    yield f"{where}: there is no verb {verb}"
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", house.read(path)):
        if not (house.ROOT / path).parent.joinpath(target).exists():
            yield f"{path}: a link leads nowhere: {target}"


with tempfile.TemporaryDirectory() as folder:
    shapes = house.run([ingot, "compile", "models/shapes/shapes.tflite", "--board", "host",
                        "--name", "shapes", "--out", folder])
    faults = [] if shapes.returncode == 0 else [shapes.stderr]
    for path in house.files(".md"):
        faults += faults_of(path, folder)
house.finish(faults, "A document that does not compile is wrong.")
