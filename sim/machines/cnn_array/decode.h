// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// From the registers of a CNN accelerator to the layers that it will run, in order.

#ifndef INGOT_SIM_CNN_ARRAY_DECODE_H
#define INGOT_SIM_CNN_ARRAY_DECODE_H

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "boards/machines/cnn_array.h"
#include "boards/machines/cnn_array_registers.h"
#include "sim/machines/cnn_array/layer.h"

namespace ingot::sim {

// What programs have written, of all quadrants.
struct CnnRegisters {
    struct Quadrant {
        std::array<uint32_t, cnn_control::kWords> control{};
        uint32_t frame_words = 0;  // From each FIFO, for one run.
        std::vector<CnnLayerRegisters> layers;

        bool is_enabled() const { return control[cnn_control::kControl] & cnn_bit::kEnable; }
    };
    explicit CnnRegisters(const CnnArray &array);

    // Any quadrant's control register has this bit.
    bool has(uint32_t bit) const;
    // The lowest that is enabled; its registers speak for all.
    int32_t first_quadrant() const;

    std::array<Quadrant, 4> quadrants;
};

// Layers in the order in which they run, and sentences about what they use that no documentation
// explains, each once.
struct CnnProgram {
    std::vector<Layer> layers;
    std::vector<std::string> notes;
};

// Multiplications of a program that a simulation can finish. Nine times the largest network that
// the vendor's generator comes with; ends programs of random registers that would take minutes.
inline constexpr int64_t kCnnWorkMax = int64_t{1} << 36;

// CnnProgramInvalid names the quadrant, layer and register that ask for too much.
Result<CnnProgram> decode(const CnnRegisters &registers, const CnnArray &array,
                          int64_t work_max = kCnnWorkMax);

}  // namespace ingot::sim

#endif
