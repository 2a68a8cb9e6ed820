// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// toml++ parses; its exceptions end here. Comments are no part of a TOML document, so the source of
// a number is taken from the text of its line.

#include "boards/document.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <set>
#include <sstream>

#include "base/files.h"

namespace ingot {
namespace {

constexpr std::string_view kAssumed = "assumed:";
constexpr std::string_view kFitted = "fitted:";

std::string trim(const std::string &text) {
    const size_t first = text.find_first_not_of(" \t\r");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") + 1 - first);
}

template <class T>
std::string range_text(T low, T high) {
    return low == high ? fmt::to_string(low) : fmt::format("{}..{}", low, high);
}

}  // namespace

struct Document::Content {
    std::string path;
    std::vector<std::string> lines;
    toml::table table;
    std::optional<Diagnostic> fault;
    std::vector<Provenance> provenance;

    void wrong(const toml::node &at, Code code, std::string what) {
        if (fault) return;
        fault = Diagnostic{
            code, fmt::format("{}:{}", path, at.source().begin.line), std::move(what), {}};
    }

    // The comment behind a number, which is filed as its source.
    void file_source(const toml::node &number, const std::string &key) {
        const auto [begin, end] = std::pair(number.source().begin, number.source().end);
        const std::string &line = lines[begin.line - 1];
        const size_t hash = line.find('#', end.column - 1);
        const std::string comment = trim(hash == std::string::npos ? "" : line.substr(hash + 1));
        if (comment.empty()) {
            wrong(number, Code::kBoardUnsourced,
                  fmt::format("{}: the number has no comment that names its source", key));
        }
        const bool is_assumed = comment.starts_with(kAssumed);
        const bool is_fitted = comment.starts_with(kFitted);
        const size_t mark = is_assumed ? kAssumed.size() : is_fitted ? kFitted.size() : 0;
        provenance.push_back(
            {.key = key,
             .value = trim(line.substr(begin.column - 1, end.column - begin.column)),
             .source = trim(comment.substr(mark)),
             .is_assumed = is_assumed,
             .is_fitted = is_fitted});
    }
};

struct Section::State {
    std::shared_ptr<Document::Content> document;
    const toml::table *table;
    std::string prefix;
    std::set<std::string> known = {};

    std::string full(std::string_view key) const {
        return prefix.empty() ? std::string(key) : fmt::format("{}.{}", prefix, key);
    }

    // The node, or null with the fault filed.
    const toml::node *find(std::string_view key, toml::node_type type, std::string_view accepted) {
        known.emplace(key);
        const toml::node *node = table->get(key);
        if (!node) {
            document->wrong(*table, Code::kBoardInvalid,
                            fmt::format("{} is missing; it must be {}", full(key), accepted));
            return nullptr;
        }
        if (node->type() == type) return node;
        document->wrong(*node, Code::kBoardInvalid,
                        fmt::format("{} must be {}", full(key), accepted));
        return nullptr;
    }

    template <class T>
    T in_range(const toml::node &node, std::string_view key, T value, T low, T high) {
        if (value >= low && value <= high) return value;
        document->wrong(
            node, Code::kBoardInvalid,
            fmt::format("{} is {}; accepted: {}", full(key), value, range_text(low, high)));
        return low;
    }

    static Section inside(const State &outer, const toml::table &table, std::string prefix) {
        return Section(std::make_shared<State>(
            State{.document = outer.document, .table = &table, .prefix = std::move(prefix)}));
    }
};

int64_t Section::integer(std::string_view key, int64_t low, int64_t high) {
    const toml::node *node = state_->find(key, toml::node_type::integer, "an integer");
    if (!node) return low;
    state_->document->file_source(*node, state_->full(key));
    return state_->in_range(*node, key, node->as_integer()->get(), low, high);
}

int64_t Section::integer_or(std::string_view key, int64_t low, int64_t high, int64_t otherwise) {
    return has(key) ? integer(key, low, high) : otherwise;
}

double Section::real_or(std::string_view key, double low, double high, double otherwise) {
    if (!has(key)) return otherwise;
    const toml::node *node =
        state_->find(key, toml::node_type::floating_point, "a number with a decimal point");
    if (!node) return otherwise;
    state_->document->file_source(*node, state_->full(key));
    return state_->in_range(*node, key, node->as_floating_point()->get(), low, high);
}

std::string Section::text(std::string_view key) {
    const toml::node *node = state_->find(key, toml::node_type::string, "a string");
    return node ? node->as_string()->get() : "";
}

std::string Section::text_or(std::string_view key, std::string otherwise) {
    return has(key) ? text(key) : otherwise;
}

std::string Section::choice(std::string_view key,
                            std::initializer_list<std::string_view> accepted) {
    std::string value = text(key);
    if (const toml::node *node = state_->table->get(key);
        node && std::find(accepted.begin(), accepted.end(), value) == accepted.end()) {
        state_->document->wrong(*node, Code::kBoardInvalid,
                                fmt::format("{} is \"{}\"; accepted: {}", state_->full(key), value,
                                            fmt::join(accepted, ", ")));
    }
    return value;
}

std::vector<std::string> Section::texts(std::string_view key) {
    const toml::node *node = state_->find(key, toml::node_type::array, "an array of strings");
    std::vector<std::string> values;
    if (!node) return values;
    for (const toml::node &element : *node->as_array()) {
        if (!element.is_string()) {
            state_->document->wrong(
                element, Code::kBoardInvalid,
                fmt::format("{} must be an array of strings", state_->full(key)));
        }
        values.push_back(element.value_or(std::string()));
    }
    return values;
}

bool Section::flag_or(std::string_view key, bool otherwise) {
    if (!has(key)) return otherwise;
    const toml::node *node = state_->find(key, toml::node_type::boolean, "true or false");
    return node ? node->as_boolean()->get() : otherwise;
}

void Section::schema(int64_t accepted) {
    const toml::node *node = state_->find("schema", toml::node_type::integer, "an integer");
    if (node) state_->in_range(*node, "schema", node->as_integer()->get(), accepted, accepted);
}

bool Section::has(std::string_view key) {
    state_->known.emplace(key);
    return state_->table->contains(key);
}

Section Section::section(std::string_view key) {
    static const toml::table kNothing;
    const toml::node *node = state_->find(key, toml::node_type::table, "a table");
    return State::inside(*state_, node ? *node->as_table() : kNothing, state_->full(key));
}

std::vector<std::string> Section::names() const {
    std::vector<std::pair<toml::source_index, std::string>> found;
    for (const auto &[key, node] : *state_->table) {
        found.emplace_back(node.source().begin.line, std::string(key.str()));
    }
    std::sort(found.begin(), found.end());
    std::vector<std::string> names;
    names.reserve(found.size());
    for (auto &[line, name] : found) names.push_back(std::move(name));
    return names;
}

void Section::finish() {
    for (const auto &[key, node] : *state_->table) {
        if (state_->known.contains(std::string(key.str()))) continue;
        state_->document->wrong(node, Code::kBoardInvalid,
                                fmt::format("unknown key {}; known: {}", state_->full(key.str()),
                                            fmt::join(state_->known, ", ")));
    }
}

Result<Document> Document::read(const std::string &path) {
    TRY(const std::string text, read_text(path));
    auto content = std::make_shared<Content>();
    content->path = path;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) content->lines.push_back(line);
    try {
        content->table = toml::parse(text);
    } catch (const toml::parse_error &error) {
        return fail(Code::kBoardUnreadable, fmt::format("{}:{}", path, error.source().begin.line),
                    std::string(error.description()));
    }
    return Document(std::move(content));
}

Section Document::root() const {
    return Section(std::make_shared<Section::State>(
        Section::State{.document = content_, .table = &content_->table, .prefix = {}}));
}

Result<void> Document::verdict() const {
    if (content_->fault) return tl::unexpected(*content_->fault);
    return {};
}

const std::vector<Provenance> &Document::provenance() const { return content_->provenance; }

}  // namespace ingot
