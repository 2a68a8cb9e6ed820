// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// One list of sources per variant, each compiled once per board and kept; one link.

#include "apps/firmware.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "apps/call_graph.h"
#include "apps/code_size.h"
#include "apps/elf_file.h"
#include "apps/flags.h"
#include "apps/link_script.h"
#include "codegen/compile.h"

namespace ingot::cli {
namespace {

namespace fs = std::filesystem;
using codegen::Program;
using Paths = std::vector<std::string>;

constexpr const char *kFolder = "firmware/";  // Of the image's own sources, where C is written.
constexpr const char *kScript = "firmware/link.ld";
constexpr const char *kMapSuffix = ".map";
constexpr const char *kStackSection = ".stack";

// Tells main.cc, which knows no names, about the model.
constexpr std::string_view kJoint = R"(// Joins the model to the firmware's main program.

#include "{name}.h"
#include "firmware.h"

const ingot_model *const firmware_model = &{name}_model;
const ingot_layer *const firmware_layers = {layers};
const ingot_known_answer *const firmware_answer = {answer};
const uint32_t firmware_first_command = {command};

uint8_t firmware_memory[FIRMWARE_GUARD_BYTES + {NAME}_ARENA_BYTES + FIRMWARE_GUARD_BYTES]
    INGOT_ARENA_ALIGN __attribute__((section(".noinit")));
)";

constexpr std::string_view kMakefile =
    R"(# Builds {name}.elf again, the firmware for the board {board}:
#
#   make INGOT=PREFIX
#
# PREFIX is where Ingot is installed: it holds include/ingot and share/ingot/src.

INGOT ?= $(patsubst %/bin/ingot,%,$(shell command -v ingot))
ifeq ($(INGOT),)
$(error Ingot is not in the path: make INGOT=PREFIX)
endif
CC = {compiler}
FLAGS = {flags} -ffreestanding
CPP_FLAGS = {cpp_flags} -std=c++20
LINK_FLAGS = {link_flags}

OBJECTS = {objects}
SOURCES = {sources}

vpath %.cc firmware {folders}

{name}.elf: $(SOURCES) $(OBJECTS) {script}
	$(CC) $(FLAGS) $(LINK_FLAGS) -Ifirmware -I$(INGOT)/include -o $@ $(SOURCES) $(OBJECTS) -lgcc

%.o: %.cc
	$(CC) $(FLAGS) $(CPP_FLAGS) -Ifirmware -I$(INGOT)/include \
	  -I$(INGOT)/share/ingot/src/kernels/arch -c $< -o $@
)";

std::string joint_name(const Program &program) {
    return kFolder + program.graph.name + "_firmware.c";
}

NamedFile joint(const Program &program, Variant variant) {
    const std::string &name = program.graph.name;
    std::string capitals = name;
    std::ranges::transform(capitals, capitals.begin(),
                           [](unsigned char c) { return std::toupper(c); });
    const bool is_shipped = variant == Variant::kShipped;
    return text_file(
        joint_name(program),
        fmt::format(kJoint, fmt::arg("name", name), fmt::arg("NAME", capitals),
                    fmt::arg("layers", is_shipped ? "0" : name + "_layers"),
                    fmt::arg("answer", is_shipped ? "0" : "&" + name + "_known_answer"),
                    fmt::arg("command", is_shipped ? "0" : "INGOT_MAILBOX_CHECK")));
}

// Emulators count no cycles: on Arm their DWT reads 0, while SysTick follows executed instructions.
std::string clock_of(const Board &board, Variant variant) {
    const bool is_arm = board.core.isa.starts_with("arm");
    return variant == Variant::kSemihosting && is_arm ? "systick" : board.firmware.clock;
}

// Start-up code, main program and ports.
Paths firmware_sources(const Board &board, Variant variant, const Installation &installation) {
    const std::string &start = board.firmware.start;
    Paths sources = {installation.start() + "/start_" + start + ".cc",
                     installation.start() + "/memory.cc", installation.firmware() + "/main.cc"};
    const auto add = [&](const std::string &part) {
        sources.push_back(installation.firmware() + "/" + part + ".cc");
    };
    add(variant == Variant::kShipped ? "no_check" : "check");
    if (variant == Variant::kSemihosting) {
        add("idle_semihosting");
        add("semihosting_" + start);
    } else {
        add("idle_wait");
    }
    const std::string runtime = installation.sources() + "/runtime/";
    sources.push_back(runtime + "port/clock_" + clock_of(board, variant) + ".cc");
    if (variant != Variant::kShipped) sources.push_back(runtime + "src/known_answer.cc");
    return sources;
}

Result<Paths> compile_all(const Paths &sources, const Board &board,
                          const FirmwareOptions &options) {
    Paths objects;
    for (const std::string &source : sources) {
        if (!fs::exists(source)) {
            return fail(Code::kBoardInvalid, board.name,
                        fmt::format("[firmware] asks for {}, which does not exist", source));
        }
        TRY(std::string object, compile_source(source, board, options.installation, options.cache));
        objects.push_back(std::move(object));
    }
    return objects;
}

// The C files that are linked: the generated model, the joint and, but for shipping, the test.
std::vector<NamedFile> c_files(const Program &program, const Board &board,
                               const FirmwareOptions &options) {
    std::vector<NamedFile> files = {joint(program, options.variant)};
    for (const codegen::SourceFile &source : emit(program, board.name)) {
        files.push_back(text_file(source.name, source.text));
    }
    if (options.variant != Variant::kShipped) {
        INGOT_CHECK(options.answer);
        const auto test = emit_known_answer(program, board.name, *options.answer);
        files.push_back(text_file(test.name, test.text));
    }
    return files;
}

// What the generated C is compiled with, and the image linked.
Paths link_arguments() {
    return {"-std=c11",
            "-ffunction-sections",
            "-fdata-sections",
            "-I.",
            "-nostdlib",
            "-Wl,--gc-sections",
            "-Wl,--build-id=none",
            fmt::format("-Wl,-T,{}", kScript)};
}

Result<std::string> link_script(const Board &board, const Installation &installation) {
    TRY(std::string script, memory_script(board));
    TRY(const std::string sections, read_text(installation.start() + "/sections.ld"));
    return script + sections;
}

Result<Build> link(const Program &program, const Board &board, const FirmwareOptions &options,
                   const Paths &objects) {
    TRY(const std::string script, link_script(board, options.installation));
    Build image = compiler_run(board, options.installation);
    const Paths arguments = link_arguments();
    image.arguments.insert(image.arguments.end(), arguments.begin(), arguments.end());
    image.arguments.insert(image.arguments.end(),
                           {"-I" + options.installation.firmware(), "-Wl,-Map=built.map"});
    image.files = c_files(program, board, options);
    for (const NamedFile &file : image.files) {
        if (file.name.ends_with(".c")) image.arguments.push_back(file.name);
    }
    image.files.push_back(text_file(kScript, script));
    image.arguments.insert(image.arguments.end(), objects.begin(), objects.end());
    image.arguments.emplace_back("-lgcc");
    image.reads.insert(image.reads.end(), objects.begin(), objects.end());
    image.reads.push_back(options.installation.firmware() + "/firmware.h");
    image.besides.emplace_back(kMapSuffix);
    return image;
}

// What an exception pushes: 8 registers, with an FPU 26, and a word to align them.
// Source: Armv7-M Architecture Reference Manual, B1.5.6.
int64_t exception_bytes(const Board &board) {
    const auto &flags = board.core.flags;
    const bool has_fpu = std::ranges::find(flags, "-mfloat-abi=hard") != flags.end();
    return ((has_fpu ? 26 : 8) + 1) * 4;
}

Result<int64_t> stack_bytes(const Program &program, const Board &board, const Paths &objects) {
    Paths graphs;
    for (const std::string &object : objects) graphs.push_back(object + kCallGraphSuffix);
    TRY(CallGraph graph, read_call_graph(graphs));
    for (const codegen::Step &step : program.steps) {
        graph.calls[kIndirectCall].insert("ingot_" + std::string(step.op->name));
    }
    // Reset is a few instructions that jump, where it has to find a stack first.
    if (graph.stack_bytes.contains("ingot_begin")) graph.calls["ingot_reset"].insert("ingot_begin");
    TRY(int64_t bytes, deepest_stack(graph, "ingot_reset"));
    constexpr const char *kInterrupt = "ingot_on_systick";
    if (graph.stack_bytes.contains(kInterrupt)) {
        TRY(const int64_t handler, deepest_stack(graph, kInterrupt));
        bytes += exception_bytes(board) + handler;
    }
    return bytes;
}

Result<FirmwareImage> measured(const std::string &elf) {
    TRY(const std::vector<ElfSection> sections, elf_sections(elf));
    FirmwareImage image{.elf = elf, .map = elf + kMapSuffix};
    for (const ElfSection &section : sections) {
        if (!section.is_loaded || section.name == kStackSection) continue;
        if (section.has_content) image.flash_bytes += section.bytes;
        if (section.is_writable) image.ram_bytes += section.bytes;
    }
    return image;
}

// Sources of the installation are found by make through their folders.
std::string makefile(const Program &program, const Board &board, const Installation &installation,
                     const std::vector<NamedFile> &c_files) {
    const Paths library = library_sources(program, board, installation);
    Paths sources = firmware_sources(board, Variant::kShipped, installation);
    sources.insert(sources.end(), library.begin(), library.end());
    Paths objects;  // In the order of build_firmware(), so that the image is the same.
    for (const std::string &source : sources) {
        objects.push_back(fs::path(source).stem().string() + ".o");
    }
    std::set<std::string> folders;
    for (const std::string &source : library) {
        const fs::path folder = fs::path(source).parent_path();
        folders.insert("$(INGOT)" + folder.string().substr(installation.root.size()));
    }
    Paths c_names;
    for (const NamedFile &file : c_files) {
        if (file.name.ends_with(".c")) c_names.push_back(file.name);
    }
    return fmt::format(kMakefile, fmt::arg("name", program.graph.name),
                       fmt::arg("board", board.name), fmt::arg("compiler", board.core.compiler),
                       fmt::arg("flags", fmt::join(board.core.flags, " ")),
                       fmt::arg("cpp_flags", fmt::join(kFreestandingFlags, " ")),
                       fmt::arg("link_flags", fmt::join(link_arguments(), " ")),
                       fmt::arg("objects", fmt::join(objects, " ")),
                       fmt::arg("sources", fmt::join(c_names, " ")),
                       fmt::arg("folders", fmt::join(folders, " ")), fmt::arg("script", kScript));
}

}  // namespace

Result<FirmwareImage> build_firmware(const Program &any, const Board &board,
                                     const FirmwareOptions &options) {
    TRY(const Program program, codegen::retarget(any, board.core.isa));
    TRY(const ImageMemories memories, image_memories(board));
    Paths sources = firmware_sources(board, options.variant, options.installation);
    const Paths library = library_sources(program, board, options.installation);
    sources.insert(sources.end(), library.begin(), library.end());
    TRY(const Paths objects, compile_all(sources, board, options));
    TRY(const Build linked, link(program, board, options, objects));
    const Result<std::string> elf = build(linked, options.cache);
    if (!elf) return tl::unexpected(as_limit(elf.error(), memories));
    TRY(FirmwareImage image, measured(*elf));
    TRY(image.stack_bytes, stack_bytes(program, board, objects));
    return image;
}

Result<std::vector<NamedFile>> firmware_files(const Program &any, const Board &board,
                                              const Installation &installation) {
    TRY(const Program program, codegen::retarget(any, board.core.isa));
    TRY(const std::string script, link_script(board, installation));
    const FirmwareOptions shipped{.installation = installation, .cache = {}};
    const std::vector<NamedFile> generated = c_files(program, board, shipped);
    std::vector<NamedFile> files = {
        joint(program, Variant::kShipped), text_file(kScript, script),
        text_file("Makefile", makefile(program, board, installation, generated))};
    Paths sources = firmware_sources(board, Variant::kShipped, installation);
    sources.push_back(installation.start() + "/start.h");
    sources.push_back(installation.firmware() + "/firmware.h");
    for (const std::string &source : sources) {
        TRY(const std::string text, read_text(source));
        files.push_back(text_file(kFolder + fs::path(source).filename().string(), text));
    }
    return files;
}

}  // namespace ingot::cli
