// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Pieces of C text that several generated files share.

#ifndef INGOT_CODEGEN_EMIT_TEXT_H
#define INGOT_CODEGEN_EMIT_TEXT_H

#include <string>
#include <string_view>
#include <vector>

#include "codegen/program.h"

namespace ingot::codegen {

std::string upper(std::string_view text);

// "// kws.c: <sentence>" and how the file was made.
std::string banner(const Program &program, const std::string &board, std::string_view file,
                   std::string_view sentence);

// "// ---- Steps -----...", 100 columns wide.
std::string rule(std::string_view title);

// A C string literal in ASCII, cut after 64 characters.
std::string quoted(std::string_view text);

// The shortest decimal that reads back as the same float: "0.25f".
std::string float_literal(float value);

// A shape without its leading batch of 1: "[32][32][3]".
std::string short_shape(const Shape &shape);

// "12.50 MMAC", "320 kMAC", "96 MAC"
std::string with_unit(int64_t macs);

// The element type in C, where all tensors share one; else "void".
std::string_view common_type(const Graph &graph, const std::vector<TensorId> &ids);

// "[32][32][3] -> [16][16][8], 55 kMAC"
std::string describe(const Program &program, const Step &step);

// "INGOT_INT8", as in ingot/model.h.
std::string_view enumerator(Type type);

// A decimal offset, or "INGOT_CONSTANT + 16".
std::string to_text(const Place &place);

// Rows of cells as C initialisers, "    {a, b, c},", every column padded to its widest cell.
std::string aligned_rows(const std::vector<std::vector<std::string>> &rows,
                         const std::vector<std::string> &comments);

}  // namespace ingot::codegen

#endif
