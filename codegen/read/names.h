// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Names that strangers chose, made fit for reports, comments and generated code.

#ifndef INGOT_CODEGEN_READ_NAMES_H
#define INGOT_CODEGEN_READ_NAMES_H

#include <string>
#include <string_view>

#include "codegen/graph/graph.h"

namespace ingot::codegen {

// Letters, digits, spaces and "_-.,:;/+=()[]@#" as they are, an underscore for any other byte:
// nothing that would end a comment, a string or a line, or mean something to a shell or a browser.
std::string clean_name(std::string_view name);

// "model/conv2d_3/BiasAdd;model/conv2d_3/Conv2D" is "conv2d_3/BiasAdd": what the first of several
// names says about the layer. Empty when that is longer than a column of a report.
std::string short_name(std::string_view tensor_name);

// "models/KWS-int8.tflite" is "kws_int8": lower case, and neither empty, nor a word of C or C++,
// nor the start of a name of Ingot's own libraries.
std::string c_identifier(std::string_view path);

// Names each node by its first output, or by its operator and index; no name twice.
void name_nodes(Graph &graph);

}  // namespace ingot::codegen

#endif
