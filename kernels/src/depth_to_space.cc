// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Channels spread over blocks of pixels: the upscaling half of a pixel shuffle.

#include "copy.h"
#include "ingot/kernels.h"

namespace {

bool is_valid(const ingot_depth_to_space_params &p) {
    return p.element_bytes >= 1 && p.block >= 1 && p.input.batches >= 1 && p.input.height >= 1 &&
           p.input.width >= 1 && p.input.channels >= 1 && p.input.channels % p.block == 0 &&
           p.input.channels / p.block % p.block == 0;
}

}  // namespace

//   input   [batches][height][width][channels]
//   output  [batches][height x block][width x block][channels / block^2]
//
// Returns INGOT_ERROR_SHAPE if an extent is below 1 or block^2 does not divide the channels.
ingot_status ingot_depth_to_space(const void *params, const ingot_io *io) {
    const auto &p = *static_cast<const ingot_depth_to_space_params *>(params);
    if (!is_valid(p)) return INGOT_ERROR_SHAPE;

    // An input pixel holds the rows of its block one after the other, each one run of bytes.
    const int32_t run = p.input.channels / p.block * p.element_bytes;
    const int32_t pixel = p.input.channels * p.element_bytes;
    const auto *line = static_cast<const uint8_t *>(io->input[0]);
    auto *target = static_cast<uint8_t *>(io->output[0]);
    const int32_t lines = p.input.batches * p.input.height;
    for (int32_t y = 0; y < lines; ++y, line += p.input.width * pixel) {
        for (int32_t row = 0; row < p.block; ++row) {
            for (int32_t x = 0; x < p.input.width; ++x) {
                target = ingot::copy(line + x * pixel + row * run, target, run);
            }
        }
    }
    return INGOT_OK;
}
