// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A small sound network around each TFLite operator that Ingot imports: where fuzzing starts, and
// what tests walk through that want to have seen every operator.

#ifndef INGOT_TESTS_OPERATOR_NETWORKS_H
#define INGOT_TESTS_OPERATOR_NETWORKS_H

#include <string>
#include <vector>

#include "tests/support/tflite_builder.h"

namespace ingot::test {

struct OperatorNetwork {
    std::string op;                      // "CONV_2D"
    std::vector<TfliteTensor> operands;  // Those without data are inputs of the network.
    std::vector<TfliteTensor> results;
    std::vector<TfliteOption> options = {};
    bool is_guess = false;  // One image in, one out: all that is known of this operator here.
};

std::vector<OperatorNetwork> operator_networks();

TfliteBuilder model_of(const OperatorNetwork &network);

}  // namespace ingot::test

#endif
