// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Names what accelerator programs use.

#include <algorithm>

#include "tests/sim/machines/cnn_array/random_program.h"
#include "tests/support/cnn_program/kernels.h"
#include "tests/support/cnn_program/place.h"

namespace ingot::test {
namespace {

using Kind = CnnPooling::Kind;
using Layer = CnnLayerSpec;

struct Feature {
    std::string_view name;
    bool (*is_found)(const Layer &);
};

bool pools(const Layer &l) { return l.pooling.kind != Kind::kOff; }
bool is_kernel(const Layer &l, CnnKernel kernel) { return l.kernel == kernel; }
int32_t read_passes(const Layer &l) { return l.read.passes(l.input.channels); }
int32_t write_passes(const Layer &l) { return l.write.passes(output_shape(l).channels); }
bool broadcasts(const Layer &l) { return l.read.processors == l.write.processors; }

constexpr Feature kFeatures[] = {
    {"3x3", [](const Layer &l) { return is_kernel(l, CnnKernel::k3x3); }},
    {"1x1", [](const Layer &l) { return is_kernel(l, CnnKernel::k1x1); }},
    {"1D", [](const Layer &l) { return is_kernel(l, CnnKernel::k1d); }},
    {"flatten", [](const Layer &l) { return is_kernel(l, CnnKernel::kFlatten); }},
    {"flatten with more than 16 passes",
     [](const Layer &l) { return is_kernel(l, CnnKernel::kFlatten) && input_passes(l) > 16; }},
    {"pass-through", [](const Layer &l) { return !l.convolves(); }},
    {"pass-through of several passes",
     [](const Layer &l) { return !l.convolves() && read_passes(l) > 1; }},
    {"pass-through, pooled", [](const Layer &l) { return !l.convolves() && pools(l); }},
    {"weights of 4 bits", [](const Layer &l) { return l.convolves() && l.weight_bits == 4; }},
    {"weights of 2 bits", [](const Layer &l) { return l.convolves() && l.weight_bits == 2; }},
    {"weights of 1 bit", [](const Layer &l) { return l.convolves() && l.weight_bits == 1; }},
    {"binary weights",
     [](const Layer &l) {
         return std::ranges::find(l.weights, 1) != l.weights.end() && l.weight_bits == 1;
     }},
    {"several passes of input", [](const Layer &l) { return read_passes(l) > 1; }},
    {"several passes of output",
     [](const Layer &l) { return l.convolves() && write_passes(l) > 1; }},
    {"more than 64 inputs",
     [](const Layer &l) { return l.input.channels > kQuadrants * kProcessors; }},
    {"more than 64 outputs",
     [](const Layer &l) { return output_shape(l).channels > kQuadrants * kProcessors; }},
    {"maximum pooling", [](const Layer &l) { return l.pooling.kind == Kind::kMaximum; }},
    {"average pooling", [](const Layer &l) { return l.pooling.kind == Kind::kAverage; }},
    {"pooling stride", [](const Layer &l) { return pools(l) && l.pooling.stride > 1; }},
    {"stride without pooling", [](const Layer &l) { return !pools(l) && l.pooling.stride > 1; }},
    {"pooling dilation",
     [](const Layer &l) { return l.pooling.row_dilation > 1 || l.pooling.column_dilation > 1; }},
    {"pads", [](const Layer &l) { return l.row_pad > 0 || l.column_pad > 0; }},
    {"pads that differ",
     [](const Layer &l) { return is_kernel(l, CnnKernel::k3x3) && l.row_pad != l.column_pad; }},
    {"bias", [](const Layer &l) { return !l.bias.empty(); }},
    {"shift to the left", [](const Layer &l) { return l.shift > 0; }},
    {"shift to the right", [](const Layer &l) { return l.shift < 0; }},
    {"ReLU", [](const Layer &l) { return l.activation == CnnActivation::kRelu; }},
    {"absolute values", [](const Layer &l) { return l.activation == CnnActivation::kAbsolute; }},
    {"wide output", [](const Layer &l) { return l.is_wide; }},
    {"transposed", [](const Layer &l) { return l.is_transposed; }},
    {"depthwise, in place", [](const Layer &l) { return l.is_depthwise && broadcasts(l); }},
    {"depthwise, moved", [](const Layer &l) { return l.is_depthwise && !broadcasts(l); }},
    {"depthwise with bias", [](const Layer &l) { return l.is_depthwise && !l.bias.empty(); }},
    {"bypassed", [](const Layer &l) { return l.is_bypassed; }},
    {"element-wise", [](const Layer &l) { return l.operands() > 1; }},
    {"element-wise, convolved", [](const Layer &l) { return l.operands() > 1 && l.convolves(); }},
    {"element-wise before pooling",
     [](const Layer &l) { return l.operands() > 1 && pools(l) && !l.pools_first; }},
    {"element-wise after pooling",
     [](const Layer &l) { return l.operands() > 1 && pools(l) && l.pools_first; }},
    {"element-wise of several passes",
     [](const Layer &l) { return l.operands() > 1 && read_passes(l) > 1; }},
    {"operands from two layers",
     [](const Layer &l) { return l.operands() > 1 && l.sources[0] >= 0; }},
    {"write gap", [](const Layer &l) { return l.write.gap > 0; }},
    {"read gap", [](const Layer &l) { return l.read.gap > 0; }},
    {"planar input", [](const Layer &l) { return l.is_planar; }},
    {"planar input of several passes",
     [](const Layer &l) { return l.is_planar && read_passes(l) > 1; }},
    {"transposed and depthwise", [](const Layer &l) { return l.is_transposed && l.is_depthwise; }},
    {"streaming, pooled", [](const Layer &l) { return l.is_streaming && pools(l); }},
    {"streaming", [](const Layer &l) { return l.is_streaming; }},
    {"several quadrants",
     [](const Layer &l) {
         return first_of(l.read.processors) / kProcessors !=
                last_of(l.read.processors) / kProcessors;
     }},
    {"scattered processors",
     [](const Layer &l) {
         return last_of(l.read.processors) - first_of(l.read.processors) >= l.read.count();
     }},
    {"output in the midst of an instance",
     [](const Layer &l) { return l.convolves() && lead_of(l.write) > 0; }},
    {"kernels that begin within a word",
     [](const Layer &l) { return l.convolves() && kernel_start(l).shift > 0; }},
};

struct ProgramFeature {
    std::string_view name;
    bool (*is_found)(const CnnProgramSpec &);
};

bool jumps(const CnnProgramSpec &program) {
    for (size_t i = 1; i < program.layers.size(); ++i) {
        if (program.layers[i].slot != program.layers[i - 1].slot + 1) return true;
    }
    return false;
}

constexpr ProgramFeature kProgramFeatures[] = {
    {"MAX78000", [](const CnnProgramSpec &p) { return p.is_small(); }},
    {"MAX78002", [](const CnnProgramSpec &p) { return !p.is_small(); }},
    {"chain", [](const CnnProgramSpec &p) { return p.layers.size() > 1; }},
    {"chain of five or more", [](const CnnProgramSpec &p) { return p.layers.size() >= 5; }},
    {"kernels of 4 words", [](const CnnProgramSpec &p) { return !p.loads_packed; }},
    {"FIFO", [](const CnnProgramSpec &p) { return p.reads_fifo; }},
    {"jumps", jumps},
};

}  // namespace

std::vector<std::string> feature_names() {
    std::vector<std::string> names;
    for (const ProgramFeature &feature : kProgramFeatures) names.emplace_back(feature.name);
    for (const Feature &feature : kFeatures) names.emplace_back(feature.name);
    return names;
}

std::vector<std::string> features_of(const CnnProgramSpec &program) {
    std::vector<std::string> found;
    for (const ProgramFeature &feature : kProgramFeatures) {
        if (feature.is_found(program)) found.emplace_back(feature.name);
    }
    for (const Feature &feature : kFeatures) {
        if (std::ranges::any_of(program.layers, feature.is_found)) found.emplace_back(feature.name);
    }
    return found;
}

}  // namespace ingot::test
