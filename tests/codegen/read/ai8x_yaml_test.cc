// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of the reader of network descriptions: what it reads, what it works out, what it refuses.

#include "codegen/read/ai8x_yaml.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"

namespace ingot::codegen {
namespace {

using testing::HasSubstr;

// Two layers on data of which the file tells nothing but the data set's name.
const std::string kSmall = R"(---
arch: smallnet
dataset: MNIST
layers:
  - out_offset: 0x2000
    processors: 0x0000000000000001
    data_format: HWC
    operation: conv2d
    pad: 1
    activate: ReLU
  - out_offset: 0
    processors: 0x0000.0000.0000.0ff0
    output_processors: 0x0000000000000fff
    op: mlp
    flatten: true
    name: last
)";

Result<NetworkDescription> read(const std::string &text,
                                const std::optional<CnnInputShape> &shape = {}) {
    return read_ai8x_yaml(text, "net.yaml", shape);
}

// A network of these layers, each the lines of an item, on an input of 8x16x16.
std::string of_layers(const std::vector<std::string> &layers) {
    std::string text = "arch: a\ndataset: invented\nlayers:\n";
    for (const std::string &layer : layers) text += "  - {" + layer + "}\n";
    return text;
}

CnnNetwork network_of(const std::vector<std::string> &layers) {
    const auto description = read(of_layers(layers), CnnInputShape{8, {16, 16}});
    EXPECT_TRUE(description) << to_string(description.error());
    return description ? description->network : CnnNetwork{.layers = {{}, {}, {}}};
}

// "line: what" of a text that must be refused.
std::string refusal(const std::string &text, Code code) {
    const auto description = read(text, CnnInputShape{8, {16, 16}});
    if (description) return "was accepted";
    EXPECT_EQ(description.error().code, code) << to_string(description.error());
    const std::string &where = description.error().where;
    return where.substr(where.find(':') + 1) + ": " + description.error().what;
}

std::string small_with(const std::string &old, const std::string &replacement) {
    std::string text = kSmall;
    const size_t at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return text.replace(at, old.size(), replacement);
}

TEST(ai8x_yaml, reads_keys_and_works_out_sizes) {
    const NetworkDescription description = read(kSmall).value();
    const CnnNetwork &network = description.network;
    EXPECT_EQ(description.arch, "smallnet");
    EXPECT_EQ(description.dataset, "MNIST");
    EXPECT_EQ(network.name, "net.yaml");
    EXPECT_EQ(network.input_channels, 1);
    EXPECT_EQ(network.input, (CnnExtent{28, 28}));
    ASSERT_EQ(network.layers.size(), 2u);

    const CnnLayer &first = network.layers[0];
    EXPECT_EQ(first.line, 5);
    EXPECT_EQ(first.input_channels, 1);
    EXPECT_EQ(first.output_channels, 8);
    EXPECT_EQ(first.output_processors, 0xFF0u);
    EXPECT_EQ(first.input_offset, 0);
    EXPECT_EQ(first.output_offset, 0x2000);
    EXPECT_EQ(first.kernel, (CnnExtent{3, 3}));
    EXPECT_EQ(first.pad, (CnnExtent{1, 1}));
    EXPECT_EQ(first.activation, CnnActivation::kRelu);
    EXPECT_EQ(first.inputs, (std::vector<int64_t>{kCnnInput}));
    EXPECT_EQ(first.next, 1);

    const CnnLayer &last = network.layers[1];
    EXPECT_EQ(last.name, "last");
    EXPECT_EQ(last.input_channels, 8);
    EXPECT_EQ(last.input, (CnnExtent{28, 28}));
    EXPECT_EQ(last.output_channels, 12);
    EXPECT_EQ(last.input_offset, 0x2000);
    EXPECT_TRUE(last.flattens);
    EXPECT_EQ(last.operation, CnnOperation::kLinear);
    EXPECT_EQ(last.kernel, (CnnExtent{1, 1}));
    EXPECT_EQ(last.next, kCnnStop);
}

TEST(ai8x_yaml, tells_of_every_value_that_the_file_does_not_give_where_it_comes_from) {
    const NetworkDescription description = read(kSmall).value();
    std::vector<std::string> told;
    for (const ValueOrigin &origin : description.origins) {
        told.push_back(fmt::format("{} {} {}", origin.layer, origin.value, origin.source));
    }
    EXPECT_THAT(told,
                testing::ElementsAre(
                    "-1 1x28x28 from the name of the data set, MNIST",
                    "0 8 output channels inferred from the processors of the next layer",
                    "0 weights of 8 bits the default, unless the file of the weights differs",
                    "1 12 output channels inferred from output_processors",
                    "1 weights of 8 bits the default, unless the file of the weights differs"));
}

TEST(ai8x_yaml, takes_the_last_layers_outputs_from_the_data_sets_classes) {
    const auto description = read(small_with("    output_processors: 0x0000000000000fff\n", ""));
    EXPECT_EQ(description->network.layers[1].output_channels, 10);
    EXPECT_EQ(description->network.layers[1].output_processors, 0x3FFu);
}

TEST(ai8x_yaml, prefers_the_option_then_the_data_set_then_the_first_layer) {
    EXPECT_EQ(read(kSmall, CnnInputShape{1, {20, 30}})->network.input, (CnnExtent{20, 30}));
    const std::string unknown = small_with("MNIST", "nobody's");
    const auto refused = read(unknown);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::kNetworkShapeUnknown);
    EXPECT_EQ(refused.error().where, "net.yaml:3");
    EXPECT_THAT(refused.error().hint, HasSubstr("in_dim"));
    EXPECT_THAT(refused.error().hint, HasSubstr("--input-shape"));

    std::string told = unknown;
    told.insert(told.find("data_format"), "in_dim: [12, 14]\n    in_channels: 1\n    ");
    EXPECT_EQ(read(told)->network.input, (CnnExtent{12, 14}));
}

TEST(ai8x_yaml, says_when_so_many_processors_could_also_take_several_passes) {
    const auto assumed = [](const std::string &map) {
        const auto description = read(of_layers({"processors: 0xff, output_processors: " + map}),
                                      CnnInputShape{8, {4, 4}});
        return description->origins.at(1).is_assumed;
    };
    EXPECT_FALSE(assumed("0x00000000ffffffff"));  // 32: two passes would need 33 each.
    EXPECT_FALSE(assumed("0x00000007ffffffff"));  // 35: no multiple of 4.
    EXPECT_TRUE(assumed("0x0000000fffffffff"));   // 36: 36, or 65 to 72.
    EXPECT_TRUE(assumed("0xffffffffffffffff"));
}

TEST(ai8x_yaml, asks_the_layers_that_read_for_numbers_of_channels) {
    CnnNetwork network =
        network_of({"processors: 0xff", "processors: 0x0000ffffffffffff, groups: 96"});
    EXPECT_EQ(network.layers[0].output_channels, 96);
    EXPECT_EQ(network.layers[1].output_channels, 96);
    network = network_of({"processors: 0xff",
                          "processors: 0x0000ffffffffffff, in_channels: 92, "
                          "out_channels: 3, output_processors: 0x7"});
    EXPECT_EQ(network.layers[0].output_channels, 92);
    EXPECT_EQ(network.layers[1].output_channels, 3);
}

TEST(ai8x_yaml, refuses_what_cannot_be_known_and_names_the_key) {
    const auto description = read(of_layers({"processors: 0xff"}), CnnInputShape{8, {4, 4}});
    ASSERT_FALSE(description);
    EXPECT_EQ(description.error().code, Code::kNetworkShapeUnknown);
    EXPECT_EQ(description.error().where, "net.yaml:4");
    EXPECT_THAT(description.error().what, HasSubstr("output channels of layer 0"));
    EXPECT_THAT(description.error().hint, HasSubstr("out_channels"));
}

TEST(ai8x_yaml, reads_every_key_of_a_layer) {
    const CnnNetwork network = network_of(
        {"processors: 0x00000000000000ff, name: A, sequence: 4, out_offset: 0x100, groups: 1",
         "processors: 0x00000000000000ff, name: B, sequence: 6, eltwise: xor, operands: 3, "
         "avg_pool: [2, 3], pool_stride: 2, pool_dilation: [1, 2], pool_first: false, "
         "in_sequences: [A, input, 4], in_offset: 0x40, write_gap: 2, read_gap: 1, "
         "quantization: 4, output_shift: -3, output_width: 32, kernel_size: 1x1, pad: 0, "
         "stride: 1, bias_group: [0, 2], output: true, next_sequence: stop, dilation: 1, "
         "bypass: 1, calcx4: yes, readahead: On, tcalc: false, output_processors: 0xff, "
         "streaming: false, activation: abs, out_channels: 8, weight_source: a",
         "processors: 0x00000000000000ff, operation: none, data_format: big"});
    const CnnLayer &layer = network.layers[1];
    EXPECT_EQ(layer.element_wise, CnnElementWise::kXor);
    EXPECT_EQ(layer.operands, 3);
    EXPECT_EQ(layer.pool_kind, CnnPool::kAverage);
    EXPECT_EQ(layer.pool, (CnnExtent{2, 3}));
    EXPECT_EQ(layer.pool_stride, (CnnExtent{2, 2}));
    EXPECT_EQ(layer.pool_dilation, (CnnExtent{1, 2}));
    EXPECT_FALSE(layer.pools_first);
    EXPECT_EQ(layer.inputs, (std::vector<int64_t>{0, kCnnInput, 0}));
    EXPECT_EQ(layer.input_offset, 0x40);
    EXPECT_EQ(layer.write_gap, 2);
    EXPECT_EQ(layer.read_gap, 1);
    EXPECT_EQ(layer.weight_bits, 4);
    EXPECT_EQ(layer.output_shift, -3);
    EXPECT_EQ(layer.output_width, 32);
    EXPECT_EQ(layer.activation, CnnActivation::kAbs);
    EXPECT_EQ(layer.bias_quadrants, (std::vector<int64_t>{0, 2}));
    EXPECT_EQ(layer.next, kCnnStop);
    EXPECT_EQ(layer.weights_of, 0);
    EXPECT_TRUE(layer.is_output && layer.bypasses_kernel && layer.uses_x4 && layer.reads_ahead);
    EXPECT_TRUE(network.layers[2].is_planar);
    EXPECT_EQ(network.layers[2].operation, CnnOperation::kPassThrough);
}

TEST(ai8x_yaml, reads_a_buffer_and_what_stands_for_the_whole_network) {
    const std::string text = R"(arch: a
dataset: b
bias: some_file
weights: another
snoop: {}
output_map: 0x000000000000000f
unload:
  - {processors: 0xf, channels: 4, dim: [2, 2], offset: 0x10, width: 8, write_gap: 1}
data_buffer:
  - {name: Past, processors: 0x00000000000000ff, channels: 8, dim: 20, offset: 0x4000}
layers:
  - {processors: 0xff, in_sequences: past, in_dim: 12, in_channels: 8, op: conv1d, kernel_size: 3,
     in_offset: 0x4010, pad: 0, max_pool: 2, pool_stride: 2}
)";
    const CnnNetwork network = read(text, CnnInputShape{8, {4, 4}})->network;
    EXPECT_TRUE(network.snoops);
    EXPECT_EQ(network.buffer->extent, (CnnExtent{20, 1}));
    EXPECT_EQ(network.layers[0].inputs, (std::vector<int64_t>{kCnnBuffer}));
    EXPECT_EQ(network.layers[0].kernel, (CnnExtent{3, 1}));
    EXPECT_EQ(network.layers[0].pool, (CnnExtent{2, 1}));
    EXPECT_EQ(network.layers[0].pad, (CnnExtent{0, 0}));
    EXPECT_EQ(output(network.layers[0]), (CnnExtent{4, 1}));
    EXPECT_EQ(network.layers[0].output_channels, 4);
}

TEST(ai8x_yaml, adds_up_the_channels_of_what_is_concatenated) {
    const CnnNetwork network = network_of({"processors: 0xff, output_processors: 0xf",
                                           "processors: 0xff, output_processors: 0xf0, "
                                           "in_sequences: input",
                                           "processors: 0xff, in_sequences: [0, 1], "
                                           "out_channels: 2"});
    EXPECT_EQ(network.layers[2].input_channels, 8);
}

TEST(ai8x_yaml, refuses_unknown_keys_and_lists_the_known_ones) {
    std::string what = refusal(small_with("pad: 1", "padd: 1"), Code::kNetworkKey);
    EXPECT_TRUE(what.starts_with("9: unknown key \"padd\" of a layer; known: ")) << what;
    EXPECT_THAT(what, HasSubstr("kernel_size"));
    what = refusal(small_with("arch:", "arc:"), Code::kNetworkKey);
    EXPECT_TRUE(what.starts_with("2: unknown key \"arc\" of the network; known: arch")) << what;
}

TEST(ai8x_yaml, refuses_missing_and_repeated_keys) {
    EXPECT_EQ(refusal(small_with("arch: smallnet\n", ""), Code::kNetworkKey),
              "2: the network lacks the key arch");
    EXPECT_EQ(refusal(of_layers({"op: conv2d"}), Code::kNetworkKey),
              "4: a layer lacks the key processors");
    EXPECT_EQ(refusal(small_with("pad: 1", "pad: 1\n    pad: 2"), Code::kNetworkKey),
              "10: key pad stands twice, in line 9, too");
    EXPECT_EQ(refusal(small_with("pad: 1", "op: none"), Code::kNetworkKey),
              "9: key op means the same as operation in line 8");
    EXPECT_EQ(refusal(of_layers({"processors: 1, max_pool: 2, avg_pool: 2"}), Code::kNetworkKey),
              "4: a layer has both max_pool and avg_pool; accepted: one of them");
}

TEST(ai8x_yaml, refuses_values_that_are_none_or_too_large) {
    const struct {
        std::string layer;
        std::string what;
    } cases[] = {
        {"processors: 0", "processors is \"0\"; accepted: a map"},
        {"processors: 0x1ffffffffffffffff", "processors is \"0x1ffffffffffffffff\"; accepted"},
        {"processors: 0010", "processors is \"0010\"; accepted"},
        {"processors: [1]", "processors is a list of 1; accepted"},
        {"processors: -1", "processors is \"-1\"; accepted"},
        {"processors: 1, pad: x", "pad is \"x\"; accepted: 0..64"},
        {"processors: 1, pad: 1.5", "pad is \"1.5\"; accepted: 0..64"},
        {"processors: 1, pad: ", "pad is nothing; accepted: 0..64"},
        {"processors: 1, pad: 99999999999999999999", "pad is \"99999999999999999999\"; accepted"},
        {"processors: 1, op: conv3d", "op is \"conv3d\"; accepted: conv2d, conv1d, "},
        {"processors: 1, activate: gelu", "activate is \"gelu\"; accepted: relu, abs, none"},
        {"processors: 1, kernel_size: 3", "kernel_size is \"3\"; accepted: HxW"},
        {"processors: 1, kernel_size: 3x", "kernel_size is \"3x\"; accepted: HxW"},
        {"processors: 1, kernel_size: 99x99", "kernel_size is \"99x99\"; accepted: HxW"},
        {"processors: 1, op: conv1d, kernel_size: 3x3", "accepted: the number of values"},
        {"processors: 1, op: fc, kernel_size: 3x3", "accepted: 1x1 in a fully connected layer"},
        {"processors: 1, max_pool: [1, 2, 3]", "max_pool is a list of 3; accepted: 1..64, or two"},
        {"processors: 1, max_pool: [1, a]", "max_pool is a list of 2; accepted: 1..64, or two"},
        {"processors: 1, quantization: 3", "quantization is \"3\"; accepted: 1, 2, 4, 8, bin"},
        {"processors: 1, output_width: 16", "output_width is \"16\"; accepted: 8, 32"},
        {"processors: 1, streaming: maybe", "streaming is \"maybe\"; accepted: true, false"},
        {"processors: 1, in_sequences: []", "in_sequences is a list of 0; accepted: at least one"},
        {"processors: 1, in_sequences: [[1]]", "accepted: a layer, or a list of up to 32"},
        {"processors: 1, bias_group: 4", "bias_group is \"4\"; accepted: 0..3"},
        {"processors: 1, op: none, dilation: 2", "accepted: nothing in a layer without"},
    };
    for (const auto &each : cases) {
        EXPECT_THAT(refusal(of_layers({each.layer}), Code::kNetworkValue), HasSubstr(each.what));
    }
    EXPECT_THAT(refusal("arch: a\ndataset: b\nlayers: 3\n", Code::kNetworkValue),
                HasSubstr("layers is \"3\"; accepted: a list"));
    EXPECT_THAT(refusal("arch: a\ndataset: b\nlayers: [3]\n", Code::kNetworkValue),
                HasSubstr("a layer is \"3\"; accepted: a map"));
    EXPECT_THAT(refusal("3\n", Code::kNetworkValue), HasSubstr("the network is \"3\""));
    EXPECT_THAT(
        refusal(of_layers(std::vector<std::string>(257, "processors: 1")), Code::kNetworkValue),
        HasSubstr("257 layers; accepted: up to 256"));
}

TEST(ai8x_yaml, refuses_layers_that_do_not_fit_together) {
    const std::string one = "processors: 0xff, output_processors: 0xff";
    const struct {
        std::vector<std::string> layers;
        std::string what;
    } cases[] = {
        {{one, one + ", in_sequences: nobody"}, "in_sequences names \"nobody\"; accepted"},
        {{one, one + ", next_sequence: 7"}, "next_sequence names \"7\"; accepted"},
        {{one, one + ", next_sequence: input"}, "next_sequence names no layer"},
        {{one, one + ", weight_source: 1"}, "weight_source names no layer with weights"},
        {{one + ", name: a", one + ", name: A"}, "name \"A\" is reserved, or stands twice"},
        {{one + ", name: stop"}, "name \"stop\" is reserved"},
        {{one + ", sequence: 3", one + ", sequence: 3"}, "sequence 3 stands twice"},
        {{one + ", in_sequences: 1", one}, "takes its input from layer 1, which runs later"},
        {{one + ", in_sequences: 0"}, "takes its input from layer 0, which runs later or never"},
        {{one + ", max_pool: 17"}, "nothing is left of the 16x16 that layer 0 takes in"},
        {{one, one + ", max_pool: 2", one + ", in_sequences: [0, 1]"},
         "takes inputs of 16x16 and 15x15; accepted: equal ones, or in_dim"},
        {{one, one + ", in_sequences: 0, in_dim: [16, 17]"},
         "in_dim of layer 1 is 272 pixels with what in_crop leaves out; its in_sequences have 256"},
    };
    for (const auto &each : cases) {
        EXPECT_THAT(refusal(of_layers(each.layers), Code::kNetworkInconsistent),
                    HasSubstr(each.what));
    }
}

TEST(ai8x_yaml, refuses_what_is_no_yaml) {
    EXPECT_THAT(refusal("", Code::kNetworkUnreadable), HasSubstr("holds no documents"));
    EXPECT_THAT(refusal("a: 1\n---\nb: 2\n", Code::kNetworkUnreadable),
                HasSubstr("holds several documents"));
    EXPECT_THAT(refusal(",", Code::kNetworkUnreadable), HasSubstr("holds several documents"));
    EXPECT_TRUE(refusal("a: [1, 2\n", Code::kNetworkUnreadable).starts_with("2: "));
    EXPECT_TRUE(refusal("a: *nobody\n", Code::kNetworkUnreadable).starts_with("1: "));
    EXPECT_THAT(refusal(std::string(2 << 20, ' '), Code::kNetworkUnreadable),
                HasSubstr("has 2097152 bytes"));
    EXPECT_THAT(refusal("? [a]\n: 1\n", Code::kNetworkKey), HasSubstr("a key is a list or a map"));
    for (size_t size = 0; size < kSmall.size(); ++size) {
        static_cast<void>(read(kSmall.substr(0, size)));  // An answer, whatever it is.
    }
}

TEST(ai8x_yaml, refuses_documents_that_explode) {
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        bomb += fmt::format("a{0}: &a{0} [*a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}]\n", i,
                            i - 1);
    }
    EXPECT_THAT(refusal(bomb, Code::kNetworkUnreadable), HasSubstr("more than 200000 values"));
    EXPECT_THAT(refusal("a: &a [*a]\n", Code::kNetworkUnreadable), HasSubstr("nested deeper"));
    EXPECT_FALSE(read("a: " + std::string(100'000, '[')));
    EXPECT_FALSE(read("a: " + std::string(100'000, '{')));
}

TEST(ai8x_yaml, reads_shapes_from_the_command_line) {
    EXPECT_EQ(parse_input_shape("3x32x16")->channels, 3);
    EXPECT_EQ(parse_input_shape("3x32x16")->extent, (CnnExtent{32, 16}));
    EXPECT_EQ(parse_input_shape("128x20")->extent, (CnnExtent{20, 1}));
    for (const char *text : {"", "3", "3x", "x3x3", "3x3x3x3", "0x3", "3x-1x2", "axb", "3x5000"}) {
        const auto shape = parse_input_shape(text);
        ASSERT_FALSE(shape) << text;
        EXPECT_EQ(shape.error().code, Code::kUsage);
    }
}

TEST(ai8x_yaml, is_told_by_its_extension_or_its_beginning) {
    const auto folder = TemporaryFolder::make(testing::TempDir()).value();
    const std::string binary("\n\0layers:\nlayers:", 17);
    ASSERT_TRUE(write_files(folder.path(),
                            std::vector{text_file("a.yaml", "x"), text_file("b.yml", "x"),
                                        text_file("c.net", kSmall), text_file("d.txt", "layers of"),
                                        text_file("e.tflite", kSmall), text_file("f", binary)}));
    const auto is_told = [&](const char *name) {
        return is_network_description(folder.path() + "/" + name);
    };
    EXPECT_TRUE(is_told("a.yaml") && is_told("b.yml") && is_told("c.net"));
    EXPECT_FALSE(is_told("d.txt") || is_told("e.tflite") || is_told("f"));
}

}  // namespace
}  // namespace ingot::codegen
