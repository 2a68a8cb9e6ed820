// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reads board descriptions.

#include "boards/board.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <limits>

namespace ingot {
namespace {

constexpr int64_t kSchema = 1;
constexpr int64_t kHertzMax = 100'000'000'000;
constexpr int64_t kAddressMax = std::numeric_limits<uint32_t>::max();

Core read_core(Section section) {
    Core core{.name = section.text_or("name", ""),
              .isa = section.text("isa"),
              .compiler = section.text("compiler"),
              .flags = section.texts("flags")};
    section.finish();
    return core;
}

int64_t read_clock(Section section) {
    const int64_t core_hz = section.integer("core_hz", 1, kHertzMax);
    section.finish();
    return core_hz;
}

Memory read_memory(const std::string &name, Section section) {
    constexpr int64_t kWaitMax = 1000;
    Memory memory{.name = name,
                  .address = static_cast<uint64_t>(section.integer("address", 0, kAddressMax)),
                  .bytes = section.integer("bytes", 1, kAddressMax + 1),
                  .is_writable = section.choice("access", {"read", "read-write"}) == "read-write",
                  .width_bytes = section.integer_or("width_bytes", 1, 64, 4),
                  .read_wait_cycles = section.integer_or("read_wait_cycles", 0, kWaitMax, 0),
                  .write_wait_cycles = section.integer_or("write_wait_cycles", 0, kWaitMax, 0),
                  .banks = section.integer_or("banks", 1, 64, 1),
                  .ports = section.integer_or("ports", 1, 2, 1)};
    section.finish();
    return memory;
}

std::vector<Memory> read_memories(Section section) {
    std::vector<Memory> memories;
    for (const std::string &name : section.names()) {
        memories.push_back(read_memory(name, section.section(name)));
    }
    return memories;
}

Cache read_cache(const std::string &name, Section section) {
    Cache cache{.name = name,
                .memory = section.text("memory"),
                .serves = section.choice("serves", {"instructions", "data", "both"}),
                .bytes = section.integer("bytes", 16, 1 << 24),
                .line_bytes = section.integer("line_bytes", 4, 256),
                .ways = section.integer("ways", 1, 1024)};
    section.finish();
    return cache;
}

std::vector<Cache> read_caches(Section section) {
    std::vector<Cache> caches;
    for (const std::string &name : section.names()) {
        caches.push_back(read_cache(name, section.section(name)));
    }
    return caches;
}

Oscillators read_oscillators(Section section) {
    Oscillators oscillators{.primary_hz = section.integer("primary_hz", 1, kHertzMax),
                            .secondary_hz = section.integer("secondary_hz", 1, kHertzMax),
                            .nano_ring_hz = section.integer_or("nano_ring_hz", 1, kHertzMax, 0),
                            .baud_rate_hz = section.integer_or("baud_rate_hz", 1, kHertzMax, 0),
                            .real_time_hz = section.integer_or("real_time_hz", 1, kHertzMax, 0),
                            .pll_hz = section.integer_or("pll_hz", 1, kHertzMax, 0)};
    section.finish();
    return oscillators;
}

std::string read_device_kind(Section &section) {
    return section.choice("kind", {
#define INGOT_DEVICE_KIND(kind) #kind,
#include "boards/device_kinds.def"
                                  });
}

BoardDevice read_device(const std::string &name, Section section) {
    constexpr int64_t kInterruptMax = 239, kGateMax = 95, kBytesMax = 0x10000;
    BoardDevice device{.name = name,
                       .kind = read_device_kind(section),
                       .address = static_cast<uint32_t>(section.integer("address", 0, kAddressMax)),
                       .bytes = static_cast<uint32_t>(section.integer("bytes", 4, kBytesMax)),
                       .interrupt = section.integer_or("interrupt", 0, kInterruptMax, -1),
                       .gate = section.integer_or("gate", 0, kGateMax, -1),
                       .cache = section.text_or("cache", "")};
    section.finish();
    return device;
}

std::vector<BoardDevice> read_devices(Section section) {
    std::vector<BoardDevice> devices;
    for (const std::string &name : section.names()) {
        devices.push_back(read_device(name, section.section(name)));
    }
    return devices;
}

Firmware read_firmware(Section section) {
    Firmware firmware{.start = section.text("start"),
                      .clock = section.text("clock"),
                      .emulator = section.has("emulator") ? section.texts("emulator")
                                                          : std::vector<std::string>{}};
    section.finish();
    return firmware;
}

Power read_power(Section section) {
    Power power{.volts = section.real_or("volts", 0.1, 60, 0),
                .busy_amperes = section.real_or("busy_amperes", 0, 100, 0),
                .sleep_amperes = section.real_or("sleep_amperes", 0, 100, 0)};
    section.finish();
    return power;
}

Board read_document(Section document) {
    Board board;
    document.schema(kSchema);
    board.summary = document.text("summary");
    board.core = read_core(document.section("core"));
    if (document.has("clock")) board.clock_hz = read_clock(document.section("clock"));
    if (document.has("memory")) board.memories = read_memories(document.section("memory"));
    if (document.has("cache")) board.caches = read_caches(document.section("cache"));
    if (document.has("cnn_array")) board.cnn_array = read_cnn_array(document.section("cnn_array"));
    if (document.has("oscillators")) {
        board.oscillators = read_oscillators(document.section("oscillators"));
    }
    if (document.has("device")) board.devices = read_devices(document.section("device"));
    if (document.has("firmware")) board.firmware = read_firmware(document.section("firmware"));
    if (document.has("power")) board.power = read_power(document.section("power"));
    document.finish();
    return board;
}

// boards/cortex_m4/board.toml is cortex_m4; my_board.toml is my_board.
std::string name_of(const std::filesystem::path &path) {
    return path.filename() == "board.toml" && path.has_parent_path()
               ? path.parent_path().filename().string()
               : path.stem().string();
}

// What no single key can tell of a cache. Empty: nothing is wrong with it.
std::string fault_of(const Cache &cache, const std::vector<Memory> &memories) {
    if (std::ranges::find(memories, cache.memory, &Memory::name) == memories.end()) {
        return fmt::format("cache.{}.memory is {}, and there is no such memory", cache.name,
                           cache.memory);
    }
    const int64_t set = cache.line_bytes * cache.ways;
    if (cache.bytes % set == 0) return {};
    return fmt::format("cache.{0}.bytes is {1}; accepted: a multiple of {2}, its line_bytes x ways",
                       cache.name, cache.bytes, set);
}

// What no single key can tell of a device: whom it needs.
std::string fault_of(const BoardDevice &device, const Board &board) {
    const auto count = std::ranges::count(board.devices, "clock_control", &BoardDevice::kind);
    const bool needs_clocks = device.kind == "timer" || device.kind == "uart" ||
                              device.kind == "clock_control" || device.kind == "low_power_clocks" ||
                              device.gate >= 0;
    if (needs_clocks && (count != 1 || !board.oscillators)) {
        return fmt::format(
            "device.{} needs [oscillators], and one device whose kind is clock_control",
            device.name);
    }
    if (device.address % 4 != 0 || device.bytes % 4 != 0) {
        return fmt::format("device.{}: address and bytes are multiples of 4", device.name);
    }
    const bool has_cache =
        std::ranges::find(board.caches, device.cache, &Cache::name) != board.caches.end();
    if (device.kind == "cache_control" && !has_cache) {
        return fmt::format("device.{}.cache is \"{}\", and there is no such cache", device.name,
                           device.cache);
    }
    return {};
}

int64_t sum_of(const std::vector<Memory> &memories, bool is_writable) {
    int64_t bytes = 0;
    for (const Memory &memory : memories) {
        if (memory.is_writable == is_writable) bytes += memory.bytes;
    }
    return bytes;
}

}  // namespace

int64_t Board::ram_bytes() const { return sum_of(memories, true); }
int64_t Board::flash_bytes() const { return sum_of(memories, false); }

Result<Board> read_board(const std::string &path) {
    TRY(const Document document, Document::read(path));
    Board board = read_document(document.root());
    TRY_DO(document.verdict());
    for (const Cache &cache : board.caches) {
        const std::string fault = fault_of(cache, board.memories);
        if (!fault.empty()) return fail(Code::kBoardInvalid, path, fault);
    }
    for (const BoardDevice &device : board.devices) {
        const std::string fault = fault_of(device, board);
        if (!fault.empty()) return fail(Code::kBoardInvalid, path, fault);
    }
    board.name = name_of(path);
    board.provenance = document.provenance();
    if (board.cnn_array) {
        const auto start =
            std::ranges::find(board.provenance, "cnn_array.timing.start_cycles", &Provenance::key);
        board.cnn_array->timing.is_fitted = start != board.provenance.end() && start->is_fitted;
    }
    return board;
}

Result<Board> find_board(const std::string &name, const std::string &folder) {
    if (name.ends_with(".toml")) {
        TRY(Board board, read_board(name));
        board.path = name;
        return board;
    }
    const std::vector<std::string> names = board_names(folder);
    if (std::find(names.begin(), names.end(), name) == names.end()) {
        return fail(Code::kUnknownBoard, name,
                    fmt::format("no such board; known: {}", fmt::join(names, ", ")),
                    "a path to a board.toml works too");
    }
    return read_board((std::filesystem::path(folder) / name / "board.toml").string());
}

std::vector<std::string> board_names(const std::string &folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator(folder, error)) {
        if (std::filesystem::exists(entry.path() / "board.toml")) {
            names.push_back(entry.path().filename().string());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace ingot
