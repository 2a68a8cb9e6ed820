// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The forms of a report. Each is made from the record alone, and the same record gives the same
// bytes.

#ifndef INGOT_SIM_FORMS_H
#define INGOT_SIM_FORMS_H

#include <array>
#include <string>
#include <string_view>

#include "sim/report/report.h"

namespace ingot::sim {

std::string to_text(const Report &report);   // For people: lines of at most 100 columns.
std::string to_json(const Report &report);   // Everything; report.schema.json describes it.
std::string to_csv(const Report &report);    // The layers; the functions where there are none.
std::string to_trace(const Report &report);  // Trace Event Format, for Perfetto and its like.

std::string to_text(const AcceleratorReport &accelerator);  // Its part of the text.

struct Form {
    std::string_view format;
    std::string_view file;
    std::string (*write)(const Report &report);
};
inline constexpr std::array<Form, 4> kForms{{
    {"text", "report.txt", to_text},
    {"json", "report.json", to_json},
    {"csv", "report.csv", to_csv},
    {"trace", "report.trace.json", to_trace},
}};

}  // namespace ingot::sim

#endif
