// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Problems for the planner's tests. Engines of <random> give the same numbers everywhere, its
// distributions do not; so numbers are drawn by remainder.

#include "tests/codegen/plan/problems.h"

#include <algorithm>
#include <limits>

namespace ingot::codegen {
namespace {

bool meet(const Buffer &a, const Buffer &b) {
    return a.first_step <= b.last_step && b.first_step <= a.last_step;
}

// Any plan can be rebuilt by placing its buffers from the lowest up, each on the highest of those
// below it that it meets. So one of these orders is the best plan.
class BruteForce {
public:
    explicit BruteForce(const std::vector<Buffer> &buffers)
        : buffers_(buffers), offset_(buffers.size(), kOpen) {}

    int64_t solve() {
        place_next(0, 0);
        return best_;
    }

private:
    static constexpr int64_t kOpen = -1;

    void place_next(size_t placed, int64_t height) {
        if (height >= best_) return;
        if (placed == buffers_.size()) best_ = height;
        for (size_t i = 0; i < buffers_.size(); ++i) {
            if (offset_[i] != kOpen) continue;
            offset_[i] = lowest_offset(i);
            place_next(placed + 1, std::max(height, offset_[i] + buffers_[i].bytes));
            offset_[i] = kOpen;
        }
    }

    int64_t lowest_offset(size_t item) const {
        int64_t offset = 0;
        for (size_t i = 0; i < buffers_.size(); ++i) {
            if (offset_[i] == kOpen || !meet(buffers_[i], buffers_[item])) continue;
            offset = std::max(offset, offset_[i] + buffers_[i].bytes);
        }
        return offset;
    }

    const std::vector<Buffer> &buffers_;
    std::vector<int64_t> offset_;
    int64_t best_ = std::numeric_limits<int64_t>::max();
};

int between(std::mt19937 &random, int first, int last) {
    return first + static_cast<int>(random() % static_cast<uint32_t>(last - first + 1));
}

struct Piece {
    int left, right;
    int64_t bottom, top;
};

using Pieces = std::vector<Piece>;

// Nothing when the piece is too small for the cut.
Pieces cut_straight(std::mt19937 &random, const Piece &p) {
    if (random() % 2 == 0) {
        if (p.right - p.left < 2) return {};
        const int x = between(random, p.left + 1, p.right - 1);
        return {{p.left, x, p.bottom, p.top}, {x, p.right, p.bottom, p.top}};
    }
    if (p.top - p.bottom < 2) return {};
    const int64_t y = p.bottom + between(random, 1, static_cast<int>(p.top - p.bottom) - 1);
    return {{p.left, p.right, p.bottom, y}, {p.left, p.right, y, p.top}};
}

Pieces cut_pinwheel(std::mt19937 &random, const Piece &p) {
    if (p.right - p.left < 3 || p.top - p.bottom < 3) return {};
    const int x1 = between(random, p.left + 1, p.right - 2);
    const int x2 = between(random, x1 + 1, p.right - 1);
    const int64_t y1 = p.bottom + between(random, 1, static_cast<int>(p.top - p.bottom) - 2);
    const int64_t y2 = y1 + between(random, 1, static_cast<int>(p.top - y1) - 1);
    return {{p.left, x2, p.bottom, y1},
            {x2, p.right, p.bottom, y2},
            {x1, p.right, y2, p.top},
            {p.left, x1, y1, p.top},
            {x1, x2, y1, y2}};
}

// The largest of three, so that pieces do not differ without limit.
size_t choose_piece(std::mt19937 &random, const Pieces &pieces) {
    const auto area = [&](size_t i) {
        return (pieces[i].right - pieces[i].left) * (pieces[i].top - pieces[i].bottom);
    };
    size_t best = random() % pieces.size();
    for (int i = 0; i < 2; ++i) {
        const size_t other = random() % pieces.size();
        if (area(other) > area(best)) best = other;
    }
    return best;
}

template <class T>
void shuffle(std::mt19937 &random, std::vector<T> &all) {
    for (size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[random() % i]);
}

}  // namespace

int64_t brute_force(const std::vector<Buffer> &buffers) { return BruteForce(buffers).solve(); }

std::vector<Buffer> random_problem(std::mt19937 &random) {
    const int steps = between(random, 3, 6);
    std::vector<Buffer> buffers;
    std::vector<int64_t> load(steps);
    for (int i = between(random, 3, 4); i > 0; --i) {
        const int first = between(random, 0, steps - 1);
        const int last = std::min(steps - 1, first + between(random, 0, steps - 1));
        buffers.push_back({between(random, 1, 6), first, last});
        for (int step = first; step <= last; ++step) load[step] += buffers.back().bytes;
    }
    const int64_t bound = *std::ranges::max_element(load);
    for (int step = 0; step < steps && buffers.size() < 8; ++step) {
        if (load[step] < bound && random() % 4 != 0) {
            buffers.push_back({bound - load[step], step, step});
        }
    }
    shuffle(random, buffers);
    return buffers;
}

std::vector<Buffer> cut_up(const Rectangle &rectangle) {
    std::mt19937 random(rectangle.seed);
    Pieces pieces = {{0, rectangle.steps, 0, rectangle.bytes}};
    while (std::ssize(pieces) < rectangle.pieces) {
        const size_t i = choose_piece(random, pieces);
        const bool is_pinwheel = rectangle.cut == Cut::kPinwheel && random() % 2 == 0;
        const Pieces parts =
            is_pinwheel ? cut_pinwheel(random, pieces[i]) : cut_straight(random, pieces[i]);
        if (parts.empty()) continue;
        pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(i));
        pieces.insert(pieces.end(), parts.begin(), parts.end());
    }
    shuffle(random, pieces);
    std::vector<Buffer> buffers;
    for (const Piece &p : pieces) buffers.push_back({p.top - p.bottom, p.left, p.right - 1});
    return buffers;
}

}  // namespace ingot::codegen
