// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// ingot check: does a model fit a board, and everything that stands against it.

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "apps/facts.h"
#include "apps/ingot/network.h"
#include "apps/ingot/print.h"
#include "apps/ingot/verbs.h"
#include "base/units.h"
#include "codegen/compile.h"
#include "codegen/read/ai8x_yaml.h"
#include "codegen/read/read.h"
#include "codegen/targets/core.h"

namespace ingot::cli {
namespace {

using codegen::Graph;
using codegen::Program;

struct Verdict {
    std::string model;
    Board board;
    std::optional<Program> program;  // Nothing when an operator cannot be executed.
    std::vector<Diagnostic> violations;
};

// A limit of 0 is none.
void require(Verdict &verdict, Code code, std::string_view what, int64_t needed, int64_t limit) {
    if (limit == 0 || needed <= limit) return;
    verdict.violations.push_back({code,
                                  verdict.model,
                                  fmt::format("{} need {}; {} has {}", what, bytes_text(needed),
                                              verdict.board.name, bytes_text(limit)),
                                  {}});
}

Result<Verdict> judge(Graph graph, const codegen::CompileOptions &options, Board board) {
    codegen::rewrite(graph, options);
    Verdict verdict{
        .model = graph.name, .board = std::move(board), .program = {}, .violations = {}};
    verdict.violations = codegen::core_faults(graph, options);
    if (!verdict.violations.empty()) return verdict;

    TRY(verdict.program, codegen::compile(std::move(graph), options));
    require(verdict, Code::kRamExceeded, "activations", verdict.program->plan.arena_bytes,
            verdict.board.ram_bytes());
    require(verdict, Code::kFlashExceeded, "constants", codegen::constant_bytes(*verdict.program),
            verdict.board.flash_bytes());
    return verdict;
}

std::string share(int64_t bytes, int64_t limit) {
    if (limit == 0) return bytes_text(bytes);
    return fmt::format("{} of {} ({:.1f} %)", bytes_text(bytes), bytes_text(limit),
                       100.0 * static_cast<double>(bytes) / static_cast<double>(limit));
}

std::string proof(const codegen::Plan &plan) {
    if (plan.is_optimal) return "proven to be the least";
    return fmt::format("no plan needs less than {}", bytes_text(plan.lower_bound_bytes));
}

std::string headline(const Verdict &verdict) {
    if (verdict.violations.empty()) return "fits";
    if (verdict.program) return "DOES NOT FIT";
    const size_t count = verdict.violations.size();
    return fmt::format("CANNOT BE EXECUTED: {} {}", count, count == 1 ? "operator" : "operators");
}

void print_text(const Verdict &verdict) {
    fmt::print("{} on {} ({})   {}\n", verdict.model, verdict.board.name, verdict.board.summary,
               headline(verdict));
    if (verdict.program) {
        const Program &program = *verdict.program;
        fmt::print("  RAM    activations {}   {}\n",
                   share(program.plan.arena_bytes, verdict.board.ram_bytes()), proof(program.plan));
        fmt::print("  flash  constants {}   weights and biases {}; code comes on top\n",
                   share(constant_bytes(program), verdict.board.flash_bytes()),
                   bytes_text(weight_bytes(program)));
        fmt::print("  work   {} per inference\n  {}\n", macs_text(macs(program)), kMacConvention);
    }
    for (const Diagnostic &violation : verdict.violations) {
        fmt::print("{}\n", to_string(violation));
    }
}

Table violations_table(const Verdict &verdict) {
    Table table{
        .columns = {{"code", "code"}, {"where", "where"}, {"what", "what"}, {"hint", "hint"}},
        .rows = {}};
    for (const Diagnostic &violation : verdict.violations) {
        table.rows.push_back(
            {std::string(number(violation.code)), violation.where, violation.what, violation.hint});
    }
    return table;
}

Json verdict_json(const Verdict &verdict) {
    Json json = {{"schema", 1},
                 {"model", verdict.model},
                 {"board", verdict.board.name},
                 {"fits", verdict.violations.empty()},
                 {"arena_bytes", nullptr},
                 {"arena_lower_bound_bytes", nullptr},
                 {"arena_is_optimal", nullptr},
                 {"weight_bytes", nullptr},
                 {"constant_bytes", nullptr},
                 {"macs", nullptr},
                 {"violations", to_json(violations_table(verdict))}};
    if (verdict.program) {
        const Program &program = *verdict.program;
        json["arena_bytes"] = program.plan.arena_bytes;
        json["arena_lower_bound_bytes"] = program.plan.lower_bound_bytes;
        json["arena_is_optimal"] = program.plan.is_optimal;
        json["weight_bytes"] = weight_bytes(program);
        json["constant_bytes"] = constant_bytes(program);
        json["macs"] = macs(program);
    }
    return json;
}

Exit exit_of_verdict(const Verdict &verdict) {
    return verdict.violations.empty() ? Exit::kOk : exit_of(verdict.violations[0].code);
}

}  // namespace

Result<Exit> check(const Session &session) {
    TRY(const std::string path, chosen_model(session));
    if (codegen::is_network_description(path)) return check_network(session, path);
    TRY(Board board, chosen_board(session));
    TRY(const codegen::CompileOptions options, compile_options(session, board));
    TRY(Graph graph, codegen::read_model(path));
    TRY(const Verdict verdict, judge(std::move(graph), options, std::move(board)));

    const std::string &format = session.arguments.format;
    if (format == "json") {
        print_json(verdict_json(verdict));
    } else if (format == "text") {
        print_text(verdict);
    } else {
        print_table(violations_table(verdict), format, "violations");
    }
    return exit_of_verdict(verdict);
}

}  // namespace ingot::cli
