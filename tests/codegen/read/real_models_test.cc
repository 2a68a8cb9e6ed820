// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests on real networks, where they lie beside the project: each is read, and what was read is
// what another reader wrote into their manifest.

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "codegen/read/read.h"
#include "tests/support/shared_models.h"

namespace ingot::codegen {
namespace {

using nlohmann::json;
using test::shared_models_folder;
using test::shared_tflite_files;

json manifest() {
    std::ifstream stream(shared_models_folder() + "/manifest.json");
    return json::parse(stream);
}

// The file of a row of the manifest; empty for models in other formats.
std::string file_of(const json &row) {
    const std::string name = row.at("file");
    if (!name.ends_with(".tflite")) return {};
    const bool is_layer = std::string(row.at("name")).starts_with("layers");
    return shared_models_folder() + (is_layer ? "/layers/" : "/models/") + name;
}

void expect_tensor(const Tensor &tensor, const json &row) {
    EXPECT_EQ(tensor.name, row.at("name"));
    EXPECT_EQ(name(tensor.type), row.at("dtype"));
    EXPECT_EQ(json(tensor.shape), row.at("shape"));
    if (row.at("scale").is_null()) return;
    ASSERT_EQ(tensor.quantization.scale.size(), 1u);
    EXPECT_EQ(tensor.quantization.scale[0], row.at("scale").get<float>());
    EXPECT_EQ(tensor.quantization.zero_point[0], row.at("zp").get<int64_t>());
}

void expect_tensors(const Graph &graph, const std::vector<TensorId> &ids, const json &rows) {
    ASSERT_EQ(ids.size(), rows.size());
    for (size_t i = 0; i < ids.size(); ++i) expect_tensor(graph.tensors[ids[i]], rows[i]);
}

TEST(real_models, hold_what_their_manifest_says) {
    if (shared_models_folder().empty()) GTEST_SKIP() << "INGOT_SHARED does not name the models";
    for (const json &row : manifest()) {
        if (file_of(row).empty()) continue;
        SCOPED_TRACE(file_of(row));
        const auto graph = read_model(file_of(row));
        ASSERT_TRUE(graph) << to_string(graph.error());
        size_t operators = 0;
        for (const auto &[name, count] : row.at("ops").items()) operators += count.get<size_t>();
        EXPECT_EQ(graph->nodes.size(), operators);
        EXPECT_EQ(graph->source_hash, row.at("sha256"));
        expect_tensors(*graph, graph->inputs, row.at("inputs"));
        expect_tensors(*graph, graph->outputs, row.at("outputs"));
    }
}

TEST(real_models, are_all_read) {
    if (shared_models_folder().empty()) GTEST_SKIP() << "INGOT_SHARED does not name the models";
    for (const char *folder : {"models", "layers"}) {
        EXPECT_FALSE(shared_tflite_files(folder).empty());
        for (const std::string &path : shared_tflite_files(folder)) {
            const auto graph = read_model(path);
            EXPECT_TRUE(graph) << to_string(graph.error());
        }
    }
}

TEST(real_models, give_a_bias_its_channels_where_its_converter_miscounted_dimensions) {
    if (shared_models_folder().empty()) GTEST_SKIP() << "INGOT_SHARED does not name the models";
    const auto graph = read_model(shared_models_folder() + "/models/tflm_person_detect.tflite");
    ASSERT_TRUE(graph) << to_string(graph.error());
    int biases = 0;
    for (const Tensor &tensor : graph->tensors) {
        if (tensor.type != Type::kInt32 || !tensor.quantization.per_channel()) continue;
        EXPECT_EQ(tensor.quantization.axis, 0);
        ++biases;
    }
    EXPECT_EQ(biases, 28);
}

}  // namespace
}  // namespace ingot::codegen
