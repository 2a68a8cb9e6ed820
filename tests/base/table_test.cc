// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of the four faces of a table.

#include "base/table.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace ingot {
namespace {

const Table kTable{
    .columns = {{"op", "op"}, {"macs", "MAC"}, {"is_view", "view"}, {"note", "note"}},
    .rows = {{"conv2d", int64_t{320000}, false, "a \"b\", c"},
             {"réshape", std::monostate{}, true, ""}},
};

TEST(table, aligns_numbers_right_and_words_left) {
    EXPECT_EQ(to_text(kTable),
              "op           MAC  view  note\n"
              "conv2d   320 000  no    a \"b\", c\n"
              "réshape        -  yes\n");
}

TEST(table, sets_numbers_that_are_given_as_text_to_the_right) {
    const Table table{.columns = {{"macs", "MAC", true}}, .rows = {{"7.49 M"}, {"12"}}};
    EXPECT_EQ(to_text(table), "   MAC\n7.49 M\n    12\n");
}

TEST(table, quotes_every_end_of_line_in_csv) {
    const Table table{.columns = {{"a", "A"}}, .rows = {{"x\ry"}, {"x\ny"}}};
    EXPECT_EQ(to_csv(table), "a\n\"x\ry\"\n\"x\ny\"\n");
}

TEST(table, writes_markdown_that_lines_up_unrendered_too) {
    EXPECT_EQ(to_markdown(kTable),
              "| op      |     MAC | view | note     |\n"
              "|---------|--------:|------|----------|\n"
              "| conv2d  | 320 000 | no   | a \"b\", c |\n"
              "| réshape |       - | yes  |          |\n");
}

TEST(table, writes_csv_with_plain_numbers_and_quotes_where_needed) {
    EXPECT_EQ(to_csv(kTable),
              "op,macs,is_view,note\n"
              "conv2d,320000,false,\"a \"\"b\"\", c\"\n"
              "réshape,,true,\n");
}

TEST(table, writes_json_that_never_mixes_kinds) {
    EXPECT_EQ(to_json(kTable).dump(),
              R"([{"op":"conv2d","macs":320000,"is_view":false,"note":"a \"b\", c"},)"
              R"({"op":"réshape","macs":null,"is_view":true,"note":""}])");
}

TEST(table, without_rows_still_has_its_titles) {
    EXPECT_EQ(to_text({.columns = {{"a", "A"}, {"b", "B"}}, .rows = {}}), "A  B\n");
}

}  // namespace
}  // namespace ingot
