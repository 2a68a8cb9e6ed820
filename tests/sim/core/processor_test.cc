// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Programs of a few instructions cost what the cycle table says, however they are cut and observed.

#include "sim/core/processor.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "tests/sim/core/sequences.h"
#include "tests/sim/support/machine.h"
#include "tests/sim/support/programs.h"

namespace ingot::sim {
namespace {

const ProcessorOptions kUnrecorded{.is_traffic_recorded = false};

// -- Costs ---------------------------------------------------------------------------------------

TEST(processor, costs_a_straight_block_what_the_cycle_table_says) {
    for (const char *name : {"cortex_m4", "cortex_m7", "cortex_m33"}) {
        Machine machine(board_named(name), arm_elf(std::string(kStraight)));
        const BlockCost cost = cost_of(decode_all(Isa::kThumb, kStraight), core(name));
        const Result<Stop> end = machine->run({});
        ASSERT_FALSE(end) << "lr is no address after reset";
        EXPECT_EQ(machine->clock().cycle, cost.cycles) << name;
        EXPECT_EQ(machine->clock().instructions, 6) << name;
    }
}

// Cortex-M4: five cycles and a taken branch; eight rounds of four; the last of three; WFI.
TEST(processor, costs_a_loop_its_taken_and_its_last_branch) {
    Machine machine(board_named("cortex_m4"), arm_elf(kLoop));
    EXPECT_EQ(machine.run().kind, Stop::Kind::kAsleep);
    EXPECT_EQ(machine->clock().cycle, 6 + 8 * 4 + 3 + 1);
    EXPECT_EQ(machine->clock().instructions, 5 + 9 * 3 + 1);
    EXPECT_EQ(machine->reg(0), 55u);
    const Block &loop = machine->blocks().blocks().at(1);
    EXPECT_EQ(loop.address, kArmCode + 4);
    EXPECT_EQ(loop.executions, 9);
    EXPECT_EQ(loop.cycles, 8 * 4 + 3);
}

// RV32: the predictor has to learn the branch, and misses when it ends.
TEST(processor, costs_a_predicted_loop_what_its_misses_add) {
    Machine machine(board_named("rv32"), riscv_elf(kRiscvLoop));
    EXPECT_EQ(machine.run().kind, Stop::Kind::kAsleep);
    EXPECT_EQ(machine->reg(10), 55u);
    BranchPredictor predictor(core("rv32").predictor);
    int64_t expected = 5 + 9 * 3 + 1;  // One cycle for each instruction.
    for (int round = 1; round <= 10; ++round)
        expected += predictor.file(kRiscvCode + 8, round < 10);
    EXPECT_EQ(machine->clock().cycle, expected);
    EXPECT_EQ(machine->clock().instructions, 33);
}

// Eight rounds; in four of them the carry is clear, and three instructions issue without effect.
TEST(processor, counts_skipped_instructions_but_not_what_they_would_cost) {
    Machine skipping(board_named("cortex_m4"), arm_elf(kIt));
    skipping.run();
    const int64_t rounds = 8, skipped = 4;
    EXPECT_EQ(skipping->clock().instructions, 3 + rounds * 8 + 1);
    // Per round: LSRS, IT folded into it, three slots, two data operations, the branch and its
    // jump; a load and a store that execute take one cycle more for the load.
    const int64_t slots = 1 + 0 + 3 + 2 + 1;
    EXPECT_EQ(skipping->clock().cycle,
              3 + rounds * slots + (rounds - skipped) * 1 + (rounds - 1) * 1 + 1);
    const std::vector<Traffic> traffic = skipping->snapshot().traffic;
    EXPECT_EQ(traffic[1].bytes_read, 4 * (rounds - skipped));
    EXPECT_EQ(traffic[1].bytes_written, 4 * (rounds - skipped));
}

// Two cycles, and one for every three bits of the quotient, up to twelve in all: of 1, 32 and 16
// bits that is 1, 11 - which only ten are left for - and 6. Then WFI.
TEST(processor, lets_a_division_cost_what_its_operands_need) {
    const struct {
        uint32_t dividend, divisor;
        int64_t cycles;
    } cases[] = {{100, 0, 2}, {5, 100, 2}, {100, 100, 3}, {0xffffffff, 1, 12}, {0xffff, 1, 8}};
    for (const auto &c : cases) {
        Machine machine(board_named("cortex_m4"), arm_elf(kDivision));
        machine->set_reg(0, c.dividend);
        machine->set_reg(1, c.divisor);
        machine.run();
        EXPECT_EQ(machine->clock().cycle, c.cycles + 1) << c.dividend << " / " << c.divisor;
        EXPECT_EQ(machine->reg(2), c.divisor == 0 ? 0 : c.dividend / c.divisor);
    }
}

TEST(processor, takes_each_way_of_a_table_branch) {
    Machine machine(board_named("cortex_m4"), arm_elf(kSwitch));
    EXPECT_EQ(machine.run().kind, Stop::Kind::kAsleep);
    EXPECT_EQ(machine->clock().instructions, 1 + 4 * (2 + 1 + 2) + 1);
}

TEST(processor, copies_and_counts_every_byte_it_copied) {
    Machine machine(board_named("cortex_m4"), arm_elf(kCopy));
    machine->memories().watch({.address = 0x100, .bytes = 256});
    machine->memories().watch({.address = kArmRam + 0x100, .bytes = 256});
    machine.run();
    const auto &watches = machine->memories().watches();
    EXPECT_EQ(watches[0].traffic.bytes_read, 256);
    EXPECT_EQ(watches[0].traffic.bytes_written, 0);
    EXPECT_EQ(watches[1].traffic.bytes_read, 0);
    EXPECT_EQ(watches[1].traffic.bytes_written, 256);
}

TEST(processor, copies_and_counts_every_byte_on_riscv) {
    Machine machine(board_named("rv32"), riscv_elf(kRiscvCopy));
    machine->memories().watch({.address = kRiscvCode, .bytes = 256});
    machine->memories().watch({.address = kRiscvRam + 0x100, .bytes = 256});
    machine.run();
    const auto &watches = machine->memories().watches();
    EXPECT_EQ(watches[0].traffic.bytes_read, 256);
    EXPECT_EQ(watches[1].traffic.bytes_written, 256);
    EXPECT_EQ(watches[0].traffic.bytes_written + watches[1].traffic.bytes_read, 0);
}

// A core that is alone has nobody to yield to. It waits for an event unless there was one.
TEST(processor, passes_hints_and_the_first_wait_behind_an_event) {
    Machine machine(board_named("cortex_m4"),
                    arm_elf("bf10 "      // yield
                            "bf40 "      // sev
                            "bf20 "      // wfe
                            "2007 "      // movs r0, #7
                            "f3af8004 "  // sev.w
                            "f3af8002 "  // wfe.w
                            "2008 "      // movs r0, #8
                            "bf20 "      // wfe
                            "2009 "));   // movs r0, #9
    EXPECT_EQ(machine.run().kind, Stop::Kind::kAsleep);
    EXPECT_EQ(machine->reg(0), 8u);
    EXPECT_EQ(machine->program_counter(), kArmCode + 0x14);
    EXPECT_EQ(machine->clock().instructions, 8);
}

// A volt and an ampere for computing, a hundredth of that for sleep.
TEST(processor, takes_less_energy_asleep_and_none_that_is_not_known) {
    Board board = board_named("cortex_m4");
    board.power = {.volts = 1, .busy_amperes = 1};
    const auto report_on = [](const Board &board, const test::Elf &elf) {
        Machine machine(board, elf);
        machine.run();
        return machine.report();
    };
    const test::Elf sleeping = arm_elf(kBusy, {{15, kTick}});
    EXPECT_TRUE(report_on(board, arm_elf(kLoop)).energy_j.has_value());
    EXPECT_FALSE(report_on(board, sleeping).energy_j.has_value());
    board.power.sleep_amperes = 0.01;
    const Report slept = report_on(board, sleeping);
    ASSERT_GT(slept.cycles.sleep, 0);
    const auto awake = static_cast<double>(slept.cycles.total() - slept.cycles.sleep);
    const auto asleep = static_cast<double>(slept.cycles.sleep);
    EXPECT_DOUBLE_EQ(slept.energy_j.value(), (awake + asleep * 0.01) / 25e6);
}

TEST(processor, tells_no_counts_that_only_firmware_knows) {
    Machine machine(board_named("cortex_m4"), arm_elf(kLoop));
    machine.run();
    const Report report = machine.report();
    EXPECT_FALSE(report.arena_bytes.has_value());
    EXPECT_FALSE(report.stack_bytes.has_value());
    EXPECT_FALSE(report.knows_macs());
    EXPECT_EQ(report.unknown_instructions, 0);
}

TEST(memories, move_less_where_each_access_waits) {
    Board board = board_named("cortex_m4");
    board.memories[0].read_wait_cycles = 4;
    board.memories[1].read_wait_cycles = 4;
    board.memories[1].write_wait_cycles = 1;
    Machine machine(board, arm_elf(kLoop));
    machine.run();
    const std::vector<MemoryReport> memories = machine.report().memories;
    EXPECT_EQ(memories[0].peak_bytes_per_second, 2 * 4 * 25'000'000 / 5);
    EXPECT_EQ(memories[1].peak_bytes_per_second, 4 * 25'000'000 / 2) << "by writing";
}

// -- Stopping ------------------------------------------------------------------------------------

TEST(processor, stops_in_front_of_the_address_asked_for_each_time) {
    Machine machine(board_named("cortex_m4"), arm_elf(kLoop));
    for (int round = 0; round < 9; ++round) {
        EXPECT_EQ(machine.run({.address = kArmCode + 4}).kind, Stop::Kind::kReached);
        EXPECT_EQ(machine->program_counter(), kArmCode + 4);
        EXPECT_EQ(machine->clock().instructions, 5 + 3 * round);
    }
    EXPECT_EQ(machine.run({.address = kArmCode + 4}).kind, Stop::Kind::kAsleep);
}

TEST(processor, counts_from_a_restart_on) {
    Machine machine(board_named("cortex_m4"), arm_elf(kLoop));
    machine.run({.address = kArmCode + 4});
    machine->restart();
    EXPECT_EQ(machine->snapshot().cycles.total(), 0);
    machine.run();
    EXPECT_EQ(machine->snapshot().cycles.total(), 8 * 4 + 3 + 1);
    EXPECT_EQ(machine->snapshot().instructions, 28);
    EXPECT_EQ(machine->clock().cycle, 42) << "the clock goes on";
}

// -- Laws ----------------------------------------------------------------------------------------

struct Case {
    std::string name;
    Board board;
};

Board changed(Board board, const std::function<void(Board &)> &change) {
    change(board);
    return board;
}

std::vector<Case> cases() {
    std::vector<Case> cases;
    for (const char *name : {"cortex_m4", "cortex_m7", "cortex_m33", "rv32"}) {
        const Board board = board_named(name);
        cases.push_back({name, board});
        cases.push_back({fmt::format("{}, one port", name),
                         changed(board, [](Board &b) { b.memories[0].ports = 1; })});
        cases.push_back({fmt::format("{}, wait states", name), changed(board, [](Board &b) {
                             b.memories[0].read_wait_cycles = 3;
                             b.memories[1].write_wait_cycles = 1;
                         })});
        cases.push_back({fmt::format("{}, narrow", name), changed(board, [](Board &b) {
                             b.memories[0].width_bytes = b.memories[1].width_bytes = 2;
                         })});
        cases.push_back({fmt::format("{}, cached", name), changed(board, [](Board &b) {
                             b.memories[0].read_wait_cycles = 5;
                             b.caches = {{"cache", b.memories[0].name, "both", 128, 16, 2}};
                         })});
    }
    return cases;
}

bool is_arm(const Board &board) { return !board.core.isa.starts_with("rv"); }

// With interrupts, sleeps, divisions, IT blocks and counters in it.
test::Elf busy(const Board &board) {
    return is_arm(board) ? arm_elf(kBusy, {{15, kTick}}) : riscv_elf(kRiscvBusy, kRiscvTick);
}

// From reset to the end, in slices.
std::string run_in_slices(const Board &board, const ProcessorOptions &options, int64_t slice) {
    Machine machine(board, busy(board), options);
    Stop stop{.kind = Stop::Kind::kReached};
    while (stop.kind == Stop::Kind::kReached) {
        stop = machine.run({.cycle = machine->clock().cycle + slice});
    }
    EXPECT_EQ(stop.kind, Stop::Kind::kExited);
    EXPECT_EQ(stop.exit_code, 0);
    return counts(*machine);
}

TEST(slicing, never_changes_a_count) {
    for (const Case &c : cases()) {
        for (const bool is_recorded : {true, false}) {
            ProcessorOptions options{.is_traffic_recorded = is_recorded};
            const std::string whole = run_in_slices(c.board, options, 1'000'000'000);
            for (const int64_t slice : {1, 7, 1000}) {
                EXPECT_EQ(run_in_slices(c.board, options, slice), whole)
                    << c.name << ", " << (is_recorded ? "" : "not ") << "recorded, slices of "
                    << slice;
            }
        }
    }
}

TEST(slicing, never_changes_a_count_with_a_background_load) {
    for (const char *name : {"cortex_m4", "rv32"}) {
        const Board board = board_named(name);
        const ProcessorOptions options{.background = {{board.memories[1].name, 3'000'000, 32}}};
        const std::string whole = run_in_slices(board, options, 1'000'000'000);
        for (const int64_t slice : {1, 7, 1000}) {
            EXPECT_EQ(run_in_slices(board, options, slice), whole) << name << " " << slice;
        }
    }
}

TEST(slicing, finds_interrupts_in_the_program_it_cuts) {
    for (const char *name : {"cortex_m4", "rv32"}) {
        const Board board = board_named(name);
        Machine machine(board, busy(board));
        EXPECT_EQ(machine.run().kind, Stop::Kind::kExited);
        EXPECT_GE(machine->read_word((is_arm(board) ? kArmRam : kRiscvRam) + 0x40), 5u) << name;
    }
}

TEST(recording, does_not_change_cycles_where_costs_do_not_depend_on_addresses) {
    for (const char *name : {"cortex_m4", "cortex_m7", "cortex_m33", "rv32"}) {
        const Board board = board_named(name);
        Machine recorded(board, busy(board)), unrecorded(board, busy(board), kUnrecorded);
        recorded.run();
        unrecorded.run();
        EXPECT_FALSE(unrecorded->is_traffic_recorded()) << name;
        EXPECT_EQ(recorded->clock().cycle, unrecorded->clock().cycle) << name;
        EXPECT_EQ(recorded->clock().instructions, unrecorded->clock().instructions) << name;
    }
}

TEST(recording, is_switched_on_where_costs_depend_on_addresses) {
    Board board = board_named("cortex_m4");
    board.memories[1].write_wait_cycles = 1;
    Machine machine(board, arm_elf(kLoop), kUnrecorded);
    EXPECT_TRUE(machine->is_traffic_recorded());
}

// Loads in pairs, by bytes and words, aligned and not, from flash and from RAM; stores beside them.
constexpr const char *kPairs =
    "f04f5400 "  // mov.w r4, #536870912
    "f44f6580 "  // mov.w r5, #1024
    "2008 "      // movs r0, #8
    "6821 "      // ldr r1, [r4, #0]
    "6862 "      // ldr r2, [r4, #4]
    "f8d43009 "  // ldr.w r3, [r4, #9]
    "f8d46012 "  // ldr.w r6, [r4, #18]
    "f8d51002 "  // ldr.w r1, [r5, #2]
    "f8d52005 "  // ldr.w r2, [r5, #5]
    "782b "      // ldrb r3, [r5, #0]
    "786e "      // ldrb r6, [r5, #1]
    "f8d5100a "  // ldr.w r1, [r5, #10]
    "f8d5200e "  // ldr.w r2, [r5, #14]
    "e9d53604 "  // ldrd r3, r6, [r5, #16]
    "6121 "      // str r1, [r4, #16]
    "6962 "      // ldr r2, [r4, #20]
    "c40e "      // stmia r4!, {r1, r2, r3}
    "3801 "      // subs r0, #1
    "d1e8 "      // bne.n (+0xa)
    "bf30 "      // wfi
    "e7fd ";     // b.n (+0x38)

TEST(recording, does_not_change_cycles_of_accesses_in_pairs_and_out_of_line) {
    for (const char *name : {"cortex_m4", "cortex_m7", "cortex_m33"}) {
        const Board board = board_named(name);
        Machine recorded(board, arm_elf(kPairs)), unrecorded(board, arm_elf(kPairs), kUnrecorded);
        recorded.run();
        unrecorded.run();
        EXPECT_FALSE(unrecorded->is_traffic_recorded()) << name;
        EXPECT_EQ(recorded->clock().cycle, unrecorded->clock().cycle) << name;
        EXPECT_THAT(faults(recorded.report()), testing::IsEmpty()) << name;
    }
}

TEST(recording, is_switched_on_where_code_lies_in_memory_that_data_shares) {
    test::Elf elf = arm_elf(kLoop);
    elf.segments.push_back({.address = kArmRam, .bytes = bytes_of(Isa::kThumb, "4770 ")});
    Board board = board_named("cortex_m4");
    EXPECT_TRUE(Machine(board, elf, kUnrecorded)->is_traffic_recorded());
    board.memories[1].ports = 2;
    EXPECT_FALSE(Machine(board, elf, kUnrecorded)->is_traffic_recorded());
}

// Two words in a cycle, and a port of one.
TEST(memories, make_paired_accesses_wait_for_each_other_where_their_port_is_narrow) {
    Board board = board_named("cortex_m7");
    board.memories[1].width_bytes = 4;
    std::string loads = "f04f5400 ";  // mov.w r4, #536870912
    // ldr r0, [r4, #0]; ldr r1, [r4, #4]; ldr r2, [r4, #8]; ldr r3, [r4, #12]
    for (int i = 0; i < 16; ++i) loads += "6820 6861 68a2 68e3 ";
    Machine machine(board, arm_elf(loads + "bf30 e7fd "), kUnrecorded);
    EXPECT_TRUE(machine->is_traffic_recorded());
    machine.run();
    EXPECT_GE(machine->snapshot().cycles.total(), 64);
    EXPECT_GE(machine->snapshot().cycles.arbitration, 64 - 36);
    EXPECT_THAT(faults(machine.report()), testing::IsEmpty());
}

int64_t cycles_of(const Board &board, const std::vector<Background> &background = {}) {
    Machine machine(board, busy(board), {.background = background});
    EXPECT_EQ(machine.run().kind, Stop::Kind::kExited);
    EXPECT_THAT(faults(machine.report()), testing::IsEmpty()) << board.name;
    return machine->clock().cycle - machine->snapshot().cycles.sleep;
}

TEST(memories, never_speed_a_run_up_by_being_narrower) {
    for (const char *name : {"cortex_m4", "cortex_m7", "cortex_m33", "rv32"}) {
        for (const size_t memory : {0, 1}) {
            Board board = board_named(name);
            int64_t before = 0;
            for (const int64_t width : {16, 8, 4, 2, 1}) {
                board.memories[memory].width_bytes = width;
                const int64_t cycles = cycles_of(board);
                EXPECT_GE(cycles, before) << name << ", memory " << memory << ", width " << width;
                before = cycles;
            }
        }
    }
}

TEST(memories, never_speed_a_run_up_by_waiting_longer) {
    for (const char *name : {"cortex_m4", "cortex_m7", "cortex_m33", "rv32"}) {
        for (const auto wait : {&Memory::read_wait_cycles, &Memory::write_wait_cycles}) {
            for (const size_t memory : {0, 1}) {
                Board board = board_named(name);
                int64_t before = 0;
                for (const int64_t cycles_waited : {0, 1, 2, 5, 20}) {
                    board.memories[memory].*wait = cycles_waited;
                    const int64_t cycles = cycles_of(board);
                    EXPECT_GE(cycles, before) << name << ", memory " << memory;
                    before = cycles;
                }
            }
        }
    }
}

TEST(memories, never_speed_a_run_up_by_having_fewer_ports) {
    for (const Case &c : cases()) {
        Board one = c.board, two = c.board;
        one.memories[0].ports = 1;
        two.memories[0].ports = 2;
        EXPECT_GE(cycles_of(one), cycles_of(two)) << c.name;
    }
}

TEST(memories, delay_the_core_for_the_background_and_count_it_as_arbitration) {
    for (const char *name : {"cortex_m4", "rv32"}) {
        const Board board = board_named(name);
        Machine alone(board, busy(board));
        alone.run();
        EXPECT_EQ(alone->snapshot().cycles.arbitration, 0) << name;
        Machine shared(board, busy(board),
                       {.background = {{board.memories[1].name, 5'000'000'000, 32}}});
        shared.run();
        EXPECT_GT(shared->snapshot().cycles.arbitration, 0) << name;
        EXPECT_THAT(faults(shared.report()), testing::IsEmpty()) << name;
        EXPECT_GT(shared->clock().cycle, alone->clock().cycle) << name;
    }
}

// Traffic per master adds up to traffic per memory, windows to both, no window above its port.
TEST(memories, report_what_can_be_true) {
    for (const Case &c : cases()) {
        Machine machine(c.board, busy(c.board));
        machine.run();
        EXPECT_THAT(faults(machine.report()), testing::IsEmpty()) << c.name;
        EXPECT_FALSE(machine.report().streams.empty());
    }
}

}  // namespace
}  // namespace ingot::sim
