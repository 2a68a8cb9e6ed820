// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Writes a program as C. Same program, same bytes: no dates, paths or host names.

#ifndef INGOT_CODEGEN_EMIT_H
#define INGOT_CODEGEN_EMIT_H

#include <cstdint>
#include <string>
#include <vector>

#include "codegen/program.h"

namespace ingot::codegen {

struct SourceFile {
    std::string name;
    std::string text;
};

// <name>.h          what an application includes
// <name>.c          params, steps and the model: firmware links this...
// <name>_weights.c  ...and this; <name>_weights.h joins the two
// <name>_layers.c   the layers table, for tools
// <name>.json       the plan and the layers, for scripts
//
// `board` is named in the files' headers, for whoever makes them again.
std::vector<SourceFile> emit(const Program &program, const std::string &board);

// What a run on the host computed: all inputs and all outputs, each in the model's order, and the
// CRC-32 of every step's outputs.
struct KnownAnswer {
    std::vector<uint8_t> input;
    std::vector<uint8_t> output;
    std::vector<uint32_t> layer_crc;
};

// <name>_kat.c: the known-answer test's data.
SourceFile emit_known_answer(const Program &program, const std::string &board,
                             const KnownAnswer &answer);

}  // namespace ingot::codegen

#endif
