// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Writes small models, network descriptions and accelerator programs for fuzzers to start from.
//
// usage: write_seeds FOLDER     into its folders tflite, network and cnn_array

#include <fmt/format.h>

#include "base/files.h"
#include "tests/fuzz/cnn_seeds.h"
#include "tests/support/operator_networks.h"

namespace {

// Between them they have every key.
constexpr const char *kNetworks[] = {
    R"(arch: a
dataset: CIFAR-10
layers:
  - {processors: 0x7, out_offset: 0x2000, op: conv2d, pad: 1, activate: relu, name: stem}
  - {processors: 0xff, op: conv2d, max_pool: 2, pool_stride: 2, streaming: false, name: body}
  - {processors: 0xffff, out_offset: 0x4000, op: mlp, flatten: true, output_width: 32}
)",
    R"(arch: a
dataset: b
bias: c
weights: d
snoop: {}
output_map: 0x000000000000000f
unload: [{processors: 0xf, channels: 4, dim: [2, 2], offset: 0x10, width: 8, write_gap: 1}]
data_buffer: [{name: past, processors: 0xff, channels: 8, dim: 20, offset: 0x4000, width: 8}]
layers:
  - {processors: 0x7, operation: convtranspose2d, output_pad: 1, output_processors: 0xff, name: up,
     data_format: hwc, write_gap: 1, kernel_size: 3x3, in_channels: 3, in_dim: [8, 8], sequence: 0}
  - {processors: 0xff, in_sequences: [0, up], eltwise: add, operands: 2, avg_pool: [2, 1],
     groups: 8,
     pool_dilation: 1, pool_first: false, quantization: 4, output_shift: 1, stride: 1, read_gap: 0,
     next_sequence: 2, bias_group: 0, output: true, dilation: 1, activation: abs}
  - {processors: 0xff, in_sequences: past, in_dim: 12, in_channels: 8, op: conv1d, kernel_size: 3,
     in_offset: 0x4010, in_crop: [0, 0], pad: 0, out_channels: 8, weight_source: 1, bypass: false,
     calcx4: false, readahead: false, tcalc: false, buffer_shift: 1, buffer_insert: 1}
)",
};

}  // namespace

int main(int count, char **arguments) {
    using namespace ingot;
    if (count != 2) {
        fmt::print(stderr, "usage: write_seeds FOLDER\n");
        return static_cast<int>(Exit::kUsage);
    }
    std::vector<NamedFile> seeds;
    for (const test::OperatorNetwork &network : test::operator_networks()) {
        seeds.push_back({"tflite/" + network.op, test::model_of(network).finish()});
    }
    for (const char *text : kNetworks) {
        seeds.push_back(text_file(fmt::format("network/{}.yaml", seeds.size()), text));
    }
    for (std::vector<uint8_t> &program : test::cnn_seeds()) {
        seeds.push_back({fmt::format("cnn_array/{}", seeds.size()), std::move(program)});
    }
    const auto written = write_files(arguments[1], seeds);
    if (written) return 0;
    fmt::print(stderr, "{}\n", to_string(written.error()));
    return static_cast<int>(exit_of(written.error().code));
}
