// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Which files a program becomes.

#include "codegen/emit/emit.h"

#include <fmt/format.h>

#include "codegen/emit/files.h"
#include "codegen/emit/initializer.h"
#include "codegen/emit/text.h"

namespace ingot::codegen {

std::vector<SourceFile> emit(const Program &program, const std::string &board) {
    const std::string &name = program.graph.name;
    return {
        {name + ".h", header_text(program, board)},
        {name + ".c", model_text(program, board)},
        {name + "_weights.h", weights_header_text(program, board)},
        {name + "_weights.c", weights_text(program, board)},
        {name + "_layers.c", layers_text(program, board)},
        {name + ".json", json_text(program, board)},
    };
}

SourceFile emit_known_answer(const Program &program, const std::string &board,
                             const KnownAnswer &answer) {
    const std::string &name = program.graph.name;
    const std::string file = name + "_kat.c";
    const Array input = bytes_array(answer.input);
    const Array output = bytes_array(answer.output);
    const NamedArray arrays[] = {{"input", &input}, {"output", &output}};

    std::string text = banner(program, board, file, "the known-answer test's data.");
    text += fmt::format("#include \"{}.h\"\n\n// clang-format off\n", name);
    for (const NamedArray &array : arrays) {
        text += fmt::format("static {} = {{\n{}}};\n\n", array_declarator(array),
                            array_elements(*array.array));
    }
    text += "// CRC-32 of each step's outputs.\nstatic const uint32_t layer_crc[] = {\n";
    for (size_t i = 0; i < answer.layer_crc.size(); ++i) {
        text += fmt::format("    {:#010x},  // {}\n", answer.layer_crc[i], program.steps[i].label);
    }
    text += fmt::format(
        "}};\n// clang-format on\n\n"
        "const ingot_known_answer {}_known_answer = {{input, output, layer_crc}};\n",
        name);
    return {file, text};
}

}  // namespace ingot::codegen
