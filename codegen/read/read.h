// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Model files in, graphs out.

#ifndef INGOT_CODEGEN_READ_H
#define INGOT_CODEGEN_READ_H

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "codegen/graph/graph.h"

namespace ingot::codegen {

// Reads a model file by its content, not its name. Errors: FileMissing, and those of read_tflite.
// The graph is named after the file.
Result<Graph> read_model(const std::string &path);

// Reads a TFLite flatbuffer. Every offset is verified before it is followed, so any bytes give a
// graph or a diagnostic: ModelUnknown, ModelCorrupt, ModelIsPointer, ModelVersion,
// ModelInconsistent, ModelTooLarge, ModelSubgraphs, ModelFeature, QuantizationWrong,
// OperatorUnknown, OperatorCustom. `where` is the file's path or name; diagnostics start with it.
//
// Types and quantisation are read as they are: whether they can be executed is asked of the
// operators later. Of every graph that is read, this holds: nodes stand in an executable order and
// have a first input and an output; each tensor has one writer at most; inputs, constants and
// computed tensors are disjoint, and outputs are computed; constants have the length that their
// shape and type ask for, where elements have a size; per-channel scales are as many as the axis
// has channels. Names hold no character that could end a comment, a string or a line.
Result<Graph> read_tflite(std::span<const uint8_t> bytes, std::string_view where);

}  // namespace ingot::codegen

#endif
