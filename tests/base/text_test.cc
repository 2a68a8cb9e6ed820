// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of what reaches a terminal.

#include "base/text.h"

#include <gtest/gtest.h>

namespace ingot {
namespace {

TEST(text, is_shown_as_it_is_where_a_terminal_shows_it) {
    EXPECT_EQ(printable("kernel 3x3, größer, 漢, 😀"), "kernel 3x3, größer, 漢, 😀");
    EXPECT_EQ(printable(""), "");
}

TEST(text, of_control_characters_is_spelt_out) {
    EXPECT_EQ(printable("a\x1b[31mb\x07\n\x7f"), "a\\x1b[31mb\\x07\\x0a\\x7f");
    EXPECT_EQ(printable("a\nb\tc", "\n"), "a\nb\\x09c");
    EXPECT_EQ(printable("\xc2\x9b"), "\\xc2\\x9b");  // U+009B begins a command, as ESC [ does.
}

TEST(text, that_is_not_utf8_is_spelt_out) {
    EXPECT_EQ(printable("\x9b"
                        "2J"),
              "\\x9b2J");
    EXPECT_EQ(printable("\xe6\xbc"), "\\xe6\\xbc");
    EXPECT_EQ(printable("\xc2"
                        "a"),
              "\\xc2"
              "a");
}

}  // namespace
}  // namespace ingot
