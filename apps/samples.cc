// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Finds samples by their names, and compares what a program makes of them.

#include "apps/samples.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "apps/batch.h"

namespace ingot::cli {
namespace {

namespace fs = std::filesystem;

std::string path_of(const SampledModel &model, const std::string &pattern, size_t sample,
                    size_t tensor) {
    return model.folder + "/" + fmt::format(fmt::runtime(pattern), sample, tensor);
}

Result<std::vector<Npy>> read_all(const SampledModel &model, const std::string &pattern,
                                  size_t sample, size_t count) {
    std::vector<Npy> arrays;
    for (size_t i = 0; i < count; ++i) {
        TRY(Npy array, read_npy(path_of(model, pattern, sample, i)));
        arrays.push_back(std::move(array));
    }
    return arrays;
}

// The paths of one sample's inputs, for diagnostics.
std::vector<std::string> input_paths(const SampledModel &model, size_t sample, size_t count) {
    std::vector<std::string> paths;
    for (size_t i = 0; i < count; ++i) paths.push_back(path_of(model, model.input, sample, i));
    return paths;
}

// The inputs of all samples as items, and the bytes that their outputs should be. Where there are
// no samples, one random item.
struct Samples {
    size_t count = 0;
    std::vector<uint8_t> items;
    std::vector<uint8_t> expected;
};

Result<std::vector<uint8_t>> random_item(const codegen::Graph &graph) {
    const std::vector<Npy> arrays = random_inputs(graph);
    TRY(Batch batch, make_batch(graph, arrays, std::vector<std::string>(arrays.size())));
    return std::move(batch.items);
}

Result<Samples> read_samples(const codegen::Graph &graph, const SampledModel &model, size_t most) {
    Samples samples;
    for (; samples.count < most; ++samples.count) {
        if (!fs::exists(path_of(model, model.input, samples.count, 0))) break;
        const size_t inputs = graph.inputs.size(), outputs = graph.outputs.size();
        TRY(const auto arrays, read_all(model, model.input, samples.count, inputs));
        TRY(const Batch batch,
            make_batch(graph, arrays, input_paths(model, samples.count, inputs)));
        TRY(const auto answers, read_all(model, model.output, samples.count, outputs));
        samples.items.insert(samples.items.end(), batch.items.begin(), batch.items.end());
        for (const Npy &answer : answers) {
            samples.expected.insert(samples.expected.end(), answer.data.begin(), answer.data.end());
        }
    }
    if (samples.count == 0) {
        TRY(samples.items, random_item(graph));
    }
    return samples;
}

std::vector<SampledModel> shared_models(const fs::path &shared) {
    std::vector<SampledModel> models;
    std::error_code error;
    for (const auto &entry : fs::directory_iterator(shared / "models" / "models", error)) {
        if (entry.path().extension() != ".tflite") continue;
        const std::string name = entry.path().stem().string();
        models.push_back({.name = name,
                          .path = entry.path().string(),
                          .folder = (shared / "models" / "golden" / name).string(),
                          .input = "s{0}_in{1}.npy",
                          .output = "s{0}_ref_out{1}.npy"});
    }
    std::ranges::sort(models, {}, &SampledModel::name);
    return models;
}

}  // namespace

std::vector<SampledModel> sampled_models(const Installation &installation) {
    std::vector<SampledModel> models;
    for (const std::string &name : model_names(installation)) {
        models.push_back({.name = name,
                          .path = installation.model(name),
                          .folder = installation.models() + "/" + name + "/samples",
                          .input = "sample{0}_in{1}.npy",
                          .output = "sample{0}_out{1}.npy"});
    }
    const char *shared = std::getenv("INGOT_SHARED");
    if (shared && *shared) std::ranges::move(shared_models(shared), std::back_inserter(models));
    return models;
}

Result<Verified> verify(const codegen::Graph &graph, const SampledModel &model, const Runner &run,
                        size_t most) {
    TRY(const Samples samples, read_samples(graph, model, most));
    TRY(const HostRun result, run(samples.items));
    Verified verified{.samples = static_cast<int64_t>(samples.count), .seconds = result.seconds};
    if (samples.count == 0 || samples.expected.size() != result.results.size()) return verified;
    const size_t bytes = result.results.size() / samples.count;
    for (size_t i = 0; i < samples.count; ++i) {
        const auto computed = result.results.begin() + static_cast<ptrdiff_t>(i * bytes);
        const auto expected = samples.expected.begin() + static_cast<ptrdiff_t>(i * bytes);
        if (std::equal(computed, computed + static_cast<ptrdiff_t>(bytes), expected)) {
            ++verified.exact;
        }
    }
    return verified;
}

}  // namespace ingot::cli
