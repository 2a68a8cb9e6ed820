// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The table of rules, and how all of them are asked.

#include "boards/machines/cnn_array_rules.h"

#include <fmt/format.h>

namespace ingot {
namespace {

constexpr CnnRule kRules[] = {
#define INGOT_CNN_LAYER_RULE(name, code, source, sentence) \
    {#name, code, source, sentence, cnn_rules::name, nullptr},
#define INGOT_CNN_NETWORK_RULE(name, code, source, sentence) \
    {#name, code, source, sentence, nullptr, cnn_rules::name},
#include "boards/machines/cnn_array_rules.def"
};

}  // namespace

std::span<const CnnRule> cnn_rule_table() { return kRules; }

const CnnRule *find_cnn_rule(std::string_view name_or_number) {
    for (const CnnRule &rule : kRules) {
        if (rule.name == name_or_number || number(rule.code) == name_or_number) return &rule;
    }
    return nullptr;
}

std::vector<CnnViolation> cnn_violations(const CnnArray &array, const CnnNetwork &network) {
    const std::vector<CnnKernelPlace> kernels = place_kernels(array, network);
    std::vector<CnnViolation> violations;
    for (const CnnRule &rule : kRules) {
        if (rule.of_network) {
            const CnnVerdict verdict = rule.of_network({array, network, kernels});
            if (verdict) violations.push_back({&rule, -1, *verdict});
            continue;
        }
        for (size_t i = 0; i < network.layers.size(); ++i) {
            const auto index = static_cast<int64_t>(i);
            const CnnVerdict verdict =
                rule.of_layer({array, network, kernels, index, network.layers[i]});
            if (verdict) violations.push_back({&rule, index, *verdict});
        }
    }
    return violations;
}

Diagnostic to_diagnostic(const CnnNetwork &network, const CnnViolation &violation) {
    std::string where = network.name;
    if (violation.layer >= 0) {
        const int64_t line = network.layers[violation.layer].line;
        if (line > 0) where += fmt::format(":{}", line);
        where += fmt::format(": {}", layer_text(network, violation.layer));
    }
    return {violation.rule->code, std::move(where), violation.finding.what, violation.finding.hint};
}

}  // namespace ingot
