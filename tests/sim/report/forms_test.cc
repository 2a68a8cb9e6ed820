// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What must hold for text and CSV of every run.

#include "sim/report/forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "tests/sim/report/sample.h"

namespace ingot::sim {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> lines_of(const std::string &text) {
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

int64_t columns_of(const std::string &line) {
    return std::ranges::count_if(line,
                                 [](char c) { return (static_cast<uint8_t>(c) & 0xc0) != 0x80; });
}

// The sample with one more layer, after its end.
Report with_layer(int64_t cycles, const std::string &name) {
    Report report = test::network_run();
    LayerReport layer = report.layers[0];
    layer.index = 100;
    layer.op = "depthwise_conv2d";
    layer.name = name;
    layer.macs = cycles / 4;
    layer.cycles = {.compute = cycles};
    layer.first_cycle = report.cycles.total();
    layer.traffic.assign(report.memories.size(), {});
    report.cycles.compute += cycles;
    report.macs += layer.macs;
    report.layers.push_back(layer);
    return report;
}

const char *const kLongName = "MobilenetV2/expanded_conv_16/depthwise/BatchNorm_Fold/bias_of_it";

TEST(report_text, keeps_within_100_columns) {
    for (const Report &report :
         {test::network_run(), test::program_run(), test::accelerated_run(),
          with_layer(40'000'000, kLongName), with_layer(900'000'000, kLongName),
          with_layer(90'000'000'000, kLongName)}) {
        for (const std::string &line : lines_of(to_text(report))) {
            EXPECT_LE(columns_of(line), 100) << line;
        }
    }
}

TEST(report_text, shows_the_end_of_a_long_name) {
    EXPECT_THAT(to_text(with_layer(40'000'000, kLongName)), HasSubstr("  ..as_of_it\n"));
}

TEST(report_text, cuts_a_name_between_its_characters) {
    Report report = test::network_run();
    for (size_t length = 20; length < 80; ++length) {
        report.layers[0].name.clear();
        for (size_t i = 0; i < length; ++i) report.layers[0].name += i % 2 ? "\u00fc" : "\u6f22";
        for (const std::string &line : lines_of(to_text(report))) {
            const size_t cut = line.find("..");
            if (cut == std::string::npos) continue;
            EXPECT_NE(static_cast<uint8_t>(line[cut + 2]) & 0xc0, 0x80) << line;
        }
    }
}

TEST(report_text, keeps_control_characters_from_the_terminal) {
    Report report = test::network_run();
    report.layers[0].name = "a\033[2Jb\nc";
    report.model = "x\033[1m";
    const std::string text = to_text(report);
    EXPECT_THAT(text, HasSubstr("a?[2Jb?c\n"));
    report.layers[0].name = "\u009b2J \u00fc\x7f";
    EXPECT_THAT(to_text(report), HasSubstr("  ?2J \u00fc?\n"));
    EXPECT_THAT(text, Not(HasSubstr("\033")));
}

TEST(report_text, gives_the_verdict_of_the_largest_part) {
    struct Case {
        Cycles cycles;
        const char *verdict;
    };
    for (const auto &[cycles, verdict] :
         {Case{{.compute = 91, .data = 9}, "compute-bound: 91 % of cycles issue instructions"},
          Case{{.fetch = 3, .data = 1}, "fetch-bound: 75 % of cycles wait for instructions"},
          Case{{.data = 5}, "data-bound: 100 % of cycles wait for data"},
          Case{{.arbitration = 5}, "arbitration-bound: 100 % of cycles wait for another master"},
          Case{{.data = 1, .sleep = 3}, "asleep: 75 % of cycles wait for an interrupt"},
          Case{{}, "nothing ran: the run has no cycles"}}) {
        Report report;
        report.cycles = cycles;
        EXPECT_THAT(to_text(report), HasSubstr(verdict));
    }
}

TEST(report_text, names_the_operator_that_takes_most_over_all_its_layers) {
    Report report = test::network_run();
    report.layers[0].cycles = {.compute = 600};
    report.layers[1].op = "softmax";
    EXPECT_THAT(to_text(report), HasSubstr("; softmax takes 13 %\n"));
}

TEST(report_text, says_that_the_program_changed_its_clock) {
    Report report = test::network_run();
    EXPECT_THAT(to_text(report), HasSubstr("cortex_m4 at 25 MHz, model"));
    report.changed_seconds = 800e-6;
    EXPECT_THAT(to_text(report),
                HasSubstr("cortex_m4 at 25 MHz (the program changed it: 12.5 MHz on average)"));
}

TEST(report_text, shows_the_devices_that_were_asked_for_anything) {
    EXPECT_THAT(to_text(test::program_run()), HasSubstr("\nserial     30      15 "));
    EXPECT_THAT(to_text(test::program_run()), Not(HasSubstr("\ntimer")));
    EXPECT_THAT(to_text(test::network_run()), Not(HasSubstr("device")));
}

TEST(report_text, says_how_many_numbers_are_assumed_and_where_to_see_them) {
    EXPECT_THAT(to_text(test::network_run()),
                HasSubstr("Of 5 numbers of board and cycle table, 2 assumed, 1 fitted; "
                          "`ingot boards invented` shows them.\n"));
    Report report = test::network_run();
    report.board.path = "mine/invented/board.toml";
    EXPECT_THAT(to_text(report),
                HasSubstr("`ingot boards mine/invented/board.toml` shows them.\n"));
}

TEST(report_text, calls_only_a_network_something_that_runs_so_often) {
    EXPECT_THAT(to_text(test::network_run()), HasSubstr(" runs per second"));
    EXPECT_THAT(to_text(test::program_run()), Not(HasSubstr(" runs per second")));
    EXPECT_THAT(to_text(test::program_run()), HasSubstr("arena -, stack -, RAM"));
}

TEST(report_text, says_how_many_instructions_were_not_decoded) {
    Report report = test::network_run();
    EXPECT_THAT(to_text(report), Not(HasSubstr("not decoded")));
    report.unknown_instructions = 1'234;
    EXPECT_THAT(to_text(report),
                HasSubstr("1 234 of them not decoded and counted as one cycle each"));
}

TEST(report_text, shows_the_first_twenty_functions_and_how_many_more_there_are) {
    Report report = test::program_run();
    report.functions.clear();
    for (int i = 0; i < 23; ++i) report.functions.push_back({"f" + std::to_string(i), 0, 1, 1, 1});
    const std::string text = to_text(report);
    EXPECT_THAT(text, HasSubstr("\nf19 "));
    EXPECT_THAT(text, Not(HasSubstr("\nf20 ")));
    EXPECT_THAT(text, HasSubstr("and 3 more"));
}

TEST(report_text, divides_by_no_zero) {
    for (Report report : {Report{}, test::network_run(), test::program_run()}) {
        report.cycles = {};
        report.window_cycles = 0;
        for (LayerReport &layer : report.layers) layer.cycles = {};
        for (MemoryReport &memory : report.memories) memory.peak_bytes_per_second = 0;
        for (const std::string &text : {to_text(report), to_csv(report)}) {
            EXPECT_THAT(text, Not(HasSubstr("nan")));
            EXPECT_THAT(text, Not(HasSubstr("inf")));
        }
        EXPECT_THAT(to_trace(report), Not(HasSubstr("null")));  // How JSON writes such numbers.
    }
}

TEST(report_csv, has_a_header_that_does_not_depend_on_the_board) {
    const char *header =
        "index,name,op,engine,first_cycle,cycles,compute_cycles,fetch_cycles,data_cycles,"
        "arbitration_cycles,sleep_cycles,seconds,instructions,macs,bytes_read,bytes_written,bytes,"
        "energy_j,bound\n";
    EXPECT_THAT(to_csv(test::network_run()), StartsWith(header));
    Report empty;
    empty.model = "empty";
    EXPECT_EQ(to_csv(empty), header);
}

TEST(report_csv, lists_the_functions_of_a_program_without_layers) {
    EXPECT_THAT(to_csv(test::program_run()),
                StartsWith("name,address,calls,instructions,cycles,seconds\n"
                           "filter,32768,40,6000,7200,0.000288\n"));
}

TEST(report_csv, keeps_a_row_on_one_record_whatever_the_name) {
    Report report = test::network_run();
    report.layers[0].name = "a \"b\", c";
    EXPECT_THAT(to_csv(report), HasSubstr("0,\"a \"\"b\"\", c\",conv2d,"));
}

TEST(report_csv, leaves_a_cell_empty_where_nothing_is_known) {
    const Report report =
        test::without_traffic(test::without_energy(test::without_clock(test::network_run())));
    EXPECT_THAT(to_csv(report),
                HasSubstr("1,features/pool_0,max_pool,core,8500,700,300,40,350,10,0,,260,0,,,,,"
                          "data\n"));
}

}  // namespace
}  // namespace ingot::sim
