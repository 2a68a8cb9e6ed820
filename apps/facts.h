// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What a model is, told from its graph as it was read; it need not be one that can be executed.

#ifndef INGOT_APPS_FACTS_H
#define INGOT_APPS_FACTS_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codegen/graph/graph.h"

namespace ingot::cli {

struct Extent {
    int64_t height, width;
};

struct OperatorFacts {
    std::string op = {};
    std::string name = {};
    codegen::Type type = codegen::Type::kOther;  // Of the first output, as the shape.
    codegen::Shape output = {};
    std::optional<Extent> kernel = {};  // Operators with a window.
    std::optional<Extent> stride = {};
    int64_t macs = 0;
    int64_t weight_bytes = 0;
    std::string quantization = {};  // "per-channel", "per-tensor", or empty.
};

struct ModelFacts {
    codegen::Type type = codegen::Type::kOther;  // That most operators compute in.
    std::vector<OperatorFacts> operators = {};
    int64_t macs = 0;
    int64_t weight_bytes = 0;  // Weights that operators share count once.
};

// Printed wherever MACs are.
inline constexpr std::string_view kMacConvention =
    "MAC: multiply-accumulates of convolutions and dense layers; taps on padding count, biases do "
    "not";

ModelFacts facts_of(const codegen::Graph &graph);

}  // namespace ingot::cli

#endif
