// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Every unary function of an int8 tensor: a table of 256 results. Attribute "function" names it, as
// functions.cc lists them.

#include <fmt/format.h>

#include <algorithm>

#include "codegen/ops/functions.h"
#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"

namespace ingot::codegen {
namespace {

// A name that can be a template argument.
template <size_t kSize>
struct Name {
    consteval Name(const char (&name)[kSize]) { std::copy_n(name, kSize, text); }
    char text[kSize] = {};
};

template <Name kName>
void named(const Options &, Attributes &attributes) {
    attributes.set("function", std::string(kName.text));
}

void read_leaky_relu(const Options &options, Attributes &attributes) {
    attributes.set("function", std::string("leaky_relu"));
    attributes.set("alpha", options.float32(0));
}

void read_gelu(const Options &options, Attributes &attributes) {
    const bool is_approximate = options.int8(0) != 0;
    attributes.set("function", std::string(is_approximate ? "gelu_tanh" : "gelu"));
}

constexpr Import kImports[] = {
    {"ABS", named<"abs">},
    {"CEIL", named<"ceil">},
    {"COS", named<"cos">},
    {"ELU", named<"elu">},
    {"EXP", named<"exp">},
    {"FLOOR", named<"floor">},
    {"GELU", read_gelu},
    {"HARD_SWISH", named<"hard_swish">},
    {"LEAKY_RELU", read_leaky_relu},
    {"LOG", named<"log">},
    {"LOGISTIC", named<"logistic">},
    {"NEG", named<"neg">},
    {"RELU", named<"relu">},
    {"RELU6", named<"relu6">},
    {"RELU_0_TO_1", named<"relu_0_to_1">},
    {"RELU_N1_TO_1", named<"relu_n1_to_1">},
    {"ROUND", named<"round">},
    {"RSQRT", named<"rsqrt">},
    {"SIGN", named<"sign">},
    {"SIN", named<"sin">},
    {"SQRT", named<"sqrt">},
    {"SQUARE", named<"square">},
    {"TANH", named<"tanh">},
};

Result<Lowered> lower(const Site &site) {
    TRY_DO(require_int8(site, 1));
    if (site.input(0).shape != site.output().shape) {
        return site.fail(
            Code::kModelInconsistent,
            fmt::format("input {} and output {} differ in shape", to_string(site.input(0).shape),
                        to_string(site.output().shape)));
    }
    TRY(const FunctionTable table, tabulate(site));
    const std::span<const int8_t> entries = table;
    const auto *bytes = reinterpret_cast<const uint8_t *>(entries.data());
    return Lowered{.params = Params()
                                 .add("count", element_count(site.input(0).shape))
                                 .add("table", bytes_array({bytes, entries.size()})),
                   .inputs = {site.node.inputs[0]},
                   .outputs = site.node.outputs};
}

}  // namespace

const Operator k_lut = {.name = "lut", .imports = kImports, .lower = lower};

}  // namespace ingot::codegen
