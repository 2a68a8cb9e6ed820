// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Sums over a program.

#include "codegen/program.h"

namespace ingot::codegen {
namespace {

// Sums what `bytes_of` answers for every array below these fields.
template <class BytesOf>
int64_t sum_arrays(const std::vector<Field> &fields, const BytesOf &bytes_of) {
    int64_t sum = 0;
    for (const Field &field : fields) {
        if (const auto *array = std::get_if<Array>(&field.value)) sum += bytes_of(field, *array);
        if (const auto *nested = std::get_if<std::vector<Field>>(&field.value)) {
            sum += sum_arrays(*nested, bytes_of);
        }
    }
    return sum;
}

}  // namespace

std::vector<TensorId> storage_of(const Graph &graph) {
    std::vector<TensorId> storage(graph.tensors.size());
    for (size_t i = 0; i < storage.size(); ++i) storage[i] = static_cast<TensorId>(i);
    for (const Node &node : graph.nodes) {
        if (node.op->is_view) storage[node.outputs[0]] = storage[node.inputs[0]];
    }
    return storage;
}

int64_t macs(const Program &program) {
    int64_t sum = 0;
    for (const Step &step : program.steps) sum += step.macs;
    return sum;
}

int64_t weight_bytes(const Program &program) {
    const auto weights_only = [](const Field &field, const Array &array) {
        const bool counts = field.name == "weights" || field.name == "bias";
        return counts ? static_cast<int64_t>(array.bytes.size()) : 0;
    };
    auto sum = static_cast<int64_t>(program.constants.size());
    for (const Step &step : program.steps) {
        sum += sum_arrays(step.lowered.params.fields(), weights_only);
    }
    return sum;
}

int64_t array_bytes(const Step &step) {
    return sum_arrays(step.lowered.params.fields(), [](const Field &, const Array &array) {
        return static_cast<int64_t>(array.bytes.size());
    });
}

int64_t constant_bytes(const Program &program) {
    auto sum = static_cast<int64_t>(program.constants.size());
    for (const Step &step : program.steps) sum += array_bytes(step);
    return sum;
}

}  // namespace ingot::codegen
