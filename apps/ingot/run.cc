// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// ingot run: arrays in, arrays out, by way of the generated C.

#include <fmt/format.h>

#include <map>

#include "apps/batch.h"
#include "apps/host_run.h"
#include "apps/ingot/print.h"
#include "apps/ingot/verbs.h"
#include "base/files.h"
#include "base/units.h"
#include "codegen/compile.h"

namespace ingot::cli {
namespace {

using codegen::Graph;
using codegen::Program;
using codegen::Tensor;
using codegen::TensorId;

// The bytes of computed tensors over all items.
using Computed = std::map<TensorId, std::vector<uint8_t>>;

NamedFile array_file(std::string name, const Npy &array) {
    return {std::move(name), npy_bytes(array)};
}

struct Inputs {
    Batch batch;
    std::vector<NamedFile> files;  // Random ones, to be written beside the outputs.
};

Result<Inputs> make_random_inputs(const Graph &graph) {
    const std::vector<Npy> arrays = random_inputs(graph);
    Inputs inputs;
    for (size_t i = 0; i < arrays.size(); ++i) {
        inputs.files.push_back(array_file(fmt::format("in{}.npy", i), arrays[i]));
    }
    TRY(inputs.batch, make_batch(graph, arrays, std::vector<std::string>(arrays.size())));
    return inputs;
}

Result<Inputs> read_inputs(const Graph &graph, const std::vector<std::string> &paths) {
    if (paths.empty()) return make_random_inputs(graph);
    std::vector<Npy> arrays;
    for (const std::string &path : paths) {
        TRY(Npy array, read_npy(path));
        arrays.push_back(std::move(array));
    }
    Inputs inputs;
    TRY(inputs.batch, make_batch(graph, arrays, paths));
    return inputs;
}

Json tensor_json(const Tensor &tensor, const std::string &file) {
    const codegen::Quantization &quantization = tensor.quantization;
    Json json = {{"tensor", tensor.source_index}, {"name", tensor.name},   {"file", file},
                 {"type", name(tensor.type)},     {"shape", tensor.shape}, {"scale", nullptr},
                 {"zero_point", nullptr}};
    if (!quantization.empty()) {
        json["scale"] = quantization.scale[0];
        json["zero_point"] = quantization.zero_point[0];
    }
    return json;
}

// t<N>.npy for every activation, views among them, and tensors.json to tell which is which.
void add_layers(const Program &program, const Batch &batch, const Computed &computed,
                std::vector<NamedFile> &files) {
    const std::vector<TensorId> storage = codegen::storage_of(program.graph);
    Json list = Json::array();
    for (size_t id = 0; id < storage.size(); ++id) {
        const Tensor &tensor = program.graph.tensors[id];
        const auto bytes = computed.find(storage[id]);
        if (bytes == computed.end() || tensor.source_index < 0) continue;
        const std::string file = fmt::format("t{}.npy", tensor.source_index);
        files.push_back(array_file(file, make_array(tensor, batch, bytes->second)));
        list.push_back(tensor_json(tensor, file));
    }
    const Json json = {{"schema", 1}, {"tensors", list}};
    files.push_back(
        text_file("tensors.json", json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"));
}

Computed collect(const Program &program, Wanted wanted, const Batch &batch, const HostRun &run) {
    Computed computed;
    const auto add = [&](const std::vector<TensorId> &ids, const std::vector<uint8_t> &bytes) {
        std::vector<std::vector<uint8_t>> split = split_results(program.graph, ids, bytes);
        for (size_t i = 0; i < ids.size(); ++i) computed.try_emplace(ids[i], std::move(split[i]));
    };
    add(program.graph.inputs, batch.items);
    add(result_tensors(program, wanted), run.results);
    return computed;
}

void report(const Program &program, const Batch &batch, const HostRun &run) {
    for (size_t i = 0; i < program.graph.outputs.size(); ++i) {
        const Tensor &tensor = program.graph.tensors[program.graph.outputs[i]];
        fmt::print("out{}.npy  {}\n", i, to_string(make_array(tensor, batch, {})));
    }
    fmt::print("{} {}", grouped(batch.count), batch.count == 1 ? "item" : "items");
    if (run.seconds > 0)
        fmt::print(", {} for the fastest on this machine", seconds_text(run.seconds));
    fmt::print("\n");
}

}  // namespace

Result<Exit> run(const Session &session) {
    const Arguments &arguments = session.arguments;
    TRY(const std::string path, chosen_model(session));
    TRY(const codegen::CompileOptions options, compile_options(session));
    TRY(const Program program, codegen::compile(path, options));
    TRY(Inputs inputs, read_inputs(program.graph, arguments.inputs));
    if (!inputs.files.empty()) {
        session.progress(
            "no --input: running on random input from a fixed seed, written beside the "
            "outputs as in0.npy ...");
    }

    const Wanted wanted = arguments.layers ? Wanted::kLayers : Wanted::kOutputs;
    TRY(const HostRun result,
        run_on_host(
            program, inputs.batch.items,
            {.installation = session.installation, .cache = cache_of(session), .wanted = wanted}));
    const Computed computed = collect(program, wanted, inputs.batch, result);

    std::vector<NamedFile> files = std::move(inputs.files);
    for (size_t i = 0; i < program.graph.outputs.size(); ++i) {
        const TensorId id = program.graph.outputs[i];
        const Npy array = make_array(program.graph.tensors[id], inputs.batch, computed.at(id));
        files.push_back(array_file(fmt::format("out{}.npy", i), array));
    }
    if (arguments.layers) add_layers(program, inputs.batch, computed, files);
    TRY_DO(write_files(arguments.out, files));
    report(program, inputs.batch, result);
    return Exit::kOk;
}

}  // namespace ingot::cli
