// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The networks that tests run whole, and how they are run.

#ifndef INGOT_TESTS_NETWORKS_H
#define INGOT_TESTS_NETWORKS_H

#include <span>
#include <string>
#include <vector>

#include "apps/host_run.h"
#include "codegen/compile.h"

namespace ingot::test {

// A network beside the project and what reference kernels computed of it.
struct Network {
    std::string name;    // Empty: there is none; INGOT_SHARED is not set.
    std::string path;    // The .tflite file.
    std::string golden;  // Folder of s<k>_in<i>.npy, s<k>_ref_out<i>.npy and tensors/s1_t<N>.npy.
};

// Every network below $INGOT_SHARED/models, sorted; one without a name when there are none.
std::vector<Network> networks();

// Those with golden inner tensors, the same way.
std::vector<Network> whole_networks();

// The bytes of "s<sample>_<kind><i>.npy" for all i, one after the other; empty when there is none.
std::vector<uint8_t> golden_bytes(const Network &network, int sample, const std::string &kind,
                                  size_t count);

// Compiles and runs; a diagnostic fails the calling test by aborting it.
codegen::Program compiled(const std::string &path, const codegen::CompileOptions &options = {});
std::vector<uint8_t> run(const codegen::Program &program, std::span<const uint8_t> items,
                         cli::Wanted wanted = cli::Wanted::kOutputs);

}  // namespace ingot::test

#endif
