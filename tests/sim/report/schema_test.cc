// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The validator of the other tests: what it must refuse.

#include "tests/sim/report/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ingot::sim::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Json = nlohmann::json;

TEST(schema_validator, tells_integers_from_floats) {
    const Json schema = {{"type", "integer"}};
    EXPECT_THAT(violations(1, schema), IsEmpty());
    EXPECT_THAT(violations(1.0, schema), ElementsAre(": is no \"integer\""));
    EXPECT_THAT(violations(1, {{"type", "number"}}), IsEmpty());
}

TEST(schema_validator, accepts_any_type_of_a_list) {
    const Json schema = {{"type", {"number", "null"}}};
    EXPECT_THAT(violations(nullptr, schema), IsEmpty());
    EXPECT_THAT(violations(0.5, schema), IsEmpty());
    EXPECT_THAT(violations("0.5", schema), ElementsAre(": is no [\"number\",\"null\"]"));
}

TEST(schema_validator, finds_missing_and_unforeseen_keys) {
    const Json schema = {{"required", {"a"}},
                         {"properties", {{"a", {{"type", "string"}}}}},
                         {"additionalProperties", false}};
    EXPECT_THAT(violations({{"a", ""}}, schema), IsEmpty());
    EXPECT_THAT(violations({{"b", 1}}, schema), ElementsAre(": misses a", "/b: is not foreseen"));
    EXPECT_THAT(violations({{"a", 1}}, schema), ElementsAre("/a: is no \"string\""));
}

TEST(schema_validator, follows_items_additional_members_and_references) {
    const Json schema = {{"additionalProperties", {{"items", {{"$ref", "#/$defs/count"}}}}},
                         {"$defs", {{"count", {{"minimum", 0}}}}}};
    EXPECT_THAT(violations({{"a", {1, 2, -3}}}, schema), ElementsAre("/a/2: too small"));
}

TEST(schema_validator, holds_values_to_lists_and_constants) {
    EXPECT_THAT(violations("c", {{"enum", {"a", "b"}}}), ElementsAre(": is none of [\"a\",\"b\"]"));
    EXPECT_THAT(violations(2, {{"const", 1}}), ElementsAre(": is not 1"));
}

TEST(schema_validator, refuses_a_keyword_that_it_does_not_know) {
    EXPECT_THAT(violations(1, {{"maximum", 2}}),
                ElementsAre(": the schema has a keyword unknown here, maximum"));
}

}  // namespace
}  // namespace ingot::sim::test
