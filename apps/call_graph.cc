// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reads the graphs and walks them depth first.

#include "apps/call_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "base/files.h"

namespace ingot::cli {
namespace {

constexpr int64_t kUnbounded = -1;

// Functions of libgcc, of which no graph is known. A bound: the greatest chain in GCC 12.2 is that
// of 64-bit division on Armv6-M, 108 bytes by its disassembly.
constexpr int64_t kHelperBytes = 128;

bool is_helper(const std::string &function) { return function.starts_with("__"); }

// A symbol that was given by asm("name") is written as *name.
std::string symbol(const std::string &title) {
    return title.starts_with('*') ? title.substr(1) : title;
}

void read_graph(const std::string &text, CallGraph &graph) {
    static const std::regex kNode(
        R"re(node: \{ title: "([^"]*)" label: "[^"]*\\n(\d+) bytes \(([a-z,]+)\)" \})re");
    static const std::regex kEdge(R"re(edge: \{ sourcename: "([^"]*)" targetname: "([^"]*)")re");
    for (std::sregex_iterator at(text.begin(), text.end(), kNode), end; at != end; ++at) {
        const bool is_bounded = (*at)[3] != "dynamic";
        graph.stack_bytes[symbol((*at)[1])] = is_bounded ? std::stoll((*at)[2]) : kUnbounded;
    }
    for (std::sregex_iterator at(text.begin(), text.end(), kEdge), end; at != end; ++at) {
        graph.calls[symbol((*at)[1])].insert(symbol((*at)[2]));
    }
}

class Walk {
public:
    explicit Walk(const CallGraph &graph) : graph_(graph) {}

    Result<int64_t> deepest(const std::string &name) {
        const std::string function = known_name(name);
        if (const auto known = deepest_.find(function); known != deepest_.end()) {
            return known->second;
        }
        if (!open_.insert(function).second) {
            return fail(Code::kInternal, function, "calls itself, so its stack has no bound");
        }
        TRY(const int64_t own, own_bytes(function));
        int64_t below = 0;
        if (const auto calls = graph_.calls.find(function); calls != graph_.calls.end()) {
            for (const std::string &callee : calls->second) {
                TRY(const int64_t bytes, deepest(callee));
                below = std::max(below, bytes);
            }
        }
        open_.erase(function);
        return deepest_[function] = own + below;
    }

private:
    // Constructors and destructors of a class without bases have two names for one function.
    std::string known_name(const std::string &function) const {
        for (const auto &[one, other] : {std::pair("C1E", "C2E"), std::pair("D1E", "D2E")}) {
            const size_t at = function.find(one);
            if (at == std::string::npos || graph_.stack_bytes.contains(function)) continue;
            return std::string(function).replace(at, 3, other);
        }
        return function;
    }

    Result<int64_t> own_bytes(const std::string &function) const {
        if (function == kIndirectCall) return 0;
        const auto found = graph_.stack_bytes.find(function);
        if (found == graph_.stack_bytes.end()) {
            if (is_helper(function)) return kHelperBytes;
            return fail(Code::kInternal, function, "is called, but what stack it takes is unknown");
        }
        if (found->second != kUnbounded) return found->second;
        return fail(Code::kInternal, function, "takes an amount of stack that has no bound");
    }

    const CallGraph &graph_;
    std::map<std::string, int64_t> deepest_;
    std::set<std::string> open_;  // Between here and the start of the walk.
};

}  // namespace

Result<CallGraph> read_call_graph(std::span<const std::string> paths) {
    CallGraph graph;
    for (const std::string &path : paths) {
        TRY(const std::string text, read_text(path));
        read_graph(text, graph);
    }
    return graph;
}

Result<int64_t> deepest_stack(const CallGraph &graph, const std::string &function) {
    return Walk(graph).deepest(function);
}

}  // namespace ingot::cli
