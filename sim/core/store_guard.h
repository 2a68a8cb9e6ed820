// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Whether a function that is given a buffer stays inside it.

#ifndef INGOT_SIM_STORE_GUARD_H
#define INGOT_SIM_STORE_GUARD_H

#include <cstdint>
#include <optional>
#include <string>

#include "sim/core/image.h"

namespace ingot::sim {

// Watches what a function stores besides its stack. Its buffer is the variable that its first
// argument points into; what it stores behind that variable's end is not its own.
class StoreGuard {
public:
    StoreGuard() = default;  // Watches nothing.
    // `function`: null, or a symbol of the image, which is kept by the caller.
    StoreGuard(const Image &image, const Symbol *function) : image_(&image), function_(function) {}

    bool begins_at(uint32_t address) const { return function_ && address == function_->address; }
    bool watches(uint32_t address) const {
        return buffer_ && address - function_->address < function_->bytes;
    }

    // The function was called with this first argument.
    void enter(uint32_t argument);

    // It stores while its stack begins at `stack`.
    void store(uint32_t address, uint32_t bytes, uint32_t stack);

    // A sentence on the farthest store outside; nothing: it kept to its buffer.
    std::optional<std::string> finding() const;

private:
    const Image *image_ = nullptr;
    const Symbol *function_ = nullptr;
    const Symbol *buffer_ = nullptr;
    uint64_t end_ = 0;  // Behind the farthest store.
};

}  // namespace ingot::sim

#endif
