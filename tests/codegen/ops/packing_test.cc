// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Which instruction set gets which constants.

#include "codegen/ops/packing.h"

#include "kernels/arch/form.h"
#include "tests/codegen/ops/layers.h"

namespace ingot::test {
namespace {

using codegen::kernel_folders;
using codegen::Lowered;

const LayerTensors kLayer = {.input = int8({1, 9, 9, 16}, 0.5f, 3),
                             .weights = weights({3, 3, 3, 16}, {0.01f, 0.02f, 0.03f}),
                             .bias = int32s({10, 20, 30}),
                             .output = int8({1, 9, 9, 3}, 2, -5)};

Result<Lowered> lowered_for(std::string_view isa, const LayerTensors &tensors = kLayer) {
    const Graph graph =
        graph_of(k_conv2d, {tensors.input, tensors.weights, tensors.bias}, {tensors.output});
    const Node &node = graph.nodes[0];
    return node.op->lower({graph, node, INGOT_ROUNDING_DOUBLE, isa});
}

const codegen::Value &value(const Lowered &lowered, std::string_view name) {
    const auto &fields = lowered.params.fields();
    return std::ranges::find(fields, name, &codegen::Field::name)->value;
}

uint32_t form(const Lowered &lowered) {
    const auto &array = std::get<codegen::Array>(value(lowered, "weights"));
    uint32_t word = 0;
    for (int i = 3; i >= 0; --i) word = word << 8 | array.bytes[i];
    return word;
}

TEST(packing, looks_in_an_isa_s_own_folder_first) {
    EXPECT_EQ(std::vector<std::string_view>{"armv7em"}, kernel_folders("armv7em"));
    EXPECT_EQ((std::vector<std::string_view>{"armv8m_main", "armv7em"}),
              kernel_folders("armv8m_main"));
}

TEST(packing, leaves_weights_plain_where_the_kernel_is_portable) {
    for (const std::string_view isa : {"", "host", "rv32imac"}) {
        const auto lowered = lowered_for(isa);
        ASSERT_TRUE(lowered);
        EXPECT_EQ(kLayer.weights.data, std::get<codegen::Array>(value(*lowered, "weights")).bytes);
        EXPECT_EQ("{10, 20, 30}", field(lowered, "bias"));
        EXPECT_EQ(0, lowered->scratch_bytes);
    }
}

TEST(packing, puts_bias_and_factors_into_packed_weights) {
    for (const std::string_view isa : {"armv7em", "armv8m_main"}) {
        const auto lowered = lowered_for(isa);
        ASSERT_TRUE(lowered);
        EXPECT_EQ(kFast, form(*lowered));
        EXPECT_EQ("NULL", field(lowered, "bias"));
        EXPECT_EQ("{multiplier NULL, shift NULL, stride 1}", field(lowered, "factors"));
        EXPECT_EQ(2 * 2 * 144, lowered->scratch_bytes);
        EXPECT_TRUE(lowered->is_scratch_optional);
    }
}

TEST(packing, asks_for_scratch_but_can_do_without_it_however_long_the_windows_are) {
    LayerTensors layer = kLayer;
    for (const int32_t channels : {1, 8, 17, 200}) {
        layer.input.shape = {1, 9, 9, channels};
        layer.weights = weights({3, 3, 3, channels}, {0.01f, 0.02f, 0.03f});
        const auto lowered = lowered_for("armv7em", layer);
        ASSERT_TRUE(lowered);
        EXPECT_LE(2 * 2 * 9 * channels, lowered->scratch_bytes);
        EXPECT_TRUE(lowered->is_scratch_optional);
    }
}

TEST(packing, keeps_the_constants_of_a_layer_that_cannot_be_packed) {
    LayerTensors grouped = kLayer;
    grouped.input.shape = {1, 9, 9, 48};
    const auto lowered = lowered_for("armv7em", grouped);
    ASSERT_TRUE(lowered);
    EXPECT_EQ(kPlain, form(*lowered));
    EXPECT_EQ("{10, 20, 30}", field(lowered, "bias"));
}

TEST(packing, finishes_exactly_where_the_short_way_is_not_proved) {
    LayerTensors steep = kLayer;
    steep.output.quantization.scale = {0.001f};
    const auto lowered = lowered_for("armv7em", steep);
    ASSERT_TRUE(lowered);
    EXPECT_EQ(kExact, form(*lowered));
}

TEST(packing, finishes_channels_without_weights_the_short_way_at_any_scale) {
    LayerTensors pruned = kLayer;
    pruned.weights.quantization.scale = {0.01f, 1e-9f, 0.03f};
    std::fill_n(pruned.weights.data.begin() + 144, 144, uint8_t{0});
    pruned.bias = int32s({10, 1 << 30, 30});
    const auto lowered = lowered_for("armv7em", pruned);
    ASSERT_TRUE(lowered);
    EXPECT_EQ(kFast, form(*lowered));
}

}  // namespace
}  // namespace ingot::test
