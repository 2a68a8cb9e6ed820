// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The accesses of an accelerator program, in the order in which generated code makes them.
// Sources: MAX78000 User Guide, chapter CNN; ai8x-synthesis, izer/backend/max7800x.py.

#include "tests/support/cnn_program/program.h"

#include <algorithm>
#include <map>

#include "boards/machines/cnn_array_registers.h"
#include "tests/support/cnn_program/kernels.h"
#include "tests/support/cnn_program/layer_registers.h"
#include "tests/support/cnn_program/place.h"

namespace ingot::test {
namespace {

using Words = std::map<uint32_t, uint32_t>;  // By address.

constexpr uint32_t kClockEnable = 1 << 3;
constexpr uint32_t kExternalSync = 1 << 11;
constexpr uint32_t kRings = 1 << 19;
constexpr int32_t kLastRegister = 20;     // Of a layer of the MAX78000, behind the streams'.
constexpr uint32_t kSramDefault = 0x40e;  // Margins of its timing.

// Neighbours become one block.
std::vector<CnnBlock> blocks_of(const Words &words) {
    std::vector<CnnBlock> blocks;
    for (const auto &[address, value] : words) {
        const bool continues =
            !blocks.empty() && blocks.back().address + blocks.back().words.size() * 4 == address;
        if (!continues) blocks.push_back({.address = address, .words = {}});
        blocks.back().words.push_back(value);
    }
    return blocks;
}

class Writer {
public:
    Writer(const CnnArray &array, const CnnProgramSpec &spec)
        : array_(array), spec_(spec), quadrants_(quadrants_used(spec)) {}

    CnnProgram all() {
        clear();
        initialize();
        program_.quadrants = quadrants_;
        program_.loads_packed = spec_.loads_packed;
        program_.kernels = spec_.loads_packed ? packed_kernels() : unpacked_kernels();
        program_.bias = bias();
        configure();
        input();
        start();
        return std::move(program_);
    }

private:
    void for_quadrants(const auto &action) const {
        for (int32_t q = 0; q < kQuadrants; ++q) {
            if (quadrants_ >> q & 1) action(q);
        }
    }

    CnnBusWrite control(int32_t quadrant, int32_t reg, uint32_t value) const {
        return {.address = control_address(array_, quadrant, reg), .value = value};
    }

    // The MAX78002 does not clear its registers by itself.
    void clear() {
        if (spec_.is_small()) return;
        std::vector<CnnBusWrite> &writes = program_.clear;
        for_quadrants(
            [&](int32_t q) { writes.push_back(control(q, cnn_control::kControl, kClockEnable)); });
        writes.push_back({.address = array_.map.always_on, .value = 0});
        for_quadrants(
            [&](int32_t q) { writes.push_back(control(q, cnn_control::kSram, kSramDefault)); });
        // Bits that generated code writes; only one of them is documented.
        constexpr uint32_t kClear = 0x1c80;
        program_.clear_done = cnn_test::clear_done(3);
        for_quadrants([&](int32_t q) { writes.push_back(control(q, cnn_control::kTest, kClear)); });
    }

    void initialize() {
        std::vector<CnnBusWrite> &writes = program_.initialize;
        if (spec_.is_small()) {
            writes.push_back({.address = array_.map.always_on, .value = 0});
        } else {
            for_quadrants([&](int32_t q) { writes.push_back(control(q, cnn_control::kTest, 0)); });
        }
        uint32_t value = kClockEnable;
        if (spec_.reads_fifo) value |= cnn_bit::kFifo;
        if (spec_.loads_packed) value |= cnn_bit::kMexpress;
        for_quadrants([&](int32_t q) {
            writes.push_back(control(q, cnn_control::kControl, value));
            if (spec_.is_small()) writes.push_back(control(q, cnn_control::kSram, kSramDefault));
            writes.push_back(control(q, cnn_control::kLayerCount, layer_count()));
        });
    }

    uint32_t layer_count() const {
        int32_t last = 0;
        for (const CnnLayerSpec &layer : spec_.layers) last = std::max(last, layer.slot);
        return static_cast<uint32_t>(last | spec_.layers[0].slot << 8);
    }

    // Nine bytes of each word, the first one foremost in each group of four.
    std::vector<CnnBlock> packed_kernels() const {
        std::vector<CnnBlock> blocks;
        const std::vector<CnnKernelMemory> memories = kernel_memories(spec_);
        for (size_t p = 0; p < memories.size(); ++p) {
            const uint32_t base = kernel_address(array_, static_cast<int32_t>(p));
            int32_t next = -1;
            size_t bytes = 0;
            for (const auto &[word, values] : memories[p]) {
                if (word != next) {
                    blocks.push_back(
                        {.address = base + static_cast<uint32_t>(word) * 4, .words = {}});
                    bytes = 0;
                }
                for (const uint8_t value : values) {
                    if (bytes % 4 == 0) blocks.back().words.push_back(0);
                    blocks.back().words.back() |= static_cast<uint32_t>(value)
                                                  << (24 - 8 * (bytes % 4));
                    ++bytes;
                }
                next = word + 1;
            }
        }
        return blocks;
    }

    // A byte, twice four bytes, and a word that has the others written.
    std::vector<CnnBlock> unpacked_kernels() const {
        Words words;
        const std::vector<CnnKernelMemory> memories = kernel_memories(spec_);
        for (size_t p = 0; p < memories.size(); ++p) {
            for (const auto &[word, values] : memories[p]) {
                const uint32_t address = kernel_address(array_, static_cast<int32_t>(p)) +
                                         static_cast<uint32_t>(word) * 16;
                const auto four = [&values = values](size_t i) {
                    return uint32_t{values[i]} << 24 | uint32_t{values[i + 1]} << 16 |
                           uint32_t{values[i + 2]} << 8 | uint32_t{values[i + 3]};
                };
                words[address] = values[0];
                words[address + 4] = four(1);
                words[address + 8] = four(5);
                words[address + 12] = 0;
            }
        }
        return blocks_of(words);
    }

    std::vector<CnnBlock> bias() const {
        std::vector<CnnBlock> blocks;
        const std::vector<std::vector<uint8_t>> memories = bias_memories(spec_);
        for (size_t q = 0; q < memories.size(); ++q) {
            if (memories[q].empty()) continue;
            blocks.push_back({.address = bias_address(array_, static_cast<int32_t>(q)),
                              .words = {memories[q].begin(), memories[q].end()}});
        }
        return blocks;
    }

    void configure() {
        for (size_t i = 0; i < spec_.layers.size(); ++i) {
            auto registers = layer_registers(array_, spec_, i);
            for_quadrants([&](int32_t q) {
                CnnLayerRegisters &mine = registers[static_cast<size_t>(q)];
                if (!spec_.is_small()) link(mine, i);
                configure(mine, i, q);
            });
        }
        if (!spec_.reads_fifo) return;
        const CnnLayerSpec &first = spec_.layers[0];
        const int32_t per_word = first.is_planar ? kLanes : 1;
        const int32_t words = (first.input.pixels() + per_word - 1) / per_word;
        for_quadrants([&](int32_t q) {
            program_.configure.push_back(
                {.write = {.address = array_.map.input_frame +
                                      static_cast<uint32_t>(q) * array_.map.quadrant_stride,
                           .value = static_cast<uint32_t>(words)},
                 .quadrant = q,
                 .reg = -1});
        });
    }

    // Jumps only where it has to, and stops only ahead of the last register.
    void link(CnnLayerRegisters &registers, size_t index) const {
        const int32_t slot = spec_.layers[index].slot;
        if (index + 1 == spec_.layers.size()) {
            registers.set(CnnField::stops, array_.layout, 1);
        } else if (const int32_t next = spec_.layers[index + 1].slot; next != slot + 1) {
            registers.set(CnnField::jumps, array_.layout, 1);
            registers.set(CnnField::next_layer, array_.layout, static_cast<uint32_t>(next));
        }
    }

    void configure(const CnnLayerRegisters &registers, size_t index, int32_t quadrant) {
        const int32_t streams = cnn_first_stream_register(array_.layout);
        const int32_t slot = spec_.layers[index].slot;
        for (int32_t reg = 0; reg < CnnLayerRegisters::kCount; ++reg) {
            const uint32_t value = registers.value[static_cast<size_t>(reg)];
            const bool is_stream = reg >= streams && reg < streams + 3;
            const bool is_last = spec_.is_small() && reg == kLastRegister;
            const bool exists = reg < streams || is_last || (is_stream && slot < array_.streams);
            if (!exists || (value == 0 && !spec_.clears)) continue;
            const CnnRegisterPlace place{.quadrant = quadrant, .layer = slot, .reg = reg};
            program_.configure.push_back(
                {.write = {.address = cnn_register_address(array_, place), .value = value},
                 .layer = index,
                 .quadrant = quadrant,
                 .reg = reg});
        }
    }

    // Of the operands that no layer has written. Lanes and pixels without a value are zero.
    void input() {
        Words words;
        for (const CnnLayerSpec &layer : spec_.layers) {
            for (size_t k = 0; k < layer.sources.size(); ++k) {
                if (layer.sources[k] >= 0) continue;
                const CnnTensor &tensor = spec_.inputs[static_cast<size_t>(~layer.sources[k])];
                if (spec_.reads_fifo && layer.sources[k] == ~0) {
                    stream(layer, tensor);
                } else {
                    place(words, layer, static_cast<int32_t>(k), tensor);
                }
            }
        }
        program_.input = blocks_of(words);
    }

    void place(Words &words, const CnnLayerSpec &layer, int32_t operand,
               const CnnTensor &tensor) const {
        const int32_t channels = layer.read.passes(tensor.shape.channels) * layer.read.count();
        for (int32_t channel = 0; channel < channels; ++channel) {
            for (int32_t pixel = 0; pixel < tensor.shape.pixels(); ++pixel) {
                const CnnCell cell = input_cell(array_, layer, operand, channel, pixel);
                const bool is_real = channel < tensor.shape.channels;
                const uint32_t byte = is_real ? static_cast<uint8_t>(tensor.at(channel, pixel)) : 0;
                words[cell.address] |= byte << (8 * cell.lane);
            }
        }
    }

    // The words that the first instance of each quadrant would hold.
    void stream(const CnnLayerSpec &layer, const CnnTensor &tensor) {
        Words words;
        place(words, layer, 0, tensor);
        for (int32_t q = 0; q < kQuadrants; ++q) {
            std::vector<uint32_t> &fifo = program_.streams.emplace_back();
            const uint32_t begin = data_address(array_, q * kProcessors, 0);
            const auto end = words.lower_bound(begin + array_.map.data_stride);
            for (auto at = words.lower_bound(begin); at != end; ++at) fifo.push_back(at->second);
        }
    }

    void start() {
        const bool streams = std::ranges::any_of(spec_.layers, &CnnLayerSpec::is_streaming);
        std::vector<CnnBusWrite> &writes = program_.start;
        uint32_t value = kClockEnable;
        if (spec_.reads_fifo) {
            writes.push_back({.address = array_.map.fifo, .value = fifo_control()});
            value |= cnn_bit::kFifo | kExternalSync | (streams ? kRings : 0);
        }
        if (streams) value |= cnn_bit::kStream;
        if (spec_.rounds_average) value |= cnn_bit::kRoundAverage;
        if (spec_.loads_packed) value |= cnn_bit::kMexpress;
        if (spec_.is_binary) value |= cnn_bit::kBinary;
        for_quadrants([&](int32_t q) {
            const uint32_t enable = q == 0 ? 0 : cnn_bit::kEnable;
            writes.push_back(control(q, cnn_control::kControl, value | kExternalSync | enable));
        });
        writes.push_back(control(0, cnn_control::kControl, value | cnn_bit::kEnable));
    }

    uint32_t fifo_control() const {
        constexpr uint32_t kThreshold = 2;
        constexpr uint32_t kCoupled = 1 << 11;
        uint32_t value = kThreshold << cnn_fifo::kFullThresholdShift |
                         kThreshold << cnn_fifo::kEmptyThresholdShift |
                         (spec_.is_small() ? kCoupled : 0);
        for (size_t q = 0; q < program_.streams.size(); ++q) {
            if (!program_.streams[q].empty()) value |= 1u << (cnn_fifo::kEnableShift + q);
        }
        return value;
    }

    const CnnArray &array_;
    const CnnProgramSpec &spec_;
    uint32_t quadrants_;
    CnnProgram program_;
};

void append(std::vector<CnnBusWrite> &writes, const CnnBlock &block) {
    uint32_t address = block.address;
    for (const uint32_t word : block.words) {
        writes.push_back({.address = address, .value = word});
        address += 4;
    }
}

}  // namespace

CnnProgram write_program(const CnnArray &array, const CnnProgramSpec &spec) {
    return Writer(array, spec).all();
}

std::vector<CnnBusWrite> bus_writes(const CnnProgram &program) {
    std::vector<CnnBusWrite> writes = program.clear;
    writes.insert(writes.end(), program.initialize.begin(), program.initialize.end());
    for (const CnnBlock &block : program.kernels) {
        if (program.loads_packed) {
            writes.push_back({.address = block.address | 1, .bytes = 1, .value = 1});
        }
        append(writes, block);
    }
    for (const CnnBlock &block : program.bias) append(writes, block);
    for (const CnnRegisterWrite &row : program.configure) writes.push_back(row.write);
    for (const CnnBlock &block : program.input) append(writes, block);
    writes.insert(writes.end(), program.start.begin(), program.start.end());
    return writes;
}

std::vector<CnnExpectedWord> expected_words(const CnnArray &array, const CnnLayerSpec &layer,
                                            const CnnTensor &output) {
    std::map<uint32_t, CnnExpectedWord> words;
    for (int32_t channel = 0; channel < output.shape.channels; ++channel) {
        for (int32_t pixel = 0; pixel < output.shape.pixels(); ++pixel) {
            const CnnCell cell = output_cell(array, layer, channel, pixel);
            const uint32_t mask = layer.is_wide ? ~uint32_t{0} : 0xffu << (8 * cell.lane);
            const auto value = static_cast<uint32_t>(output.at(channel, pixel));
            CnnExpectedWord &word = words[cell.address];
            word.address = cell.address;
            word.mask |= mask;
            word.value |= layer.is_wide ? value : (value & 0xff) << (8 * cell.lane);
        }
    }
    std::vector<CnnExpectedWord> result;
    for (const auto &[address, word] : words) result.push_back(word);
    return result;
}

}  // namespace ingot::test
