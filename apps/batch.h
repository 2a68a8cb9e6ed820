// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Between arrays in files and the items that a model runs on: a leading batch becomes many items,
// and many results become arrays with a leading batch again.

#ifndef INGOT_APPS_BATCH_H
#define INGOT_APPS_BATCH_H

#include <cstdint>
#include <string>
#include <vector>

#include "base/npy.h"
#include "base/result.h"
#include "codegen/graph/graph.h"

namespace ingot::cli {

// How the items lie in the arrays of a batch.
enum class Batching {
    kNone,     // One item, in the model's own shape.
    kReplace,  // [N][...] for a model of [1][...].
    kPrepend,  // [N][...] before the model's own shape.
};

struct Batch {
    Batching batching = Batching::kNone;
    int64_t count = 1;
    std::vector<uint8_t> items;  // Item after item: all inputs of the model, in order.
};

// Requires as many arrays as the graph has inputs, each of its type, and all of one count, at least
// one.
// `where` names each array in diagnostics. Errors: InputMismatch.
Result<Batch> make_batch(const codegen::Graph &graph, const std::vector<Npy> &arrays,
                         const std::vector<std::string> &where);

// One random array per input of the graph, the same in every run.
std::vector<Npy> random_inputs(const codegen::Graph &graph);

// The array of a tensor over all items, of which it has `batch.count` x tensor.bytes() bytes.
Npy make_array(const codegen::Tensor &tensor, const Batch &batch, std::vector<uint8_t> data);

// Splits results, item after item the bytes of all these tensors, into one run of bytes per tensor.
std::vector<std::vector<uint8_t>> split_results(const codegen::Graph &graph,
                                                const std::vector<codegen::TensorId> &tensors,
                                                const std::vector<uint8_t> &results);

}  // namespace ingot::cli

#endif
