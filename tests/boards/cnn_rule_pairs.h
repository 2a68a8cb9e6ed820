// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A small legal network for a CNN accelerator, and changes to it: for each rule one that just
// passes and one that just fails.

#ifndef INGOT_TESTS_CNN_RULE_PAIRS_H
#define INGOT_TESTS_CNN_RULE_PAIRS_H

#include <span>

#include "boards/machines/cnn_array_rules.h"

namespace ingot::test {

enum class Part { kMax78000, kMax78002 };

const CnnArray &array(Part part);

// Three layers, each from 8 to 8 channels of 16x16: Conv2d, pass-through, Conv2d.
CnnNetwork legal_network();

using Change = void (*)(CnnNetwork &network);

struct RulePair {
    Code code;
    Part part;
    Change passes;
    Change fails;
};

// Of the rules in cnn_shape_rules.cc, and of those in cnn_place_rules.cc.
std::span<const RulePair> shape_rule_pairs();
std::span<const RulePair> place_rule_pairs();

// -- changes that both use ------------------------------------------------------------------------

constexpr Part k0 = Part::kMax78000;
constexpr Part k2 = Part::kMax78002;

constexpr uint64_t first(int64_t count) { return ~uint64_t{0} >> (64 - count); }

// The first layer alone, with so many channels in and out.
CnnLayer &alone(CnnNetwork &net, int64_t in = 8, int64_t out = 8);

CnnLayer &pass(CnnNetwork &net, int64_t channels);
CnnLayer &depthwise(CnnNetwork &net, int64_t channels = 8);
CnnLayer &add(CnnLayer &layer, int64_t operands);
CnnLayer &pool(CnnLayer &layer, int64_t size, int64_t stride = 1);

// Another size, with the output in other instances of data memory if it needs few.
CnnLayer &sized(CnnLayer &layer, int64_t height, int64_t width);

// The first `count` of so many layers stream.
void stream(CnnNetwork &net, size_t count, size_t layers = 3);

}  // namespace ingot::test

#endif
