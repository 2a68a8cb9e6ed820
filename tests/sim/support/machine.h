// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A board and a program of a few instructions on it, for tests of the simulated core.
//
// Programs stand in the tests as encodings in hexadecimal, one group per instruction with its text
// beside it, as bytes_of() in tests/sim/core/sequences.h reads them. Texts and encodings are those
// of GNU as 2.40; words of data are two halfwords, the lower one first.

#ifndef INGOT_TESTS_SIM_SUPPORT_MACHINE_H
#define INGOT_TESTS_SIM_SUPPORT_MACHINE_H

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "sim/simulate.h"
#include "tests/support/elf_writer.h"

namespace ingot::sim {

// Where things lie, the same on every board that a test makes.
constexpr uint32_t kArmCode = 0x400, kArmHandler = 0x800, kArmRam = 0x20000000;
constexpr uint32_t kArmStack = kArmRam + 0x1000;
constexpr uint32_t kRiscvCode = 0x80000000, kRiscvHandler = 0x80000800, kRiscvRam = 0x80400000;

// A board of boards/, by name, with its memories where the programs expect them.
Board board_named(const std::string &name);

// A piece of code at an address of its own, with a symbol there.
struct Piece {
    std::string name;
    uint32_t address = 0;
    std::string encoding;
};

// A Cortex-M program: its main code at kArmCode, and handlers at theirs.
struct Handler {
    uint32_t exception = 0;
    std::string encoding;  // Handler number i lies at kArmHandler + 0x100 * i.
};
test::Elf arm_elf(const std::string &main, const std::vector<Handler> &handlers = {});

// An RV32 program at kRiscvCode, and its handler at kRiscvHandler.
test::Elf riscv_elf(const std::string &main, const std::string &handler = {});

// An image of bytes that are one.
Image image_of(const test::Elf &elf);

// A program on a board, with everything kept that a Processor refers to.
class Machine {
public:
    Machine(Board board, const test::Elf &elf, const ProcessorOptions &options = {},
            const DeviceMaker &make_devices = {});

    // Runs to its end; the test fails if that is not one.
    Stop run(const Until &until = {});

    // Runs it to its fault; the test fails if there is none.
    Diagnostic fault();

    Processor &operator*() { return *processor_; }
    Processor *operator->() { return processor_.get(); }
    Report report() const;

private:
    std::unique_ptr<Setup> setup_;
    ProcessorOptions options_;
    std::unique_ptr<Processor> processor_;
};

// Everything that was counted, as one text: two runs are alike when these are equal.
std::string counts(Processor &processor);

}  // namespace ingot::sim

#endif
