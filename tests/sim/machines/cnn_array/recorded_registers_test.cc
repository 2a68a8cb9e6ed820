// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The writer writes what the vendor's generator does: registers of recorded programs, decoded and
// written anew.

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cctype>
#include <string_view>

#include "sim/machines/cnn_array/decode.h"
#include "tests/sim/machines/cnn_array/trace.h"
#include "tests/support/cnn_program/layer_registers.h"
#include "tests/support/cnn_program/network.h"
#include "tests/support/cnn_program/place.h"

namespace ingot::test {
namespace {

using sim::test::Trace;
using sim::test::TraceRecord;

// What was written to the accelerator's registers until it was started.
sim::CnnRegisters registers_of(const Trace &trace, const CnnArray &array) {
    sim::CnnRegisters registers(array);
    for (const TraceRecord &record : sim::test::read_trace(trace.path)) {
        if (record.kind == TraceRecord::kInterrupt) break;
        if (record.kind != TraceRecord::kWrite || record.address < array.map.control) continue;
        const uint32_t quadrant = (record.address - array.map.control) / array.map.quadrant_stride;
        const uint32_t reg = (record.address - array.map.control) % array.map.quadrant_stride / 4;
        if (reg < cnn_control::kWords) {
            registers.quadrants[quadrant].control[reg] = record.value;
        } else if (const auto place = cnn_register_at(array, record.address)) {
            registers.quadrants[quadrant]
                .layers[static_cast<size_t>(place->layer)]
                .value[static_cast<size_t>(place->reg)] = record.value;
        }
    }
    return registers;
}

// From what a layer does back to what it was meant to do.
class Meaning {
public:
    Meaning(const sim::Layer &layer, const sim::CnnRegisters &registers, const CnnArray &array)
        : layer_(layer),
          registers_(registers.quadrants[static_cast<size_t>(registers.first_quadrant())]
                         .layers[static_cast<size_t>(layer.index)]),
          array_(array) {}

    CnnLayerSpec spec() {
        input();
        if (layer_.convolves()) kernels();
        output();
        return std::move(spec_);
    }

private:
    uint32_t get(CnnField field) const { return registers_.get(field, array_.layout); }
    bool is_small() const { return array_.layout == CnnArray::Layout::kMax78000; }

    void input() {
        spec_.slot = layer_.index;
        for (int32_t k = 0; k < layer_.operands; ++k) spec_.sources.push_back(~k);
        spec_.read = {
            .processors = layer_.processors, .word = layer_.read_pointer, .gap = layer_.read_gap};
        spec_.input = {.channels = layer_.passes * spec_.read.count(),
                       .rows = layer_.rows,
                       .columns = layer_.columns};
        spec_.is_planar = layer_.is_planar;
        spec_.function = static_cast<CnnElementFunction>(layer_.function);
        spec_.pools_first = layer_.pools_first;
        spec_.is_streaming = layer_.is_streaming;
        const sim::Pooling &pool = layer_.pooling;
        spec_.pooling = {.kind = static_cast<CnnPooling::Kind>(pool.kind),
                         .rows = pool.rows,
                         .columns = pool.columns,
                         .stride = pool.stride,
                         .row_dilation = pool.row_dilation,
                         .column_dilation = pool.column_dilation};
        spec_.row_pad = layer_.row_pad;
        spec_.column_pad = layer_.column_pad;
    }

    void kernels() {
        // With one pass and pixel only, what tells is that no output fills the last pass.
        const bool is_point = layer_.taps() == 1 && layer_.rows * layer_.columns == 1 &&
                              layer_.kind == sim::Layer::Kind::kConvolution;
        const bool is_flat =
            layer_.is_flattened || (is_point && layer_.outputs % layer_.outputs_per_pass != 0);
        spec_.kernel = is_flat              ? CnnKernel::kFlatten
                       : layer_.is_1d       ? CnnKernel::k1d
                       : layer_.taps() == 1 ? CnnKernel::k1x1
                                            : CnnKernel::k3x3;
        if (is_flat) flatten();
        spec_.taps = layer_.is_1d ? layer_.tap_rows : 1;
        spec_.is_transposed = layer_.is_transposed;
        spec_.is_depthwise = layer_.kind == sim::Layer::Kind::kDepthwise;
        spec_.is_bypassed = layer_.is_bypassed;
        spec_.weight_bits = layer_.weight_bits;
        spec_.kernel_word = (layer_.kernel_start / 8 * layer_.taps() + layer_.kernel_shift) / 9;
        spec_.shift = layer_.shift;
        spec_.activation = static_cast<CnnActivation>(layer_.activation);
        spec_.is_wide = layer_.is_wide;
        for (int32_t q = 0; q < kQuadrants; ++q) {
            const sim::BiasPlace &bias = layer_.bias[static_cast<size_t>(q)];
            if (!bias.is_used) continue;
            spec_.bias_quadrant = q;
            spec_.bias_start = bias.start;
            spec_.bias = {1};
        }
    }

    // Its pixels are passes; the MAX78002 tells how many passes a pixel has.
    void flatten() {
        const auto each = is_small() ? 1 : static_cast<int32_t>(get(CnnField::window_step));
        spec_.input = {
            .channels = each * spec_.read.count(), .rows = layer_.passes / each, .columns = 1};
    }

    // Which of an instance's lanes come first is not in the registers.
    void output() {
        const int32_t first = instance(layer_.first_quadrant) * kLanes;
        const uint32_t mask = (1u << layer_.pointer_bits) - 1;
        const auto pointer = layer_.write_pointer[static_cast<size_t>(layer_.first_quadrant)];
        spec_.write.word = static_cast<int32_t>(static_cast<uint32_t>(pointer) & mask);
        if (!layer_.convolves()) {
            spec_.outputs = spec_.input.channels;
            pass_through();
            spec_.write.gap = layer_.write_gap;
            return;
        }
        const bool is_depthwise = layer_.kind == sim::Layer::Kind::kDepthwise;
        const int32_t span = is_depthwise ? spec_.read.count() : layer_.outputs_per_pass;
        spec_.outputs = is_depthwise ? spec_.input.channels : layer_.outputs;
        spec_.write.processors = layer_.is_broadcast ? spec_.read.processors : cnn_run(first, span);
        const int32_t passes = spec_.write.passes(spec_.outputs);
        spec_.write.gap = (layer_.write_gap + 1) / passes - 1;
    }

    int32_t instance(int32_t quadrant) const {
        return layer_.write_pointer[static_cast<size_t>(quadrant)] >> layer_.pointer_bits;
    }

    void pass_through() {
        for (int32_t q = 0; q < kQuadrants; ++q) {
            const int32_t count = std::popcount(quadrant_of(spec_.read.processors, q));
            if (count > 0) spec_.write.processors |= cnn_run(instance(q) * kLanes, count);
        }
    }

    const sim::Layer &layer_;
    const CnnLayerRegisters &registers_;
    const CnnArray &array_;
    CnnLayerSpec spec_;
};

// Where the generator writes what has no effect, or more than a description can say.
constexpr struct {
    std::string_view trace;
    CnnField field;
} kExcuses[] = {
    // Passes that the generator has turned into rows keep their offset.
    {"78000_test-mpadd-256", CnnField::pass_offset},
    // The generator of 2021 wrote the offset for single passes, too.
    {"measured_cats-vs-dogs", CnnField::pass_offset},
    {"measured_kws20_v3", CnnField::pass_offset},
    // Each quadrant packs the bias of depthwise layers for itself.
    {"78002_test-depthwise-quantpool", CnnField::bias_start},
};

bool is_excused(const std::string &trace, CnnField field) {
    return std::ranges::any_of(
        kExcuses, [&](const auto &one) { return one.trace == trace && one.field == field; });
}

// Order of layers is the writer's choice.
bool is_link(CnnField field) {
    return field == CnnField::next_layer || field == CnnField::jumps || field == CnnField::stops;
}

class recorded_registers : public testing::TestWithParam<Trace> {};

TEST_P(recorded_registers, are_written_anew) {
    const Trace &trace = GetParam();
    if (trace.name.empty()) GTEST_SKIP() << "no INGOT_SHARED";
    const CnnArray array = sim::test::cnn_array_of(trace.board);
    const sim::CnnRegisters registers = registers_of(trace, array);
    const auto decoded = sim::decode(registers, array);
    ASSERT_TRUE(decoded);
    CnnProgramSpec program;
    program.part = array.layout == CnnArray::Layout::kMax78000 ? CnnProgramSpec::Part::kMax78000
                                                               : CnnProgramSpec::Part::kMax78002;
    for (const sim::Layer &layer : decoded->layers) {
        if (layer.is_idle) continue;
        if (layer.is_x4 || layer.reads_ahead)
            GTEST_SKIP() << "neither x4 nor read-ahead is written";
        program.reads_fifo |= layer.reads_fifo;
        program.layers.push_back(Meaning(layer, registers, array).spec());
    }
    for (size_t i = 0; i < program.layers.size(); ++i) {
        const auto written = layer_registers(array, program, i);
        const auto slot = static_cast<size_t>(program.layers[i].slot);
        for (size_t q = 0; q < written.size(); ++q) {
            const CnnLayerRegisters &recorded = registers.quadrants[q].layers[slot];
            for (size_t f = 0; f < std::size(kCnnFields); ++f) {
                const auto field = static_cast<CnnField>(f);
                if (is_excused(trace.name, field) || is_link(field)) continue;
                EXPECT_EQ(written[q].get(field, array.layout), recorded.get(field, array.layout))
                    << kCnnFields[f].name << " of layer " << slot << " in quadrant " << q;
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(shared, recorded_registers, testing::ValuesIn(sim::test::shared_traces()),
                         [](const auto &info) {
                             std::string name = info.param.name.empty() ? "none" : info.param.name;
                             for (char &c : name) c = std::isalnum(c) ? c : '_';
                             return name;
                         });

}  // namespace
}  // namespace ingot::test
