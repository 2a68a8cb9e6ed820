// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// ingot boards: all boards, or one with the source of every number.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "apps/ingot/print.h"
#include "apps/ingot/verbs.h"
#include "boards/board.h"
#include "boards/timing.h"

namespace ingot::cli {
namespace {

Cell limit(int64_t bytes) { return bytes > 0 ? Cell(bytes) : Cell(); }

Result<Table> all_boards(const std::string &folder) {
    Table table{.columns = {{"name", "name"},
                            {"isa", "ISA"},
                            {"clock_hz", "clock Hz"},
                            {"ram_bytes", "RAM B"},
                            {"flash_bytes", "flash B"},
                            {"assumed", "assumed"},
                            {"fitted", "fitted"},
                            {"summary", "what it is"}},
                .rows = {}};
    for (const std::string &name : board_names(folder)) {
        TRY(const Board board, find_board(name, folder));
        const int64_t assumed = std::ranges::count(board.provenance, true, &Provenance::is_assumed);
        const int64_t fitted = std::ranges::count(board.provenance, true, &Provenance::is_fitted);
        table.rows.push_back({board.name, board.core.isa, limit(board.clock_hz),
                              limit(board.ram_bytes()), limit(board.flash_bytes()), assumed, fitted,
                              board.summary});
    }
    return table;
}

void print_head(const Board &board) {
    std::string command = board.core.compiler;
    for (const std::string &flag : board.core.flags) command += ' ' + flag;
    fmt::print("{}: {}\n{}\n\n", board.name, board.summary, command);
}

void add_rows(Table &table, const char *of, const std::vector<Provenance> &numbers) {
    for (const Provenance &row : numbers) {
        table.rows.push_back({of, row.key, row.value, row.is_assumed, row.is_fitted, row.source});
    }
}

// The board's numbers, and those of its core's cycle table if there is one.
Result<Table> provenance_of(const Board &board, const std::string &folder) {
    Table table{.columns = {{"of", "of"},
                            {"key", "key"},
                            {"value", "value"},
                            {"is_assumed", "assumed"},
                            {"is_fitted", "fitted"},
                            {"source", "source"}},
                .rows = {}};
    add_rows(table, "board", board.provenance);
    const std::string path = timing_path(folder, board.core.name);
    if (std::filesystem::exists(path)) {
        TRY(const CoreTiming timing, read_timing(path));
        add_rows(table, "core", timing.provenance);
    }
    return table;
}

}  // namespace

Result<Exit> boards(const Session &session) {
    const std::string &name = session.arguments.board_to_show;
    const std::string folder = session.installation.boards();
    if (name.empty()) {
        TRY(const Table table, all_boards(folder));
        print_table(table, session.arguments.format, "boards");
    } else {
        TRY(const Board board, find_board(name, folder));
        TRY(const Table table, provenance_of(board, folder));
        if (session.arguments.format == "text") print_head(board);
        print_table(table, session.arguments.format, "numbers");
    }
    return Exit::kOk;
}

}  // namespace ingot::cli
