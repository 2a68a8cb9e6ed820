// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The values of a YAML map, by key. A question that the map answers wrongly is filed, and answered
// with something harmless; the first fault is the reader's diagnostic.

#ifndef INGOT_CODEGEN_READ_YAML_FIELDS_H
#define INGOT_CODEGEN_READ_YAML_FIELDS_H

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "boards/machines/cnn_layer.h"
#include "codegen/read/yaml.h"

namespace ingot::codegen {

// The first thing wrong with a file.
class YamlFault {
public:
    explicit YamlFault(std::string where) : where_(std::move(where)) {}

    void file(Code code, int64_t line, std::string what, std::string hint = {});
    const std::optional<Diagnostic> &first() const { return first_; }

private:
    std::string where_;
    std::optional<Diagnostic> first_;
};

// A word of a file and what it stands for.
template <class T>
struct YamlWord {
    std::string_view word;
    T value;
};

class YamlFields {
public:
    // Files keys that are not among the known ones.
    YamlFields(const YamlNode &map, std::string_view what, std::span<const std::string_view> known,
               YamlFault &fault);

    int64_t line() const { return map_.line; }

    // The value of one of several keys that mean the same; two of them are a fault.
    const YamlEntry *find(std::initializer_list<std::string_view> keys);
    bool has(std::string_view key) const { return map_.find(key) != nullptr; }

    std::optional<int64_t> integer(std::initializer_list<std::string_view> keys, int64_t low,
                                   int64_t high);
    std::optional<CnnExtent> extent(std::string_view key, int64_t low, int64_t high,
                                    bool repeats_one);
    std::optional<uint64_t> processors(std::string_view key);
    std::optional<bool> flag(std::initializer_list<std::string_view> keys);
    std::string text(std::string_view key);

    template <class T, size_t kCount>
    std::optional<T> word(std::initializer_list<std::string_view> keys,
                          const YamlWord<T> (&accepted)[kCount]) {
        const YamlEntry *entry = find(keys);
        if (!entry) return {};
        const std::string found = lower(entry->value.text);
        std::string list;
        for (const YamlWord<T> &each : accepted) {
            const bool is_scalar = entry->value.kind == YamlNode::Kind::kScalar;
            if (is_scalar && each.word == found) return each.value;
            list += (list.empty() ? "" : ", ") + std::string(each.word);
        }
        wrong(*entry, list);
        return {};
    }

    // Says what is accepted in place of a value.
    void wrong(const YamlEntry &entry, std::string_view accepted);

    static std::string lower(std::string_view text);
    static std::optional<int64_t> to_integer(const YamlNode &node);

private:
    const YamlNode &map_;
    YamlFault &fault_;
};

}  // namespace ingot::codegen

#endif
