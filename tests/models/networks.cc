// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Finds networks and runs them on this machine.

#include "tests/models/networks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/files.h"
#include "base/npy.h"

namespace ingot::test {
namespace {

namespace fs = std::filesystem;

void add_networks(const fs::path &folder, const fs::path &golden, std::vector<Network> &found) {
    if (!fs::is_directory(folder)) return;
    for (const auto &entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".tflite") continue;
        const std::string name = entry.path().stem().string();
        found.push_back({name, entry.path().string(), (golden / name).string()});
    }
}

}  // namespace

std::vector<Network> networks() {
    std::vector<Network> found;
    if (const char *shared = std::getenv("INGOT_SHARED")) {
        const fs::path models = fs::path(shared) / "models";
        add_networks(models / "models", models / "golden", found);
        add_networks(models / "layers", models / "golden" / "layers", found);
    }
    if (found.empty()) found.emplace_back();
    std::ranges::sort(found, {}, &Network::name);
    return found;
}

std::vector<Network> whole_networks() {
    std::vector<Network> found = networks();
    std::erase_if(found, [](const Network &network) {
        return !fs::is_directory(fs::path(network.golden) / "tensors");
    });
    if (found.empty()) found.emplace_back();
    return found;
}

std::vector<uint8_t> golden_bytes(const Network &network, int sample, const std::string &kind,
                                  size_t count) {
    std::vector<uint8_t> bytes;
    for (size_t i = 0; i < count; ++i) {
        const auto array =
            read_npy(fmt::format("{}/s{}_{}{}.npy", network.golden, sample, kind, i));
        if (!array) return {};
        bytes.insert(bytes.end(), array->data.begin(), array->data.end());
    }
    return bytes;
}

codegen::Program compiled(const std::string &path, const codegen::CompileOptions &options) {
    Result<codegen::Program> program = codegen::compile(path, options);
    if (!program) fmt::print(stderr, "{}\n", to_string(program.error()));
    INGOT_CHECK(program.has_value());
    return std::move(*program);
}

std::vector<uint8_t> run(const codegen::Program &program, std::span<const uint8_t> items,
                         cli::Wanted wanted) {
    const cli::HostOptions options{.installation = {INGOT_BUILD},
                                   .cache = std::string(INGOT_BUILD) + "/test-cache",
                                   .wanted = wanted};
    Result<cli::HostRun> run = cli::run_on_host(program, items, options);
    if (!run) fmt::print(stderr, "{}\n", to_string(run.error()));
    INGOT_CHECK(run.has_value());
    return std::move(run->results);
}

}  // namespace ingot::test
