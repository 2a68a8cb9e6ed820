// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Typed look-ups in a node's attributes.

#include "codegen/graph/attributes.h"

namespace ingot::codegen {
namespace {

using Values = std::map<std::string, Attribute, std::less<>>;

template <class T>
T value_or(const Values &values, std::string_view name, T otherwise) {
    const auto found = values.find(name);
    if (found == values.end()) return otherwise;
    const T *value = std::get_if<T>(&found->second);
    return value ? *value : otherwise;
}

}  // namespace

int64_t Attributes::integer(std::string_view name, int64_t otherwise) const {
    return value_or(values_, name, otherwise);
}

double Attributes::real(std::string_view name, double otherwise) const {
    return value_or(values_, name, otherwise);
}

std::string Attributes::text(std::string_view name, std::string_view otherwise) const {
    return value_or(values_, name, std::string(otherwise));
}

std::vector<int64_t> Attributes::integers(std::string_view name) const {
    return value_or(values_, name, std::vector<int64_t>{});
}

}  // namespace ingot::codegen
