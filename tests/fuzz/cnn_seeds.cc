// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Turns what the writer of programs writes on the bus into records.

#include "tests/fuzz/cnn_seeds.h"

#include <algorithm>

#include "boards/board.h"
#include "boards/machines/cnn_array_registers.h"
#include "tests/fuzz/cnn_record.h"
#include "tests/sim/machines/cnn_array/random_program.h"
#include "tests/support/cnn_program/program.h"

namespace ingot::test {
namespace {

using Kind = CnnRecordKind;
using Records = std::vector<CnnRecord>;

CnnRecord record_of(const CnnArray &array, const CnnBusWrite &write) {
    const auto place = cnn_register_at(array, write.address);
    if (!place) {
        return {.kind = Kind::kAnywhere,
                .a = 1,
                .b = static_cast<uint8_t>(std::countr_zero(write.bytes)),
                .x = write.address - array.map.fifo,
                .y = write.value};
    }
    return {.kind = Kind::kRegister,
            .a = static_cast<uint8_t>(place->quadrant),
            .b = static_cast<uint8_t>(place->layer),
            .c = static_cast<uint8_t>(place->reg),
            .x = write.value};
}

void add_streams(Records &records, const std::vector<std::vector<uint32_t>> &streams) {
    size_t longest = 0;
    for (const auto &words : streams) longest = std::max(longest, words.size());
    for (size_t i = 0; i < longest; ++i) {
        for (size_t fifo = 0; fifo < streams.size(); ++fifo) {
            if (i >= streams[fifo].size()) continue;
            records.push_back(
                {.kind = Kind::kPush, .a = static_cast<uint8_t>(fifo), .y = streams[fifo][i]});
        }
    }
}

std::vector<uint8_t> bytes_of(CnnRecordPart part, const Records &records) {
    const auto *bytes = reinterpret_cast<const uint8_t *>(records.data());
    std::vector<uint8_t> seed = {static_cast<uint8_t>(part)};
    seed.insert(seed.end(), bytes, bytes + records.size() * sizeof(CnnRecord));
    return seed;
}

std::vector<uint8_t> encoded(const CnnArray &array, const CnnProgramSpec &spec) {
    const CnnProgram program = write_program(array, spec);
    Records records;
    for (const CnnBusWrite &write : bus_writes(program)) {
        records.push_back(record_of(array, write));
    }
    add_streams(records, program.streams);
    records.push_back({.kind = Kind::kFinish, .a = 1});
    return bytes_of(spec.is_small() ? CnnRecordPart::kMax78000 : CnnRecordPart::kMax78002, records);
}

void set(Records &records, std::initializer_list<std::pair<CnnField, uint32_t>> fields) {
    for (const auto &[field, value] : fields) {
        records.push_back(
            {.kind = Kind::kField, .a = 0xf, .c = static_cast<uint8_t>(field), .x = value});
    }
}

// 3x3 over 4x4 pixels of 1024 channels, in 16 passes, to two outputs from word 0x100 on: sums of
// -128 times -128 leave 26 bits.
Records large_layer(CnnRecordPart part) {
    using enum CnnField;
    const bool is_small = part == CnnRecordPart::kMax78000;
    Records records;
    set(records,
        {{padded_rows, 5}, {padded_columns, 5}, {row_pad, is_small}, {column_pad, is_small}});
    set(records, {{last_row, 3}, {last_column, 3}, {row_pad_enable, 1}, {column_pad_enable, 1}});
    set(records, {{column_rest, 1}, {row_step, 16}, {window_step, 16}, {passes, 15}});
    set(records, {{kernel_rows, 2}, {kernel_columns, 2}, {processors, 0xffff}, {kernels, 0xffff}});
    set(records, {{kernel_last, 8 * 31}, {CnnField::outputs, 31}, {pass_bits, 8}});
    set(records, {{sum_sources, 0xf}, {master, 1}, {writes_globally, 1}, {write_pointer, 0x100}});
    return records;
}

// Fills kernels and data with -128, and starts.
void run_large(Records &records, const CnnArray &array) {
    constexpr uint32_t kKernels = 4 * static_cast<uint32_t>(CnnRecordPlace::kKernels);
    constexpr uint32_t kData = 4 * static_cast<uint32_t>(CnnRecordPlace::kData);
    CnnRecord fill{.kind = Kind::kFill, .a = 32 * 4, .y = 0x80808080};
    for (uint32_t i = 0; i < 64; ++i) {
        fill.c = static_cast<uint8_t>(kKernels + i / 16);
        fill.x = i % 16 * array.map.kernel_stride;
        records.push_back(fill);
    }
    fill.a = 255;
    for (uint32_t i = 0; i < 16; ++i) {
        fill.c = static_cast<uint8_t>(kData + i / 4);
        fill.x = i % 4 * array.map.data_stride;
        records.push_back(fill);
    }
    records.push_back({.kind = Kind::kStart, .a = 0xf});
    records.push_back({.kind = Kind::kFinish, .a = 1});
}

std::vector<uint8_t> large_seed(CnnRecordPart part, const CnnArray &array, bool is_x4) {
    Records records = large_layer(part);
    if (is_x4) set(records, {{CnnField::x4, 1}, {CnnField::outputs, 7}});
    run_large(records, array);
    return bytes_of(part, records);
}

}  // namespace

// The two smallest of those that each group's first numbers make, and three of large sums.
std::vector<std::vector<uint8_t>> cnn_seeds() {
    constexpr uint32_t kTries = 60;
    constexpr size_t kEach = 2;
    const CnnArray arrays[] = {*find_board(kCnnRecordBoards[0], INGOT_BOARDS).value().cnn_array,
                               *find_board(kCnnRecordBoards[1], INGOT_BOARDS).value().cnn_array};
    std::vector<std::vector<uint8_t>> seeds;
    for (const CnnGroup &group : cnn_groups()) {
        std::vector<std::vector<uint8_t>> drawn;
        for (uint32_t number = 0; number < kTries; ++number) {
            const CnnProgramSpec spec = random_program(group, number);
            drawn.push_back(encoded(arrays[spec.is_small() ? 0 : 1], spec));
        }
        std::ranges::stable_sort(drawn, {}, &std::vector<uint8_t>::size);
        seeds.insert(seeds.end(), drawn.begin(), drawn.begin() + kEach);
    }
    seeds.push_back(large_seed(CnnRecordPart::kMax78000, arrays[0], false));
    seeds.push_back(large_seed(CnnRecordPart::kMax78002, arrays[1], false));
    seeds.push_back(large_seed(CnnRecordPart::kMax78002, arrays[1], true));
    return seeds;
}

}  // namespace ingot::test
