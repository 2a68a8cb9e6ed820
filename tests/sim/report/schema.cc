// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Integers and floats are told apart by how they are written: 1.0 is no integer here, though it is
// one to JSON Schema.

#include "tests/sim/report/schema.h"

#include <algorithm>

namespace ingot::sim::test {
namespace {

using Json = nlohmann::json;

struct Validator {
    const Json &root;
    std::vector<std::string> found;
};

void validate(Validator &validator, const Json &value, const Json &schema, const std::string &at);

bool is_of_type(const Json &value, const std::string &type) {
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    return value.type_name() == type;  // "object", "array", "string", "boolean", "null"
}

void check_type(Validator &validator, const Json &value, const Json &type, const std::string &at) {
    const Json types = type.is_array() ? type : Json::array({type});
    const bool is_one = std::ranges::any_of(
        types, [&](const Json &name) { return is_of_type(value, name.get<std::string>()); });
    if (!is_one) validator.found.push_back(at + ": is no " + type.dump());
}

void check_required(Validator &validator, const Json &value, const Json &keys,
                    const std::string &at) {
    for (const std::string key : keys) {
        const bool is_missing = value.is_object() && !value.contains(key);
        if (is_missing) validator.found.push_back(at + ": misses " + key);
    }
}

// Each member by its own schema, or by that of additional ones.
void check_members(Validator &validator, const Json &value, const Json &schema,
                   const std::string &at) {
    if (!value.is_object()) return;
    const Json properties = schema.value("properties", Json::object());
    const Json others = schema.value("additionalProperties", Json(true));
    for (const auto &[key, member] : value.items()) {
        const std::string place = at + '/' + key;
        if (properties.contains(key)) {
            validate(validator, member, properties[key], place);
        } else if (others.is_object()) {
            validate(validator, member, others, place);
        } else if (others == false) {
            validator.found.push_back(place + ": is not foreseen");
        }
    }
}

void check_items(Validator &validator, const Json &value, const Json &schema,
                 const std::string &at) {
    if (!value.is_array()) return;
    for (size_t i = 0; i < value.size(); ++i) {
        validate(validator, value[i], schema, at + '/' + std::to_string(i));
    }
}

void validate(Validator &validator, const Json &value, const Json &schema, const std::string &at) {
    for (const auto &[keyword, content] : schema.items()) {
        if (keyword == "type") {
            check_type(validator, value, content, at);
        } else if (keyword == "required") {
            check_required(validator, value, content, at);
        } else if (keyword == "items") {
            check_items(validator, value, content, at);
        } else if (keyword == "minimum") {
            if (value.is_number() && value < content) validator.found.push_back(at + ": too small");
        } else if (keyword == "enum") {
            const bool is_one = std::ranges::find(content, value) != content.end();
            if (!is_one) validator.found.push_back(at + ": is none of " + content.dump());
        } else if (keyword == "const") {
            if (value != content) validator.found.push_back(at + ": is not " + content.dump());
        } else if (keyword == "$ref") {
            const Json::json_pointer target(content.get<std::string>().substr(1));
            validate(validator, value, validator.root.at(target), at);
        } else if (keyword != "properties" && keyword != "additionalProperties" &&
                   keyword != "title" && keyword != "description" && keyword != "$schema" &&
                   keyword != "$comment" && keyword != "$defs") {
            validator.found.push_back(at + ": the schema has a keyword unknown here, " + keyword);
        }
    }
    check_members(validator, value, schema, at);
}

}  // namespace

std::vector<std::string> violations(const Json &value, const Json &schema) {
    Validator validator{.root = schema, .found = {}};
    validate(validator, value, schema, "");
    return validator.found;
}

}  // namespace ingot::sim::test
