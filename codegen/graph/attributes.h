// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Named attributes of a node: what a model file says about an operator besides its tensors.

#ifndef INGOT_CODEGEN_ATTRIBUTES_H
#define INGOT_CODEGEN_ATTRIBUTES_H

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ingot::codegen {

using Attribute = std::variant<int64_t, double, std::string, std::vector<int64_t>>;

class Attributes {
public:
    void set(std::string_view name, Attribute value) { values_[std::string(name)] = value; }
    bool has(std::string_view name) const { return values_.contains(name); }

    // The value, or `otherwise` when absent or of another kind.
    int64_t integer(std::string_view name, int64_t otherwise = 0) const;
    double real(std::string_view name, double otherwise = 0) const;
    std::string text(std::string_view name, std::string_view otherwise = {}) const;
    std::vector<int64_t> integers(std::string_view name) const;

    const std::map<std::string, Attribute, std::less<>> &all() const { return values_; }

private:
    std::map<std::string, Attribute, std::less<>> values_;
};

}  // namespace ingot::codegen

#endif
