// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reads a model from a file, by what is in it.

#include <fmt/format.h>

#include <filesystem>

#include "base/files.h"
#include "codegen/read/read.h"

namespace ingot::codegen {
namespace {

// What a flatbuffer can be, and more than any part that Ingot knows could hold.
constexpr uintmax_t kFileBytesMax = uintmax_t{1} << 31;

}  // namespace

Result<Graph> read_model(const std::string &path) {
    std::error_code error;
    const uintmax_t bytes = std::filesystem::file_size(path, error);
    if (error)
        return fail(Code::kFileMissing, path, fmt::format("is no file: {}", error.message()));
    if (bytes >= kFileBytesMax) {
        return fail(Code::kModelTooLarge, path,
                    fmt::format("has {} bytes; models of less than 2 GiB are read", bytes));
    }
    TRY(const std::vector<uint8_t> model, read_file(path));
    return read_tflite(model, path);
}

}  // namespace ingot::codegen
