// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Each kernel is compiled once per board and kept; linking is quick.

#include "apps/code_size.h"

#include <fmt/format.h>

#include <filesystem>
#include <set>

#include "apps/elf_file.h"
#include "apps/flags.h"
#include "base/files.h"
#include "codegen/compile.h"
#include "codegen/emit/emit.h"
#include "codegen/ops/packing.h"

namespace ingot::cli {
namespace {

namespace fs = std::filesystem;

// The variant for the board's instruction set where there is one, the portable kernel otherwise.
fs::path kernel_source(std::string_view op, const Board &board, const Installation &installation) {
    const fs::path kernels = fs::path(installation.sources()) / "kernels";
    const std::string file = std::string(op) + ".cc";
    for (const std::string_view folder : codegen::kernel_folders(board.core.isa)) {
        const fs::path variant = kernels / "arch" / folder / file;
        if (fs::exists(variant)) return variant;
    }
    return kernels / "src" / file;
}

Result<std::vector<std::string>> library_objects(const codegen::Program &program,
                                                 const Board &board,
                                                 const Installation &installation,
                                                 const std::string &cache) {
    std::vector<std::string> objects;
    for (const std::string &source : library_sources(program, board, installation)) {
        TRY(std::string object, compile_source(source, board, installation, cache));
        objects.push_back(std::move(object));
    }
    return objects;
}

// Links what <name>_run reaches. Functions of the C library that a compiler may call, memcpy and
// its kin, are the firmware's to bring and count as nothing.
Build link_run(const codegen::Program &program, const Board &board,
               const Installation &installation, const std::vector<std::string> &objects) {
    Build image = compiler_run(board, installation);
    image.arguments.insert(
        image.arguments.end(),
        {"-std=c11", "-I.", "-nostdlib", "-Wl,--gc-sections",
         fmt::format("-Wl,-e,{}_run", program.graph.name), "-Wl,--unresolved-symbols=ignore-all"});
    for (const codegen::SourceFile &source : emit(program, board.name)) {
        image.files.push_back(text_file(source.name, source.text));
        if (source.name.ends_with(".c")) image.arguments.push_back(source.name);
    }
    image.arguments.insert(image.arguments.end(), objects.begin(), objects.end());
    image.arguments.push_back("-lgcc");
    image.reads.insert(image.reads.end(), objects.begin(), objects.end());
    return image;
}

}  // namespace

Build compiler_run(const Board &board, const Installation &installation) {
    Build build{
        .compiler = board.core.compiler, .arguments = board.core.flags, .files = {}, .reads = {}};
    build.arguments.insert(build.arguments.end(),
                           {"-ffreestanding", "-I" + installation.include()});
    build.reads.push_back(installation.include() + "/ingot");
    build.home = installation.root;
    return build;
}

// The private headers beside a source count as read, and so do those of start-up code.
Result<std::string> compile_source(const std::string &source, const Board &board,
                                   const Installation &installation, const std::string &cache) {
    Build object = compiler_run(board, installation);
    object.arguments.insert(object.arguments.end(), kFreestandingFlags.begin(),
                            kFreestandingFlags.end());
    // Variants of kernels name their folder when they include what a test may replace.
    const std::string kernels = installation.sources() + "/kernels";
    object.arguments.insert(object.arguments.end(),
                            {"-std=c++20", "-fcallgraph-info=su", "-I" + installation.start(),
                             "-I" + kernels + "/arch", "-c", source});
    object.reads.push_back(fs::path(source).parent_path().string());
    object.reads.push_back(kernels + "/src");
    object.reads.push_back(installation.start());
    object.besides.emplace_back(kCallGraphSuffix);
    return build(object, cache);
}

std::vector<std::string> library_sources(const codegen::Program &program, const Board &board,
                                         const Installation &installation) {
    std::set<std::string> sources = {installation.sources() + "/runtime/src/model.cc"};
    for (const codegen::Step &step : program.steps) {
        sources.insert(kernel_source(step.op->name, board, installation).string());
    }
    return {sources.begin(), sources.end()};
}

Result<int64_t> code_bytes(const codegen::Program &any, const Board &board,
                           const Installation &installation, const std::string &cache) {
    TRY(const codegen::Program program, codegen::retarget(any, board.core.isa));
    TRY(const auto objects, library_objects(program, board, installation, cache));
    TRY(const std::string path, build(link_run(program, board, installation, objects), cache));
    TRY(const std::vector<ElfSection> sections, elf_sections(path));
    int64_t bytes = 0;
    for (const ElfSection &section : sections) {
        if (section.is_code) bytes += section.bytes;
    }
    return bytes;
}

}  // namespace ingot::cli
