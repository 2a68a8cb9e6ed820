// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Prefixes are decimal (M is 10^6) but for bytes, which say Ki and Mi where they mean 2^10 and
// 2^20.

#include "base/units.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string_view>

namespace ingot {
namespace {

constexpr int64_t kMebibyte = 1 << 20;

struct Prefix {
    double factor;
    std::string_view name;
};

// The largest prefix that leaves at least one; the last of the list otherwise.
template <size_t N>
const Prefix &prefix_of(const std::array<Prefix, N> &prefixes, double value) {
    for (const Prefix &prefix : prefixes) {
        if (value >= prefix.factor) return prefix;
    }
    return prefixes.back();
}

// As many as make three digits of a number below a thousand.
int decimals_of(double value) { return value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2; }

}  // namespace

std::string grouped(int64_t count) {
    const std::string digits = fmt::format("{}", count);
    const size_t first_digit = count < 0 ? 1 : 0;
    std::string text;
    for (size_t i = 0; i < digits.size(); ++i) {
        const bool starts_group = i > first_digit && (digits.size() - i) % 3 == 0;
        if (starts_group) text += ' ';
        text += digits[i];
    }
    return text;
}

std::string bytes_text(int64_t bytes) {
    if (bytes < kMebibyte) return grouped(bytes) + " B";
    const double mebibytes = static_cast<double>(bytes) / kMebibyte;
    return bytes % kMebibyte == 0 ? fmt::format("{} MiB", bytes / kMebibyte)
                                  : fmt::format("{:.1f} MiB", mebibytes);
}

std::string hertz_text(int64_t hertz) {
    constexpr std::array<Prefix, 4> kPrefixes{
        {{1e9, "GHz"}, {1e6, "MHz"}, {1e3, "kHz"}, {1, "Hz"}}};
    const double value = static_cast<double>(hertz);
    const Prefix &prefix = prefix_of(kPrefixes, value);
    return fmt::format("{:g} {}", value / prefix.factor, prefix.name);
}

std::string macs_text(int64_t macs) {
    constexpr std::array<Prefix, 3> kPrefixes{{{1e9, "G MAC"}, {1e6, "M MAC"}, {1e3, "k MAC"}}};
    if (macs < 1000) return fmt::format("{} MAC", macs);
    const double value = static_cast<double>(macs);
    const Prefix &prefix = prefix_of(kPrefixes, value);
    return fmt::format("{:.3f} {}", value / prefix.factor, prefix.name);
}

std::string scaled_text(double value) {
    // A prefix begins where the one below would round to "1000".
    constexpr std::array<Prefix, 4> kPrefixes{{{1e9, "G"}, {1e6, "M"}, {1e3, "k"}, {1, ""}}};
    const Prefix &prefix = prefix_of(kPrefixes, value / 0.9995);
    const double scaled = value / prefix.factor;
    if (prefix.name.empty() && scaled == std::floor(scaled)) return fmt::format("{:.0f}", scaled);
    const char *blank = prefix.name.empty() ? "" : " ";
    return fmt::format("{:.{}f}{}{}", scaled, decimals_of(scaled), blank, prefix.name);
}

std::string seconds_text(double seconds) {
    constexpr std::array<Prefix, 4> kPrefixes{{{1, "s"}, {1e-3, "ms"}, {1e-6, "us"}, {1e-9, "ns"}}};
    const Prefix &prefix = prefix_of(kPrefixes, seconds);
    const double value = seconds / prefix.factor;
    return fmt::format("{:.{}f} {}", value, decimals_of(value), prefix.name);
}

}  // namespace ingot
