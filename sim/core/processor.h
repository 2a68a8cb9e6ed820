// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A board's core with its memories, running a program: the emulator computes, the cycle table and
// the memories cost, and the system part interrupts.

#ifndef INGOT_SIM_PROCESSOR_H
#define INGOT_SIM_PROCESSOR_H

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "boards/board.h"
#include "boards/timing.h"
#include "sim/core/block_table.h"
#include "sim/core/branch_predictor.h"
#include "sim/core/device_bus.h"
#include "sim/core/emulator.h"
#include "sim/core/image.h"
#include "sim/core/locate.h"
#include "sim/core/profile.h"
#include "sim/core/store_guard.h"
#include "sim/core/system.h"
#include "sim/memory/memory_system.h"

namespace ingot::sim {

struct ProcessorOptions {
    bool is_traffic_recorded = true;  // Costs most of the speed; some boards' costs depend on it.
    int64_t instruction_limit = 10'000'000'000;
    std::vector<Background> background = {};
    std::string watched_function = {};  // See StoreGuard; watched while traffic is recorded.
};

// Why run() came back.
struct Stop {
    enum class Kind {
        kAsleep,   // Waits for an interrupt: the first, or one that nothing will raise.
        kExited,   // The program ended itself, by semihosting or a device.
        kReached,  // The moment asked for.
    };
    Kind kind = Kind::kAsleep;
    int32_t exit_code = 0;
};

// What run() does when the program waits for an interrupt. Running on behind a return wakes it.
enum class OnSleep { kReturn, kWait };

constexpr uint32_t kNowhere = 1;  // Instructions lie at even addresses.

// How far to run.
struct Until {
    OnSleep sleep = OnSleep::kWait;
    int64_t cycle = kNoCycle;
    uint32_t address = kNowhere;  // About to be executed, as the first of a block.
    bool step_ends = false;       // Behind each step of the profiled model.
};

class Processor : public HostAccess,
                  private EmulatorHooks,
                  private InterruptLines,
                  private CoreClockControl,
                  private CacheControl {
public:
    // Loads the program and resets the core. `board`, `timing` and `image` are kept by the caller.
    // Without `make_devices`, the board has none. Errors: NotSimulated, ImageMachine, ImageLayout,
    // SimulationOption, and those of `make_devices`.
    static Result<std::unique_ptr<Processor>> make(const Board &board, const CoreTiming &timing,
                                                   const Image &image,
                                                   const ProcessorOptions &options,
                                                   const DeviceMaker &make_devices = {});

    // Runs on until the program sleeps - for good, under kWait - or ends, or a moment asked for has
    // come.
    // Errors: ProgramFault, UnmappedAccess, StackOverflow, RunAway, CodeChanged, InterruptStorm,
    // and what devices diagnose. A program that failed cannot be run on.
    Result<Stop> run(const Until &until);

    bool read(uint32_t address, std::span<uint8_t> target) const override;
    bool write(uint32_t address, std::span<const uint8_t> source) override;

    // Attributes costs to these steps from now on.
    void profile(const std::vector<StepPlace> &steps) { profile_ = Profile(steps); }
    const Profile &profile() const { return profile_; }

    // Counts costs and traffic from here on. The clock goes on.
    void restart();

    // What was counted since.
    Snapshot snapshot() const;

    uint32_t program_counter() const { return emulator_->program_counter() & ~1u; }
    // Of the function in progress, as long as it has not moved it out of its register.
    uint32_t return_address() const { return emulator_->reg(isa_ == Isa::kThumb ? 14 : 1) & ~1u; }
    uint32_t reg(int number) const { return emulator_->reg(number); }
    void set_reg(int number, uint32_t value) { emulator_->set_reg(number, value); }
    const CoreClock &clock() const { return clock_; }
    const std::string &console() const { return console_.text; }
    const BlockTable &blocks() const { return blocks_; }
    const DeviceBus &devices() const { return bus_; }
    const StoreGuard &store_guard() const { return guard_; }
    MemorySystem &memories() { return *memories_; }
    const MemorySystem &memories() const { return *memories_; }
    int find_memory(uint32_t address) const { return memories_->find(address); }

    // How deep in exception handlers the program is; 0: in none.
    int depth() const { return system_->depth(); }
    bool is_traffic_recorded() const { return options_.is_traffic_recorded; }
    const Image &image() const { return image_; }

private:
    Processor(const Board &board, const CoreTiming &timing, const Image &image,
              const ProcessorOptions &options);
    Result<void> load_memories();
    Result<void> load_image();
    Result<void> attach_system();
    Result<void> attach_devices(const DeviceMaker &make_devices);

    void block(uint32_t address, uint32_t bytes) override;
    void instruction(uint32_t address) override;
    void access(AccessKind kind, uint32_t address, uint32_t bytes) override;
    uint32_t read_device(uint32_t address, uint32_t bytes) override;
    void write_device(uint32_t address, uint32_t bytes, uint32_t value) override;

    bool must_stop_at(uint32_t address);
    Block *learn(uint32_t address, uint32_t bytes);
    const Instruction *find_missing(const std::vector<Instruction> &instructions) const;
    bool hook_dynamic(Block &block);
    const uint8_t *storage_of(uint32_t address, size_t bytes) const;
    bool is_changed(const Block &block) const;
    bool is_endless(const Block &block) const;
    void begin(Block &block);
    void settle(uint32_t next);
    void settle_asleep(uint32_t next);
    void file(Block &block, int64_t compute, int64_t instructions);
    int64_t compute_cycles(const Block &block, bool is_jump);
    int64_t memory_cycles(int64_t compute);
    int64_t cycles_until(size_t instruction) const;

    // Devices: processor_devices.cc.
    void set_device_clock(uint32_t address);
    void set_device_clock_at(size_t instruction);
    bool is_in_system(uint32_t address) const;
    const DeviceBus::Place *begin_access(const DeviceAccess &access);
    void end_access(const DeviceBus::Place &place, const DeviceAccess &access);
    void set(int line, bool is_high) override;
    void set_core_hertz(int64_t hertz) override;
    void switch_cache(const std::string &name, bool is_on) override;
    int64_t next_event() const;
    Result<void> advance();
    Time now();
    Diagnostic device_fault(const Diagnostic &diagnostic, uint32_t address) const;

    Result<Stop> run_on(const Until &until);
    Result<bool> take_interrupts();
    Result<void> apply(const TrapResult &result);
    bool is_storm(uint32_t interrupted);
    Result<std::optional<Stop>> handle(const Ending &ending, OnSleep on_sleep);
    Result<std::optional<Stop>> wait(OnSleep on_sleep, bool is_for_event);

    // What went wrong: processor_faults.cc.
    void fail_with(Diagnostic diagnostic);
    Diagnostic fault(Code code, uint32_t address, std::string what) const;
    Diagnostic missing_fault(const Instruction &instruction) const;
    Diagnostic fault_of(const Ending &ending) const;
    Diagnostic access_fault(const Ending &ending) const;
    std::string call_site() const;
    uint32_t address_of_access(const Block &block, uint32_t address) const;
    RegisterFile registers() const;
    uint32_t stack_pointer() const { return emulator_->reg(isa_ == Isa::kThumb ? 13 : 2); }

    const Board &board_;
    const CoreTiming &timing_;
    const Image &image_;
    ProcessorOptions options_;
    Isa isa_;
    bool must_align_;  // Accesses have to be aligned to their size; seen only when recording.

    std::vector<std::vector<uint8_t>> storage_;  // Of each memory of the board.
    std::unique_ptr<MemorySystem> memories_;
    std::unique_ptr<Emulator> emulator_;
    std::unique_ptr<System> system_;
    std::vector<System::Range> system_ranges_;
    DeviceBus bus_;
    BlockTable blocks_;
    BranchPredictor predictor_;
    Profile profile_;
    StoreGuard guard_;
    Console console_;

    CoreClock origin_;              // When counting began.
    CoreClock clock_;               // At the begin of the block in progress.
    CoreClock device_clock_;        // At the access in progress: what devices are told.
    Time told_ = 0;                 // The latest time that devices were told.
    bool is_clock_nominal_ = true;  // It has never been another one than the board's.
    Cycles cycles_;
    Block *current_ = nullptr;  // Announced, and being executed.
    bool was_jumped_to_ = false;
    int64_t extra_cycles_ = 0;  // Of the block in progress.
    Stall fetch_stall_, data_stall_;
    int64_t device_stall_ = 0;
    int64_t accesses_ = 0;
    size_t next_access_ = 0;  // Behind the instruction of the last access to a device.
    int64_t deadline_ = 0;    // The cycle at which to look for interrupts, or to come back.
    std::optional<Diagnostic> failure_;

    uint32_t until_address_ = kNowhere;
    uint32_t passed_ = kNowhere;  // Where the run was resumed.
    bool stops_behind_steps_ = false;
    bool is_reached_ = false;

    const Block *faulted_ = nullptr;  // In progress when the emulator came back.
    int32_t exit_code_ = 0;

    // Interrupts taken from one place without the program having gone on there in between.
    int64_t idle_entries_ = 0;
    uint32_t interrupted_ = 0;
    int64_t interrupted_executions_ = -1;
};

}  // namespace ingot::sim

#endif
