// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// ingot bench: exact instructions per layer on a board's core, beside what others need.

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <optional>

#include "apps/bar.h"
#include "apps/ingot/inputs.h"
#include "apps/ingot/print.h"
#include "apps/ingot/verbs.h"
#include "apps/simulation.h"
#include "base/units.h"
#include "codegen/compile.h"

namespace ingot::cli {
namespace {

constexpr const char *kBarFile = "/facts/data/kernel_bar.csv";

std::optional<double> quotient(int64_t dividend, int64_t divisor) {
    if (divisor == 0) return {};
    return static_cast<double>(dividend) / static_cast<double>(divisor);
}

// One layer beside the bar; both sums over a network too.
struct Row {
    std::string layer;
    std::string op;
    int64_t macs = 0;
    int64_t instructions = 0;
    std::optional<int64_t> bar;

    // How many times as many instructions others need.
    std::optional<double> ratio() const {
        if (!bar) return {};
        return quotient(*bar, instructions);
    }
};

// "cortex_m4" is the table's "m4".
std::string bar_core(const Board &board) {
    constexpr std::string_view kPrefix = "cortex_";
    const std::string &core = board.core.name;
    return core.starts_with(kPrefix) ? core.substr(kPrefix.size()) : core;
}

// The file of --bar, or the one in the folder of data shared beside the project; empty: neither.
std::string bar_path(const Arguments &arguments) {
    if (!arguments.bar.empty()) return arguments.bar;
    const char *shared = std::getenv("INGOT_SHARED");
    if (!(shared && *shared)) return {};
    const std::string path = std::string(shared) + kBarFile;
    return std::filesystem::exists(path) ? path : std::string();
}

std::vector<Row> rows_of(const codegen::Program &program, const sim::Report &report,
                         const Bar &bar) {
    std::vector<Row> rows;
    for (size_t i = 0; i < program.steps.size(); ++i) {
        const codegen::Step &step = program.steps[i];
        Row row{.layer = layer_shape(program, step),
                .op = std::string(step.op->name),
                .macs = step.macs,
                .instructions = report.layers[i].instructions,
                .bar = {}};
        if (const auto found = bar.find(row.layer); found != bar.end()) row.bar = found->second;
        if (row.layer.empty()) row.layer = step.name;
        rows.push_back(std::move(row));
    }
    return rows;
}

// Over the layers that the bar has; nothing where it has none of them.
std::optional<Row> compared(const std::vector<Row> &rows) {
    Row sum{.layer = "all that are compared", .op = "", .bar = {}};
    for (const Row &row : rows) {
        if (!row.bar) continue;
        sum.macs += row.macs;
        sum.instructions += row.instructions;
        sum.bar = sum.bar.value_or(0) + *row.bar;
    }
    if (!sum.bar) return {};
    return sum;
}

Json to_json(const std::optional<Row> &sum) {
    if (!sum) return nullptr;
    Json json = {{"macs", sum->macs},
                 {"instructions", sum->instructions},
                 {"bar_instructions", *sum->bar},
                 {"ratio", nullptr}};
    if (const auto ratio = sum->ratio()) json["ratio"] = *ratio;
    return json;
}

std::vector<Cell> cells_of(const Row &row) {
    return {row.layer,
            row.op,
            row.macs,
            row.instructions,
            cell_of(quotient(row.instructions, row.macs)),
            cell_of(row.bar),
            cell_of(row.ratio())};
}

constexpr std::string_view kLegend = R"(
bar         instructions of the best bit-exact kernels of others, for a layer of the same shape
bar / ours  how many times as many those are: above 1, others need more
)";

void print_summary(const std::vector<Row> &rows, const sim::Report &report) {
    fmt::print("\nall of it: {} instructions", grouped(report.instructions));
    if (const auto per_mac = quotient(report.instructions, report.macs)) {
        fmt::print(", {:.3f} per MAC", *per_mac);
    }
    fmt::print("\n");
    const Row *worst = nullptr;
    for (const Row &row : rows) {
        if (row.ratio() && (!worst || *row.ratio() < *worst->ratio())) worst = &row;
    }
    if (!worst) return;
    fmt::print("compared layers: the bar is {:.3f} times as many; worst layer {}: {:.3f} times\n{}",
               *compared(rows)->ratio(), worst->layer, *worst->ratio(), kLegend);
}

void tell_what_is_compared(const Session &session, const std::string &bar, bool is_compared) {
    if (is_compared) return;
    session.progress(bar.empty() ? "no --bar: nothing to compare with"
                                 : fmt::format("{} has no row for this core or these layers", bar));
}

void print(const Session &session, const std::vector<Row> &rows, const sim::Report &report) {
    const std::string &format = session.arguments.format;
    Table table{.columns = {{"layer", "layer"},
                            {"op", "operator"},
                            {"macs", "MAC"},
                            {"instructions", "instructions"},
                            {"instructions_per_mac", "per MAC", true},
                            {"bar_instructions", "bar"},
                            {"ratio", "bar / ours", true}},
                .rows = {}};
    for (const Row &row : rows) table.rows.push_back(cells_of(row));
    const std::optional<Row> sum = compared(rows);
    const bool is_for_people = format == "text" || format == "md";
    if (sum && is_for_people) table.rows.push_back(cells_of(*sum));
    print_table(table, format, "layers", {{"compared", to_json(sum)}});
    if (format == "text") print_summary(rows, report);
}

}  // namespace

Result<Exit> bench(const Session &session) {
    TRY(const Board board, chosen_board(session));
    TRY_DO(require_simulated(board, session.installation.boards()));
    const std::string bar_file = bar_path(session.arguments);
    Bar bar;
    if (!bar_file.empty()) {
        TRY(bar, read_bar(bar_file, bar_core(board)));
    }
    TRY(const std::string path, chosen_model(session));
    TRY(const codegen::CompileOptions options, compile_options(session, board));
    TRY(const codegen::Program program, codegen::compile(path, options));
    TRY(const Inputs inputs, read_inputs(session, program.graph));
    tell_last(session, inputs.batch);
    TRY(const SimulatedRun run, run_on_board(program, board, inputs.batch.items,
                                             {.installation = session.installation,
                                              .cache = cache_of(session),
                                              .wanted = Wanted::kOutputs,
                                              .processor = {.is_traffic_recorded = false}}));

    const std::vector<Row> rows = rows_of(program, run.report, bar);
    tell_what_is_compared(session, bar_file, compared(rows).has_value());
    print(session, rows, run.report);
    return Exit::kOk;
}

}  // namespace ingot::cli
