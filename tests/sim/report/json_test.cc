// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The report as JSON: the published schema holds, and so do its sums.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "sim/report/forms.h"
#include "tests/sim/report/sample.h"
#include "tests/sim/report/schema.h"

namespace ingot::sim {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using Json = nlohmann::ordered_json;

nlohmann::json schema() {
    const Result<std::string> text = read_text(INGOT_REPORT_SCHEMA);
    INGOT_CHECK(text.has_value());
    return nlohmann::json::parse(*text);
}

Json json_of(const Report &report) { return Json::parse(to_json(report)); }

TEST(report_json, keeps_to_the_published_schema) {
    const Report network = test::network_run();
    Report zero_cycles = network;
    zero_cycles.cycles = {};
    zero_cycles.layers.clear();
    zero_cycles.memories.clear();
    for (const Report &report : {network, test::program_run(), test::accelerated_run(), Report{},
                                 zero_cycles, test::without_clock(network),
                                 test::without_energy(network), test::without_traffic(network)}) {
        EXPECT_THAT(test::violations(nlohmann::json::parse(to_json(report)), schema()), IsEmpty());
    }
}

TEST(report_json, would_break_the_schema_with_a_float_for_a_count) {
    nlohmann::json json = nlohmann::json::parse(to_json(test::network_run()));
    json["layers"][1]["cycles"] = 700.0;
    json.erase("masters");
    EXPECT_THAT(test::violations(json, schema()),
                UnorderedElementsAre("/layers/1/cycles: is no \"integer\"", ": misses masters"));
}

TEST(report_json, writes_every_measure_as_a_float_even_when_it_is_whole) {
    const Json json = json_of(test::network_run());
    EXPECT_TRUE(json["seconds"].is_number_float());
    EXPECT_TRUE(json["energy_j"].is_number_float());
    EXPECT_TRUE(json["memory"]["flash"]["average_bytes_per_second"].is_number_float());
    EXPECT_TRUE(json["memory"]["flash"]["peak_bytes_per_second"].is_number_integer());
}

TEST(report_json, has_its_keys_in_the_order_of_the_schema) {
    const Json published = Json::parse(*read_text(INGOT_REPORT_SCHEMA));
    const Json json = json_of(test::network_run());
    std::vector<std::string> written;
    std::vector<std::string> foreseen;
    for (const auto &[key, value] : json.items()) written.push_back(key);
    for (const auto &[key, value] : published["$defs"]["report"]["properties"].items()) {
        foreseen.push_back(key);
    }
    written.emplace_back("project");  // Only of a vendor's project, and added where that is known.
    EXPECT_EQ(written, foreseen);
}

TEST(report_json, adds_up) {
    const Json json = json_of(test::network_run());
    for (const char *key : {"cycles", "instructions", "macs"}) {
        int64_t sum = json["outside"][key];
        for (const Json &layer : json["layers"]) sum += layer[key].get<int64_t>();
        EXPECT_EQ(sum, json[key]) << key;
    }
    int64_t parts = 0;
    for (const auto &[name, cycles] : json["cycle_parts"].items()) parts += cycles.get<int64_t>();
    EXPECT_EQ(parts, json["cycles"]);
    for (const auto &[name, memory] : json["memory"].items()) {
        int64_t sum = json["outside"]["memory"][name]["bytes_read"];
        for (const Json &layer : json["layers"]) {
            sum += layer["memory"][name]["bytes_read"].get<int64_t>();
        }
        EXPECT_EQ(sum, memory["bytes_read"]) << name;
    }
}

TEST(report_json, writes_null_for_what_is_not_known) {
    const Report network = test::network_run();
    const Json energy = json_of(test::without_energy(network));
    EXPECT_TRUE(energy["energy_j"].is_null());
    EXPECT_TRUE(energy["layers"][0]["energy_j"].is_null());
    EXPECT_TRUE(energy["outside"]["energy_j"].is_null());

    const Json program = json_of(test::program_run());
    for (const char *key : {"arena_bytes", "stack_bytes", "macs"}) {
        EXPECT_TRUE(program[key].is_null()) << key;
    }
    EXPECT_TRUE(program["outside"]["macs"].is_null());

    const Json clock = json_of(test::without_clock(network));
    EXPECT_TRUE(clock["clock_hz"]["core"].is_null());
    EXPECT_TRUE(clock["seconds"].is_null());
    EXPECT_TRUE(clock["layers"][0]["seconds"].is_null());
    EXPECT_TRUE(clock["functions"][0]["seconds"].is_null());
    EXPECT_TRUE(clock["memory"]["ram"]["average_bytes_per_second"].is_null());
    EXPECT_TRUE(clock["memory"]["ram"]["peak_bytes_per_second"].is_null());
    EXPECT_EQ(clock["memory"]["ram"]["bytes_read"], 9'000);

    const Json traffic = json_of(test::without_traffic(network));
    EXPECT_TRUE(traffic["memory"]["ram"]["bytes_read"].is_null());
    EXPECT_TRUE(traffic["memory"]["ram"]["average_bytes_per_second"].is_null());
    EXPECT_TRUE(traffic["layers"][0]["bytes"].is_null());
    EXPECT_TRUE(traffic["layers"][0]["memory"]["ram"]["bytes_written"].is_null());

    EXPECT_TRUE(json_of(test::program_run())["model"].is_null());
    EXPECT_TRUE(json_of(test::program_run())["model_hash"].is_null());
}

TEST(report_json, gives_back_names_with_any_character) {
    Report report = test::network_run();
    const std::string name = "a \"quoted\" \\ name,\n\t\x01 with \u6f22\u5b57";
    report.layers[0].name = name;
    report.model = name;
    const Json json = json_of(report);
    EXPECT_EQ(json["layers"][0]["name"], name);
    EXPECT_EQ(json["model"], name);
}

TEST(report_json, replaces_bytes_that_are_not_utf8) {
    Report report = test::network_run();
    report.layers[0].name =
        "a\xff"
        "b";
    EXPECT_EQ(json_of(report)["layers"][0]["name"],
              "a\ufffd"
              "b");
}

TEST(report_json, keeps_counts_beyond_32_bits) {
    Report report;
    report.cycles.compute = 9'007'199'254'740'993;  // The first integer that no double holds.
    EXPECT_THAT(to_json(report), HasSubstr("\"cycles\": 9007199254740993,"));
}

TEST(report_json, takes_seconds_from_time_where_the_clock_changed) {
    Report report = test::network_run();
    EXPECT_EQ(json_of(report)["is_clock_changed"], false);
    report.changed_seconds = 800e-6;
    const Json json = json_of(report);
    EXPECT_EQ(json["is_clock_changed"], true);
    EXPECT_DOUBLE_EQ(json["seconds"].get<double>(), 800e-6);
    EXPECT_DOUBLE_EQ(json["layers"][0]["seconds"].get<double>(), 800e-6 * 8'300 / 10'000);
}

TEST(report_json, lists_the_numbers_of_board_and_core_with_their_sources) {
    const Json json = json_of(test::network_run())["provenance"];
    EXPECT_EQ(json["assumed_count"], 2);
    EXPECT_EQ(json["fitted_count"], 1);
    ASSERT_EQ(json["numbers"].size(), 5u);
    EXPECT_EQ(json["numbers"][0]["of"], "board");
    EXPECT_EQ(json["numbers"][4], Json::parse(R"({"of": "core", "key": "divide.cycles",
        "value": "7", "source": "middle of 2 to 12", "is_assumed": true,
        "is_fitted": false})"));
}

// docs/REPORT.md has a row for each key of each object.
TEST(report_json, is_documented_key_by_key) {
    const Result<std::string> document = read_text(INGOT_REPORT_DOCUMENT);
    ASSERT_TRUE(document);
    const nlohmann::json published = schema();
    for (const auto &[name, object] : published["$defs"].items()) {
        const nlohmann::json properties = object.value("properties", nlohmann::json::object());
        for (const auto &[key, value] : properties.items()) {
            EXPECT_THAT(*document, HasSubstr('`' + key + '`')) << name;
        }
    }
}

}  // namespace
}  // namespace ingot::sim
