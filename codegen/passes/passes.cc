// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The table of optional passes.

#include "codegen/passes/passes.h"

namespace ingot::codegen {
namespace {

constexpr Pass kPasses[] = {
    {"fuse_activations", "Folds a ReLU into the clamp of the operator before it.",
     fuse_activations},
    {"fuse_padding",
     "Folds a pad with the zero point into the windows of the convolutions after it.",
     fuse_padding},
    {"remove_constant_channels",
     "Removes channels that are the same for every input, or that no output depends on.",
     remove_constant_channels},
};

}  // namespace

std::span<const Pass> optional_passes() { return kPasses; }

}  // namespace ingot::codegen
