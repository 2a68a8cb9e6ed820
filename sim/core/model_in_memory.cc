// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Pointers of the simulated cores have 32 bits, and so has every field of the structs read here:
// their layout is a count of words.

#include "sim/core/model_in_memory.h"

#include <fmt/format.h>

#include "ingot/model.h"

namespace ingot::sim {
namespace {

// Words of ingot_model, ingot_step and ingot_tensor.
enum ModelWord : uint32_t {
    kSteps = 3,
    kInputs = 4,
    kOutputs = 5,
    kConstants = 6,
    kStepCount = 7,
    kInputCount = 8,
    kOutputCount = 9,
    kArenaBytes = 10,
};
enum StepWord : uint32_t {
    kKernel = 0,
    kParams = 1,
    kStepOutputs = 2 + INGOT_INPUTS_MAX,
    kStepWords = 3 + INGOT_INPUTS_MAX + INGOT_OUTPUTS_MAX,
};
enum TensorWord : uint32_t { kPlace = 5 + INGOT_RANK_MAX, kBytes, kTensorWords };

constexpr uint32_t kCountMax = 1 << 16;

class Words {
public:
    Words(const HostAccess &memory, uint32_t address) : memory_(memory), address_(address) {}
    uint32_t operator[](uint32_t i) const { return memory_.read_word(address_ + 4 * i); }
    Words at(uint32_t i) const { return {memory_, address_ + 4 * i}; }

private:
    const HostAccess &memory_;
    uint32_t address_;
};

// No board has a memory that holds half of what 32 bits can name.
constexpr uint32_t kTensorBytesMax = 1u << 30;

Result<void> require_inside(const HostAccess &memory, const TensorPlace &tensor) {
    const uint32_t last = tensor.address + tensor.bytes - 1;
    uint8_t byte = 0;
    const bool is_inside = tensor.bytes <= kTensorBytesMax && last >= tensor.address &&
                           memory.read(tensor.address, {&byte, 1}) && memory.read(last, {&byte, 1});
    if (tensor.bytes == 0 || is_inside) return {};
    return fail(Code::kFirmwareFailed, fmt::format("{:#010x}", tensor.address),
                fmt::format("a tensor of {} B does not lie in memory", tensor.bytes));
}

uint32_t address_of(uint32_t place, uint32_t arena, uint32_t constants) {
    return place < INGOT_CONSTANT ? arena + place : constants + (place - INGOT_CONSTANT);
}

}  // namespace

Result<ModelInMemory> read_model(const HostAccess &memory, uint32_t model, uint32_t arena) {
    const Words words(memory, model);
    for (const uint32_t count : {words[kStepCount], words[kInputCount], words[kOutputCount]}) {
        if (count <= kCountMax) continue;
        return fail(Code::kFirmwareFailed, fmt::format("{:#010x}", model), "holds no model");
    }
    ModelInMemory found{.arena = arena, .arena_bytes = words[kArenaBytes]};
    const auto place = [&](uint32_t offset) {
        return address_of(offset, arena, words[kConstants]);
    };
    const Words steps(memory, words[kSteps]);
    for (uint32_t i = 0; i < words[kStepCount]; ++i) {
        const Words step = steps.at(i * kStepWords);
        found.steps.push_back({.kernel = step[kKernel] & ~1u, .params = step[kParams]});
        std::vector<uint32_t> outputs;
        for (uint32_t k = 0; k < INGOT_OUTPUTS_MAX; ++k) {
            outputs.push_back(place(step[kStepOutputs + k]));
        }
        found.step_outputs.push_back(std::move(outputs));
    }
    const auto tensors = [&](uint32_t table, uint32_t count) {
        std::vector<TensorPlace> places;
        for (uint32_t i = 0; i < count; ++i) {
            const Words tensor = Words(memory, table).at(i * kTensorWords);
            places.push_back({.address = place(tensor[kPlace]), .bytes = tensor[kBytes]});
        }
        return places;
    };
    found.inputs = tensors(words[kInputs], words[kInputCount]);
    found.outputs = tensors(words[kOutputs], words[kOutputCount]);
    for (const auto &places : {found.inputs, found.outputs}) {
        for (const TensorPlace &tensor : places) TRY_DO(require_inside(memory, tensor));
    }
    return found;
}

}  // namespace ingot::sim
