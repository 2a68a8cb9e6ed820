// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A serial port that sends to the console, and receives nothing.

#ifndef INGOT_SIM_UART_H
#define INGOT_SIM_UART_H

#include <cstdint>
#include <deque>

#include "sim/devices/clock_tree.h"
#include "sim/devices/storage.h"

namespace ingot::sim {

// A character is on the console once it is handed over; how long it is on the wire is what its
// status tells.
class Uart : public Storage {
public:
    // What is referred to is kept by the caller.
    Uart(const BoardDevice &device, const ClockTree &clocks, const DeviceParts &parts);

    Time next_event() const override;
    Result<void> advance(Time now) override;

protected:
    Result<uint32_t> load(uint32_t offset, Time now) override;
    Result<void> store(const RegisterWrite &write, Time now) override;

private:
    static constexpr size_t kFifoCharacters = 8, kHalf = 4;

    Result<Time> character_time() const;
    Result<void> send(uint8_t character, Time now);
    uint32_t status(Time now) const;
    void catch_up(Time now);
    void drive_line();

    const ClockTree &clocks_;
    DeviceParts parts_;
    std::deque<Time> begins_;  // When each character that waits in the FIFO will be sent.
    Time free_at_ = 0;         // When the last one will have been.
    uint32_t flags_ = 0;
    bool is_line_high_ = false;
};

}  // namespace ingot::sim

#endif
