// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reading files whole, and writing them so that nobody ever sees half a result.

#ifndef INGOT_BASE_FILES_H
#define INGOT_BASE_FILES_H

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ingot {

// Errors: FileMissing.
Result<std::vector<uint8_t>> read_file(const std::string &path);
Result<std::string> read_text(const std::string &path);

struct NamedFile {
    std::string name;  // Below the folder that it is written to; one folder may stand before it.
    std::vector<uint8_t> data;
};

NamedFile text_file(std::string name, std::string_view text);

// Writes all files into `folder`, which is made if need be, or none: whatever fails, the folder is
// left as it was. Files of the same names are replaced, others stay. Errors: CannotWrite.
Result<void> write_files(const std::string &folder, std::span<const NamedFile> files);

// Makes a folder and those above it. Errors: CannotWrite.
Result<void> make_folder(const std::string &folder);

// A folder of a fresh name inside `parent`, removed with all it holds at the end of its scope.
class TemporaryFolder {
public:
    static Result<TemporaryFolder> make(const std::string &parent);
    TemporaryFolder(TemporaryFolder &&other) noexcept : path_(std::move(other.path_)) {
        other.path_.clear();
    }
    TemporaryFolder &operator=(TemporaryFolder &&) = delete;
    ~TemporaryFolder();

    const std::string &path() const { return path_; }

private:
    explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
    std::string path_;
};

}  // namespace ingot

#endif
