// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What a piece of hardware is able to do: a board description, read from boards/<name>/board.toml.

#ifndef INGOT_BOARDS_BOARD_H
#define INGOT_BOARDS_BOARD_H

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "boards/document.h"
#include "boards/machines/cnn_array.h"

namespace ingot {

// One memory on the bus. Each access moves up to width_bytes, and takes one cycle of the core's
// clock and as many wait cycles as are given.
struct Memory {
    std::string name;
    uint64_t address = 0;
    int64_t bytes = 0;
    bool is_writable = false;
    int64_t width_bytes = 4;
    int64_t read_wait_cycles = 0;
    int64_t write_wait_cycles = 0;
    int64_t banks = 1;  // Interleaved word by word; accesses to different banks do not wait.
    int64_t ports = 1;  // Accesses at one time; with 2, fetches and data do not collide.

    // What it can move in so many cycles at most: by those of its accesses that wait least, with
    // one access waiting in each bank.
    int64_t peak_bytes(int64_t cycles) const {
        const int64_t wait =
            is_writable ? std::min(read_wait_cycles, write_wait_cycles) : read_wait_cycles;
        return width_bytes * ports * std::min(banks, 1 + wait) * cycles / (1 + wait);
    }
};

// A cache between the core and one memory.
struct Cache {
    std::string name;
    std::string memory;  // Whose accesses it serves.
    std::string serves;  // "instructions", "data" or "both"
    int64_t bytes = 0;
    int64_t line_bytes = 0;
    int64_t ways = 0;
};

struct Core {
    std::string name;      // "cortex_m4": its cycle table is boards/cores/<name>.toml.
    std::string isa;       // "armv7em", "rv32imac", "x86_64": a folder of kernels/arch, or none.
    std::string compiler;  // "arm-none-eabi-gcc"
    std::vector<std::string> flags;
};

// What firmware for the board is linked with, and which emulator runs it.
struct Firmware {
    std::string start;                  // "cortex_m": boards/firmware/start_<start>.
    std::string clock;                  // "armv7m": runtime/port/clock_<clock>.cc.
    std::vector<std::string> emulator;  // Command line, without the image; empty: none.
};

// The clocks that the core and devices can run at; 0: there is none.
struct Oscillators {
    int64_t primary_hz = 0;
    int64_t secondary_hz = 0;  // The core's, from reset on.
    int64_t nano_ring_hz = 0;
    int64_t baud_rate_hz = 0;
    int64_t real_time_hz = 0;
    int64_t pll_hz = 0;
};

// A device on the bus.
struct BoardDevice {
    std::string name = {};
    std::string kind = {};  // A row of boards/device_kinds.def.
    uint32_t address = 0;
    uint32_t bytes = 0;
    int64_t interrupt = -1;  // On the core's interrupt controller; -1: none.
    int64_t gate = -1;       // The bit that switches its clock off; -1: none does.
    std::string cache = {};  // The one that it controls.
};

// Of the core and its memories, while it computes unless said otherwise; 0: not known.
struct Power {
    double volts = 0;
    double busy_amperes = 0;
    double sleep_amperes = 0;  // While it waits for an interrupt.
};

struct Board {
    std::string name;
    std::string path = {};  // If it was found by path and not by name.
    std::string summary;
    int64_t clock_hz = 0;  // 0: unknown, as on a host.
    Core core;
    std::vector<Memory> memories;
    std::vector<Cache> caches;
    std::optional<CnnArray> cnn_array = {};
    std::optional<Oscillators> oscillators = {};
    std::vector<BoardDevice> devices = {};
    Firmware firmware;
    Power power;
    std::vector<Provenance> provenance;

    int64_t ram_bytes() const;    // Writable memories; 0: without limit.
    int64_t flash_bytes() const;  // The others; 0: without limit.
};

// Reads a description. Errors: FileMissing, BoardUnreadable, BoardUnsourced, BoardInvalid.
Result<Board> read_board(const std::string &path);

// A board by name, from `folder`, or by path to a board.toml. Errors: UnknownBoard, and
// read_board's.
Result<Board> find_board(const std::string &name, const std::string &folder);

// The names of all boards in `folder`, sorted.
std::vector<std::string> board_names(const std::string &folder);

}  // namespace ingot

#endif
