// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of a node's attributes.

#include "codegen/graph/attributes.h"

#include <gtest/gtest.h>

namespace ingot::codegen {
namespace {

TEST(attributes, give_back_what_was_set) {
    Attributes attributes;
    attributes.set("stride", int64_t{2});
    attributes.set("beta", 0.5);
    attributes.set("mode", std::string("reflect"));
    attributes.set("axes", std::vector<int64_t>{1, -1});

    EXPECT_EQ(attributes.integer("stride"), 2);
    EXPECT_EQ(attributes.real("beta"), 0.5);
    EXPECT_EQ(attributes.text("mode"), "reflect");
    EXPECT_EQ(attributes.integers("axes"), (std::vector<int64_t>{1, -1}));
    EXPECT_TRUE(attributes.has("stride"));
    EXPECT_EQ(attributes.all().size(), 4u);
}

TEST(attributes, answer_with_the_default_when_absent) {
    const Attributes attributes;
    EXPECT_EQ(attributes.integer("stride", 7), 7);
    EXPECT_EQ(attributes.real("beta", 1.5), 1.5);
    EXPECT_EQ(attributes.text("mode", "constant"), "constant");
    EXPECT_TRUE(attributes.integers("axes").empty());
    EXPECT_FALSE(attributes.has("stride"));
}

TEST(attributes, answer_with_the_default_when_of_another_kind) {
    Attributes attributes;
    attributes.set("stride", 2.5);
    EXPECT_EQ(attributes.integer("stride", 7), 7);
    EXPECT_TRUE(attributes.integers("stride").empty());
}

TEST(attributes, keep_the_last_value_of_a_name) {
    Attributes attributes;
    attributes.set("stride", int64_t{1});
    attributes.set("stride", int64_t{2});
    EXPECT_EQ(attributes.integer("stride"), 2);
}

}  // namespace
}  // namespace ingot::codegen
