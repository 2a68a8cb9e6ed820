// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Writes accelerator programs as C, in the layout of the vendor's generator: functions, calls and
// files are those that people's projects have, the text is our own.

#ifndef INGOT_TESTS_SUPPORT_CNN_PROGRAM_PROJECT_H
#define INGOT_TESTS_SUPPORT_CNN_PROGRAM_PROJECT_H

#include <cstddef>
#include <string>
#include <vector>

#include "boards/machines/cnn_array.h"
#include "tests/support/cnn_program/spec.h"

namespace ingot::test {

struct NamedFile {
    std::string name;
    std::string text;
};

struct CnnProject {
    std::string name;
    CnnProgramSpec spec;
    std::vector<size_t> outputs;  // Layers whose output is checked and unloaded; all of one width.
    bool classifies = false;      // Softmax over the wide outputs.
};

// cnn.c, cnn.h, main.c, weights.h, sampledata.h, sampleoutput.h and softmax.c.
std::vector<NamedFile> write_project(const CnnArray &array, const CnnProject &project);

enum class SampleProject {
    kClassifier,  // MAX78000: three layers, planar input, 4-bit weights, wide output.
    kResidual,    // MAX78000: FIFO, two streaming layers, element-wise sum, two output layers.
    kDepthwise,   // MAX78002: depthwise, dilated pooling, layers that jump.
};
CnnProject sample_spec(SampleProject which);
std::vector<NamedFile> sample_project(SampleProject which, const CnnArray &array);

}  // namespace ingot::test

#endif
