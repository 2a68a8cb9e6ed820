// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Groups of random accelerator programs, a row each.

#include "tests/sim/machines/cnn_array/random_program.h"

namespace ingot::test {
namespace {

using enum CnnKernel;
using Kind = CnnPooling::Kind;
using Parts = CnnGroup::Parts;

const std::vector<CnnGroup> kGroups = {
    {.name = "kernels_of_3x3", .kernels = {k3x3}},
    {.name = "kernels_of_1x1", .kernels = {k1x1}},
    {.name = "kernels_of_one_dimension", .kernels = {k1d}},
    {.name = "narrow_weights", .weight_bits = {1, 2, 4}, .passes_max = 3},
    {.name = "binary_weights",
     .parts = Parts::kMax78002,
     .weight_bits = {1},
     .is_binary = true,
     .passes_max = 2},
    {.name = "maximum_pooling",
     .kernels = {k3x3, k1x1, k1d, kNone},
     .poolings = {Kind::kMaximum},
     .passes_max = 2},
    {.name = "average_pooling",
     .kernels = {k3x3, k1x1, k1d, kNone},
     .poolings = {Kind::kAverage},
     .passes_max = 2},
    {.name = "dilated_pooling",
     .parts = Parts::kMax78002,
     .kernels = {k3x3, k1x1, k1d, kNone},
     .poolings = {Kind::kMaximum, Kind::kAverage},
     .dilates = true,
     .operands_max = 2,
     .passes_max = 2},
    {.name = "passes_of_input", .passes_max = 16},
    {.name = "passes_of_output", .passes_max = 3, .output_passes_max = 8},
    {.name = "element_wise", .kernels = {kNone}, .operands_max = 16, .passes_max = 3},
    {.name = "element_wise_and_convolved",
     .kernels = {k3x3, k1x1},
     .operands_max = 4,
     .passes_max = 2},
    {.name = "transposed", .kernels = {k3x3}, .passes_max = 3, .is_transposed = true},
    {.name = "depthwise",
     .parts = Parts::kMax78002,
     .kernels = {k3x3, k1x1},
     .passes_max = 4,
     .is_depthwise = true},
    {.name = "transposed_and_depthwise",
     .parts = Parts::kMax78002,
     .kernels = {k3x3},
     .passes_max = 2,
     .is_transposed = true,
     .is_depthwise = true},
    {.name = "wide_output",
     .kernels = {k3x3, k1x1, k1d, kFlatten},
     .passes_max = 2,
     .output_passes_max = 3,
     .gap_max = 3,
     .is_wide = true},
    {.name = "flattened", .kernels = {kFlatten}, .passes_max = 4, .output_passes_max = 3},
    {.name = "passed_through", .kernels = {kNone}, .passes_max = 4, .gap_max = 4},
    {.name = "gaps_and_planes",
     .kernels = {k3x3, k1x1, k1d, kNone},
     .operands_max = 2,
     .passes_max = 2,
     .output_passes_max = 2,
     .gap_max = 5,
     .is_planar = true},
    {.name = "bypassed", .parts = Parts::kMax78002, .kernels = {k3x3, k1x1}, .is_bypassed = true},
    {.name = "chains",
     .kernels = {k3x3, k3x3, k1x1, k1d, kNone, kFlatten},
     .operands_max = 2,
     .passes_max = 2,
     .output_passes_max = 2,
     .layers_max = 5,
     .forks = true,
     .is_planar = true},
    {.name = "depthwise_chains",
     .parts = Parts::kMax78002,
     .kernels = {k3x3, k1x1, kNone},
     .dilates = true,
     .gap_max = 3,
     .layers_max = 5,
     .is_depthwise = true,
     .is_wide = true},
    {.name = "fifos", .kernels = {k3x3, k1x1}, .is_planar = true, .reads_fifo = true},
    {.name = "streams", .kernels = {k3x3}, .layers_max = 3, .reads_fifo = true, .streams = true},
};

}  // namespace

const std::vector<CnnGroup> &cnn_groups() { return kGroups; }

}  // namespace ingot::test
