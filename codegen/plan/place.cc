// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Lifetimes from the order of steps, then the plan.

#include "codegen/plan/place.h"

#include <algorithm>
#include <map>
#include <span>

#include "ingot/model.h"

namespace ingot::codegen {
namespace {

// Grows a tensor's lifetime so that it includes `step`.
class Lifetimes {
public:
    explicit Lifetimes(const Graph &graph) : graph_(graph), storage_(storage_of(graph)) {}

    void touch(TensorId tensor, int step) {
        const TensorId root = storage_[tensor];
        if (graph_.tensors[root].is_constant()) return;
        const auto [found, is_new] = buffers_.try_emplace(
            root,
            Buffer{.bytes = graph_.tensors[root].bytes(), .first_step = step, .last_step = step});
        found->second.first_step = std::min(found->second.first_step, step);
        found->second.last_step = std::max(found->second.last_step, step);
    }

    std::vector<Stored> stored() const {
        std::vector<Stored> all;
        for (const auto &[tensor, buffer] : buffers_) all.push_back({tensor, buffer});
        return all;
    }

private:
    const Graph &graph_;
    std::vector<TensorId> storage_;
    std::map<TensorId, Buffer> buffers_;
};

std::vector<Stored> find_lifetimes(const Program &program) {
    Lifetimes lifetimes(program.graph);
    const int last = std::max(0, static_cast<int>(program.steps.size()) - 1);
    for (const TensorId id : program.graph.inputs) lifetimes.touch(id, 0);
    for (const TensorId id : program.graph.outputs) lifetimes.touch(id, last);
    for (size_t i = 0; i < program.steps.size(); ++i) {
        for (const TensorId id : program.steps[i].lowered.inputs) {
            lifetimes.touch(id, static_cast<int>(i));
        }
        for (const TensorId id : program.steps[i].lowered.outputs) {
            lifetimes.touch(id, static_cast<int>(i));
        }
    }
    return lifetimes.stored();
}

// Scratch of the steps that `wants` says, each alive for its own step.
template <class Function>
std::vector<Stored> scratch_of(const Program &program, const Function &wants) {
    std::vector<Stored> stored;
    for (size_t i = 0; i < program.steps.size(); ++i) {
        const int step = static_cast<int>(i);
        const Lowered &lowered = program.steps[i].lowered;
        if (lowered.scratch_bytes > 0 && wants(lowered)) {
            stored.push_back({kNoTensor, {lowered.scratch_bytes, step, step}});
        }
    }
    return stored;
}

// Appends a constant to the pool, aligned like a tensor of the arena.
Place append(std::vector<uint8_t> &constants, const std::vector<uint8_t> &data) {
    const auto offset = static_cast<int64_t>(constants.size());
    constants.insert(constants.end(), data.begin(), data.end());
    const size_t aligned = (constants.size() + INGOT_ARENA_ALIGNMENT - 1) / INGOT_ARENA_ALIGNMENT;
    constants.resize(aligned * INGOT_ARENA_ALIGNMENT);
    return {Place::Region::kConstant, offset};
}

// Constants that are read through a place: operands of steps, and outputs that depend on nothing.
void place_constants(Program &program) {
    std::vector<bool> is_placed(program.graph.tensors.size());
    const auto place_once = [&](TensorId id) {
        const Tensor &tensor = program.graph.tensors[id];
        if (!tensor.is_constant() || is_placed[id]) return;
        program.place[id] = append(program.constants, tensor.data);
        is_placed[id] = true;
    };
    for (const Step &step : program.steps) std::ranges::for_each(step.lowered.inputs, place_once);
    std::ranges::for_each(program.graph.outputs, place_once);
}

std::vector<Buffer> buffers_of(const std::vector<Stored> &all) {
    std::vector<Buffer> buffers;
    for (const Stored &stored : all) buffers.push_back(stored.buffer);
    return buffers;
}

void plan_stored(Program &program, std::vector<Stored> stored) {
    program.stored = std::move(stored);
    program.plan = plan_arena(buffers_of(program.stored), INGOT_ARENA_ALIGNMENT);
}

// Adds the scratch that makes no step need more than the arena has, as long as a plan is found that
// bears it out: first all of it, then one step's after the other.
void add_optional_scratch(Program &program) {
    std::vector<Stored> optional =
        scratch_of(program, [](const Lowered &lowered) { return lowered.is_scratch_optional; });
    std::erase_if(optional, [&](const Stored &scratch) {
        std::vector<Buffer> buffers = buffers_of(program.stored);
        buffers.push_back(scratch.buffer);
        return lower_bound(buffers, INGOT_ARENA_ALIGNMENT) > program.plan.arena_bytes;
    });
    const auto try_adding = [&](std::span<const Stored> more) {
        Program grown = {.graph = {}, .options = {}, .steps = {}};
        std::vector<Stored> stored = program.stored;
        stored.insert(stored.end(), more.begin(), more.end());
        plan_stored(grown, std::move(stored));
        if (grown.plan.arena_bytes > program.plan.arena_bytes) return false;
        program.stored = std::move(grown.stored);
        program.plan = std::move(grown.plan);
        return true;
    };
    if (optional.empty() || try_adding(optional)) return;
    for (const Stored &scratch : optional) try_adding({&scratch, 1});
}

}  // namespace

void place_tensors(Program &program) {
    std::vector<Stored> stored = find_lifetimes(program);
    const std::vector<Stored> scratch =
        scratch_of(program, [](const Lowered &lowered) { return !lowered.is_scratch_optional; });
    stored.insert(stored.end(), scratch.begin(), scratch.end());
    plan_stored(program, std::move(stored));
    add_optional_scratch(program);
    INGOT_CHECK(!find_fault(buffers_of(program.stored), INGOT_ARENA_ALIGNMENT, program.plan));

    program.place.resize(program.graph.tensors.size());

    std::map<TensorId, int64_t> offset;
    for (size_t i = 0; i < program.stored.size(); ++i) {
        offset[program.stored[i].tensor] = program.plan.offset[i];
    }
    const std::vector<TensorId> storage = storage_of(program.graph);
    for (size_t id = 0; id < storage.size(); ++id) {
        program.place[id].offset = offset.contains(storage[id]) ? offset[storage[id]] : 0;
    }
    place_constants(program);
}

std::optional<Place> scratch_place(const Program &program, size_t step) {
    for (size_t i = 0; i < program.stored.size(); ++i) {
        const Stored &stored = program.stored[i];
        const bool is_here = stored.buffer.first_step == static_cast<int>(step);
        if (stored.tensor == kNoTensor && is_here) return Place{.offset = program.plan.offset[i]};
    }
    return std::nullopt;
}

}  // namespace ingot::codegen
