// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The generated files one by one; emit.cc puts them together.

#ifndef INGOT_CODEGEN_EMIT_FILES_H
#define INGOT_CODEGEN_EMIT_FILES_H

#include <string>

#include "codegen/program.h"

namespace ingot::codegen {

std::string header_text(const Program &program, const std::string &board);
std::string model_text(const Program &program, const std::string &board);
std::string weights_header_text(const Program &program, const std::string &board);
std::string weights_text(const Program &program, const std::string &board);
std::string layers_text(const Program &program, const std::string &board);
std::string json_text(const Program &program, const std::string &board);

}  // namespace ingot::codegen

#endif
