// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What a Cortex-M saves on the stack when it takes an exception, and gives back afterwards.

#ifndef INGOT_SIM_ARM_FRAME_H
#define INGOT_SIM_ARM_FRAME_H

#include <cstdint>
#include <optional>

#include "sim/core/system.h"

namespace ingot::sim {

// Saves the registers of the program that is interrupted, and enters handler mode. `was_thread`: no
// other exception is active. Answers the value for lr; nothing when the stack is outside of memory.
std::optional<uint32_t> push_frame(const SystemParts &parts, uint32_t exception, bool was_thread);

// Restores them and leaves handler mode, if `exception_return` says so. False, having restored
// nothing, when the stack is outside of memory.
bool pop_frame(const SystemParts &parts, uint32_t exception_return);

// Whether an exception returns to the program itself, not to another handler.
bool returns_to_thread(uint32_t exception_return);

}  // namespace ingot::sim

#endif
