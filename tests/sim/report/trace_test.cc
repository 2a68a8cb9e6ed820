// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The report as a time line: slices nest, counters keep to the streams, tracks have names.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "sim/report/forms.h"
#include "tests/sim/report/sample.h"

namespace ingot::sim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Json = nlohmann::ordered_json;

Json trace_of(const Report &report) { return Json::parse(to_trace(report)); }

std::vector<Json> events_of(const Json &trace, const std::string &phase,
                            const std::string &name = {}) {
    std::vector<Json> events;
    for (const Json &event : trace["traceEvents"]) {
        const bool is_named = name.empty() || event["name"] == name;
        if (event["ph"] == phase && is_named) events.push_back(event);
    }
    return events;
}

// Every end closes the innermost open slice of its track, and time never runs backwards.
void expect_nested(const Json &trace) {
    std::map<int, std::vector<std::string>> open;
    std::map<int, double> now;
    for (const Json &event : trace["traceEvents"]) {
        const std::string phase = event["ph"];
        if (phase != "B" && phase != "E") continue;
        const int track = event["tid"];
        EXPECT_GE(event["ts"].get<double>(), now[track]) << event;
        now[track] = event["ts"];
        if (phase == "B") {
            open[track].push_back(event["name"]);
        } else {
            ASSERT_FALSE(open[track].empty()) << event;
            EXPECT_EQ(open[track].back(), event["name"]);
            open[track].pop_back();
        }
    }
    for (const auto &[track, slices] : open) EXPECT_THAT(slices, IsEmpty()) << track;
}

TEST(report_trace, nests_the_layers_in_one_inference) {
    const Json trace = trace_of(test::network_run());
    expect_nested(trace);
    std::vector<std::string> names;
    for (const Json &event : events_of(trace, "B")) names.push_back(event["name"]);
    EXPECT_THAT(names, ElementsAre("inference", "MODEL::CONV2D_0_0", "MODEL::MAX_POOL_0_1",
                                   "MODEL::SOFTMAX_0_2"));
}

TEST(report_trace, nests_at_clocks_that_divide_nothing) {
    Report report = test::network_run();
    for (const int64_t hertz : {3, 7, 32'768, 33'333'333, 999'999'937}) {
        report.board.clock_hz = hertz;
        report.layers[1].first_cycle = 8'500;  // Where the layer before it ends.
        report.layers[2].first_cycle = 9'400;  // Up to where the run ends.
        expect_nested(trace_of(report));
    }
}

TEST(report_trace, gives_times_in_microseconds) {
    const Json trace = trace_of(test::network_run());
    const Json begin = events_of(trace, "B", "MODEL::MAX_POOL_0_1").at(0);
    const Json end = events_of(trace, "E", "MODEL::MAX_POOL_0_1").at(0);
    EXPECT_EQ(begin["ts"], 340.0);
    EXPECT_EQ(end["ts"], 368.0);
    EXPECT_EQ(events_of(trace, "E", "inference").at(0)["ts"], 400.0);
}

TEST(report_trace, draws_a_nanosecond_per_cycle_without_a_clock_and_says_so) {
    const Json trace = trace_of(test::without_clock(test::network_run()));
    EXPECT_EQ(events_of(trace, "B", "MODEL::MAX_POOL_0_1").at(0)["ts"], 8.5);
    EXPECT_EQ(trace["otherData"]["clock"], "not known: 1 cycle is drawn as 1 ns");
    EXPECT_EQ(events_of(trace, "M", "process_labels").at(0)["args"]["labels"],
              "clock not known: 1 cycle is drawn as 1 ns");
    EXPECT_THAT(events_of(trace, "C", "ram B/s"), IsEmpty());
    EXPECT_EQ(events_of(trace, "C", "ram B/cycle").at(0)["args"]["core.data"], 1.5);
}

TEST(report_trace, counts_bytes_per_second_of_each_master_in_each_window) {
    const std::vector<Json> events = events_of(trace_of(test::network_run()), "C", "ram B/s");
    ASSERT_EQ(events.size(), 4u);
    const double starts[] = {0, 160, 320, 400};
    const double data[] = {37.5e6, 28.75e6, 12.5e6, 0};  // The last window has half the length.
    const double background[] = {1.25e6, 0.625e6, 1.25e6, 0};
    for (size_t i = 0; i < events.size(); ++i) {
        EXPECT_EQ(events[i]["ts"], starts[i]);
        EXPECT_DOUBLE_EQ(events[i]["args"]["core.data"], data[i]);
        EXPECT_DOUBLE_EQ(events[i]["args"]["background"], background[i]);
    }
}

TEST(report_trace, gives_back_the_streams_bytes_as_the_area_of_its_counter) {
    const Report report = test::network_run();
    const Json trace = trace_of(report);
    for (const Stream &stream : report.streams) {
        const std::vector<Json> events = events_of(trace, "C", stream.memory + " B/s");
        double bytes = 0;
        for (size_t i = 0; i + 1 < events.size(); ++i) {
            const double microseconds =
                events[i + 1]["ts"].get<double>() - events[i]["ts"].get<double>();
            bytes += events[i]["args"][stream.master].get<double>() * microseconds * 1e-6;
        }
        EXPECT_NEAR(bytes, static_cast<double>(stream.traffic.bytes()), 1e-6);
    }
}

TEST(report_trace, gives_each_engine_a_named_track) {
    Report report = test::network_run();
    report.layers[1].engine = "cnn_array";
    const Json trace = trace_of(report);
    expect_nested(trace);
    const std::vector<Json> names = events_of(trace, "M", "thread_name");
    ASSERT_EQ(names.size(), 2u);
    EXPECT_EQ(names[0]["args"]["name"], "core");
    EXPECT_EQ(names[1]["args"]["name"], "cnn_array");
    EXPECT_EQ(events_of(trace, "B", "MODEL::MAX_POOL_0_1").at(0)["tid"], names[1]["tid"]);
    EXPECT_EQ(events_of(trace, "M", "process_name").at(0)["args"]["name"], "tiny on invented");
}

TEST(report_trace, tells_what_a_memory_held_at_its_fullest) {
    const std::vector<Json> events = events_of(trace_of(test::network_run()), "M", "MEMORY");
    ASSERT_EQ(events.size(), 2u);
    EXPECT_EQ(events[1]["args"], Json::parse(R"({"memory_region": "ram", "memory_addr": 536870912,
        "used": 9216, "unused": 7168})"));
}

TEST(report_trace, has_one_slice_for_a_program_without_layers) {
    const Json trace = trace_of(test::program_run());
    expect_nested(trace);
    ASSERT_EQ(events_of(trace, "B").size(), 1u);
    EXPECT_EQ(events_of(trace, "B").at(0)["name"], "run");
}

TEST(report_trace, leaves_out_what_was_not_recorded) {
    const Json trace = trace_of(test::without_traffic(test::without_energy(test::network_run())));
    EXPECT_THAT(events_of(trace, "C"), IsEmpty());
    const Json args = events_of(trace, "B", "MODEL::CONV2D_0_0").at(0)["args"];
    EXPECT_FALSE(args.contains("bytes"));
    EXPECT_FALSE(args.contains("energy_j"));
    EXPECT_EQ(args["cycles"], 8'300);
}

TEST(report_trace, of_an_empty_report_is_a_slice_without_length) {
    const Json trace = trace_of({});
    expect_nested(trace);
    EXPECT_EQ(events_of(trace, "E").at(0)["ts"], 0.0);
}

TEST(report_trace, gives_back_names_with_any_character) {
    Report report = test::network_run();
    report.layers[0].name = "a \"b\"\n\x02 \u6f22";
    EXPECT_EQ(events_of(trace_of(report), "B").at(1)["args"]["name"], report.layers[0].name);
}

}  // namespace
}  // namespace ingot::sim
