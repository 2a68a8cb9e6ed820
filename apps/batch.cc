// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Arrays to items and back.

#include "apps/batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <random>

namespace ingot::cli {
namespace {

using codegen::Graph;
using codegen::Tensor;
using codegen::Type;

struct TypePair {
    Type model;
    Npy::Type file;
};

constexpr TypePair kTypes[] = {
    {Type::kBool, Npy::Type::kBool},       {Type::kInt8, Npy::Type::kInt8},
    {Type::kUint8, Npy::Type::kUint8},     {Type::kInt16, Npy::Type::kInt16},
    {Type::kInt32, Npy::Type::kInt32},     {Type::kInt64, Npy::Type::kInt64},
    {Type::kFloat32, Npy::Type::kFloat32},
};

// Models whose inputs and outputs have other types do not compile.
Npy::Type file_type(Type type) {
    const auto *const pair = std::ranges::find(kTypes, type, &TypePair::model);
    INGOT_CHECK(pair != std::end(kTypes));
    return pair->file;
}

std::vector<int64_t> file_shape(const Tensor &tensor) {
    return {tensor.shape.begin(), tensor.shape.end()};
}

std::vector<int64_t> batched_shape(const Tensor &tensor, const Batch &batch) {
    std::vector<int64_t> shape = file_shape(tensor);
    if (batch.batching == Batching::kNone) return shape;
    if (batch.batching == Batching::kReplace && !shape.empty() && shape[0] == 1) {
        shape[0] = batch.count;
    } else {
        shape.insert(shape.begin(), batch.count);
    }
    return shape;
}

// How an array holds items of this tensor, with their count; nothing when it does not.
std::optional<Batch> match(const Tensor &tensor, const Npy &array) {
    if (array.type != file_type(tensor.type)) return std::nullopt;
    const int64_t first = array.shape.empty() ? 1 : array.shape[0];
    for (const Batch &batch : {Batch{Batching::kNone, 1, {}}, Batch{Batching::kReplace, first, {}},
                               Batch{Batching::kPrepend, first, {}}}) {
        if (array.shape == batched_shape(tensor, batch)) return batch;
    }
    return std::nullopt;
}

std::string expectation(const Tensor &tensor) {
    const std::string own = to_string(Npy{file_type(tensor.type), file_shape(tensor), {}});
    const std::string tail = codegen::to_string(tensor.shape);
    const bool is_single = !tensor.shape.empty() && tensor.shape[0] == 1;
    return fmt::format("{}, or a batch of N: [N]{}", own, is_single ? tail.substr(3) : tail);
}

// Takes item n of every array in turn.
std::vector<uint8_t> interleave(const Graph &graph, const std::vector<Npy> &arrays, int64_t count) {
    std::vector<uint8_t> items;
    for (int64_t n = 0; n < count; ++n) {
        for (size_t i = 0; i < arrays.size(); ++i) {
            const int64_t bytes = graph.tensors[graph.inputs[i]].bytes();
            const auto start = arrays[i].data.begin() + n * bytes;
            items.insert(items.end(), start, start + bytes);
        }
    }
    return items;
}

}  // namespace

Result<Batch> make_batch(const Graph &graph, const std::vector<Npy> &arrays,
                         const std::vector<std::string> &where) {
    if (arrays.size() != graph.inputs.size()) {
        return fail(Code::kInputMismatch, graph.name,
                    fmt::format("{} arrays for {} inputs", arrays.size(), graph.inputs.size()),
                    "--input X.npy once per input of the model, in its order");
    }
    Batch whole;
    for (size_t i = 0; i < arrays.size(); ++i) {
        const Tensor &tensor = graph.tensors[graph.inputs[i]];
        const std::optional<Batch> found = match(tensor, arrays[i]);
        if (!found) {
            return fail(Code::kInputMismatch, where[i],
                        fmt::format("is {}; input {} of {} is {}", to_string(arrays[i]), i,
                                    graph.name, expectation(tensor)));
        }
        if (found->count == 0) {
            return fail(Code::kInputMismatch, where[i],
                        fmt::format("is {}, which holds no item", to_string(arrays[i])));
        }
        if (i > 0 && found->count != whole.count) {
            return fail(
                Code::kInputMismatch, where[i],
                fmt::format("has {} items, but {} has {}", found->count, where[0], whole.count));
        }
        if (whole.batching == Batching::kNone) whole = *found;
    }
    whole.items = interleave(graph, arrays, whole.count);
    return whole;
}

std::vector<Npy> random_inputs(const Graph &graph) {
    std::mt19937 random(1);
    std::vector<Npy> arrays;
    for (const codegen::TensorId id : graph.inputs) {
        const Tensor &tensor = graph.tensors[id];
        Npy array{file_type(tensor.type), file_shape(tensor), {}};
        array.data.resize(static_cast<size_t>(tensor.bytes()));
        if (tensor.type == Type::kFloat32) {
            for (size_t i = 0; i < array.data.size(); i += sizeof(float)) {
                const float value = static_cast<float>(random()) / 2147483648.0f - 1.0f;
                std::memcpy(array.data.data() + i, &value, sizeof value);
            }
        } else {
            const uint32_t mask = tensor.type == Type::kBool ? 1 : 0xff;
            for (uint8_t &byte : array.data) byte = static_cast<uint8_t>(random() >> 8 & mask);
        }
        arrays.push_back(std::move(array));
    }
    return arrays;
}

Npy make_array(const Tensor &tensor, const Batch &batch, std::vector<uint8_t> data) {
    return {file_type(tensor.type), batched_shape(tensor, batch), std::move(data)};
}

std::vector<std::vector<uint8_t>> split_results(const Graph &graph,
                                                const std::vector<codegen::TensorId> &tensors,
                                                const std::vector<uint8_t> &results) {
    std::vector<std::vector<uint8_t>> split(tensors.size());
    for (auto next = results.begin(); next != results.end();) {
        for (size_t i = 0; i < tensors.size(); ++i) {
            const int64_t bytes = graph.tensors[tensors[i]].bytes();
            split[i].insert(split[i].end(), next, next + bytes);
            next += bytes;
        }
    }
    return split;
}

}  // namespace ingot::cli
