// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests that walk through every operator that can be imported. One whose network in
// operator_networks.cc does not suit it gets a row there.

#include "codegen/ops/operators.h"

#include <gtest/gtest.h>

#include "codegen/compile.h"
#include "codegen/read/read.h"
#include "tests/support/operator_networks.h"

namespace ingot::codegen {
namespace {

using test::model_of;
using test::operator_networks;
using test::OperatorNetwork;

TEST(operators, are_all_read) {
    for (const OperatorNetwork &network : operator_networks()) {
        SCOPED_TRACE(network.op);
        const auto graph = read_tflite(model_of(network).finish(), "operator.tflite");
        ASSERT_TRUE(graph) << to_string(graph.error());
        EXPECT_EQ(graph->nodes[0].op, find_tflite(network.op).op);
    }
}

TEST(operators, become_programs_in_their_networks) {
    for (const OperatorNetwork &network : operator_networks()) {
        if (network.op == "MIRROR_PAD") continue;  // Read for its diagnostic; it has no kernel.
        auto graph = read_tflite(model_of(network).finish(), "operator.tflite");
        ASSERT_TRUE(graph) << to_string(graph.error());
        const auto program = compile(std::move(*graph), {});
        if (!program && network.is_guess) {
            EXPECT_EQ(exit_of(program.error().code), Exit::kUnsupported) << network.op;
            continue;
        }
        EXPECT_TRUE(program) << network.op << ": " << to_string(program.error());
    }
}

}  // namespace
}  // namespace ingot::codegen
