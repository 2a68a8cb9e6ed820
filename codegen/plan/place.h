// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Gives every tensor of a program its place: constants in flash, the rest in the planned arena.

#ifndef INGOT_CODEGEN_PLACE_H
#define INGOT_CODEGEN_PLACE_H

#include <optional>

#include "codegen/program.h"

namespace ingot::codegen {

// Fills stored, plan, place and constants from graph and steps. A graph input lives from the first
// step until it is last read, a graph output from where it is written until the last step, scratch
// for the one step that asks for it. Scratch that a step can do without it gets where the arena
// grows by nothing.
void place_tensors(Program &program);

// The place of a step's scratch, where it has some.
std::optional<Place> scratch_place(const Program &program, size_t step);

}  // namespace ingot::codegen

#endif
