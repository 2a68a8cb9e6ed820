// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reads or makes inputs.

#include "apps/ingot/inputs.h"

#include <fmt/format.h>

namespace ingot::cli {
namespace {

Result<Inputs> make_random_inputs(const codegen::Graph &graph) {
    const std::vector<Npy> arrays = random_inputs(graph);
    Inputs inputs;
    for (size_t i = 0; i < arrays.size(); ++i) {
        inputs.files.push_back(array_file(fmt::format("in{}.npy", i), arrays[i]));
    }
    TRY(inputs.batch, make_batch(graph, arrays, std::vector<std::string>(arrays.size())));
    return inputs;
}

}  // namespace

void tell_last(const Session &session, const Batch &batch) {
    if (batch.count == 1) return;
    session.progress(fmt::format("the report is of the last of {} items", batch.count));
}

NamedFile array_file(std::string name, const Npy &array) {
    return {std::move(name), npy_bytes(array)};
}

Result<Inputs> read_inputs(const Session &session, const codegen::Graph &graph) {
    const std::vector<std::string> &paths = session.arguments.inputs;
    if (paths.empty()) {
        session.progress("no --input: running on random input from a fixed seed");
        return make_random_inputs(graph);
    }
    std::vector<Npy> arrays;
    for (const std::string &path : paths) {
        TRY(Npy array, read_npy(path));
        arrays.push_back(std::move(array));
    }
    Inputs inputs;
    TRY(inputs.batch, make_batch(graph, arrays, paths));
    return inputs;
}

}  // namespace ingot::cli
