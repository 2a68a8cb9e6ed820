// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A validator for the keywords of JSON Schema that report.schema.json uses. A keyword that it does
// not know is a fault of the schema, so nothing in there goes unchecked.

#ifndef INGOT_TESTS_SCHEMA_H
#define INGOT_TESTS_SCHEMA_H

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace ingot::sim::test {

// What is wrong with a value, each with its place: "/layers/0/cycles: is no integer".
std::vector<std::string> violations(const nlohmann::json &value, const nlohmann::json &schema);

}  // namespace ingot::sim::test

#endif
