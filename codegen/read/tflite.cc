// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reads a TFLite model.

#include "base/hash.h"
#include "codegen/read/check.h"
#include "codegen/read/names.h"
#include "codegen/read/read.h"
#include "codegen/read/tflite_source.h"

namespace ingot::codegen {

Result<Graph> read_tflite(std::span<const uint8_t> bytes, std::string_view where) {
    // A copy is aligned as flatbuffers need it, whatever the caller's bytes are.
    const std::vector<uint8_t> aligned(bytes.begin(), bytes.end());
    TRY(const Source source, open_tflite(aligned, where));

    Graph graph;
    graph.name = c_identifier(where);
    graph.source_hash = sha256_hex(bytes);
    for (int i = 0; i < length(source.main->tensors()); ++i) {
        TRY(Tensor tensor, read_tensor(source, i));
        graph.tensors.push_back(std::move(tensor));
    }
    for (int i = 0; i < length(source.main->operators()); ++i) {
        TRY(Node node, read_node(source, graph.tensors, i));
        graph.nodes.push_back(std::move(node));
    }
    graph.inputs = copy_of(source.main->inputs());
    graph.outputs = copy_of(source.main->outputs());
    name_nodes(graph);
    TRY_DO(check_order(graph, where));
    return graph;
}

}  // namespace ingot::codegen
