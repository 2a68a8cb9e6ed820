// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Rewrites of a graph. None changes what the network computes: outputs stay the same to the bit.

#ifndef INGOT_CODEGEN_PASSES_H
#define INGOT_CODEGEN_PASSES_H

#include <span>
#include <string_view>

#include "base/result.h"
#include "codegen/graph/graph.h"

namespace ingot::codegen {

// ---- Always run: without these some graphs have no kernels -------------------------------------

// Computes every node whose inputs are constant, and everything that depends on shapes alone.
void fold_constants(Graph &graph);

// Rewrites operators that have no kernel, or are wider than one, as chains of those that do: pack,
// unpack, concat and split beyond INGOT_INPUTS_MAX and INGOT_OUTPUTS_MAX, quantize of an int8.
void legalise(Graph &graph);

// Copies outputs that would otherwise be an input or a constant under another name, so that each
// output is written by a step and inputs and outputs never share bytes.
void separate_outputs(Graph &graph);

// Drops nodes whose outputs nobody reads, and tensors nobody names.
void remove_dead_nodes(Graph &graph);

// ---- Optional: each saves work -----------------------------------------------------------------

// Folds a ReLU-like node into the clamp of the node before it, where both agree on quantisation.
void fuse_activations(Graph &graph);

// Folds an explicit pad into the window of the convolution that follows it, where it pads with the
// zero point.
void fuse_padding(Graph &graph);

// Removes channels that have the same value for every input, folding the value into the next bias.
// Interval analysis in the integer domain; docs/ARCHITECTURE.md tells the argument.
void remove_constant_channels(Graph &graph);

struct Pass {
    std::string_view name;  // For --without-pass NAME.
    std::string_view sentence;
    void (*run)(Graph &graph);
};

// The optional passes, in the order they run.
std::span<const Pass> optional_passes();

// True when every node reads only what earlier nodes wrote, tensors exist, shapes are positive and
// outputs are written once. What every pass must keep.
bool is_sound(const Graph &graph);

}  // namespace ingot::codegen

#endif
