// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What an accelerator program computes, in 64-bit integers and the slow, obvious way.

#ifndef INGOT_TESTS_SUPPORT_CNN_PROGRAM_REFERENCE_H
#define INGOT_TESTS_SUPPORT_CNN_PROGRAM_REFERENCE_H

#include <vector>

#include "tests/support/cnn_program/spec.h"

namespace ingot::test {

// What each layer writes, by layer. Looks at shapes and values only, not at places.
std::vector<CnnTensor> compute(const CnnProgramSpec &program);

}  // namespace ingot::test

#endif
