// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Gathers windows of an image as pairs of int16, in the order of `Runs`.

#ifndef INGOT_ARMV7EM_WIDEN_H
#define INGOT_ARMV7EM_WIDEN_H

#include "armv7em/dsp.h"
#include "conv2d.pack.h"

namespace ingot::armv7em {

// Where a window begins.
struct Corner {
    const int8_t *image;
    int32_t y, x;
};

// Bytes first .. last - 1 of a run lie inside the image; the others count as the zero point.
struct Run {
    const int8_t *bytes;
    int32_t first, last;

    int8_t byte(int32_t i, int32_t zero_point) const {
        return static_cast<int8_t>(i >= first && i < last ? bytes[i] : zero_point);
    }
    uint32_t quad(int32_t i, int32_t zero_point) const {
        if (i >= first && i + 4 <= last) return load_word(bytes + i);
        uint32_t quad = 0;
        for (int32_t k = 3; k >= 0; --k) {
            quad = quad << 8 | static_cast<uint8_t>(byte(i + k, zero_point));
        }
        return quad;
    }
};

class Widener {
public:
    explicit Widener(const ingot_conv2d_params &p)
        : p_(p),
          runs_(runs_of(p)),
          columns_(runs_.count / p.window.height),
          y_last_(p.input.height - 1 - (p.window.height - 1) * p.window.dilation_height),
          x_last_(p.input.width - 1 - (p.window.width - 1) * p.window.dilation_width) {}

    // Writes the windows of one pixel, or of two whose pairs alternate.
    template <int kPixels>
    void widen(const Corner &first, const Corner &second, uint32_t *pairs) const {
        if (is_inside(first) && is_inside(second)) {
            widen_inside<kPixels>(address(first), address(second), pairs);
            return;
        }
        widen_clipped(first, 0, runs_.pairs() / 2, pairs, kPixels);
        if constexpr (kPixels == 2) {
            widen_clipped(second, 0, runs_.pairs() / 2, pairs + 1, kPixels);
        }
    }

    // Writes a part of one window; both numbers of pairs are even.
    void widen_piece(const Corner &at, int32_t first, int32_t count, uint32_t *pairs) const {
        widen_clipped(at, first / 2, (first + count) / 2, pairs, 1);
    }

private:
    const ingot_conv2d_params &p_;
    Runs runs_;
    int32_t columns_;          // Runs in one row of a window.
    int32_t y_last_, x_last_;  // Corners of windows that lie inside the image.

    bool is_inside(const Corner &at) const {
        return at.y >= 0 && at.y <= y_last_ && at.x >= 0 && at.x <= x_last_;
    }
    const int8_t *address(const Corner &at) const {
        return at.image + (at.y * p_.input.width + at.x) * p_.input.channels;
    }

    template <int kPixels>
    void widen_inside(const int8_t *first, const int8_t *second, uint32_t *pairs) const {
        const int32_t offset = static_cast<int32_t>(second - first);
        const int32_t quads_end = runs_.bytes & ~3;
        const int32_t row_step = p_.window.dilation_height * p_.input.width * p_.input.channels;
        const int32_t column_step = p_.window.dilation_width * p_.input.channels;
        const int8_t *row = first;
        for (int32_t y = p_.window.height; y > 0; --y, row += row_step) {
            const int8_t *run = row;
            for (int32_t x = columns_; x > 0; --x, run += column_step) {
                pairs = widen_quads<kPixels>(run, run + quads_end, offset, pairs);
            }
        }
        if (quads_end == runs_.bytes) return;
        Rest<kPixels> rest = {pairs};
        for (int32_t y = p_.window.height; y > 0; --y, first += row_step) {
            const int8_t *run = first;
            for (int32_t x = columns_; x > 0; --x, run += column_step) {
                for (int32_t i = quads_end; i < runs_.bytes; ++i) {
                    rest.put(run[i], run[i + offset]);
                }
            }
        }
        rest.fill(pairs_end<kPixels>(pairs));
    }

    template <int kPixels>
    [[gnu::always_inline]] static uint32_t *widen_quads(const int8_t *run, const int8_t *end,
                                                        int32_t offset, uint32_t *pairs) {
        for (; run != end; run += 4, pairs += 2 * kPixels) {
            const uint32_t quad = load_word(run);
            if constexpr (kPixels == 2) {
                const uint32_t second = load_word(run + offset);
                pairs[0] = sxtb16(quad);
                pairs[1] = sxtb16(second);
                pairs[2] = sxtb16_ror8(quad);
                pairs[3] = sxtb16_ror8(second);
            } else {
                pairs[0] = sxtb16(quad);
                pairs[1] = sxtb16_ror8(quad);
            }
        }
        return pairs;
    }

    // What is left over of runs, half by half.
    template <int kPixels>
    struct Rest {
        uint32_t *pairs;
        uint32_t first = 0, second = 0;  // Low halves that wait for their high ones.
        bool is_high = false;

        [[gnu::always_inline]] void put(int8_t one, int8_t other) {
            if (is_high) {
                pairs[0] = first | static_cast<uint32_t>(one) << 16;
                if (kPixels == 2) pairs[1] = second | static_cast<uint32_t>(other) << 16;
                pairs += kPixels;
            } else {
                first = static_cast<uint16_t>(one);
                second = static_cast<uint16_t>(other);
            }
            is_high = !is_high;
        }
        // Up to the end of the last quad; weights there are zero.
        void fill(const uint32_t *end) {
            while (is_high || pairs != end) put(0, 0);
        }
    };

    template <int kPixels>
    uint32_t *pairs_end(uint32_t *quads_end) const {
        return quads_end + (runs_.pairs() - runs_.quad_pairs()) * kPixels;
    }

    // A part of one window, `first` to `last` in quads of elements; its pairs lie `step` words
    // apart.
    [[gnu::noinline]] void widen_clipped(const Corner &at, int32_t first, int32_t last,
                                         uint32_t *pairs, int32_t step) const {
        const int32_t quads = runs_.quads();
        const int32_t whole = runs_.count * quads;
        while (first < last && first < whole) {
            const Run run = run_at(at, first / quads);
            int32_t k = first % quads;
            first -= k;
            for (const int32_t end = last - first; k < quads && k < end; ++k, pairs += 2 * step) {
                const uint32_t quad = run.quad(4 * k, p_.input_zero_point);
                pairs[0] = sxtb16(quad);
                pairs[step] = sxtb16_ror8(quad);
            }
            first += k;
        }
        for (int32_t k = 4 * (first - whole); k < 4 * (last - whole); k += 2, pairs += step) {
            *pairs = rest_byte(at, k) | rest_byte(at, k + 1) << 16;
        }
    }

    // Byte k of what is left over of all runs, and zeros to the end of the last quad.
    [[gnu::noinline]] uint32_t rest_byte(const Corner &at, int32_t k) const {
        const int32_t i = k / runs_.rest();
        if (i >= runs_.count) return 0;
        const int32_t byte = 4 * runs_.quads() + k % runs_.rest();
        return static_cast<uint16_t>(run_at(at, i).byte(byte, p_.input_zero_point));
    }

    [[gnu::noinline]] Run run_at(const Corner &at, int32_t i) const {
        const int32_t y = at.y + i / columns_ * p_.window.dilation_height;
        const int32_t x = at.x + i % columns_ * p_.window.dilation_width;
        const int8_t *bytes = address({at.image, y, x});
        if (y < 0 || y >= p_.input.height) return {bytes, 0, 0};
        return {bytes, -x * p_.input.channels, (p_.input.width - x) * p_.input.channels};
    }
};

}  // namespace ingot::armv7em

#endif
