// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// How numbers and their units are printed.

#ifndef INGOT_BASE_UNITS_H
#define INGOT_BASE_UNITS_H

#include <cstdint>
#include <string>

namespace ingot {

std::string grouped(int64_t count);        // "7 489 664"
std::string bytes_text(int64_t bytes);     // "55 296 B"; from a mebibyte on "4 MiB" or "4.2 MiB"
std::string hertz_text(int64_t hertz);     // "25 MHz"
std::string macs_text(int64_t macs);       // "7.490 M MAC"
std::string scaled_text(double value);     // "7.49 M": three digits and the prefix that suits
std::string seconds_text(double seconds);  // "1.81 ms": three digits and the unit that suits

}  // namespace ingot

#endif
