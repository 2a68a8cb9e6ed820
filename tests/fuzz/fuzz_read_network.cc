// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Any text as the description of a network, through all rules and the cost of both parts: a verdict
// or a diagnostic, never a crash.

#include "boards/board.h"
#include "boards/machines/cnn_array_cost.h"
#include "boards/machines/cnn_array_rules.h"
#include "codegen/read/ai8x_yaml.h"

namespace ingot {
namespace {

// Descriptions seldom survive a mutation of their first lines, which tell the size of the input.
constexpr codegen::CnnInputShape kShape = {.channels = 3, .extent = {16, 16}};

void judge(const CnnNetwork &network) {
    static const CnnArray kArrays[] = {*find_board("max78000", INGOT_BOARDS).value().cnn_array,
                                       *find_board("max78002", INGOT_BOARDS).value().cnn_array};
    for (const CnnArray &array : kArrays) {
        for (const CnnViolation &violation : cnn_violations(array, network)) {
            static_cast<void>(to_diagnostic(network, violation));
        }
        static_cast<void>(cost(array, network));
    }
}

}  // namespace
}  // namespace ingot

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    using namespace ingot;
    const std::string text(reinterpret_cast<const char *>(data), size);
    const auto description = codegen::read_ai8x_yaml(text, "fuzz.yaml", kShape);
    if (description) judge(description->network);
    return 0;
}
