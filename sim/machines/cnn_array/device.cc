// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Accesses of the bus: registers, memories and FIFOs.

#include "sim/machines/cnn_array/device.h"

#include <fmt/format.h>

namespace ingot::sim {
namespace {

constexpr std::string_view kPartNames[] = {"nothing",
                                           "a FIFO",
                                           "always-on control",
                                           "control",
                                           "a layer's registers",
                                           "frame size",
                                           "snoop",
                                           "mlator",
                                           "a bias",
                                           "a line buffer",
                                           "kernel memory",
                                           "data memory"};

std::string_view name_of(CnnPart part) { return kPartNames[static_cast<size_t>(part)]; }

// Parts that layers read or write while they run.
bool is_used_by_layers(CnnPart part) {
    return part == CnnPart::kLayer || part == CnnPart::kBias || part == CnnPart::kKernels ||
           part == CnnPart::kData || part == CnnPart::kLineBuffer || part == CnnPart::kMlator;
}

tl::unexpected<Diagnostic> wrong_size(uint32_t address, uint32_t bytes, CnnPart part) {
    return fail(Code::kCnnProgramInvalid, fmt::format("address {:#010x}", address),
                fmt::format("{} does not answer an access of {} bytes", name_of(part), bytes),
                "words of 4 bytes; bytes only to set the number of the next kernel");
}

tl::unexpected<Diagnostic> unmapped(uint32_t address) {
    return fail(Code::kUnmappedAccess, fmt::format("address {:#010x}", address),
                "the CNN accelerator has nothing there");
}

}  // namespace

CnnArrayDevice::CnnArrayDevice(const CnnArray &array, InterruptLines &lines)
    : array_(array),
      lines_(lines),
      clock_hz_(array.clock_hz),
      registers_(array),
      data_(array.instance_count(), array.data_words),
      kernels_(array),
      bias_(array),
      line_buffers_(array),
      fifos_(array) {}

std::vector<DeviceRange> CnnArrayDevice::ranges() const {
    return {{.address = array_.map.fifo,
             .bytes = array_.map.window_bytes,
             .read_time = array_.timing.read_picoseconds,
             .write_time = array_.timing.write_picoseconds}};
}

Result<uint32_t> CnnArrayDevice::read(uint32_t address, uint32_t bytes, Time now) {
    TRY_DO(advance(now));
    const CnnPlace place = cnn_place(array_, address);
    if (place.part == CnnPart::kNothing) return unmapped(address);
    if (bytes != 4) return wrong_size(address, bytes, place.part);
    file_access(place, false);
    return read_place(place);
}

Result<void> CnnArrayDevice::write(uint32_t address, uint32_t bytes, uint32_t value, Time now) {
    TRY_DO(advance(now));
    const CnnPlace place = cnn_place(array_, address);
    if (place.part == CnnPart::kNothing) return unmapped(address);
    file_access(place, true);
    if (bytes == 1) return write_byte(place, address, value);
    if (bytes != 4) return wrong_size(address, bytes, place.part);
    return write_place(place, value, now);
}

void CnnArrayDevice::file_access(const CnnPlace &place, bool is_write) {
    if (!active_ || !is_used_by_layers(place.part)) return;
    hazards_.add(fmt::format("the program {} {} of quadrant {} while layers run",
                             is_write ? "writes" : "reads", name_of(place.part), place.quadrant));
}

uint32_t &CnnArrayDevice::control(int32_t quadrant, uint32_t word) {
    return registers_.quadrants[static_cast<size_t>(quadrant)].control[word];
}

// Registers that hold what was written; nullptr: not one of them.
uint32_t *CnnArrayDevice::stored_register(const CnnPlace &place) {
    CnnRegisters::Quadrant &quadrant = registers_.quadrants[static_cast<size_t>(place.quadrant)];
    switch (place.part) {
        case CnnPart::kControl:
            return &quadrant.control[place.index];
        case CnnPart::kLayer:
            return &quadrant.layers[static_cast<size_t>(place.unit)].value[place.index];
        case CnnPart::kFrame:
            return &quadrant.frame_words;
        case CnnPart::kAlwaysOn:
            return &others_[0];
        case CnnPart::kSnoop:
            return &others_[1 + static_cast<uint32_t>(place.quadrant) * 64 + place.index];
        default:
            return nullptr;
    }
}

Result<uint32_t> CnnArrayDevice::read_place(const CnnPlace &place) {
    switch (place.part) {
        case CnnPart::kFifo:
            if (place.index == cnn_fifo::kControl) return fifos_.control();
            return place.index == cnn_fifo::kStatus ? fifos_.status() : 0;
        case CnnPart::kMlator:
            return read_mlator(place.quadrant);
        case CnnPart::kBias:
            return static_cast<uint8_t>(bias_.read(place.quadrant, place.index));
        case CnnPart::kLineBuffer:
            return line_buffers_.at(place.unit, place.index);
        case CnnPart::kKernels:
            return kernels_.read_word(place.unit, place.index);
        case CnnPart::kData:
            return data_.read(place.unit, place.index);
        default:
            return *stored_register(place);
    }
}

Result<void> CnnArrayDevice::write_place(const CnnPlace &place, uint32_t value, Time now) {
    switch (place.part) {
        case CnnPart::kFifo:
            return write_fifo(place.index, value, now);
        case CnnPart::kControl:
            return write_control(place, value, now);
        case CnnPart::kKernels:
            return write_kernel(place, value);
        case CnnPart::kMlator:
            break;  // Can only be read.
        case CnnPart::kBias:
            bias_.write(place.quadrant, place.index, static_cast<int8_t>(value));
            break;
        case CnnPart::kLineBuffer:
            line_buffers_.at(place.unit, place.index) = static_cast<uint16_t>(value);
            break;
        case CnnPart::kData:
            data_.write(place.unit, place.index, value);
            break;
        case CnnPart::kSnoop:
            notes_.add(
                "snoop registers are written: what they do is not documented; layers run "
                "as if they did nothing");
            [[fallthrough]];
        default:
            *stored_register(place) = value;
    }
    return {};
}

Result<void> CnnArrayDevice::write_byte(const CnnPlace &place, uint32_t address, uint32_t value) {
    if (place.part != CnnPart::kKernels || address % 4 != 1) {
        return wrong_size(address, 1, place.part);
    }
    if (value != 1) {
        notes_.add("a byte other than 1 sets the number of the next kernel: taken as 1");
    }
    return kernels_.set_next(place.unit, place.index);
}

Result<void> CnnArrayDevice::write_kernel(const CnnPlace &place, uint32_t value) {
    if (control(place.quadrant, cnn_control::kControl) & cnn_bit::kMexpress) {
        return kernels_.write_packed(place.unit, value);
    }
    return kernels_.write_word(place.unit, place.index, value);
}

Result<void> CnnArrayDevice::write_fifo(uint32_t word, uint32_t value, Time now) {
    if (word == cnn_fifo::kStatus) return {};
    if (word == cnn_fifo::kControl) {
        if (value >> 16) notes_.add("interrupts of FIFOs are enabled: they never come");
        fifos_.set_control(value);
        return {};
    }
    push_word(static_cast<int32_t>(word - cnn_fifo::kData), value, now);
    return {};
}

Result<void> CnnArrayDevice::write_control(const CnnPlace &place, uint32_t value, Time now) {
    uint32_t &stored = control(place.quadrant, place.index);
    const uint32_t before = stored;
    stored = value;
    if (place.index == cnn_control::kTest) write_test(place.quadrant, value);
    if (place.index != cnn_control::kControl) return {};
    // The done bit can be cleared, but not set.
    stored = (value & ~cnn_bit::kDone) | (before & value & cnn_bit::kDone);
    update_interrupt();
    if (stored & ~before & cnn_bit::kMlatorLoad) load_mlator(place.quadrant);
    return write_enable(place.quadrant, before, stored, now);
}

// Bits 9 and 10 name the quadrant that a follower, which has bit 11 set, waits for.
Result<void> CnnArrayDevice::write_enable(int32_t quadrant, uint32_t before, uint32_t after,
                                          Time now) {
    const bool follows = (after >> 11 & 1) && static_cast<int32_t>(after >> 9 & 3) != quadrant;
    if (active_ && quadrant == active_->master && !(after & cnn_bit::kEnable)) {
        hazards_.add("the program stops the accelerator before its layers are done");
        active_.reset();
        return {};
    }
    if (follows || active_ || !(after & ~before & cnn_bit::kEnable)) return {};
    return start(quadrant, now);
}

// Tests and clears take no time; both leave zeros. Source of the bits: MAX78000 User Guide, table
// 27-22; that tests leave zeros: ai8x-synthesis uses them to clear memories (--zero-sram).
void CnnArrayDevice::write_test(int32_t quadrant, uint32_t value) {
    uint32_t done = 0;
    for (uint32_t m = 0; m < cnn_test::kMemories; ++m) {
        const bool tests = value & cnn_test::test_start(m);
        const bool clears = value & cnn_test::clear_start(m);
        if (tests) done |= cnn_test::test_done(m) | cnn_test::kAllTestsDone;
        if (clears) done |= cnn_test::clear_done(m) | cnn_test::kAllClearsDone;
        if (tests || clears) clear_memory(quadrant, m);
    }
    uint32_t &stored = control(quadrant, cnn_control::kTest);
    stored = (value & ~cnn_test::kStatus) | done;
}

void CnnArrayDevice::clear_memory(int32_t quadrant, uint32_t memory) {
    const int64_t instances = array_.processors / CnnArray::kProcessorsPerInstance;
    if (memory == 0) data_.clear(quadrant * instances, instances);
    if (memory == 1) kernels_.clear(quadrant);
    if (memory == 2) line_buffers_.clear(quadrant * array_.processors, array_.processors);
    if (memory != 3) return;
    // Register files: biases, and on the MAX78002 the registers of layers, whose programs leave out
    // writes of zero after this. Source: ai8x-synthesis, izer/tornadocnn.py: REQUIRE_REG_CLEAR.
    bias_.clear(quadrant);
    if (array_.layout != CnnArray::Layout::kMax78002) return;
    CnnRegisters::Quadrant &cleared = registers_.quadrants[static_cast<size_t>(quadrant)];
    std::ranges::fill(cleared.layers, CnnLayerRegisters{});
    cleared.frame_words = 0;
}

// Starts at layer 0's write pointer, in the quadrant's own instances: programs leave the instance
// out. The first read returns what the latch held before. Source: ai8x-synthesis, izer/unload.py.
void CnnArrayDevice::load_mlator(int32_t quadrant) {
    const CnnLayerRegisters &layer =
        registers_.quadrants[static_cast<size_t>(quadrant)].layers.front();
    const uint32_t pointer = layer.get(CnnField::write_pointer, array_.layout);
    const uint32_t bits = array_.layout == CnnArray::Layout::kMax78000 ? 13 : 15;
    Mlator &mlator = mlators_[static_cast<size_t>(quadrant)];
    mlator.instance = quadrant * 4 + static_cast<int32_t>(pointer >> bits & 3);
    mlator.word = pointer & ((1u << bits) - 1);
    mlator.step = 1 + layer.get(CnnField::write_gap, array_.layout);
    notes_.add("mlator: the instances that it reads are assumed");
}

uint32_t CnnArrayDevice::read_mlator(int32_t quadrant) {
    Mlator &mlator = mlators_[static_cast<size_t>(quadrant)];
    const uint32_t lane = control(quadrant, cnn_control::kControl) >> cnn_bit::kMlatorLaneShift & 3;
    const uint32_t result = mlator.latch;
    mlator.latch = 0;
    for (uint32_t i = 0; i < 4; ++i, mlator.word += mlator.step) {
        if (mlator.word >= array_.data_words) continue;
        const uint32_t byte = data_.read(mlator.instance, mlator.word) >> (8 * lane) & 0xff;
        mlator.latch |= byte << (8 * i);
    }
    return result;
}

void CnnArrayDevice::update_interrupt() {
    const bool is_done = control(master_, cnn_control::kControl) & cnn_bit::kDone;
    lines_.set(static_cast<int>(array_.interrupt), is_done);
}

}  // namespace ingot::sim
