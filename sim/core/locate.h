// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Which instruction of a block made an access? The emulator tells the block and the address only.

#ifndef INGOT_SIM_LOCATE_H
#define INGOT_SIM_LOCATE_H

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "sim/core/instruction.h"

namespace ingot::sim {

using RegisterFile = std::array<uint32_t, 32>;

// Index of the first load or store, from index `first` on, whose address, from the registers as
// they are at the access, is that of the access; if there is none, one before it. An earlier one
// may answer when its address is computed from registers that have changed since to fit by chance.
// Nothing: none fits.
std::optional<size_t> locate_access(Isa isa, std::span<const uint8_t> code,
                                    std::span<const Instruction> block, uint32_t address,
                                    const RegisterFile &registers, size_t first = 0);

}  // namespace ingot::sim

#endif
