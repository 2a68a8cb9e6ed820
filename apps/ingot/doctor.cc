// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// ingot doctor: which tools, boards and models are here.

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <regex>

#include "apps/flags.h"
#include "apps/ingot/print.h"
#include "apps/ingot/verbs.h"
#include "base/process.h"

namespace ingot::cli {
namespace {

struct Tool {
    std::string program;
    std::string use;
    std::string package;  // Debian's.
    bool is_needed = false;
};

const Tool kTools[] = {
    {"cc", "run, compile's known-answer test, demo", "gcc", true},
    {"arm-none-eabi-gcc", "firmware for Arm Cortex-M", "gcc-arm-none-eabi"},
    {"riscv64-unknown-elf-gcc", "firmware for RISC-V", "gcc-riscv64-unknown-elf"},
    {"qemu-system-arm", "emulated Arm boards, in tests", "qemu-system-arm"},
    {"qemu-system-riscv32", "emulated RISC-V boards, in tests", "qemu-system-misc"},
    {"cmake", "building Ingot and firmware", "cmake"},
    {"ninja", "building Ingot and firmware", "ninja-build"},
};

// The first version number that a tool says of itself; nothing when there is no such tool.
std::optional<std::string> version_of(const std::string &program) {
    const auto finished = run_process({.argv = {program, "--version"}});
    if (!finished) return std::nullopt;
    std::smatch match;
    static const std::regex kVersionNumber(R"(\d+\.\d+(\.\d+)?)");
    return std::regex_search(finished->output, match, kVersionNumber) ? match.str() : "?";
}

Table tools_table(bool &is_usable) {
    Table table{.columns = {{"tool", "tool"},
                            {"version", "version"},
                            {"is_here", "here"},
                            {"use", "for"},
                            {"install", "what installs it"}},
                .rows = {}};
    for (const Tool &tool : kTools) {
        const std::optional<std::string> version = version_of(tool.program);
        if (tool.is_needed && !version) is_usable = false;
        table.rows.push_back({tool.program, version ? Cell(*version) : Cell(), version.has_value(),
                              tool.use, version ? Cell() : Cell("apt install " + tool.package)});
    }
    return table;
}

// A file of Ingot's own that should lie beside the program and does not.
std::optional<std::string> missing_file(const Installation &installation) {
    for (const std::string &path :
         {installation.include() + "/ingot/model.h", installation.library("ingot_runtime"),
          installation.library("ingot_kernels"), installation.host_main(),
          installation.start() + "/sections.ld", installation.firmware() + "/main.cc"}) {
        if (!std::filesystem::exists(path)) return path;
    }
    return std::nullopt;
}

}  // namespace

Result<Exit> doctor(const Session &session) {
    const Installation &installation = session.installation;
    if (const auto path = missing_file(installation)) {
        return fail(Code::kToolMissing, *path,
                    "belongs to Ingot and is not there; install it again");
    }
    bool is_usable = true;
    const Table tools = tools_table(is_usable);
    const std::vector<std::string> board_list = board_names(installation.boards());
    const std::vector<std::string> model_list = model_names(installation);
    const std::string &format = session.arguments.format;
    if (format == "json") {
        print_json({{"schema", 1},
                    {"version", kVersion},
                    {"tools", to_json(tools)},
                    {"boards", board_list},
                    {"models", model_list}});
    } else {
        if (format == "text") fmt::print("ingot {}\n\n", kVersion);
        print_table(tools, format, "tools");
    }
    if (format == "text") {
        fmt::print("\nboards: {}, shipped models: {}; the network is never used\n",
                   board_list.size(), model_list.size());
        fmt::print("next: ingot demo, ingot boards, ingot inspect MODEL\n");
    }
    return is_usable ? Exit::kOk : Exit::kMissingTool;
}

}  // namespace ingot::cli
