// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Registers to layers, and what registers must not ask for.

#include "sim/machines/cnn_array/decode.h"

#include <gmock/gmock.h>

#include "tests/sim/machines/cnn_array/program.h"

namespace ingot::sim::test {
namespace {

using enum CnnField;
using testing::HasSubstr;
using testing::SizeIs;

class decode_of : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(parts, decode_of, testing::Values("max78000", "max78002"));

TEST_P(decode_of, a_convolution_gives_its_layer) {
    Registers program(GetParam());
    program.layer(0, small_convolution(program.array), {{shift, 3}, {shifts_right, 1}, {relu, 1}});
    const auto decoded = decode(program.registers, program.array);
    ASSERT_TRUE(decoded) << decoded.error().where << ": " << decoded.error().what;
    ASSERT_THAT(decoded->layers, SizeIs(1));
    const Layer &layer = decoded->layers[0];
    EXPECT_EQ(layer.kind, Layer::Kind::kConvolution);
    EXPECT_EQ(layer.rows, 4);
    EXPECT_EQ(layer.columns, 4);
    EXPECT_EQ(layer.row_pad, 1);
    EXPECT_EQ(layer.output_rows, 4);
    EXPECT_EQ(layer.output_columns, 4);
    EXPECT_EQ(layer.outputs, 1);
    EXPECT_EQ(layer.taps(), 9);
    EXPECT_EQ(layer.shift, -3);
    EXPECT_EQ(layer.activation, Activation::kRelu);
    EXPECT_TRUE(decoded->notes.empty());
}

TEST_P(decode_of, a_copy_has_no_kernels) {
    Registers program(GetParam());
    program.layer(0, small_copy(program.array));
    const auto decoded = decode(program.registers, program.array);
    ASSERT_TRUE(decoded) << decoded.error().where << ": " << decoded.error().what;
    EXPECT_EQ(decoded->layers[0].kind, Layer::Kind::kPassThrough);
}

TEST_P(decode_of, layers_come_in_order_up_to_the_last) {
    Registers program(GetParam());
    for (int i = 0; i < 3; ++i) program.layer(i, small_copy(program.array));
    program.last(2);
    const auto decoded = decode(program.registers, program.array);
    ASSERT_TRUE(decoded);
    ASSERT_THAT(decoded->layers, SizeIs(3));
    EXPECT_EQ(decoded->layers[2].index, 2);
}

TEST(decode_links, lead_where_they_say_and_stop_where_they_say) {
    Registers program("max78002");
    program.layer(0, small_copy(program.array), {{jumps, 1}, {next_layer, 5}});
    program.layer(5, small_copy(program.array), {{stops, 1}}).last(9);
    const auto decoded = decode(program.registers, program.array);
    ASSERT_TRUE(decoded);
    ASSERT_THAT(decoded->layers, SizeIs(2));
    EXPECT_EQ(decoded->layers[1].index, 5);
}

TEST(decode_links, begin_with_the_first_layer) {
    Registers program("max78002");
    program.layer(3, small_copy(program.array)).last(3 << 8 | 3);
    const auto decoded = decode(program.registers, program.array);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->layers[0].index, 3);
}

TEST(decode_links, that_never_end_are_a_diagnosis) {
    Registers program("max78002");
    program.layer(0, small_copy(program.array), {{jumps, 1}, {next_layer, 0}}).last(0);
    const auto decoded = decode(program.registers, program.array);
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().code, Code::kCnnProgramInvalid);
    EXPECT_THAT(decoded.error().what, HasSubstr("never end"));
}

TEST(decode_helpers, without_rows_are_idle) {
    Registers program("max78000");
    program.layer(0, small_copy(program.array), {{padded_rows, 0}, {row_pad, 1}});
    const auto decoded = decode(program.registers, program.array);
    ASSERT_TRUE(decoded);
    EXPECT_TRUE(decoded->layers[0].is_idle);
}

// One change to the small convolution, and what the diagnosis speaks of.
struct Wrong {
    std::string board;
    CnnField field;
    uint32_t value;
    std::string where;
    std::string what;
};
void PrintTo(const Wrong &wrong, std::ostream *stream) {
    *stream << wrong.board << ", " << kCnnFields[static_cast<size_t>(wrong.field)].name << " = "
            << wrong.value;
}

class decode_rejects : public testing::TestWithParam<Wrong> {};

TEST_P(decode_rejects, what_the_part_cannot_do) {
    Registers program(GetParam().board);
    program.layer(0, small_convolution(program.array), {{GetParam().field, GetParam().value}});
    const auto decoded = decode(program.registers, program.array);
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().code, Code::kCnnProgramInvalid);
    EXPECT_THAT(decoded.error().where, HasSubstr("quadrant 0, layer 0"));
    EXPECT_THAT(decoded.error().where, HasSubstr(GetParam().where));
    EXPECT_THAT(decoded.error().what, HasSubstr(GetParam().what));
    EXPECT_FALSE(decoded.error().hint.empty());
}

INSTANTIATE_TEST_SUITE_P(
    registers, decode_rejects,
    testing::Values(Wrong{"max78000", processors, 0, "processors", "no processor"},
                    Wrong{"max78000", kernels, 0, "row_pad", "pads in a layer without kernels"},
                    Wrong{"max78000", is_1d, 1, "width_1d", "0 taps"},
                    Wrong{"max78000", passes, 1, "kernel_last", "1 kernels"},
                    Wrong{"max78000", read_pointer, 8177, "read_pointer", "word 8192"},
                    Wrong{"max78000", write_pointer, 8177, "write_pointer", "word 8192"},
                    Wrong{"max78002", write_pointer, 16 << 15, "write_pointer", "instance 16"},
                    Wrong{"max78000", kernel_first, 1, "kernel_last", "0"},
                    Wrong{"max78000", kernel_last, 768 * 8, "kernel_last", "word 768"},
                    Wrong{"max78002", kernel_rows, 4, "kernel_rows", "5 x 3 taps"},
                    Wrong{"max78002", outputs, 7, "outputs", "7"},
                    Wrong{"max78002", window_step, 0, "window_step", "0 words"},
                    Wrong{"max78002", row_step, 2, "row_step", "2 words"},
                    Wrong{"max78002", column_rest, 2047, "column_rest", "2050 columns"},
                    Wrong{"max78002", write_pointer, 20480 - 15, "write_pointer", "word 20480"},
                    Wrong{"max78002", read_pointer, 20480 - 15, "read_pointer", "word 20480"}));

TEST(decode_also_rejects, biases_beyond_their_memory) {
    Registers program("max78000");
    program.layer(0, small_convolution(program.array), {{bias, 1}, {bias_start, 511}});
    EXPECT_TRUE(decode(program.registers, program.array));
    program.layer(0, small_convolution(program.array), {{bias, 1}, {bias_start, 512}});
    const auto decoded = decode(program.registers, program.array);
    ASSERT_FALSE(decoded);
    EXPECT_THAT(decoded.error().where, HasSubstr("bias_start"));
}

TEST(decode_also_rejects, kernels_one_word_beyond_their_memory_only) {
    Registers program("max78000");
    const Fields last = {{kernel_first, 767 * 8}, {kernel_last, 767 * 8}};
    program.layer(0, small_convolution(program.array), last);
    EXPECT_TRUE(decode(program.registers, program.array));
}

TEST(decode_also_rejects, odd_extents_of_transposed_convolutions) {
    Registers program("max78000");
    program.layer(0, small_convolution(program.array), {{transposed, 1}, {padded_rows, 6}});
    const auto decoded = decode(program.registers, program.array);
    ASSERT_FALSE(decoded);
    EXPECT_THAT(decoded.error().hint, HasSubstr("even"));
}

TEST(decode_also_rejects, pooling_windows_larger_than_the_input) {
    Registers program("max78000");
    program.layer(0, small_convolution(program.array), {{pools, 1}, {pool_rows, 4}});
    const auto decoded = decode(program.registers, program.array);
    ASSERT_FALSE(decoded);
    EXPECT_THAT(decoded.error().hint, HasSubstr("5 x 1"));
}

TEST(decode_also_rejects, quadrants_that_disagree) {
    Registers program("max78000");
    program.registers.quadrants[1] = program.registers.quadrants[0];
    program.layer(0, small_convolution(program.array));
    program.registers.quadrants[1].layers[0] = small_convolution(program.array);
    program.registers.quadrants[1].layers[0].set(stride, program.array.layout, 1);
    const auto decoded = decode(program.registers, program.array);
    ASSERT_FALSE(decoded);
    EXPECT_THAT(decoded.error().what, HasSubstr("1 in quadrant 1"));
}

// A part of x4 mode has 1024 words, and 256 more from word 4096 on.
TEST(decode_also_rejects, kernels_that_leave_their_part_of_x4_mode) {
    const struct {
        uint32_t first_word;
        bool is_accepted;
    } cases[] = {{1022, true}, {1023, false}, {4095, false},
                 {4096, true}, {4350, true},  {4351, false}};
    for (const auto &test : cases) {
        Registers program("max78002");
        const uint32_t first = test.first_word * 8;  // Eight outputs: two kernels in each part.
        program.layer(0, small_convolution(program.array),
                      {{x4, 1},
                       {outputs, 1},
                       {pass_bits, 7 * 8},
                       {kernel_first, first},
                       {kernel_last, first}});
        EXPECT_EQ(decode(program.registers, program.array).has_value(), test.is_accepted)
            << test.first_word;
    }
}

TEST(decode_notes, name_what_is_not_documented) {
    Registers program("max78002");
    program.registers.quadrants[0].control[0] |= cnn_bit::kQuadFifo;
    program.layer(0, small_convolution(program.array), {{reads_ahead, 1}, {writes_globally, 0}});
    const auto decoded = decode(program.registers, program.array);
    ASSERT_TRUE(decoded);
    EXPECT_THAT(decoded->notes, SizeIs(3));
}

}  // namespace
}  // namespace ingot::sim::test
