// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What is known of the channels of a tensor: the positions along its last extent.

#ifndef INGOT_CODEGEN_CHANNELS_H
#define INGOT_CODEGEN_CHANNELS_H

#include <vector>

#include "codegen/graph/graph.h"
#include "codegen/passes/interval.h"

namespace ingot::codegen {

struct Channel {
    Interval range = {};     // Holds every value it takes, whatever the network is given.
    bool is_needed = false;  // Some output of the network depends on it.
    bool is_removed = false;

    // Must be computed: neither can it be anything nor is it one thing.
    bool is_live() const { return is_needed && !range.is_constant(); }
};

using Channels = std::vector<Channel>;

// The last extent of a tensor; 1 for a scalar.
int channel_count(const Tensor &tensor);

int32_t kept_count(const Channels &channels);

// One value per channel, without those of removed channels.
template <class T>
std::vector<T> kept(const std::vector<T> &values, const Channels &channels) {
    std::vector<T> result;
    for (size_t c = 0; c < values.size(); ++c) {
        if (!channels[c].is_removed) result.push_back(values[c]);
    }
    return result;
}

}  // namespace ingot::codegen

#endif
