// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of the rules of CNN accelerators: a legal network breaks none, and each accepts what just
// passes and refuses what just does not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/boards/cnn_rule_pairs.h"

namespace ingot::test {
namespace {

std::vector<RulePair> all_pairs() {
    std::vector<RulePair> pairs(shape_rule_pairs().begin(), shape_rule_pairs().end());
    pairs.insert(pairs.end(), place_rule_pairs().begin(), place_rule_pairs().end());
    return pairs;
}

std::set<std::string> found_in(Part part, Change change) {
    CnnNetwork network = legal_network();
    change(network);
    std::set<std::string> codes;
    for (const CnnViolation &violation : cnn_violations(array(part), network)) {
        codes.insert(std::string(number(violation.rule->code)));
    }
    return codes;
}

TEST(cnn_array_rules, find_nothing_wrong_with_a_legal_network) {
    const auto change_nothing = [](CnnNetwork &) {};
    EXPECT_THAT(found_in(k0, change_nothing), testing::IsEmpty());
    EXPECT_THAT(found_in(k2, change_nothing), testing::IsEmpty());
}

TEST(cnn_array_rules, each_accept_what_just_passes_and_refuse_what_just_does_not) {
    for (const RulePair &pair : all_pairs()) {
        const std::string code(number(pair.code));
        EXPECT_THAT(found_in(pair.part, pair.passes), testing::IsEmpty()) << code;
        EXPECT_TRUE(found_in(pair.part, pair.fails).contains(code)) << code;
    }
}

TEST(cnn_array_rules, each_have_a_pair_of_tests) {
    std::set<Code> tested;
    for (const RulePair &pair : all_pairs()) tested.insert(pair.code);
    for (const CnnRule &rule : cnn_rule_table()) {
        EXPECT_TRUE(tested.contains(rule.code)) << rule.name << " has no pair of tests";
    }
}

TEST(cnn_array_rules, each_have_a_code_a_name_and_a_source_of_their_own) {
    std::set<Code> codes;
    std::set<std::string_view> names;
    for (const CnnRule &rule : cnn_rule_table()) {
        EXPECT_TRUE(codes.insert(rule.code).second) << rule.name;
        EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
        EXPECT_TRUE(rule.sentence.ends_with('.')) << rule.name;
        EXPECT_FALSE(rule.source.empty()) << rule.name;
        EXPECT_EQ(exit_of(rule.code), Exit::kDoesNotFit) << rule.name;
        const bool names_parts = explanation(rule.code).find("MAX78002") != std::string_view::npos;
        EXPECT_TRUE(names_parts || rule.name == "layer_loop") << rule.name;
        EXPECT_EQ(find_cnn_rule(rule.name), &rule);
        EXPECT_EQ(find_cnn_rule(number(rule.code)), &rule);
    }
    EXPECT_EQ(find_cnn_rule("no_such_rule"), nullptr);
}

TEST(cnn_array_rules, say_plainly_where_the_sources_contradict_each_other) {
    for (const Code code :
         {Code::kCnnConv2dDilation, Code::kCnnInputChannels, Code::kCnnOutputChannels}) {
        EXPECT_THAT(std::string(explanation(code)), testing::HasSubstr("contradict each other"));
    }
}

TEST(cnn_array_rules, say_where_what_was_found_and_what_would_be_accepted) {
    CnnNetwork network = legal_network();
    network.name = "net.yaml";
    network.layers[2].name = "last";
    network.layers[2].line = 12;
    network.layers[2].kernel = {5, 5};
    network.layers[2].pad = {2, 2};
    const auto violations = cnn_violations(array(k0), network);
    ASSERT_EQ(violations.size(), 1u);
    EXPECT_EQ(to_string(to_diagnostic(network, violations[0])),
              "error[E0310] net.yaml:12: layer 2 (last): kernel 5x5; accepted: 1x1, 3x3\n"
              "  hint: two layers of 3x3 see as far as one of 5x5");
}

TEST(cnn_array_rules, say_in_words_that_no_write_gap_is_accepted) {
    const auto finding = [](int64_t channels) {
        CnnNetwork network = legal_network();
        network.layers[0].write_gap = 16;
        network.layers[0].output_channels = channels;
        for (const CnnViolation &violation : cnn_violations(array(k0), network)) {
            if (violation.rule->code == Code::kCnnWriteGap) return violation.finding.what;
        }
        return std::string();
    };
    EXPECT_THAT(finding(16 * 64), testing::EndsWith("accepted: 0..0"));
    EXPECT_THAT(finding(16 * 64 + 1), testing::HasSubstr("no gap is accepted"));
    EXPECT_THAT(finding(16 * 64 + 1), testing::Not(testing::HasSubstr("..")));
}

}  // namespace
}  // namespace ingot::test
