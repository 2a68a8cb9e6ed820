// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A generator of C can size a buffer for one output and fill it with several; the variables behind
// it are then overwritten, and nothing on silicon says so.

#include "sim/core/store_guard.h"

#include <fmt/format.h>

#include <algorithm>

namespace ingot::sim {
namespace {

uint64_t end_of(const Symbol &symbol) { return uint64_t{symbol.address} + symbol.bytes; }

const Symbol *variable_at(const Image &image, uint32_t address) {
    const auto holds = [&](const Symbol &symbol) {
        return !symbol.is_function && symbol.address <= address && address < end_of(symbol);
    };
    const auto at = std::ranges::find_if(image.symbols, holds);
    return at == image.symbols.end() ? nullptr : &*at;
}

}  // namespace

void StoreGuard::enter(uint32_t argument) {
    buffer_ = variable_at(*image_, argument);
    if (buffer_) end_ = std::max(end_, end_of(*buffer_));
}

void StoreGuard::store(uint32_t address, uint32_t bytes, uint32_t stack) {
    if (address < buffer_->address) return;
    const bool is_stack_behind = stack > buffer_->address;  // Else all of it lies before.
    if (is_stack_behind && address >= stack) return;
    end_ = std::max(end_, uint64_t{address} + bytes);
}

std::optional<std::string> StoreGuard::finding() const {
    if (!buffer_ || end_ <= end_of(*buffer_)) return {};
    const Symbol *next = variable_at(*image_, static_cast<uint32_t>(end_of(*buffer_)));
    return fmt::format("{} writes {} B past the end of {}, which has {} B{}", function_->shown,
                       end_ - end_of(*buffer_), buffer_->shown, buffer_->bytes,
                       next ? ", into " + next->shown : "");
}

}  // namespace ingot::sim
