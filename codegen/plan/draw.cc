// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Draws the plan.
//
//   Arena, 96 bytes. Each row is a tensor; it holds its bytes over the steps marked.
//   offset  bytes  0
//        0     32  ##..  input
//        0     64  ..##  conv2d_1
//       32     64  .##.  conv2d_0

#include "codegen/plan/draw.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace ingot::codegen {
namespace {

constexpr int kLineMax = 96;  // "// " comes before it.
constexpr int kMarksMax = 60;
constexpr int kRulerStep = 10;  // Marks between two numbers of the ruler.

struct Frame {
    size_t offset_width;
    size_t bytes_width;
    int first_step;
    int steps_per_mark;
    int marks;
};

Frame frame_of(std::span<const Buffer> buffers, const Plan &plan) {
    int first_step = 0;
    int last_step = 0;
    if (!buffers.empty()) {
        first_step = std::ranges::min(buffers, {}, &Buffer::first_step).first_step;
        last_step = std::ranges::max(buffers, {}, &Buffer::last_step).last_step;
    }
    const int steps = last_step - first_step + 1;
    const int steps_per_mark = (steps + kMarksMax - 1) / kMarksMax;
    const size_t digits = fmt::formatted_size("{}", plan.arena_bytes);
    return {.offset_width = std::max<size_t>(digits, 6),
            .bytes_width = std::max<size_t>(digits, 5),
            .first_step = first_step,
            .steps_per_mark = steps_per_mark,
            .marks = (steps + steps_per_mark - 1) / steps_per_mark};
}

std::string title(const Frame &frame, const Plan &plan) {
    std::string text = fmt::format(
        "Arena, {} bytes. Each row is a tensor; it holds its bytes over the steps marked.\n",
        plan.arena_bytes);
    if (frame.steps_per_mark > 1) {
        text += fmt::format("Each mark stands for {} steps.\n", frame.steps_per_mark);
    }
    if (!plan.is_optimal) {
        text +=
            fmt::format("It may not be the smallest: the least possible is at least {} bytes.\n",
                        plan.lower_bound_bytes);
    }
    return text;
}

// "0         10        20": a number stands over the mark of its step.
std::string ruler(const Frame &frame) {
    std::string text;
    for (int mark = 0; mark < frame.marks; mark += kRulerStep) {
        const int step = frame.first_step + mark * frame.steps_per_mark;
        text += fmt::format("{:<{}}", step, kRulerStep);
    }
    return text.substr(0, text.find_last_not_of(' ') + 1);
}

std::string marks(const Frame &frame, const Buffer &buffer) {
    std::string text(frame.marks, '.');
    const int first = (buffer.first_step - frame.first_step) / frame.steps_per_mark;
    const int last = (buffer.last_step - frame.first_step) / frame.steps_per_mark;
    std::fill(text.begin() + first, text.begin() + last + 1, '#');
    return text;
}

std::string fit(const std::string &label, size_t width) {
    return label.size() <= width ? label : label.substr(0, width - 2) + "..";
}

std::vector<size_t> rows_by_offset(std::span<const Buffer> buffers, const Plan &plan) {
    std::vector<size_t> rows(buffers.size());
    std::iota(rows.begin(), rows.end(), 0);
    std::ranges::sort(
        rows, {}, [&](size_t i) { return std::tuple(plan.offset[i], buffers[i].first_step, i); });
    return rows;
}

}  // namespace

std::string draw_plan(std::span<const Buffer> buffers, std::span<const std::string> labels,
                      const Plan &plan) {
    const Frame frame = frame_of(buffers, plan);
    std::string text = title(frame, plan);
    if (buffers.empty()) return text;
    text += fmt::format("{:>{}}  {:>{}}  {}\n", "offset", frame.offset_width, "bytes",
                        frame.bytes_width, ruler(frame));
    for (const size_t i : rows_by_offset(buffers, plan)) {
        std::string line =
            fmt::format("{:>{}}  {:>{}}  {}  ", plan.offset[i], frame.offset_width,
                        buffers[i].bytes, frame.bytes_width, marks(frame, buffers[i]));
        text += line + fit(labels[i], kLineMax - line.size()) + "\n";
    }
    return text;
}

}  // namespace ingot::codegen
