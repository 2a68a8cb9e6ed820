// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What an accelerator of the board did, in cycles of its own clock.

#ifndef INGOT_SIM_REPORT_ACCELERATOR_H
#define INGOT_SIM_REPORT_ACCELERATOR_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ingot::sim {

struct FrameShape {
    int64_t channels = 0;
    int64_t rows = 0;
    int64_t columns = 0;
};

// The same words in each of some units of a memory: instances of data memory, or processors with
// their kernel memory.
struct WordRange {
    std::vector<int64_t> units = {};
    int64_t first_word = 0;
    int64_t last_word = 0;
    int64_t words = 0;  // So many of those between, in each unit.
};

// What a layer takes of the memories. Nothing: it is a ring, whose words are not told.
struct LayerPlaces {
    std::optional<std::vector<WordRange>> read = {};
    std::optional<std::vector<WordRange>> written = {};
    std::vector<WordRange> kernels = {};
    std::string instances = {};  // memory_picture() of all instances of data memory...
    std::string words = {};      // ...and of the words of all of them, one upon the other.
};

// What all layers together take.
struct AcceleratorMemory {
    int64_t data_words = 0;          // That each instance has; 0: nothing is told of memories.
    int64_t kernel_words = 0;        // That each processor has...
    int64_t first_kernel_words = 0;  // ...and the first of each quadrant.
    std::vector<int64_t> kernel_words_used = {};  // Of each processor, every word once.
};

// One layer of its last run, in the order of execution.
struct AcceleratorLayer {
    int64_t index = 0;    // Of its registers.
    std::string op = {};  // "conv2d 3x3", "pass-through"
    FrameShape input = {};
    FrameShape output = {};
    int64_t first_cycle = 0;  // Since the run began.
    int64_t cycles = 0;
    int64_t macs = 0;
    int64_t bytes_read = 0;  // Of data memory.
    int64_t bytes_written = 0;
    int64_t kernel_bytes = 0;  // Read of kernel memory, each once.
    std::string bound = {};    // "input" or "output": which states took most of its cycles.
    LayerPlaces places = {};
};

struct AcceleratorReport {
    std::string name = {};  // Of the device: "cnn_array".
    int64_t clock_hz = 0;
    int64_t runs = 0;          // So often was it started; the rest is told of the last time.
    double start_seconds = 0;  // When, since the program began.
    int64_t cycles = 0;        // From the start to the interrupt.
    int64_t cycles_min = 0;    // Between these two lies what silicon would take...
    int64_t cycles_max = 0;
    std::string basis = {};  // ...for this reason; or what the figure rests on, if they are equal.
    std::vector<AcceleratorLayer> layers = {};
    AcceleratorMemory memory = {};
    std::vector<std::string> hazards = {};  // What the program should not do, a sentence each.
    std::vector<std::string> notes = {};    // What the model does not know, a sentence each.

    double seconds(int64_t count) const {
        return clock_hz > 0 ? static_cast<double>(count) / static_cast<double>(clock_hz) : 0;
    }
    int64_t macs() const {
        int64_t sum = 0;
        for (const AcceleratorLayer &layer : layers) sum += layer.macs;
        return sum;
    }
};

}  // namespace ingot::sim

#endif
