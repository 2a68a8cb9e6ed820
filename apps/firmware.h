// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Builds firmware images: a program, its kernels, and start-up code of its board, linked.

#ifndef INGOT_APPS_FIRMWARE_H
#define INGOT_APPS_FIRMWARE_H

#include <cstdint>
#include <string>
#include <vector>

#include "apps/installation.h"
#include "base/files.h"
#include "base/result.h"
#include "boards/board.h"
#include "codegen/emit/emit.h"
#include "codegen/program.h"

namespace ingot::cli {

enum class Variant {
    kShipped,      // Runs the model on command.
    kCheck,        // The same, and carries its known-answer test, which it runs first.
    kSemihosting,  // Runs the test, tells the emulator, and ends. Its clock is one emulators have.
};

struct FirmwareOptions {
    Installation installation;
    std::string cache;
    Variant variant = Variant::kShipped;
    const codegen::KnownAnswer *answer = nullptr;  // Needed by all variants but the shipped one.
};

struct FirmwareImage {
    std::string elf;          // Path, in the cache...
    std::string map;          // ...and of the linker's map.
    int64_t flash_bytes = 0;  // Code, constants, and initial values of variables.
    int64_t ram_bytes = 0;    // Arena, mailbox and variables, without stack.
    int64_t stack_bytes = 0;  // The deepest chain of calls from reset, interrupts on top of it.
};

// The program is compiled for the kernels of the board's core, whatever it was compiled for
// before. Errors: BoardInvalid when the board's description does not allow an image; FlashExceeded,
// RamExceeded; those of build().
Result<FirmwareImage> build_firmware(const codegen::Program &program, const Board &board,
                                     const FirmwareOptions &options);

// What the shipped image is linked from besides the generated C and the libraries' sources:
// start-up code, main program and linker script, in a folder `firmware`, and a Makefile that
// rebuilds the image. Errors: BoardInvalid, FileMissing.
Result<std::vector<NamedFile>> firmware_files(const codegen::Program &program, const Board &board,
                                              const Installation &installation);

}  // namespace ingot::cli

#endif
