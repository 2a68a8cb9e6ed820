// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Results on stdout, in the format that was asked for.

#ifndef INGOT_APPS_PRINT_H
#define INGOT_APPS_PRINT_H

#include <nlohmann/json.hpp>
#include <string>

#include "base/table.h"

namespace ingot::cli {

using Json = nlohmann::ordered_json;

// A table in any of the formats; as JSON it is {"schema": 1, <key>: [...]}, and then what stands
// `beside` the rows, the members of an object.
void print_table(const Table &table, const std::string &format, const std::string &key,
                 const Json &beside = Json::object());

// One JSON document; text that is not UTF-8 is replaced, not refused.
void print_json(const Json &json);

}  // namespace ingot::cli

#endif
