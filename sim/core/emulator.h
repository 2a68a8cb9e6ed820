// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Executes instructions. This is the only place that knows Unicorn: what instructions compute is
// its business; what they cost, interrupts, timers and devices are ours.

#ifndef INGOT_SIM_EMULATOR_H
#define INGOT_SIM_EMULATOR_H

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "sim/core/image.h"

struct uc_struct;

namespace ingot::sim {

enum class AccessKind { kRead, kWrite, kFetch };

// What the emulator tells while it runs. Except in block(), the program counter is that of the
// block being executed, not that of the instruction.
class EmulatorHooks {
public:
    virtual ~EmulatorHooks() = default;

    // A block is about to be executed. If stop() is called here, it is not, and comes again.
    virtual void block(uint32_t address, uint32_t bytes) = 0;

    // An instruction that hook_instruction() asked for is about to be executed.
    virtual void instruction(uint32_t address) = 0;

    // Data was accessed in mapped memory; only when recording.
    virtual void access(AccessKind kind, uint32_t address, uint32_t bytes) = 0;

    // An access to a range given to map_devices().
    virtual uint32_t read_device(uint32_t address, uint32_t bytes) = 0;
    virtual void write_device(uint32_t address, uint32_t bytes, uint32_t value) = 0;
};

// How a stretch of execution ended.
struct Ending {
    enum class Kind {
        kStopped,   // stop() was called.
        kAsleep,    // Behind an instruction that waits for an interrupt.
        kAwaiting,  // Behind one that waits for an event.
        kTrapped,   // `trap` was raised: a call to a supervisor, a breakpoint, an exception return.
        kUndefined,  // The instruction at the program counter is none.
        kUnmapped,   // `access` at `address` found nothing there.
        kProtected,  // `access` at `address` is not allowed there.
        kUnaligned,
    };
    Kind kind = Kind::kStopped;
    uint32_t trap = 0;
    AccessKind access = AccessKind::kRead;
    uint32_t address = 0;
    uint32_t bytes = 0;
};

// Numbers of traps, as the emulated core's model gives them.
enum ArmTrap : uint32_t {
    kArmSupervisorCall = 2,
    kArmPrefetchAbort = 3,
    kArmBreakpoint = 7,
    kArmExceptionReturn = 8,
    kArmInvalidState = 18,
};
enum RiscvTrap : uint32_t {
    kRiscvIllegal = 2,
    kRiscvBreakpoint = 3,
    kRiscvCallFromUser = 8,
    kRiscvCallFromMachine = 11
};

class Emulator {
public:
    // Errors: NotSimulated for a core that there is no model of.
    static Result<std::unique_ptr<Emulator>> open(Architecture architecture,
                                                  const std::string &core, EmulatorHooks &hooks);
    ~Emulator();

    // Map memory that the caller owns, and devices. Answer false if address or size are no
    // multiples of 4 KiB, something is there already, or it lies beyond what 32 bits can name.
    bool map(uint64_t address, std::span<uint8_t> memory, bool is_writable);
    bool map_devices(uint32_t address, uint32_t bytes);

    // Asks for access() at each access from now on, which costs most of the speed.
    void record_accesses();

    // Asks for instruction() before this one each time. To be called in block() for instructions of
    // that block only; the block then comes again.
    void hook_instruction(uint32_t address);

    // Executes from `address` on; Arm addresses without the Thumb bit.
    Ending run(uint32_t address);
    void stop();

    // Registers by number: r0..r15 or x0..x31.
    uint32_t reg(int number) const;
    void set_reg(int number, uint32_t value);
    uint32_t program_counter() const;
    void set_program_counter(uint32_t address);

    // Special registers by Unicorn's number.
    uint32_t special(int id) const;
    void set_special(int id, uint32_t value);

private:
    Emulator(Architecture architecture, EmulatorHooks &hooks)
        : architecture_(architecture), hooks_(hooks) {}
    void add_hooks();
    int id_of(int number) const;
    Ending arm_ending() const;
    Ending riscv_ending() const;
    uint32_t code_at(uint32_t address) const;
    struct Callbacks;

    Architecture architecture_;
    EmulatorHooks &hooks_;
    uc_struct *engine_ = nullptr;
    std::optional<Ending> ending_;    // Known before the engine has returned.
    std::optional<uint32_t> resume_;  // The block in front of which it stopped.
    struct Devices {                  // A range of them: callbacks are told offsets only.
        EmulatorHooks &hooks;
        uint32_t address;
    };
    std::vector<std::unique_ptr<Devices>> devices_;
    std::unordered_set<uint32_t> hooked_;  // Instructions.
    uint32_t block_ = 0, block_bytes_ = 0;
};

}  // namespace ingot::sim

#endif
