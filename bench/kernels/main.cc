// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Times every kernel on a call of a typical size: one benchmark per row of ops.def.

#include <benchmark/benchmark.h>

#include "tests/kernels/bench_case.h"

namespace ingot {
namespace {

// What a row's work counts, as ops.def names it.
constexpr const char *kMAC = "MAC";
constexpr const char *kELEMENTWISE = "elements";
constexpr const char *kREDUCE = "elements";
constexpr const char *kMOVE = "bytes";

struct Row {
    const char *name;
    const char *unit;
    ingot_kernel kernel;
    test::BenchCase (*make)();
};

constexpr Row kRows[] = {
#define INGOT_OP(name, NAME, work) {#name, k##work, ingot_##name, test::bench_##name},
#include "ingot/ops.def"
};

void run(benchmark::State &state, const Row &row) {
    const test::BenchCase bench = row.make();
    state.SetLabel(bench.layer());
    while (state.KeepRunning()) {
        if (bench.call(row.kernel) != INGOT_OK) {
            state.SkipWithError("the kernel refuses the params of its benchmark case");
            break;
        }
        benchmark::ClobberMemory();
    }
    const auto work = static_cast<double>(bench.work());
    using Counter = benchmark::Counter;
    state.counters[row.unit] = Counter(work, Counter::kIsIterationInvariantRate);
}

}  // namespace
}  // namespace ingot

int main(int argc, char **argv) {
    for (const ingot::Row &row : ingot::kRows) {
        benchmark::RegisterBenchmark(row.name,
                                     [&row](benchmark::State &state) { ingot::run(state, row); });
    }
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}
