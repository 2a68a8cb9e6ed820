// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The tables of packings.

#include "codegen/ops/packing.h"

#include <algorithm>
#include <span>

#include "kernels/arch/armv7em/conv2d.pack.h"
#include "kernels/arch/armv7em/depthwise_conv2d.pack.h"
#include "kernels/arch/armv7em/fully_connected.pack.h"

namespace ingot::codegen {
namespace {

// What a folder of kernels/arch says of one operator; kernels/arch/form.h.
template <class Params>
struct Packing {
    std::string_view folder;
    int64_t (*weights_bytes)(const Params &);
    Form (*pack)(const Params &, uint8_t *);
    int64_t (*scratch_bytes)(const Params &);
    bool (*is_scratch_optional)(const Params &);
};

#define INGOT_PACKING(isa) \
    { #isa, isa::weights_bytes, isa::pack, isa::scratch_bytes, isa::is_scratch_optional }

constexpr Packing<ingot_conv2d_params> kConv2d[] = {INGOT_PACKING(armv7em)};
constexpr Packing<ingot_depthwise_conv2d_params> kDepthwiseConv2d[] = {INGOT_PACKING(armv7em)};
constexpr Packing<ingot_fully_connected_params> kFullyConnected[] = {INGOT_PACKING(armv7em)};

struct Fallback {
    std::string_view isa, folder;
};

constexpr Fallback kFallbacks[] = {
#define INGOT_ISA(isa, folder) {#isa, #folder},
#include "kernels/arch/isa.def"
#undef INGOT_ISA
};

}  // namespace

std::vector<std::string_view> kernel_folders(std::string_view isa) {
    std::vector<std::string_view> folders = {isa};
    for (const Fallback &row : kFallbacks) {
        if (row.isa == isa) folders.push_back(row.folder);
    }
    return folders;
}

namespace {

template <class Params>
std::optional<PackedLayer> pack(std::span<const Packing<Params>> packings, std::string_view isa,
                                const Params &params) {
    for (const std::string_view folder : kernel_folders(isa)) {
        const auto row = std::ranges::find(packings, folder, &Packing<Params>::folder);
        if (row == packings.end()) continue;
        PackedLayer layer = {.weights = std::vector<uint8_t>(row->weights_bytes(params)),
                             .scratch_bytes = row->scratch_bytes(params),
                             .is_scratch_optional = row->is_scratch_optional(params)};
        layer.holds_constants = row->pack(params, layer.weights.data()) != kPlain;
        return layer;
    }
    return std::nullopt;
}

}  // namespace

std::optional<PackedLayer> packed_for(std::string_view isa, const ingot_conv2d_params &params) {
    return pack<ingot_conv2d_params>(kConv2d, isa, params);
}

std::optional<PackedLayer> packed_for(std::string_view isa,
                                      const ingot_depthwise_conv2d_params &params) {
    return pack<ingot_depthwise_conv2d_params>(kDepthwiseConv2d, isa, params);
}

std::optional<PackedLayer> packed_for(std::string_view isa,
                                      const ingot_fully_connected_params &params) {
    return pack<ingot_fully_connected_params>(kFullyConnected, isa, params);
}

std::optional<PackedLayer> packed_for(std::string_view, const ingot_transpose_conv2d_params &) {
    return std::nullopt;
}

}  // namespace ingot::codegen
