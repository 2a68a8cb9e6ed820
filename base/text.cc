// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What of a text a terminal would obey instead of showing it.

#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace ingot {
namespace {

bool continues(char c) { return (static_cast<uint8_t>(c) & 0xc0) == 0x80; }

// Bytes of the UTF-8 character that a text begins with; 0: it begins with none.
size_t character_bytes(std::string_view text) {
    const auto first = static_cast<uint8_t>(text[0]);
    if (first < 0x80) return 1;
    if (first < 0xc2 || first > 0xf4) return 0;
    const size_t bytes = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (text.size() < bytes) return 0;
    return std::ranges::all_of(text.substr(1, bytes - 1), continues) ? bytes : 0;
}

// Control characters of ASCII, and those that two bytes of UTF-8 hold: U+0080 to U+009F.
bool is_control(std::string_view character) {
    const auto first = static_cast<uint8_t>(character[0]);
    if (character.size() == 1) return first < 0x20 || first == 0x7f;
    return first == 0xc2 && static_cast<uint8_t>(character[1]) < 0xa0;
}

}  // namespace

std::string printable(std::string_view text, std::string_view kept) {
    std::string shown;
    while (!text.empty()) {
        const size_t bytes = character_bytes(text);
        const std::string_view character = text.substr(0, std::max<size_t>(bytes, 1));
        const bool stays = kept.find(character) != std::string_view::npos;
        if (stays || (bytes > 0 && !is_control(character))) {
            shown += character;
        } else {
            for (const char c : character) {
                shown += fmt::format("\\x{:02x}", static_cast<uint8_t>(c));
            }
        }
        text.remove_prefix(character.size());
    }
    return shown;
}

}  // namespace ingot
