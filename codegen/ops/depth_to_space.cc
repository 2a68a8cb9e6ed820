// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Channels spread over blocks of pixels.

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
    if (!is_image || block < 1 || input.shape[3] % block != 0 ||
        input.shape[3] / block % block != 0) {
        return site.fail(Code::kOperatorLimit,
                         fmt::format("block {} on {}; accepted: 4 dimensions, and a last one that "
                                     "the block divides twice",
                                     block, to_string(input.shape)));
    }
    const std::vector<int64_t> shape = shape_of(input);
    TRY_DO(require_output_shape(
        site, std::vector{shape[0], shape[1] * block, shape[2] * block, shape[3] / block / block}));
    return lowered_blocks(site, block);
}

constexpr Import kImports[] = {{"DEPTH_TO_SPACE", read_block}};

}  // namespace

const Operator k_depth_to_space = {.name = "depth_to_space", .imports = kImports, .lower = lower};

}  // namespace ingot::codegen
