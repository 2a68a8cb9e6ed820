// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The CNN accelerator of MAX78000 and MAX78002 as its bus sees it: registers, memories, FIFOs and
// an interrupt.
//
// A run begins when the enable bit of the master quadrant rises. Its layers compute at once, as
// soon as all their input is there; the interrupt rises when the part would have finished. What a
// program reads or writes in between is filed as a hazard.

#ifndef INGOT_SIM_CNN_ARRAY_DEVICE_H
#define INGOT_SIM_CNN_ARRAY_DEVICE_H

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "boards/machines/cnn_array.h"
#include "sim/core/device.h"
#include "sim/machines/cnn_array/bus.h"
#include "sim/machines/cnn_array/decode.h"
#include "sim/machines/cnn_array/fifo.h"
#include "sim/machines/cnn_array/kernel_memory.h"
#include "sim/machines/cnn_array/memories.h"
#include "sim/machines/cnn_array/run.h"

namespace ingot::sim {

class CnnArrayDevice : public Device {
public:
    CnnArrayDevice(const CnnArray &array, InterruptLines &lines);

    std::string name() const override { return "cnn_array"; }
    std::vector<DeviceRange> ranges() const override;
    Result<uint32_t> read(uint32_t address, uint32_t bytes, Time now) override;
    Result<void> write(uint32_t address, uint32_t bytes, uint32_t value, Time now) override;
    Time next_event() const override;
    Result<void> advance(Time now) override;

    // Of the accelerator's clock, after its divider; for runs that begin from now on.
    void set_clock_hz(int64_t hertz) { clock_hz_ = hertz; }
    // Programs of so many multiplications are refused.
    void set_work_max(int64_t multiplications) { work_max_ = multiplications; }
    void set_listener(LayerListener listener) { listener_ = std::move(listener); }

    // Those that began last, up to a thousand; the very last may still go on.
    const std::vector<CnnRun> &runs() const { return runs_; }
    // What programs used that no documentation explains.
    const std::vector<std::string> &notes() const { return notes_.all(); }
    const std::vector<std::string> &hazards() const { return hazards_.all(); }
    bool is_running() const { return active_.has_value(); }
    const CnnArray &array() const { return array_; }
    const DataMemory &data() const { return data_; }
    const KernelMemory &kernels() const { return kernels_; }

private:
    // A run that has not ended.
    struct Active {
        CnnProgram program;
        int32_t master = 0;
        std::optional<DataMemory> ring;      // Where FIFOs put their words, if not in data memory.
        std::array<uint32_t, 4> frame{};     // Words that each FIFO is to bring...
        std::array<uint32_t, 4> received{};  // ...and those that it has.
        std::array<Time, 4> word_time{};     // Between words that streaming layers take...
        std::array<Time, 4> ready{};         // ...and when they take the next one.
        bool has_input = false;

        // The layer that takes them; nullptr: none does.
        const Layer *reader() const;
        bool lacks_words(int32_t fifo) const {
            return received[static_cast<size_t>(fifo)] < frame[static_cast<size_t>(fifo)];
        }
    };

    // Unloads one channel's pixels, four to a word ("mlator").
    struct Mlator {
        int64_t instance = 0;
        int64_t word = 0;
        int64_t step = 1;
        uint32_t latch = 0;
    };

    Result<uint32_t> read_place(const CnnPlace &place);
    Result<void> write_place(const CnnPlace &place, uint32_t value, Time now);
    Result<void> write_byte(const CnnPlace &place, uint32_t address, uint32_t value);
    Result<void> write_kernel(const CnnPlace &place, uint32_t value);
    Result<void> write_fifo(uint32_t word, uint32_t value, Time now);
    void file_access(const CnnPlace &place, bool is_write);

    uint32_t &control(int32_t quadrant, uint32_t word);
    uint32_t *stored_register(const CnnPlace &place);
    Result<void> write_control(const CnnPlace &place, uint32_t value, Time now);
    Result<void> write_enable(int32_t quadrant, uint32_t before, uint32_t after, Time now);
    void write_test(int32_t quadrant, uint32_t value);
    void clear_memory(int32_t quadrant, uint32_t memory);
    void load_mlator(int32_t quadrant);
    uint32_t read_mlator(int32_t quadrant);

    Result<void> start(int32_t master, Time now);
    Result<void> prepare_input(Active &active);
    void set_pace(const CnnRun &run);
    void push_word(int32_t fifo, uint32_t value, Time now);
    void take_words(Time now);
    void compute_all(Time input);
    void compute_layer(size_t index, const DataMemory &input, DataMemory &output);
    Time end_of(const CnnRun &run) const;
    void update_interrupt();

    CnnArray array_;
    InterruptLines &lines_;
    int64_t clock_hz_;
    int64_t work_max_ = kCnnWorkMax;
    CnnRegisters registers_;
    DataMemory data_;
    KernelMemory kernels_;
    BiasMemory bias_;
    LineBuffers line_buffers_;
    CnnFifos fifos_;
    std::array<Mlator, 4> mlators_;
    std::map<uint32_t, uint32_t> others_;  // Registers without effect, by part and place.
    int32_t master_ = 0;                   // Whose done bit is the interrupt.

    std::optional<Active> active_;
    std::vector<CnnRun> runs_;
    Remarks notes_;
    Remarks hazards_;
    LayerListener listener_;
};

}  // namespace ingot::sim

#endif
