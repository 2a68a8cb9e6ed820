// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reads the description of a CNN accelerator.

#include "boards/machines/cnn_array.h"

#include <limits>

namespace ingot {
namespace {

constexpr int64_t kAddressMax = std::numeric_limits<uint32_t>::max();

struct Place {
    std::string_view key;
    uint32_t CnnArrayMap::*value;
};
constexpr Place kPlaces[] = {
    {"window_bytes", &CnnArrayMap::window_bytes},
    {"fifo", &CnnArrayMap::fifo},
    {"always_on", &CnnArrayMap::always_on},
    {"quadrant_stride", &CnnArrayMap::quadrant_stride},
    {"control", &CnnArrayMap::control},
    {"layer_registers", &CnnArrayMap::layer_registers},
    {"layer_stride", &CnnArrayMap::layer_stride},
    {"register_stride", &CnnArrayMap::register_stride},
    {"stream_registers", &CnnArrayMap::stream_registers},
    {"stream_register_stride", &CnnArrayMap::stream_register_stride},
    {"input_frame", &CnnArrayMap::input_frame},
    {"mlator", &CnnArrayMap::mlator},
    {"bias", &CnnArrayMap::bias},
    {"line_buffer", &CnnArrayMap::line_buffer},
    {"line_buffer_stride", &CnnArrayMap::line_buffer_stride},
    {"kernels", &CnnArrayMap::kernels},
    {"kernel_stride", &CnnArrayMap::kernel_stride},
    {"data", &CnnArrayMap::data},
    {"data_stride", &CnnArrayMap::data_stride},
};

CnnArrayMap read_map(Section section) {
    CnnArrayMap map;
    for (const Place &place : kPlaces) {
        map.*place.value = static_cast<uint32_t>(section.integer(place.key, 0, kAddressMax));
    }
    section.finish();
    return map;
}

CnnArrayTiming read_timing(Section section) {
    constexpr int64_t kPicosecondsMax = 1'000'000'000;
    CnnArrayTiming timing{
        .start_cycles = section.integer("start_cycles", 0, 1'000'000),
        .core_cycles = section.integer_or("core_cycles", 0, 1'000'000, 0),
        .stream_word_cycles = section.integer("stream_word_cycles", 0, 1000),
        .stream_factor = section.real_or("stream_factor", 1, 100, 1),
        .pipeline_factor = section.real_or("pipeline_factor", 1, 100, 1),
        .read_picoseconds = section.integer("read_picoseconds", 0, kPicosecondsMax),
        .write_picoseconds = section.integer("write_picoseconds", 0, kPicosecondsMax)};
    section.finish();
    return timing;
}

struct Limit {
    std::string_view key;
    int64_t CnnArrayLimits::*value;
};
constexpr Limit kLimits[] = {
    {"channels", &CnnArrayLimits::channels},
    {"rows_columns", &CnnArrayLimits::rows_columns},
    {"conv2d_dilation", &CnnArrayLimits::conv2d_dilation},
    {"conv1d_dilation", &CnnArrayLimits::conv1d_dilation},
    {"pool_dilation", &CnnArrayLimits::pool_dilation},
    {"pool_passes", &CnnArrayLimits::pool_passes},
    {"write_gap_bits", &CnnArrayLimits::write_gap_bits},
};

struct Ability {
    std::string_view key;
    bool CnnArrayLimits::*value;
};
constexpr Ability kAbilities[] = {
    {"links_layers", &CnnArrayLimits::links_layers},
    {"groups", &CnnArrayLimits::groups},
    {"reads_gaps", &CnnArrayLimits::reads_gaps},
    {"pads_passes", &CnnArrayLimits::pads_passes},
    {"adds_then_biases", &CnnArrayLimits::adds_then_biases},
    {"element_wise_passes", &CnnArrayLimits::element_wise_passes},
    {"streams_bias", &CnnArrayLimits::streams_bias},
    {"streams_unpadded_last", &CnnArrayLimits::streams_unpadded_last},
    {"streams_pass_through", &CnnArrayLimits::streams_pass_through},
    {"resets_average_pool", &CnnArrayLimits::resets_average_pool},
    {"binary_weights", &CnnArrayLimits::binary_weights},
    {"bypasses_kernels", &CnnArrayLimits::bypasses_kernels},
    {"x4", &CnnArrayLimits::x4},
    {"reads_ahead", &CnnArrayLimits::reads_ahead},
    {"snoops", &CnnArrayLimits::snoops},
};

CnnArrayLimits read_limits(Section section) {
    constexpr int64_t kLimitMax = 1 << 24;
    CnnArrayLimits limits;
    for (const Limit &limit : kLimits) {
        limits.*limit.value = section.integer(limit.key, 1, kLimitMax);
    }
    limits.kernel_part_words = section.integer_or("kernel_part_words", 1, kLimitMax, 0);
    for (const Ability &ability : kAbilities) {
        limits.*ability.value = section.flag_or(ability.key, false);
    }
    section.finish();
    return limits;
}

}  // namespace

CnnArray read_cnn_array(Section section) {
    using enum CnnArray::Layout;
    CnnArray array{.layout = section.choice("layout", {"max78000", "max78002"}) == "max78002"
                                 ? kMax78002
                                 : kMax78000,
                   .clock_hz = section.integer("clock_hz", 1, 10'000'000'000),
                   .quadrants = section.integer("quadrants", 1, 4),
                   .processors = section.integer("processors", 16, 16),
                   .layers = section.integer("layers", 1, 128),
                   .streams = section.integer("streams", 0, 8),
                   .fifos = section.integer("fifos", 0, 4),
                   .fifo_words = section.integer("fifo_words", 1, 1 << 16),
                   .data_words = section.integer("data_words", 1, 1 << 20),
                   .kernel_words = section.integer("kernel_words", 1, 1 << 16),
                   .first_kernel_words = section.integer("first_kernel_words", 1, 1 << 16),
                   .bias_bytes = section.integer("bias_bytes", 1, 1 << 16),
                   .line_buffer_words = section.integer("line_buffer_words", 1, 1 << 16),
                   .interrupt = section.integer("interrupt", 0, 239),
                   .map = read_map(section.section("map")),
                   .timing = read_timing(section.section("timing")),
                   .limits = read_limits(section.section("limits"))};
    section.finish();
    return array;
}

}  // namespace ingot
