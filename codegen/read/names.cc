// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Cleaning, shortening and telling apart of names.

#include "codegen/read/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "codegen/ops/operator.h"

namespace ingot::codegen {
namespace {

constexpr size_t kShortNameMax = 40;

// The words of C and C++ that are all lower case, and main; each between two spaces.
constexpr std::string_view kReserved =
    " alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t"
    " char32_t char8_t class co_await co_return co_yield compl concept const const_cast"
    " consteval constexpr constinit continue decltype default delete do double dynamic_cast else"
    " enum explicit export extern false float for friend goto if inline int long main mutable"
    " namespace new noexcept not not_eq nullptr operator or or_eq private protected public"
    " register reinterpret_cast requires restrict return short signed sizeof static"
    " static_assert static_cast struct switch template this thread_local throw true try typedef"
    " typeid typename union unsigned using virtual void volatile wchar_t while xor xor_eq ";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alphanumeric(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_clean(char c) {
    return is_alphanumeric(c) ||
           std::string_view(" _-.,:;/+=()[]@#").find(c) != std::string_view::npos;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// The last `count` parts of a path.
std::string_view last_parts(std::string_view path, int count) {
    size_t start = path.size();
    for (int i = 0; i < count && start != 0; ++i) {
        const size_t slash = path.rfind('/', start - 1);
        if (slash == std::string_view::npos) return path;
        start = slash;
    }
    return path.substr(std::min(start + 1, path.size()));
}

bool may_stand_alone(const std::string &word) {
    return !word.empty() && !is_digit(word[0]) && word != "ingot" && !word.starts_with("ingot_") &&
           kReserved.find(" " + word + " ") == std::string_view::npos;
}

}  // namespace

std::string clean_name(std::string_view name) {
    std::string text(name);
    std::ranges::replace_if(
        text, [](char c) { return !is_clean(c); }, '_');
    return text;
}

std::string short_name(std::string_view tensor_name) {
    const std::string_view first = tensor_name.substr(0, tensor_name.find(';'));
    for (const int parts : {2, 1}) {
        const std::string_view name = last_parts(first, parts);
        if (name.size() <= kShortNameMax) return std::string(name);
    }
    return {};
}

std::string c_identifier(std::string_view path) {
    std::string word;
    for (const char c : std::filesystem::path(path).stem().string()) {
        if (is_alphanumeric(c))
            word += lower(c);
        else if (!word.empty() && word.back() != '_')
            word += '_';
    }
    if (word.ends_with('_')) word.pop_back();
    if (may_stand_alone(word)) return word;
    return word.empty() ? "model" : "model_" + word;
}

void name_nodes(Graph &graph) {
    std::set<std::string> taken;
    for (size_t i = 0; i < graph.nodes.size(); ++i) {
        Node &node = graph.nodes[i];
        node.name = short_name(graph.tensors[node.outputs[0]].name);
        if (node.name.empty()) node.name = fmt::format("{}_{}", node.op->name, i);
        while (!taken.insert(node.name).second) node.name += fmt::format("_{}", i);
    }
}

}  // namespace ingot::codegen
