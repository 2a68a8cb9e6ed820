// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tensors of a TFLite file: type, shape, quantisation and constant data.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "codegen/read/names.h"
#include "codegen/read/tflite_source.h"
#include "codegen/read/tflite_tables.h"

namespace ingot::codegen {
namespace {

constexpr int kRankMax = 8;
constexpr int64_t kBytesMax = int64_t{1} << 31;

// A tensor of the file, and how to call it in a diagnostic.
struct TensorSource {
    const Source &file;
    const tflite::Tensor &table;
    std::string where;

    tl::unexpected<Diagnostic> fail(Code code, std::string what, std::string hint = {}) const {
        return ingot::fail(code, where, std::move(what), std::move(hint));
    }
};

const tflite::Buffer *buffer_of(const TensorSource &source) {
    const auto *buffers = source.file.model->buffers();
    const uint32_t index = source.table.buffer();
    if (static_cast<int64_t>(index) >= length(buffers)) return nullptr;
    return buffers->Get(index);
}

// What this tensor asks for and Ingot does not do; null when all is well.
const char *foreign_feature(const TensorSource &source) {
    const tflite::Tensor &table = source.table;
    const tflite::Buffer *buffer = buffer_of(source);
    const auto *quantization = table.quantization();
    if (table.sparsity()) return "is stored sparsely; dense tensors are read";
    if (table.is_variable()) return "keeps its value between runs; stateless networks are read";
    if (table.external_buffer() != 0) return "has its data in another file";
    if (buffer && buffer->offset() > 1) return "has its data outside the flatbuffer";
    if (quantization && quantization->details_type() != 0) {
        return "has a quantisation other than scales and zero points";
    }
    return nullptr;
}

Result<Shape> read_shape(const TensorSource &source, Type type) {
    const int rank = length(source.table.shape());
    if (rank > kRankMax) {
        return source.fail(Code::kModelTooLarge,
                           fmt::format("has {} dimensions; up to {} are read", rank, kRankMax));
    }
    const Shape shape = copy_of(source.table.shape());
    int64_t bytes = std::max<int64_t>(element_bytes(type), 1);
    for (const int32_t extent : shape) {
        if (extent < 1) {
            return source.fail(
                Code::kModelTooLarge,
                fmt::format("has shape {}; extents are at least 1", to_string(shape)),
                "export the network with fixed shapes");
        }
        if (bytes > kBytesMax / extent) {
            return source.fail(Code::kModelTooLarge,
                               fmt::format("has shape {}, more than 2 GiB", to_string(shape)));
        }
        bytes *= extent;
    }
    return shape;
}

// Where the scales of a per-channel tensor belong. Some converters count the dimension of a bias as
// that of its weights; there is only one that it can be.
std::optional<int> channel_axis(const Shape &shape, int32_t dimension, size_t scales) {
    const auto rank = static_cast<int32_t>(shape.size());
    const int32_t axis = dimension >= 0 && dimension < rank ? dimension : 0;
    if (rank == 0 || static_cast<size_t>(shape[axis]) != scales) return std::nullopt;
    return axis;
}

Result<Quantization> read_quantization(const TensorSource &source, const Shape &shape) {
    const auto *table = source.table.quantization();
    if (!table || length(table->scale()) == 0) return {};
    Quantization quantization = {.scale = copy_of(table->scale()),
                                 .zero_point = copy_of(table->zero_point())};
    const size_t scales = quantization.scale.size();
    if (quantization.zero_point.size() != scales) {
        return source.fail(Code::kQuantizationWrong,
                           fmt::format("has {} scales but {} zero points", scales,
                                       quantization.zero_point.size()));
    }
    for (const float scale : quantization.scale) {
        if (!std::isfinite(scale) || scale < 0) {
            return source.fail(
                Code::kQuantizationWrong,
                fmt::format("has scale {}; scales are finite and not negative", scale));
        }
    }
    if (scales == 1) return quantization;
    const auto axis = channel_axis(shape, table->quantized_dimension(), scales);
    if (!axis) {
        return source.fail(Code::kQuantizationWrong,
                           fmt::format("has {} scales along dimension {} of {}", scales,
                                       table->quantized_dimension(), to_string(shape)));
    }
    quantization.axis = *axis;
    return quantization;
}

Result<std::vector<uint8_t>> read_data(const TensorSource &source, const Tensor &tensor) {
    const tflite::Buffer *buffer = buffer_of(source);
    if (!buffer) {
        return source.fail(Code::kModelInconsistent,
                           fmt::format("names buffer {}; the model has {}", source.table.buffer(),
                                       length(source.file.model->buffers())));
    }
    const int found = length(buffer->data());
    if (found != 0 && element_bytes(tensor.type) != 0 && found != tensor.bytes()) {
        return source.fail(Code::kModelInconsistent,
                           fmt::format("has {} bytes of data; {} {} takes {}", found,
                                       name(tensor.type), to_string(tensor.shape), tensor.bytes()));
    }
    return copy_of(buffer->data());
}

}  // namespace

Result<Tensor> read_tensor(const Source &file, int index) {
    const tflite::Tensor &table = *file.main->tensors()->Get(index);
    Tensor tensor;
    tensor.name = clean_name(text_of(table.name()));
    tensor.type = type_of_code(table.type());
    tensor.source_index = index;
    if (tensor.name.empty()) tensor.name = fmt::format("tensor_{}", index);
    const TensorSource source = {file, table,
                                 fmt::format("{}: tensor {} ({})", file.name, index, tensor.name)};

    if (const char *feature = foreign_feature(source)) {
        return source.fail(Code::kModelFeature, feature);
    }
    TRY(tensor.shape, read_shape(source, tensor.type));
    TRY(tensor.quantization, read_quantization(source, tensor.shape));
    TRY(tensor.data, read_data(source, tensor));
    return tensor;
}

}  // namespace ingot::codegen
