// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Models that come with inputs and the outputs expected of them.

#ifndef INGOT_APPS_SAMPLES_H
#define INGOT_APPS_SAMPLES_H

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "apps/host_run.h"
#include "apps/installation.h"
#include "base/npy.h"
#include "base/result.h"
#include "codegen/graph/graph.h"

namespace ingot::cli {

// Where a model lies, and how its samples are called: {0} is the sample, {1} the tensor.
struct SampledModel {
    std::string name;
    std::string path;
    std::string folder;
    std::string input;   // "sample{0}_in{1}.npy"
    std::string output;  // "sample{0}_out{1}.npy"
};

// The shipped models, then those of the folder in the environment variable INGOT_SHARED.
std::vector<SampledModel> sampled_models(const Installation &installation);

struct Verified {
    int64_t samples = 0;  // 0: the model has none, and ran on random input.
    int64_t exact = 0;    // Samples whose every output is equal to the bit.
    double seconds = 0;   // For the fastest sample; 0: not known.
};

// Runs items, as run_on_host() does.
using Runner = std::function<Result<HostRun>(std::span<const uint8_t> items)>;

// Runs the first `most` samples and compares. A model without samples runs once on random input,
// which is compared with nothing. Errors: those of reading samples, and of `run`.
Result<Verified> verify(const codegen::Graph &graph, const SampledModel &model, const Runner &run,
                        size_t most = SIZE_MAX);

}  // namespace ingot::cli

#endif
