// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// <name>.json: the plan and the layers, for scripts.

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "codegen/emit/files.h"
#include "codegen/emit/text.h"

namespace ingot::codegen {
namespace {

using Json = nlohmann::ordered_json;

Json tensor_json(const Program &program, TensorId id) {
    const Tensor &tensor = program.graph.tensors[id];
    Json json = {{"name", tensor.name}, {"type", name(tensor.type)}, {"shape", tensor.shape},
                 {"scale", nullptr},    {"zero_point", nullptr},     {"bytes", tensor.bytes()}};
    if (!tensor.quantization.empty()) {
        json["scale"] = tensor.quantization.scale[0];
        json["zero_point"] = tensor.quantization.zero_point[0];
    }
    return json;
}

Json tensors_json(const Program &program, const std::vector<TensorId> &ids) {
    Json json = Json::array();
    for (const TensorId id : ids) json.push_back(tensor_json(program, id));
    return json;
}

Json arena_json(const Program &program) {
    Json tensors = Json::array();
    for (size_t i = 0; i < program.stored.size(); ++i) {
        const Stored &stored = program.stored[i];
        const bool is_scratch = stored.tensor == kNoTensor;
        tensors.push_back(
            {{"name", is_scratch ? "scratch" : program.graph.tensors[stored.tensor].name},
             {"offset", program.plan.offset[i]},
             {"bytes", stored.buffer.bytes},
             {"first_step", stored.buffer.first_step},
             {"last_step", stored.buffer.last_step}});
    }
    return {{"bytes", program.plan.arena_bytes},
            {"lower_bound_bytes", program.plan.lower_bound_bytes},
            {"is_optimal", program.plan.is_optimal},
            {"tensors", tensors}};
}

Json layers_json(const Program &program) {
    Json layers = Json::array();
    for (size_t i = 0; i < program.steps.size(); ++i) {
        const Step &step = program.steps[i];
        layers.push_back({{"index", i},
                          {"op", step.op->name},
                          {"name", step.name},
                          {"engine", "core"},
                          {"macs", step.macs},
                          {"weight_bytes", array_bytes(step)}});
    }
    return layers;
}

}  // namespace

std::string json_text(const Program &program, const std::string &board) {
    const Json json = {{"schema", 1},
                       {"name", program.graph.name},
                       {"made_by", fmt::format("Ingot {}", INGOT_VERSION)},
                       {"source_sha256", program.graph.source_hash},
                       {"board", board},
                       {"macs", macs(program)},
                       {"weight_bytes", weight_bytes(program)},
                       {"constant_bytes", constant_bytes(program)},
                       {"inputs", tensors_json(program, program.graph.inputs)},
                       {"outputs", tensors_json(program, program.graph.outputs)},
                       {"arena", arena_json(program)},
                       {"layers", layers_json(program)}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ingot::codegen
