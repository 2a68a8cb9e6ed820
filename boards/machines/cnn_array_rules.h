// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What a CNN accelerator of the MAX7800x class cannot do, rule by rule: the table is
// cnn_array_rules.def, and each of its rows has a function and a diagnostic code of its own.

#ifndef INGOT_BOARDS_MACHINES_CNN_ARRAY_RULES_H
#define INGOT_BOARDS_MACHINES_CNN_ARRAY_RULES_H

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "boards/machines/cnn_array.h"
#include "boards/machines/cnn_array_placement.h"
#include "boards/machines/cnn_layer.h"

namespace ingot {

// What a rule is asked about: a network on an accelerator...
struct CnnWhole {
    const CnnArray &array;
    const CnnNetwork &network;
    const std::vector<CnnKernelPlace> &kernels;
};

// ...or one of its layers.
struct CnnPart {
    const CnnArray &array;
    const CnnNetwork &network;
    const std::vector<CnnKernelPlace> &kernels;
    int64_t index;
    const CnnLayer &layer;

    const CnnArrayLimits &limits() const { return array.limits; }
    bool is(CnnOperation operation) const { return layer.operation == operation; }
};

// What a rule objects to: what was found and what would be accepted, and what may help.
struct CnnFinding {
    std::string what;
    std::string hint = {};
};

using CnnVerdict = std::optional<CnnFinding>;

// Each rule, by its name. Rules expect a network whose layers name each other rightly.
namespace cnn_rules {
#define INGOT_CNN_LAYER_RULE(name, code, source, sentence) CnnVerdict name(const CnnPart &part);
#define INGOT_CNN_NETWORK_RULE(name, code, source, sentence) CnnVerdict name(const CnnWhole &whole);
#include "boards/machines/cnn_array_rules.def"
}  // namespace cnn_rules

struct CnnRule {
    std::string_view name;
    Code code;
    std::string_view source;
    std::string_view sentence;
    CnnVerdict (*of_layer)(const CnnPart &) = nullptr;  // One of the two is set.
    CnnVerdict (*of_network)(const CnnWhole &) = nullptr;
};

std::span<const CnnRule> cnn_rule_table();

// By name, or by the code's number; null when there is none.
const CnnRule *find_cnn_rule(std::string_view name_or_number);

struct CnnViolation {
    const CnnRule *rule = nullptr;
    int64_t layer = -1;  // -1: the network as a whole.
    CnnFinding finding;
};

// Every violated rule, in the order of the table, and of the layers for each.
std::vector<CnnViolation> cnn_violations(const CnnArray &array, const CnnNetwork &network);

// "net.yaml:12: layer 3 (residual)" is where.
Diagnostic to_diagnostic(const CnnNetwork &network, const CnnViolation &violation);

}  // namespace ingot

#endif
