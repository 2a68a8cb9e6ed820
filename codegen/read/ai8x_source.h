// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What a vendor's YAML description of a network for the MAX78000 or MAX78002 says by itself: keys
// and values, before layers are looked up by name and sizes follow from each other.

#ifndef INGOT_CODEGEN_READ_AI8X_SOURCE_H
#define INGOT_CODEGEN_READ_AI8X_SOURCE_H

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "boards/machines/cnn_layer.h"

namespace ingot::codegen {

// A layer by its number or name, as written.
struct Ai8xName {
    std::string text;
    int64_t line = 0;
};

struct Ai8xLayer {
    CnnLayer layer;  // But for what follows, which may be missing.
    int64_t sequence = 0;
    std::optional<int64_t> input_channels = {};
    std::optional<CnnExtent> input = {};
    CnnExtent crop = {0, 0};  // Rows left out at the beginning, and at the end.
    std::optional<int64_t> output_channels = {};
    std::optional<uint64_t> output_processors = {};
    std::optional<int64_t> input_offset = {};
    std::optional<std::vector<Ai8xName>> inputs = {};
    std::optional<Ai8xName> next = {};
    std::optional<Ai8xName> weights_of = {};
    bool tells_weight_bits = false;
};

struct Ai8xSource {
    std::string where;  // The file's path or name.
    std::string arch;
    std::string dataset;
    int64_t dataset_line = 0;
    std::optional<uint64_t> output_map = {};
    std::optional<CnnDataBuffer> buffer = {};
    bool snoops = false;
    std::vector<Ai8xLayer> layers = {};  // By their sequence numbers, each of which is there once.
};

// Errors: NetworkUnreadable, NetworkKey, NetworkValue, NetworkInconsistent.
Result<Ai8xSource> read_ai8x_source(const std::string &text, const std::string &where);

}  // namespace ingot::codegen

#endif
