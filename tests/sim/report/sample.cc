// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// 10 000 cycles at 25 MHz are 400 microseconds.

#include "tests/sim/report/sample.h"

#include <string>

namespace ingot::sim::test {
namespace {

Board invented_board() {
    return {
        .name = "invented",
        .path = {},
        .summary = "An invented part with one core",
        .clock_hz = 25'000'000,
        .core = {.name = "cortex_m4",
                 .isa = "armv7em",
                 .compiler = "arm-none-eabi-gcc",
                 .flags = {"-mcpu=cortex-m4", "-Os"}},
        .memories = {{.name = "flash",
                      .address = 0,
                      .bytes = 65'536,
                      .width_bytes = 8,
                      .read_wait_cycles = 1},
                     {.name = "ram", .address = 0x2000'0000, .bytes = 16'384, .is_writable = true}},
        .caches = {{.name = "prefetch",
                    .memory = "flash",
                    .serves = "instructions",
                    .bytes = 1024,
                    .line_bytes = 16,
                    .ways = 2}},
        .firmware = {},
        .power = {},
        .provenance = {{"clock.core_hz", "25_000_000", "data sheet, table 1", false},
                       {"memory.flash.bytes", "65_536", "data sheet, table 2", false},
                       {"memory.flash.read_wait_cycles", "1", "at 25 MHz", true}}};
}

std::vector<MemoryReport> memories() {
    return {{.name = "flash",
             .traffic = {20'000, 0},
             .size_bytes = 65'536,
             .peak_bytes = 40'000,
             .peak_bytes_per_second = 100'000'000,
             .average_bytes_per_second = 50'000'000},
            {.name = "ram",
             .traffic = {9'000, 3'000},
             .size_bytes = 16'384,
             .peak_bytes = 9'216,
             .peak_bytes_per_second = 100'000'000,
             .average_bytes_per_second = 30'000'000}};
}

std::vector<Stream> streams() {
    return {{"core.fetch", "flash", {17'000, 0}, {7'000, 7'000, 3'000}},
            {"core.data", "flash", {3'000, 0}, {1'500, 1'000, 500}},
            {"core.data", "ram", {8'600, 3'000}, {6'000, 4'600, 1'000}},
            {"background", "ram", {400, 0}, {200, 100, 100}}};
}

std::vector<LayerReport> layers() {
    return {{.index = 0,
             .name = "features/conv_0/Relu6;features/conv_0/bias",
             .op = "conv2d",
             .engine = "core",
             .cycles = {.compute = 8'000, .fetch = 200, .data = 80, .arbitration = 20},
             .first_cycle = 200,
             .instructions = 7'600,
             .macs = 4'150,
             .traffic = {{16'000, 0}, {7'000, 2'000}},
             .energy_j = 1e-5},
            {.index = 1,
             .name = "features/pool_0",
             .op = "max_pool",
             .engine = "core",
             .cycles = {.compute = 300, .fetch = 40, .data = 350, .arbitration = 10},
             .first_cycle = 8'500,
             .instructions = 260,
             .traffic = {{600, 0}, {900, 500}},
             .energy_j = 1e-6},
            {.index = 2,
             .name = "wahrscheinlichkeiten_für_alle_klassen",
             .op = "softmax",
             .engine = "core",
             .cycles = {.compute = 500, .fetch = 50, .data = 40, .arbitration = 10},
             .first_cycle = 9'250,
             .instructions = 420,
             .traffic = {{900, 0}, {500, 300}},
             .energy_j = 5e-7}};
}

LayerPlaces first_places() {
    return {.read = {{{{0}, 0, 63, 64}}},
            .written = {{{{0, 1}, 4096, 4159, 64}, {{2, 3}, 4096, 4222, 64}}},
            .kernels = {{{0, 1, 2}, 0, 15, 16}},
            .instances = "bwww............",
            .words = "r...............w..............."};
}

LayerPlaces second_places() {
    return {.written = {{{{0, 1, 2, 3}, 0, 15, 16}}},
            .instances = "wwww............",
            .words = "w..............................."};
}

}  // namespace

Report network_run() {
    return {.tool = "Ingot 0.1.0",
            .model = "tiny",
            .model_hash = std::string(32, 'a') + std::string(32, 'b'),
            .image = std::string(32, '0') + std::string(32, '1'),
            .board = invented_board(),
            .timing = {{"load.cycles", "2", "to two boards", false, true},
                       {"divide.cycles", "7", "middle of 2 to 12", true}},
            .cycles = {.compute = 9'100, .fetch = 300, .data = 500, .arbitration = 100},
            .instructions = 8'500,
            .macs = 4'150,
            .energy_j = 1.2e-5,
            .arena_bytes = 8'192,
            .flash_bytes = 40'000,
            .ram_bytes = 9'216,
            .stack_bytes = 512,
            .memories = memories(),
            .window_cycles = 4'000,
            .streams = streams(),
            .layers = layers(),
            .functions = {{"ingot_conv2d", 0x100, 1, 7'600, 8'300},
                          {"ingot_max_pool", 0x400, 1, 260, 700}}};
}

Report program_run() {
    Report report = network_run();
    report.model.clear();
    report.model_hash.clear();
    report.layers.clear();
    report.macs = 0;
    report.energy_j.reset();
    report.arena_bytes.reset();
    report.stack_bytes.reset();
    report.devices = {
        {.name = "serial", .reads = 30, .writes = 15, .traffic = {120, 60}, .wait_cycles = 45},
        {.name = "timer"}};
    report.streams.push_back({"core.data", "serial", {120, 60}, {100, 0, 80}});
    report.functions = {{"filter", 0x8000, 40, 6'000, 7'200},
                        {"main", 0x8400, 1, 1'500, 1'700},
                        {"reset", 0x8000'0000, 1, 30, 40}};
    return report;
}

Report accelerated_run() {
    Report report = program_run();
    report.accelerators = {{.name = "cnn_array",
                            .clock_hz = 50'000'000,
                            .runs = 1,
                            .start_seconds = 1e-4,
                            .cycles = 700,
                            .cycles_min = 600,
                            .cycles_max = 900,
                            .basis = "streaming layers are known to within a factor only",
                            .layers = {{.index = 0,
                                        .op = "conv2d 3x3",
                                        .input = {3, 8, 8},
                                        .output = {16, 8, 8},
                                        .first_cycle = 0,
                                        .cycles = 500,
                                        .macs = 27'648,
                                        .bytes_read = 256,
                                        .bytes_written = 1024,
                                        .kernel_bytes = 432,
                                        .bound = "output",
                                        .places = first_places()},
                                       {.index = 1,
                                        .op = "pass-through",
                                        .input = {16, 8, 8},
                                        .output = {16, 4, 4},
                                        .first_cycle = 500,
                                        .cycles = 150,
                                        .bytes_read = 1024,
                                        .bytes_written = 256,
                                        .bound = "input",
                                        .places = second_places()}},
                            .memory = {.data_words = 8192,
                                       .kernel_words = 768,
                                       .first_kernel_words = 768,
                                       .kernel_words_used = std::vector<int64_t>(64, 16)},
                            .hazards = {"layer 1 reads data that nothing has written"},
                            .notes = {"26-bit sums overflowed"}}};
    return report;
}

Report without_clock(Report report) {
    report.board.clock_hz = 0;
    for (MemoryReport &memory : report.memories) {
        memory.average_bytes_per_second = 0;
        memory.peak_bytes_per_second = 0;
    }
    return report;
}

Report without_energy(Report report) {
    report.energy_j.reset();
    for (LayerReport &layer : report.layers) layer.energy_j.reset();
    return report;
}

Report without_traffic(Report report) {
    report.is_traffic_recorded = false;
    report.streams.clear();
    for (MemoryReport &memory : report.memories) {
        memory.traffic = {};
        memory.average_bytes_per_second = 0;
    }
    for (LayerReport &layer : report.layers) layer.traffic.assign(report.memories.size(), {});
    return report;
}

}  // namespace ingot::sim::test
