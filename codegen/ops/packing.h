// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// How the kernels of an instruction set want the constants of layers with weights. Each of them
// says so in a pack header, kernels/arch/<isa>/<op>.pack.h; this is the only place that reads them.

#ifndef INGOT_CODEGEN_PACKING_H
#define INGOT_CODEGEN_PACKING_H

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ingot/params.h"

namespace ingot::codegen {

// The folders of kernels/arch whose kernels an ISA runs, best first. A kernel that is in none of
// them is the portable one.
std::vector<std::string_view> kernel_folders(std::string_view isa);

struct PackedLayer {
    std::vector<uint8_t> weights;
    bool holds_constants = false;  // Bias and factors too: the params need not point to them.
    int64_t scratch_bytes = 0;
    bool is_scratch_optional = false;  // Without it the kernel is slower.
};

// The constants of a layer, whose params point to plain ones. Nothing where the kernel of the ISA
// is the portable one.
std::optional<PackedLayer> packed_for(std::string_view isa, const ingot_conv2d_params &params);
std::optional<PackedLayer> packed_for(std::string_view isa,
                                      const ingot_depthwise_conv2d_params &params);
std::optional<PackedLayer> packed_for(std::string_view isa,
                                      const ingot_fully_connected_params &params);
std::optional<PackedLayer> packed_for(std::string_view isa,
                                      const ingot_transpose_conv2d_params &params);

}  // namespace ingot::codegen

#endif
