// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// How bytes are a program for a CNN accelerator: one that chooses the part, then records, all of
// one size, so that a fuzzer can add, drop and move them.

#ifndef INGOT_TESTS_FUZZ_CNN_RECORD_H
#define INGOT_TESTS_FUZZ_CNN_RECORD_H

#include <cstddef>
#include <cstdint>

namespace ingot::test {

enum class CnnRecordKind : uint8_t {
    kField,     // a: quadrants, a bit each; b: layer; c: CnnField; x: value
    kRegister,  // a: quadrant; b: layer; c: register; x: value
    kAnywhere,  // a: 1 to write; b: two's logarithm of the size; x: byte of the window; y: value
    kPart,      // As kAnywhere; x: byte of a place; c: quadrant + 4 * CnnRecordPlace
    kFill,      // Writes words: a: count; x, c: as kPart; y: value of each
    kStart,     // a: quadrants; x: more bits of their control registers
    kPush,      // a: FIFO; b: count, less one; y: value of each
    kFinish,    // Waits for the next event; a: 1 to acknowledge
    kWait,      // x: nanoseconds
    kClock,     // x: hertz
    kCount,
};

// Stretches of the accelerator's window.
enum class CnnRecordPlace : uint8_t {
    kControl,
    kLayers,
    kStreams,
    kFrame,
    kMlator,
    kBias,
    kLineBuffers,
    kKernels,
    kData,
    kFifos,
    kAlwaysOn,
};

struct CnnRecord {
    CnnRecordKind kind = CnnRecordKind::kField;
    uint8_t a = 0;
    uint8_t b = 0;
    uint8_t c = 0;
    uint32_t x = 0;
    uint32_t y = 0;
};
static_assert(sizeof(CnnRecord) == 12);

// The first byte.
enum class CnnRecordPart : uint8_t { kMax78000, kMax78002 };
inline constexpr const char *kCnnRecordBoards[] = {"max78000", "max78002"};

}  // namespace ingot::test

#endif
