// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The notation x[1:, ::-1, ..., 3]: from operands and masks to a walk.

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

// begin:end:stride of one entry.
struct Entry {
    int32_t begin, end, stride = 1;
};

Graph pick(const Tensor &input, const std::vector<Entry> &entries, const Tensor &output,
           const Settings &masks = {}) {
    std::vector<int32_t> begin, end, stride;
    for (const Entry &entry : entries) {
        begin.push_back(entry.begin);
        end.push_back(entry.end);
        stride.push_back(entry.stride);
    }
    return graph_of(k_strided_slice, {input, int32s(begin), int32s(end), int32s(stride)}, {output},
                    masks);
}

// Folds a counting row of 10, so that the elements are the indices that were picked.
Bytes picked(Entry entry, int32_t count, const Settings &masks = {}) {
    return folded(pick(counting(Type::kInt8, {10}), {entry}, tensor(Type::kInt8, {count}), masks))
        .data;
}

TEST(strided_slice, counts_from_both_ends_and_in_both_directions) {
    EXPECT_EQ((Bytes{2, 3, 4}), picked({2, 5}, 3));
    EXPECT_EQ((Bytes{7, 8}), picked({-3, -1}, 2));
    EXPECT_EQ((Bytes{1, 4, 7}), picked({1, 10, 3}, 3));
    EXPECT_EQ((Bytes{1, 4, 7}), picked({1, 8, 3}, 3));
    EXPECT_EQ((Bytes{8, 5, 2}), picked({8, 1, -3}, 3));
    EXPECT_EQ((Bytes{8, 5}), picked({8, 2, -3}, 2));
    EXPECT_EQ((Bytes{9, 8}), picked({-1, -3, -1}, 2));
}

TEST(strided_slice, stops_at_the_edges) {
    EXPECT_EQ((Bytes{8, 9}), picked({8, 99}, 2));
    EXPECT_EQ((Bytes{0, 1}), picked({-99, 2}, 2));
    EXPECT_EQ((Bytes{9, 8}), picked({99, 7, -1}, 2));
    EXPECT_EQ((Bytes{1, 0}), picked({1, -99, -1}, 2));
    EXPECT_EQ((Bytes{4}), picked({4, INT32_MAX, INT32_MAX}, 1));
    EXPECT_EQ((Bytes{4}), picked({4, INT32_MIN, INT32_MIN}, 1));
}

TEST(strided_slice, ignores_what_the_masks_leave_open) {
    EXPECT_EQ((Bytes{0, 1, 2}), picked({7, 3}, 3, {{"begin_mask", 1}}));
    EXPECT_EQ((Bytes{7, 8, 9}), picked({7, 3}, 3, {{"end_mask", 1}}));
    EXPECT_EQ((Bytes{9, 8}), picked({4, 7, -1}, 2, {{"begin_mask", 1}}));
    EXPECT_EQ((Bytes{9, 6, 3, 0}), picked({4, 4, -3}, 4, {{"begin_mask", 1}, {"end_mask", 1}}));
}

TEST(strided_slice, counts_a_relative_end_from_the_beginning) {
    EXPECT_EQ((Bytes{2, 3, 4}), picked({2, 3}, 3, {{"offset", 1}}));
    EXPECT_EQ((Bytes{7, 8}), picked({-3, 2}, 2, {{"offset", 1}}));
}

TEST(strided_slice, drops_an_axis_that_is_indexed) {
    const Tensor input = counting(Type::kInt8, {2, 3, 4});
    const Tensor row =
        folded(pick(input, {{1, 2}, {-1, 0}}, tensor(Type::kInt8, {4}), {{"shrink_axis_mask", 3}}));
    EXPECT_EQ((Bytes{20, 21, 22, 23}), row.data);
}

TEST(strided_slice, leaves_axes_alone_that_an_ellipsis_or_no_entry_names) {
    const Tensor input = counting(Type::kInt8, {2, 2, 2, 3});
    const Tensor last = folded(
        pick(input, {{0, 0}, {2, 3}}, tensor(Type::kInt8, {2, 2, 2, 1}), {{"ellipsis_mask", 1}}));
    EXPECT_EQ((Bytes{2, 5, 8, 11, 14, 17, 20, 23}), last.data);
    const Tensor first = folded(pick(input, {{1, 2}}, tensor(Type::kInt8, {1, 2, 2, 3})));
    EXPECT_EQ((Bytes{12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23}), first.data);
}

TEST(strided_slice, inserts_new_axes) {
    const Tensor input = counting(Type::kInt8, {2, 3});
    const Graph graph =
        pick(input, {{0, 0}, {1, 2}, {0, 0}, {0, 0}}, tensor(Type::kInt8, {1, 1, 3, 1}),
             {{"new_axis_mask", 9}, {"ellipsis_mask", 4}});
    EXPECT_EQ((Bytes{3, 4, 5}), folded(graph).data);
}

// The definition: step from begin until end is reached or the axis is left.
std::vector<int32_t> indices(int32_t extent, Entry entry) {
    const bool forwards = entry.stride > 0;
    int32_t at = entry.begin < 0 ? entry.begin + extent : entry.begin;
    int32_t end = entry.end < 0 ? entry.end + extent : entry.end;
    if (entry.end < -extent) end = -1;
    if (forwards && at < 0) at = 0;
    if (!forwards && at >= extent) at = extent - 1;
    std::vector<int32_t> found;
    for (; at >= 0 && at < extent && (forwards ? at < end : at > end); at += entry.stride) {
        found.push_back(at);
    }
    return found;
}

TEST(strided_slice, agrees_with_the_definition_over_any_rank) {
    std::mt19937 random(2);
    const auto in = [&](int32_t low, int32_t high) {
        return low + static_cast<int32_t>(random() % (high - low + 1));
    };
    int selected = 0;
    for (int round = 0; round < 4000; ++round) {
        Shape shape, output;
        std::vector<Entry> entries;
        std::vector<int64_t> positions = {0};
        const int rank = in(1, 6);
        for (int d = 0; d < rank; ++d) {
            shape.push_back(in(1, 5));
            const Entry forwards = {in(-7, 2), in(2, 7), in(1, 3)};
            const Entry anywhere = {in(-7, 7), in(-7, 7), in(0, 1) ? in(1, 3) : in(-3, -1)};
            entries.push_back(in(0, 1) ? forwards : anywhere);
            const auto axis = indices(shape.back(), entries.back());
            output.push_back(static_cast<int32_t>(axis.size()));
            std::vector<int64_t> next;
            for (const int64_t start : positions) {
                for (const int32_t i : axis) next.push_back(start * shape.back() + i);
            }
            positions = next;
        }
        const Tensor input = counting(Type::kInt16, shape);
        const Graph graph = pick(input, entries, tensor(Type::kInt16, output));
        if (element_count(output) == 0) {
            EXPECT_EQ(Code::kOperatorLimit, fault_of(graph));
            continue;
        }
        ++selected;
        const auto lowered = lower(graph);
        ASSERT_TRUE(lowered) << lowered.error().what;
        const Bytes walked = along_walk(lowered, input.data);
        EXPECT_EQ(folded(graph).data, walked);
        const std::vector<int16_t> expected(positions.begin(), positions.end());
        EXPECT_EQ(expected, elements<int16_t>(folded(graph)));
    }
    EXPECT_GT(selected, 500) << "the problems must not all be empty";
}

TEST(strided_slice, refuses_what_selects_nothing) {
    const Tensor input = int8({10}), output = int8({1});
    EXPECT_TRUE(lower(pick(input, {{9, 10}}, output)));
    for (const Entry entry : {Entry{3, 3}, Entry{5, 2}, Entry{10, 99}, Entry{0, 5, -1},
                              Entry{0, 5, 0}, Entry{-99, 3, -1}}) {
        EXPECT_EQ(Code::kOperatorLimit, fault_of(pick(input, {entry}, output))) << entry.begin;
    }
    const Tensor scalar = int8({});
    EXPECT_TRUE(lower(pick(input, {{9, 0}}, scalar, {{"shrink_axis_mask", 1}})));
    for (const Entry entry : {Entry{10, 0}, Entry{9, 0, -1}}) {
        EXPECT_EQ(Code::kOperatorLimit,
                  fault_of(pick(input, {entry}, scalar, {{"shrink_axis_mask", 1}})));
    }
}

TEST(strided_slice, refuses_entries_it_cannot_place) {
    const Tensor input = int8({10});
    EXPECT_EQ(Code::kOperatorLimit, fault_of(pick(input, {{0, 1}, {0, 1}}, int8({1, 1}))));
    EXPECT_EQ(Code::kOperatorLimit,
              fault_of(pick(input, {{0, 1}, {0, 1}}, int8({10}), {{"ellipsis_mask", 3}})));
    const std::vector<Entry> many(33, {0, 1});
    EXPECT_EQ(Code::kOperatorLimit, fault_of(pick(input, many, int8({1}))));
}

TEST(strided_slice, refuses_an_output_of_another_shape) {
    EXPECT_EQ(Code::kModelInconsistent, fault_of(pick(int8({10}), {{0, 4}}, int8({5}))));
}

TEST(strided_slice, refuses_operands_that_differ_in_length_or_are_computed) {
    const Tensor one = int32s({1}), two = int32s({1, 1}), input = int8({10}), output = int8({1});
    const auto with = [&](const Tensor &begin, const Tensor &end, const Tensor &stride) {
        return fault_of(graph_of(k_strided_slice, {input, begin, end, stride}, {output}));
    };
    EXPECT_EQ(Code::kModelInconsistent, with(one, two, one));
    EXPECT_EQ(Code::kModelInconsistent, with(one, one, two));
    EXPECT_EQ(Code::kNotConstant, with(tensor(Type::kInt32, {1}), one, one));
}

TEST(strided_slice, is_imported_with_its_masks) {
    EXPECT_EQ(&k_strided_slice, find_tflite("STRIDED_SLICE").op);
    EXPECT_EQ((Values{{"begin_mask", 1},
                      {"end_mask", 2},
                      {"ellipsis_mask", 4},
                      {"new_axis_mask", 8},
                      {"shrink_axis_mask", 16},
                      {"offset", 1}}),
              imported("STRIDED_SLICE", {{0, 1}, {1, 2}, {2, 4}, {3, 8}, {4, 16}, {5, 1}}));
}

}  // namespace
}  // namespace ingot::test
