// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Blocks of pixels gathered into channels.

#include <fmt/format.h>

#include "codegen/ops/moves.h"
#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"

namespace ingot::codegen {
namespace {

Result<Lowered> lower(const Site &site) {
    TRY_DO(require_move(site));
    const Tensor &input = site.input(0);
    const int64_t block = site.node.attributes.integer("block");
    const bool is_image = input.shape.size() == 4;
    if (!is_image || block < 1 || input.shape[1] % block != 0 || input.shape[2] % block != 0) {
        return site.fail(Code::kOperatorLimit,
                         fmt::format("block {} on {}; accepted: 4 dimensions, and a second and "
                                     "third that the block divides",
                                     block, to_string(input.shape)));
    }
    const std::vector<int64_t> shape = shape_of(input);
    TRY_DO(require_output_shape(
        site, std::vector{shape[0], shape[1] / block, shape[2] / block, shape[3] * block * block}));
    return lowered_blocks(site, block);
}

constexpr Import kImports[] = {{"SPACE_TO_DEPTH", read_block}};

}  // namespace

const Operator k_space_to_depth = {.name = "space_to_depth", .imports = kImports, .lower = lower};

}  // namespace ingot::codegen
