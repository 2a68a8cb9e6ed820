// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Values of constants, and the arithmetic that computations with shapes are made of.
//
// Functions named fold_x compute the output of a node and return true, or return false and change
// nothing when an operand is not constant or the result would not be exact. Operators point to
// them.

#ifndef INGOT_CODEGEN_FOLD_H
#define INGOT_CODEGEN_FOLD_H

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "codegen/graph/graph.h"

namespace ingot::codegen {

// Constant, and with as many bytes as its shape says.
bool has_value(const Tensor &tensor);

// The elements at these positions, one after the other.
std::vector<uint8_t> elements_at(const Tensor &tensor, std::span<const int64_t> positions);

// The elements of a constant of numbers. Nothing where a double could not hold one exactly: beyond
// 2^53, or of another type.
std::optional<std::vector<double>> values_of(const Tensor &tensor);

// Fills a tensor of numbers, truncating towards zero where it holds integers. Returns false where a
// value does not fit its type, or their number not its shape.
bool set_values(Tensor &tensor, std::span<const double> values);

// Two operands of one type, int32, int64 or float32, broadcast; no fused activation.
bool fold_add(Graph &graph, const Node &node);
bool fold_sub(Graph &graph, const Node &node);
bool fold_mul(Graph &graph, const Node &node);
bool fold_minimum(Graph &graph, const Node &node);
bool fold_maximum(Graph &graph, const Node &node);
bool fold_floor_div(Graph &graph, const Node &node);
bool fold_floor_mod(Graph &graph, const Node &node);

// Numbers of any quantised type, or float16, to float32.
bool fold_dequantize(Graph &graph, const Node &node);

}  // namespace ingot::codegen

#endif
