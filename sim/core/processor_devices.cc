// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The processor's devices: those of the core itself, and those of the board.

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/processor.h"

namespace ingot::sim {

Result<void> Processor::attach_devices(const DeviceMaker &make_devices) {
    if (!make_devices) return {};
    TRY(Devices devices,
        make_devices(board_,
                     {.lines = *this, .console = console_, .clock = *this, .caches = *this}));
    TRY(bus_, DeviceBus::make(board_.name, std::move(devices)));
    if (!bus_.is_empty() && !system_->set_line(0, false)) {
        return fail(Code::kNotSimulated, board_.name,
                    "its core has no lines for the interrupts of the board's devices");
    }
    for (const System::Range &range : bus_.pages()) {
        if (emulator_->map_devices(range.address, range.bytes)) continue;
        return fail(Code::kNotSimulated, board_.name,
                    fmt::format("a device at {:#010x} shares a page with a memory or with the "
                                "devices of the core",
                                range.address));
    }
    memories_->add_devices(bus_.names());
    return {};
}

// -- Time ----------------------------------------------------------------------------------------

void Processor::set_device_clock_at(size_t instruction) {
    device_clock_.cycle = clock_.cycle + cycles_until(instruction);
    device_clock_.instructions = clock_.instructions + static_cast<int64_t>(instruction);
}

// The moment of an access in the block in progress. A block that reads one register twice does so
// in two instructions, unless one instruction moves several words.
void Processor::set_device_clock(uint32_t address) {
    device_clock_ = clock_;
    if (!current_) return;
    std::vector<uint8_t> code(current_->bytes);
    read(current_->address, code);
    const auto at =
        locate_access(isa_, code, current_->instructions, address, registers(), next_access_);
    if (!at) return;
    next_access_ = current_->instructions[*at].list_length > 1 ? *at : *at + 1;
    set_device_clock_at(*at);
}

// An access whose moment is not known exactly may seem to come before the one in front of it.
Time Processor::now() { return told_ = std::max(told_, device_clock_.time()); }

int64_t Processor::next_event() const {
    const int64_t event = system_->next_event();
    if (bus_.is_empty()) return event;
    return std::min(event, clock_.cycle_at(bus_.next_event()));
}

Result<void> Processor::advance() {
    system_->advance();
    if (bus_.is_empty()) return {};
    const Result<void> done = bus_.advance(now());
    if (!done) return tl::unexpected(device_fault(done.error(), program_counter()));
    return {};
}

// The core runs at another rate from the access in progress on.
void Processor::set_core_hertz(int64_t hertz) {
    device_clock_.change(hertz);
    clock_.hertz = hertz;
    clock_.base_cycle = device_clock_.base_cycle;
    clock_.base_time = device_clock_.base_time;
    is_clock_nominal_ = is_clock_nominal_ && hertz == board_.clock_hz;
    deadline_ = 0;
}

void Processor::switch_cache(const std::string &name, bool is_on) {
    memories_->switch_cache(name, is_on);
}

void Processor::set(int line, bool is_high) {
    INGOT_CHECK(system_->set_line(line, is_high));
    deadline_ = 0;
}

// -- Accesses ------------------------------------------------------------------------------------

bool Processor::is_in_system(uint32_t address) const {
    return std::ranges::any_of(system_ranges_, [&](const System::Range &range) {
        return address - range.address < range.bytes;
    });
}

// Who answers; null: nobody, and the run ends.
const DeviceBus::Place *Processor::begin_access(const DeviceAccess &access) {
    const DeviceBus::Place *place = bus_.find(access);
    if (!place) {
        faulted_ = current_;
        fail_with(access_fault({.kind = Ending::Kind::kUnmapped,
                                .access = access.is_write ? AccessKind::kWrite : AccessKind::kRead,
                                .address = access.address,
                                .bytes = access.bytes}));
        return nullptr;
    }
    if (bus_.next_event() > now()) return place;
    const Result<void> done = bus_.advance(now());
    if (done) return place;
    fail_with(device_fault(done.error(), program_counter()));
    return nullptr;
}

void Processor::end_access(const DeviceBus::Place &place, const DeviceAccess &access) {
    const Time time = access.is_write ? place.range.write_time : place.range.read_time;
    const int64_t wait_cycles = device_clock_.cycles_of(time);
    device_stall_ += wait_cycles;
    bus_.count(place, access, wait_cycles);
    if (options_.is_traffic_recorded) {
        memories_->record_device(
            place.device,
            {.address = access.address, .bytes = access.bytes, .is_write = access.is_write});
    }
    deadline_ = std::min(deadline_, clock_.cycle_at(bus_.next_event()));
}

Diagnostic Processor::device_fault(const Diagnostic &diagnostic, uint32_t address) const {
    const std::string &where = diagnostic.where;
    Diagnostic fault = this->fault(
        diagnostic.code, address, where.empty() ? diagnostic.what : where + ": " + diagnostic.what);
    fault.hint = diagnostic.hint;
    return fault;
}

uint32_t Processor::read_device(uint32_t address, uint32_t bytes) {
    if (failure_) return 0;
    set_device_clock(address);
    if (is_in_system(address)) {
        system_->advance();
        const uint32_t value = system_->read(address) >> 8 * (address & 3);
        return bytes == 4 ? value : value & ((1u << 8 * bytes) - 1);
    }
    const DeviceAccess access{.address = address, .bytes = bytes};
    const DeviceBus::Place *place = begin_access(access);
    if (!place) return 0;
    const Result<uint32_t> value = bus_.read(*place, access, now());
    end_access(*place, access);
    if (value) return *value;
    fail_with(device_fault(value.error(), address_of_access(*current_, address)));
    return 0;
}

void Processor::write_device(uint32_t address, uint32_t bytes, uint32_t value) {
    if (failure_) return;
    set_device_clock(address);
    if (is_in_system(address)) {
        system_->advance();
        system_->write(address, bytes, value);
        deadline_ = 0;  // Timers may have moved: look again behind this block.
        return;
    }
    const DeviceAccess access{.address = address, .bytes = bytes, .is_write = true, .value = value};
    const DeviceBus::Place *place = begin_access(access);
    if (!place) return;
    const Result<void> done = bus_.write(*place, access, now());
    end_access(*place, access);
    if (!done) fail_with(device_fault(done.error(), address_of_access(*current_, address)));
}

}  // namespace ingot::sim
