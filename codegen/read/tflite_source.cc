// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What must hold before anything in a TFLite file can be looked at.

#include "codegen/read/tflite_source.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace ingot::codegen {
namespace {

constexpr std::string_view kPointerStart = "version https://git-lfs.";
constexpr uint32_t kVersion = 3;

// Tables of a model nest four deep: model, subgraph, tensor, quantisation, its details.
constexpr flatbuffers::uoffset_t kDepthMax = 8;
constexpr flatbuffers::uoffset_t kTablesMax = 1'000'000;

// Offsets may lead to the same place, as when tensors share a buffer, so a small file could unpack
// to terabytes. No converter comes near this many times a file's size.
constexpr int64_t kUnpackedMax = 16;

std::string first_bytes(std::span<const uint8_t> bytes) {
    const auto start = bytes.first(std::min<size_t>(bytes.size(), 8));
    return fmt::format("{} bytes that start {:02x}", bytes.size(), fmt::join(start, " "));
}

Result<void> identify(std::span<const uint8_t> bytes, const std::string &where) {
    const std::string_view text(reinterpret_cast<const char *>(bytes.data()), bytes.size());
    if (text.starts_with(kPointerStart)) {
        return fail(Code::kModelIsPointer, where, "is a Git LFS pointer, not a model",
                    "run `git lfs pull` in the repository that it came from");
    }
    if (bytes.empty()) return fail(Code::kModelUnknown, where, "is empty");
    const std::string_view behind_root = text.substr(std::min<size_t>(text.size(), 4));
    if (!behind_root.starts_with(tflite::ModelIdentifier())) {
        return fail(Code::kModelUnknown, where,
                    fmt::format("{}; a TFLite model has TFL3 at byte 4", first_bytes(bytes)));
    }
    return {};
}

// Every offset of the typed part. The verifier counts bytes in 31 bits.
Result<void> verify(std::span<const uint8_t> bytes, const std::string &where) {
    if (bytes.size() >= FLATBUFFERS_MAX_BUFFER_SIZE) {
        return fail(Code::kModelTooLarge, where, "is longer than a flatbuffer can be (2 GiB)");
    }
    flatbuffers::Verifier verifier(bytes.data(), bytes.size(), kDepthMax, kTablesMax);
    if (tflite::VerifyModelBuffer(verifier)) return {};
    return fail(Code::kModelCorrupt, where, "an offset in it leads outside the file",
                "fetch or export it again");
}

int64_t unpacked_bytes(const tflite::Tensor &tensor, const tflite::Model &model) {
    int64_t bytes = static_cast<int64_t>(text_of(tensor.name()).size());
    if (const auto *quantization = tensor.quantization()) {
        bytes += length(quantization->scale()) * int64_t{sizeof(float) + sizeof(int64_t)};
    }
    if (static_cast<int64_t>(tensor.buffer()) < length(model.buffers())) {
        bytes += length(model.buffers()->Get(tensor.buffer())->data());
    }
    return bytes;
}

int64_t unpacked_bytes(const Source &source) {
    int64_t bytes = 0;
    for (int i = 0; i < length(source.main->tensors()); ++i) {
        bytes += unpacked_bytes(*source.main->tensors()->Get(i), *source.model);
    }
    for (int i = 0; i < length(source.main->operators()); ++i) {
        const tflite::Operator &op = *source.main->operators()->Get(i);
        bytes += (length(op.inputs()) + length(op.outputs())) * int64_t{sizeof(TensorId)};
    }
    return bytes;
}

}  // namespace

Result<Source> open_tflite(std::span<const uint8_t> bytes, std::string_view name) {
    const std::string where(name);
    TRY_DO(identify(bytes, where));
    TRY_DO(verify(bytes, where));

    const tflite::Model &model = *tflite::GetModel(bytes.data());
    const int subgraphs = length(model.subgraphs());
    if (model.version() != kVersion) {
        return fail(Code::kModelVersion, where,
                    fmt::format("has schema version {}; {} is read", model.version(), kVersion));
    }
    if (subgraphs != 1) {
        return fail(Code::kModelSubgraphs, where,
                    fmt::format("has {} subgraphs; models with one are read", subgraphs));
    }
    const Source source = {where, bytes, &model, model.subgraphs()->Get(0)};
    const int64_t unpacked = unpacked_bytes(source);
    if (unpacked > kUnpackedMax * std::ssize(bytes)) {
        return fail(Code::kModelTooLarge, where,
                    fmt::format("its {} bytes unpack to {}; up to {} times as many are read",
                                bytes.size(), unpacked, kUnpackedMax));
    }
    return source;
}

}  // namespace ingot::codegen
