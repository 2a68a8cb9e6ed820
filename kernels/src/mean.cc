// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The mean along some of a tensor's axes.

#include "stage.h"
#include "walk.h"

namespace ingot {
namespace {

// A place on a walk; its offset is in elements.
struct Position {
    int32_t index[INGOT_RANK_MAX] = {};
    int32_t offset = 0;
};

// Steps like an odometer: a loop that is through starts again and carries outwards. False when the
// walk is through.
bool step(const ingot_walk &walk, Position &at) {
    for (int32_t d = walk.rank - 1; d >= 0; --d) {
        at.offset += walk.stride[d];
        if (++at.index[d] < walk.extent[d]) return true;
        at.offset -= walk.stride[d] * walk.extent[d];
        at.index[d] = 0;
    }
    return false;
}

int32_t sum(const ingot_walk &walk, const int8_t *input, int32_t zero_point) {
    uint32_t total = 0;
    Position at;
    do {
        total += static_cast<uint32_t>(input[at.offset] - zero_point);
    } while (step(walk, at));
    return static_cast<int32_t>(total);
}

}  // namespace
}  // namespace ingot

// Sums wrap when they leave 32 bits, which takes more than 2^23 elements in one mean.
// Returns INGOT_ERROR_SHAPE, having written nothing, if a walk is not valid or a number is outside
// the range that params.h gives.
ingot_status ingot_mean(const void *params, const ingot_io *io) {
    using namespace ingot;
    const auto &p = *static_cast<const ingot_mean_params *>(params);
    if (!is_valid(p.kept) || !is_valid(p.reduced) || !is_int8(p.input_zero_point) ||
        !is_valid(p.factor) || !is_valid(p.stage)) {
        return INGOT_ERROR_SHAPE;
    }

    const auto *input = static_cast<const int8_t *>(io->input[0]);
    auto *output = static_cast<int8_t *>(io->output[0]);
    Position at;
    do {
        const int32_t total = sum(p.reduced, input + at.offset, p.input_zero_point);
        *output++ = finish(total, p.factor, p.stage);
    } while (step(p.kept, at));
    return INGOT_OK;
}
