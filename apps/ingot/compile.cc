// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// ingot compile: a model as C sources, with a known-answer test.

#include "codegen/compile.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "apps/facts.h"
#include "apps/firmware.h"
#include "apps/ingot/generate.h"
#include "apps/ingot/verbs.h"
#include "apps/link_script.h"
#include "base/files.h"
#include "base/units.h"
#include "codegen/read/read.h"

namespace ingot::cli {
namespace {

using codegen::Program;

void report(const Program &program, const ModelFacts &before, const std::string &folder,
            const std::vector<NamedFile> &files) {
    std::vector<std::string> names;
    names.reserve(files.size());
    for (const NamedFile &file : files) names.push_back(file.name);
    const codegen::Plan &plan = program.plan;
    const int64_t after = macs(program);
    fmt::print("wrote to {}: {}\n", folder, fmt::join(names, "  "));
    fmt::print("  arena    {}   lower bound {}{}\n", bytes_text(plan.arena_bytes),
               bytes_text(plan.lower_bound_bytes),
               plan.is_optimal ? ": proven to be the least" : "");
    fmt::print("  flash    {} of constants, of these weights and biases {}; code comes on top\n",
               bytes_text(constant_bytes(program)), bytes_text(weight_bytes(program)));
    fmt::print("  work     {}{}\n  {}\n", macs_text(after),
               after == before.macs ? "" : ", before the passes " + macs_text(before.macs),
               kMacConvention);
}

// Builds the image, and adds it and what it was linked from to what is written.
Result<FirmwareImage> add_image(const Session &session, const Program &program, const Board &board,
                                std::vector<NamedFile> &files) {
    const FirmwareOptions options{.installation = session.installation, .cache = cache_of(session)};
    TRY(const FirmwareImage image, build_firmware(program, board, options));
    TRY(std::vector<NamedFile> more, firmware_files(program, board, session.installation));
    std::ranges::move(more, std::back_inserter(files));
    for (const auto &[suffix, path] : {std::pair{".elf", image.elf}, {".map", image.map}}) {
        TRY(std::vector<uint8_t> data, read_file(path));
        files.push_back({program.graph.name + suffix, std::move(data)});
    }
    return image;
}

void report(const FirmwareImage &image) {
    fmt::print("  image    flash {}   RAM {}   stack {} of {} reserved\n",
               bytes_text(image.flash_bytes), bytes_text(image.ram_bytes),
               bytes_text(image.stack_bytes), bytes_text(kStackBytes));
}

}  // namespace

Result<Exit> compile(const Session &session) {
    TRY(const Board board, chosen_board(session));
    TRY(const std::string path, chosen_model(session));
    TRY(const codegen::CompileOptions options, compile_options(session, board));
    TRY(codegen::Graph graph, codegen::read_model(path));
    const ModelFacts before = facts_of(graph);
    TRY(const Program program, codegen::compile(std::move(graph), options));

    TRY(std::vector<NamedFile> files, generate(session, program, board));
    std::optional<FirmwareImage> image;
    if (session.arguments.firmware) {
        TRY(image, add_image(session, program, board, files));
    }
    TRY_DO(write_files(session.arguments.out, files));
    report(program, before, session.arguments.out, files);
    if (image) report(*image);
    return Exit::kOk;
}

}  // namespace ingot::cli
