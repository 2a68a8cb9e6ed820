// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Writes TFLite models. A flatbuffer is written from its leaves to its root.

#include "tests/support/tflite_builder.h"

#include <algorithm>

#include "codegen/read/tflite_generated.h"
#include "codegen/read/tflite_tables.h"

namespace ingot::test {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;

template <class T>
using Offsets = std::vector<Offset<T>>;

Offset<tflite::Anything> anything(FlatBufferBuilder &file) { return tflite::CreateAnything(file); }

// By its name in the schema, which has no gaps; a custom operator's when it is not there.
int32_t code_of(std::string_view name) {
    for (int32_t code = 0; !codegen::builtin_name(code).empty(); ++code) {
        if (codegen::builtin_name(code) == name) return code;
    }
    return codegen::kBuiltinCustom;
}

int8_t code_of(codegen::Type type) {
    int8_t code = 0;
    while (codegen::type_of_code(code) != type) ++code;
    return code;
}

uint16_t slot_of(int field) { return static_cast<uint16_t>(4 + 2 * field); }

// The options table; vectors must be written before the table that names them.
Offset<tflite::Anything> write_options(FlatBufferBuilder &file,
                                       const std::vector<TfliteOption> &options) {
    std::vector<Offset<flatbuffers::Vector<int32_t>>> vectors;
    for (const TfliteOption &option : options) {
        const auto *values = std::get_if<std::vector<int32_t>>(&option.value);
        vectors.push_back(values ? file.CreateVector(*values) : 0);
    }
    file.ForceDefaults(true);
    const auto start = file.StartTable();
    for (size_t i = 0; i < options.size(); ++i) {
        const uint16_t slot = slot_of(options[i].field);
        if (!vectors[i].IsNull()) file.AddOffset(slot, vectors[i]);
        const auto add = [&](auto kind) {
            const auto *value = std::get_if<decltype(kind)>(&options[i].value);
            if (value) file.AddElement(slot, *value, decltype(kind){});
        };
        add(int8_t{});
        add(int32_t{});
        add(float{});
    }
    file.ForceDefaults(false);
    return Offset<tflite::Anything>(file.EndTable(start));
}

Offset<tflite::QuantizationParameters> write_quantization(FlatBufferBuilder &file,
                                                          const TfliteTensor &tensor) {
    if (tensor.scale.empty() && tensor.zero_point.empty()) return 0;
    std::vector<int64_t> zero_point = tensor.zero_point;
    if (zero_point.empty()) zero_point.resize(tensor.scale.size());
    const bool is_custom = tensor.oddity == Oddity::kCustomQuantization;
    const auto scales = file.CreateVector(tensor.scale);
    const auto zero_points = file.CreateVector(zero_point);
    const auto details = is_custom ? anything(file) : 0;
    return tflite::CreateQuantizationParameters(file, 0, 0, scales, zero_points, is_custom, details,
                                                tensor.axis);
}

Offset<tflite::Tensor> write_tensor(FlatBufferBuilder &file, const TfliteTensor &tensor,
                                    uint32_t own_buffer) {
    const auto shape = file.CreateVector(tensor.shape);
    const auto name = file.CreateString(tensor.name);
    const auto quantization = write_quantization(file, tensor);
    const auto sparsity = tensor.oddity == Oddity::kSparse ? anything(file) : 0;
    tflite::TensorBuilder table(file);
    table.add_shape(shape);
    table.add_type(code_of(tensor.type));
    table.add_buffer(tensor.buffer < 0 ? own_buffer : static_cast<uint32_t>(tensor.buffer));
    table.add_name(name);
    table.add_quantization(quantization);
    table.add_is_variable(tensor.oddity == Oddity::kVariable);
    table.add_sparsity(sparsity);
    table.add_external_buffer(tensor.oddity == Oddity::kExternal ? 1 : 0);
    return table.Finish();
}

Offset<tflite::Buffer> write_buffer(FlatBufferBuilder &file, const TfliteTensor &tensor) {
    const bool is_outside = tensor.oddity == Oddity::kBufferOutside;
    file.ForceVectorAlignment(tensor.data.size(), 1, 16);
    const auto data = file.CreateVector(tensor.data);
    return tflite::CreateBuffer(file, data, is_outside ? 4096 : 0, is_outside ? 16 : 0);
}

Offset<tflite::OperatorCode> write_code(FlatBufferBuilder &file, const std::string &name) {
    constexpr int32_t kByteMax = 127;  // The code's older field is a byte.
    const int32_t code = code_of(name);
    const auto custom = code == codegen::kBuiltinCustom ? file.CreateString(name) : 0;
    return tflite::CreateOperatorCode(file, static_cast<int8_t>(std::min(code, kByteMax)), custom,
                                      1, code);
}

Offset<tflite::Operator> write_op(FlatBufferBuilder &file, const TfliteOp &op, uint32_t own_code) {
    const uint32_t code = op.code < 0 ? own_code : static_cast<uint32_t>(op.code);
    const auto inputs = file.CreateVector(op.inputs);
    const auto outputs = file.CreateVector(op.outputs);
    if (op.options.empty()) return tflite::CreateOperator(file, code, inputs, outputs);
    constexpr uint8_t kSomeKind = 1;  // Says which table it is; readers go by the operator.
    const auto options = write_options(file, op.options);
    return tflite::CreateOperator(file, code, inputs, outputs, kSomeKind, options);
}

}  // namespace

int TfliteBuilder::tensor(TfliteTensor tensor) {
    tensors.push_back(std::move(tensor));
    return static_cast<int>(tensors.size()) - 1;
}

int TfliteBuilder::input(TfliteTensor spec) {
    inputs.push_back(tensor(std::move(spec)));
    return inputs.back();
}

int TfliteBuilder::output(TfliteTensor spec) {
    outputs.push_back(tensor(std::move(spec)));
    return outputs.back();
}

void TfliteBuilder::op(std::string name, std::vector<int32_t> op_inputs,
                       std::vector<int32_t> op_outputs, std::vector<TfliteOption> options) {
    ops.push_back(
        {std::move(name), std::move(op_inputs), std::move(op_outputs), std::move(options)});
}

std::vector<uint8_t> TfliteBuilder::finish() const {
    FlatBufferBuilder file;
    Offsets<tflite::Buffer> buffer_tables = {tflite::CreateBuffer(file)};  // 0: no data.
    Offsets<tflite::Tensor> tensor_tables;
    for (const TfliteTensor &tensor : tensors) {
        tensor_tables.push_back(
            write_tensor(file, tensor, static_cast<uint32_t>(buffer_tables.size())));
        buffer_tables.push_back(write_buffer(file, tensor));
    }
    Offsets<tflite::OperatorCode> code_tables;
    Offsets<tflite::Operator> op_tables;
    for (const TfliteOp &op : ops) {
        op_tables.push_back(write_op(file, op, static_cast<uint32_t>(code_tables.size())));
        code_tables.push_back(write_code(file, op.name));
    }
    const auto main =
        tflite::CreateSubGraph(file, file.CreateVector(tensor_tables), file.CreateVector(inputs),
                               file.CreateVector(outputs), file.CreateVector(op_tables));
    const Offsets<tflite::SubGraph> copies(static_cast<size_t>(subgraphs), main);
    const auto codes = file.CreateVector(code_tables);
    const auto graphs = file.CreateVector(copies);
    const auto buffers = file.CreateVector(buffer_tables);
    tflite::FinishModelBuffer(file, tflite::CreateModel(file, version, codes, graphs, 0, buffers));
    return {file.GetBufferPointer(), file.GetBufferPointer() + file.GetSize()};
}

}  // namespace ingot::test
