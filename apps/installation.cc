// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Finds Ingot's own files.

#include "apps/installation.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace ingot::cli {

namespace fs = std::filesystem;

Installation find_installation() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    return {.root = program.parent_path().parent_path().string()};
}

std::vector<std::string> model_names(const Installation &installation) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto &entry : fs::directory_iterator(installation.models(), error)) {
        const std::string name = entry.path().filename().string();
        if (fs::exists(installation.model(name))) names.push_back(name);
    }
    std::ranges::sort(names);
    return names;
}

std::string default_cache() {
    const char *cache = std::getenv("XDG_CACHE_HOME");
    if (cache && *cache) return std::string(cache) + "/ingot";
    const char *home = std::getenv("HOME");
    if (home && *home) return std::string(home) + "/.cache/ingot";
    return (fs::temp_directory_path() / "ingot-cache").string();
}

}  // namespace ingot::cli
