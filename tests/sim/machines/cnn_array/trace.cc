// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Finds, reads and replays traces.

#include "tests/sim/machines/cnn_array/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>

#include "base/result.h"
#include "boards/board.h"
#include "boards/machines/cnn_array_registers.h"
#include "sim/machines/cnn_array/bus.h"

namespace ingot::sim::test {
namespace {

// Between accesses; less than any layer takes.
constexpr Time kStep = 1;

std::string board_of(const std::string &name) {
    return name.starts_with("78002") ? "max78002" : "max78000";
}

// Runs the device until it interrupts.
void wait(CnnArrayDevice &device, const OneLine &line, Time &now, Replayed &result) {
    if (device.next_event() == kNever) {
        result.first_wrong = "the interrupt never comes";
        return;
    }
    while (!line.is_high() && device.next_event() != kNever) {
        now = std::max(now, device.next_event());
        if (!device.advance(now)) break;
    }
    if (!line.is_high()) result.first_wrong = "no interrupt";
    ++result.interrupts;
}

// A program polls until a FIFO has room; recordings hold one poll of each.
void wait_for_room(CnnArrayDevice &device, const CnnArray &array, uint32_t address, Time &now) {
    const CnnPlace place = cnn_place(array, address);
    if (place.part != CnnPart::kFifo || place.index < cnn_fifo::kData) return;
    const uint32_t full = 1u << (cnn_fifo::kFullShift + place.index - cnn_fifo::kData);
    const uint32_t status = array.map.fifo + 4 * cnn_fifo::kStatus;
    while (device.read(status, 4, now).value_or(0) & full && device.next_event() != kNever) {
        now = std::max(now, device.next_event());
    }
}

void check_read(const TraceRecord &record, uint32_t found, const CnnArray &array,
                Replayed &result) {
    if (cnn_place(array, record.address).part != CnnPart::kData) return;
    ++result.data_reads;
    if (found == record.value) return;
    if (result.data_reads_wrong++ > 0) return;
    result.first_wrong = fmt::format("read {} at {:#010x}: {:#010x}, not {:#010x}",
                                     result.data_reads, record.address, found, record.value);
}

}  // namespace

CnnArray cnn_array_of(const std::string &board) {
    return find_board(board, INGOT_BOARDS)->cnn_array.value();
}

void PrintTo(const Trace &trace, std::ostream *stream) { *stream << trace.name; }

std::vector<Trace> shared_traces() {
    std::vector<Trace> traces;
    const char *shared = std::getenv("INGOT_SHARED");
    for (const char *folder : {"networks", "regression"}) {
        const auto path = std::filesystem::path(shared ? shared : "") / "max7800x" / folder;
        if (!shared || !std::filesystem::is_directory(path)) continue;
        for (const auto &entry : std::filesystem::directory_iterator(path)) {
            if (entry.path().extension() != ".trace") continue;
            const std::string name = entry.path().stem().string();
            traces.push_back({name, board_of(name), entry.path().string()});
        }
    }
    std::ranges::sort(traces, {}, &Trace::name);
    if (traces.empty()) traces.emplace_back();
    return traces;
}

std::vector<TraceRecord> read_trace(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    std::vector<TraceRecord> records(bytes.size() / sizeof(TraceRecord));
    std::memcpy(records.data(), bytes.data(), records.size() * sizeof(TraceRecord));
    return records;
}

Replayed replay(const std::vector<TraceRecord> &records, CnnArrayDevice &device,
                const CnnArray &array, const OneLine &line) {
    Replayed result;
    Time now = 0;
    for (const TraceRecord &record : records) {
        now += kStep;
        if (record.kind == TraceRecord::kInterrupt) {
            result.cycles_recorded += record.value;
            wait(device, line, now, result);
        } else if (record.kind == TraceRecord::kWrite) {
            wait_for_room(device, array, record.address, now);
            const auto done = device.write(record.address, record.bytes, record.value, now);
            if (!done) result.first_wrong = done.error().where + ": " + done.error().what;
        } else if (const auto found = device.read(record.address, record.bytes, now)) {
            check_read(record, *found, array, result);
        } else {
            result.first_wrong = found.error().where + ": " + found.error().what;
        }
        if (!result.first_wrong.empty() && result.data_reads_wrong == 0) break;
    }
    return result;
}

}  // namespace ingot::sim::test
