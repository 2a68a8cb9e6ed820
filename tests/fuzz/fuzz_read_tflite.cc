// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Any bytes, through all that a user's model goes through: a program or a diagnostic, never a
// crash.

#include "codegen/compile.h"
#include "codegen/read/read.h"

namespace ingot::codegen {
namespace {

// Passes take time and memory in proportion to the tensors. The fuzzer is after faults, not size.
bool is_small(const Graph &graph) {
    constexpr int64_t kElementsMax = 1 << 18;
    int64_t elements = 0;
    for (const Tensor &tensor : graph.tensors) elements += element_count(tensor.shape);
    return elements <= kElementsMax;
}

}  // namespace
}  // namespace ingot::codegen

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    using namespace ingot::codegen;
    auto graph = read_tflite({data, size}, "fuzz.tflite");
    if (graph && is_small(*graph)) static_cast<void>(compile(std::move(*graph), {}));
    return 0;
}
