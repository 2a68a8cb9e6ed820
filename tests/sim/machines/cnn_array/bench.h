// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// An accelerator on a bus that nothing else is on.

#ifndef INGOT_TESTS_SIM_CNN_ARRAY_BENCH_H
#define INGOT_TESTS_SIM_CNN_ARRAY_BENCH_H

#include <string>

#include "base/result.h"
#include "sim/machines/cnn_array/device.h"
#include "tests/support/cnn_program/program.h"

namespace ingot::test {

CnnArray cnn_array_on(const std::string &board);

// Registers and memories keep what programs have left in them.
class CnnBench {
public:
    explicit CnnBench(const CnnArray &array) : array_(array), device_(array_, line_) {}

    const CnnArray &array() const { return array_; }
    const sim::CnnArrayDevice &device() const { return device_; }

    Result<void> write(const std::vector<CnnBusWrite> &writes);
    // Feeds the FIFOs, waits for the interrupt and acknowledges it.
    Result<void> finish(const CnnProgram &program);
    // Both.
    Result<void> run(const CnnProgram &program);
    Result<uint32_t> read(uint32_t address);

private:
    struct Line : sim::InterruptLines {
        void set(int, bool is_high) override { is_raised |= is_high; }
        bool is_raised = false;
    };
    Result<void> feed(const std::vector<std::vector<uint32_t>> &streams);
    sim::Time step();

    CnnArray array_;
    Line line_;
    sim::CnnArrayDevice device_;
    sim::Time now_ = 0;
};

}  // namespace ingot::test

#endif
