// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Costs are added when a block is left, so that a block announced but not executed costs nothing,
// and a run cut into pieces costs what it costs in one.

#include "sim/core/processor.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace ingot::sim {
namespace {

constexpr uint32_t kPageBytes = 4096;
constexpr int64_t kStormEntries = 100'000;

Isa isa_of(const Board &board) {
    return board.core.isa.starts_with("rv") ? Isa::kRiscV32 : Isa::kThumb;
}

// Sources: Armv6-M Architecture Reference Manual (DDI 0419), section A3.2.1 (every unaligned access
// faults); SiFive FE310-G000 Manual v2p3, section 3.5 (they are not supported by hardware). The
// emulator's models of these cores let them pass.
bool must_align(const Board &board) {
    return board.core.isa == "armv6m" || isa_of(board) == Isa::kRiscV32;
}

// The largest part of the program that can be executed.
std::pair<uint32_t, uint32_t> code_range(const Image &image) {
    std::pair<uint32_t, uint32_t> range = {0, 0};
    for (const Segment &segment : image.segments) {
        const auto bytes = static_cast<uint32_t>(segment.bytes.size());
        if (!segment.is_executable || bytes <= range.second - range.first) continue;
        range = {segment.run_address, segment.run_address + bytes};
    }
    return range;
}

// One word per instruction or register that can be accessed in a cycle.
Demand demand_of(const CoreTiming &timing) {
    constexpr int64_t kWord = 4, kHalfword = 2;
    const auto accesses = [&](int units) {
        return kWord * std::max(timing.registers_per_cycle, std::min(timing.issue_width, units));
    };
    const int loads = timing.units[std::countr_zero(unsigned{kLoadUnit})];
    const int stores = timing.units[std::countr_zero(unsigned{kStoreUnit})];
    const int64_t each = timing.has_narrow_pairs_only ? kHalfword : kWord;
    return {.fetched = std::max(kWord, each * timing.issue_width),
            .loaded = accesses(loads),
            .moved = accesses(loads + stores)};
}

constexpr uint32_t kReturnFromTrap = 0x30200073;  // RISC-V MRET

// Whether interrupts that had to wait may be taken behind the instruction.
bool may_unmask(const Instruction &instruction, uint32_t word) {
    return instruction.kind == kStatusRead || instruction.kind == kStatusWrite ||
           instruction.kind == kChangeState || word == kReturnFromTrap;
}

// What cycle tables do not tell apart: of instructions of four bytes, Armv6-M has only calls,
// barriers and accesses to special registers, and it has no CBZ. Source: Armv6-M Architecture
// Reference Manual (DDI 0419), sections A5.2 and A5.3.
bool is_in_armv6m(const Instruction &instruction) {
    switch (instruction.kind) {
        case kCall:
        case kDataBarrier:
        case kInstructionBarrier:
        case kStatusRead:
        case kStatusWrite:
        case kUnknown:
            return true;
        default:
            return instruction.bytes == 2 && instruction.kind != kCompareAndBranch;
    }
}

// A jump to itself, and nothing else: Thumb B and B.W, RISC-V C.J and JAL without a link.
bool only_jumps_to_itself(Isa isa, uint32_t bytes, uint32_t word) {
    if (bytes == 2) return (word & 0xffff) == (isa == Isa::kThumb ? 0xe7feu : 0xa001u);
    return bytes == 4 && word == (isa == Isa::kThumb ? 0xbffef7ffu : 0x0000006fu);
}

}  // namespace

// -- Making one ----------------------------------------------------------------------------------

Processor::Processor(const Board &board, const CoreTiming &timing, const Image &image,
                     const ProcessorOptions &options)
    : board_(board),
      timing_(timing),
      image_(image),
      options_(options),
      isa_(isa_of(board)),
      must_align_(must_align(board)),
      blocks_(code_range(image).first, code_range(image).second),
      predictor_(timing.predictor) {
    clock_.hertz = device_clock_.hertz = board.clock_hz;
    const std::string &watched = options_.watched_function;
    if (!watched.empty()) guard_ = StoreGuard(image, image.symbol(watched));
}

Result<std::unique_ptr<Processor>> Processor::make(const Board &board, const CoreTiming &timing,
                                                   const Image &image,
                                                   const ProcessorOptions &options,
                                                   const DeviceMaker &make_devices) {
    const bool is_arm = isa_of(board) == Isa::kThumb;
    if ((image.architecture == Architecture::kArm) != is_arm) {
        return fail(Code::kImageMachine, board.name,
                    fmt::format("has a core for {}, the program is for {}", board.core.isa,
                                is_arm ? "RISC-V" : "Arm"));
    }
    std::unique_ptr<Processor> p(new Processor(board, timing, image, options));
    TRY(p->memories_, MemorySystem::make(board, options.background));
    TRY(p->emulator_, Emulator::open(image.architecture, board.core.name, *p));
    TRY_DO(p->load_memories());
    TRY_DO(p->load_image());
    TRY_DO(p->attach_system());
    TRY_DO(p->attach_devices(make_devices));
    return p;
}

Result<void> Processor::load_memories() {
    for (const Memory &memory : board_.memories) {
        const auto bytes = static_cast<size_t>(memory.bytes);
        storage_.emplace_back((bytes + kPageBytes - 1) / kPageBytes * kPageBytes);
        if (emulator_->map(memory.address, storage_.back(), memory.is_writable)) continue;
        return fail(Code::kNotSimulated, board_.name,
                    fmt::format("memory {} overlaps another, ends beyond 4 GiB or is not on a page "
                                "of {} B",
                                memory.name, kPageBytes));
    }
    return {};
}

Result<void> Processor::load_image() {
    for (const Segment &segment : image_.segments) {
        for (const auto &[address, bytes] :
             {std::pair(segment.address, uint64_t{segment.bytes.size()}),
              std::pair(segment.run_address, segment.memory_bytes)}) {
            if (bytes == 0 || memories_->find(address, bytes) >= 0) continue;
            return fail(Code::kImageLayout, board_.name,
                        fmt::format("no memory holds the program's segment of {} B at {:#010x}",
                                    bytes, address));
        }
        write(segment.address, segment.bytes);
    }
    return {};
}

Result<void> Processor::attach_system() {
    const SystemParts parts{*emulator_, *this, device_clock_, console_};
    system_ =
        isa_ == Isa::kThumb ? make_arm_system(parts, board_.core.name) : make_riscv_system(parts);
    system_ranges_ = system_->ranges();
    for (const System::Range &range : system_ranges_) {
        if (emulator_->map_devices(range.address, range.bytes)) continue;
        return fail(Code::kNotSimulated, board_.name,
                    fmt::format("a memory lies where its core has devices, {} B at {:#010x}",
                                range.bytes, range.address));
    }
    std::vector<int> code;
    for (const Segment &segment : image_.segments) {
        if (segment.is_executable) code.push_back(memories_->find(segment.run_address));
    }
    if (memories_->needs_addresses(demand_of(timing_), code)) options_.is_traffic_recorded = true;
    if (options_.is_traffic_recorded) emulator_->record_accesses();

    const auto flash = std::ranges::find(board_.memories, false, &Memory::is_writable);
    const uint64_t vectors = flash == board_.memories.end() ? 0 : flash->address;
    const uint32_t start = system_->reset(image_, static_cast<uint32_t>(vectors));
    emulator_->set_program_counter(start);
    return {};
}

// -- Memory from outside -------------------------------------------------------------------------

// Where the bytes of a range of simulated memory lie here; null: no memory holds all of it.
const uint8_t *Processor::storage_of(uint32_t address, size_t bytes) const {
    const int m = memories_->find(address, bytes);
    if (m < 0) return nullptr;
    const size_t offset = address - board_.memories[static_cast<size_t>(m)].address;
    return storage_[static_cast<size_t>(m)].data() + offset;
}

bool Processor::read(uint32_t address, std::span<uint8_t> target) const {
    const uint8_t *source = storage_of(address, target.size());
    if (source) std::copy_n(source, target.size(), target.data());
    return source != nullptr;
}

// The storage is the processor's own: what it shows as constant, it may change.
bool Processor::write(uint32_t address, std::span<const uint8_t> source) {
    auto *target = const_cast<uint8_t *>(storage_of(address, source.size()));
    if (target) std::copy_n(source.data(), source.size(), target);
    return target != nullptr;
}

// -- Blocks --------------------------------------------------------------------------------------

void Processor::block(uint32_t address, uint32_t bytes) {
    settle(address);
    if (must_stop_at(address)) {
        emulator_->stop();
        return;
    }
    passed_ = kNowhere;
    Block *block = blocks_.find(address, bytes);
    if (!block) block = learn(address, bytes);
    if (!block->is_hooked && hook_dynamic(*block)) return;  // It comes again.
    if (is_changed(*block)) {
        fail_with(fault(Code::kCodeChanged, address, "these instructions were rewritten"));
    } else if (block->missing) {
        fail_with(missing_fault(*block->missing));
    } else if (is_endless(*block)) {
        fail_with(fault(Code::kRunAway, address,
                        "jumps to itself for ever, and nothing will interrupt it"));
    } else {
        begin(*block);
    }
}

// Whether the run ends in front of a block, or is to be looked at there.
bool Processor::must_stop_at(uint32_t address) {
    if (clock_.cycle >= deadline_ || clock_.instructions >= options_.instruction_limit) return true;
    if (address == until_address_ && address != passed_) {
        is_reached_ = true;
    } else if (address == profile_.return_address()) {
        profile_.leave(snapshot());
        is_reached_ = stops_behind_steps_;
    }
    return is_reached_;
}

Block *Processor::learn(uint32_t address, uint32_t bytes) {
    // One that begins there with another length may be another piece of the same instructions.
    if (Block *before = blocks_.at(address); before && is_changed(*before)) return before;
    std::vector<uint8_t> code(bytes);
    if (!read(address, code)) code.clear();
    Block block;
    block.address = address;
    block.bytes = bytes;
    block.instructions = decode_block(isa_, code, address);
    block.cost = cost_of(block.instructions, timing_);
    block.missing = find_missing(block.instructions);
    const Symbol *function = image_.function_at(address);
    block.is_function = function && function->address == address;
    block.is_endless = only_jumps_to_itself(isa_, bytes, read_word(address));
    block.may_unmask = std::ranges::any_of(block.instructions, [&](const Instruction &i) {
        return may_unmask(i, read_word(i.address));
    });
    const int m = memories_->find(address);
    if (m >= 0 && board_.memories[static_cast<size_t>(m)].is_writable) block.code = std::move(code);
    return &blocks_.add(std::move(block));
}

// The first instruction that the core does not have; null: it has all of them. Those that are not
// decoded are left to the emulator, and counted.
const Instruction *Processor::find_missing(const std::vector<Instruction> &instructions) const {
    const auto at = std::ranges::find_if(instructions, [&](const Instruction &instruction) {
        if (instruction.kind == kUnknown) return false;
        const bool is_in_isa = board_.core.isa != "armv6m" || is_in_armv6m(instruction);
        return !is_in_isa || !timing_.of(instruction.kind).is_known;
    });
    return at == instructions.end() ? nullptr : &*at;
}

// Asks for the instructions whose cost depends on run time, and for those that are ours to execute.
bool Processor::hook_dynamic(Block &block) {
    block.is_hooked = true;
    bool is_any = false;
    for (const Dynamic &dynamic : block.cost.dynamic) {
        emulator_->hook_instruction(dynamic.address);
        is_any = true;
    }
    for (const Instruction &instruction : block.instructions) {
        uint8_t word[4];
        const std::span code(word, std::min<size_t>(instruction.bytes, sizeof word));
        if (!read(instruction.address, code) || !system_->is_own(code)) continue;
        emulator_->hook_instruction(instruction.address);
        is_any = true;
    }
    return is_any;
}

bool Processor::is_changed(const Block &block) const {
    if (block.code.empty()) return false;
    const size_t bytes = block.code.size();
    return std::memcmp(storage_of(block.address, bytes), block.code.data(), bytes) != 0;
}

// Whatever could interrupt it had its chance when it was executed for the first time.
bool Processor::is_endless(const Block &block) const {
    return block.is_endless && block.executions > 0 && next_event() == kNoCycle;
}

void Processor::begin(Block &block) {
    current_ = &block;
    if (block.is_function && profile_.is_kernel(block.address)) {
        const uint32_t params = emulator_->reg(isa_ == Isa::kThumb ? 0 : 10);
        profile_.enter(params, return_address(), snapshot());
    }
    next_access_ = 0;
    if (!options_.is_traffic_recorded) return;
    if (guard_.begins_at(block.address)) guard_.enter(emulator_->reg(isa_ == Isa::kThumb ? 0 : 10));
    accesses_ = 0;
    fetch_stall_ = memories_->fetch(clock_.cycle, {.address = block.address, .bytes = block.bytes});
}

// The block in progress has ended, and leads there.
void Processor::settle(uint32_t next) {
    if (!current_) return;
    Block &block = *current_;
    file(block, compute_cycles(block, next != block.end()), block.cost.instructions);
    if (block.may_unmask) deadline_ = 0;
}

// The block in progress has been left behind an instruction that waits, which need not be its last.
void Processor::settle_asleep(uint32_t next) {
    if (!current_ || next == current_->end()) return settle(next);
    Block &block = *current_;
    const auto at = std::ranges::find(block.instructions, next, &Instruction::address);
    if (at == block.instructions.end()) return settle(next);
    const int64_t left = block.instructions.end() - at;
    const int64_t entry = was_jumped_to_ ? block.cost.entry_cycles : 0;
    const auto index = static_cast<size_t>(at - block.instructions.begin());
    const int64_t compute = block.cost.cycles_before[index] + entry + extra_cycles_;
    was_jumped_to_ = false;
    extra_cycles_ = 0;
    block.unexecuted += left;
    file(block, compute, block.cost.instructions - left);
}

// Adds up what the block in progress cost.
void Processor::file(Block &block, int64_t compute, int64_t instructions) {
    current_ = nullptr;
    cycles_.compute += compute;
    compute += device_stall_;
    const int64_t total = compute + (options_.is_traffic_recorded ? memory_cycles(compute) : 0);
    cycles_.data += device_stall_;
    device_stall_ = 0;
    ++block.executions;
    block.cycles += total;
    clock_.cycle += total;
    clock_.instructions += instructions;
}

int64_t Processor::compute_cycles(const Block &block, bool is_jump) {
    const BlockCost &cost = block.cost;
    int64_t cycles = cost.cycles + extra_cycles_;
    if (was_jumped_to_) cycles += cost.entry_cycles;
    if (cost.branch_address != 0) {
        cycles += predictor_.is_there() ? predictor_.file(cost.branch_address, is_jump)
                  : is_jump             ? cost.taken_cycles
                                        : 0;
    }
    was_jumped_to_ = is_jump;
    extra_cycles_ = 0;
    return cycles;
}

int64_t Processor::memory_cycles(int64_t compute) {
    Stall stall = fetch_stall_ + data_stall_;
    cycles_.fetch += fetch_stall_.memory;
    cycles_.data += data_stall_.memory;
    const Excess excess = memories_->finish(clock_.cycle, compute + stall.cycles());
    cycles_.fetch += excess.fetch;
    cycles_.data += excess.data;
    cycles_.arbitration += stall.arbitration + excess.arbitration;
    fetch_stall_ = data_stall_ = {};
    return stall.cycles() + excess.cycles();
}

// From the begin of the block in progress to the moment at which an instruction of it issues.
int64_t Processor::cycles_until(size_t instruction) const {
    const BlockCost &cost = current_->cost;
    return cost.cycles_before[instruction] + (was_jumped_to_ ? cost.entry_cycles : 0) +
           extra_cycles_ + fetch_stall_.cycles() + data_stall_.cycles() + device_stall_;
}

void Processor::instruction(uint32_t address) {
    if (!current_) return;
    for (const Dynamic &dynamic : current_->cost.dynamic) {
        if (dynamic.address != address) continue;
        extra_cycles_ +=
            dynamic.reason == Dynamic::Reason::kPredicated
                ? dynamic.extra_cycles
                : divide_cycles(emulator_->reg(dynamic.dividend), emulator_->reg(dynamic.divisor),
                                dynamic.is_signed, timing_);
        return;
    }
    const auto &instructions = current_->instructions;
    const auto at = std::ranges::find(instructions, address, &Instruction::address);
    if (at == instructions.end()) return;
    set_device_clock_at(static_cast<size_t>(at - instructions.begin()));
    system_->execute(address);
}

void Processor::access(AccessKind kind, uint32_t address, uint32_t bytes) {
    if (!current_ || memories_->find(address) < 0) return;  // A device.
    if (must_align_ && address % bytes != 0) {
        fail_with(
            fault(Code::kProgramFault, address_of_access(*current_, address),
                  fmt::format("accessed {} B at {:#010x}, which is not aligned", bytes, address)));
        return;
    }
    if (kind == AccessKind::kWrite && guard_.watches(current_->address)) {
        guard_.store(address, bytes, stack_pointer());
    }
    const int64_t cycle = clock_.cycle + accesses_++ + fetch_stall_.cycles() + data_stall_.cycles();
    data_stall_ = data_stall_ + memories_->data(cycle, {.address = address,
                                                        .bytes = bytes,
                                                        .is_write = kind == AccessKind::kWrite});
}

// -- Running -------------------------------------------------------------------------------------

Result<Stop> Processor::run(const Until &until) {
    const Result<Stop> stop = run_on(until);
    memories_->advance(clock_.cycle);
    return stop;
}

Result<Stop> Processor::run_on(const Until &until) {
    // Going on from the address that was asked for before does not reach it at once.
    passed_ = until.address == emulator_->program_counter() ? until.address : kNowhere;
    until_address_ = until.address;
    stops_behind_steps_ = until.step_ends;
    for (;;) {
        device_clock_ = clock_;
        TRY_DO(advance());
        TRY(const bool is_exit, take_interrupts());
        if (is_exit) return Stop{.kind = Stop::Kind::kExited, .exit_code = exit_code_};
        if (clock_.cycle >= until.cycle || is_reached_) {
            is_reached_ = false;
            return Stop{.kind = Stop::Kind::kReached};
        }
        if (clock_.instructions >= options_.instruction_limit) {
            return tl::unexpected(
                fault(Code::kRunAway, program_counter(),
                      fmt::format("still ran after {} instructions", clock_.instructions)));
        }
        deadline_ = std::min(until.cycle, next_event());
        const Ending ending = emulator_->run(program_counter());
        faulted_ = current_;
        if (ending.kind == Ending::Kind::kAsleep || ending.kind == Ending::Kind::kAwaiting) {
            settle_asleep(program_counter());
        } else {
            settle(program_counter());
        }
        TRY(const std::optional<Stop> stop, handle(ending, until.sleep));
        if (stop) return *stop;
    }
}

// Answers whether the program has ended.
Result<bool> Processor::take_interrupts() {
    const uint32_t interrupted = program_counter();
    TrapResult result;
    if (!system_->take_interrupt(result)) return false;
    if (result.kind == TrapResult::Kind::kExit) {
        exit_code_ = result.exit_code;
        return true;
    }
    TRY_DO(apply(result));
    if (is_storm(interrupted)) {
        return tl::unexpected(
            fault(Code::kInterruptStorm, program_counter(),
                  fmt::format("was entered {} times in a row without the program at {} going on",
                              kStormEntries, image_.describe(interrupted))));
    }
    return false;
}

// The program goes on by executing the block at which it was interrupted.
bool Processor::is_storm(uint32_t interrupted) {
    const Block *block = blocks_.at(interrupted);
    const int64_t executions = block ? block->executions : 0;
    const bool is_stuck = interrupted == interrupted_ && executions == interrupted_executions_;
    idle_entries_ = is_stuck ? idle_entries_ + 1 : 0;
    interrupted_ = interrupted;
    interrupted_executions_ = executions;
    return idle_entries_ >= kStormEntries;
}

Result<void> Processor::apply(const TrapResult &result) {
    if (result.kind == TrapResult::Kind::kFault) {
        return tl::unexpected(fault(result.code, program_counter(), result.fault));
    }
    clock_.cycle += result.cycles;
    cycles_.compute += result.cycles;
    was_jumped_to_ = false;
    return {};
}

// Sleeps until an interrupt or an event is there.
Result<std::optional<Stop>> Processor::wait(OnSleep on_sleep, bool is_for_event) {
    if (is_for_event && system_->take_event()) return std::nullopt;
    if (on_sleep == OnSleep::kReturn) return Stop{.kind = Stop::Kind::kAsleep};
    for (;;) {
        device_clock_ = clock_;
        TRY_DO(advance());
        if (is_for_event ? system_->take_event() : system_->is_awaited()) return std::nullopt;
        const int64_t event = next_event();
        if (event == kNoCycle) return Stop{.kind = Stop::Kind::kAsleep};
        const int64_t slept = std::max<int64_t>(1, event - clock_.cycle);
        clock_.cycle += slept;
        cycles_.sleep += slept;
    }
}

Result<std::optional<Stop>> Processor::handle(const Ending &ending, OnSleep on_sleep) {
    if (failure_) return tl::unexpected(*failure_);
    switch (ending.kind) {
        case Ending::Kind::kStopped:
            return std::nullopt;
        case Ending::Kind::kAsleep:
        case Ending::Kind::kAwaiting:
            return wait(on_sleep, ending.kind == Ending::Kind::kAwaiting);
        case Ending::Kind::kTrapped: {
            device_clock_ = clock_;
            const TrapResult result = system_->trap(ending.trap);
            if (result.kind == TrapResult::Kind::kExit) {
                return Stop{.kind = Stop::Kind::kExited, .exit_code = result.exit_code};
            }
            TRY_DO(apply(result));
            if (result.is_followed_by_sleep) return wait(on_sleep, false);
            return std::nullopt;
        }
        default:
            return tl::unexpected(fault_of(ending));
    }
}

// -- Counting ------------------------------------------------------------------------------------

void Processor::restart() {
    blocks_.clear_counts();
    profile_.clear();
    memories_->restart(clock_.cycle);
    bus_.restart();
    cycles_ = {};
    origin_ = clock_;
    is_clock_nominal_ = clock_.hertz == board_.clock_hz;
}

Snapshot Processor::snapshot() const {
    return {
        .cycles = cycles_,
        .instructions = clock_.instructions - origin_.instructions,
        .traffic = memories_->core_traffic(),
        .time = is_clock_nominal_ ? std::nullopt : std::optional(clock_.time() - origin_.time())};
}

}  // namespace ingot::sim
