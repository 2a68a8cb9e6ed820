// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Real networks beside the project, for tests that skip themselves when they are not there.

#ifndef INGOT_TESTS_SHARED_MODELS_H
#define INGOT_TESTS_SHARED_MODELS_H

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace ingot::test {

// The folder `models` inside the one that INGOT_SHARED names; empty when there is none.
inline std::string shared_models_folder() {
    const char *shared = std::getenv("INGOT_SHARED");
    const std::string folder = shared ? std::string(shared) + "/models" : "";
    return std::filesystem::is_directory(folder) ? folder : "";
}

// Paths of all .tflite files in a folder below it ("models", "layers"), in alphabetical order.
inline std::vector<std::string> shared_tflite_files(const std::string &below) {
    std::vector<std::string> paths;
    if (shared_models_folder().empty()) return paths;
    for (const auto &entry :
         std::filesystem::directory_iterator(shared_models_folder() + "/" + below)) {
        if (entry.path().extension() == ".tflite") paths.push_back(entry.path().string());
    }
    std::ranges::sort(paths);
    return paths;
}

}  // namespace ingot::test

#endif
