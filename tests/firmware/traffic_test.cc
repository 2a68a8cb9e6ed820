// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What simulated firmware moves: exactly what the plan says, and never more than a port can.

#include <gmock/gmock.h>

#include "base/files.h"
#include "codegen/compile.h"
#include "sim/simulate.h"
#include "tests/firmware/emulator.h"
#include "tests/support/tflite_builder.h"

namespace ingot::test {
namespace {

constexpr int kInput = 96, kConstant = 32;

// Joins an input with constants: it copies, and computes nothing.
codegen::Program copying_program() {
    TfliteBuilder model;
    const int x = model.input({.name = "x", .shape = {1, kInput}, .scale = {0.5f}});
    const int k = model.tensor({.name = "k",
                                .shape = {1, kConstant},
                                .scale = {0.5f},
                                .data = std::vector<uint8_t>(kConstant, 7)});
    const int y = model.output({.name = "y", .shape = {1, kInput + kConstant}, .scale = {0.5f}});
    model.op("CONCATENATION", {x, k}, {y}, {int32_option(0, 1)});
    const auto folder = TemporaryFolder::make(testing::TempDir()).value();
    const std::vector<uint8_t> bytes = model.finish();
    INGOT_CHECK(write_files(folder.path(), std::vector{NamedFile{"copy.tflite", bytes}}));
    return codegen::compile(folder.path() + "/copy.tflite", {}).value();
}

class traffic : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        board_ = board_named(GetParam());
        if (const auto missing = missing_compiler(board_); !missing.empty()) {
            GTEST_SKIP() << missing;
        }
    }

    sim::Setup setup(const codegen::Program &program, const Board &board) const {
        const auto image =
            image_of(program, board, {.installation = installation(), .cache = cache()});
        return sim::Setup::make(board, image.elf, installation().boards()).value();
    }

    static sim::Report report(const sim::Setup &setup, const codegen::Program &program,
                              const sim::ProcessorOptions &options = {}) {
        const auto firmware = sim::FirmwareRun::boot(setup, options).value();
        int64_t bytes = 0;
        for (const codegen::TensorId id : program.graph.inputs) {
            bytes += program.graph.tensors[id].bytes();
        }
        EXPECT_TRUE(firmware->infer(std::vector<uint8_t>(static_cast<size_t>(bytes), 3)));
        return firmware->report({});
    }

    Board board_;
};

TEST_P(traffic, of_a_copy_is_what_the_plan_says) {
    const codegen::Program program = copying_program();
    const sim::Setup copying = setup(program, board_);
    const auto firmware = sim::FirmwareRun::boot(copying, {}).value();
    const sim::ModelInMemory &model = firmware->model();
    const sim::Symbol *constants = copying.image.symbol("copy_constants");
    ASSERT_NE(constants, nullptr);
    sim::MemorySystem &memories = firmware->processor().memories();
    memories.watch({.address = model.arena, .bytes = model.arena_bytes});
    memories.watch({.address = constants->address, .bytes = kConstant});
    ASSERT_TRUE(firmware->infer(std::vector<uint8_t>(kInput, 3)));

    const sim::Traffic &arena = memories.watches()[0].traffic;
    EXPECT_EQ(arena.bytes_read, kInput);
    EXPECT_EQ(arena.bytes_written, kInput + kConstant);
    const sim::Traffic &constant = memories.watches()[1].traffic;
    EXPECT_EQ(constant.bytes_read, kConstant);
    EXPECT_EQ(constant.bytes_written, 0);
}

TEST_P(traffic, of_all_masters_is_that_of_all_memories) {
    const codegen::Program program = tiny_program();
    const sim::Report found =
        report(setup(program, board_), program,
               {.background = {{.memory = "ram", .bytes_per_second = 20'000'000}}});
    int64_t masters = 0, memories = 0;
    for (const sim::Stream &stream : found.streams) masters += stream.traffic.bytes();
    for (const sim::MemoryReport &memory : found.memories) memories += memory.traffic.bytes();
    EXPECT_GT(masters, 0);
    EXPECT_EQ(masters, memories);
    EXPECT_THAT(sim::faults(found), testing::IsEmpty());
}

TEST_P(traffic, through_a_narrower_memory_never_takes_less_time) {
    const codegen::Program program = tiny_program();
    for (size_t m = 0; m < board_.memories.size(); ++m) {
        Board board = board_;
        int64_t before = 0;
        for (; board.memories[m].width_bytes >= 1; board.memories[m].width_bytes /= 2) {
            const sim::Report found = report(setup(program, board), program);
            EXPECT_THAT(sim::faults(found), testing::IsEmpty());
            EXPECT_GE(found.cycles.total(), before)
                << board.memories[m].name << " of " << board.memories[m].width_bytes << " B";
            before = found.cycles.total();
        }
        EXPECT_GT(before, 0);
    }
}

TEST_P(traffic, to_a_slower_memory_never_takes_less_time) {
    const codegen::Program program = tiny_program();
    for (size_t m = 0; m < board_.memories.size(); ++m) {
        Board board = board_;
        int64_t before = 0;
        for (const int64_t wait : {0, 1, 2, 5}) {
            board.memories[m].read_wait_cycles = board.memories[m].write_wait_cycles = wait;
            const sim::Report found = report(setup(program, board), program);
            EXPECT_THAT(sim::faults(found), testing::IsEmpty());
            EXPECT_GT(found.cycles.total(), before) << board.memories[m].name << ' ' << wait;
            before = found.cycles.total();
        }
    }
}

INSTANTIATE_TEST_SUITE_P(boards, traffic,
                         testing::Values("cortex_m0plus", "cortex_m4", "cortex_m7", "cortex_m33",
                                         "rv32"),
                         [](const auto &tested) { return tested.param; });

}  // namespace
}  // namespace ingot::test
