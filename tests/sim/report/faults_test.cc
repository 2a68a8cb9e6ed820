// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Each way in which a report cannot be true, from a report that can.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "sim/report/report.h"
#include "tests/sim/report/sample.h"

namespace ingot::sim {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(report_faults, are_none_in_sound_reports) {
    const Report network = test::network_run();
    EXPECT_THAT(faults(network), IsEmpty());
    EXPECT_THAT(faults(test::program_run()), IsEmpty());
    EXPECT_THAT(faults(test::accelerated_run()), IsEmpty());
    EXPECT_THAT(faults(test::without_clock(network)), IsEmpty());
    EXPECT_THAT(faults(test::without_energy(network)), IsEmpty());
    EXPECT_THAT(faults(test::without_traffic(network)), IsEmpty());
    EXPECT_THAT(faults(Report{}), IsEmpty());
}

struct Case {
    const char *name;
    std::function<void(Report &)> spoil;
    const char *fault;
};

const double kNan = std::numeric_limits<double>::quiet_NaN();

const Case kCases[] = {
    {"negative_cycles", [](Report &r) { r.cycles.sleep = -1; }, "run: sleep cycles is negative"},
    {"negative_count", [](Report &r) { r.stack_bytes = -4; }, "stack bytes is negative: -4"},
    {"nan_seconds", [](Report &r) { r.changed_seconds = kNan; }, "the run took nan s"},
    {"device_bytes",
     [](Report &r) {
         r.devices = {{.name = "serial", .writes = 1, .traffic = {0, 4}}};
     },
     "serial: its masters wrote 0 B, it was written 4 B"},
    {"device_name", [](Report &r) { r.devices = {{.name = "ram"}}; },
     "ram: two memories have this name"},
    {"device_waits", [](Report &r) { r.devices = {{.name = "serial", .wait_cycles = 501}}; },
     "devices were waited for in 501 cycles, of 500 for data"},
    {"negative_reads", [](Report &r) { r.devices = {{.name = "serial", .reads = -1}}; },
     "serial: reads is negative: -1"},
    {"unknown", [](Report &r) { r.unknown_instructions = 8'501; },
     "of 8500 instructions, 8501 are unknown"},
    {"negative_energy", [](Report &r) { r.energy_j = -1; }, "run: energy is no quantity"},
    {"nan_energy", [](Report &r) { r.layers[0].energy_j = kNan; },
     "layer 0 (features/conv_0/Relu6;features/conv_0/bias): energy is no quantity"},
    {"negative_layer", [](Report &r) { r.layers[1].cycles.data = -3; },
     "layer 1 (features/pool_0): data cycles is negative: -3"},
    {"layer_memories", [](Report &r) { r.layers[1].traffic.pop_back(); },
     "layer 1 (features/pool_0) has traffic with 1 memories of 2"},
    {"layer_energy", [](Report &r) { r.layers[1].energy_j.reset(); },
     "layer 1 (features/pool_0) and the run do not both know their energy"},
    {"overlap", [](Report &r) { r.layers[1].first_cycle = 8'499; },
     "layer 1 (features/pool_0) begins at cycle 8499, before cycle 8500"},
    {"beyond_the_end", [](Report &r) { r.layers[2].first_cycle = 9'401; },
     "the last layer ends at cycle 10001 of 10000"},
    {"layers_above_total", [](Report &r) { r.cycles.arbitration = 39; },
     "outside of the layers: arbitration cycles is negative: -1"},
    {"instructions_above_total", [](Report &r) { r.instructions = 8'000; },
     "outside of the layers: instructions is negative"},
    {"macs", [](Report &r) { r.macs = 4'151; }, "the layers' MAC and the run's differ by 1"},
    {"bytes_above_total", [](Report &r) { r.layers[0].traffic[1].bytes_written = 2'201; },
     "ram, outside of the layers: bytes written is negative: -1"},
    {"energy_above_total", [](Report &r) { r.energy_j = 1.1e-5; }, "J more than the run"},
    {"function_order", [](Report &r) { std::swap(r.functions[0], r.functions[1]); },
     "function ingot_conv2d has more cycles than the one before it"},
    {"function_sum", [](Report &r) { r.functions.assign(2, r.functions[0]); },
     "the functions have 16600 cycles, the run 10000"},
    {"negative_calls", [](Report &r) { r.functions[0].calls = -1; },
     "function ingot_conv2d: calls is negative"},
    {"window_sum", [](Report &r) { ++r.streams[0].window_bytes[2]; },
     "core.fetch with flash: the windows have 17001 B, the stream 17000 B"},
    {"negative_window",
     [](Report &r) {
         r.streams[3].window_bytes = {500, 0, -100};
     },
     "background with ram: bytes of a window is negative: -100"},
    {"too_many_windows", [](Report &r) { r.streams[0].window_bytes.push_back(0); },
     "core.fetch with flash: 4 windows in a run of 3"},
    {"windows_without_length", [](Report &r) { r.window_cycles = 0; },
     "core.fetch with flash: 3 windows in a run of 0"},
    {"no_such_memory", [](Report &r) { r.streams[0].memory = "rom"; },
     "core.fetch with rom: there is no such memory"},
    {"two_of_a_name", [](Report &r) { r.memories[1].name = "flash"; },
     "flash: two memories have this name"},
    {"read_sum", [](Report &r) { r.memories[0].traffic.bytes_read = 20'001; },
     "flash: its masters read 20000 B, it was read 20001 B"},
    {"write_sum", [](Report &r) { r.memories[1].traffic.bytes_written = 2'999; },
     "ram: its masters wrote 3000 B, it was written 2999 B"},
    {"occupied", [](Report &r) { r.memories[1].peak_bytes = 16'385; },
     "ram: 16385 B occupied of 16384 B"},
    {"average", [](Report &r) { r.memories[0].average_bytes_per_second *= 1.001; },
     "flash: 50049999.99999999 B/s on average, but 20000 B in 0.0004 s"},
    {"nan_average", [](Report &r) { r.memories[0].average_bytes_per_second = kNan; },
     "flash: nan B/s on average"},
    {"average_above_port", [](Report &r) { r.memories[0].peak_bytes_per_second = 49'000'000; },
     "flash: 50000000 B/s on average, above its 49000000 B/s"},
    {"window_above_port", [](Report &r) { r.memories[0].peak_bytes_per_second = 53'000'000; },
     "flash: window 0 has 8500 B, its port moves 8480 B"},
    {"window_above_words",
     [](Report &r) {
         r = test::without_clock(r);
         r.board.memories[1].width_bytes = 1;
     },
     "ram: window 0 has 6200 B, its port moves 4000 B"},
    {"negative_clock", [](Report &r) { r.board.clock_hz = -1; }, "clock is negative: -1"},
};

TEST(report_faults, are_found_in_what_an_accelerator_did) {
    const auto fault_after = [](void (*spoil)(AcceleratorReport &)) {
        Report report = test::accelerated_run();
        spoil(report.accelerators[0]);
        return faults(report);
    };
    EXPECT_THAT(fault_after([](AcceleratorReport &a) { a.layers[1].macs = -1; }),
                Contains(HasSubstr("cnn_array: layer 1 is negative: -1")));
    EXPECT_THAT(fault_after([](AcceleratorReport &a) { a.layers[1].first_cycle = 499; }),
                Contains(HasSubstr("layer 1 begins at cycle 499, before cycle 500")));
    EXPECT_THAT(fault_after([](AcceleratorReport &a) { a.layers[1].cycles = 201; }),
                Contains(HasSubstr("cnn_array: the last layer ends at cycle 701 of 700")));
    EXPECT_THAT(fault_after([](AcceleratorReport &a) { a.cycles_max = 699; }),
                Contains(HasSubstr("700 cycles are not between 600 and 699")));
    EXPECT_THAT(
        fault_after([](AcceleratorReport &a) { a.layers[0].places.read->front().words = 65; }),
        Contains(HasSubstr("layer 0: 65 words from 0 to 63 of 8192")));
    EXPECT_THAT(fault_after([](AcceleratorReport &a) { a.memory.data_words = 4200; }),
                Contains(HasSubstr("layer 0: 64 words from 4096 to 4222 of 4200")));
    EXPECT_THAT(fault_after([](AcceleratorReport &a) {
                    a.memory.kernel_words = a.memory.first_kernel_words = 15;
                }),
                Contains(HasSubstr("layer 0: 16 words from 0 to 15 of 15")));
}

class report_fault : public ::testing::TestWithParam<Case> {};

TEST_P(report_fault, is_found_and_said) {
    Report report = test::network_run();
    GetParam().spoil(report);
    EXPECT_THAT(faults(report), Contains(HasSubstr(GetParam().fault)));
}

INSTANTIATE_TEST_SUITE_P(each, report_fault, ::testing::ValuesIn(kCases),
                         [](const auto &info) { return std::string(info.param.name); });

TEST(report_faults, allow_a_window_that_fills_the_port) {
    Report report = test::network_run();
    report.memories[0].peak_bytes_per_second = 53'125'000;  // 8500 B in 4000 cycles at 25 MHz.
    EXPECT_THAT(faults(report), IsEmpty());
}

}  // namespace
}  // namespace ingot::sim
