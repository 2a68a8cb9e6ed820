// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// How fast programs are simulated: instructions per second of a dot product of int8, with costs
// only, with every access recorded, and by the emulator alone.

#include <benchmark/benchmark.h>
#include <unicorn/unicorn.h>

#include <chrono>

#include "tests/sim/support/machine.h"

namespace ingot::sim {
namespace {

// 50 000 dot products of 512 elements, eight in each round of the inner loop; text and encodings
// are those of GNU as 2.40.
// clang-format off
constexpr const char *kDotProduct =
    "f04f5700 "  // mov.w r7, #536870912
    "f24c3650 "  // movw r6, #50000
    "2540 "      // movs r5, #64
    "4638 "      // mov r0, r7
    "f5076180 "  // add.w r1, r7, #1024
    "2400 "      // movs r4, #0
    "f8502b04 "  // ldr.w r2, [r0], #4
    "f8513b04 "  // ldr.w r3, [r1], #4
    "fa2ff882 "  // sxtb16 r8, r2
    "fa2ff983 "  // sxtb16 r9, r3
    "fb284409 "  // smlad r4, r8, r9, r4
    "fa2ff892 "  // sxtb16 r8, r2, ror #8
    "fa2ff993 "  // sxtb16 r9, r3, ror #8
    "fb284409 "  // smlad r4, r8, r9, r4
    "f8502b04 "  // ldr.w r2, [r0], #4
    "f8513b04 "  // ldr.w r3, [r1], #4
    "fa2ff882 "  // sxtb16 r8, r2
    "fa2ff983 "  // sxtb16 r9, r3
    "fb284409 "  // smlad r4, r8, r9, r4
    "fa2ff892 "  // sxtb16 r8, r2, ror #8
    "fa2ff993 "  // sxtb16 r9, r3, ror #8
    "fb284409 "  // smlad r4, r8, r9, r4
    "3d01 "      // subs r5, #1
    "d1dd "      // bne.n (+0x12)
    "f3040407 "  // ssat r4, #8, r4
    "f8c74800 "  // str.w r4, [r7, #2048]
    "3e01 "      // subs r6, #1
    "d1d2 "      // bne.n (+0x8)
    "bf30 "      // wfi
    "e7fd ";     // b.n (+0x62)
// clang-format on

constexpr int64_t kDotProducts = 50'000, kRounds = 64;
constexpr int64_t kInstructions = 2 + kDotProducts * (4 + kRounds * 18 + 4) + 1;

void report(benchmark::State &state) {
    using Counter = benchmark::Counter;
    state.counters["instructions"] =
        Counter(static_cast<double>(kInstructions), Counter::kIsIterationInvariantRate);
}

double seconds_of(const auto &action) {
    const auto begin = std::chrono::steady_clock::now();
    action();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// The same bytes at the same addresses, and no hook.
void run_bare(const test::Elf &elf) {
    uc_engine *engine = nullptr;
    const auto mode = static_cast<uc_mode>(UC_MODE_THUMB | UC_MODE_MCLASS);
    uc_open(UC_ARCH_ARM, mode, &engine);
    uc_ctl_set_cpu_model(engine, UC_CPU_ARM_CORTEX_M4);
    uc_mem_map(engine, 0, 0x10000, UC_PROT_READ | UC_PROT_EXEC);
    uc_mem_map(engine, kArmRam, 0x10000, UC_PROT_READ | UC_PROT_WRITE);
    for (const test::ElfSegment &segment : elf.segments) {
        uc_mem_write(engine, segment.address, segment.bytes.data(), segment.bytes.size());
    }
    uc_emu_start(engine, kArmCode | 1, UINT64_MAX, 0, 0);
    uc_close(engine);
}

void bare(benchmark::State &state) {
    const test::Elf elf = arm_elf(kDotProduct);
    for (auto _ : state) run_bare(elf);
    report(state);
}

void simulated(benchmark::State &state, bool is_recorded) {
    const test::Elf elf = arm_elf(kDotProduct);
    const Board board = board_named("cortex_m4");
    double seconds = 0;
    for (auto _ : state) {
        Machine machine(board, elf, {.is_traffic_recorded = is_recorded});
        seconds += seconds_of([&] { machine.run(); });
        if (machine->clock().instructions != kInstructions) state.SkipWithError("miscounted");
    }
    const double alone = seconds_of([&] { run_bare(elf); });
    report(state);
    state.counters["bare_is_faster"] = seconds / static_cast<double>(state.iterations()) / alone;
}

BENCHMARK(bare)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(simulated, costs, false)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(simulated, costs_and_traffic, true)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace ingot::sim

BENCHMARK_MAIN();
