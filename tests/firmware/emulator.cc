// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Builds images and runs emulators.

#include "tests/firmware/emulator.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <sstream>

#include "apps/known_answer.h"
#include "base/hash.h"
#include "base/process.h"
#include "codegen/compile.h"
#include "codegen/read/read.h"
#include "tests/support/tiny_model.h"

namespace ingot::test {
namespace {

namespace fs = std::filesystem;

constexpr const char *kSecondsMax = "60";  // Of an emulator that does not end by itself.

template <class T>
T must(Result<T> result) {
    if (!result) fmt::print(stderr, "{}\n", to_string(result.error()));
    INGOT_CHECK(result.has_value());
    return std::move(*result);
}

// "name=0x0000002a name=0x..." among whatever else the emulator says.
std::map<std::string, uint32_t> words_of(const std::string &text) {
    std::map<std::string, uint32_t> words;
    std::istringstream stream(text);
    for (std::string word; stream >> word;) {
        const size_t at = word.find("=0x");
        if (at == std::string::npos) continue;
        words[word.substr(0, at)] =
            static_cast<uint32_t>(std::stoul(word.substr(at + 1), nullptr, 16));
    }
    return words;
}

}  // namespace

cli::Installation installation() { return {INGOT_BUILD}; }
std::string cache() { return std::string(INGOT_BUILD) + "/test-cache"; }

Board board_named(const std::string &name) {
    return must(find_board(name, installation().boards()));
}

std::string missing_compiler(const Board &board) {
    return find_program(board.core.compiler) ? "" : board.core.compiler + " is not installed";
}

std::string missing_emulator(const Board &board) {
    if (const auto &words = board.firmware.emulator; words.empty()) {
        return "there is no emulator of " + board.name;
    } else if (!find_program(words[0])) {
        return words[0] + " is not installed";
    }
    return missing_compiler(board);
}

codegen::Program tiny_program() {
    return must(codegen::compile(must(codegen::read_tflite(tiny_model(), "tiny.tflite")),
                                 {.name = "tiny"}));
}

codegen::KnownAnswer host_answer(const codegen::Program &program) {
    return must(cli::known_answer(program, {.installation = installation(), .cache = cache()}));
}

cli::FirmwareImage image_of(const codegen::Program &program, const Board &board,
                            const cli::FirmwareOptions &options) {
    return must(cli::build_firmware(program, board, options));
}

Told emulate(const codegen::Program &program, const Board &board,
             const codegen::KnownAnswer &answer, const cli::Installation &installation) {
    const cli::FirmwareImage image = image_of(program, board,
                                              {.installation = installation,
                                               .cache = cache(),
                                               .variant = cli::Variant::kSemihosting,
                                               .answer = &answer});
    std::vector<std::string> argv = {"timeout", kSecondsMax};
    const auto &emulator = board.firmware.emulator;
    argv.insert(argv.end(), emulator.begin(), emulator.end());
    argv.push_back(image.elf);
    const Finished finished = must(run_process({.argv = argv}));
    const std::string raw = finished.output + finished.errors;
    Told told{.exit = finished.status, .words = words_of(raw), .raw = raw};
    told.words["call_graph_bytes"] = static_cast<uint32_t>(image.stack_bytes);
    return told;
}

cli::Installation doctored(const Board &board, const std::string &op, const std::string &source) {
    const std::string key = board.core.isa + op + source;
    const std::vector<uint8_t> bytes(key.begin(), key.end());
    const fs::path real = INGOT_BUILD;
    const fs::path root = real / "test-doctored" / sha256_hex(bytes);
    const fs::path kernels = root / "share/ingot/src/kernels";
    fs::create_directories(kernels);
    for (const char *part :
         {"include", "lib", "share/ingot/boards", "share/ingot/firmware", "share/ingot/host_main.c",
          "share/ingot/src/runtime", "share/ingot/src/kernels/src"}) {
        std::error_code is_there;
        fs::create_symlink(real / part, root / part, is_there);
    }
    const fs::path variants = real / "share/ingot/src/kernels/arch";
    for (const auto &entry : fs::recursive_directory_iterator(
             variants, fs::directory_options::follow_directory_symlink)) {
        const fs::path place = kernels / "arch" / fs::relative(entry.path(), variants);
        if (entry.is_directory() || place.filename() == op + ".cc") continue;
        fs::create_directories(place.parent_path());
        std::error_code is_there;
        fs::create_symlink(entry.path(), place, is_there);
    }
    const NamedFile file = text_file(op + ".cc", source);
    INGOT_CHECK(write_files((kernels / "arch" / board.core.isa).string(), {&file, 1}));
    return {root.string()};
}

}  // namespace ingot::test
