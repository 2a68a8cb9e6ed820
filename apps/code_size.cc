// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Each kernel is compiled once per board and kept; linking is quick.

#include "apps/code_size.h"

#include <elf.h>
#include <fmt/format.h>

#include <cstring>
#include <filesystem>
#include <optional>
#include <set>
#include <vector>

#include "apps/build.h"
#include "apps/flags.h"
#include "base/files.h"
#include "codegen/emit/emit.h"
#include "codegen/ops/packing.h"

namespace ingot::cli {
namespace {

namespace fs = std::filesystem;

Build compiler_run(const Board &board, const Installation &installation) {
    Build build{
        .compiler = board.core.compiler, .arguments = board.core.flags, .files = {}, .reads = {}};
    build.arguments.insert(build.arguments.end(),
                           {"-ffreestanding", "-I" + installation.include()});
    build.reads.push_back(installation.include() + "/ingot");
    return build;
}

// Compiles a source file of ours; the private headers beside it count as read.
Result<std::string> compile_source(const fs::path &source, const Board &board,
                                   const Installation &installation, const std::string &cache) {
    Build object = compiler_run(board, installation);
    object.arguments.insert(object.arguments.end(), kFreestandingFlags.begin(),
                            kFreestandingFlags.end());
    // Variants name their folder when they include what a test may replace.
    object.arguments.insert(
        object.arguments.end(),
        {"-std=c++20", "-I" + installation.sources() + "/kernels/arch", "-c", source.string()});
    object.reads.push_back(source.parent_path().string());
    return build(object, cache);
}

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
    std::set<fs::path> sources = {fs::path(installation.sources()) / "runtime/src/model.cc"};
    for (const codegen::Step &step : program.steps) {
        sources.insert(kernel_source(step.op->name, board, installation));
    }
    std::vector<std::string> objects;
    for (const fs::path &source : sources) {
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

template <class T>
std::optional<T> read_at(const std::vector<uint8_t> &bytes, size_t offset) {
    if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) return std::nullopt;
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof(T));
    return value;
}

// The bytes of all executable sections of a 32-bit little-endian ELF file.
std::optional<int64_t> executable_bytes(const std::vector<uint8_t> &elf) {
    const auto header = read_at<Elf32_Ehdr>(elf, 0);
    if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0) return std::nullopt;
    if (header->e_ident[EI_CLASS] != ELFCLASS32) return std::nullopt;
    int64_t sum = 0;
    for (size_t i = 0; i < header->e_shnum; ++i) {
        const auto section = read_at<Elf32_Shdr>(elf, header->e_shoff + i * sizeof(Elf32_Shdr));
        if (!section) return std::nullopt;
        if (section->sh_flags & SHF_EXECINSTR) sum += section->sh_size;
    }
    return sum;
}

}  // namespace

Result<int64_t> code_bytes(const codegen::Program &program, const Board &board,
                           const Installation &installation, const std::string &cache) {
    TRY(const auto objects, library_objects(program, board, installation, cache));
    TRY(const std::string path, build(link_run(program, board, installation, objects), cache));
    TRY(const std::vector<uint8_t> elf, read_file(path));
    const std::optional<int64_t> bytes = executable_bytes(elf);
    if (!bytes) return fail(Code::kInternal, path, "is no 32-bit ELF file");
    return *bytes;
}

}  // namespace ingot::cli
