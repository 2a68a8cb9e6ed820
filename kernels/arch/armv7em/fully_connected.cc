// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Every output from every input of its row: eight outputs at a time, reading inputs as they lie.

#include "../../src/fully_connected.h"

#include "fully_connected.pack.h"
#include "tile.h"

namespace ingot::armv7em {
namespace {

constexpr int32_t kChunk = kSumElementsMax / kStep * kStep;

// Sums of a tile's outputs, two or eight.
template <int kPairs>
struct Sums {
    ChannelPair<1> ab, cd, ef, gh;

    [[gnu::always_inline]] void add(const uint32_t *weights, uint32_t x) {
        ab.add(weights[0], x, 0);
        if constexpr (kPairs == 4) {
            cd.add(weights[1], x, 0);
            ef.add(weights[2], x, 0);
            gh.add(weights[3], x, 0);
        }
    }
    [[gnu::always_inline]] void add_quad(const uint32_t *weights, const int8_t *input) {
        const uint32_t quad = load_word(input);
        add(weights, sxtb16(quad));
        add(weights + kPairs, sxtb16_ror8(quad));
    }
    [[gnu::always_inline]] void add_step(const uint32_t *weights, const int8_t *input) {
        add_quad(weights, input);
        add_quad(weights + 2 * kPairs, input + 4);
    }
};

// The totals of a tile's outputs, in order.
using Totals = int32_t[kOutputTileChannels];

[[gnu::always_inline]] inline void put_pair(const ChannelPair<1> &sums, int32_t *totals) {
    totals[0] = sums.sum(0, 0);
    totals[1] = sums.sum(1, 0);
}

// Multiplies up to kChunk inputs of a tile; returns the end of their weights. Inputs that do not
// fill a step are read from a copy that does.
template <int kPairs>
[[gnu::noinline]] const uint32_t *multiply(const uint32_t *weights, const int8_t *input,
                                           int32_t inputs, Totals &totals) {
    constexpr int32_t kStepWords = kStep / 2 * kPairs;
    Sums<kPairs> sums;
    for (const int8_t *end = input + (inputs & -kStep); input != end; input += kStep) {
        sums.add_step(weights, input);
        weights += kStepWords;
    }
    if (const int32_t rest = inputs % kStep; rest != 0) [[unlikely]] {
        int8_t last[kStep] = {};
        for (int32_t i = 0; i < rest; ++i) last[i] = input[i];
        sums.add_step(weights, last);
        weights += kStepWords;
    }
    put_pair(sums.ab, totals);
    if constexpr (kPairs == 4) {
        put_pair(sums.cd, totals + 2);
        put_pair(sums.ef, totals + 4);
        put_pair(sums.gh, totals + 6);
    }
    return weights;
}

// The same for any number of inputs, a chunk at a time.
template <int kPairs>
const uint32_t *multiply_all(const uint32_t *weights, const int8_t *input, int32_t inputs,
                             Totals &totals) {
    weights = multiply<kPairs>(weights, input, inputs < kChunk ? inputs : kChunk, totals);
    while (inputs > kChunk) [[unlikely]] {
            input += kChunk;
            inputs -= kChunk;
            Totals more;
            weights = multiply<kPairs>(weights, input, inputs < kChunk ? inputs : kChunk, more);
            for (int32_t i = 0; i < 2 * kPairs; ++i) totals[i] = add_wrapping(totals[i], more[i]);
        }
    return weights;
}

// What is known of some outputs, side by side, when their sums are through.
struct Outputs {
    const int32_t *bias;
    const int32_t *factor;
    int32_t factor_step;
    int32_t count;
};

void finish_fast(const Outputs &outputs, const Totals &totals, int8_t *output) {
    const int32_t *factor = outputs.factor;
    for (int32_t i = 0; i < outputs.count; ++i, factor += outputs.factor_step) {
        const int32_t doubled = add_wrapping(outputs.bias[i], ingot_shift_left(totals[i], 1));
        output[i] = requantize(doubled, factor[0], factor[1]);
    }
}

[[gnu::noinline, gnu::cold]] void finish_exactly(const Outputs &outputs, const Totals &totals,
                                                 const ingot_output_stage &stage, int8_t *output) {
    const int32_t *factor = outputs.factor;
    for (int32_t i = 0; i < outputs.count; ++i, factor += outputs.factor_step) {
        const int32_t accumulator = add_wrapping(totals[i], outputs.bias[i]);
        output[i] = armv7em::finish_exactly(accumulator, factor[0], factor[1], stage);
    }
}

void multiply_row(const ingot_fully_connected_params &p, Form form, const int8_t *input,
                  int8_t *output) {
    const uint32_t *packed = static_cast<const uint32_t *>(p.weights) + 1;
    const uint32_t *weights = packed + factors_bytes(p) / 4;
    Outputs outputs = {.bias = nullptr,
                       .factor = reinterpret_cast<const int32_t *>(packed),
                       .factor_step = p.factors.stride * kFactorWords,
                       .count = 0};
    for (int32_t rest = p.outputs; rest > 0; rest -= outputs.count, output += outputs.count) {
        Totals totals;
        const bool is_whole = rest >= kOutputTileChannels;
        weights = is_whole ? multiply_all<4>(weights, input, p.inputs, totals)
                           : multiply_all<1>(weights, input, p.inputs, totals);
        outputs.bias = reinterpret_cast<const int32_t *>(weights);
        outputs.count = is_whole ? kOutputTileChannels : rest < 2 ? rest : 2;
        if (form == kFast) {
            finish_fast(outputs, totals, output);
        } else {
            finish_exactly(outputs, totals, p.stage, output);
        }
        outputs.factor += outputs.count * outputs.factor_step;
        weights += is_whole ? kOutputTileChannels : 2;
    }
}

bool meets_requirements(const ingot_fully_connected_params &p) {
    return p.rows >= 1 && p.inputs >= 1 && p.outputs >= 1 && is_tiled(p) &&
           (p.factors.stride == 0 || p.factors.stride == 1) && is_int8(p.input_zero_point) &&
           is_valid(p.stage);
}

ingot_status multiply_packed(const ingot_fully_connected_params &p, const ingot_io *io, Form form) {
    if (!meets_requirements(p)) return INGOT_ERROR_SHAPE;

    const auto *input = static_cast<const int8_t *>(io->input[0]);
    auto *output = static_cast<int8_t *>(io->output[0]);
    for (int32_t row = 0; row < p.rows; ++row, input += p.inputs, output += p.outputs) {
        multiply_row(p, form, input, output);
        if (form == kFast) clamp(p.stage, output, p.outputs);
    }
    return INGOT_OK;
}

[[gnu::cold, gnu::noinline]] ingot_status multiply_plain(const ingot_fully_connected_params &p,
                                                         const ingot_io *io) {
    return ingot::fully_connected(p, io, static_cast<const int8_t *>(p.weights) + kFormBytes);
}

}  // namespace
}  // namespace ingot::armv7em

// Like the portable kernel, from weights that `pack` of fully_connected.pack.h made.
// Returns INGOT_ERROR_SHAPE, having written nothing, also if weights are not packed.
ingot_status ingot_fully_connected(const void *params, const ingot_io *io) {
    using namespace ingot;
    using namespace ingot::armv7em;
    const auto &p = *static_cast<const ingot_fully_connected_params *>(params);
    if (!p.weights) return INGOT_ERROR_SHAPE;

    const uint32_t form = *static_cast<const uint32_t *>(p.weights);
    if (form == kPlain) {
        return multiply_plain(p, io);
    }
    if (form != kFast && form != kExact) return INGOT_ERROR_SHAPE;
    return multiply_packed(p, io, static_cast<Form>(form));
}
