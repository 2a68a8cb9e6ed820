// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What the tests of data-moving kernels share: tensors by coordinates, the slow and obvious way.

#ifndef INGOT_TESTS_KERNELS_MOVES_H
#define INGOT_TESTS_KERNELS_MOVES_H

#include "tests/kernels/reference.h"

namespace ingot::test {

using Extents = std::vector<int32_t>;  // Row-major, outermost first; also a tensor's coordinates.
using Bytes = std::vector<uint8_t>;

constexpr int32_t kElementBytes[] = {1, 2, 4, 8};
constexpr uint8_t kGuard = 0xa5;  // Stands behind every output; a kernel must leave it there.

inline int64_t element_count(const Extents &extents) {
    int64_t count = 1;
    for (const int32_t extent : extents) count *= extent;
    return count;
}

inline Extents coordinates_at(const Extents &extents, int64_t position) {
    Extents coordinates(extents.size());
    for (size_t d = extents.size(); d-- > 0; position /= extents[d]) {
        coordinates[d] = static_cast<int32_t>(position % extents[d]);
    }
    return coordinates;
}

inline int64_t position_of(const Extents &extents, const Extents &coordinates) {
    int64_t position = 0;
    for (size_t d = 0; d < extents.size(); ++d) position = position * extents[d] + coordinates[d];
    return position;
}

// Elements between neighbours along each dimension.
inline Extents strides_of(const Extents &extents) {
    Extents strides(extents.size(), 1);
    for (size_t d = extents.size(); d-- > 1;) strides[d - 1] = strides[d] * extents[d];
    return strides;
}

inline Extents random_extents(Random &random, int32_t rank, int32_t largest = 4) {
    Extents extents(static_cast<size_t>(rank));
    for (int32_t &extent : extents) extent = random.in(1, largest);
    return extents;
}

// Element `position` of a tensor.
inline Bytes element(const Bytes &tensor, int32_t element_bytes, int64_t position) {
    const auto first = tensor.begin() + position * element_bytes;
    return Bytes(first, first + element_bytes);
}

// A tensor whose every element is what `element_of` answers for its coordinates.
template <class ElementOf>
Bytes build(const Extents &extents, const ElementOf &element_of) {
    Bytes tensor;
    for (int64_t i = 0; i < element_count(extents); ++i) {
        const Bytes bytes = element_of(coordinates_at(extents, i));
        tensor.insert(tensor.end(), bytes.begin(), bytes.end());
    }
    return tensor;
}

// The kernel turns the input into exactly these bytes and writes none behind them.
inline void expect_moved(ingot_kernel kernel, const void *params, const Bytes &input,
                         const Bytes &expected) {
    Bytes output(expected.size() + 16, kGuard);
    ASSERT_EQ(INGOT_OK, run(kernel, params, {input.data()}, output.data()));
    Bytes guarded = expected;
    guarded.resize(output.size(), kGuard);
    EXPECT_EQ(guarded, output);
}

inline ingot_walk walk_of(const Extents &extents, const Extents &strides) {
    ingot_walk walk = {.rank = static_cast<int32_t>(extents.size()), .extent = {}, .stride = {}};
    std::copy(extents.begin(), extents.end(), walk.extent);
    std::copy(strides.begin(), strides.end(), walk.stride);
    return walk;
}

// Every way to break ingot_slice_params is refused, one step from where it is accepted.
inline void expect_gates(ingot_kernel kernel) {
    const ingot_slice_params good = {
        .element_bytes = 1, .offset = 0, .input = walk_of({2, 1}, {1, 1})};
    expect_moved(kernel, &good, {7, 8}, {7, 8});

    ingot_slice_params params = good;
    params.element_bytes = 0;
    expect_refused(kernel, &params);
    params = good;
    params.offset = -1;
    expect_refused(kernel, &params);
    params = good;
    params.input.extent[1] = 0;
    expect_refused(kernel, &params);
    params = good;
    params.input.rank = -1;
    expect_refused(kernel, &params);
    params = good;
    params.input.rank = INGOT_RANK_MAX + 1;
    expect_refused(kernel, &params);
}

}  // namespace ingot::test

#endif
