// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Blocks of pixels gathered into channels: depth_to_space the other way round.

#include "copy.h"
#include "ingot/kernels.h"

namespace {

bool is_valid(const ingot_space_to_depth_params &p) {
    return p.element_bytes >= 1 && p.block >= 1 && p.input.batches >= 1 && p.input.height >= 1 &&
           p.input.width >= 1 && p.input.channels >= 1 && p.input.height % p.block == 0 &&
           p.input.width % p.block == 0;
}

}  // namespace

//   input   [batches][height][width][channels]
//   output  [batches][height / block][width / block][channels x block^2]
//
// Returns INGOT_ERROR_SHAPE if an extent is below 1 or the block does not divide height and width.
ingot_status ingot_space_to_depth(const void *params, const ingot_io *io) {
    const auto &p = *static_cast<const ingot_space_to_depth_params *>(params);
    if (!is_valid(p)) return INGOT_ERROR_SHAPE;

    // An output pixel holds the rows of its block one after the other, each one run of bytes.
    const int32_t run = p.input.channels * p.block * p.element_bytes;
    const int32_t pixel = run * p.block;
    const int32_t width = p.input.width / p.block;
    const auto *source = static_cast<const uint8_t *>(io->input[0]);
    auto *line = static_cast<uint8_t *>(io->output[0]);
    const int32_t lines = p.input.batches * p.input.height / p.block;
    for (int32_t y = 0; y < lines; ++y, line += width * pixel) {
        for (int32_t row = 0; row < p.block; ++row) {
            for (int32_t x = 0; x < width; ++x, source += run) {
                ingot::copy(source, line + x * pixel + row * run, run);
            }
        }
    }
    return INGOT_OK;
}
