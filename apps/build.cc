// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A result is filed under the SHA-256 of all that went into it. It is built in a temporary folder
// and renamed into place, so that nobody ever runs half a program.

#include "apps/build.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "base/hash.h"
#include "base/process.h"

namespace ingot::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char *kResult = "built";

std::string hash_of(std::string_view text) {
    return sha256_hex({reinterpret_cast<const uint8_t *>(text.data()), text.size()});
}

Result<std::string> hash_of_file(const fs::path &path) {
    TRY(const std::vector<uint8_t> bytes, read_file(path.string()));
    return sha256_hex(bytes);
}

// The files of a folder, or the file itself.
std::vector<fs::path> files_of(const std::string &path) {
    if (!fs::is_directory(path)) return {path};
    std::vector<fs::path> files;
    for (const auto &entry : fs::directory_iterator(path)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

// Lines that say everything the result depends on. Paths of files read are left out: only their
// bytes matter.
Result<std::string> key_of(const Build &build) {
    TRY(const Finished version, run_process({.argv = {build.compiler, "--version"}}));
    std::string lines = version.output;
    for (const std::string &argument : build.arguments) lines += argument + '\n';
    for (const NamedFile &file : build.files) {
        lines += fmt::format("{} {}\n", file.name, sha256_hex(file.data));
    }
    for (const std::string &path : build.reads) {
        for (const fs::path &file : files_of(path)) {
            TRY(const std::string hash, hash_of_file(file));
            lines += fmt::format("{} {}\n", file.filename().string(), hash);
        }
    }
    return hash_of(lines);
}

// The first line that tells of an error; all of it when none does.
std::string first_error(const std::string &messages) {
    std::istringstream stream(messages);
    for (std::string line; std::getline(stream, line);) {
        if (line.find("error") != std::string::npos) return line;
    }
    return messages;
}

Result<void> compile(const Build &build, const std::string &folder) {
    std::vector<std::string> argv = {build.compiler};
    argv.insert(argv.end(), build.arguments.begin(), build.arguments.end());
    argv.insert(argv.end(), {"-o", kResult});
    TRY(const Finished finished, run_process({.argv = argv, .folder = folder}));
    if (finished.status == 0) return {};
    return fail(Code::kInternal, build.compiler,
                fmt::format("refused code of ours: {}", first_error(finished.errors)));
}

}  // namespace

Result<std::string> build(const Build &build, const std::string &cache) {
    TRY(const std::string key, key_of(build));
    const std::string path = (fs::path(cache) / key).string();
    if (fs::exists(path)) return path;

    TRY_DO(make_folder(cache));
    TRY(const TemporaryFolder folder, TemporaryFolder::make(cache));
    TRY_DO(write_files(folder.path(), build.files));
    TRY_DO(compile(build, folder.path()));
    std::error_code error;
    fs::rename(fs::path(folder.path()) / kResult, path, error);
    if (error) return fail(Code::kCannotWrite, path, error.message());
    return path;
}

}  // namespace ingot::cli
