// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Real programs for the CNN accelerator, access by access: their known answers, and their cycles.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "base/files.h"
#include "base/table.h"
#include "tests/sim/machines/cnn_array/trace.h"

namespace ingot::sim::test {
namespace {

struct Outcome {
    Replayed replayed;
    CnnRun run;  // The only one.

    bool streams() const {
        return std::ranges::any_of(run.layers,
                                   [](const LayerRun &layer) { return layer.layer.is_streaming; });
    }

    // As the vendor's formula counts them: one and a half times those of a streaming layer.
    // Source: ai8x-synthesis, izer/latency.py.
    int64_t formula_cycles() const {
        int64_t sum = run.schedule.state_cycles();
        for (const LayerRun &layer : run.layers) {
            const int64_t cycles = layer.time.states.total();
            if (layer.layer.is_streaming) sum += (15 * cycles + 9) / 10 - cycles;
        }
        return sum;
    }
};

Outcome replay_of(const Trace &trace) {
    const CnnArray array = cnn_array_of(trace.board);
    OneLine line;
    CnnArrayDevice device(array, line);
    Outcome outcome{.replayed = replay(read_trace(trace.path), device, array, line), .run = {}};
    if (device.runs().size() == 1) outcome.run = device.runs().front();
    return outcome;
}

class trace : public testing::TestWithParam<Trace> {
protected:
    void SetUp() override {
        if (GetParam().name.empty()) GTEST_SKIP() << "INGOT_SHARED is not set";
    }
};

TEST_P(trace, reads_what_the_part_computes) {
    const Replayed replayed = replay_of(GetParam()).replayed;
    EXPECT_EQ(replayed.first_wrong, "");
    EXPECT_EQ(replayed.data_reads_wrong, 0);
    EXPECT_GT(replayed.data_reads, 0);
    EXPECT_EQ(replayed.interrupts, 1);
}

TEST_P(trace, counts_the_cycles_of_the_vendors_formula) {
    const Outcome outcome = replay_of(GetParam());
    EXPECT_EQ(outcome.formula_cycles(), outcome.replayed.cycles_recorded);
}

INSTANTIATE_TEST_SUITE_P(shared, trace, testing::ValuesIn(shared_traces()),
                         [](const testing::TestParamInfo<Trace> &info) {
                             std::string name = info.param.name;
                             for (char &c : name) c = std::isalnum(c) ? c : '_';
                             return name.empty() ? "none" : name;
                         });

// Times that boards showed. Source: MAX78000_SDK, Examples/MAX78000/CNN/*/README.md.
struct Measured {
    const char *name;
    double microseconds;
};
constexpr Measured kMeasured[] = {{"measured_mnist", 1410},
                                  {"measured_cifar-10", 1712},
                                  {"measured_cifar-100", 2593},
                                  {"measured_kws20_v3", 1442},
                                  {"measured_cats-vs-dogs", 2549}};

TEST(traces, take_as_long_as_on_a_board) {
    const std::vector<Trace> traces = shared_traces();
    if (traces.front().name.empty()) GTEST_SKIP() << "INGOT_SHARED is not set";
    for (const Measured &measured : kMeasured) {
        const auto trace = std::ranges::find(traces, measured.name, &Trace::name);
        ASSERT_NE(trace, traces.end()) << measured.name;
        const CnnRun run = replay_of(*trace).run;
        const double microseconds =
            1e6 * static_cast<double>(run.schedule.cycles) / static_cast<double>(run.clock_hz);
        EXPECT_NEAR(microseconds, measured.microseconds, 0.001 * measured.microseconds)
            << measured.name;
    }
}

Table table_of(const std::vector<Trace> &traces) {
    Table table{.columns = {{"trace", "trace"},
                            {"reads", "data reads", true},
                            {"exact", "exact", true},
                            {"recorded", "cycles recorded", true},
                            {"counted", "cycles counted", true},
                            {"range", "us on silicon"}},
                .rows = {}};
    for (const Trace &trace : traces) {
        const Outcome outcome = replay_of(trace);
        const Replayed &replayed = outcome.replayed;
        const Schedule &schedule = outcome.run.schedule;
        const auto us = [&](int64_t cycles) {
            return 1e6 * static_cast<double>(cycles) / static_cast<double>(outcome.run.clock_hz);
        };
        table.rows.push_back({trace.name + (outcome.streams() ? " (streams)" : ""),
                              replayed.data_reads, replayed.data_reads - replayed.data_reads_wrong,
                              replayed.cycles_recorded, outcome.formula_cycles(),
                              schedule.cycles_min == schedule.cycles_max
                                  ? fmt::format("{:.1f}", us(schedule.cycles))
                                  : fmt::format("{:.1f} to {:.1f}", us(schedule.cycles_min),
                                                us(schedule.cycles_max))});
    }
    return table;
}

// The table in docs is what this test measures; INGOT_REFRESH_GOLDEN=1 writes it anew.
TEST(traces, are_told_of_in_the_documentation) {
    const std::vector<Trace> traces = shared_traces();
    if (traces.front().name.empty()) GTEST_SKIP() << "INGOT_SHARED is not set";
    const std::string table = to_markdown(table_of(traces));
    const Result<std::string> document = read_text(INGOT_DOCS "/CNN_TRACES.md");
    ASSERT_TRUE(document);
    const size_t begin = document->find("\n| ") + 1;
    ASSERT_NE(begin, 0);
    if (std::getenv("INGOT_REFRESH_GOLDEN")) {
        const NamedFile file = text_file("CNN_TRACES.md", document->substr(0, begin) + table);
        ASSERT_TRUE(write_files(INGOT_DOCS, {&file, 1}));
    } else {
        EXPECT_EQ(document->substr(begin), table);
    }
}

}  // namespace
}  // namespace ingot::sim::test
