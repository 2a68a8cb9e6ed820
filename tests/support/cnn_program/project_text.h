// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Text of C projects for the accelerator. Words in @these@ are filled in.

#ifndef INGOT_TESTS_SUPPORT_CNN_PROGRAM_PROJECT_TEXT_H
#define INGOT_TESTS_SUPPORT_CNN_PROGRAM_PROJECT_TEXT_H

#include <string_view>

namespace ingot::test {

extern const std::string_view kCnnHeader;      // cnn.h
extern const std::string_view kCnnSource;      // cnn.c
extern const std::string_view kMainSource;     // main.c
extern const std::string_view kSoftmaxSource;  // softmax.c

}  // namespace ingot::test

#endif
