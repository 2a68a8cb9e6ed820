// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Slices by their indices.

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

Bytes gathered(const Shape &from, const std::vector<int32_t> &indices, const Shape &to,
               const Settings &settings) {
    return folded(graph_of(k_gather, {counting(Type::kInt8, from), int32s(indices)},
                           {tensor(Type::kInt8, to)}, settings))
        .data;
}

TEST(gather, selects_slices_in_any_order) {
    EXPECT_EQ((Bytes{2, 0, 2}), gathered({3}, {2, 0, 2}, {3}, {{"axis", 0}}));
    EXPECT_EQ((Bytes{4, 5, 0, 1}), gathered({3, 2}, {2, 0}, {2, 2}, {{"axis", 0}}));
    EXPECT_EQ((Bytes{1, 3, 5}), gathered({3, 2}, {1}, {3, 1}, {{"axis", -1}}));
}

TEST(gather, is_not_folded_where_it_would_reach_outside) {
    EXPECT_TRUE(gathered({3}, {3}, {1}, {}).empty());
    EXPECT_TRUE(gathered({3}, {-1}, {1}, {}).empty());
    EXPECT_TRUE(gathered({3}, {0}, {1}, {{"axis", 1}}).empty());
    EXPECT_TRUE(gathered({3}, {0}, {2}, {}).empty());
    EXPECT_TRUE(gathered({3}, {0}, {1}, {{"batch_dims", 1}}).empty());
}

TEST(gather, is_imported_with_its_axis) {
    EXPECT_EQ(&k_gather, find_tflite("GATHER").op);
    EXPECT_EQ((Values{{"axis", -1}, {"batch_dims", 1}}), imported("GATHER", {{0, -1}, {1, 1}}));
}

}  // namespace
}  // namespace ingot::test
