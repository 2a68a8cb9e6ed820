// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Images with their known-answer test, on a board's emulator.

#ifndef INGOT_TESTS_EMULATOR_H
#define INGOT_TESTS_EMULATOR_H

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "apps/firmware.h"
#include "codegen/emit/emit.h"
#include "codegen/program.h"

namespace ingot::test {

// What an image exits with besides an ingot_status; see apps/firmware/idle_semihosting.cc.
constexpr int kFaulted = 100;
constexpr int kBroken = 101;

// What an image told before it ended.
struct Told {
    int exit = 0;
    std::map<std::string, uint32_t> words;  // The mailbox: "status", "ticks" ...
    std::string raw;
};

// The build tree as an installation, and where test programs are kept.
cli::Installation installation();
std::string cache();

Board board_named(const std::string &name);

// A board's name or a tool that it lacks, for GTEST_SKIP; empty when all is there.
std::string missing_compiler(const Board &board);
std::string missing_emulator(const Board &board);

// The network of tests/support/tiny_model.h, compiled.
codegen::Program tiny_program();

// Of random inputs, by the host.
codegen::KnownAnswer host_answer(const codegen::Program &program);

// Builds; a diagnostic fails the calling test by aborting it.
cli::FirmwareImage image_of(const codegen::Program &program, const Board &board,
                            const cli::FirmwareOptions &options);

// Builds the image that tells, and runs it.
Told emulate(const codegen::Program &program, const Board &board,
             const codegen::KnownAnswer &answer,
             const cli::Installation &installation = test::installation());

// The build tree with one kernel replaced, for a board. It stays where it is, so that what is
// compiled from it need not be compiled again.
cli::Installation doctored(const Board &board, const std::string &op, const std::string &source);

}  // namespace ingot::test

#endif
