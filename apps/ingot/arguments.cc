// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The table of options, and the one place that calls CLI11; its exceptions end here.

#include "apps/ingot/arguments.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <variant>

namespace ingot::cli {
namespace {

using Target = std::variant<std::string Arguments::*, std::vector<std::string> Arguments::*,
                            bool Arguments::*>;

struct OptionRow {
    Option option;
    const char *names;  // Without dashes: a positional argument.
    const char *value;  // What stands for the value in help texts.
    const char *sentence;
    Target target;
    std::vector<std::string> choices = {};
};

const OptionRow kOptions[] = {
    {Option::kModel, "model", "MODEL",
     "A .tflite file, a network description (.yaml) for a CNN accelerator, or the name of a "
     "shipped model",
     &Arguments::model},
    {Option::kBoard, "-b,--board", "BOARD", "A board's name, or the path of a board.toml",
     &Arguments::board},
    {Option::kBoardToShow, "name", "NAME", "A board to show number by number",
     &Arguments::board_to_show},
    {Option::kCode, "code", "CODE",
     "A diagnostic's code, such as E0404, or a rule's name, such as conv2d_kernel",
     &Arguments::code},
    {Option::kOn, "--on", "TARGET", "Where to run: host, or a board to simulate", &Arguments::on},
    {Option::kOut, "-o,--out", "DIR", "The folder to write results to", &Arguments::out},
    {Option::kName, "--name", "NAME", "Prefix of every symbol; default: from the file's name",
     &Arguments::name},
    {Option::kFormat,
     "--format",
     "FORMAT",
     "How to print results",
     &Arguments::format,
     {"text", "json", "csv", "md"}},
    {Option::kReportFormat,
     "--format",
     "FORMAT",
     "How to print the report",
     &Arguments::format,
     {"text", "json", "csv", "trace"}},
    {Option::kRounding,
     "--rounding",
     "HOW",
     "How products return to 8 bits: double (default), as the reference kernels do, or single",
     &Arguments::rounding,
     {"double", "single"}},
    {Option::kCache, "--cache", "DIR", "Where host programs are kept for the next run",
     &Arguments::cache},
    {Option::kInput, "-i,--input", "X.npy", "A model input; once per input, in the model's order",
     &Arguments::inputs},
    {Option::kInputShape, "--input-shape", "CxHxW",
     "The input of a network description, where neither its keys nor its data set tell it",
     &Arguments::input_shape},
    {Option::kBar, "--bar", "FILE",
     "A table of instruction counts to compare with (CSV); default: facts/data/kernel_bar.csv in "
     "the folder INGOT_SHARED, where there is one",
     &Arguments::bar},
    {Option::kElf, "--elf", "FILE", "A program for the board, instead of a model", &Arguments::elf},
    {Option::kProject, "--project", "DIR",
     "A project of the vendor's generator for the CNN accelerator, instead of a model",
     &Arguments::project},
    {Option::kLayersFolder, "--layers", "DIR",
     "Also write there what each layer of a project's network computed", &Arguments::layers_folder},
    {Option::kReport, "--report", "DIR", "Also write the report there, in every form",
     &Arguments::report},
    {Option::kLimit, "--limit", "N",
     "Give up after so many instructions; default: 10 billion, and 500 million of a project",
     &Arguments::limit},
    {Option::kBackground, "--background", "MEMORY=BYTES_PER_SECOND",
     "Another master that reads a memory all the time; may be repeated", &Arguments::backgrounds},
    {Option::kNoTraffic, "--no-traffic", "",
     "Do not record accesses, where cycles do not depend on them: several times as fast",
     &Arguments::no_traffic},
    {Option::kWithoutPass, "--without-pass", "NAME",
     "An optional pass to leave out; may be repeated", &Arguments::without_passes},
    {Option::kFirmware, "--firmware", "",
     "Also build the board's firmware image with the model in it", &Arguments::firmware},
    {Option::kLayers, "--layers", "", "Also write every activation as t<N>.npy; passes are off",
     &Arguments::layers},
    {Option::kNoPasses, "--no-passes", "", "Leave out all optional passes", &Arguments::no_passes},
    {Option::kQuiet, "-q,--quiet", "", "No progress, no warnings", &Arguments::is_quiet},
    {Option::kVerbose, "-v,--verbose", "", "Also say which passes run, and what is kept where",
     &Arguments::is_verbose},
    {Option::kColor,
     "--color",
     "WHEN",
     "Whether to colour messages",
     &Arguments::color,
     {"auto", "always", "never"}},
};

constexpr Option kEverywhere[] = {Option::kQuiet, Option::kVerbose, Option::kColor};

void add_option(CLI::App &app, Option option, bool is_required, Arguments &arguments) {
    const OptionRow &row = *std::ranges::find(kOptions, option, &OptionRow::option);
    if (const auto *flag = std::get_if<bool Arguments::*>(&row.target)) {
        app.add_flag(row.names, arguments.**flag, row.sentence);
        return;
    }
    CLI::Option *added = nullptr;
    if (const auto *text = std::get_if<std::string Arguments::*>(&row.target)) {
        added = app.add_option(row.names, arguments.**text, row.sentence);
    } else {
        const auto list = std::get<std::vector<std::string> Arguments::*>(row.target);
        added = app.add_option(row.names, arguments.*list, row.sentence)->expected(1)->take_all();
    }
    added->type_name(row.value)->required(is_required);
    if (!row.choices.empty()) added->check(CLI::IsMember(row.choices));
}

void add_verb(CLI::App &app, const Verb &verb, Arguments &arguments) {
    CLI::App *sub = app.add_subcommand(std::string(verb.name), std::string(verb.sentence));
    sub->fallthrough();
    for (const Option option : verb.required) add_option(*sub, option, true, arguments);
    for (const Option option : verb.optional) add_option(*sub, option, false, arguments);
}

bool is_verb(std::span<const Verb> verbs, std::string_view word) {
    return std::ranges::find(verbs, word, &Verb::name) != verbs.end();
}

// A misspelt verb, which CLI11 would only call an unexpected argument.
const char *unknown_verb(int count, const char *const *words, std::span<const Verb> verbs) {
    for (int i = 1; i < count; ++i) {
        if (words[i][0] != '-') return is_verb(verbs, words[i]) ? nullptr : words[i];
    }
    return nullptr;
}

}  // namespace

Result<Parsed> parse(int count, const char *const *words, std::span<const Verb> verbs) {
    Parsed parsed;
    CLI::App app("Ingot turns a trained network into bare-metal C.", "ingot");
    app.require_subcommand(1);
    for (const Option option : kEverywhere) add_option(app, option, false, parsed.arguments);
    for (const Verb &verb : verbs) add_verb(app, verb, parsed.arguments);
    if (const char *word = unknown_verb(count, words, verbs)) {
        return fail(Code::kUsage, "", fmt::format("there is no verb \"{}\"", word), "ingot --help");
    }

    try {
        app.parse(count, words);
    } catch (const CLI::CallForHelp &) {
        parsed.help = app.help();
        return parsed;
    } catch (const CLI::ParseError &error) {
        const auto subcommands = app.get_subcommands();
        const std::string verb = subcommands.empty() ? "" : subcommands[0]->get_name() + " ";
        return fail(Code::kUsage, "", error.what(), fmt::format("ingot {}--help", verb));
    }
    const std::string name = app.get_subcommands()[0]->get_name();
    parsed.verb = &*std::ranges::find(verbs, std::string_view(name), &Verb::name);
    return parsed;
}

}  // namespace ingot::cli
