// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Every n-th element along some axes, forwards or backwards, in the notation of x[1:, ::-1, ...,
// 3].

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "codegen/ops/moves.h"
#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"
#include "codegen/ops/walk.h"

namespace ingot::codegen {
namespace {

constexpr int64_t kEntriesMax = 32;  // Bits of a mask.

// The notation: entry i is begin[i]:end[i]:stride[i], or what the masks make of it.
struct Entries {
    std::vector<int64_t> begin = {}, end = {}, stride = {};
    uint32_t begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask;
    bool end_is_relative;  // To the beginning.

    size_t count() const { return begin.size(); }
};

bool has_bit(uint32_t mask, size_t i) { return mask >> i & 1; }

// Beyond any extent, and small enough to be added to one.
void bound(std::vector<int64_t> &values) {
    constexpr int64_t kFar = int64_t{1} << 32;
    for (int64_t &value : values) value = std::clamp(value, -kFar, kFar);
}

Result<Entries> read_entries(const Site &site) {
    const auto mask = [&](std::string_view name) {
        return static_cast<uint32_t>(site.node.attributes.integer(name));
    };
    Entries entries = {.begin_mask = mask("begin_mask"),
                       .end_mask = mask("end_mask"),
                       .ellipsis_mask = mask("ellipsis_mask"),
                       .new_axis_mask = mask("new_axis_mask"),
                       .shrink_axis_mask = mask("shrink_axis_mask"),
                       .end_is_relative = site.node.attributes.integer("offset") != 0};
    TRY(entries.begin, require_constant_integers(site, 1));
    TRY(entries.end, require_operand(site, 2, entries.count()));
    TRY(entries.stride, require_operand(site, 3, entries.count()));
    if (entries.count() > kEntriesMax || std::popcount(entries.ellipsis_mask) > 1) {
        return site.fail(
            Code::kOperatorLimit,
            fmt::format("{} entries with {} ellipses; accepted: {} and 1", entries.count(),
                        std::popcount(entries.ellipsis_mask), kEntriesMax));
    }
    for (auto *values : {&entries.begin, &entries.end, &entries.stride}) bound(*values);
    return entries;
}

// The elements first, first + stride, ... of one axis.
struct Steps {
    int64_t first, stride, count;
};

// An index, counted from the back if negative. Past an edge it becomes the edge itself where a walk
// would come in, and the place just outside where it would leave.
int64_t clamped(int64_t index, int64_t extent, int64_t stride) {
    if (index < 0) index += extent;
    return stride > 0 ? std::clamp<int64_t>(index, 0, extent)
                      : std::clamp<int64_t>(index, -1, extent - 1);
}

Steps steps_of(const Entries &entries, size_t i, int64_t extent) {
    const int64_t stride = entries.stride[i];
    int64_t first = clamped(entries.begin[i], extent, stride);
    if (has_bit(entries.begin_mask, i)) first = stride > 0 ? 0 : extent - 1;
    if (has_bit(entries.shrink_axis_mask, i)) return {first, stride, stride > 0 ? 1 : 0};

    int64_t end = entries.end[i] + (entries.end_is_relative ? first : 0);
    end = clamped(end, extent, stride);
    if (has_bit(entries.end_mask, i)) end = stride > 0 ? extent : -1;
    const int64_t towards = stride > 0 ? 1 : -1;
    return {first, stride, (end - first + stride - towards) / stride};
}

// Reads the entries from the first to the last, and the input's axes with them.
class Selection {
public:
    explicit Selection(const Site &site) : site_(site), rest_(dense_loops(site.input(0).shape)) {}

    Result<void> select(const Entries &entries, size_t i) {
        if (axis_ == rest_.size()) {
            return site_.fail(
                Code::kOperatorLimit,
                fmt::format("more entries than the {} axes of its input", rest_.size()));
        }
        const auto [extent, dense] = rest_[axis_];
        if (entries.stride[i] == 0) {
            return site_.fail(Code::kOperatorLimit, fmt::format("stride 0 along axis {}", axis_));
        }
        const Steps steps = steps_of(entries, i, extent);
        if (steps.count < 1 || steps.first < 0 || steps.first >= extent) {
            return site_.fail(Code::kOperatorLimit,
                              fmt::format("selects nothing along axis {} of {}", axis_,
                                          to_string(site_.input(0).shape)));
        }
        walk_.offset += steps.first * dense;
        walk_.loops.push_back({steps.count, steps.stride * dense});
        if (!has_bit(entries.shrink_axis_mask, i)) shape_.push_back(steps.count);
        ++axis_;
        return {};
    }

    void add_axis() { shape_.push_back(1); }

    // Takes axes as they are until only so many are left.
    void take_until(size_t left) {
        for (; axis_ + left < rest_.size(); ++axis_) {
            walk_.loops.push_back(rest_[axis_]);
            shape_.push_back(rest_[axis_].extent);
        }
    }

    const Walk &walk() const { return walk_; }
    const std::vector<int64_t> &shape() const { return shape_; }

private:
    const Site &site_;
    Loops rest_;  // Of the whole input; those from axis_ on are not selected yet.
    size_t axis_ = 0;
    Walk walk_;
    std::vector<int64_t> shape_;  // Of the output.
};

// Entries from `first` on that use up an axis of the input.
size_t axes_from(const Entries &entries, size_t first) {
    size_t axes = 0;
    for (size_t i = first; i < entries.count(); ++i) axes += !has_bit(entries.new_axis_mask, i);
    return axes;
}

Result<Walk> walk_of(const Site &site) {
    TRY_DO(require_move(site));
    TRY(const Entries entries, read_entries(site));
    Selection selection(site);
    for (size_t i = 0; i < entries.count(); ++i) {
        if (has_bit(entries.ellipsis_mask, i)) {
            selection.take_until(axes_from(entries, i + 1));
        } else if (has_bit(entries.new_axis_mask, i)) {
            selection.add_axis();
        } else {
            TRY_DO(selection.select(entries, i));
        }
    }
    selection.take_until(0);
    TRY_DO(require_output_shape(site, selection.shape()));
    return selection.walk();
}

Result<Lowered> lower(const Site &site) {
    TRY(const Walk walk, walk_of(site));
    return lower_walk(site, walk);
}

bool fold(Graph &graph, const Node &node) {
    const auto walk = walk_of({graph, node});
    return walk && fold_walk(graph, node, *walk);
}

void read(const Options &options, Attributes &attributes) {
    attributes.set("begin_mask", options.int32(0));
    attributes.set("end_mask", options.int32(1));
    attributes.set("ellipsis_mask", options.int32(2));
    attributes.set("new_axis_mask", options.int32(3));
    attributes.set("shrink_axis_mask", options.int32(4));
    attributes.set("offset", options.int8(5));
}

constexpr Import kImports[] = {{"STRIDED_SLICE", read}};

}  // namespace

const Operator k_strided_slice = {
    .name = "strided_slice", .imports = kImports, .lower = lower, .fold = fold};

}  // namespace ingot::codegen
