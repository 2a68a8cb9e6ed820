// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Images of another size, each pixel copied from the nearest one.

#include "copy.h"
#include "ingot/kernels.h"
#include "window.h"

namespace {

bool is_valid(const ingot_resize_nearest_params &p) {
    return p.element_bytes >= 1 && ingot::is_valid(p.input) && ingot::is_valid(p.output) &&
           p.output.batches == p.input.batches && p.output.channels == p.input.channels;
}

}  // namespace

//   input   [batches][height][width][channels]
//   output  the same with another height and width
//
// What is nearest was decided when the tables were made: each entry of rows lies in
// 0 .. input height - 1, each of columns in 0 .. input width - 1.
// Returns INGOT_ERROR_SHAPE if an extent is below 1 or batches or channels differ.
ingot_status ingot_resize_nearest(const void *params, const ingot_io *io) {
    const auto &p = *static_cast<const ingot_resize_nearest_params *>(params);
    if (!is_valid(p)) return INGOT_ERROR_SHAPE;

    const int32_t pixel_bytes = p.input.channels * p.element_bytes;
    const int32_t row_bytes = p.input.width * pixel_bytes;
    const auto *image = static_cast<const uint8_t *>(io->input[0]);
    auto *target = static_cast<uint8_t *>(io->output[0]);
    for (int32_t batch = 0; batch < p.input.batches; ++batch, image += p.input.height * row_bytes) {
        for (int32_t y = 0; y < p.output.height; ++y) {
            const uint8_t *row = image + p.rows[y] * row_bytes;
            for (int32_t x = 0; x < p.output.width; ++x) {
                target = ingot::copy(row + p.columns[x] * pixel_bytes, target, pixel_bytes);
            }
        }
    }
    return INGOT_OK;
}
