// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reads the vendor's YAML description of a network for the MAX78000 or MAX78002. The weights are in
// another file, so that sizes must be had from elsewhere; where each comes from is told.

#ifndef INGOT_CODEGEN_READ_AI8X_YAML_H
#define INGOT_CODEGEN_READ_AI8X_YAML_H

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "boards/machines/cnn_layer.h"

namespace ingot::codegen {

struct CnnInputShape {
    int64_t channels = 0;
    CnnExtent extent = {};
};

// "3x32x32", or "128x128" for data of one dimension. Errors: Usage.
Result<CnnInputShape> parse_input_shape(const std::string &text);

// A value that the file does not give.
struct ValueOrigin {
    int64_t layer = 0;        // kCnnInput: of the network's input.
    std::string value;        // "16 output channels"
    std::string source;       // "inferred from the processors of layer 1"
    bool is_assumed = false;  // It could be another one.
};

struct NetworkDescription {
    CnnNetwork network;  // Named after the file.
    std::string arch;
    std::string dataset;
    std::vector<ValueOrigin> origins;
};

// Whether a file describes a network: by its extension, .yaml or .yml, or by its first bytes.
bool is_network_description(const std::string &path);

// Sizes stand in the file, or come from `input_shape`, from the data set's name, from the layers
// that take them in, or from the number of processors that handle them. Layers of the network that
// is read name each other rightly; each has an input and at least one channel. Errors: FileMissing,
// NetworkUnreadable, NetworkKey, NetworkValue, NetworkShapeUnknown, NetworkInconsistent.
Result<NetworkDescription> read_network(const std::string &path,
                                        const std::optional<CnnInputShape> &input_shape);

// The same for a text; `where` is the file's path or name.
Result<NetworkDescription> read_ai8x_yaml(const std::string &text, const std::string &where,
                                          const std::optional<CnnInputShape> &input_shape);

}  // namespace ingot::codegen

#endif
