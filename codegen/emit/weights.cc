// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// <name>_weights.c and <name>_weights.h: constant data.

#include <fmt/format.h>

#include "codegen/emit/files.h"
#include "codegen/emit/initializer.h"
#include "codegen/emit/text.h"

namespace ingot::codegen {
namespace {

// Calls `use` with every array, the pool of constants last.
template <class Use>
void for_each_array(const Program &program, const Use &use) {
    for (const NamedArray &named : named_arrays(program)) use(named);
    if (program.constants.empty()) return;
    const Array constants = words_array(program.constants);
    use(NamedArray{program.graph.name + "_constants", &constants});
}

}  // namespace

// C++ gives constants internal linkage unless they were declared extern before.
std::string weights_header_text(const Program &program, const std::string &board) {
    const std::string &name = program.graph.name;
    std::string text =
        banner(program, board, name + "_weights.h", "what the model finds in flash.");
    text += fmt::format("#ifndef {0}_WEIGHTS_H\n#define {0}_WEIGHTS_H\n\n", upper(name));
    text += "#include <stdint.h>\n\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n";
    for_each_array(program, [&](const NamedArray &named) {
        text += fmt::format("extern {};\n", array_declarator(named));
    });
    return text + "\n#ifdef __cplusplus\n}\n#endif\n\n#endif\n";
}

std::string weights_text(const Program &program, const std::string &board) {
    const std::string &name = program.graph.name;
    std::string text = banner(program, board, name + "_weights.c", "weights, biases and tables.");
    text += "// Weights are int8, as bytes where few, else as little-endian words.\n\n";
    text += fmt::format("#include \"{}_weights.h\"\n\n// clang-format off\n", name);
    for_each_array(program, [&](const NamedArray &named) {
        text += fmt::format("{} = {{\n{}}};\n\n", array_declarator(named),
                            array_elements(*named.array));
    });
    text += "// clang-format on\n";
    return text;
}

}  // namespace ingot::codegen
