// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reads board descriptions. toml++ parses; its exceptions end here. Comments are no part of a TOML
// document, so the source of a number is taken from the text of its line.

#include "boards/board.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <optional>
#include <set>
#include <sstream>

#include "base/files.h"

namespace ingot {
namespace {

constexpr int64_t kSchema = 1;
constexpr int64_t kHertzMax = 100'000'000'000;
constexpr int64_t kAddressMax = std::numeric_limits<uint32_t>::max();
constexpr std::string_view kAssumed = "assumed:";

// The document and everything that filing a diagnostic takes. The first thing wrong is kept; what
// is read after it does not matter any more.
class Reader {
public:
    Reader(std::string path, const std::string &text) : path_(std::move(path)) {
        std::istringstream stream(text);
        for (std::string line; std::getline(stream, line);) lines_.push_back(line);
    }

    void wrong(const toml::node &at, Code code, std::string what) {
        if (fault_) return;
        fault_ = Diagnostic{
            code, fmt::format("{}:{}", path_, at.source().begin.line), std::move(what), {}};
    }

    // The comment behind a number, which is filed as its source.
    void file_source(const toml::node &number, const std::string &key) {
        const auto [begin, end] = std::pair(number.source().begin, number.source().end);
        const std::string &line = lines_[begin.line - 1];
        const size_t hash = line.find('#', end.column - 1);
        const std::string comment = trim(hash == std::string::npos ? "" : line.substr(hash + 1));
        if (comment.empty()) {
            wrong(number, Code::kBoardUnsourced,
                  fmt::format("{}: the number has no comment that names its source", key));
        }
        const bool is_assumed = comment.starts_with(kAssumed);
        provenance_.push_back(
            {.key = key,
             .value = trim(line.substr(begin.column - 1, end.column - begin.column)),
             .source = is_assumed ? trim(comment.substr(kAssumed.size())) : comment,
             .is_assumed = is_assumed});
    }

    const std::optional<Diagnostic> &fault() const { return fault_; }
    std::vector<Provenance> take_provenance() { return std::move(provenance_); }

private:
    static std::string trim(const std::string &text) {
        const size_t first = text.find_first_not_of(" \t\r");
        if (first == std::string::npos) return {};
        return text.substr(first, text.find_last_not_of(" \t\r") + 1 - first);
    }

    std::string path_;
    std::vector<std::string> lines_;
    std::vector<Provenance> provenance_;
    std::optional<Diagnostic> fault_;
};

// One table of the document. Keys that were asked for are known; finish() rejects the others.
class Section {
public:
    Section(Reader &reader, const toml::table &table, std::string prefix = {})
        : reader_(reader), table_(table), prefix_(std::move(prefix)) {}

    int64_t integer(std::string_view key, int64_t low, int64_t high) {
        const toml::node *node = find(key, toml::node_type::integer, "an integer");
        if (!node) return low;
        reader_.file_source(*node, full(key));
        return in_range(*node, key, low, high);
    }

    // The version of the format says nothing about hardware and needs no source.
    void schema() {
        const toml::node *node = find("schema", toml::node_type::integer, "an integer");
        if (node) in_range(*node, "schema", kSchema, kSchema);
    }

    std::string text(std::string_view key) {
        const toml::node *node = find(key, toml::node_type::string, "a string");
        return node ? node->as_string()->get() : "";
    }

    std::string choice(std::string_view key, std::initializer_list<std::string_view> accepted) {
        std::string value = text(key);
        if (const toml::node *node = table_.get(key);
            node && std::find(accepted.begin(), accepted.end(), value) == accepted.end()) {
            reader_.wrong(*node, Code::kBoardInvalid,
                          fmt::format("{} is \"{}\"; accepted: {}", full(key), value,
                                      fmt::join(accepted, ", ")));
        }
        return value;
    }

    std::vector<std::string> texts(std::string_view key) {
        const toml::node *node = find(key, toml::node_type::array, "an array of strings");
        std::vector<std::string> values;
        if (!node) return values;
        for (const toml::node &element : *node->as_array()) {
            if (!element.is_string()) {
                reader_.wrong(element, Code::kBoardInvalid,
                              fmt::format("{} must be an array of strings", full(key)));
            }
            values.push_back(element.value_or(std::string()));
        }
        return values;
    }

    bool has(std::string_view key) {
        known_.emplace(key);
        return table_.contains(key);
    }

    // A table inside this one.
    Section section(std::string_view key) {
        static const toml::table kNothing;
        const toml::node *node = find(key, toml::node_type::table, "a table");
        return Section(reader_, node ? *node->as_table() : kNothing, full(key));
    }

    // The names of the tables inside this one, in the order of the file.
    std::vector<std::string> names() {
        std::vector<std::pair<toml::source_index, std::string>> found;
        for (const auto &[key, node] : table_) {
            found.emplace_back(node.source().begin.line, std::string(key.str()));
        }
        std::sort(found.begin(), found.end());
        std::vector<std::string> names;
        names.reserve(found.size());
        for (auto &[line, name] : found) names.push_back(std::move(name));
        return names;
    }

    void finish() {
        for (const auto &[key, node] : table_) {
            if (known_.contains(std::string(key.str()))) continue;
            reader_.wrong(
                node, Code::kBoardInvalid,
                fmt::format("unknown key {}; known: {}", full(key.str()), fmt::join(known_, ", ")));
        }
    }

private:
    std::string full(std::string_view key) const {
        return prefix_.empty() ? std::string(key) : fmt::format("{}.{}", prefix_, key);
    }

    const toml::node *find(std::string_view key, toml::node_type type, std::string_view accepted) {
        known_.emplace(key);
        const toml::node *node = table_.get(key);
        if (!node) {
            reader_.wrong(table_, Code::kBoardInvalid,
                          fmt::format("{} is missing; it must be {}", full(key), accepted));
            return nullptr;
        }
        if (node->type() == type) return node;
        reader_.wrong(*node, Code::kBoardInvalid,
                      fmt::format("{} must be {}", full(key), accepted));
        return nullptr;
    }

    int64_t in_range(const toml::node &node, std::string_view key, int64_t low, int64_t high) {
        const int64_t value = node.as_integer()->get();
        if (value < low || value > high) {
            const auto accepted =
                low == high ? fmt::to_string(low) : fmt::format("{}..{}", low, high);
            reader_.wrong(node, Code::kBoardInvalid,
                          fmt::format("{} is {}; accepted: {}", full(key), value, accepted));
        }
        return value;
    }

    Reader &reader_;
    const toml::table &table_;
    std::string prefix_;
    std::set<std::string> known_;
};

Core read_core(Section section) {
    Core core{.isa = section.text("isa"),
              .compiler = section.text("compiler"),
              .flags = section.texts("flags")};
    section.finish();
    return core;
}

int64_t read_clock(Section section) {
    const int64_t core_hz = section.integer("core_hz", 1, kHertzMax);
    section.finish();
    return core_hz;
}

Memory read_memory(const std::string &name, Section section) {
    Memory memory{.name = name,
                  .address = static_cast<uint64_t>(section.integer("address", 0, kAddressMax)),
                  .bytes = section.integer("bytes", 1, kAddressMax + 1),
                  .is_writable = section.choice("access", {"read", "read-write"}) == "read-write"};
    section.finish();
    return memory;
}

std::vector<Memory> read_memories(Section section) {
    std::vector<Memory> memories;
    for (const std::string &name : section.names()) {
        memories.push_back(read_memory(name, section.section(name)));
    }
    return memories;
}

Board read_document(Section document) {
    Board board;
    document.schema();
    board.summary = document.text("summary");
    board.core = read_core(document.section("core"));
    if (document.has("clock")) board.clock_hz = read_clock(document.section("clock"));
    if (document.has("memory")) board.memories = read_memories(document.section("memory"));
    document.finish();
    return board;
}

Result<toml::table> parse(const std::string &text, const std::string &path) {
    try {
        return toml::parse(text);
    } catch (const toml::parse_error &error) {
        return fail(Code::kBoardUnreadable, fmt::format("{}:{}", path, error.source().begin.line),
                    std::string(error.description()));
    }
}

// boards/cortex_m4/board.toml is cortex_m4; my_board.toml is my_board.
std::string name_of(const std::filesystem::path &path) {
    return path.filename() == "board.toml" && path.has_parent_path()
               ? path.parent_path().filename().string()
               : path.stem().string();
}

int64_t sum_of(const std::vector<Memory> &memories, bool is_writable) {
    int64_t bytes = 0;
    for (const Memory &memory : memories) {
        if (memory.is_writable == is_writable) bytes += memory.bytes;
    }
    return bytes;
}

}  // namespace

int64_t Board::ram_bytes() const { return sum_of(memories, true); }
int64_t Board::flash_bytes() const { return sum_of(memories, false); }

Result<Board> read_board(const std::string &path) {
    TRY(const std::string text, read_text(path));
    TRY(const toml::table table, parse(text, path));
    Reader reader(path, text);
    Board board = read_document(Section(reader, table));
    if (reader.fault()) return tl::unexpected(*reader.fault());
    board.name = name_of(path);
    board.provenance = reader.take_provenance();
    return board;
}

Result<Board> find_board(const std::string &name, const std::string &folder) {
    if (name.ends_with(".toml")) return read_board(name);
    const std::vector<std::string> names = board_names(folder);
    if (std::find(names.begin(), names.end(), name) == names.end()) {
        return fail(Code::kUnknownBoard, name,
                    fmt::format("no such board; known: {}", fmt::join(names, ", ")),
                    "a path to a board.toml works too");
    }
    return read_board((std::filesystem::path(folder) / name / "board.toml").string());
}

std::vector<std::string> board_names(const std::string &folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator(folder, error)) {
        if (std::filesystem::exists(entry.path() / "board.toml")) {
            names.push_back(entry.path().filename().string());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace ingot
