// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A network ready to be written as C: steps with places, constants, and the arena's plan.

#ifndef INGOT_CODEGEN_PROGRAM_H
#define INGOT_CODEGEN_PROGRAM_H

#include <cstdint>
#include <string>
#include <vector>

#include "codegen/graph/graph.h"
#include "codegen/ops/operator.h"
#include "codegen/plan/plan.h"

namespace ingot::codegen {

struct CompileOptions {
    std::string name = {};  // Prefix of every symbol; empty: from the file's name.
    ingot_rounding rounding = INGOT_ROUNDING_DOUBLE;
    std::string isa = {};         // Of the core that will run it; empty: portable kernels.
    bool optional_passes = true;  // False: --no-passes.
    std::vector<std::string> without_passes = {};  // Names of optional passes to leave out.
};

// Where a tensor lies: an offset into the arena, or into the model's constants.
struct Place {
    enum class Region { kArena, kConstant };
    Region region = Region::kArena;
    int64_t offset = 0;
};

// One kernel call.
struct Step {
    const Operator *op;
    std::string label;  // "conv2d_0": the operator and the step's index; a C identifier.
    std::string name;   // The node's name in the source model.
    Lowered lowered;
    int64_t macs = 0;
};

// A buffer of the arena and the tensor it holds; views of the tensor share it.
struct Stored {
    TensorId tensor;
    Buffer buffer;
};

struct Program {
    Graph graph;
    CompileOptions options;
    std::vector<Step> steps;          // At least one.
    std::vector<Stored> stored = {};  // In the order of plan.offset.
    Plan plan = {};
    std::vector<Place> place = {};        // Per tensor; meaningless for those not placed.
    std::vector<uint8_t> constants = {};  // What Region::kConstant refers to.
};

// The tensor whose storage a tensor uses: itself, or the one that it is a view of.
std::vector<TensorId> storage_of(const Graph &graph);

int64_t macs(const Program &program);

// Bytes of weights and biases, and of the constants that steps read as inputs.
int64_t weight_bytes(const Program &program);

// Bytes of every array a step's params point to: weights, biases, factors and tables.
int64_t array_bytes(const Step &step);

// Everything constant that the generated model holds besides its code and its tables of steps.
int64_t constant_bytes(const Program &program);

}  // namespace ingot::codegen

#endif
