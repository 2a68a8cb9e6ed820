// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A TFLite model as plain data, and its bytes. For tests, which may also want models that are
// wrong.
//
//   TfliteBuilder model;
//   const int x = model.input({.name = "x", .shape = {1, 4, 4, 2}, .scale = {0.5f}});
//   const int y = model.output({.name = "y", .shape = {1, 2, 2, 2}, .scale = {0.5f}});
//   model.op("MAX_POOL_2D", {x}, {y}, {int8_option(0, 1), int32_option(1, 2)});
//   const std::vector<uint8_t> bytes = model.finish();

#ifndef INGOT_TESTS_TFLITE_BUILDER_H
#define INGOT_TESTS_TFLITE_BUILDER_H

#include <cstdint>
#include <cstring>
#include <string>
#include <variant>
#include <vector>

#include "codegen/graph/graph.h"

namespace ingot::test {

// What a model file may say about a tensor and Ingot refuses.
enum class Oddity { kNone, kSparse, kVariable, kBufferOutside, kExternal, kCustomQuantization };

struct TfliteTensor {
    std::string name = {};
    codegen::Type type = codegen::Type::kInt8;
    codegen::Shape shape = {};
    std::vector<float> scale = {};         // Empty: not quantised.
    std::vector<int64_t> zero_point = {};  // Empty: 0 for every scale.
    int axis = 0;
    std::vector<uint8_t> data = {};  // Empty: not a constant.
    int buffer = -1;                 // Takes this buffer instead of its own; 0 is the empty one.
    Oddity oddity = Oddity::kNone;
};

// One field of an operator's options table, by its id in the TFLite schema.
struct TfliteOption {
    int field;
    std::variant<int8_t, int32_t, float, std::vector<int32_t>> value;
};

struct TfliteOp {
    std::string name;  // As in the schema: "CONV_2D". Any other is a custom operator of that name.
    std::vector<int32_t> inputs;  // -1: an optional operand that is absent.
    std::vector<int32_t> outputs;
    std::vector<TfliteOption> options = {};
    int code = -1;  // Takes this row of the operator codes instead of its own.
};

struct TfliteBuilder {
    // Each adds a tensor and returns its index; the second and third also make it the model's.
    int tensor(TfliteTensor tensor);
    int input(TfliteTensor tensor);
    int output(TfliteTensor tensor);

    void op(std::string name, std::vector<int32_t> inputs, std::vector<int32_t> outputs,
            std::vector<TfliteOption> options = {});

    std::vector<uint8_t> finish() const;

    // Everything lies open, to be looked at, changed or broken before finish().
    std::vector<TfliteTensor> tensors = {};
    std::vector<TfliteOp> ops = {};
    std::vector<int32_t> inputs = {};
    std::vector<int32_t> outputs = {};
    uint32_t version = 3;
    int subgraphs = 1;  // How often the network stands in the file.
};

inline TfliteOption int8_option(int field, int value) {  // Also enums and bools.
    return {field, static_cast<int8_t>(value)};
}
inline TfliteOption int32_option(int field, int32_t value) { return {field, value}; }
inline TfliteOption float32_option(int field, float value) { return {field, value}; }
inline TfliteOption int32s_option(int field, std::vector<int32_t> values) {
    return {field, std::move(values)};
}

// Constant data: bytes_of<int32_t>({1, -2}).
template <class T>
std::vector<uint8_t> bytes_of(const std::vector<T> &values) {
    std::vector<uint8_t> bytes(values.size() * sizeof(T));
    if (!values.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
}

}  // namespace ingot::test

#endif
