// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Writes small models for a fuzzer to start from.
//
// usage: write_seeds FOLDER

#include <fmt/format.h>

#include "base/files.h"
#include "tests/support/operator_networks.h"

int main(int count, char **arguments) {
    using namespace ingot;
    if (count != 2) {
        fmt::print(stderr, "usage: write_seeds FOLDER\n");
        return static_cast<int>(Exit::kUsage);
    }
    std::vector<NamedFile> seeds;
    for (const test::OperatorNetwork &network : test::operator_networks()) {
        seeds.push_back({network.op, test::model_of(network).finish()});
    }
    const auto written = write_files(arguments[1], seeds);
    if (written) return 0;
    fmt::print(stderr, "{}\n", to_string(written.error()));
    return static_cast<int>(exit_of(written.error().code));
}
