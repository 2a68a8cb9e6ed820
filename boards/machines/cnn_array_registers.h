// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Registers of a CNN accelerator: where they lie, and what their bits are.

#ifndef INGOT_BOARDS_MACHINES_CNN_ARRAY_REGISTERS_H
#define INGOT_BOARDS_MACHINES_CNN_ARRAY_REGISTERS_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "boards/machines/cnn_array.h"

namespace ingot {

enum class CnnField {
#define INGOT_CNN_FIELD(name, r0, f0, b0, r2, f2, b2, meaning) name,
#include "boards/machines/cnn_array_fields.def"
};

struct CnnFieldPlace {
    int32_t reg = 0;
    int32_t first_bit = 0;
    int32_t bits = 0;  // 0: the part lacks the field.

    constexpr uint32_t maximum() const { return static_cast<uint32_t>((uint64_t{1} << bits) - 1); }
};

struct CnnFieldRow {
    std::string_view name;
    CnnFieldPlace max78000;
    CnnFieldPlace max78002;
    std::string_view meaning;

    constexpr const CnnFieldPlace &place(CnnArray::Layout layout) const {
        return layout == CnnArray::Layout::kMax78000 ? max78000 : max78002;
    }
};

inline constexpr CnnFieldRow kCnnFields[] = {
#define INGOT_CNN_FIELD(name, r0, f0, b0, r2, f2, b2, meaning) \
    {#name, {r0, f0, b0}, {r2, f2, b2}, meaning},
#include "boards/machines/cnn_array_fields.def"
};

// All of one layer in one quadrant.
struct CnnLayerRegisters {
    static constexpr int32_t kCount = 24;
    std::array<uint32_t, kCount> value{};

    // 0 where the part lacks the field.
    uint32_t get(CnnField field, CnnArray::Layout layout) const;
    // Bits beyond the field's are dropped.
    void set(CnnField field, CnnArray::Layout layout, uint32_t to);
};

// A register of a layer, by its address.
struct CnnRegisterPlace {
    int32_t quadrant = 0;
    int32_t layer = 0;
    int32_t reg = 0;
};

// Registers that are laid out among the stream registers: three from this one on.
constexpr int32_t cnn_first_stream_register(CnnArray::Layout layout) {
    return layout == CnnArray::Layout::kMax78000 ? 16 : 20;
}

uint32_t cnn_register_address(const CnnArray &array, const CnnRegisterPlace &place);
std::optional<CnnRegisterPlace> cnn_register_at(const CnnArray &array, uint32_t address);

// Words from CnnArrayMap::control on, of each quadrant.
namespace cnn_control {
inline constexpr uint32_t kControl = 0;  // "CTRL"
inline constexpr uint32_t kSram = 1;
inline constexpr uint32_t kLayerCount = 2;  // "LCNT_MAX": last layer, first one << 8.
inline constexpr uint32_t kTest = 3;
inline constexpr uint32_t kWords = 4;
}  // namespace cnn_control

// Bits of the control register.
namespace cnn_bit {
inline constexpr uint32_t kEnable = 1u << 0;
inline constexpr uint32_t kExternalReady = 1u << 4;
inline constexpr uint32_t kOneShot = 1u << 8;
inline constexpr uint32_t kDone = 1u << 12;
inline constexpr uint32_t kRoundAverage = 1u << 13;
inline constexpr uint32_t kStream = 1u << 14;
inline constexpr uint32_t kFifo = 1u << 15;
inline constexpr uint32_t kMlatorLoad = 1u << 16;
inline constexpr uint32_t kMlatorLaneShift = 17;
inline constexpr uint32_t kMexpress = 1u << 20;
inline constexpr uint32_t kSimpleOneBit = 1u << 21;
inline constexpr uint32_t kFastFifo = 1u << 22;
inline constexpr uint32_t kFifoGroup = 1u << 23;
inline constexpr uint32_t kBinary = 1u << 30;    // MAX78002; on the MAX78000 a shift in time.
inline constexpr uint32_t kQuadFifo = 1u << 31;  // "qupac"
}  // namespace cnn_bit

// Bits of the test register for memory m (0 data, 1 kernels, 2 line buffers, 3 bias).
namespace cnn_test {
constexpr uint32_t test_start(uint32_t m) { return 1u << (2 * m); }
constexpr uint32_t clear_start(uint32_t m) { return 2u << (2 * m); }
constexpr uint32_t test_done(uint32_t m) { return 1u << (18 + m); }
constexpr uint32_t clear_done(uint32_t m) { return 1u << (22 + m); }
inline constexpr uint32_t kMemories = 4;
inline constexpr uint32_t kAllTestsDone = 1u << 27;
inline constexpr uint32_t kAllClearsDone = 1u << 28;
inline constexpr uint32_t kStatus = 0x3fff'c000 & ~(1u << 26);
}  // namespace cnn_test

// Words from CnnArrayMap::fifo on, and bits of the first two.
namespace cnn_fifo {
inline constexpr uint32_t kControl = 0;
inline constexpr uint32_t kStatus = 1;
inline constexpr uint32_t kData = 2;  // One word for each FIFO.
inline constexpr uint32_t kEnableShift = 12;
inline constexpr uint32_t kFullShift = 0;
inline constexpr uint32_t kEmptyShift = 4;
inline constexpr uint32_t kAlmostFullShift = 8;
inline constexpr uint32_t kAlmostEmptyShift = 12;
inline constexpr uint32_t kFullThresholdShift = 2;
inline constexpr uint32_t kEmptyThresholdShift = 7;
inline constexpr uint32_t kThresholdMask = 7;
}  // namespace cnn_fifo

}  // namespace ingot

#endif
