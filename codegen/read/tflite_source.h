// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// An open TFLite file, and the parts of its reader. Only files of this folder include this one.

#ifndef INGOT_CODEGEN_READ_TFLITE_SOURCE_H
#define INGOT_CODEGEN_READ_TFLITE_SOURCE_H

#include <flatbuffers/flatbuffers.h>

#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "codegen/graph/graph.h"
#include "codegen/read/tflite_generated.h"

namespace ingot::codegen {

// A file whose offsets are verified, options of operators excepted.
struct Source {
    std::string name;  // For diagnostics.
    std::span<const uint8_t> bytes;
    const tflite::Model *model;
    const tflite::SubGraph *main;
};

// The file as a source: identified, verified, and with exactly one subgraph. `bytes` must be
// aligned like any allocation, and outlive the source.
Result<Source> open_tflite(std::span<const uint8_t> bytes, std::string_view name);

Result<Tensor> read_tensor(const Source &file, int index);
Result<Node> read_node(const Source &file, std::span<const Tensor> tensors, int index);

// ---- Vectors of the file, which are null where the file has none -------------------------------

template <class T>
int length(const flatbuffers::Vector<T> *vector) {
    return vector ? static_cast<int>(vector->size()) : 0;
}

// A copy, made without trusting that 64-bit elements are aligned: the verifier does not ask.
template <class T>
std::vector<T> copy_of(const flatbuffers::Vector<T> *vector) {
    std::vector<T> values(length(vector));
    if (!values.empty()) std::memcpy(values.data(), vector->Data(), values.size() * sizeof(T));
    return values;
}

inline std::string_view text_of(const flatbuffers::String *string) {
    return string ? string->string_view() : std::string_view{};
}

}  // namespace ingot::codegen

#endif
