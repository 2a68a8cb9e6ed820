// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The constant operands of a layer with weights: checked, packed, and as initialisers.

#ifndef INGOT_CODEGEN_WEIGHTS_H
#define INGOT_CODEGEN_WEIGHTS_H

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "codegen/ops/operator.h"
#include "codegen/ops/packing.h"
#include "ingot/params.h"

namespace ingot::codegen {

// Which inputs of a node are what, and how its weights lie.
struct WeightOperands {
    size_t input = 0, weights = 1, bias = 2;
    size_t rank = 4;          // Of the weights.
    size_t channel_axis = 0;  // Of the weights: the output channels.

    // fully_connected alone: one scale for all channels is multiplied with the input's in float,
    // and may come with a zero point.
    bool is_fully_connected = false;
};

struct Weights {
    std::vector<int32_t> multiplier;  // One entry when all channels have the same factor.
    std::vector<int8_t> shift;
    std::span<const uint8_t> values;
    std::optional<std::vector<int32_t>> bias;
    int32_t zero_point = 0;

    // Fills what is constant in the params of a layer.
    template <class Layer>
    void point(Layer &layer) const {
        layer.factors = {multiplier.data(), shift.data(), multiplier.size() == 1 ? 0 : 1};
        layer.weights = values.data();
        layer.bias = bias ? bias->data() : nullptr;
    }
};

// Diagnostics: NotConstant, TypeNotExecutable, QuantizationWrong, ModelInconsistent, and
// OperatorLimit when a sum of products could leave 32 bits. The bias's own scale is not read: the
// format makes it the product of the other two. Requires an int8 input and output.
Result<Weights> weights_of(const Site &site, const WeightOperands &operands);

// A kernel call whose params end with factors, weights and bias; as they are, or packed.
Lowered with_constants(Params params, const Weights &weights,
                       const std::optional<PackedLayer> &packed);

// The same, packed as the site's instruction set wants it. `layer` holds the params so far.
template <class Layer>
Lowered with_weights(const Site &site, Params params, Layer layer, const Weights &weights) {
    weights.point(layer);
    return with_constants(std::move(params), weights, packed_for(site.isa, layer));
}

// The diagnostic for operands that do not fit together; names their shapes.
tl::unexpected<Diagnostic> shapes_differ(const Site &site, const WeightOperands &operands = {});

}  // namespace ingot::codegen

#endif
