// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The command line as data: which options there are, which verbs take them, what was given.

#ifndef INGOT_APPS_ARGUMENTS_H
#define INGOT_APPS_ARGUMENTS_H

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ingot::cli {

// Everything a command line can say. What an option is for stands in the table in arguments.cc.
struct Arguments {
    std::string model;
    std::string board;
    std::string board_to_show;
    std::string code;
    std::string on = "host";
    std::string out;
    std::string name;
    std::string format = "text";
    std::string rounding;  // Empty: double.
    std::string cache;
    std::string color = "auto";
    std::string bar;
    std::string elf;
    std::string project;
    std::string layers_folder;
    std::string report;
    std::string limit;
    std::string input_shape;
    std::vector<std::string> inputs;
    std::vector<std::string> backgrounds;
    std::vector<std::string> without_passes;
    bool firmware = false;
    bool layers = false;
    bool no_passes = false;
    bool no_traffic = false;
    bool is_quiet = false;
    bool is_verbose = false;
};

enum class Option {
    kModel,
    kBoard,
    kBoardToShow,
    kCode,
    kOn,
    kOut,
    kName,
    kFormat,
    kReportFormat,
    kRounding,
    kCache,
    kFirmware,
    kInput,
    kInputShape,
    kBar,
    kElf,
    kProject,
    kLayersFolder,
    kReport,
    kLimit,
    kBackground,
    kNoTraffic,
    kWithoutPass,
    kLayers,
    kNoPasses,
    kQuiet,
    kVerbose,
    kColor,
};

struct Session;

struct Verb {
    std::string_view name;
    std::string_view sentence;
    std::vector<Option> required;
    std::vector<Option> optional;
    Result<Exit> (*run)(const Session &session);
};

struct Parsed {
    const Verb *verb = nullptr;
    Arguments arguments;
    std::string help;  // Not empty: was asked for, and nothing else is to be done.
};

// Errors: Usage.
Result<Parsed> parse(int count, const char *const *words, std::span<const Verb> verbs);

}  // namespace ingot::cli

#endif
