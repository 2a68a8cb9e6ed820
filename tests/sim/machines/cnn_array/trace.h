// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Recorded bus accesses of real programs for the CNN accelerator, and what replays them.

#ifndef INGOT_TESTS_SIM_CNN_TRACE_H
#define INGOT_TESTS_SIM_CNN_TRACE_H

#include <cstdint>
#include <string>
#include <vector>

#include "boards/machines/cnn_array.h"
#include "sim/machines/cnn_array/device.h"

namespace ingot::sim::test {

// The accelerator of a board of this project: "max78000", "max78002".
CnnArray cnn_array_of(const std::string &board);

// Remembers the accelerator's interrupt line.
class OneLine : public InterruptLines {
public:
    void set(int number, bool is_high) override {
        number_ = number;
        is_high_ = is_high;
    }
    bool is_high() const { return is_high_; }
    int number() const { return number_; }

private:
    int number_ = -1;
    bool is_high_ = false;
};

struct TraceRecord {
    enum Kind : uint8_t { kWrite, kRead, kInterrupt };
    uint8_t kind = 0;
    uint8_t bytes = 0;
    uint16_t zero = 0;
    uint32_t address = 0;
    uint32_t value = 0;
};

struct Trace {
    std::string name;   // Of the file, without its end.
    std::string board;  // "max78000"
    std::string path;
};
void PrintTo(const Trace &trace, std::ostream *stream);

// All below INGOT_SHARED, in alphabetical order; a nameless one when there are none.
std::vector<Trace> shared_traces();

std::vector<TraceRecord> read_trace(const std::string &path);

struct Replayed {
    int64_t data_reads = 0;
    int64_t data_reads_wrong = 0;
    int64_t interrupts = 0;
    int64_t cycles_recorded = 0;  // By the vendor's formula.
    std::string first_wrong;      // Read, or what failed.
};

// Stops at the first diagnosis.
Replayed replay(const std::vector<TraceRecord> &records, CnnArrayDevice &device,
                const CnnArray &array, const OneLine &line);

}  // namespace ingot::sim::test

#endif
