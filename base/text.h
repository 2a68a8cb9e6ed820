// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Text that others wrote, on its way to a terminal.

#ifndef INGOT_BASE_TEXT_H
#define INGOT_BASE_TEXT_H

#include <string>
#include <string_view>

namespace ingot {

// With "\x1b" for an escape, and likewise for every control character and whatever is not UTF-8:
// a terminal obeys them. Characters of `kept` stay.
std::string printable(std::string_view text, std::string_view kept = {});

}  // namespace ingot

#endif
