// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A result is filed under the SHA-256 of all that went into it. It is built in a temporary folder
// and renamed into place, so that nobody ever runs half a program.

#include "apps/build.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <sstream>

#include "base/hash.h"
#include "base/process.h"

namespace ingot::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char *kResult = "built";
constexpr int kErrorsShown = 3;

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

// What a compiler says of itself, asked once per process and PATH.
Result<std::string> version_of(const std::string &compiler) {
    static std::mutex mutex;
    static std::map<std::string, std::string> known;
    const char *path = std::getenv("PATH");
    const std::string key = compiler + '\n' + (path ? path : "");
    const std::lock_guard lock(mutex);
    if (const auto found = known.find(key); found != known.end()) return found->second;
    TRY(const Finished version, run_process({.argv = {compiler, "--version"}}));
    return known[key] = version.output;
}

std::string without(std::string text, const std::string &part) {
    const size_t at = part.empty() ? std::string::npos : text.find(part);
    return at == std::string::npos ? text : text.erase(at, part.size());
}

// Lines that say everything the result depends on. Paths of files read are left out: only their
// bytes matter.
Result<std::string> key_of(const Build &build) {
    TRY(std::string lines, version_of(build.compiler));
    for (const std::string &argument : build.arguments)
        lines += without(argument, build.home) + '\n';
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

// Of a memory that is too small a linker only says by how much, and of a name that nobody defines
// only that.
bool tells_of_error(const std::string &line) {
    constexpr const char *kSigns[] = {"error", "overflowed by", "undefined reference",
                                      "multiple definition"};
    return std::ranges::any_of(
        kSigns, [&](const char *sign) { return line.find(sign) != std::string::npos; });
}

// The first lines that tell of an error; all of it when none does.
std::string first_errors(const std::string &messages, int count) {
    std::istringstream stream(messages);
    std::string text;
    for (std::string line; count > 0 && std::getline(stream, line);) {
        if (!tells_of_error(line)) continue;
        text += (text.empty() ? "" : "\n  ") + line;
        --count;
    }
    return text.empty() ? messages : text;
}

Result<void> compile(const Build &build, const std::string &folder) {
    // Messages are read, so they have to be in the language of the "C" locale.
    std::vector<std::string> argv = {"env", "LC_ALL=C", build.compiler};
    argv.insert(argv.end(), build.arguments.begin(), build.arguments.end());
    argv.insert(argv.end(), {"-o", kResult});
    TRY(const Finished finished, run_process({.argv = argv, .folder = folder}));
    if (finished.status == 0) return {};
    if (!build.author.empty()) {
        return fail(Code::kProjectRefused, build.author,
                    fmt::format("{} refused it:\n  {}", build.compiler,
                                first_errors(finished.errors, kErrorsShown)));
    }
    return fail(Code::kInternal, build.compiler,
                fmt::format("refused code of ours: {}", first_errors(finished.errors, 1)));
}

Result<void> move(const std::string &from, const std::string &to) {
    std::error_code error;
    fs::rename(from, to, error);
    if (error) return fail(Code::kCannotWrite, to, error.message());
    return {};
}

}  // namespace

Result<std::string> build(const Build &build, const std::string &cache) {
    TRY(const std::string key, key_of(build));
    // Absolute, as the compiler that reads it next runs in a folder of its own.
    const std::string path = fs::absolute(fs::path(cache) / key).string();
    if (fs::exists(path)) return path;

    TRY_DO(make_folder(cache));
    TRY(const TemporaryFolder folder, TemporaryFolder::make(cache));
    TRY_DO(write_files(folder.path(), build.files));
    TRY_DO(compile(build, folder.path()));
    const std::string result = (fs::path(folder.path()) / kResult).string();
    for (const std::string &suffix : build.besides) TRY_DO(move(result + suffix, path + suffix));
    TRY_DO(move(result, path));  // Last: what is there is whole.
    return path;
}

}  // namespace ingot::cli
