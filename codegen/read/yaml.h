// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A YAML document as a tree of our own, whatever its bytes.

#ifndef INGOT_CODEGEN_READ_YAML_H
#define INGOT_CODEGEN_READ_YAML_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ingot::codegen {

struct YamlEntry;

struct YamlNode {
    enum class Kind { kNothing, kScalar, kList, kMap };

    Kind kind = Kind::kNothing;
    int64_t line = 0;  // From 1.
    std::string text = {};
    std::vector<YamlNode> items = {};
    std::vector<YamlEntry> entries;  // In the order of the file; each key once.

    const YamlEntry *find(std::string_view key) const;  // Null: there is none.
};

struct YamlEntry {
    std::string key;
    int64_t line = 0;
    YamlNode value;
};

inline YamlNode yaml_scalar(std::string text) {
    YamlNode node;
    node.kind = YamlNode::Kind::kScalar;
    node.text = std::move(text);
    return node;
}

// Reads the one document of a text of up to a mebibyte. Aliases are followed; what grows too large
// or too deep by that is refused. `where` is the file's path or name. Errors: NetworkUnreadable,
// NetworkKey (a key given twice).
Result<YamlNode> read_yaml(const std::string &text, const std::string &where);

}  // namespace ingot::codegen

#endif
