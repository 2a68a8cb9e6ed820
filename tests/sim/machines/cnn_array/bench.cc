// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Drives an accelerator as firmware would.

#include "tests/sim/machines/cnn_array/bench.h"

#include <algorithm>

#include "boards/board.h"
#include "boards/machines/cnn_array_registers.h"
#include "tests/support/cnn_program/place.h"

namespace ingot::test {

CnnArray cnn_array_on(const std::string &board) {
    return find_board(board, INGOT_BOARDS)->cnn_array.value();
}

sim::Time CnnBench::step() {
    constexpr sim::Time kAccess = 280'000;
    return now_ += kAccess;
}

Result<void> CnnBench::write(const std::vector<CnnBusWrite> &writes) {
    for (const CnnBusWrite &one : writes) {
        TRY_DO(device_.write(one.address, one.bytes, one.value, step()));
    }
    return {};
}

Result<uint32_t> CnnBench::read(uint32_t address) { return device_.read(address, 4, step()); }

// Word by word, in turn; waits while a FIFO is full.
Result<void> CnnBench::feed(const std::vector<std::vector<uint32_t>> &streams) {
    size_t longest = 0;
    for (const auto &words : streams) longest = std::max(longest, words.size());
    const uint32_t status = array_.map.fifo + cnn_fifo::kStatus * 4;
    constexpr int32_t kPatience = 1'000'000;
    for (size_t i = 0; i < longest; ++i) {
        for (uint32_t fifo = 0; fifo < streams.size(); ++fifo) {
            if (i >= streams[fifo].size()) continue;
            for (int32_t polls = 0; polls < kPatience; ++polls) {
                TRY(const uint32_t flags, read(status));
                if ((flags >> (cnn_fifo::kFullShift + fifo) & 1) == 0) break;
                TRY_DO(device_.advance(now_));
            }
            TRY_DO(device_.write(array_.map.fifo + (cnn_fifo::kData + fifo) * 4, 4,
                                 streams[fifo][i], step()));
        }
    }
    return {};
}

Result<void> CnnBench::finish(const CnnProgram &program) {
    line_.is_raised = false;
    TRY_DO(feed(program.streams));
    while (!line_.is_raised && device_.next_event() != sim::kNever) {
        now_ = std::max(now_, device_.next_event());
        TRY_DO(device_.advance(now_));
    }
    if (!line_.is_raised) return fail(Code::kCnnProgramInvalid, "bench", "no interrupt");
    for (int32_t q = 0; q < kQuadrants; ++q) {
        TRY_DO(device_.write(control_address(array_, q, cnn_control::kControl), 4, 0, step()));
    }
    return {};
}

Result<void> CnnBench::run(const CnnProgram &program) {
    TRY_DO(write(bus_writes(program)));
    return finish(program);
}

}  // namespace ingot::test
