// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Bytes over time in a bounded number of windows: when a run outgrows them, neighbours are merged
// and each window becomes twice as long.

#ifndef INGOT_SIM_WINDOW_SERIES_H
#define INGOT_SIM_WINDOW_SERIES_H

#include <algorithm>
#include <cstdint>
#include <vector>

namespace ingot::sim {

// Several series that share one length of window.
class WindowSeries {
public:
    static constexpr int64_t kFirstLength = 256;  // Cycles.
    static constexpr int64_t kWindowsMax = 1024;

    explicit WindowSeries(size_t series) : bytes_(series) {}

    void add_series(size_t count) { bytes_.resize(bytes_.size() + count); }

    // Bytes that moved evenly from cycle `begin` on for `cycles`.
    void add(size_t series, int64_t begin, int64_t cycles, int64_t bytes) {
        while (begin + cycles > length_ * kWindowsMax) merge();
        std::vector<int64_t> &windows = bytes_[series];
        const int64_t end = begin + std::max<int64_t>(cycles, 1);
        const auto last = static_cast<size_t>((end - 1) / length_);
        if (last >= windows.size()) windows.resize(last + 1);
        int64_t done = 0;
        for (auto window = static_cast<size_t>(begin / length_); window < last; ++window) {
            const int64_t until = static_cast<int64_t>(window + 1) * length_ - begin;
            const int64_t now = bytes * until / cycles;
            windows[window] += now - done;
            done = now;
        }
        windows[last] += bytes - done;
    }

    int64_t length() const { return length_; }

    // Of one series, in a run of `cycles`. The last window holds what was still under way as well.
    std::vector<int64_t> windows(size_t series, int64_t cycles) const {
        std::vector<int64_t> windows = bytes_[series];
        const auto count = static_cast<size_t>((cycles + length_ - 1) / length_);
        while (windows.size() > count && windows.size() > 1) {
            const int64_t late = windows.back();
            windows.pop_back();
            windows.back() += late;
        }
        windows.resize(count);
        return windows;
    }

    void clear() {
        for (std::vector<int64_t> &windows : bytes_) windows.clear();
        length_ = kFirstLength;
    }

private:
    void merge() {
        length_ *= 2;
        for (std::vector<int64_t> &windows : bytes_) {
            for (size_t i = 0; i < windows.size(); ++i) {
                const int64_t bytes = windows[i];
                windows[i] = 0;
                windows[i / 2] += bytes;
            }
            windows.resize((windows.size() + 1) / 2);
        }
    }

    int64_t length_ = kFirstLength;
    std::vector<std::vector<int64_t>> bytes_;
};

}  // namespace ingot::sim

#endif
